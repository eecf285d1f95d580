"""The way from nothing to a workshop: the guided form, and what each surface would show of what is typed into it.

A preview is drawn from a workshop imagined by the real rules and told through `visibility`, as on the day; nothing of
it is recorded, and no code on it opens anything.
"""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response
from flask_babel import force_locale, gettext

from server import visibility
from server.web import parsing, qr, replies, shell
from server.web.access import rule
from server.web.i18n import language
from server.web.messages import WorkshopIn
from server.web.orders import workshop_order
from server.web.routes import about, staff_door
from server.web.services import caller, services
from server.web.setting_up import Preview, PreviewIn
from server.web.shell import HTML, page
from server.web.staff_pages import join_address, sorry, staff
from server.web.workshops import MOST_DOCUMENT
from server.workshop.refusals import Refusal

api = Blueprint("previews", __name__)
pages = Blueprint("guide", __name__)

SURFACES = {
    "phone": ("phone.css", "preview_phone.js"),
    "display": ("display.css", "preview_display.js"),
    "console": ("console.css", "preview_console.js"),
}
NAMELESS = "preview"  # a name that no workshop has: those made here begin with a w
NO_CODE = "00000000"  # shows where the room code will stand; no code is like it


@pages.get("/console/new")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("not_allowed",))
def new() -> Response:
    """Give the guided form that makes a workshop, with a live preview of each surface."""
    who = staff()
    if who.role != "organiser":
        raise Refusal("not_allowed", allowed="organiser")
    told = page("new.html", sheet="guide.css", script="new.js", who=who, frameworks=services().shelf(language()))
    return shell.framing(told)


@pages.get("/console/new/<surface>")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("not_found",))
def surface(surface: str) -> Response:
    """Give the empty page of a surface (`phone`, `display`, `console`) that a preview fills, to stand in a frame."""
    who = staff()
    if surface not in SURFACES:
        raise Refusal("not_found")
    sheet, script = SURFACES[surface]
    label = gettext("QR code of the address at which phones join")
    told = page("preview.html", sheet=sheet, script=script, surface=surface, who=who, qr=qr.svg(join_address(), label),
                address=join_address().partition("://")[2].removesuffix("/join"))  # fmt: skip
    return shell.framed(told)


@api.get("/frameworks/<name>")
@rule("staff")
@about(gives=dict[str, Any], refuses=("unknown_framework",))
def framework(name: str) -> Response:
    """Give a framework of the catalogue as its document, to begin one's own from."""
    return replies.json(services().framework(name))


@api.post("/previews")
@rule("organiser")
@about(takes=PreviewIn, gives=Preview, refuses=("unknown_framework", "bad_framework", "bad_groups"))
def preview() -> Response:
    """Say what each surface would show of a workshop that is being set up; nothing is made."""
    house = services()
    asked: PreviewIn = parsing.body(PreviewIn, MOST_DOCUMENT)
    with force_locale(asked.language):
        title = asked.title.strip() or gettext("Title of the workshop")
    typed = WorkshopIn(
        title=title, framework=asked.framework, city=asked.city, language=asked.language, settings=asked.settings,
        plenary=asked.plenary, synthetic=asked.synthetic,
    )  # fmt: skip
    order = msgspec.structs.replace(workshop_order(typed, house.framework), workshop=NAMELESS)
    state, outline = house.imagined(order, asked.seats, language())
    key = house.engine.vkey(NAMELESS)
    phones = visibility.ballot(state, 1, {}, asked.language)
    return replies.json(Preview(outline, phones, _display(state, asked.language, key), _console(state, key)))


def _display(state: Any, tongue: Any, key: str) -> dict[str, Any]:
    told = visibility.hall(
        state, {}, tongue, join_code=NO_CODE, reasons=lambda group: {}, nodes=dict, head=None, shows={}
    )
    return {"frame": {**visibility.frame(state, tongue), "key": key}, "told": msgspec.to_builtins(told)}


def _console(state: Any, key: str) -> dict[str, Any]:
    who = caller()
    frame = {
        **visibility.frame(state, language()), "join": join_address(), "key": key, "staff": {}, "rehearses": None,
        "me": {"by": who.by, "role": who.role, "groups": None}, "rehearsals": [],
    }  # fmt: skip
    return {"frame": frame, "state": msgspec.to_builtins(visibility.staff_state(state, {}, NO_CODE))}


pages.register_error_handler(Refusal, sorry)
