"""The front door. Phone, console and display have files of their own; what all pages share is in `shell`."""

from __future__ import annotations

from flask import Blueprint, Response, request

from server.web import access, shell
from server.web.access import rule
from server.web.routes import about
from server.web.shell import HTML

pages = Blueprint("pages", __name__)


@pages.get("/")
@rule("anyone")
@about(media=HTML)
def front() -> Response:
    """Lead participants to their seat and staff to the console."""
    seated = access.COOKIES["seat"] in request.cookies
    return shell.page("index.html", sheet="phone.css", seated=seated)
