"""A workshop on a served process, for tests of the sockets: an organiser, six seats of D1, and round 1 when asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from server.cli.stage.served import Caller, Served
from tests.live.wire import Wire
from tests.small_hall import FRAMEWORK

SEATS = 6


class Floor:
    """The organiser's hands; `passes` are those of the seats, in order."""

    def __init__(self, served: Served, seats: int = SEATS) -> None:
        self.served, self.url = served, served.url
        self.door = Caller(self.url)
        self.bearer = self.door.call(
            "POST", "/first-run", {"token": served.token, "name": "Ani", "password": "a long password"}
        )["pass"]
        self.staff = Caller(self.url, self.bearer)
        self.workshop, self.cards, self.passes = self.held(seats)

    def held(self, seats: int = SEATS, **settings: Any) -> tuple[str, list[dict[str, Any]], list[str]]:
        """One more workshop, started, its seats taken: its id, the cards and the passes."""
        workshop = self.staff.call("POST", "/workshops", {
            "title": "Aula", "framework": FRAMEWORK, "language": "en", "rule": "workshop", "synthetic": True,
            "settings": {"disclose_after": 3600, "open_join": True, **settings},
        })["workshop"]  # fmt: skip
        cards = self.order("issue_seats", workshop=workshop, group="D1", count=seats)["cards"]
        passes = [self.door.call("POST", "/join", {"code": card["secret"]})["pass"] for card in cards]
        self.order("start", workshop=workshop)
        return workshop, cards, passes

    def close(self) -> None:
        self.staff.close()
        self.door.close()

    def order(self, command: str, workshop: str | None = None, **fields: Any) -> Any:
        path = f"/workshops/{workshop or self.workshop}/commands"
        return self.staff.call("POST", path, {"command": command, **fields})

    def group(self, command: str, **fields: Any) -> Any:
        return self.order(command, group="D1", **fields)

    def state(self) -> Any:
        return self.staff.call("GET", f"/workshops/{self.workshop}")

    def phone(self, seat: int = 1) -> Wire:
        return Wire(self.url, self.passes[seat - 1])

    def console(self) -> Wire:
        return Wire(self.url, self.bearer)

    def display(self) -> Wire:
        return Wire(self.url, self.staff.call("POST", f"/workshops/{self.workshop}/displays")["pass"])

    def vote(self, seats: int = SEATS, number: int = 1) -> None:
        """Every seat rates all three items of the open round over its own socket."""
        for seat in range(1, seats + 1):
            with self.phone(seat) as phone:
                phone.enter("/ballot")
                told = phone.ask("/ballot", "answers.put", answers(3 + seat % 2, 4, 1 + seat % 5, number=number))
                assert len(told["saved"]) == 3, told


def answers(*values: int | None, number: int = 1, rev: int = 1, key: str = "k") -> dict[str, Any]:
    """A message with a value for 1.1, 1.2, …"""
    given = [{"item": f"1.{i}", "rev": rev, "key": f"{key}{i}", "value": v} for i, v in enumerate(values, 1)]
    return {"round": number, "answers": given}


def eventually(true: Callable[[], Any], seconds: float = 5.0) -> Any:
    """Wait until it is true: what it gave."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "it never became true"
        time.sleep(0.02)
    return found
