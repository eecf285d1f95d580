"""What has happened: every event of the trail as a frozen record. Nothing here decides, stores or hashes.

An event is the `body` of a trail line; its kind and version stand beside it in the line. What could reveal or
identify (a ballot, a figure of one item, a free text) is never a field of an event: it travels as *content* under
a sealed name (`seals` lists the names a kind may carry), and the trail keeps a commitment in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal, TypeVar

from server.workshop.records import BaselineRow, BaselineStream, Cause, Channel, GroupSpec, Initiative, Record

KINDS: dict[str, type[Event]] = {}

class Event(Record, frozen=True):
    """One memory: past, final. Subclasses name their kind once, here, and never change its meaning."""

    kind: ClassVar[str] = ""
    v: ClassVar[int] = 1
    seals: ClassVar[tuple[str, ...]] = ()


E = TypeVar("E", bound=Event)


def remembered(kind: str, seals: tuple[str, ...] = ()) -> Callable[[type[E]], type[E]]:
    """Give an event its kind and the sealed names it may carry (`item/*` stands for every item)."""

    def name(event: type[E]) -> type[E]:
        event.kind, event.seals = kind, seals
        KINDS[kind] = event
        return event

    return name


@remembered("workshop.created")
class WorkshopCreated(Event, frozen=True):
    workshop: str
    title: str
    city: str | None
    language: str
    synthetic: bool
    groups: tuple[GroupSpec, ...]


@remembered("framework.fixed")
class FrameworkFixed(Event, frozen=True):
    digest: str
    document: dict[str, Any]


@remembered("rule.fixed")
class RuleFixed(Event, frozen=True):
    digest: str
    document: dict[str, Any]


@remembered("settings.fixed")
class SettingsFixed(Event, frozen=True):
    digest: str
    document: dict[str, Any]


@remembered("baseline.imported")
class BaselineImported(Event, frozen=True):
    digest: str
    synthetic: bool
    rows: tuple[BaselineRow, ...]


@remembered("workshop.started")
class WorkshopStarted(Event, frozen=True):
    framework: str
    rule: str
    settings: str
    baseline: str | None


@remembered("seat.issued")
class SeatIssued(Event, frozen=True):
    seat: int
    group: str
    channel: Channel


@remembered("seat.taken")
class SeatTaken(Event, frozen=True):
    seat: int
    group: str
    channel: Channel


@remembered("seat.moved")
class SeatMoved(Event, frozen=True):
    """A seat went to another phone (same group) or to another group."""

    seat: int
    group: str
    channel: Channel


@remembered("seat.absent")
class SeatAbsent(Event, frozen=True):
    seat: int
    group: str
    channel: Channel


@remembered("seat.revoked", seals=("reason",))
class SeatRevoked(Event, frozen=True):
    seat: int
    group: str
    channel: Channel


@remembered("round.opened")
class RoundOpened(Event, frozen=True):
    round: int
    items: tuple[str, ...]
    minutes: int | None


@remembered("round.extended")
class RoundExtended(Event, frozen=True):
    round: int
    minutes: int


@remembered("round.paused")
class RoundPaused(Event, frozen=True):
    round: int


@remembered("round.resumed")
class RoundResumed(Event, frozen=True):
    round: int


@remembered("round.closed")
class RoundClosed(Event, frozen=True):
    round: int
    seated: int
    answered: int


@remembered("round.reopened")
class RoundReopened(Event, frozen=True):
    round: int


@remembered("ballot.cast", seals=("ballot",))
class BallotCast(Event, frozen=True):
    round: int


@remembered("round.assessed", seals=("item/*", "group"))
class RoundAssessed(Event, frozen=True):
    round: int
    ballots: int


@remembered("figures.revealed")
class FiguresRevealed(Event, frozen=True):
    round: int
    baseline: bool
    reasons: bool


@remembered("round.voided", seals=("reason",))
class RoundVoided(Event, frozen=True):
    round: int


@remembered("reason.moderated", seals=("why",))
class ReasonModerated(Event, frozen=True):
    """`reason` is the number of the reason among those of its item and round, in the trail's order, from 1."""

    round: int
    item: str
    reason: int


@remembered("paper.entered", seals=("seat",))
class PaperEntered(Event, frozen=True):
    round: int


@remembered("paper.confirmed", seals=("seat",))
class PaperConfirmed(Event, frozen=True):
    round: int


@remembered("gap.explained", seals=("note",))
class GapExplained(Event, frozen=True):
    item: str
    stream: BaselineStream
    cause: Cause


@remembered("item.decided", seals=("reason",))
class ItemDecided(Event, frozen=True):
    """The chair's decision; a null value withdraws an earlier one."""

    item: str
    value: int | None


@remembered("minority.attached", seals=("text",))
class MinorityAttached(Event, frozen=True):
    item: str
    public: bool


@remembered("group.concluded", seals=("item/*",))
class GroupConcluded(Event, frozen=True):
    round: int | None


@remembered("group.reopened", seals=("reason",))
class GroupReopened(Event, frozen=True):
    round: int | None


@remembered("index.frozen", seals=("node/*",))
class IndexFrozen(Event, frozen=True):
    method: str


@remembered("note.added", seals=("text",))
class NoteAdded(Event, frozen=True):
    pass


@remembered("file.attached", seals=("name",))
class FileAttached(Event, frozen=True):
    node: str
    digest: str
    size: int


@remembered("initiatives.imported")
class InitiativesImported(Event, frozen=True):
    digest: str
    synthetic: bool
    rows: tuple[Initiative, ...]


@remembered("plan.imported")
class PlanImported(Event, frozen=True):
    digest: str
    synthetic: bool
    rows: tuple[dict[str, str], ...]


@remembered("initiative.linked", seals=("rationale",))
class InitiativeLinked(Event, frozen=True):
    initiative: str
    node: str
    relation: str
    strength: int


@remembered("initiative.unlinked")
class InitiativeUnlinked(Event, frozen=True):
    initiative: str
    node: str


@remembered("origin.continued")
class OriginContinued(Event, frozen=True):
    """An older copy of the trail goes on under the name `origin`; `head` is the last signed note published before, as
    far as it is known, and `key` the verifier key that it was signed with."""

    origin: str
    head: str
    key: str


@remembered("bundle.disclosed")
class BundleDisclosed(Event, frozen=True):
    disclose: Literal["public", "full"]
    digest: str


@remembered("content.erased")
class ContentErased(Event, frozen=True):
    openings: tuple[tuple[int, str], ...]
