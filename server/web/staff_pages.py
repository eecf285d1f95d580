"""The pages of those who run a workshop: first run, sign-in, the list, the console, the seat cards to print.

The server draws the frame; scripts fill it from the API and the live channel. No rule and no figure is made here.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, g, redirect, request
from flask_babel import gettext
from flask_wtf.csrf import validate_csrf
from werkzeug.wrappers import Response as Redirect
from wtforms import ValidationError

from server import visibility
from server.passes import Identity
from server.web import access, qr, replies
from server.web.access import rule
from server.web.i18n import language
from server.web.problems import STATUS
from server.web.routes import about, staff_door
from server.web.services import services
from server.web.shell import HTML, page
from server.workshop.refusals import Refusal

blueprint = Blueprint("staff_pages", __name__)

MOST_CARDS_BYTES = 400_000


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A seat card as `issue_seats` answered it."""

    seat: int
    group: str
    code: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z]{4}[ -]?[0-9A-Z]{4}$")]
    secret: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


# --- coming in --------------------------------------------------------------------------------------------------------


@blueprint.get("/first-run")
@rule("anyone")
@staff_door
@about(media=HTML)
def first_run() -> Response:
    """Give the page on which the first organiser takes up the work; its link carries a one-time token."""
    return page("first_run.html", sheet="staff.css", script="sign_in.js")


@blueprint.get("/sign-in")
@rule("anyone")
@staff_door
@about(media=HTML)
def sign_in() -> Response:
    """Give the page on which staff sign in."""
    return page("sign_in.html", sheet="staff.css", script="sign_in.js", following=_following())


# --- workshops --------------------------------------------------------------------------------------------------------


@blueprint.get("/console")
@rule("anyone")
@staff_door
@about(media=HTML)
def every() -> Response:
    """Give the list of workshops, and the form that makes a new one."""
    who = staff()
    listed = sorted(services().engine.workshops(), key=lambda workshop: workshop.created_at, reverse=True)
    return page(
        "workshops.html", sheet="staff.css", script="workshops.js", who=who, listed=listed,
        frameworks=services().shelf(language()),
    )  # fmt: skip


@blueprint.get("/console/<workshop>")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_workshop",))
def console(workshop: str) -> Response:
    """Give the console of a workshop."""
    who, state = staff(), services().engine.look(workshop)
    told = {
        **visibility.frame(state, language()), "join": join_address(), "key": services().engine.vkey(workshop),
        "me": {"by": who.by, "role": who.role, "groups": sorted(who.groups) if who.groups is not None else None},
        "staff": names(),
    }  # fmt: skip
    return page("console.html", sheet="console.css", script="console.js", frame=told, who=who, state=state)


@blueprint.get("/console/<workshop>/staff")
@rule("staff")
@about(gives=dict[str, str])
def colleagues(workshop: str) -> Response:
    """Give the names of staff as the record refers to them, so that a console can say who is in control."""
    return replies.json(names())


@blueprint.post("/console/<workshop>/cards")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_workshop", "not_allowed", "malformed"))
def cards(workshop: str) -> Response:
    """Give the seat cards just issued as a printable page, ten on an A4 sheet; nothing of them is kept."""
    if staff().role != "organiser":
        raise Refusal("not_allowed", allowed="organiser")
    state = services().engine.look(workshop)
    request.max_content_length = request.max_form_memory_size = MOST_CARDS_BYTES
    try:
        validate_csrf(request.form.get("csrf_token"))
        given = msgspec.json.decode(request.form.get("cards", ""), type=list[Card])
    except (ValidationError, msgspec.MsgspecError):
        problem = gettext("the cards did not arrive whole; print them again from the console")
        raise Refusal("malformed", problem=problem) from None
    frame = visibility.frame(state, language())
    groups = {group["id"]: group for group in frame["groups"]}
    drawn = [
        {"card": card, "group": groups[card.group],
         "qr": qr.svg(f"{join_address()}#{card.secret}", gettext("QR code of seat %(n)d", n=card.seat))}
        for card in given if card.group in groups
    ]  # fmt: skip
    sheets = [drawn[at : at + 10] for at in range(0, len(drawn), 10)]
    return page(
        "seats.html", sheet="seats.css", script="print.js", sheets=sheets, frame=frame,
        address=join_address().partition("://")[2],
    )  # fmt: skip


# --- shared -----------------------------------------------------------------------------------------------------------


def staff() -> Identity:
    """Who works at this browser. Refusal: not_signed_in, pass_revoked."""
    who = services().passes.who(request.cookies.get(access.COOKIES["staff"]))
    if who.kind != "staff":
        raise Refusal("not_signed_in")
    return who


def names() -> dict[str, str]:
    """Staff by how the record names them (`staff/N`)."""
    return {f"staff/{account.id}": account.name for account in services().passes.accounts()}


def asked_at() -> str:
    """The origin at which this page was opened."""
    return request.host_url.rstrip("/")


def join_address() -> str:
    """Where participants come in, as cards and walls show it."""
    return services().addresses.printed(asked_at()).origin + "/join"


def _following() -> str:
    """Where to go after signing in: an address of this house, or the list."""
    asked = request.args.get("next", "")
    ours = asked.startswith(("/console", "/display/")) and not any(sign in asked for sign in ("\\", "\n", "\r", "//"))
    return asked if ours else "/console"


def sorry(refusal: Refusal) -> Response | Redirect:
    """A refusal as a page: whoever is not signed in is shown the door, everybody else one sentence."""
    if refusal.code in ("not_signed_in", "pass_revoked") and request.method == "GET":
        return redirect(f"/sign-in?next={request.path}", 303)
    g.setdefault("language", services().settings.language)
    told: dict[str, Any] = {"sentence": refusal.sentence(language()), "status": STATUS[refusal.code]}
    return page("sorry.html", sheet="staff.css", **told)


blueprint.register_error_handler(Refusal, sorry)
