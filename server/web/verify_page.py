"""The page that checks a proof file: a frame for a script that asks nobody. It reads no record and needs no pass."""

from __future__ import annotations

from flask import Blueprint, Response

from server.web.access import rule
from server.web.routes import about
from server.web.shell import HTML, page

blueprint = Blueprint("verify_page", __name__)


@blueprint.get("/verify")
@rule("anyone")
@about(media=HTML)
def verify() -> Response:
    """Give the page on which a proof file is checked in the browser, without this server."""
    return page("verify.html", sheet="phone.css", script="verify.js")
