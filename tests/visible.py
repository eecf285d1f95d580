"""A small workshop for the tests of what leaves: a survey, one played round, and views as plain data. No test here."""

from typing import Any

import msgspec

from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop.records import BaselineRow
from tests.workshop.play import Table, table

LEAVES = ("1.1", "1.2")
SMALL = {"preset": "custom", "quorum": 3, "answered_percent": 0, "chance_percent": None}  # verdicts on three people


def plain(view: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(view))


def surveyed(seats: int = 6, **settings: Any) -> Table:
    """Two streams of an earlier survey on 1.1, none elsewhere; started."""
    played = table(seats=seats, start=False, **settings)
    rows = (BaselineRow("1.1", "interview", "1.5", 3, 3, 5, 2017, "survei"),
            BaselineRow("1.1", "metric", "4", 2, 3, None, 2016, None))  # fmt: skip
    played.do(o.ImportBaseline(rows=rows, synthetic=True))
    played.do(c.Start())
    return played


def played_round(values: tuple[int, ...], seats: int | None = None, **settings: Any) -> Table:
    played = surveyed(seats=seats or len(values), **settings)
    played.round("D1", {n: {"1.1": v, "1.2": 3} for n, v in enumerate(values, 1)}, items=list(LEAVES))
    return played
