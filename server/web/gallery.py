"""The gallery: every figure drawn from fixed data and edge cases, and every building block of the pages, for staff.

Owns the frames and hands over the cases; scripts draw them. The cases are invented, and the pages say so.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from server.web.access import rule
from server.web.routes import about, staff_door
from server.web.services import services
from server.web.shell import HTML, page
from server.web.staff_pages import sorry, staff
from server.workshop.refusals import Refusal

blueprint = Blueprint("gallery", __name__)

CASES = Path(__file__).with_name("gallery.json")


@blueprint.get("/console/gallery")
@rule("anyone")
@staff_door
@about(media=HTML)
def gallery() -> Response:
    """Give the page that draws every figure from fixed data and edge cases, in the theme asked for."""
    who = staff()
    return page(
        "gallery.html", sheet="gallery.css", script="gallery.js", who=who, cases=_cases(),
        framework=services().framework("cri"), theme=_theme(),
    )  # fmt: skip


@blueprint.get("/console/components")
@rule("anyone")
@staff_door
@about(media=HTML)
def components() -> Response:
    """Give the page that draws every building block of the interface, in the theme asked for."""
    who, nodes = staff(), services().framework("cri")["nodes"]
    tops = [{"id": node["id"], "name": node["name"]} for node in nodes if node["parent"] is None]
    return page(
        "components.html", sheet="components.css", script="components.js", who=who, dimensions=tops, theme=_theme()
    )


def _theme() -> str:
    return "dark" if request.args.get("theme") == "dark" else "light"


@cache
def _cases() -> list[dict[str, Any]]:
    return msgspec.json.decode(CASES.read_bytes(), type=list[dict[str, Any]])


blueprint.register_error_handler(Refusal, sorry)
