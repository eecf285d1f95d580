"""What staff keep beside the record: what displays stand on, a discussion's working notes, who answers for a dimension.

Owns these rows and who may write them. None of it is evidence: it enters no trail, no bundle and no report, and the
rules of the workshop never ask for it. Names of people pass through here on their way to a count, and go no further.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal, NamedTuple

import msgspec

from server.storage import desks, people
from server.storage.database import Database
from server.workshop.commands import ItemId
from server.workshop.given import WORKSHOP, Actor
from server.workshop.records import Record
from server.workshop.refusals import Refusal
from server.workshop.state import State

Show = Literal["blank", "join"]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=2**40)]
Items = Annotated[tuple[ItemId, ...], msgspec.Meta(max_length=500)]

SHOW, NOTES, ANSWERABLE = "show", "notes", "answerable"


class Timer(Record, frozen=True):
    """A clock that runs out at `until` (seconds since the epoch), or stands with so many seconds `left`."""

    until: Seconds | None = None
    left: Seconds | None = None


class Box(Record, frozen=True):
    """The time given to one indicator."""

    item: ItemId
    until: Seconds


class Notes(Record, frozen=True):
    """One group's working notes: what comes first, what is set aside, what the plenary should vote on, and the time."""

    pinned: Items = ()
    skipped: Items = ()
    plenary: Items = ()
    talk: Timer | None = None
    box: Box | None = None


class Kept(NamedTuple):
    """Everything kept of a workshop; what nobody has set is left out."""

    shows: dict[str, str]
    notes: dict[str, Notes]
    answerable: dict[str, str]


class Person(NamedTuple):
    """Of one seat, what an organiser imported; never a name."""

    sector: str | None
    agency: str | None
    gender: str | None


class Desk:
    """What is kept beside the trails of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.changed: Callable[[str], None] = lambda workshop: None  # told when something was kept

    def kept(self, workshop: str) -> Kept:
        found = Kept({}, {}, {})
        with self._database.read() as connection:
            rows = desks.rows(connection, workshop)
        for kind, scope, value in rows:
            if kind == NOTES:
                found.notes[scope] = msgspec.json.decode(value, type=Notes)
            else:
                (found.shows if kind == SHOW else found.answerable)[scope] = value
        return found

    def people(self, workshop: str) -> Mapping[int, Person]:
        """What is known of each seat's person."""
        with self._database.read() as connection:
            known = people.names_of(connection, workshop)
        return {seat: Person(row["sector"], row["agency"], row["gender"]) for seat, row in known.items()}

    # --- writing --------------------------------------------------------------------------------------------------

    def show(self, state: State, scope: str, what: Show | None) -> None:
        """Have the displays of a group, or those of the whole hall (`workshop`), blank, or show how to join.

        Refusal: unknown_group. Whoever runs any group may: the hall has one projector, and it must go dark at once.
        """
        if scope != WORKSHOP:
            _known(state, scope)
        self._keep(state, SHOW, scope, what)

    def note(self, state: State, actor: Actor, group: str, notes: Notes) -> None:
        """Keep a group's working notes, as the person in control has them. Refusal: as `check`."""
        self.check(state, actor, group)
        self._keep(state, NOTES, group, msgspec.json.encode(notes).decode())

    def answers_for(self, state: State, group: str, agency: str | None) -> None:
        """Say which agency answers for what a group rates. Refusal: unknown_group."""
        _known(state, group)
        self._keep(state, ANSWERABLE, group, agency)

    def check(self, state: State, actor: Actor, group: str) -> None:
        """May this person act for the group now? Refusal: unknown_group, other_group, lease_held."""
        _known(state, group)
        if not actor.may_run(group):
            raise Refusal("other_group", group=group)
        if actor.role == "facilitator":
            with self._database.read() as connection:
                holder = people.lease(connection, state.workshop, group)
            if holder != actor.by:
                raise Refusal("lease_held", holder=holder or "-", group=group)

    def _keep(self, state: State, kind: str, scope: str, value: str | None) -> None:
        with self._database.write() as connection:
            desks.keep(self._database, connection, state.workshop, kind, scope, value)
        self.changed(state.workshop)


def _known(state: State, group: str) -> None:
    if group not in state.groups:
        raise Refusal("unknown_group", group=group, choices=", ".join(state.groups))
