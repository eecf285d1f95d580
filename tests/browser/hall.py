"""A served workshop and its phones: a real process, a real browser, the organiser's hands over HTTP. No test here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page

from consensus.framework import Framework
from server.catalog import load
from server.catalog.demo import demo_baseline_csv, demo_truth
from server.cli.stage.served import Caller, Served

TITLE = "Lokakarya Indeks Ketahanan Kota, Semarang"
PASSWORD = "tujuh-belas-8"
PHONE = (360, 740)
BALLOT = re.compile(r"/ballot(#|$)")  # a round that is open moves on to its first card at once
# What browsers say by themselves when a server is away; a story that takes it away expects this and nothing else.
AWAY = re.compile(r"ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_NETWORK|WebSocket connection to|ERR_ABORTED"
                  r"|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_CONTENT_LENGTH_MISMATCH"
                  r"|ERR_SOCKET_NOT_CONNECTED")  # fmt: skip


class Hall:
    """A workshop on the City Resilience Index with synthetic scores; seats of one group, the organiser at hand.

    `people` are rows of `issue_seats` in place of nameless `seats`; `plenary` adds one; `house` is a hall on whose
    server this one stands as well.
    """

    def __init__(
        self, folder: Path, browser: Browser, seats: int = 8, group: str = "D3", framework: Any = "cri",
        people: list[dict[str, Any]] | None = None, plenary: bool = False, house: Hall | None = None,
        **settings: Any,
    ) -> None:  # fmt: skip
        self.folder, self.browser, self.group, self.guest = folder, browser, group, house is not None
        self.served = house.served if house else Served(folder).__enter__()
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []
        self.expected: list[str] = []
        self.bearer: str = house.bearer if house else self._first_run()
        self.staff = Caller(self.served.url, self.bearer)
        made = self.staff.call("POST", "/workshops", {
            "title": TITLE, "city": "Semarang", "framework": framework, "language": "id", "synthetic": True,
            "plenary": plenary, "settings": {"disclose_after": 3600, "open_join": True, **settings},
        })  # fmt: skip
        self.workshop, self.room_code = made["workshop"], made["join_code"]
        rng, index = np.random.default_rng(7), Framework.from_document(load("cri"))
        baseline = demo_baseline_csv(rng, index, demo_truth(rng, index))
        self.staff.upload(f"/workshops/{self.workshop}/imports/baseline", "baseline.csv", baseline)
        asked = {"count": seats} if people is None else {"rows": people}
        self.cards: list[dict[str, Any]] = self.order("issue_seats", group=group, **asked)["cards"]
        self.others: list[Caller] = []
        self.order("start")

    def _first_run(self) -> str:
        with Caller(self.served.url) as door:
            told = door.call("POST", "/first-run", {"token": self.served.token, "name": "Ani", "password": PASSWORD})
        return str(told["pass"])

    @property
    def url(self) -> str:
        return self.served.url

    # --- the organiser ------------------------------------------------------------------------------------------------

    def order(self, command: str, **fields: Any) -> Any:
        return self.staff.call("POST", f"/workshops/{self.workshop}/commands", {"command": command, **fields})

    def group_order(self, command: str, **fields: Any) -> Any:
        return self.order(command, group=self.group, **fields)

    def state(self) -> Any:
        return self.staff.call("GET", f"/workshops/{self.workshop}")

    def seat_others(self, *numbers: int) -> None:
        """Take seats without a browser; they vote by `vote_others`."""
        door = Caller(self.url)
        for number in numbers:
            secret = door.call("POST", "/join", {"code": self.cards[number - 1]["secret"]})["pass"]
            self.others.append(Caller(self.url, secret))
        door.close()

    def vote_others(self, round_number: int = 1, spread: int = 3) -> None:
        """The seats without a browser score every open item, around the middle of the scale."""
        for place, other in enumerate(self.others):
            items = other.call("GET", "/ballot")["items"]
            other.call("PUT", "/answers", {"round": round_number, "answers": [
                {"item": item["id"], "rev": 1, "key": f"{round_number}-{place}-{item['id']}",
                 "value": 2 + (place + index) % spread, "reason": f"Alasan {place + 1} untuk {item['id']}."}
                for index, item in enumerate(items)
            ]})  # fmt: skip

    def show(self, **fields: Any) -> None:
        """Close, disclose and reveal the open round."""
        self.group_order("close_round")
        self.group_order("disclose")
        self.group_order("reveal", **({"baseline": True, "reasons": True} | fields))

    def ballot(self, seat: int, secret: str) -> Any:
        with Caller(self.url, secret) as caller:
            return caller.call("GET", "/ballot")

    # --- the server ---------------------------------------------------------------------------------------------------

    def kill(self) -> None:
        """End the server as a power cut would."""
        self.served.kill()

    def restart(self) -> None:
        """Start it again on the same data and the same port."""
        self.served = Served(self.folder, self.served.port).__enter__()

    # --- phones -------------------------------------------------------------------------------------------------------

    def phone(
        self, size: tuple[int, int] = PHONE, script: bool = True, language: str = "id-ID", agent: str | None = None
    ) -> Page:
        """A cheap phone of its own, with its own cookies and storage; `agent` is what its browser calls itself."""
        hand = size[0] < 600
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, device_scale_factor=2 if hand else 1, is_mobile=hand,
            has_touch=hand, java_script_enabled=script, locale=language, base_url=self.url, reduced_motion="reduce",
            user_agent=agent,
        )  # fmt: skip
        context.set_default_timeout(30_000)  # a busy machine is no fault of the page
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self._hear(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: self._hear(f"script: {fault}"))
        return page

    def seated(self, seat: int, **more: Any) -> Page:
        """A phone that has joined with the QR code of a seat's card."""
        page = self.phone(**more)
        page.goto(f"/join#{self.cards[seat - 1]['secret']}")
        page.locator("#scanned").wait_for()
        enter(page)
        return page

    def _hear(self, text: str) -> None:
        if not AWAY.search(text) and not any(expected in text for expected in self.expected):
            self.errors.append(text)

    def expect(self, text: str) -> None:
        """What a browser says by itself of a refusal that the story is about, said already or a moment later."""
        self.expected.append(text)
        self.errors = [error for error in self.errors if text not in error]

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        for caller in (self.staff, *self.others):
            caller.close()
        if not self.guest:
            self.served.__exit__()


