"""What is printed before the day: seat cards, table cards, the poster for the door, the Wi-Fi card. Paper ballots are
`paper_prints`.

Draws pages for paper, in both languages at once; whoever prints chooses. What somebody typed for a sheet stands on that
sheet alone: nothing here is kept or logged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from flask import Blueprint, Flask, Response, g, request
from flask_babel import gettext
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from server import visibility
from server.passes import Identity
from server.web import qr, wifi
from server.web.access import rule
from server.web.i18n import language
from server.web.routes import about, staff_door
from server.web.services import services
from server.web.shell import HTML, document, page
from server.web.staff_pages import join_address, leads_somewhere, sorry, staff
from server.web.tongues import each
from server.workshop.refusals import Refusal

blueprint = Blueprint("prints", __name__)

MOST_CARDS_BYTES = 400_000
A_SHEET = 10
LEADERS = ("organiser", "facilitator")


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A seat card as `issue_seats` answered it."""

    seat: int
    group: str
    code: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z]{4}[ -]?[0-9A-Z]{4}$")]
    secret: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


# --- pages ------------------------------------------------------------------------------------------------------------


@blueprint.get("/console/<workshop>/prints")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_workshop", "not_allowed"))
def prints(workshop: str) -> Response:
    """Give the page from which everything on paper is printed."""
    who, state = leader(), services().engine.look(workshop)
    return page(
        "prints.html", sheet="prepare.css", script="prints.js", who=who, state=state, frame=framed(state),
        voting=any(visibility.paper_print(state, name, of_round=True).round for name in state.groups),
        address=shown(join_address()), open_join=_room_code(state) is not None, led=leads_somewhere(),
    )  # fmt: skip


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
    check_form(gettext("the cards did not arrive whole; print them again from the console"))
    try:
        given = msgspec.json.decode(request.form.get("cards", ""), type=list[Card])
    except msgspec.MsgspecError:
        problem = gettext("the cards did not arrive whole; print them again from the console")
        raise Refusal("malformed", problem=problem) from None
    return printed("seats.html", state, sheets=_sheets(state, given, join_address()))


@blueprint.post("/console/<workshop>/tables")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_workshop", "not_allowed", "malformed"))
def tables(workshop: str) -> Response:
    """Give a card for each table: the group large, and how to join."""
    leader()
    state = services().engine.look(workshop)
    check_form(gettext("this page is out of date; load it again"))
    return printed("tables.html", state, **of_tables(state, join_address()), **_typed())


@blueprint.post("/console/<workshop>/poster")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_workshop", "not_allowed", "malformed"))
def poster(workshop: str) -> Response:
    """Give a poster with the way in as a large QR code."""
    leader()
    state = services().engine.look(workshop)
    check_form(gettext("this page is out of date; load it again"))
    return printed("poster.html", state, **of_tables(state, join_address()), **_typed())


@blueprint.post("/console/<workshop>/wifi")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_workshop", "not_allowed", "malformed"))
def wifi_card(workshop: str) -> Response:
    """Give the hall's Wi-Fi as a QR code; name and password are on the page and nowhere else."""
    leader()
    state = services().engine.look(workshop)
    check_form(gettext("this page is out of date; load it again"))
    name, password = request.form.get("wifi", ""), request.form.get("password", "")
    security: wifi.Security = "nopass" if request.form.get("security") == "nopass" else "WPA"
    if not wifi.fits(name, password, security):
        problem = gettext("a Wi-Fi name has 1 to 32 characters, a password 8 to 63 letters, digits and signs")
        raise Refusal("malformed", problem=problem)
    code = wifi.text(name, password, security, "hidden" in request.form)
    return printed(
        "wifi.html", state, wifi=name, password=password if security != "nopass" else "",
        wifi_qr=qr.svg(code, gettext("QR code of the Wi-Fi")),
    )  # fmt: skip


def check_form(problem: str) -> None:
    """Refusal (malformed, with this problem) where a form is of another page."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        raise Refusal("malformed", problem=problem) from None


def _typed() -> dict[str, str]:
    """What was typed for the sheets, at lengths that fit on them."""
    return {"wifi": request.form.get("wifi", "").strip()[:32], "note": request.form.get("note", "").strip()[:60]}


def printed(template: str, state: Any, **given: Any) -> Response:
    """Sheets as a page to print."""
    return page(
        template, sheet="print.css", script="print.js", frame=framed(state), tongue=language(),
        address=shown(join_address()), **given,
    )  # fmt: skip


# --- what stands on them ----------------------------------------------------------------------------------------------


def leader() -> Identity:
    """Who prints. Refusal: not_signed_in, pass_revoked, not_allowed."""
    who = staff()
    if who.role not in LEADERS:
        raise Refusal("not_allowed", allowed=" / ".join(LEADERS))
    return who


def framed(state: Any) -> dict[str, Any]:
    """The workshop's frame, each group named in both languages."""
    frames = each(lambda tongue: visibility.frame(state, tongue))
    groups = [
        {**group, "names": {tongue: frame["groups"][at]["name"] for tongue, frame in frames.items()}}
        for at, group in enumerate(frames[language()]["groups"])
    ]
    return {**frames[language()], "groups": groups}


def shown(address: str) -> str:
    """An address as people type it."""
    return address.partition("://")[2]


def _sheets(state: Any, given: Sequence[Card], address: str) -> list[list[dict[str, Any]]]:
    groups = {group["id"]: group for group in framed(state)["groups"]}
    drawn = [
        {"card": card, "group": groups[card.group],
         "qr": qr.svg(f"{address}#{card.secret}", gettext("QR code of seat %(n)d", n=card.seat))}
        for card in given if card.group in groups
    ]  # fmt: skip
    return [drawn[at : at + A_SHEET] for at in range(0, len(drawn), A_SHEET)]


def of_tables(state: Any, address: str) -> dict[str, Any]:
    """What a table card and a poster say: the groups, and the room code where anybody may join with it."""
    code = _room_code(state)
    return {
        "tables": [group for group in framed(state)["groups"] if group["kind"] != "plenary"], "room_code": code,
        "room_qr": qr.svg(f"{address}#{code}" if code else address,
                          gettext("QR code of the address at which phones join")),
    }  # fmt: skip


def _room_code(state: Any) -> str | None:
    if not state.settings.open_join:
        return None
    return next((known.room_code for known in services().engine.workshops() if known.id == state.workshop), None)


def cards_document(
    app: Flask, state: Any, told: list[dict[str, Any]], address: str, tongue: str, *, with_tables: bool
) -> str:
    """The cards as a page that stands by itself, for whoever issues seats from a shell; `tongue`: id, en or both."""
    with app.test_request_context("/"):
        g.language = "en" if tongue == "en" else "id"
        sheets = _sheets(state, msgspec.convert(told, list[Card]), address)
        more = of_tables(state, address) if with_tables else {}
        return document(
            "seats.html", sheet="print.css", frame=framed(state), tongue=tongue, address=shown(address), sheets=sheets,
            **more,
        )  # fmt: skip


blueprint.register_error_handler(Refusal, sorry)
