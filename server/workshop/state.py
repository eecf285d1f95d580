"""The present of a workshop as frozen records. It holds nothing about who answered what, and changes nothing:
`fold` makes the next state from an entry.
"""

from __future__ import annotations

from typing import Any

from consensus import Framework, Rule, Scale
from server.workshop.commands import Settings
from server.workshop.contents import EndingContent, GroupFigures, ItemFigures
from server.workshop.phases import Phase
from server.workshop.records import BaselineRow, Cause, Channel, GroupKind, Initiative, Record


class Seat(Record, frozen=True):
    number: int
    group: str
    channel: Channel
    status: str  # issued, taken, absent, revoked


class Round(Record, frozen=True):
    """One round of a group. `ballots` counts those in the trail, `papers` those that came in on paper; `closed_at` is
    seconds since the epoch.
    """

    number: int
    items: tuple[str, ...]
    opened_at: int
    deadline: int | None = None
    paused_at: int | None = None
    closed_at: int | None = None
    seated: int = 0
    answered: int = 0
    ballots: int = 0
    papers: int = 0
    assessed: bool = False
    voided: bool = False
    revealed: bool = False
    baseline_revealed: bool = False
    reasons_revealed: bool = False
    figures: dict[str, ItemFigures] = {}
    order: GroupFigures | None = None


class Explained(Record, frozen=True):
    cause: Cause
    note: str | None


class Group(Record, frozen=True):
    id: str
    kind: GroupKind
    node: str | None
    items: tuple[str, ...]
    name: dict[str, str]
    phase: Phase = Phase.WAITING
    version: int = 0
    rounds: tuple[Round, ...] = ()
    decided: dict[str, int] = {}
    minorities: dict[str, tuple[tuple[str | None, bool], ...]] = {}
    explained: dict[str, Explained] = {}  # "item/stream"
    moderated: frozenset[str] = frozenset()  # "round/item/number"
    endings: dict[str, EndingContent] = {}

    @property
    def current(self) -> Round | None:
        """The latest round that is not voided."""
        return next((r for r in reversed(self.rounds) if not r.voided), None)

    def votes(self, item: str) -> tuple[tuple[int, ItemFigures], ...]:
        """The item's counted votes as (round, figures), oldest first; voided and quorum-less rounds left out."""
        return tuple(
            (r.number, figures)
            for r in self.rounds
            if not r.voided and (figures := r.figures.get(item)) is not None and figures.counted
        )

    def latest(self, item: str) -> ItemFigures | None:
        """The item's latest verdict of any kind in a round that stands."""
        return next((r.figures[item] for r in reversed(self.rounds) if not r.voided and item in r.figures), None)


class State(Record, frozen=True):
    """Everything the rules need to know, and nothing about who answered what."""

    workshop: str = ""
    title: str = ""
    city: str | None = None
    language: str = "id"
    synthetic: bool = False
    phase: Phase = Phase.DRAFT
    version: int = 0
    size: int = 0
    framework: dict[str, Any] = {}
    rule: dict[str, Any] = {}
    settings: Settings = Settings()
    digests: dict[str, str] = {}
    baseline: tuple[BaselineRow, ...] = ()
    baseline_synthetic: bool = False
    groups: dict[str, Group] = {}
    seats: dict[int, Seat] = {}
    initiatives: dict[str, Initiative] = {}
    links: frozenset[tuple[str, str]] = frozenset()
    erased: int = 0
    origin: str | None = None  # the name a restored copy goes on under; None where the first one stands
    frozen_at: str | None = None

    @property
    def tree(self) -> Framework:
        return _framework(self.digests["framework"], self)

    @property
    def scale(self) -> Scale:
        return self.tree.scale

    @property
    def consensus_rule(self) -> Rule:
        return Rule.from_document(self.rule)

    def seats_of(self, group: str) -> tuple[Seat, ...]:
        """The seats that vote in a group: its own, or all of them in a plenary."""
        every = self.groups[group].kind == "plenary"
        return tuple(s for s in self.seats.values() if every or s.group == group)

    def seated(self, group: str) -> int:
        """How many seats are taken, not revoked and not marked absent."""
        return sum(s.status == "taken" for s in self.seats_of(group))

    def baseline_of(self, item: str) -> dict[str, BaselineRow]:
        """The earlier survey's rows of an item, by stream."""
        return {row.stream: row for row in self.baseline if row.item == item}


_FRAMEWORKS: dict[str, Framework] = {}


def _framework(digest: str, state: State) -> Framework:
    if digest not in _FRAMEWORKS:
        if len(_FRAMEWORKS) > 64:
            _FRAMEWORKS.clear()
        _FRAMEWORKS[digest] = Framework.from_document(state.framework)
    return _FRAMEWORKS[digest]
