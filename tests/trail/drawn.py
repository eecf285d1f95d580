"""Workshops drawn by a seed: another rule, scale, tree and panel each, played by the rules and kept as a trail.

Owns the chance; every number comes from the `Random` it is given. Never looks at a figure.
"""

from __future__ import annotations

from random import Random
from typing import Any

from consensus import PRESETS
from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop.given import SEAT
from server.workshop.records import BaselineRow
from server.workshop.refusals import Refusal
from server.workshop.setup import create
from tests.trail.story import node
from tests.workshop.play import ORGANISER, Table

SCALES = ([1, 2, 3, 4, 5], [0, 1, 2, 3], [1, 2, 3], [0, 25, 50, 75, 100], list(range(1, 10)), [-1, 0, 1])
MEANS = ("arithmetic", "geometric", "harmonic")


def rule(chance: Random) -> str | dict[str, Any]:
    """A preset, or clauses of one's own."""
    if chance.random() < 0.5:
        return chance.choice(sorted(PRESETS))
    location = chance.choice(["pair", "pair", "within_one", "rand_ucla"])
    return {
        "preset": "custom", "quorum": chance.randint(2, 6), "answered_percent": chance.choice([0, 50, 70]),
        "small_panel": chance.randint(0, 9), "location": location,
        "share_percent": chance.choice([51, 60, 75, 90, 100, "200/3"]),
        "chance_percent": chance.choice([None, 1, 5, 20]) if location == "pair" else None,
        "iqr_at_most": chance.choice([None, None, "1", "0.5", "2"]), "median_shift": chance.choice(["0", "0.5", "1"]),
        "left_percent": chance.choice([0, 15, 40]), "settle_from_vote": chance.randint(1, 2),
        "cap": chance.randint(2, 4), "near": chance.randint(0, 3),
        "agreed_value": chance.choice(["median", "mean", "hodges_lehmann"]),
    }  # fmt: skip


def framework(chance: Random, scale: list[int]) -> dict[str, Any]:
    """Two dimensions with one to three goals of one to three indicators, weighted, means of any kind."""
    means = MEANS if scale[0] >= 0 else MEANS[:1]
    nodes: list[dict[str, Any]] = []
    for dimension in "AB":
        nodes.append(node(dimension, None, "dimension", dimension))
        for goal in range(chance.randint(1, 3)):
            nodes.append(node(f"{dimension}{goal}", dimension, "goal", "g"))
            for leaf in range(chance.randint(1, 3)):
                nodes.append(node(f"{dimension}{goal}{leaf}".lower(), f"{dimension}{goal}", "indicator", "i"))
    for one in nodes:
        one["weight"] = chance.choice(["1", "2", "0.5", "1.25"])
        if one["level"] != "indicator" and chance.random() < 0.3:
            one["aggregation"] = chance.choice(means)
    levels: list[dict[str, Any]] = [{"key": k, "name": {"en": k, "id": k}} for k in ("dimension", "goal", "indicator")]
    levels[0]["aggregation"] = chance.choice(means)
    return {
        "id": "drawn", "version": "1", "name": {"en": "Drawn", "id": "Undian"}, "levels": levels, "nodes": nodes,
        "scale": {"categories": scale}, "percent": "range", "coverage_floor_percent": chance.choice([0, 50, 80]),
        "aggregation": chance.choice(means), "bands": [{"key": "low", "name": {"en": "l", "id": "r"}, "from": "0"}],
    }  # fmt: skip


def _baseline(chance: Random, document: dict[str, Any], scale: list[int]) -> tuple[BaselineRow, ...]:
    leaves = [one["id"] for one in document["nodes"] if one["level"] == "indicator"]
    return tuple(
        BaselineRow(
            item=leaf, stream=stream,  # type: ignore[arg-type]  # the two there are
            score=None if chance.random() < 0.2 else f"{chance.uniform(scale[0], scale[-1]):.2f}",
            answered=chance.randint(0, 4), asked=4, respondents=9, year=2017, source="undian",
        )
        for leaf in leaves for stream in ("interview", "metric") if chance.random() < 0.6
    )  # fmt: skip


