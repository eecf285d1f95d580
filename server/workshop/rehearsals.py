"""Rehearsals of a workshop: how they are called, what ends one, and that none is under way beside its workshop. Pure.

A rehearsal carries its workshop's name and its own in one: `w3f…-gladi-2`. The name stands in the first line of its
trail and in every signed head, so that nothing of a rehearsal can be taken for the day, and none can become it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from server.workshop import commands as c
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.state import State

_NAME = re.compile(r"(.+)-gladi-([1-9][0-9]*)")


def rehearses(workshop: str) -> str | None:
    """The workshop that this one rehearses; None where it is a workshop of its own."""
    named = _NAME.fullmatch(workshop)
    return named[1] if named else None


def next_name(workshop: str, known: Iterable[str]) -> str:
    """What a further rehearsal of a workshop is called, beside those there are."""
    taken = [int(named[2]) for other in known if (named := _NAME.fullmatch(other)) and named[1] == workshop]
    return f"{workshop}-gladi-{max(taken, default=0) + 1}"


def kin(workshop: str, phases: Mapping[str, str]) -> dict[str, str]:
    """Of these workshops, with their phases, the one that this one rehearses, or its rehearsals."""
    own = rehearses(workshop)
    return {other: phase for other, phase in phases.items() if other == own or rehearses(other) == workshop}


def check_door(state: State, kin: Mapping[str, str]) -> None:
    """Whether a card or room code opens: `kin` are the phases of what it rehearses, or of its rehearsals.

    Refusal `rehearsal_over` or `rehearsal_held`: a card of one never opens the other, and says whose it is.
    """
    if rehearses(state.workshop):
        if state.phase is Phase.FROZEN or any(phase != Phase.DRAFT for phase in kin.values()):
            raise Refusal("rehearsal_over")
    elif state.phase is Phase.DRAFT and Phase.RUNNING in kin.values():
        raise Refusal("rehearsal_held")


def check_start(state: State, kin: Mapping[str, str]) -> None:
    """Whether a workshop may start beside its kin. Refusal `rehearsal_over` or `rehearsal_running`."""
    if rehearses(state.workshop):
        if any(phase != Phase.DRAFT for phase in kin.values()):
            raise Refusal("rehearsal_over")
    elif Phase.RUNNING in kin.values():
        raise Refusal("rehearsal_running")


def ending(state: State) -> c.Command | None:
    """The next order on the way to the end of a rehearsal: what is open is cancelled, groups conclude, all is frozen.

    None once it is frozen. Refusal `not_a_rehearsal`; `not_running` where it has not begun.
    """
    if rehearses(state.workshop) is None:
        raise Refusal("not_a_rehearsal")
    if state.phase is Phase.FROZEN:
        return None
    if state.phase is Phase.DRAFT:
        raise Refusal("not_running", phase=state.phase)
    for group in state.groups.values():
        match group.phase:
            case Phase.CONCLUDED:
                continue
            case Phase.OPEN | Phase.PAUSED | Phase.CLOSED:
                return c.VoidRound(group=group.id, reason=OVER[state.language])
            case Phase.DISCLOSED:
                return c.Reveal(group=group.id)
            case _:
                return c.Conclude(group=group.id)
    return c.Freeze()


OVER = {"id": "Gladi diakhiri.", "en": "The rehearsal was ended."}  # why its open rounds were cancelled
