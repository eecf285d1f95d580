"""What may leave of results, shape by shape: a round's figures and the profile. Shapes only, as in `views`."""

from __future__ import annotations

from server.workshop.contents import GapFigures, GroupFigures, StabilityFigures
from server.workshop.records import Record


class Earlier(Record, frozen=True):
    """The earlier survey's score of an item in one stream."""

    score: str | None
    year: int | None
    source: str | None


# --- a round --------------------------------------------------------------------------------------------------------


class Reason(Record, frozen=True):
    """`id` is `round/item/number`, as `moderate` takes it."""

    id: str
    text: str
    moderated: bool


class ItemView(Record, frozen=True, kw_only=True):
    """One item of a round; `withheld` where fewer rated than may be shown, and then no figure stands here."""

    item: str
    title: str
    vote: int
    n: int
    seated: int
    answered: int
    withheld: bool
    outcome: str | None
    flags: tuple[str, ...]
    cannot: dict[str, int] | None
    counts: tuple[int, ...] | None
    median: str | None
    q1: str | None
    q3: str | None
    iqr: str | None
    pair: tuple[int, int] | None
    in_pair: int | None
    needed: int | None
    short_by: int | None
    stability: StabilityFigures | None
    gap: dict[str, GapFigures] | None
    baseline: dict[str, Earlier] | None
    reasons: tuple[Reason, ...] | None


class RoundView(Record, frozen=True):
    """A round's figures and verdicts; `order` is how alike the panel orders the items (null where withheld)."""

    workshop: str
    group: str
    round: int
    phase: str
    seated: int
    answered: int
    ballots: int
    voided: bool
    revealed: bool
    baseline_revealed: bool
    reasons_revealed: bool
    indicative: bool
    synthetic: bool
    items: tuple[ItemView, ...]
    order: GroupFigures | None


# --- the profile ----------------------------------------------------------------------------------------------------


class Completeness(Record, frozen=True):
    """How much was asked and answered; `text` is the share as the language writes it: `66,03 %`, `66.03%`."""

    answered: int
    asked: int
    text: str


class BandView(Record, frozen=True):
    key: str
    name: str


class StreamView(Record, frozen=True):
    """One node in one stream of evidence; `withheld` where too few rated something under it."""

    value: str | None
    low: str | None
    high: str | None
    percent: str | None
    band: BandView | None
    agreed: int
    of: int
    withheld: bool
    completeness: Completeness | None


class NodeView(Record, frozen=True):
    id: str
    parent: str | None
    level: str
    name: str
    streams: dict[str, StreamView]


class ProfileView(Record, frozen=True):
    """The index as it stands (`final` once frozen): every stream apart, never one overall number."""

    workshop: str
    title: str
    city: str | None
    language: str
    final: bool
    frozen_at: str | None
    method: str
    synthetic: bool
    baseline_synthetic: bool
    indicative: bool
    completeness: dict[str, Completeness]
    nodes: tuple[NodeView, ...]
