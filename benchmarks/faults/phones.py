"""Forty phones in four groups on one machine: half of them a minute without Wi-Fi, four of them locked for ten minutes.

Phones are pages of a real browser, each with cookies and storage of its own; where a machine cannot hold forty,
`--pages` says how many are, and the rest vote over HTTP as where WebSocket is blocked. Everybody's answers are known
beforehand, so that what a round counted can be told from what it should have counted. An answer lost or counted twice
ends the program with an error.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks._browser import chromium, phone
from benchmarks._table import tell
from server.cli.stage.served import Caller, Served
from server.cli.stage.sign_up import sign_up

GROUPS, EACH = ("D1", "D2", "D3", "D4"), 10
ITEMS = 10  # of each group's indicators: half are scored before the line goes, half while it is gone
BACK_SECONDS = 15.0
WAITING = """() => Object.keys(localStorage).filter((name) => name.startsWith("mufakat.answers/"))
    .flatMap((name) => Object.values(JSON.parse(localStorage.getItem(name)).items))
    .filter((answer) => answer.state === "unsent").length"""


class Voter:
    """One seat and what it scored: its page in the browser, or nothing but its pass."""

    def __init__(self, group: str, place: int, page: Page | None, caller: Caller | None) -> None:
        self.group, self.place, self.page, self.caller = group, place, page, caller
        self.values: dict[str, int] = {}
        self.devtools: CDPSession | None = None

    def vote(self, round_number: int, items: list[str], chance: random.Random) -> None:
        """Score these indicators, each by a tap, or all in one message."""
        chosen = {item: chance.randint(1, 5) for item in items}
        self.values |= chosen
        if self.page is None:
            assert self.caller is not None
            key = f"{round_number}-{self.group}-{self.place}"
            answers = [{"item": i, "rev": 1, "key": f"{key}-{i}", "value": value} for i, value in chosen.items()]
            self.caller.call("PUT", "/answers", {"round": round_number, "answers": answers})
            return
        for item, value in chosen.items():
            self.page.evaluate("(at) => { location.hash = '#' + at; }", item_place(self.page, item))
            self.page.locator(".item__place span", has_text=re.compile(rf"^{re.escape(item)}\b")).wait_for()
            self.page.locator(f'.scale__key:has(input[value="{value}"])').tap()

    def waiting(self) -> int:
        """How many answers this phone still keeps for itself."""
        if self.page is None:
            return 0
        return int(self.page.evaluate(WAITING))

    def lock(self) -> None:
        """Put the phone into a pocket: no network, and its page stands still."""
        assert self.page is not None
        self.page.context.set_offline(True)
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.send("Page.setWebLifecycleState", {"state": "frozen"})

    def unlock(self) -> None:
        assert self.page is not None and self.devtools is not None
        self.page.context.set_offline(False)
        self.devtools.send("Page.setWebLifecycleState", {"state": "active"})


def item_place(page: Page, item: str) -> int:
    """The card of an indicator, from 1."""
    return int(page.evaluate("item => JSON.parse(document.getElementById('snapshot').textContent).items"
                             ".findIndex((one) => one.id === item) + 1", item))  # fmt: skip


class Hall:
    """The workshop, its organiser and its forty."""

    def __init__(self, served: Served, browser: Browser, pages: int) -> None:
        self.organiser = sign_up(served, "Ani")
        made = self.organiser.call("POST", "/workshops", {
            "title": "Forty phones", "framework": "cri", "language": "id", "synthetic": True,
            "settings": {"disclose_after": 3600},
        })  # fmt: skip
        self.path = f"/workshops/{made['workshop']}"
        cards = [card for group in GROUPS for card in self.order("issue_seats", group=group, count=EACH)["cards"]]
        self.order("start")
        groups = self.organiser.call("GET", self.path)["groups"]
        self.items = {group["id"]: list(group["items"])[:ITEMS] for group in groups}
        for group in GROUPS:
            self.order("open_round", group=group, items=self.items[group])
        self.voters = list(self._sit(served, browser, cards, pages))

    def order(self, command: str, **fields: Any) -> Any:
        return self.organiser.call("POST", f"{self.path}/commands", {"command": command, **fields})

    def _sit(self, served: Served, browser: Browser, cards: list[dict[str, Any]], pages: int) -> Iterator[Voter]:
        taken = Counter[str]()
        for index, card in enumerate(sorted(cards, key=lambda card: (card["seat"] % EACH, card["group"]))):
            taken[card["group"]] += 1
            if index >= pages:
                with Caller(served.url) as door:
                    secret = door.call("POST", "/join", {"code": card["secret"]})["pass"]
                yield Voter(card["group"], taken[card["group"]], None, Caller(served.url, secret))
                continue
            page = phone(browser, served.url)
            page.goto(f"/join#{card['secret']}")
            page.locator("button.button--primary").click()
            page.locator("[data-key=next]").wait_for()
            yield Voter(card["group"], taken[card["group"]], page, None)

    def counted(self, group: str, number: int) -> dict[str, list[int]]:
        """What a disclosed round counted, by indicator."""
        told = self.organiser.call("GET", f"{self.path}/rounds/{group}/{number}")
        return {item["item"]: item["counts"] for item in told["items"]}

    def given(self, group: str) -> dict[str, list[int]]:
        """What everybody in the group scored, by indicator."""
        return {
            item: [sum(voter.values.get(item) == value for voter in self.voters if voter.group == group)
                   for value in range(1, 6)]
            for item in self.items[group]
        }  # fmt: skip


def seconds_until_sent(voters: list[Voter]) -> list[float]:
    """How long each phone takes from now until it keeps nothing for itself any more, sorted."""
    began, found, left = time.monotonic(), [], list(voters)
    while left:
        for voter in list(left):
            if not voter.waiting():
                left.remove(voter)
                found.append(time.monotonic() - began)
        time.sleep(0.05)
    return sorted(found)


def differences(counted: dict[str, list[int]], given: dict[str, list[int]]) -> tuple[int, int]:
    """Answers missing from what was counted, and answers counted too often."""
    pairs = [(got, due) for item, dues in given.items() for got, due in zip(counted[item], dues, strict=True)]
    return sum(max(0, due - got) for got, due in pairs), sum(max(0, got - due) for got, due in pairs)


def play(hall: Hall, offline: float, locked: float, chance: random.Random) -> dict[str, Any]:
    """The day's mishaps, one after the other: their figures."""
    first, second = (slice(0, ITEMS // 2), slice(ITEMS // 2, ITEMS))
    for voter in hall.voters:
        voter.vote(1, hall.items[voter.group][first], chance)
    phones = [voter for voter in hall.voters if voter.page]
    gone = phones[::2]
    for voter in gone:
        assert voter.page is not None
        voter.page.context.set_offline(True)
    began = time.monotonic()
    for voter in hall.voters:
        voter.vote(1, hall.items[voter.group][second], chance)
    waited = sum(voter.waiting() for voter in gone)
    time.sleep(max(0.0, offline - (time.monotonic() - began)))
    for voter in gone:
        assert voter.page is not None
        voter.page.context.set_offline(False)
    sent = seconds_until_sent(phones)

    pocketed = [next(voter for voter in phones if voter.group == group) for group in GROUPS]
    for voter in pocketed:
        voter.lock()
    began = time.monotonic()
    lost = twice = 0
    for group in GROUPS:
        for command in ("close_round", "disclose"):
            hall.order(command, group=group)
        missing, often = differences(hall.counted(group, 1), hall.given(group))
        lost, twice = lost + missing, twice + often
        hall.order("reveal", group=group, baseline=False, reasons=True)
        hall.order("open_round", group=group, items=hall.items[group])
    time.sleep(max(0.0, locked - (time.monotonic() - began)))
    back = []
    for voter in pocketed:
        assert voter.page is not None
        began = time.monotonic()
        voter.unlock()
        voter.page.get_by_text("Kelompok di putaran 1").wait_for()
        back.append(time.monotonic() - began)
        own = voter.values[hall.items[voter.group][0]]
        voter.page.evaluate("location.hash = '#1'")
        voter.page.get_by_role("button", name=f"Tetap {own}").wait_for()  # it still knows what it scored before
    return {
        "offline_s": offline, "locked_s": locked, "waited_offline": waited, "lost": lost, "twice": twice,
        "sent_p95_s": round(sent[int(len(sent) * 0.95)], 1), "unlocked_worst_s": round(max(back), 1),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=len(GROUPS) * EACH, help="how many of the forty are real pages")
    parser.add_argument("--offline", type=float, default=60.0, help="seconds without Wi-Fi")
    parser.add_argument("--locked", type=float, default=600.0, help="seconds locked")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Served(Path(folder)) as served, chromium() as browser:
        hall = Hall(served, browser, args.pages)
        figures = play(hall, args.offline, args.locked, random.Random(args.seed))
    rows = [
        {"mishap": f"{args.offline:.0f} s offline", "phones": (args.pages + 1) // 2, "lost": figures["lost"],
         "twice": figures["twice"], "back within s": figures["sent_p95_s"], "target s": BACK_SECONDS},
        {"mishap": f"{args.locked:.0f} s locked", "phones": len(GROUPS), "lost": figures["lost"],
         "twice": figures["twice"], "back within s": figures["unlocked_worst_s"], "target s": BACK_SECONDS},
    ]  # fmt: skip
    tell("forty phones", rows, {"pages": args.pages, "voters": len(GROUPS) * EACH, **figures})
    if figures["lost"] or figures["twice"]:
        raise SystemExit("Not held: an answer was lost or counted twice.")


if __name__ == "__main__":
    main()
