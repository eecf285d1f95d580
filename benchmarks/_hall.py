"""A workshop on real files for benchmarks: the engine as the server runs it, with one group on the full index."""

from __future__ import annotations

import random
from pathlib import Path

from server.catalog import load
from server.clock import SystemClock
from server.engine import Engine
from server.storage.bearers import open_pepper
from server.storage.chance import SYSTEM
from server.storage.database import Database
from server.trail.keys import open_keys
from server.workshop import commands as c
from server.workshop.given import Actor
from server.workshop.orders import CreateWorkshop

ORGANISER = Actor("staff/1", "organiser")
WORKSHOP = "bench"


def opened(folder: Path) -> Engine:
    """An engine on the files of this folder, not yet started."""
    return Engine(
        Database(f"sqlite:///{folder / 'mufakat.db'}"), SystemClock(), open_keys(folder / "signing.pem"),
        pepper=open_pepper(folder / "pepper", SYSTEM.draw),
    )  # fmt: skip


def hold(engine: Engine, seats: int) -> None:
    """A started workshop on the City Resilience Index with `seats` seats taken in D1."""
    engine.create(
        CreateWorkshop(
            workshop=WORKSHOP, title="Benchmark", city=None, language="en", framework=load("cri"), groups=None,
            rule="workshop", settings=c.Settings(disclose_after=3600), synthetic=True,
        ),
        ORGANISER,
    )  # fmt: skip
    if seats:
        cards = engine.submit(WORKSHOP, ORGANISER, c.IssueSeats(group="D1", count=seats))["cards"]
        for card in cards:
            engine.join(WORKSHOP, card["seat"], None, "card")
    else:
        engine.submit(WORKSHOP, ORGANISER, c.IssueSeats(group="D1", count=1))
    engine.submit(WORKSHOP, ORGANISER, c.Start())


def vote(engine: Engine, seats: int, chance: random.Random) -> int:
    """Open a round of D1, let every seat rate every item, and close it; returns the round's number."""
    engine.submit(WORKSHOP, ORGANISER, c.OpenRound(group="D1", items="all"))
    group = engine.state(WORKSHOP).groups["D1"]
    assert group.current is not None
    number, items = group.current.number, group.current.items
    for seat in range(1, seats + 1):
        answers = [
            c.AnswerIn(item=item, rev=number, key=f"{seat}-{item}-{number}", value=chance.randint(1, 5))
            for item in items
        ]
        engine.put_answers(WORKSHOP, seat, c.PutAnswers(number, answers))
    engine.submit(WORKSHOP, ORGANISER, c.CloseRound(group="D1"))
    return number
