"""Story (a): the whole day in a browser, from the first-run link to a verified bundle.

Twelve phones sit in four groups, beside three people a group who vote without a browser, so that quorums are met. One
phone is offline between rounds, one reloads in the middle of a round, the server is killed and started again once.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from consensus.framework import Framework
from server.catalog import load
from server.catalog.demo import demo_baseline_csv, demo_truth
from server.cli.stage.served import Caller, Served
from server.trail.verify import verify
from tests.browser.hall import BALLOT, PASSWORD, PHONE, onward, pick, wait_state

GROUPS = ("D1", "D2", "D3", "D4")
PHONES, OTHERS = 3, 3  # in each group


class Day:
    """The people of the day: a facilitator at the console, a display, phones, and callers without a browser."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.browser, self.served = browser, served
        self.contexts: list[BrowserContext] = []
        self.desk = self.page(1440, 900)
        self.hall = self.page(1920, 1080)  # in a window of its own: one behind another paints once a second
        self.phones: dict[str, list[Page]] = {group: [] for group in GROUPS}
        self.others: dict[str, list[Caller]] = {group: [] for group in GROUPS}

    def page(self, width: int, height: int) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="id-ID", base_url=self.served.url,
            reduced_motion="reduce", accept_downloads=True, has_touch=width < 600,
        )  # fmt: skip
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        return context.new_page()

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        for callers in self.others.values():
            for caller in callers:
                caller.close()

    # --- the desk -----------------------------------------------------------------------------------------------------

    def press(self, action: str) -> None:
        """The button of an action in the stage of the chosen group, or in a dialog."""
        self.desk.locator(f'#machine [data-do="{action}"]:not([disabled])').click()

    def take(self, group: str) -> None:
        self.desk.locator(f'.groups__pick[data-group="{group}"]').click()

    def stage(self, group: str, phase: str) -> dict[str, Any]:
        """Wait until the server has the group in this phase; its state."""
        path = f"/api/v1/workshops/{self.workshop}"
        for _ in range(200):
            state = self.desk.request.get(path).json()
            found: dict[str, Any] = next(g for g in state["groups"] if g["id"] == group)
            if found["phase"] == phase:
                return found
            self.desk.wait_for_timeout(50)
        raise AssertionError(f"{group} is {found['phase']}, not {phase}")

    def answer_dialog(self, **texts: str) -> None:
        for name, text in texts.items():
            self.desk.locator(f"dialog [name={name}]").fill(text)
        self.desk.locator("dialog .ask__acts button:not([data-close])").click()

    @property
    def workshop(self) -> str:
        return self.desk.url.split("/console/")[1].split("?")[0].split("#")[0]

    # --- the day ------------------------------------------------------------------------------------------------------

    def set_up(self, baseline: Path) -> list[dict[str, Any]]:
        """From the first-run link to a started workshop; the seat cards."""
        self.desk.goto(f"/first-run#{self.served.token}")
        self.desk.fill("[name=name]", "Ani")
        self.desk.fill("[name=password]", PASSWORD)
        self.desk.locator("#first-run button").click()
        self.desk.wait_for_url("**/console")
        self.desk.locator("#new").click()
        self.desk.fill("#create [name=title]", "Lokakarya sehari")
        self.desk.fill("#create [name=city]", "Semarang")
        self.desk.check("#create [name=synthetic]")
        self.desk.fill("#create [name=disclose_after]", "3600")
        self.desk.locator("#create button").click()
        self.desk.wait_for_url("**/console/w*")
        self.desk.locator('[data-form="baseline"] [name=file]').set_input_files(baseline)
        self.desk.locator('[data-form="baseline"] button').click()
        self.desk.locator('[data-key="step-4"].is-done').wait_for()
        for group in GROUPS:
            self.desk.locator(f'[data-form="seats"] [name="{group}"]').fill(str(PHONES + OTHERS))
        self.desk.locator('[data-form="seats"] button:not([type=button])').click()
        self.desk.locator('[data-do="print"]:enabled').wait_for()
        with self.desk.context.expect_page() as opened:
            self.desk.locator('[data-do="print"]').click()
        opened.value.locator("svg").nth(len(GROUPS) * (PHONES + OTHERS) - 1).wait_for()  # drawn by its script
        opened.value.close()
        cards = self.desk.evaluate("key => sessionStorage.getItem(key)", f"mufakat/cards/{self.workshop}")
        self.desk.locator('[data-do="start"]').click()
        self.desk.locator("#machine h2").wait_for()
        return list(json.loads(cards))

    def come_in(self, cards: list[dict[str, Any]]) -> None:
        """Three phones a group by QR code, three people without a browser by typed code."""
        for group in GROUPS:
            own = [card for card in cards if card["group"] == group]
            for card in own[:PHONES]:
                phone = self.page(*PHONE)
                phone.goto(f"/join#{card['secret']}")
                phone.locator("#scanned").wait_for()
                phone.locator("button.button--primary").click()
                phone.wait_for_url(BALLOT)
                self.phones[group].append(phone)
            with Caller(self.served.url) as door:
                for card in own[PHONES:]:
                    told = door.call("POST", "/join", {"code": card["code"].lower()})
                    self.others[group].append(Caller(self.served.url, told["pass"]))

    def open(self, group: str) -> list[str]:
        self.take(group)
        self.press("open_round")
        state = self.stage(group, "open")
        return list(state["rounds"][-1]["items"])

    def vote(self, phone: Page, values: list[int], start: int = 0) -> None:
        """Tap through the cards from where the phone stands."""
        for place, value in enumerate(values[start:], start):
            pick(phone, value)
            if place < len(values) - 1:
                onward(phone)

    def vote_others(self, group: str, number: int, items: list[str], values: list[int]) -> None:
        for place, other in enumerate(self.others[group]):
            answers = [
                {"item": item, "rev": 1, "key": f"{place}-{number}-{item}", "value": value}
                for item, value in zip(items, values, strict=True)
            ]
            assert len(other.call("PUT", "/answers", {"round": number, "answers": answers})["saved"]) == len(items)

    def all_saved(self, group: str, count: int) -> None:
        for phone in self.phones[group]:
            phone.wait_for_function(
                "async n => (await (await fetch('/api/v1/ballot')).json()).items.filter((i) => i.mine).length === n",
                arg=count,
            )

    def show(self, group: str) -> None:
        """Close in two steps, see, show to the hall."""
        self.take(group)
        self.press("ask-close")
        self.press("close_round")
        self.stage(group, "closed")
        self.press("disclose")
        self.stage(group, "disclosed")
        self.press("reveal")
        self.stage(group, "revealed")


