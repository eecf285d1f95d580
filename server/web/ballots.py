"""A seat's ballot over HTTP, the way to vote where WebSocket is blocked: snapshot and answers. No rule lives here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g

from server import visibility
from server.web import parsing, problems, replies
from server.web.access import rule
from server.web.messages import Acknowledged, OwnBallot, Receipt
from server.web.routes import about
from server.web.services import caller, services
from server.workshop.commands import PutAnswers
from server.workshop.refusals import Refusal
from server.workshop.views import BallotView

api = Blueprint("ballots", __name__)

OF_THE_ROUND = ("round_not_open", "round_paused")
OF_ITS_ORDER = ("superseded",)


@api.get("/ballot")
@rule("seat")
@about(gives=BallotView, refuses=("seat_revoked", "unknown_seat"))
def ballot() -> Response:
    """Give the ballot snapshot of the seat: the round, its items, and the seat's own answers."""
    workshop, seat = _seat()
    engine = services().engine
    state = engine.look(workshop)
    return replies.json(visibility.ballot(state, seat, engine.answers_of(workshop, seat), g.language))


@api.get("/ballot/receipt")
@rule("seat")
@about(gives=Receipt, refuses=("seat_revoked", "unknown_seat"))
def receipt() -> Response:
    """Give the place and the tracker of the seat's ballot in the round at hand."""
    workshop, seat = _seat()
    engine = services().engine
    shown = visibility.ballot(engine.look(workshop), seat, {}, g.language)
    if shown.round is None:
        return replies.json(Receipt(None, None, None))
    seq, tracker = engine.receipts(workshop, shown.group, shown.round).get(seat, (None, None))
    return replies.json(Receipt(shown.round, seq, tracker))


@api.get("/ballot/opening")
@rule("seat")
@about(
    gives=OwnBallot, query=(("round", "number of the round, the one at hand by default"),),
    refuses=("not_yet", "already_frozen", "malformed", "seat_revoked", "unknown_seat"),
)  # fmt: skip
def opening() -> Response:
    """Give the seat's own ballot with what opens it, from its disclosure until the freeze."""
    workshop, seat = _seat()
    engine = services().engine
    state = engine.look(workshop)
    shown = visibility.ballot(state, seat, {}, g.language)
    number = parsing.whole("round", shown.round or 0)
    if not visibility.own_ballot(state, shown.group, number):
        raise Refusal("not_yet", when=_until_disclosed())
    found = engine.ballot_of(workshop, shown.group, number, seat)
    if found is None:
        raise Refusal("not_yet", when=_until_disclosed())
    line, opened = found
    return replies.json(OwnBallot(number, opened.seq, line.decode(), opened.salt, opened.content))


@api.put("/answers")
@rule("seat")
@about(
    takes=PutAnswers, gives=Acknowledged,
    refuses=("too_many_answers", "round_not_open", "round_paused", "off_scale", "unknown_item", "item_not_in_round",
             "value_and_cannot", "duplicate_item", "superseded", "seat_revoked", "not_saved"),
)  # fmt: skip
def put_answers() -> Response:
    """Keep answers: what is `saved` is on the disk; each other answer is refused with its own code."""
    workshop, seat = _seat()
    put = parsing.answers(services().settings.max_message_bytes)
    told = services().engine.put_answers(workshop, seat, put, g.language)
    return _acknowledged(workshop, seat, told)


def _acknowledged(workshop: str, seat: int, told: dict[str, Any]) -> Response:
    codes = {refused["code"] for refused in told["refused"]}
    if told["saved"] or not codes or codes & set(OF_ITS_ORDER):
        return replies.json(told)
    # Nothing was kept: the acknowledgement is a problem as well, with the first refusal's code and sentence.
    first = told["refused"][0]
    extra: dict[str, Any] = {**told, "ok": False}
    if first["code"] in OF_THE_ROUND:
        state = services().engine.state(workshop)
        shown = visibility.ballot(state, seat, {}, g.language)
        extra |= {"version": state.groups[shown.group].version,
                  "state": {"group": shown.group, "phase": shown.phase, "round": shown.round}}  # fmt: skip
    return problems.told(first["code"], first["message"], **extra)


def _until_disclosed() -> str:
    return "the round of your ballot is disclosed" if g.language == "en" else "putaran Anda ditampilkan"


def _seat() -> tuple[str, int]:
    who = caller()
    if who.workshop is None or who.seat is None:
        raise Refusal("not_signed_in")
    return who.workshop, who.seat
