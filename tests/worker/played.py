"""Rounds for workers to assess, played on a real engine, and what an assessor was given. No test here."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from server.catalog import load
from server.engine import Engine
from server.workshop import commands as c
from server.workshop.assess import assess
from server.workshop.contents import Ballot
from server.workshop.given import Draft
from server.workshop.orders import ImportBaseline
from server.workshop.records import BaselineRow
from server.workshop.state import State
from tests.small_hall import ORGANISER, W, ballot, order, running, vote

Given = tuple[State, str, Mapping[int, Sequence[Ballot]]]


def two_rounds(folder: Path) -> list[Given]:
    """What the assessor is given for two rounds with a survey before them, gaps in the ratings and reasons."""
    given: list[Given] = []

    def noting(*args: Any) -> Draft:
        given.append(args)
        return assess(*args)

    with running(folder, assessor=noting) as engine:
        engine.create(order(), ORGANISER)
        row = BaselineRow("1.1", "interview", "2.100000", 3, 3, 5, 2017, "survey")
        engine.submit(W, ORGANISER, ImportBaseline(rows=(row,), synthetic=True))
        cards = engine.submit(W, ORGANISER, c.IssueSeats(group="D1", count=7))["cards"]
        engine.submit(W, ORGANISER, c.Start())
        for card in cards:
            engine.join(W, card["seat"], None, "card")
        vote(engine, seats=7)
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
        engine.submit(W, ORGANISER, c.Reveal(group="D1"))
        engine.submit(W, ORGANISER, c.OpenRound(group="D1", items="all"))
        for seat in range(1, 6):
            engine.put_answers(W, seat, ballot(4, 3 + seat % 2, number=2))
        unsure = c.AnswerIn(item="1.1", rev=1, key="x", value=None, cannot="no_data", reason="tidak ada data")
        engine.put_answers(W, 6, c.PutAnswers(round=2, answers=[unsure]))
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    return given


def big_round(engine: Engine, seats: int = 500, items: int = 13) -> None:
    """A closed round of the full index: so many raters by so many items."""
    engine.create(order(framework=load("cri"), settings=c.Settings(disclose_after=3600)), ORGANISER)
    cards = engine.submit(W, ORGANISER, c.IssueSeats(group="D1", count=seats))["cards"]
    engine.submit(W, ORGANISER, c.Start())
    chosen, chance = list(engine.state(W).groups["D1"].items[:items]), random.Random(7)
    engine.submit(W, ORGANISER, c.OpenRound(group="D1", items=chosen))

    def rate(seat: int) -> None:
        engine.join(W, seat, None, "card")
        answers = [c.AnswerIn(item=item, rev=1, key=f"{seat}{item}", value=chance.randint(1, 5)) for item in chosen]
        engine.put_answers(W, seat, c.PutAnswers(1, answers))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(rate, [card["seat"] for card in cards]))
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))


def in_thread(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Work begun on a thread, and the list that will hold its result or its exception."""
    told: list[Any] = []

    def run() -> None:
        try:
            told.append(work())
        except Exception as fault:  # noqa: BLE001 - the test asks which
            told.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, told


def wait_until(fits: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not fits():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.005)
