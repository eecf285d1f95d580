"""What stands behind a seal: the content of ballots, figures and endings. Texts are plain strings.

Decimal figures are strings with six places, as everywhere in the trail; ratings and people are integers.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from server.workshop.records import Cannot, Record

EndingKind = Literal["decided", "agreed_with_reservation", "agreed", "unconfirmed", "not_rated", "not_agreed"]


class BallotAnswer(Record, frozen=True, omit_defaults=True):
    """One answer of one voice; `value` is always written, null where the voice could not rate."""

    item: str
    value: int | None
    cannot: Cannot | None = None
    confidence: int | None = None
    reason: str | None = None


class Ballot(Record, frozen=True):
    """Everything one voice answered in one round, items in the group's order."""

    voice: str
    answers: tuple[BallotAnswer, ...]


class StabilityFigures(Record, frozen=True):
    paired: int
    median_shift: str | None
    left_pair: int
    changed: int
    net_change: str | None


class GapFigures(Record, frozen=True):
    difference: str | None
    size: str | None
    above: int
    same: int
    below: int


class ItemFigures(Record, frozen=True):
    """One item in one round. `pair` holds the two categories; `short_by` counts people."""

    item: str
    vote: int
    n: int
    seated: int
    answered: int
    cannot: dict[str, int]
    counts: tuple[int, ...]
    median: str | None
    q1: str | None
    q3: str | None
    iqr: str | None
    pair: tuple[int, int] | None
    in_pair: int
    needed: int | None
    outcome: str
    flags: tuple[str, ...]
    short_by: int | None
    stability: StabilityFigures | None
    gap: dict[str, GapFigures]

    @property
    def counted(self) -> bool:
        """Whether this was a vote at all: without quorum it counts neither as a vote nor as the one before."""
        return self.outcome != "insufficient"


class GroupFigures(Record, frozen=True):
    """How alike the panel orders the items (Kendall's W, W* where ratings are missing)."""

    w: str | None
    mean_spearman: str | None
    low: str | None
    high: str | None
    p_value: str | None
    method: str | None
    raters: int
    items: int
    complete: bool


class EndingContent(Record, frozen=True):
    ending: EndingKind
    value: str | None
    camps: tuple[int, int] | None
    round: int | None


class NodeFigures(Record, frozen=True):
    """One node of the framework in one evidence stream."""

    value: str | None
    low: str | None
    high: str | None
    agreed: int
    of: int


def content_type(kind: str, name: str) -> Any:
    """The type of the content sealed under `name` in an event of `kind`; plain text where no record is due."""
    if kind == "ballot.cast":
        return Ballot
    if kind == "round.assessed":
        return GroupFigures if name == "group" else ItemFigures
    if kind == "group.concluded":
        return EndingContent
    if kind == "index.frozen":
        return NodeFigures
    if kind in ("paper.entered", "paper.confirmed"):
        return int
    return str


def plain(content: Any) -> Any:
    """A content as JSON-ready lists and objects, ready to be committed to."""
    return msgspec.to_builtins(content)


def read(kind: str, name: str, content: Any) -> Any:
    """A content read strictly back into its record.

    Raises
    ------
    msgspec.ValidationError
        If a field is unknown, missing or of the wrong type.
    """
    return msgspec.convert(content, content_type(kind, name))
