"""What a decision is given and what it gives back: plain records between the engine and the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from server.workshop.commands import PaperAnswer, SeatRow
from server.workshop.contents import BallotAnswer
from server.workshop.events import Event
from server.workshop.records import Channel

WORKSHOP = "workshop"  # the scope of entries that belong to no group

Role = Literal["organiser", "facilitator", "officer", "observer"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `by` is how the trail names them: `staff/N`, `seat` or `server`; never a person's name."""

    by: str
    role: Role | Literal["seat", "server"]
    groups: frozenset[str] | None = None  # the groups a facilitator may run; None means every group

    def may_run(self, group: str) -> bool:
        return self.groups is None or group in self.groups


SERVER = Actor("server", "server")
SEAT = Actor("seat", "seat")


@dataclass(frozen=True, slots=True)
class SealedAnswers:
    """What one seat has answered in the round at hand, under its pseudonym; withdrawn answers are left out."""

    seat: int
    voice: str
    answers: tuple[BallotAnswer, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ballot that one officer entered and nobody has confirmed yet; `mark` changes with what was entered."""

    seat: int
    round: int
    by: str
    mark: str


@dataclass(frozen=True, slots=True)
class Given:
    """The world as one transaction sees it, fetched by the engine before the decision.

    Attributes
    ----------
    at : str
        UTC time of the entries, `2026-11-22T02:15:09Z`.
    digest : callable
        SHA-256 of a plain document's canonical form (`server.trail.canonical.digest`).
    holder : str or None
        Who holds the lease of the command's group (`staff/N`).
    answers : tuple of SealedAnswers
        The answers of the command's group in its current round, only those of seats that are not revoked;
        filled for `close_round` and `disclose`.
    answered_seats : frozenset of int
        Seats with answers in any round not yet disclosed, for seat commands; in the round at hand, for paper.
    papers : mapping of int to Paper
        Paper ballots awaiting confirmation in the command's group, by seat.
    reason_ids : frozenset of str
        The reasons in the group's disclosed ballots as `round/item/number`; filled for `moderate`.
    kin : mapping of str to str
        Phases of the workshop that this one rehearses, or of its rehearsals, by id; filled for `start` and at the door.
    erasable : tuple of (seq, name)
        Openings that hold the seat's words or ratings; filled for `erase_seat`.
    shuffle : callable
        Puts a list into random order in place.
    """

    at: str
    actor: Actor
    digest: Callable[[Any], str]
    holder: str | None = None
    answers: tuple[SealedAnswers, ...] = ()
    answered_seats: frozenset[int] = frozenset()
    papers: Mapping[int, Paper] = field(default_factory=dict)
    reason_ids: frozenset[str] = frozenset()
    kin: Mapping[str, str] = field(default_factory=dict)
    erasable: tuple[tuple[int, str], ...] = ()
    shuffle: Callable[[list[Any]], None] = lambda items: None


@dataclass(frozen=True, slots=True)
class Draft:
    """An event about to be remembered: with its scope and the contents that go behind seals."""

    event: Event
    scope: str
    contents: Mapping[str, Any] = field(default_factory=dict)


# --- effects: what must change beside the trail, in the same transaction -----------------------------------------


@dataclass(frozen=True, slots=True)
class DropAnswers:
    """Delete the sealed answers of a round (they are ballots now, or the round is void)."""

    group: str
    round: int


@dataclass(frozen=True, slots=True)
class MakeSeats:
    """Make cards (or open seats) for these numbers; `rows` are what the organiser knows of each, kept off the trail."""

    seats: tuple[int, ...]
    group_of: Mapping[int, str]
    channel: Channel
    rows: tuple[SeatRow | None, ...]


@dataclass(frozen=True, slots=True)
class GivePass:
    """Give the seat a new pass and revoke the one it had (`revoked` pass, `moved` told to the older phone)."""

    seat: int
    group: str


@dataclass(frozen=True, slots=True)
class RevokePass:
    seat: int


@dataclass(frozen=True, slots=True)
class KeepPaper:
    """Keep a paper ballot until a second officer confirms it."""

    group: str
    round: int
    seat: int
    by: str
    answers: tuple[PaperAnswer, ...]


@dataclass(frozen=True, slots=True)
class CountPaper:
    """Put the kept paper ballot among the sealed answers of the round."""

    group: str
    round: int
    seat: int


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Delete these openings, the seat's names, its voice, its sealed answers and its pass."""

    seat: int
    openings: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class HoldLease:
    group: str
    by: str


Effect = DropAnswers | MakeSeats | GivePass | RevokePass | KeepPaper | CountPaper | ErasePerson | HoldLease


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be remembered, what must change beside it, and what the sender is told on top of the version."""

    drafts: tuple[Draft, ...] = ()
    effects: tuple[Effect, ...] = ()
    reply: Mapping[str, Any] = field(default_factory=dict)
