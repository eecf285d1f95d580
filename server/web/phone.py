"""What a participant's phone asks for: the door and the ballot, as pages that work with and without a script.

Translates forms into the same calls that programs make; no rule lives here. Staff and hall have pages of their own.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, flash, g, make_response, redirect, request
from flask_babel import gettext, ngettext
from flask_wtf.csrf import validate_csrf
from werkzeug.wrappers import Response as Redirect
from wtforms import ValidationError

from server import visibility
from server.passes import Identity
from server.web import access, ballot_form, languages, mishaps, problems, windows
from server.web.access import rule
from server.web.problems import STATUS
from server.web.routes import about
from server.web.services import services
from server.web.shell import HTML, page
from server.web.staff_pages import join_address
from server.workshop.refusals import Refusal
from server.workshop.views import BallotView

blueprint = Blueprint("phone", __name__)

# --- the door ---------------------------------------------------------------------------------------------------------


@blueprint.get("/join")
@rule("anyone")
@about(media=HTML)
def join_page() -> Response:
    """Give the page on which a seat is taken."""
    return _join_page(code=request.args.get("code", "")[:80])


@blueprint.post("/join")
@rule("anyone")
@about(media=HTML, refuses=("wrong_code", "too_many_codes", "choose_group", "open_join_off", "seat_revoked"))
def join() -> Response:
    """Take a seat and go on to its ballot."""
    code, group = request.form.get("code", "").strip()[:200], request.form.get("group") or None
    if not _form_is_ours():
        return _join_page(code=code, sentence=_aged(), status=400)
    house, device = services(), request.cookies.get(access.DEVICE) or secrets.token_urlsafe(16)
    try:
        workshop, seat = house.passes.door(code, device)
        told = house.engine.join(workshop, seat, group, "open" if seat is None else "card")
    except Refusal as refusal:
        if refusal.code == "choose_group":
            state = house.engine.state(workshop)
            return _join_page(code=code, groups=visibility.groups_at_door(state, g.language))
        sentence = refusal.sentence(g.language)
        shown = "" if len(code) > 12 else code  # a card's secret stays off the page
        answer = _join_page(code=shown, sentence=sentence, status=_of_form(refusal.code))
        access.set_device(answer, device)
        return answer
    answer = make_response(redirect("/ballot", 303))
    return access.set_pass(access.set_device(answer, device), "seat", told["pass"])


def _join_page(status: int = 200, **given: Any) -> Response:
    told = visibility.at_door([services().engine.state(w.id) for w in services().engine.workshops()])
    return page(
        "join.html", sheet="phone.css", script="join.js", status=status,
        title=told.title if told else None, synthetic=told is not None and told.synthetic,
        passing=windows.passing(request.headers.get("User-Agent", ""), request.headers.get("X-Requested-With", "")),
        address=join_address().partition("://")[2], rehearsal=told is not None and told.rehearsal,
        **given,
    )  # fmt: skip


# --- the ballot -------------------------------------------------------------------------------------------------------


@blueprint.get("/ballot")
@rule("anyone")
@about(media=HTML)
def ballot_page() -> Response | Redirect:
    """Give the ballot of the seat whose pass this browser holds; without one, the door."""
    try:
        who = holder()
        shown = ballot_of(who)
    except Refusal as refusal:
        return turned_away(refusal)
    return _ballot_page(who, shown)


@blueprint.post("/ballot")
@rule("anyone")
@about(media=HTML, refuses=("round_not_open", "round_paused", "superseded", "seat_revoked", "not_saved"))
def save_ballot() -> Response | Redirect:
    """Keep what a plain form changes, and show the ballot as it stands then."""
    try:
        who = holder()
        shown = ballot_of(who)
        if not _form_is_ours():
            flash(_aged(), "refused")
            return redirect("/ballot", 303)
        _put(who, shown)
    except Refusal as refusal:
        if refusal.code in ("not_signed_in", "pass_revoked", "seat_revoked"):
            return _join_page(sentence=refusal.sentence(g.language), status=STATUS[refusal.code])
        flash(refusal.sentence(g.language), "refused")
    return redirect("/ballot", 303)


def _put(who: Identity, shown: BallotView) -> None:
    saved, refused = 0, []
    for put in ballot_form.changes(shown, request.form):
        told = services().engine.put_answers(str(who.workshop), int(who.seat or 0), put, g.language)
        saved += len(told["saved"])
        refused += told["refused"]
    for sentence in dict.fromkeys(answer["message"] for answer in refused):
        flash(sentence, "refused")
    if saved:
        flash(ngettext("%(num)d answer is saved.", "%(num)d answers are saved.", saved), "saved")
    elif not refused:
        flash(gettext("Nothing was changed."), "note")


def _ballot_page(who: Identity, ballot: BallotView) -> Response:
    tracker = _tracker(who, ballot)
    plain = msgspec.to_builtins(ballot) | {"tracker": tracker}
    return page(
        "ballot.html", sheet="phone.css", script="ballot.js", ballot=ballot, snapshot=plain, tracker=tracker,
        drawn=ballot_form.drawn, asks=ballot_form.asks, said=said(ballot) if ballot.phase == "open" else {},
        token=secrets.token_hex(8), synthetic=ballot.synthetic,
        rehearsal=ballot.rehearsal,
        answered=sum(item.mine is not None for item in ballot.items),
    )  # fmt: skip


def ballot_of(who: Identity) -> BallotView:
    """The ballot of a seat as it stands now. Refusal: unknown_seat, seat_revoked."""
    engine, workshop, seat = services().engine, str(who.workshop), int(who.seat or 0)
    return visibility.ballot(engine.look(workshop), seat, engine.answers_of(workshop, seat), g.language)


def said(ballot: BallotView) -> dict[str, list[str]]:
    """What people wrote, by item, in the round last shown of each; only where it was shown and not held back."""
    rounds = {item.feedback.round for item in ballot.items if item.feedback}
    if not rounds:
        return {}
    state, texts = services().engine.look(ballot.workshop), services().reasons(ballot.workshop, ballot.group)
    views = {n: visibility.round_for_seats(state, ballot.group, n, texts, g.language) for n in rounds}
    told = {(n, item.item): item.reasons for n, view in views.items() for item in view.items}
    return {
        item.id: [one.text for one in told.get((item.feedback.round, item.id)) or ()]
        for item in ballot.items
        if item.feedback
    }


def _tracker(who: Identity, ballot: BallotView) -> str | None:
    """Where the seat's own ballot of the round at hand stands in the trail, once it stands there."""
    if ballot.round is None or ballot.phase not in ("disclosed", "revealed"):
        return None
    receipts = services().engine.receipts(str(who.workshop), ballot.group, ballot.round)
    return receipts.get(int(who.seat or 0), (0, None))[1]


