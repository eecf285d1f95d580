"""A small hall played with given ratings, and all that somebody who belongs to no group ever sees of it.

That is: every display snapshot and progress message on the way (the console's own progress too, seat by seat), what
phones and displays are told, and the public bundle with its report. Owns no rule; `server.visibility` shows, `server`
writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import msgspec

from server import visibility
from server.reports.report import render
from server.trail.commitment import Opening
from server.trail.entries import open_contents, read
from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop.freezing import freeze_drafts
from server.workshop.given import SEAT
from server.workshop.phases import Phase
from server.workshop.progress import progress
from server.workshop.setup import create
from tests.trail import forge
from tests.trail.story import SIGNER, keep, node
from tests.workshop.play import ORGANISER, Table

GUARDLESS = {"preset": "custom", "chance_percent": None, "answered_percent": 0}  # verdicts on three categories
SECRET = re.compile(r'"(salt|sha256)":"[0-9a-f]+"|[0-9a-f]{64}|(?<=\n)[A-Za-z0-9+/]{43}=|(?<= )[A-Za-z0-9+/]{91}=')

Cell = tuple[str, int, str]  # group, round, item
Ratings = Mapping[tuple[int, Cell], int]  # by seat and cell


@dataclass(frozen=True)
class Vote:
    """One round: which seats score each item; `unsure` seats answer it without a score, and all others stay silent."""

    group: str
    scored: dict[str, tuple[int, ...]]
    unsure: dict[str, tuple[int, ...]] = field(default_factory=dict)
    void: bool = False


@dataclass(frozen=True)
class Plan:
    """What everybody in the hall knows beforehand and may watch: who sits where, what is opened, who takes part."""

    seats: dict[str, int]
    votes: tuple[Vote, ...]
    categories: tuple[int, ...] = (1, 2, 3)
    plenary: tuple[str, ...] = ()
    rule: dict[str, Any] = field(default_factory=dict)
    twice: bool = False  # the first group is reopened after its first round, and concluded anew at the end

    def cells(self) -> Iterator[tuple[Cell, tuple[int, ...]]]:
        """Every cell with the seats that score it."""
        rounds: dict[str, int] = {}
        for vote in self.votes:
            rounds[vote.group] = rounds.get(vote.group, 0) + 1
            for item, seats in vote.scored.items():
                yield (vote.group, rounds[vote.group], item), seats


def start(plan: Plan) -> Table:
    """The workshop up to its start; group G has the indicators g1 and g2 under one goal."""
    table = Table()
    levels = [{"key": key, "name": {"en": key, "id": key}} for key in ("dimension", "goal", "indicator")]
    nodes = []
    for group in plan.seats:
        low = group.lower()
        nodes += [node(group, None, "dimension", group), node(f"{group}0", group, "goal", group)]
        nodes += [node(f"{low}{number}", f"{group}0", "indicator", f"{low}{number}") for number in (1, 2)]
    document = {
        "id": "aula", "version": "1", "name": {"en": "Hall", "id": "Aula"}, "levels": levels, "nodes": nodes,
        "scale": {"categories": list(plan.categories)}, "percent": "range", "coverage_floor_percent": 0,
        "bands": [{"key": "low", "name": {"en": "low", "id": "rendah"}, "from": "0"}],
    }  # fmt: skip
    groups = [o.GroupIn(id=group, node=group) for group in plan.seats]
    if plan.plenary:
        groups.append(o.GroupIn(id="P", kind="plenary", items=list(plan.plenary), name={"en": "P", "id": "P"}))
    order = o.CreateWorkshop(
        workshop="kota-uji", title="Aula", city=None, language="en", framework=document, groups=tuple(groups),
        rule={**GUARDLESS, **plan.rule}, settings=c.Settings(), synthetic=True,
    )  # fmt: skip
    table.remember(create(order, table.given(ORGANISER, None)))
    for group, count in plan.seats.items():
        table.do(c.IssueSeats(group=group, count=count))
    for seat in range(1, sum(plan.seats.values()) + 1):
        table.do(o.TakeSeat(seat=seat, group=None, channel="card"), SEAT)
    table.do(c.Start())
    return table


Seen = tuple[tuple[str, ...], tuple[str, ...]]  # screens and files


def seen(plan: Plan, before: Table, ratings: Ratings, *, report: bool = False) -> Seen:
    """What the screens showed, in order, and what the public bundle holds; random bytes are blotted out."""
    table = copy(before)
    table.entries, table.answers, table.ballots = list(before.entries), {}, {}
    eye = _Eye(table)
    for vote in plan.votes:
        _round(eye, vote, ratings)
        if plan.twice and vote is plan.votes[0]:
            eye.do(c.Conclude(group=vote.group))
            eye.do(c.ReopenGroup(group=vote.group, reason="once more"))
    for group in table.state.groups:
        eye.do(c.Conclude(group=group))
    eye.do(c.Freeze())
    return tuple(eye.screens), tuple(published(table, report=report))


class _Eye:
    """Watches a table: after each thing that is done it notes what every screen now shows."""

    def __init__(self, table: Table) -> None:
        self.table, self.screens = table, [""][:0]

    def do(self, command: Any) -> None:
        first = len(self.table.entries)
        self.table.do(command)
        self.look(first)

    def look(self, first: int) -> None:
        """The display, the channels of phones and displays, and the console's progress (never its figures)."""
        table, state = self.table, self.table.state
        counts = [(group, number, item, seat) for (group, number, seat), sent in table.answers.items() for item in sent]
        told = progress(state, counts)
        entries: Any = [entry for entry, _ in table.entries[first:]]
        nodes = dict(freeze_drafts(state)[0].contents) if state.phase is Phase.FROZEN else {}
        self._note(
            visibility.hall(state, told, "en", join_code=None, reasons=lambda _: {}, nodes=lambda: nodes,
                            head=None, shows={}),
            told, visibility.hall_progress(told), visibility.hall_changes(state, entries),
            [visibility.ballot_changes(state, group, entries) for group in state.groups],
            [visibility.ballot(state, seat, {}, "en") for seat in (1, max(state.seats))],
        )  # fmt: skip

    def _note(self, *shown: Any) -> None:
        self.screens += [msgspec.json.encode(one).decode() for one in shown]


