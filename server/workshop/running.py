"""Orders to one group: rounds from opening to reveal, the review, paper ballots, conclusion.

One function a command: state and order in, decision out. The phase table says where each may stand.
"""

from __future__ import annotations

from typing import Any

from server.workshop import commands as c
from server.workshop import events as e
from server.workshop.answering import check_answer
from server.workshop.concluding import conclusion, open_items
from server.workshop.contents import Ballot
from server.workshop.given import (
    CountPaper,
    Decision,
    Draft,
    DropAnswers,
    Effect,
    Given,
    HoldLease,
    KeepPaper,
)
from server.workshop.papers import paper_round, sheet_of
from server.workshop.phases import GROUP, Phase
from server.workshop.refusals import Refusal
from server.workshop.state import Group, Round, State
from server.workshop.texts import said


def _group(state: State, order: c.GroupCommand, kind: str) -> Group:
    """The command's group, if an entry of `kind` may follow in its phase."""
    if state.phase is not Phase.RUNNING:
        raise Refusal("already_frozen" if state.phase is Phase.FROZEN else "not_running", phase=state.phase)
    group = state.groups[order.group]
    if kind not in GROUP[group.phase]:
        allowed = [phase for phase, row in GROUP.items() if kind in row]
        raise Refusal("wrong_phase", phase=group.phase, allowed=" / ".join(allowed))
    return group


def _round(group: Group) -> Round:
    current = group.current
    assert current is not None  # every phase but waiting and concluded has one
    return current


def _told(order: c.GroupCommand, event: e.Event, *effects: Effect, **contents: Any) -> Decision:
    return Decision((Draft(event, order.group, contents),), effects)


def _item(group: Group, item: str) -> None:
    if item not in group.items:
        raise Refusal("unknown_item", item=item, choices=", ".join(group.items))


# --- a round ---------------------------------------------------------------------------------------------------


def open_round(state: State, order: c.OpenRound, given: Given) -> Decision:
    group = _group(state, order, "round.opened")
    items = open_items(group, order.items, state.consensus_rule.cap)
    return _told(order, e.RoundOpened(round=len(group.rounds) + 1, items=items, minutes=order.minutes))


def extend_round(state: State, order: c.ExtendRound, given: Given) -> Decision:
    group = _group(state, order, "round.extended")
    return _told(order, e.RoundExtended(round=_round(group).number, minutes=order.minutes))


def pause_round(state: State, order: c.PauseRound, given: Given) -> Decision:
    group = _group(state, order, "round.paused")
    return _told(order, e.RoundPaused(round=_round(group).number))


def resume_round(state: State, order: c.ResumeRound, given: Given) -> Decision:
    group = _group(state, order, "round.resumed")
    return _told(order, e.RoundResumed(round=_round(group).number))


def close_round(state: State, order: c.CloseRound, given: Given) -> Decision:
    group = _group(state, order, "round.closed")
    closed = e.RoundClosed(
        round=_round(group).number, seated=state.seated(group.id), answered=len(given.answers)
    )
    return _told(order, closed)


def _still_sealed(group: Group) -> None:
    if group.phase is Phase.CLOSED and _round(group).ballots:
        raise Refusal("being_assessed")


def reopen_round(state: State, order: c.ReopenRound, given: Given) -> Decision:
    group = _group(state, order, "round.reopened")
    _still_sealed(group)
    return _told(order, e.RoundReopened(round=_round(group).number))


def disclose(state: State, order: c.Disclose, given: Given) -> Decision:
    """The ballots enter the trail, shuffled; the assessment follows them."""
    group = _group(state, order, "round.assessed")
    _still_sealed(group)
    number = _round(group).number
    ballots = [Ballot(voice=sealed.voice, answers=sealed.answers) for sealed in given.answers if sealed.answers]
    given.shuffle(ballots)
    cast = tuple(Draft(e.BallotCast(round=number), group.id, {"ballot": ballot}) for ballot in ballots)
    return Decision(cast, (DropAnswers(group.id, number),))


def reveal(state: State, order: c.Reveal, given: Given) -> Decision:
    group = _group(state, order, "figures.revealed")
    return _told(
        order, e.FiguresRevealed(round=_round(group).number, baseline=order.baseline, reasons=order.reasons)
    )


def void_round(state: State, order: c.VoidRound, given: Given) -> Decision:
    group = _group(state, order, "round.voided")
    _still_sealed(group)
    number = _round(group).number
    voided = e.RoundVoided(round=number)
    return _told(order, voided, DropAnswers(group.id, number), reason=said(order.reason))


# --- the review ------------------------------------------------------------------------------------------------


