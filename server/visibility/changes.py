"""What phones, hall and staff are told when something happens, event by event; what is not named here is only counted.

Every entry that counts towards a channel's number is told to it, so that a jump in `n` is a gap and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from server.workshop.given import WORKSHOP
from server.workshop.history import Entry
from server.workshop.phases import UNVERSIONED
from server.workshop.records import Record
from server.workshop.state import State

CHANGES = {
    "workshop.started": "started", "round.opened": "opened", "round.reopened": "reopened", "round.paused": "paused",
    "round.resumed": "resumed", "round.extended": "extended", "round.closed": "closed", "round.voided": "voided",
    "round.assessed": "disclosed", "figures.revealed": "revealed", "group.concluded": "concluded",
    "group.reopened": "reopened", "index.frozen": "frozen",
}  # fmt: skip
NOTED = "noted"  # something that concerns only the staff


class Change(Record, frozen=True):
    """One thing that happened; `group` with its phase, round and deadline as they are now, null for the workshop."""

    n: int
    kind: str
    group: str | None
    phase: str
    round: int | None
    deadline: int | None


class StaffChange(Record, frozen=True):
    """The same for staff, with the trail's own name for it and the version that a command may now expect."""

    n: int
    kind: str
    event: str
    seq: int
    group: str | None
    version: int
    phase: str


def ballots_number(state: State, group: str) -> int:
    """How many messages the ballots of a group have had."""
    return state.version + sum(g.version for g in state.groups.values() if g.id == group or g.kind == "plenary")


def hall_number(state: State) -> int:
    """How many messages a console or a display has had."""
    return state.version + sum(g.version for g in state.groups.values())


def ballot_changes(state: State, group: str, entries: Iterable[Entry]) -> list[Change]:
    """What the phones of a group hear of these entries, the last of which `state` has just folded."""
    plenaries = {g.id for g in state.groups.values() if g.kind == "plenary"}
    heard = _counted(e for e in entries if e.scope in {WORKSHOP, group, *plenaries})
    first = ballots_number(state, group) - len(heard) + 1
    return [_change(state, entry, n) for n, entry in enumerate(heard, first)]


def hall_changes(state: State, entries: Iterable[Entry]) -> list[Change]:
    """What a display hears of these entries."""
    heard = _counted(entries)
    return [_change(state, entry, n) for n, entry in enumerate(heard, hall_number(state) - len(heard) + 1)]


def staff_changes(state: State, entries: Iterable[Entry]) -> list[StaffChange]:
    """What a console hears of these entries."""
    heard = _counted(entries)
    told = []
    for n, entry in enumerate(heard, hall_number(state) - len(heard) + 1):
        group = state.groups.get(entry.scope)
        told.append(
            StaffChange(n, CHANGES.get(entry.kind, NOTED), entry.kind, entry.seq, group.id if group else None,
                        group.version if group else state.version, group.phase if group else state.phase)
        )  # fmt: skip
    return told


def _counted(entries: Iterable[Entry]) -> Sequence[Entry]:
    return [entry for entry in entries if entry.kind not in UNVERSIONED]


def _change(state: State, entry: Entry, n: int) -> Change:
    group = state.groups.get(entry.scope)
    if entry.kind not in CHANGES or group is None:
        return Change(n, CHANGES.get(entry.kind, NOTED), None, state.phase, None, None)
    current = group.current
    return Change(n, CHANGES[entry.kind], group.id, group.phase, current.number if current else None,
                  current.deadline if current else None)  # fmt: skip
