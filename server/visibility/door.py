"""What stands on the door, before anybody is known: a title, and the groups of a workshop whose room code was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from server.visibility.common import dimension, text_in
from server.workshop import views as v
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.rehearsals import check_door, kin, rehearses
from server.workshop.state import State


def at_door(states: Iterable[State]) -> v.AtDoor | None:
    """The one workshop that lets people in; None where there are several or none, since the door cannot tell which.

    Of a workshop and its rehearsal only one lets people in while either is under way.
    """
    known = list(states)
    phases = {state.workshop: str(state.phase) for state in known}
    letting_in = [state for state in known if state.phase is not Phase.FROZEN and _lets_in(state, phases)]
    if len(letting_in) != 1:
        return None
    [state] = letting_in
    return v.AtDoor(state.title, state.synthetic, rehearses(state.workshop) is not None)


def _lets_in(state: State, phases: Mapping[str, str]) -> bool:
    try:
        check_door(state, kin(state.workshop, phases))
    except Refusal:
        return False
    return True


def groups_at_door(state: State, language: str) -> tuple[v.DoorGroup, ...]:
    """The groups that a newcomer may choose from; a plenary holds everybody already."""
    return tuple(
        v.DoorGroup(g.id, text_in(g.name, language) or g.id, dimension(state, g.node))
        for g in state.groups.values()
        if g.kind != "plenary"
    )
