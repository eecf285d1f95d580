"""A whole synthetic day on the City Resilience Index, played by the real rules with simulated panels, as a trail.

Owns the script of the day. Every score comes from `consensus.panel`; nothing here was given by a person or a city.
"""

from functools import cache
from typing import Any

import numpy as np

from server.catalog import load
from server.cli.stage.city import draw_city, vote
from server.imports.baseline import read_baseline
from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop.given import SEAT
from server.workshop.setup import create
from tests.trail.story import Kept, keep
from tests.workshop.play import ORGANISER, Table

CAUSES = ("new_evidence", "year", "scope", "scale_reading", "real_disagreement", "interest")
TITLE = "Lokakarya Indeks Ketahanan Kota (gladi, data sintetis)"


def play(participants: int = 48, seed: int = 7) -> Table:
    """Four groups, up to four rounds each, gaps explained, one decision, one minority statement, frozen."""
    city, table = draw_city(participants, seed), Table()
    order = o.CreateWorkshop(
        workshop="semarang", title=TITLE, city="Semarang", language="id", framework=load("cri"), groups=None,
        rule="workshop", settings=c.Settings(), synthetic=True,
    )  # fmt: skip
    table.remember(create(order, table.given(ORGANISER, None)))
    table.do(o.ImportBaseline(rows=read_baseline(city.baseline, "baseline.csv", city.framework), synthetic=True))
    for group, size in city.sizes.items():
        table.do(c.IssueSeats(group=group, count=size))
    for seat in list(table.state.seats):
        table.do(o.TakeSeat(seat=seat, group=None, channel="card"), SEAT)
    table.do(c.Start())
    for group in city.framework.top:
        _group(table, city, group)
    table.do(c.Freeze())
    return table


def _group(table: Table, city: Any, group: str) -> None:
    items, seats = city.framework.leaves_under(group), [s.number for s in table.state.seats_of(group)]
    heard: dict[str, dict[str, str]] = {}
    opened: tuple[str, ...] = items
    for number in range(1, 5):
        votes = vote(city.panels[group], items, opened, heard)
        table.round(group, _ratings(votes, seats, items, opened), items=list(opened))
        figures = table.state.groups[group].current.figures
        heard |= {i: {"median": f.median, "q1": f.q1, "q3": f.q3} for i, f in figures.items() if f.median is not None}
        if number == 1:
            wide = [i for i, f in figures.items() if f.gap.get("interview") and f.gap["interview"].size == "wide"]
            for place, item in enumerate(wide[:4]):
                table.do(c.ExplainGap(group=group, item=item, cause=CAUSES[place], note="catatan sintetis"))
        latest = {i: table.state.groups[group].latest(i) for i in items}
        opened = items if number == 1 else tuple(i for i in items if latest[i].outcome != "consensus")
        if not opened:
            break
    if group == "D1":
        agreed = [i for i in items if latest[i].outcome == "consensus"]
        rest = [i for i in items if latest[i].outcome in ("open", "near", "at_cap", "dissent")]
        text = "Catatan sintetis: dua peserta menilai lebih rendah."
        table.do(c.AttachMinority(group=group, item=agreed[0], text=text, public=True))
        table.do(c.AttachMinority(group=group, item=agreed[1], text=text, public=False))
        if rest:
            table.do(c.DecideItem(group=group, item=rest[0], value=3, reason="Keputusan sintetis pimpinan sidang."))
    table.do(c.Conclude(group=group))


def _ratings(votes: Any, seats: list[int], items: tuple[str, ...], opened: tuple[str, ...]) -> dict[int, Any]:
    """By seat and item a rating, or why there is none; whoever is away gives nothing."""
    rated: dict[int, Any] = {}
    for row, seat in enumerate(seats):
        if votes.present[row]:
            rated[seat] = {
                item: str(votes.cannot[row, column])
                if np.isnan(votes.ratings[row, column])
                else int(votes.ratings[row, column])
                for column, item in enumerate(items)
                if item in opened
            }
    return rated


@cache
def day() -> Kept:
    """The day as a trail; nobody may change it."""
    return keep(play())