def _round(eye: _Eye, vote: Vote, ratings: Ratings) -> None:
    table = eye.table
    eye.do(c.OpenRound(group=vote.group, items=[*vote.scored]))
    current = table.state.groups[vote.group].current
    assert current is not None
    for seat in sorted({seat for seats in (*vote.scored.values(), *vote.unsure.values()) for seat in seats}):
        given: dict[str, Any] = {
            item: ratings[seat, (vote.group, current.number, item)] for item, who in vote.scored.items() if seat in who
        }
        given |= {item: "no_data" for item, who in vote.unsure.items() if seat in who}
        assert table.put(seat, current.number, given, group=vote.group).refused == ()
        eye.look(len(table.entries))
    eye.do(c.CloseRound(group=vote.group))
    first = len(table.entries)
    table.disclose(vote.group)
    eye.look(first)
    eye.do(c.Reveal(group=vote.group))
    if vote.void:
        eye.do(c.VoidRound(group=vote.group, reason="the wrong list"))


def published(table: Table, *, report: bool = False) -> Iterator[str]:
    """The public bundle, file by file: hashes, salts and signatures blotted out, every length kept."""
    kept = keep(table)
    files = forge.members(forge.write(kept, "public"))
    for name, data in files.items():
        if name not in ("verify.py", "MANIFEST.sha256"):
            yield f"{name}\n{blotted(data.decode())}"
    if report:
        opened: dict[int, dict[str, Any]] = {}
        for opening in map(Opening.read, files["openings.jsonl"].splitlines()):
            opened.setdefault(opening.seq, {})[opening.name] = opening.content
        told = (open_contents(read(line), opened.get(seq, {})) for seq, (line, _) in enumerate(kept.stored))
        yield blotted(render(told, note=None, vkey=SIGNER.verifier.vkey, language="en").decode())


def blotted(text: str) -> str:
    """The text with every hash, salt, root and signature struck out, character by character."""
    return SECRET.sub(lambda found: "#" * len(found[0]), text)


def figures(screens: tuple[str, ...]) -> tuple[str, ...]:
    """What was published of figures, and nothing else: counts, verdict and movement of an item, and a panel's order."""
    told: dict[str, None] = {}
    for group in (group for screen in screens for group in _groups(json.loads(screen))):
        shown = group["figures"]
        for item in shown["items"] if shown else ():
            if item["counts"] is not None:
                which = [group["id"], shown["round"], item["item"]]
                told[json.dumps([*which, item["counts"], item["outcome"], item["stability"]])] = None
        if shown and shown["order"]:
            told[json.dumps([group["id"], shown["round"], shown["order"]])] = None
    return tuple(told)


def _groups(screen: Any) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = screen["groups"] if isinstance(screen, dict) and "profile" in screen else []
    return groups