def turned_away(refusal: Refusal) -> Response | Redirect:
    """The door, for whoever holds no seat; it says why, where there was one."""
    if refusal.code == "not_signed_in":
        return redirect("/join", 303)
    return _join_page(sentence=refusal.sentence(g.language), status=STATUS[refusal.code])


def holder() -> Identity:
    """Who sits behind this browser. Refusal: not_signed_in, pass_revoked."""
    secret = request.cookies.get(access.COOKIES["seat"])
    who = services().passes.who(secret)
    if who.kind != "seat":
        raise Refusal("not_signed_in")
    return who


def failed(error: Exception) -> Response:
    """A fault of ours as a page: what was saved stays, and loading again is what would work."""
    told = problems.answer(error)
    if told.status_code != HTTPStatus.INTERNAL_SERVER_ERROR:
        return told
    return mishaps.shown(told, again="/ballot")


# --- both -------------------------------------------------------------------------------------------------------------


@blueprint.post("/language")
@rule("anyone")
@about(media=HTML)
def choose_language() -> Redirect:
    """Remember the language of this browser and go back to the page it came from."""
    chosen, back = request.form.get("language", ""), request.form.get("next", "/")
    # Only an address of this house: one slash, and neither host nor scheme.
    safe = back.startswith("/") and not back.startswith(("//", "/\\")) and "\n" not in back and "\r" not in back
    answer = redirect(back if safe else "/", 303)
    if chosen in languages.LANGUAGES:
        answer.set_cookie(languages.COOKIE, chosen, max_age=access.YEAR, samesite="Lax")
    return answer


def _of_form(code: str) -> int:
    """The status of a form that was refused: the page itself was found."""
    return 422 if STATUS[code] == 404 else STATUS[code]


def _form_is_ours() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _aged() -> str:
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return str(gettext("This browser brought no cookie along. Try once more; if this comes again, allow cookies "
                           "for this address or use another browser."))  # fmt: skip
    return str(gettext("This page was out of date and is shown anew; please try once more."))


blueprint.register_error_handler(Exception, failed)
