"""A bundle stepped through: the page on which staff choose one, and the calls that verify and tell it.

Owns no reading of bundles: a worker verifies each before anything of it is told, and what it tells is an allow-list.
"""

from __future__ import annotations

from flask import Blueprint, Response, g

from server.reports.stepping import MOST_BYTES, Replay
from server.web import parsing, replies
from server.web.access import rule
from server.web.routes import about, staff_door
from server.web.services import services
from server.web.shell import HTML, page
from server.web.staff_pages import sorry, staff
from server.workshop.refusals import Refusal

api, blueprint = Blueprint("replays", __name__), Blueprint("replay_pages", __name__)


@api.post("/replay")
@rule("staff")
@about(upload=True, gives=Replay, refuses=("bundle_too_large", "too_large", "not_finished"))
def handed_in() -> Response:
    """Verify an audit bundle and tell it step by step; nothing of it is kept."""
    try:
        data, _ = parsing.upload(MOST_BYTES)
    except Refusal as refusal:
        raise Refusal("bundle_too_large") if refusal.code == "too_large" else refusal from None
    return replies.json(services().replay(data, g.language))


@api.get("/workshops/<workshop>/replay")
@rule("staff")
@about(gives=Replay, refuses=("unknown_workshop", "not_frozen", "bundle_too_large", "not_finished"))
def of_workshop(workshop: str) -> Response:
    """Verify the public bundle of a frozen workshop and tell it step by step."""
    if services().engine.look(workshop).frozen_at is None:
        raise Refusal("not_frozen")
    return replies.json(services().replay_of(workshop, g.language))


@blueprint.get("/replay")
@rule("anyone")
@staff_door
@about(media=HTML)
def choose() -> Response:
    """Give the page on which staff choose a bundle, or a workshop that is final, to step through."""
    return _page(None)


@blueprint.get("/replay/<workshop>")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_workshop",))
def step_through(workshop: str) -> Response:
    """Give the page that steps through the public bundle of a workshop."""
    return _page(services().engine.look(workshop).workshop)


def _page(workshop: str | None) -> Response:
    who = staff()
    final = [one for one in services().engine.workshops() if one.phase == "frozen"]
    listed = sorted(final, key=lambda one: one.created_at, reverse=True)
    return page("replay.html", sheet="replay.css", script="replay.js", who=who, listed=listed, workshop=workshop)


blueprint.register_error_handler(Refusal, sorry)
