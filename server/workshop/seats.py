"""Orders about seats: issue, take, move, mark absent, revoke, erase. What a seat answered is not known here."""

from __future__ import annotations

from collections.abc import Callable

from server.workshop import commands as c
from server.workshop import events as e
from server.workshop import orders as o
from server.workshop.answering import seat_of
from server.workshop.given import (
    WORKSHOP,
    Decision,
    Draft,
    ErasePerson,
    Given,
    GivePass,
    MakeSeats,
    RevokePass,
)
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.rehearsals import check_door
from server.workshop.state import Seat, State
from server.workshop.texts import said


def _draft(event: e.Event, **contents: str) -> Draft:
    return Draft(event, WORKSHOP, contents)


def _not_frozen(state: State) -> None:
    if state.phase is Phase.FROZEN:
        raise Refusal("already_frozen")


def _own_groups(state: State) -> list[str]:
    """Groups that seats belong to: every one but the plenaries, which hold all seats anyway."""
    return [g.id for g in state.groups.values() if g.kind != "plenary"]


def issue_seats(state: State, order: c.IssueSeats, given: Given) -> Decision:
    _not_frozen(state)
    if (order.count is None) == (order.rows is None):
        raise Refusal("malformed", problem="give either count or rows")
    rows: list[c.SeatRow | None] = list(order.rows) if order.rows is not None else [None] * (order.count or 0)
    first = max(state.seats, default=0) + 1
    numbers = tuple(range(first, first + len(rows)))
    group_of: dict[int, str] = {}
    for number, row in zip(numbers, rows, strict=True):
        group = (row.group if row else None) or order.group
        if group is None or group not in state.groups or state.groups[group].kind == "plenary":
            raise Refusal("unknown_group", group=group, choices=", ".join(_own_groups(state)))
        group_of[number] = group
    if order.channel == "open":
        raise Refusal("malformed", problem="open seats are made at the door; issue card or paper seats")
    issued = tuple(
        _draft(e.SeatIssued(seat=number, group=group_of[number], channel=order.channel)) for number in numbers
    )
    return Decision(issued, (MakeSeats(numbers, group_of, order.channel, tuple(rows)),))


def take_seat(state: State, order: o.TakeSeat, given: Given) -> Decision:
    """A phone at the door: the seat is taken, or it moves from an older phone to this one."""
    check_door(state, given.kin)
    _not_frozen(state)
    if order.seat is None:
        return _open_seat(state, order)
    seat = seat_of(state, order.seat)
    kind = e.SeatMoved if seat.status == "taken" else e.SeatTaken
    told = kind(seat=seat.number, group=seat.group, channel=seat.channel)
    return Decision((_draft(told),), (GivePass(seat.number, seat.group),))


def _open_seat(state: State, order: o.TakeSeat) -> Decision:
    if not state.settings.open_join:
        raise Refusal("open_join_off")
    own = _own_groups(state)
    group = order.group or (own[0] if len(own) == 1 else None)
    if group not in own:
        raise Refusal("choose_group", choices=", ".join(own))
    number = max(state.seats, default=0) + 1
    drafts = (
        _draft(e.SeatIssued(seat=number, group=group, channel="open")),
        _draft(e.SeatTaken(seat=number, group=group, channel="open")),
    )
    return Decision(drafts, (MakeSeats((number,), {number: group}, "open", (None,)), GivePass(number, group)))


def _seat_event(kind: Callable[..., e.Event], seat: Seat, group: str | None = None) -> e.Event:
    return kind(seat=seat.number, group=group or seat.group, channel=seat.channel)


def revoke_seat(state: State, order: c.RevokeSeat, given: Given) -> Decision:
    _not_frozen(state)
    seat = seat_of(state, order.seat)
    if not given.actor.may_run(seat.group):
        raise Refusal("other_group", group=seat.group)
    revoked = _draft(_seat_event(e.SeatRevoked, seat), reason=said(order.reason))
    return Decision((revoked,), (RevokePass(seat.number),))


def move_seat(state: State, order: c.MoveSeat, given: Given) -> Decision:
    _not_frozen(state)
    seat = seat_of(state, order.seat)
    own = _own_groups(state)
    if order.group not in own:
        raise Refusal("unknown_group", group=order.group, choices=", ".join(own))
    if seat.number in given.answered_seats:
        raise Refusal("seat_has_answered", seat=seat.number)
    return Decision((_draft(_seat_event(e.SeatMoved, seat, order.group)),))


def mark_absent(state: State, order: c.MarkAbsent, given: Given) -> Decision:
    _not_frozen(state)
    seat = seat_of(state, order.seat)
    if not given.actor.may_run(seat.group):
        raise Refusal("other_group", group=seat.group)
    if seat.status != "taken":
        raise Refusal("seat_not_taken", seat=seat.number)
    if seat.number in given.answered_seats:
        raise Refusal("seat_has_answered", seat=seat.number)
    return Decision((_draft(_seat_event(e.SeatAbsent, seat)),))


def returned(seat: Seat) -> Draft:
    """An absent seat that answers again is taken again."""
    return _draft(_seat_event(e.SeatTaken, seat))


def erase_seat(state: State, order: c.EraseSeat, given: Given) -> Decision:
    seat = state.seats.get(order.seat)
    if seat is None:
        raise Refusal("unknown_seat", seat=order.seat)
    groups = [g for g in state.groups.values() if g.id == seat.group or g.kind == "plenary"]
    if any(g.phase is Phase.CLOSED and g.current is not None and g.current.ballots for g in groups):
        raise Refusal("being_assessed")
    drafts: list[Draft] = []
    if seat.status != "revoked" and state.phase is not Phase.FROZEN:
        drafts.append(_draft(_seat_event(e.SeatRevoked, seat)))
    drafts.append(_draft(e.ContentErased(openings=given.erasable)))
    return Decision(tuple(drafts), (RevokePass(seat.number), ErasePerson(seat.number, given.erasable)))
