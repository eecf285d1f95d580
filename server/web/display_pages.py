"""The page of a hall display, and the seal as a QR code beside it. It shows what the hall may see, by its own pass.

Draws the frame only: participation and figures come over the live channel, through `visibility`.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext

from server import visibility
from server.web import access, qr
from server.web.access import rule
from server.web.i18n import language
from server.web.routes import about
from server.web.services import services
from server.web.shell import HTML, page
from server.web.staff_pages import join_address, sorry, staff
from server.workshop.refusals import Refusal

blueprint = Blueprint("display_pages", __name__)

SVG = "image/svg+xml; charset=utf-8"


@blueprint.get("/display/<workshop>")
@rule("anyone")
@about(media=HTML, refuses=("unknown_workshop",))
def display(workshop: str) -> Response:
    """Give the page of a hall display, to its own pass or to staff, whose browser then takes such a pass.

    `?group=` makes it stand for one group: a console steers it apart from the hall's.
    """
    has_pass = _of_display(workshop)
    if not has_pass:
        staff()
    state = services().engine.look(workshop)
    code = next((w.room_code for w in services().engine.workshops() if w.id == workshop), None)
    open_join = state.settings.open_join and code is not None
    address = join_address()
    group = request.args.get("group")
    label = gettext("QR code of the address at which phones join")
    return page(
        "display.html", sheet="display.css", script="display.js", state=state, has_pass=has_pass,
        frame={**visibility.frame(state, language()), "key": services().engine.vkey(workshop)},
        group=group if group in state.groups else None,
        theme="light" if request.args.get("theme") == "light" else "dark",
        qr=qr.svg(f"{address}#{code}" if open_join else address, label),
        address=address.partition("://")[2].removesuffix("/join"),
    )  # fmt: skip


@blueprint.get("/display/<workshop>/seal.svg")
@rule("staff", "display")
@about(media=SVG, refuses=("unknown_workshop", "not_yet"))
def seal(workshop: str) -> Response:
    """Give the signed head as a QR code; it holds the whole note."""
    head = services().engine.head(services().engine.state(workshop).workshop)
    if head is None:
        raise Refusal("not_yet", when=gettext("a round is shown to the facilitator"))
    response = Response(qr.svg(head.note, gettext("QR code of the signed head"), error="l"), content_type=SVG)
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


def _of_display(workshop: str) -> bool:
    secret = request.cookies.get(access.COOKIES["display"])
    if not secret:
        return False
    try:
        who = services().passes.who(secret)
    except Refusal:
        return False
    return who.kind == "display" and who.workshop == workshop


blueprint.register_error_handler(Refusal, sorry)