def moderate(state: State, order: c.Moderate, given: Given) -> Decision:
    group = _group(state, order, "reason.moderated")
    number, item, reason = order.reason_id.split("/")
    _item(group, item)
    if order.reason_id not in given.reason_ids:
        raise Refusal("unknown_reason", reason_id=order.reason_id)
    hidden = e.ReasonModerated(round=int(number), item=item, reason=int(reason))
    return _told(order, hidden, why=said(order.why))


def explain_gap(state: State, order: c.ExplainGap, given: Given) -> Decision:
    group = _group(state, order, "gap.explained")
    _item(group, order.item)
    row = state.baseline_of(order.item).get(order.stream)
    if row is None or row.score is None:
        raise Refusal("no_baseline", stream=order.stream, item=order.item)
    told = e.GapExplained(item=order.item, stream=order.stream, cause=order.cause)
    return _told(order, told, note=said(order.note))


def _gives_endings(group: Group) -> None:
    if group.kind == "plenary":
        raise Refusal("plenary_advises")


def decide_item(state: State, order: c.DecideItem, given: Given) -> Decision:
    group = _group(state, order, "item.decided")
    _gives_endings(group)
    _item(group, order.item)
    if order.value is None:
        if order.item not in group.decided:
            raise Refusal("nothing_decided", item=order.item)
    else:
        votes = group.votes(order.item)
        if votes and votes[-1][1].outcome == "consensus":
            raise Refusal("item_agreed", item=order.item)
        categories = state.scale.categories
        if order.value not in categories:
            raise Refusal("off_scale", value=order.value, low=int(categories[0]), high=int(categories[-1]))
    decided = e.ItemDecided(item=order.item, value=order.value)
    return _told(order, decided, reason=said(order.reason))


def attach_minority(state: State, order: c.AttachMinority, given: Given) -> Decision:
    group = _group(state, order, "minority.attached")
    _gives_endings(group)
    _item(group, order.item)
    if not group.votes(order.item):
        raise Refusal("item_not_voted", item=order.item)
    attached = e.MinorityAttached(item=order.item, public=order.public)
    return _told(order, attached, text=said(order.text))


# --- paper -----------------------------------------------------------------------------------------------------


def enter_paper(state: State, order: c.EnterPaper, given: Given) -> Decision:
    group, current = paper_round(state, order.group, order.ballot)
    seat = sheet_of(state, group, order.ballot, order.check, given.answered_seats)
    items = [answer.item for answer in order.answers]
    for item in items:
        if items.count(item) > 1:
            raise Refusal("duplicate_item", item=item)
    for answer in order.answers:
        check_answer(state, group, current, answer)
    kept = KeepPaper(group.id, current.number, seat.number, given.actor.by, tuple(order.answers))
    return _told(order, e.PaperEntered(round=current.number), kept, seat=seat.number)


def confirm_paper(state: State, order: c.ConfirmPaper, given: Given) -> Decision:
    group, current = paper_round(state, order.group, order.ballot)
    paper = given.papers.get(order.ballot)
    if paper is None or paper.round != current.number:
        raise Refusal("no_such_paper", seat=order.ballot)
    if paper.by == given.actor.by:
        raise Refusal("same_officer")
    if order.seen is not None and order.seen != paper.mark:
        raise Refusal("paper_changed", seat=order.ballot)
    seat = sheet_of(state, group, order.ballot, None, given.answered_seats)
    drafts = [Draft(e.PaperConfirmed(round=current.number), group.id, {"seat": seat.number})]
    if seat.status != "taken":  # whoever handed in a paper sits in the room
        taken = e.SeatTaken(seat=seat.number, group=seat.group, channel="paper")
        drafts.insert(0, Draft(taken, "workshop"))
    return Decision(tuple(drafts), (CountPaper(group.id, current.number, seat.number),))


# --- the end ---------------------------------------------------------------------------------------------------


def conclude(state: State, order: c.Conclude, given: Given) -> Decision:
    group = _group(state, order, "group.concluded")
    current = group.current
    endings = conclusion(group, state.scale, state.consensus_rule)
    concluded = e.GroupConcluded(round=current.number if current else None)
    draft = Draft(concluded, group.id, {f"item/{item}": ending for item, ending in endings.items()})
    return Decision((draft,), reply={"endings": {item: ending.ending for item, ending in endings.items()}})


def reopen_group(state: State, order: c.ReopenGroup, given: Given) -> Decision:
    group = _group(state, order, "group.reopened")
    current = group.current
    reopened = e.GroupReopened(round=current.number if current else None)
    return _told(order, reopened, reason=said(order.reason))


def take_lease(state: State, order: c.TakeLease, given: Given) -> Decision:
    return Decision(effects=(HoldLease(order.group, given.actor.by),))
