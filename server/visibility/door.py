"""What stands on the door, before anybody is known: a title, and the groups of a workshop whose room code was given."""

from __future__ import annotations

from collections.abc import Iterable

from server.visibility.common import dimension, text_in
from server.workshop import views as v
from server.workshop.phases import Phase
from server.workshop.state import State


def at_door(states: Iterable[State]) -> v.AtDoor | None:
    """The one workshop that is not over; None where there are several or none, since the door cannot tell which."""
    under_way = [state for state in states if state.phase is not Phase.FROZEN]
    return v.AtDoor(under_way[0].title, under_way[0].synthetic) if len(under_way) == 1 else None


def groups_at_door(state: State, language: str) -> tuple[v.DoorGroup, ...]:
    """The groups that a newcomer may choose from; a plenary holds everybody already."""
    return tuple(
        v.DoorGroup(g.id, text_in(g.name, language) or g.id, dimension(state, g.node))
        for g in state.groups.values()
        if g.kind != "plenary"
    )
