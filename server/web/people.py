"""The doors by which people come in: first run, sign-in, seat card, room code. Translates; the rules decide."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, g, request

from server.web import access, languages, parsing, problems, replies
from server.web.access import rule
from server.web.messages import BroughtPass, FirstRun, Join, Joined, SignedIn, SignIn
from server.web.routes import about, staff_door
from server.web.services import caller, services
from server.workshop.refusals import Refusal

api = Blueprint("people", __name__)


@api.post("/first-run")
@rule("anyone")
@staff_door
@about(takes=FirstRun, gives=SignedIn, status=201, refuses=("bad_token",))
def first_run() -> Response:
    """Make the first organiser with the one-time token that the server printed."""
    body: FirstRun = parsing.body(FirstRun, services().settings.max_message_bytes)
    return _signed_in(services().passes.first_run(body.token, body.name, body.password), 201)


@api.post("/sign-in")
@rule("anyone")
@staff_door
@about(takes=SignIn, gives=SignedIn, refuses=("wrong_password", "too_many_requests"))
def sign_in() -> Response:
    """Exchange name and password of a staff account for a pass."""
    body: SignIn = parsing.body(SignIn, services().settings.max_message_bytes)
    device = request.cookies.get(access.DEVICE)
    return _signed_in(services().passes.sign_in(body.name, body.password, device), 200)


@api.post("/sign-in/pass")
@rule("anyone")
@staff_door
@about(takes=BroughtPass, gives=SignedIn, refuses=("not_signed_in", "pass_revoked"))
def bring_pass() -> Response:
    """Keep a staff pass in this browser, as a link to the console brings it in its fragment."""
    body: BroughtPass = parsing.body(BroughtPass, services().settings.max_message_bytes)
    if services().passes.who(body.secret).kind != "staff":
        raise Refusal("not_signed_in")
    return _signed_in(body.secret, 200)


def _signed_in(secret: str, status: int) -> Response:
    who = services().passes.who(secret)
    told = SignedIn(secret=secret, staff=who.by, role=who.role or "", groups=_listed(who.groups))
    return access.set_pass(replies.json(told, status), "staff", secret)


def _listed(groups: frozenset[str] | None) -> list[str] | None:
    return None if groups is None else sorted(groups)


@api.post("/sign-out")
@rule("staff", "officer", "display", "seat")
@about(status=204)
def sign_out() -> Response:
    """Give the pass back: it is revoked at once."""
    services().passes.revoke(g.secret)
    return access.drop_pass(Response(status=204), caller().kind)


@api.post("/join")
@rule("anyone")
@about(
    takes=Join, gives=Joined, status=201,
    refuses=("wrong_code", "too_many_codes", "choose_group", "open_join_off", "seat_revoked", "already_frozen"),
)  # fmt: skip
def join() -> Response:
    """Take a seat with a card's code or secret, or with the room code of an open workshop."""
    body: Join = parsing.body(Join, services().settings.max_message_bytes)
    device = request.cookies.get(access.DEVICE) or secrets.token_urlsafe(16)
    try:
        told = let_in(body.code, body.group, device)
    except Refusal as refusal:
        response = problems.problem(refusal)
        return access.set_device(response, device) if refusal.code == "wrong_code" else response
    response = access.set_pass(replies.json(told, 201), "seat", told["pass"])
    if body.language:
        response.set_cookie(languages.COOKIE, body.language, max_age=access.YEAR, samesite="Lax")
    return response


def let_in(code: str, group: str | None, device: str) -> dict[str, Any]:
    """Give whoever shows this code a seat: `{pass, seat, group, workshop}`; Refusal as `join` lists them."""
    house = services()
    workshop, seat = house.passes.door(code, device)
    if seat is None and (own := _own_seat(workshop)):
        return own
    return house.engine.join(workshop, seat, group, "open" if seat is None else "card")


def _own_seat(workshop: str) -> dict[str, Any] | None:
    """The seat that this browser holds in the workshop already: one person with the room code is not to be two."""
    secret = request.cookies.get(access.COOKIES["seat"], "")
    try:
        who = services().passes.who(secret)
    except Refusal:
        return None
    if who.kind != "seat" or who.workshop != workshop or who.seat is None:
        return None
    group = services().engine.state(workshop).seats[who.seat].group
    return {"pass": secret, "seat": who.seat, "group": group, "workshop": workshop}
