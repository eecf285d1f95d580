"""What staff keep beside the record: displays gone blank, working notes of a discussion, who is in the room.

Translates only: what may be written is `server.desk`'s to say, what may be seen `visibility`'s.
"""

from __future__ import annotations

from flask import Blueprint, Response

from server import visibility
from server.desk import Notes
from server.web import parsing, replies
from server.web.access import rule
from server.web.messages import Answerable, DeskView, ShowIn
from server.web.routes import about
from server.web.services import caller, services
from server.workshop.views import GroupPresent

api = Blueprint("desk", __name__)

MOST_NOTES = 64 * 1024


@api.get("/workshops/<workshop>/desk")
@rule("staff")
@about(gives=DeskView, refuses=("unknown_workshop",))
def kept(workshop: str) -> Response:
    """Give what staff keep beside the record: what displays stand on, and working notes."""
    return _kept(services().engine.state(workshop).workshop)


def _kept(workshop: str) -> Response:
    found = services().desk.kept(workshop)
    return replies.json(DeskView(found.shows, found.notes))


@api.put("/workshops/<workshop>/desk/show")
@rule("organiser", "facilitator")
@about(takes=ShowIn, gives=DeskView, refuses=("unknown_workshop", "unknown_group", "not_saved"))
def show(workshop: str) -> Response:
    """Have hall displays go blank, show how to join, or go on; they follow at once."""
    asked: ShowIn = parsing.body(ShowIn, services().settings.max_message_bytes)
    services().desk.show(services().engine.state(workshop), asked.scope, asked.show)
    return _kept(workshop)


@api.put("/workshops/<workshop>/desk/notes/<group>")
@rule("organiser", "facilitator")
@about(
    takes=Notes, gives=DeskView,
    refuses=("unknown_workshop", "unknown_group", "other_group", "lease_held", "not_saved", "malformed"),
)  # fmt: skip
def note(workshop: str, group: str) -> Response:
    """Keep a group's working notes, all of them: what comes first, is set aside, goes to the plenary; the time."""
    notes: Notes = parsing.body(Notes, MOST_NOTES)
    services().desk.note(services().engine.state(workshop), caller().actor, group, notes)
    return _kept(workshop)


# --- who is in the room -----------------------------------------------------------------------------------------------


@api.get("/workshops/<workshop>/people")
@rule("staff")
@about(gives=tuple[GroupPresent, ...], refuses=("unknown_workshop",))
def people(workshop: str) -> Response:
    """Give who sits in each group by sector, agency and gender, as counts; too small ones are withheld."""
    return _people(workshop)


def _people(workshop: str) -> Response:
    state, desk = services().engine.look(workshop), services().desk
    return replies.json(visibility.who_is_here(state, desk.people(workshop), desk.kept(workshop).answerable))


@api.put("/workshops/<workshop>/people/<group>/answerable")
@rule("organiser")
@about(
    takes=Answerable, gives=tuple[GroupPresent, ...],
    refuses=("unknown_workshop", "unknown_group", "not_saved", "malformed"),
)  # fmt: skip
def answerable(workshop: str, group: str) -> Response:
    """Say which agency answers for what a group rates, so that a group of its own people alone is noticed."""
    asked: Answerable = parsing.body(Answerable, services().settings.max_message_bytes)
    services().desk.answers_for(services().engine.state(workshop), group, asked.agency)
    return _people(workshop)
