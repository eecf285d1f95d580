"""Paper ballots as officers see them: numbers and who entered them; of one at a time, what stands on it.

A seat's answers from a phone never come here, and of a closed round nothing does.
"""

from __future__ import annotations

from collections.abc import Mapping

from server.visibility.ballots import scale
from server.visibility.common import dimension, text_in
from server.workshop import paper_views as v
from server.workshop.papers import check_letter
from server.workshop.phases import Phase
from server.workshop.rehearsals import rehearses
from server.workshop.state import Group, State

OPEN = (Phase.OPEN, Phase.PAUSED)
COUNTED = ("started", "finished")


def paper_desk(
    state: State, waiting: Mapping[str, Mapping[int, str]], progress: Mapping[str, Mapping[str, object]], by: str,
    language: str,
) -> v.PaperDesk:  # fmt: skip
    """The desk of the officer `by`: `waiting` says by group and seat who entered it, `progress` is the engine's."""
    return v.PaperDesk(
        workshop=state.workshop, title=state.title, synthetic=state.synthetic,
        rehearsal=rehearses(state.workshop) is not None, phase=state.phase, scale=scale(state, language),
        groups=tuple(
            _group(state, group, waiting.get(group.id, {}), progress.get(group.id, {}), by, language)
            for group in state.groups.values()
        ),
    )  # fmt: skip


def takes_paper(state: State, group: Group) -> bool:
    """Whether a paper of this group would count now."""
    return state.phase is Phase.RUNNING and group.phase in OPEN and group.current is not None


def _group(
    state: State, group: Group, waiting: Mapping[int, str], progress: Mapping[str, object], by: str, language: str
) -> v.PaperGroup:
    current = group.current if takes_paper(state, group) else None
    stages = progress.get("seats", {})
    assert isinstance(stages, Mapping)  # as the engine tells it
    seats = [seat.number for seat in state.seats_of(group.id) if seat.status != "revoked"] if current else []
    return v.PaperGroup(
        id=group.id, name=text_in(group.name, language) or group.id, dimension=dimension(state, group.node),
        open=current is not None, round=current.number if current else None,
        items=tuple(
            v.PaperItem(item, text_in(state.tree.node(item).name, language) or item)
            for item in (current.items if current else ())
        ),
        seats=tuple(
            v.PaperSeat(seat, check_letter(state.workshop, seat), stages.get(seat) in COUNTED) for seat in seats
        ),
        waiting=tuple(v.WaitingPaper(seat, who, who == by) for seat, who in sorted(waiting.items()) if current),
    )  # fmt: skip