def enter(page: Page) -> None:
    """Agree at the door, and be in."""
    page.locator("button.button--primary").click()
    page.wait_for_url(BALLOT)


def pick(page: Page, value: int) -> None:
    """Tap a key of the scale."""
    page.locator(f'.scale__key:has(input[value="{value}"])').click()


def onward(page: Page) -> None:
    page.locator(".phone__foot [data-key=next]").click()


def wait_state(page: Page, state: str) -> None:
    """Wait until the answer on screen is `saved`, `unsent`, …"""
    page.locator(f'.save[data-state="{state}"]').first.wait_for()


def saved(page: Page) -> dict[str, int]:
    """What the server has of the phone's seat, by item, asked with the phone's own pass."""
    told = page.request.get("/api/v1/ballot").json()
    return {item["id"]: item["mine"]["value"] for item in told["items"] if item["mine"]}


def sideways(page: Page) -> int:
    """Pixels by which the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def unsent(page: Page, count: int) -> None:
    """Wait until the banner says how many answers wait, or is gone."""
    banner = page.locator(".banner strong", has_text=f"{count} penilaian belum terkirim" if count else "belum terkirim")
    banner.wait_for(state="visible" if count else "detached")


def tick(page: Page, item: str, value: int) -> None:
    """Tap a key of the plain form."""
    page.locator(f'.scale__key:has(input[name="answer:{item}"][value="{value}"])').click()
