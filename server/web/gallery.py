"""The gallery: every figure drawn from fixed data and edge cases, for staff who choose one or change one.

Owns the frame and hands over the cases; scripts draw them. The cases are invented, and the page says so.
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
        framework=services().framework("cri"), theme="dark" if request.args.get("theme") == "dark" else "light",
    )  # fmt: skip


@cache
def _cases() -> list[dict[str, Any]]:
    return msgspec.json.decode(CASES.read_bytes(), type=list[dict[str, Any]])


blueprint.register_error_handler(Refusal, sorry)