@pytest.fixture
def day(chromium: Browser, tmp_path: Path) -> Iterator[Day]:
    with Served(tmp_path / "house") as served:
        opened = Day(chromium, served)
        yield opened
        opened.close()
        opened.served.__exit__()


@pytest.mark.slow
def test_the_whole_day_from_the_first_run_link_to_a_verified_bundle(day: Day, tmp_path: Path) -> None:
    rng, framework = np.random.default_rng(7), Framework.from_document(load("cri"))
    baseline = tmp_path / "survey.csv"
    baseline.write_bytes(demo_baseline_csv(rng, framework, demo_truth(rng, framework)))
    cards = day.set_up(baseline)
    day.hall.context.add_cookies(day.desk.context.cookies())
    day.hall.goto(f"/display/{day.workshop}")
    day.come_in(cards)

    for group in GROUPS:
        items = day.open(group)
        values = [3 + place % 2 for place in range(len(items))]
        first, second, third = day.phones[group]
        day.vote(first, values)
        if group == "D2":  # one reloads in the middle of a round
            day.vote(second, values[:5])
            wait_state(second, "saved")
            second.reload()
            second.locator(".scale").wait_for()
            onward(second)
            day.vote(second, values, 5)
        elif group == "D3":  # the server is killed and started again
            day.vote(second, values[:4])
            day.served.kill()
            day.vote(second, [*values[:4], *values[4:6]], 4)
            day.served = Served(tmp_path / "house", day.served.port)
            day.served.__enter__()
            onward(second)
            day.vote(second, values, 6)
        else:
            day.vote(second, values)
        day.vote(third, values)
        day.vote_others(group, 1, items, values)
        day.all_saved(group, len(items))
        day.show(group)

    absent = day.phones["D1"][0]
    absent.context.set_offline(True)  # offline between rounds, and back in time for the next
    items = day.open("D1")
    absent.context.set_offline(False)
    values = [4] * len(items)
    for phone in day.phones["D1"]:
        phone.locator(".scale").wait_for()
        day.vote(phone, values)
    day.vote_others("D1", 2, items, values)
    day.all_saved("D1", len(items))
    day.show("D1")

    agreed = day.desk.locator(".case__head .verdict--consensus")
    for _ in items:  # a minority beside an agreement
        if agreed.count():
            break
        left = day.desk.locator(".case").get_attribute("aria-label")
        day.desk.keyboard.press("ArrowRight")
        day.desk.locator(f'.case:not([aria-label="{left}"])').wait_for()
    day.desk.locator('[data-do="ask-minority"]').click()
    day.answer_dialog(text="Dua orang menilai lebih rendah.")
    for group in GROUPS:
        day.take(group)
        if day.desk.locator('#machine button.button--primary[data-do="ask-conclude"]').count() == 0:
            day.desk.locator('#machine [data-do="menu"], #machine summary').first.click()
        day.desk.locator('#machine [data-do="ask-conclude"]').first.click()
        day.answer_dialog()
        day.stage(group, "concluded")
    day.desk.locator('[data-do="ask-freeze"]').first.click()
    day.desk.check("dialog [name=sure]")
    day.answer_dialog()

    with day.desk.expect_download() as loading:
        day.desk.locator('a[href*="disclose=full"]').click()
    bundle = tmp_path / "day.zip"
    loading.value.save_as(bundle)
    report = verify(bundle)
    assert (report.status, report.problems) == ("VALID", ())
    head = day.desk.request.get(f"/api/v1/workshops/{day.workshop}/checkpoint").text()
    assert head.startswith(f"mufakat/{day.workshop}\n")
    day.hall.locator("text=Profil").first.wait_for()
    state = day.desk.request.get(f"/api/v1/workshops/{day.workshop}").json()
    endings = {end["ending"] for group in state["groups"] for end in group["endings"].values()}
    assert {"agreed", "agreed_with_reservation", "unconfirmed"} <= endings
    seated = {group["id"]: group["seated"] for group in state["groups"]}
    assert seated == dict.fromkeys(GROUPS, PHONES + OTHERS) | {"plenary": len(GROUPS) * (PHONES + OTHERS)}
