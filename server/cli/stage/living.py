"""A living workshop for the demo: its scene set over HTTP, its people on sockets until they are sent home.

The scene: the first group talks about its first round, the second votes, the third has found its two camps, the
fourth waits. From then on nothing happens by itself but votes.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from server.cli.stage.city import City
from server.cli.stage.phones import Crowd, Phone
from server.cli.stage.served import Caller, ServedError

TALKING, VOTING, CAMPS, _ = GROUPS = ("D1", "D2", "D3", "D4")
TITLES = {
    "id": "Lokakarya Indeks Ketahanan Kota, Semarang (demo, data sintetis)",
    "en": "City Resilience Index workshop, Semarang (demo, synthetic data)",
}
MINUTES = 10
ROUND_SECONDS = 60.0
AT_ONCE = 8


SECTORS = {"id": ("pemerintah", "perguruan tinggi", "masyarakat"), "en": ("government", "university", "civil society")}


class Living:
    """One workshop and everybody in it; `spare` is a seat card that nobody simulated uses."""

    def __init__(
        self, organiser: Caller, url: str, city: City, language: str, seed: int, pace: float
    ) -> None:
        self.organiser, self.url, self.city, self.language, self.pace = organiser, url, city, language, pace
        self.workshop = ""
        self.spare: dict[str, Any] = {}
        self.crowds = {
            group: Crowd(city.panels[group], city.framework.leaves_under(group), language, seed + place, 0.0)
            for place, group in enumerate(city.framework.top)
        }
        self.phones: list[Phone] = []

    def set_the_scene(self, ended: Event) -> None:
        """Create, seat, start, and play the groups to where the demo begins; stops where it stands once ended."""
        created = self.organiser.call("POST", "/workshops", {
            "title": TITLES[self.language], "city": "Semarang", "framework": "cri", "language": self.language,
            "rule": "workshop", "settings": {"disclose_after": 10}, "synthetic": True, "plenary": True,
        })  # fmt: skip
        self.workshop = created["workshop"]
        self.organiser.upload(
            f"/workshops/{self.workshop}/imports/baseline", "baseline.csv", self.city.baseline, synthetic="true"
        )
        for group, size in self.city.sizes.items():
            rows = [{"group": group, **self.person(place)} for place in range(size + (group == VOTING))]
            cards = self.command("issue_seats", rows=rows)["cards"]
            self.spare = cards.pop() if group == VOTING else self.spare
            self.enter(group, cards)
        self.command("start")
        for group, rounds in ((CAMPS, 2), (TALKING, 1)):
            for number in range(1, rounds + 1):
                if ended.is_set():
                    return
                self.round(group, number, ended)
        for crowd in self.crowds.values():
            crowd.pace = self.pace
        self.command("open_round", group=VOTING, minutes=MINUTES)

    def person(self, place: int) -> dict[str, str]:
        """An invented sector and gender; half of a group is of the government."""
        first, *others = SECTORS[self.language]
        sector = first if place % 2 else others[place // 2 % len(others)]
        return {"sector": sector, "gender": "female" if place % 3 else "male"}

    def enter(self, group: str, cards: list[dict[str, Any]]) -> None:
        """Everybody shows a card and opens a socket."""

        def one(numbered: tuple[int, dict[str, Any]]) -> Phone:
            place, card = numbered
            with Caller(self.url) as door:
                told = door.call("POST", "/join", {"code": card["secret"], "language": self.language})
            phone = Phone(self.crowds[group], place, told["seat"], self.url, told["pass"])
            phone.connect()
            return phone

        with ThreadPoolExecutor(AT_ONCE) as pool:
            self.phones += pool.map(one, enumerate(cards))

    def round(self, group: str, number: int, ended: Event) -> None:
        """A round from opening to reveal, as soon as everybody has answered."""
        self.command("open_round", group=group, minutes=MINUTES)
        until = time.monotonic() + ROUND_SECONDS
        while not ended.is_set() and not self.crowds[group].done(number):
            if time.monotonic() > until:
                raise ServedError(f"The simulated people of {group} did not finish round {number}.")
            ended.wait(0.1)
        self.command("close_round", group=group)
        self.command("disclose", group=group)
        self.command("reveal", group=group, baseline=True, reasons=True)

    def command(self, name: str, **fields: Any) -> Any:
        """One order of the organiser."""
        return self.organiser.call("POST", f"/workshops/{self.workshop}/commands", {"command": name, **fields})

    def end(self) -> None:
        """Everybody hangs up."""
        for crowd in self.crowds.values():
            crowd.stopping.set()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(Phone.hang_up, self.phones))
