"""Paper ballots as officers see them: numbers and who entered them; of the sheet at hand, what was read on it.

A seat's answers from a phone never come here, and of a closed round nothing does.
"""

from __future__ import annotations

from collections.abc import Mapping

from server.visibility.ballots import scale
from server.visibility.common import dimension, group_of, text_in
from server.workshop import paper_views as v
from server.workshop.commands import PaperAnswer
from server.workshop.given import Paper
from server.workshop.papers import check_letter, paper_round, sheet_of, takes_paper
from server.workshop.rehearsals import rehearses
from server.workshop.state import Group, State

ANSWERED = ("started", "finished")


def paper_desk(
    state: State, waiting: Mapping[str, Mapping[int, Paper]], progress: Mapping[str, Mapping[str, object]], by: str,
    language: str,
) -> v.PaperDesk:  # fmt: skip
    """The desk of the officer `by`: `waiting` are the engine's papers by group, `progress` is the engine's."""
    return v.PaperDesk(
        workshop=state.workshop, title=state.title, synthetic=state.synthetic,
        rehearsal=rehearses(state.workshop) is not None, phase=state.phase, scale=scale(state, language),
        groups=tuple(
            _group(state, group, waiting.get(group.id, {}), answered(progress, group.id), by, language)
            for group in state.groups.values()
        ),
    )  # fmt: skip


def paper_sheet(
    state: State, group: str, ballot: int, check: str, entered: tuple[Paper, tuple[PaperAnswer, ...]] | None,
    progress: Mapping[str, Mapping[str, object]], by: str,
) -> v.PaperSheet:  # fmt: skip
    """The sheet that the officer `by` holds, by its number and letter; `entered` is what waits of it.

    Refusal: as `paper_round` and `sheet_of`.
    """
    found, current = paper_round(state, group, ballot)
    seat = sheet_of(state, found, ballot, check, answered(progress, found.id))
    if entered is None:
        return v.PaperSheet(found.id, current.number, seat.number, None, False, None, ())
    paper, answers = entered
    if paper.by == by:
        return v.PaperSheet(found.id, current.number, seat.number, by, True, None, ())
    return v.PaperSheet(found.id, current.number, seat.number, paper.by, False, paper.mark, answers)


def paper_print(state: State, name: str, *, of_round: bool) -> v.PaperPrint:
    """What stands on the paper ballots of a group; `round` stays null where none is open. Refusal: unknown_group."""
    group = group_of(state, name)
    current = group.current if of_round and takes_paper(state, group) else None
    return v.PaperPrint(
        group.id, current.number if current else None, current.items if current else group.items,
        tuple(
            v.PrintedBallot(seat.number, check_letter(state.workshop, seat.number))
            for seat in state.seats_of(group.id) if seat.status != "revoked"
        ),
    )  # fmt: skip


def answered(progress: Mapping[str, Mapping[str, object]], group: str) -> frozenset[int]:
    """The seats with an answer in the round at hand, as the engine's progress tells it."""
    stages = progress.get(group, {}).get("seats", {})
    assert isinstance(stages, Mapping)  # as the engine tells it
    return frozenset(seat for seat, stage in stages.items() if stage in ANSWERED)


def _group(
    state: State, group: Group, waiting: Mapping[int, Paper], voted: frozenset[int], by: str, language: str
) -> v.PaperGroup:
    current = group.current if takes_paper(state, group) else None
    seats = [seat.number for seat in state.seats_of(group.id) if seat.status != "revoked"] if current else []
    return v.PaperGroup(
        id=group.id, name=text_in(group.name, language) or group.id, kind=group.kind,
        dimension=dimension(state, group.node), open=current is not None, round=current.number if current else None,
        items=tuple(
            v.PaperItem(item, text_in(state.tree.node(item).name, language) or item)
            for item in (current.items if current else ())
        ),
        ballots=tuple(seats), papers=current.papers if current else 0,
        waiting=tuple(
            v.WaitingPaper(seat, paper.by, paper.by == by, seat in voted)
            for seat, paper in sorted(waiting.items()) if current
        ),
    )  # fmt: skip
