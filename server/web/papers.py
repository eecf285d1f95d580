"""Paper ballots: the desk of those who enter and confirm them, as a page and for programs. No rule lives here.

A second officer is shown what the first one read of the sheet at hand; nothing here tells what phones sent.
"""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from server import visibility
from server.passes import Identity
from server.web import replies
from server.web.access import rule
from server.web.routes import about, staff_door
from server.web.services import caller, services
from server.web.shell import HTML, page
from server.web.staff_pages import sorry, staff
from server.workshop.paper_views import PaperDesk, PaperSheet
from server.workshop.refusals import Refusal

api = Blueprint("papers", __name__)
pages = Blueprint("paper_pages", __name__)

OFFICERS = ("organiser", "officer")
OF_A_SHEET = ("not_running", "already_frozen", "unknown_group", "paper_late", "wrong_check", "unknown_seat",
              "seat_revoked", "seat_has_answered")  # fmt: skip


@api.get("/workshops/<workshop>/papers")
@rule(*OFFICERS)
@about(gives=PaperDesk, refuses=("unknown_workshop",))
def desk(workshop: str) -> Response:
    """Give the groups that take paper ballots now, their numbers, and what waits for a second officer."""
    return replies.json(_desk(workshop, caller()))


@api.get("/workshops/<workshop>/papers/<group>/<int:ballot>")
@rule(*OFFICERS)
@about(
    gives=PaperSheet, query=(("check", "the letter beside the number, as it stands on the sheet"),),
    refuses=("unknown_workshop", *OF_A_SHEET),
)  # fmt: skip
def sheet(workshop: str, group: str, ballot: int) -> Response:
    """Give what is known of the sheet at hand: nothing yet, or, to a second officer, what the first one read on it."""
    engine = services().engine
    state = engine.look(workshop)
    current = state.groups[group].current if group in state.groups else None
    entered = engine.paper(workshop, group, current.number, ballot) if current else None
    check = request.args.get("check", "")[:1] or "?"
    told = visibility.paper_sheet(state, group, ballot, check, entered, engine.progress(workshop), caller().by)
    return replies.json(told)


def _desk(workshop: str, who: Identity) -> PaperDesk:
    engine = services().engine
    state = engine.look(workshop)
    waiting = {
        group.id: engine.papers(workshop, group.id, group.current.number)
        for group in state.groups.values() if group.current is not None
    }  # fmt: skip
    return visibility.paper_desk(state, waiting, engine.progress(workshop), who.by, g.language)


# --- pages ------------------------------------------------------------------------------------------------------------


@pages.get("/paper")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("not_allowed",))
def every() -> Response:
    """Give officers the workshops that are running."""
    who = _officer()
    running = [known for known in services().engine.workshops() if known.phase == "running"]
    return page("papers.html", sheet="prepare.css", script="papers.js", who=who, running=running[::-1])


@pages.get("/paper/<workshop>")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_workshop", "not_allowed"))
def paper(workshop: str) -> Response:
    """Give the page on which paper ballots are entered by one officer and confirmed by another."""
    who = _officer()
    told = _desk(workshop, who)
    frame = {
        "workshop": workshop, "title": told.title, "synthetic": told.synthetic, "rehearsal": told.rehearsal,
        "staff": {f"staff/{one.id}": one.name for one in services().passes.accounts() if one.role in OFFICERS},
    }  # fmt: skip
    return page("paper.html", sheet="prepare.css", script="paper.js", who=who, desk=told, frame=frame)


def _officer() -> Identity:
    who = staff(officers=True)
    if who.role not in OFFICERS:
        raise Refusal("not_allowed", allowed=" / ".join(OFFICERS))
    return who


pages.register_error_handler(Refusal, sorry)