def table(seed: int, asked: str | None = None, scale: list[int] | None = None) -> Table:
    """A whole day: up to three rounds a group and a plenary, a cancelled round, decisions, statements, the freeze.

    Rule and scale are drawn where they are not given.
    """
    chance, played = Random(seed), Table()
    scale = scale or chance.choice(SCALES)
    document = framework(chance, scale)
    plenary = [one["id"] for one in document["nodes"] if one["level"] == "indicator"][:2]
    groups = (
        o.GroupIn(id="A", node="A"), o.GroupIn(id="B", node="B"),
        o.GroupIn(id="P", kind="plenary", items=plenary, name={"en": "Plenary", "id": "Pleno"}),
    )  # fmt: skip
    order = o.CreateWorkshop(
        workshop="kota-uji", title="Undian", city=None, language="en", framework=document, groups=groups,
        rule=asked or rule(chance), settings=c.Settings(suppress_below=chance.choice([5, 6])), synthetic=True,
    )  # fmt: skip
    played.remember(create(order, played.given(ORGANISER, None)))
    if rows := _baseline(chance, document, scale):
        played.do(o.ImportBaseline(rows=rows, synthetic=True))
    seats: dict[str, list[int]] = {"A": [], "B": []}
    for group in seats:
        before = len(played.state.seats)
        played.do(c.IssueSeats(group=group, count=chance.randint(4, 13)))
        seats[group] = list(range(before + 1, len(played.state.seats) + 1))
    for seat in range(1, len(played.state.seats) + 1):
        played.do(o.TakeSeat(seat=seat, group=None, channel="card"), SEAT)
    played.do(c.Start())
    seats["P"] = [seat for group in seats.values() for seat in group]
    for group in ("A", "B", "P"):
        _rounds(chance, played, group, seats[group], scale)
    for group in ("A", "B", "P"):
        played.do(c.Conclude(group=group))
    played.do(c.Freeze())
    return played


def _rounds(chance: Random, played: Table, group: str, seats: list[int], scale: list[int]) -> None:
    items = played.state.groups[group].items
    centre = {item: chance.choice(scale) for item in items}
    held = {(seat, item): _near(chance, scale, centre[item]) for seat in seats for item in items}
    for number in range(chance.randint(0, 3)):
        ratings: dict[int, dict[str, Any]] = {}
        for seat in seats:
            if chance.random() < 0.08:
                continue
            for item in items:
                if chance.random() < 0.3:
                    held[seat, item] = _near(chance, scale, centre[item])
            given = {item: held[seat, item] for item in items if chance.random() < 0.93}
            ratings[seat] = {item: "no_data" if chance.random() < 0.05 else value for item, value in given.items()}
        try:
            _vote(played, group, ratings, "all" if number < 2 else "pending")
        except Refusal:
            return
        if chance.random() < 0.15:
            played.do(c.VoidRound(group=group, reason="the wrong list"))
    state = played.state.groups[group]
    if state.current is not None and group != "P":
        first = state.current.items[0]
        if chance.random() < 0.5 and state.votes(first):
            played.do(c.AttachMinority(group=group, item=first, text="some of us differ", public=True))
        free = [item for item in items if not (votes := state.votes(item)) or votes[-1][1].outcome != "consensus"]
        if free and chance.random() < 0.5:
            played.do(c.DecideItem(group=group, item=free[0], value=chance.choice(scale), reason="the budget is given"))


def _vote(played: Table, group: str, ratings: dict[int, dict[str, Any]], items: Any) -> None:
    """A whole round in which answers to items that are not open stay at home."""
    played.do(c.OpenRound(group=group, items=items))
    current = played.state.groups[group].current
    assert current is not None
    for seat, given in ratings.items():
        open_ = {item: value for item, value in given.items() if item in current.items}
        if open_:
            assert played.put(seat, current.number, open_, group=group).refused == ()
    played.do(c.CloseRound(group=group))
    played.disclose(group)
    played.do(c.Reveal(group=group))


def _near(chance: Random, scale: list[int], centre: int) -> int:
    place = scale.index(centre) + round(chance.gauss(0, 0.9))
    return chance.choice(scale) if chance.random() < 0.1 else scale[min(len(scale) - 1, max(0, place))]
