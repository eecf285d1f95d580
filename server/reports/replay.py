"""A trail as a story: what happened when, who took part, the distributions at each disclosure, each item's path.

Owns which entries make a step and what is told of each. Tells what its copy of the trail opens and guesses nothing;
who may see a copy, and in which words, is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from server.trail.entries import Entry, Remembered
from server.workshop import events as e
from server.workshop.contents import ItemFigures
from server.workshop.fold import apply
from server.workshop.state import Group, Round, State

# Every entry that changes what the hall can do or sees; what only adds to the record is left out.
TOLD = frozenset(
    {"workshop.created", "baseline.imported", "workshop.started", "round.opened", "round.extended", "round.paused",
     "round.resumed", "round.closed", "round.reopened", "round.assessed", "figures.revealed", "round.voided",
     "item.decided", "minority.attached", "group.concluded", "group.reopened", "index.frozen", "content.erased",
     "origin.continued"}
)  # fmt: skip


@dataclass(frozen=True)
class Distribution:
    """One item at one disclosure; all but the item null where this copy withholds its figures."""

    item: str
    n: int | None
    counts: tuple[int, ...] | None
    median: str | None
    in_pair: int | None
    needed: int | None
    outcome: str | None


@dataclass(frozen=True)
class Step:
    """One thing that happened. `phase` is that of the group, or of the workshop, afterwards.

    `seats` counts those taken and present in that scope; `answered` those who had answered at the close. What does not
    belong to the step is null. `item` is the one that a decision or a statement is about.
    """

    seq: int
    at: str
    kind: str
    scope: str
    phase: str
    seats: int
    round: int | None = None
    items: int | None = None
    item: str | None = None
    answered: int | None = None
    ballots: int | None = None
    w: str | None = None
    distributions: tuple[Distribution, ...] = ()


@dataclass(frozen=True)
class Vote:
    """One vote on an item's path; figures null where withheld. A cancelled round stays on the path."""

    round: int
    cancelled: bool
    n: int | None
    median: str | None
    outcome: str | None


@dataclass(frozen=True)
class Path:
    """An item from its first vote to its ending (null where it has none, or where it is withheld)."""

    item: str
    group: str
    votes: tuple[Vote, ...]
    ending: str | None
    value: str | None


@dataclass(frozen=True)
class Story:
    """The whole of it: the steps in order, every item's path, and the state that the trail folds to."""

    steps: tuple[Step, ...]
    paths: tuple[Path, ...]
    state: State


def story(remembered: Iterable[Remembered]) -> Story:
    """Tell a trail from its first entry on; ImpossibleHistory where an entry cannot follow."""
    told, state = [], State()
    for one in remembered:
        state = apply(state, one.entry, one.contents)
        if one.entry.kind in TOLD:
            told.append(_step(state, one.entry))
    return Story(tuple(told), tuple(_paths(state)), state)


def _step(state: State, entry: Entry) -> Step:
    group, body = state.groups.get(entry.scope), entry.body
    if group is None:
        taken = sum(seat.status == "taken" for seat in state.seats.values())
        return Step(entry.seq, entry.at, entry.kind, entry.scope, state.phase, taken)
    number = getattr(body, "round", None)
    r = next((r for r in group.rounds if r.number == number), None)
    closed, shown = isinstance(body, e.RoundClosed), isinstance(body, e.RoundAssessed)
    return Step(
        entry.seq, entry.at, entry.kind, entry.scope, group.phase, state.seated(group.id), round=number,
        items=len(r.items) if r else None,
        item=getattr(body, "item", None),
        answered=r.answered if r and closed else None,
        ballots=r.ballots if r and shown else None,
        w=r.order.w if r and shown and r.order else None,
        distributions=tuple(_distribution(r, item) for item in r.items) if r and shown else (),
    )  # fmt: skip


def _distribution(r: Round, item: str) -> Distribution:
    f = r.figures.get(item)
    if f is None:
        return Distribution(item, None, None, None, None, None, None)
    return Distribution(item, f.n, f.counts, f.median, f.in_pair, f.needed, f.outcome)


def _paths(state: State) -> Iterator[Path]:
    for group in state.groups.values():
        for item in group.items:
            ending = group.endings.get(item)
            yield Path(
                item, group.id, tuple(_votes(group, item)), ending.ending if ending else None,
                ending.value if ending else None,
            )  # fmt: skip


def _votes(group: Group, item: str) -> Iterator[Vote]:
    for r in group.rounds:
        if r.assessed and item in r.items:
            f: ItemFigures | None = r.figures.get(item)
            yield Vote(r.number, r.voided, f.n if f else None, f.median if f else None, f.outcome if f else None)
