"""A small hall for tests: two groups of three items, real files, a clock whose hands the test moves. No test here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from server.clock import stamp
from server.engine import Engine
from server.storage.bearers import open_pepper
from server.storage.chance import SYSTEM
from server.storage.database import Database
from server.trail.keys import open_keys
from server.workshop import commands as c
from server.workshop.given import Actor
from server.workshop.orders import CreateWorkshop
from server.workshop.refusals import Refusal

ORGANISER = Actor("staff/1", "organiser")
ANI = Actor("staff/2", "facilitator", frozenset({"D1"}))
BUDI = Actor("staff/3", "facilitator")
W = "hall"
FRAMEWORK: dict[str, Any] = {
    "id": "small", "version": "1", "name": {"en": "Small", "id": "Kecil"},
    "levels": [{"key": "dimension", "name": {"en": "Dimension", "id": "Dimensi"}},
               {"key": "indicator", "name": {"en": "Indicator", "id": "Indikator"}}],
    "scale": {"categories": [1, 2, 3, 4, 5]}, "percent": "range", "coverage_floor_percent": 50,
    "bands": [{"key": "poor", "name": {"en": "Poor", "id": "Kurang"}, "from": "0"},
              {"key": "good", "name": {"en": "Good", "id": "Baik"}, "from": "50"}],
    "nodes": [
        *({"id": d, "parent": None, "level": "dimension", "name": {"en": d, "id": d}, "weight": "1"}
          for d in ("D1", "D2")),
        *({"id": f"{d}.{i}", "parent": f"D{d}", "level": "indicator", "name": {"en": f"{d}.{i}", "id": f"{d}.{i}"},
           "weight": "1"} for d in (1, 2) for i in (1, 2, 3)),
    ],
}  # fmt: skip


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.wall, self.seconds = datetime(2026, 11, 22, 2, 15, 9, tzinfo=UTC), 1000.0

    def now(self) -> datetime:
        return self.wall

    def stamp(self) -> str:
        return stamp(self.wall)

    def monotonic(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds


def opened(folder: Path, clock: Any = None, database: type[Database] = Database, **more: Any) -> Engine:
    """An engine on the files of this folder, not yet started."""
    return Engine(
        database(f"sqlite:///{folder / 'mufakat.db'}"), clock or FakeClock(), open_keys(folder / "signing.pem"),
        pepper=open_pepper(folder / "pepper", SYSTEM.draw), **more,
    )  # fmt: skip


@contextmanager
def running(folder: Path, *, ticking: bool = False, **more: Any) -> Iterator[Engine]:
    """An engine at work on this folder, stopped and closed at the end."""
    engine = opened(folder, **more)
    try:
        engine.start(ticking=ticking)
        yield engine
    finally:
        engine.stop()
        engine._database.close()


def refused(code: str, ask: Callable[..., Any], *args: Any) -> Refusal:
    """The refusal with this code that the call must end in."""
    with pytest.raises(Refusal) as caught:
        ask(*args)
    assert caught.value.code == code, caught.value
    return caught.value


def kinds(engine: Engine, from_seq: int = 0) -> list[str]:
    return [remembered.entry.kind for remembered in engine.entries(W, from_seq)]


def order(workshop: str = W, **more: Any) -> CreateWorkshop:
    return CreateWorkshop(
        **{"workshop": workshop, "title": "Aula", "city": "Semarang", "language": "id", "framework": FRAMEWORK,
           "groups": None, "rule": "workshop", "settings": c.Settings(open_join=True), "synthetic": True} | more
    )  # fmt: skip


def hold(engine: Engine, seats: int = 6, **more: Any) -> list[dict[str, Any]]:
    """Create, seat and start a workshop; every seat of D1 is taken. Returns the cards."""
    engine.create(order(**more), ORGANISER)
    cards: list[dict[str, Any]] = engine.submit(W, ORGANISER, c.IssueSeats(group="D1", count=seats))["cards"]
    engine.submit(W, ORGANISER, c.Start())
    for card in cards:
        engine.join(W, card["seat"], None, "card")
    return cards


def ballot(*values: int | None, number: int = 1, rev: int = 1, key: str = "k") -> c.PutAnswers:
    """A message with a value for 1.1, 1.2, …"""
    answers = [c.AnswerIn(item=f"1.{i}", rev=rev, key=f"{key}{i}", value=v) for i, v in enumerate(values, 1)]
    return c.PutAnswers(round=number, answers=answers)


def vote(engine: Engine, seats: int = 6, number: int = 1, **more: Any) -> None:
    """Open a round of D1, let every seat rate its three items, and close it."""
    engine.submit(W, ORGANISER, c.OpenRound(group="D1", **more))
    for seat in range(1, seats + 1):
        engine.put_answers(W, seat, ballot(3 + seat % 2, 4, 1 + seat % 5, number=number))
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
