"""A trail as a story: what happened when, who took part, the distributions at each disclosure, each item's path.

Owns which entries make a step and what is told of each. Tells what its copy of the trail opens and guesses nothing;
who may see a copy, and in which words, is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from server.reports.shown import ending_of
from server.trail.entries import Entry, Remembered
from server.workshop import events as e
from server.workshop.fold import apply
from server.workshop.state import Round, State

# Every entry that changes what the hall can do or sees; what only adds to the record is left out.
TOLD = frozenset(
    {"workshop.created", "baseline.imported", "workshop.started", "round.opened", "round.extended", "round.paused",
     "round.resumed", "round.closed", "round.reopened", "round.assessed", "figures.revealed", "round.voided",
     "item.decided", "minority.attached", "group.concluded", "group.reopened", "index.frozen", "content.erased",
     "origin.continued"}
)  # fmt: skip


@dataclass(frozen=True)
class Vote:
    """One vote on one item; a cancelled one stays in the story.

    `hidden` says why there are no figures, and then everything from `n` on is null: this `copy` withholds them, or too
    `few` rated, as `sparing` has it.
    """

    item: str
    round: int
    cancelled: bool
    hidden: Literal["copy", "few"] | None
    n: int | None = None
    counts: tuple[int, ...] | None = None
    median: str | None = None
    q1: str | None = None
    q3: str | None = None
    in_pair: int | None = None
    needed: int | None = None
    outcome: str | None = None
    flags: tuple[str, ...] = ()


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
    distributions: tuple[Vote, ...] = ()


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


def sparing(told: Story) -> Story:
    """The story without figures that rest on too few, as screens and reports tell it, whatever its copy opens."""
    state, few = told.state, told.state.settings.suppress_below
    small = {
        (group.id, r.number) for group in state.groups.values() for r in group.rounds
        for f in r.figures.values() if f.counted and f.n < few
    }  # fmt: skip

    def whole(step: Step) -> bool:
        """Whether everything that the order rests on was rated by enough."""
        return not any((step.scope, number) in small for number in range(1, (step.round or 0) + 1))

    return Story(
        tuple(
            replace(s, w=s.w if whole(s) else None, distributions=tuple(_kept(v, few) for v in s.distributions))
            for s in told.steps
        ),
        tuple(_ended(state, replace(p, votes=tuple(_kept(v, few) for v in p.votes))) for p in told.paths),
        state,
    )  # fmt: skip


def _kept(vote: Vote, few: int) -> Vote:
    if vote.n is None or vote.n >= few:
        return vote
    outcome = "insufficient" if vote.outcome == "insufficient" else None  # that nobody counted tells nobody's score
    return Vote(vote.item, vote.round, vote.cancelled, "few", outcome=outcome)


def _ended(state: State, path: Path) -> Path:
    shown = ending_of(state, state.groups[path.group], path.item)
    return replace(path, ending=shown.ending, value=shown.value) if shown else replace(path, ending=None, value=None)


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
        distributions=tuple(_vote(r, item) for item in r.items) if r and shown else (),
    )  # fmt: skip


def _vote(r: Round, item: str) -> Vote:
    f = r.figures.get(item)
    if f is None:
        return Vote(item, r.number, r.voided, "copy")
    return Vote(
        item, r.number, r.voided, None, f.n, f.counts, f.median, f.q1, f.q3, f.in_pair, f.needed, f.outcome, f.flags
    )


def _paths(state: State) -> Iterator[Path]:
    for group in state.groups.values():
        for item in group.items:
            ending = group.endings.get(item)
            votes = tuple(_vote(r, item) for r in group.rounds if r.assessed and item in r.items)
            yield Path(item, group.id, votes, ending.ending if ending else None, ending.value if ending else None)
