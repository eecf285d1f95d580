"""A workshop as it would look once its first round is open: by the real rules, in memory, for whoever sets one up.

Nothing here is recorded, signed or sent to anybody's phone; no seat of it exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop.decide import decide
from server.workshop.events import Event
from server.workshop.fold import apply
from server.workshop.given import Actor, Draft, Given
from server.workshop.setup import create
from server.workshop.state import State

_ORGANISER = Actor("staff/1", "organiser")
_DOOR = Actor("seat", "seat")
_AT = "2000-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class _Entry:
    at: str
    body: Event
    kind: str
    scope: str
    seq: int


def imagined(order: o.CreateWorkshop, seats: int, digest: Callable[[Any], str]) -> State:
    """The workshop that `order` would make, with so many seats a group and the first group's first round open.

    Half of the seats are taken. Refusal: as `create`.
    """

    def given(actor: Actor) -> Given:
        return Given(at=_AT, actor=actor, digest=digest)

    state = _remembered(State(), create(order, given(_ORGANISER)).drafts)
    groups = [group.id for group in state.groups.values() if group.kind != "plenary"]
    for command in (*(c.IssueSeats(group=group, count=seats) for group in groups), c.Start()):
        state = _remembered(state, decide(state, command, given(_ORGANISER)).drafts)
    for number in range(1, len(groups) * seats + 1, 2):
        taken = decide(state, o.TakeSeat(seat=number, group=None, channel="card"), given(_DOOR))
        state = _remembered(state, taken.drafts)
    opened = decide(state, c.OpenRound(group=groups[0], items="all"), given(_ORGANISER))
    return _remembered(state, opened.drafts)


def _remembered(state: State, drafts: Iterable[Draft]) -> State:
    for draft in drafts:
        entry = _Entry(_AT, draft.event, draft.event.kind, draft.scope, state.size)
        state = apply(state, entry, dict(draft.contents))
    return state
