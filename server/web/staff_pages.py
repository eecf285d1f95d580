"""The pages of those who run a workshop: first run, sign-in, the list, the console.

The server draws the frame; scripts fill it from the API and the live channel. No rule and no figure is made here.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as Redirect

from server import visibility
from server.passes import Identity
from server.web import access, replies
from server.web.access import rule
from server.web.i18n import language
from server.web.problems import STATUS
from server.web.routes import about, staff_door
from server.web.services import services
from server.web.shell import HTML, page
from server.workshop.refusals import Refusal
from server.workshop.rehearsals import rehearses

blueprint = Blueprint("staff_pages", __name__)

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
def every() -> Response | Redirect:
    """Give the list of workshops, and the form that makes a new one."""
    who = staff(officers=True)
    if who.role == "officer":
        return redirect("/paper", 303)
    known = sorted(services().engine.workshops(), key=lambda workshop: workshop.created_at, reverse=True)
    invented = [workshop for workshop in known if _invented(workshop.id)]
    return page(
        "workshops.html", sheet="staff.css", script="workshops.js", who=who, invented=invented,
        listed=[workshop for workshop in known if workshop not in invented],
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
        "staff": names(), "rehearses": rehearses(workshop), "rehearsals": _rehearsals(workshop),
    }  # fmt: skip
    return page("console.html", sheet="console.css", script="console.js", frame=told, who=who, state=state)


@blueprint.get("/console/<workshop>/staff")
@rule("staff")
@about(gives=dict[str, str])
def colleagues(workshop: str) -> Response:
    """Give the names of staff as the record refers to them, so that a console can say who is in control."""
    return replies.json(names())


def _rehearsals(workshop: str) -> list[dict[str, str]]:
    """The rehearsals of a workshop, oldest first."""
    return [{"workshop": known.id, "title": known.title, "phase": known.phase}
            for known in services().engine.workshops() if rehearses(known.id) == workshop]  # fmt: skip


def _invented(workshop: str) -> bool:
    """Whether its scores are: a rehearsal or a demonstration. One whose record cannot be opened is taken as real."""
    try:
        return bool(services().engine.state(workshop).synthetic)
    except Refusal:
        return False


# --- shared -----------------------------------------------------------------------------------------------------------


def staff(*, officers: bool = False) -> Identity:
    """Who works at this browser; an officer only where paper ballots are handled.

    Refusal: not_signed_in, pass_revoked, not_allowed.
    """
    who = services().passes.who(request.cookies.get(access.COOKIES["staff"]))
    if who.kind != "staff":
        raise Refusal("not_signed_in")
    if who.role == "officer" and not officers:
        raise Refusal("not_allowed", allowed=" / ".join(access.WATCHERS))
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


def leads_somewhere() -> bool:
    """Whether a phone could open that address."""
    return services().addresses.printed(asked_at()).how not in ("alone", "none")


def _following() -> str:
    """Where to go after signing in: an address of this house, or the list."""
    asked = request.args.get("next", "")
    ours = asked.startswith(("/console", "/display/", "/replay", "/paper", "/preflight"))
    ours = ours and not any(sign in asked for sign in ("\\", "\n", "\r", "//"))
    return asked if ours else "/console"


def sorry(refusal: Refusal) -> Response | Redirect:
    """A refusal as a page: whoever is not signed in is shown the door, everybody else one sentence."""
    if refusal.code in ("not_signed_in", "pass_revoked") and request.method == "GET":
        return redirect(f"/sign-in?next={request.path}", 303)
    g.setdefault("language", services().settings.language)
    told: dict[str, Any] = {"sentence": refusal.sentence(language()), "status": STATUS[refusal.code]}
    return page("sorry.html", sheet="staff.css", **told)


blueprint.register_error_handler(Refusal, sorry)
