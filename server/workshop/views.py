"""What may leave the house, shape by shape: a field that is not written here is told to nobody.

Shapes only, as `server.visibility` fills them and the API page describes them. Decimals are strings with six
places, times are seconds since the epoch, people are counts.
"""

from __future__ import annotations

from typing import Any

from server.workshop.commands import Settings
from server.workshop.contents import GapFigures
from server.workshop.records import BaselineStream, Cannot, Cause, Channel, GroupKind, Record
from server.workshop.result_views import Earlier

# --- the door -----------------------------------------------------------------------------------------------------


class DoorGroup(Record, frozen=True):
    """A group that a newcomer may choose."""

    id: str
    name: str
    dimension: int | None


class AtDoor(Record, frozen=True):
    """What stands on the door before anybody is known: the one workshop that is under way."""

    title: str
    synthetic: bool
    rehearsal: bool


# --- a ballot -----------------------------------------------------------------------------------------------------


class Mine(Record, frozen=True):
    """The seat's own answer in the round at hand, as it is saved."""

    value: int | None
    cannot: Cannot | None
    confidence: int | None
    reason: str | None


class Feedback(Record, frozen=True):
    """What the group said on an item when it was last revealed; figures of too few people are withheld (null)."""

    round: int
    vote: int
    n: int
    withheld: bool
    outcome: str | None
    flags: tuple[str, ...]
    counts: tuple[int, ...] | None
    median: str | None
    q1: str | None
    q3: str | None
    iqr: str | None
    pair: tuple[int, int] | None
    in_pair: int | None
    gap: dict[str, GapFigures] | None


class EndingView(Record, frozen=True):
    ending: str
    value: str | None
    camps: tuple[int, int] | None
    round: int | None


class Step(Record, frozen=True):
    """Where the group stood on an item in one revealed round; null where too few rated."""

    round: int
    median: str | None
    q1: str | None
    q3: str | None


class BallotItem(Record, frozen=True):
    """`before` is the seat's own rating in the item's previous counted vote, where it is still known.

    `place` names the node above it; `dimension` is the place of its branch among the top nodes, from 1. `path` holds
    the revealed rounds that stand, oldest first.
    """

    id: str
    title: str
    place: str | None
    dimension: int | None
    text: str | None
    anchors: dict[str, str]
    mine: Mine | None
    rev: int
    before: int | None
    feedback: Feedback | None
    path: tuple[Step, ...]
    baseline: dict[str, Earlier] | None
    ending: EndingView | None


class Category(Record, frozen=True):
    value: float
    label: str | None


class BallotView(Record, frozen=True):
    """The ballot snapshot: everything one phone shows. `n` numbers the messages of its channel; `voided` is the
    group's latest round where that one was cancelled.
    """

    n: int
    workshop: str
    title: str
    seat: int
    group: str
    group_name: str
    dimension: int | None
    phase: str
    workshop_phase: str
    round: int | None
    voided: int | None
    deadline: int | None
    language: str
    scale: tuple[Category, ...]
    synthetic: bool
    rehearsal: bool
    items: tuple[BallotItem, ...]


# --- the staff's picture --------------------------------------------------------------------------------------------


class RoundSummary(Record, frozen=True):
    """One round of a group; `papers` is how many paper ballots were confirmed in it."""

    number: int
    items: tuple[str, ...]
    opened_at: int
    deadline: int | None
    paused_at: int | None
    closed_at: int | None
    seated: int
    answered: int
    papers: int
    disclosed: bool
    revealed: bool
    voided: bool


class ExplainedView(Record, frozen=True):
    item: str
    stream: BaselineStream
    cause: Cause
    note: str | None


class GroupState(Record, frozen=True):
    """One group as staff see it; `lease` names who is in control (`staff/N`)."""

    id: str
    name: dict[str, str]
    kind: GroupKind
    node: str | None
    items: tuple[str, ...]
    version: int
    phase: str
    round: int | None
    deadline: int | None
    lease: str | None
    seats: dict[str, int]
    seated: int
    rounds: tuple[RoundSummary, ...]
    decided: dict[str, int]
    explained: tuple[ExplainedView, ...]
    minorities: dict[str, int]
    endings: dict[str, EndingView]


class SeatState(Record, frozen=True):
    seat: int
    group: str
    channel: Channel
    status: str


class BaselineState(Record, frozen=True):
    rows: int
    synthetic: bool


class StaffState(Record, frozen=True):
    """The workshop as staff see it: everything but what anybody answered."""

    workshop: str
    title: str
    city: str | None
    language: str
    synthetic: bool
    rehearses: str | None
    phase: str
    version: int
    size: int
    join_code: str | None
    indicative: bool
    framework: dict[str, str]
    rule: dict[str, Any]
    settings: Settings
    digests: dict[str, str]
    baseline: BaselineState | None
    initiatives: int
    frozen_at: str | None
    groups: tuple[GroupState, ...]
    seats: tuple[SeatState, ...]


# --- who is in the room ---------------------------------------------------------------------------------------------


class Count(Record, frozen=True):
    """So many people of one sector, agency or gender; `name` is null for those of whom nothing is known."""

    name: str | None
    n: int


class Breakdown(Record, frozen=True):
    """A group's people by one trait. Kinds of too few are withheld, and so many more that no difference tells them."""

    counts: tuple[Count, ...]
    withheld: int


class GroupPresent(Record, frozen=True):
    """Who sits in a group, as counts. `only_answerable`: all of them belong to the agency that answers for it; null
    where that may not be told."""

    group: str
    seated: int
    traits: dict[str, Breakdown]
    answerable: str | None
    only_answerable: bool | None
