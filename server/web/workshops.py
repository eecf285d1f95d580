"""Workshops as staff set them up and run them: create, look, command, displays. No rule lives here."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, g

from server import visibility
from server.web import access, parsing, problems, replies
from server.web.access import rule
from server.web.messages import (
    Committed,
    DisplayPass,
    RevokeDisplay,
    WorkshopIn,
    WorkshopListed,
    WorkshopMade,
    Workshops,
)
from server.web.orders import rehearsal_order, workshop_order
from server.web.routes import about
from server.web.services import caller, services
from server.workshop.commands import AnyCommand, TakeLease
from server.workshop.refusals import Refusal
from server.workshop.rehearsals import ending
from server.workshop.views import StaffState

api = Blueprint("workshops", __name__)

MOST_COMMAND = 512 * 1024  # issue_seats carries up to 2,000 named rows
MOST_DOCUMENT = 1024 * 1024  # a framework document of some hundred nodes in two languages
OF_A_COMMAND = ("stale", "lease_held", "wrong_phase", "not_running", "other_group", "unknown_group", "not_saved")


@api.post("/workshops")
@rule("organiser")
@about(
    takes=WorkshopIn, gives=WorkshopMade, status=201,
    refuses=("unknown_framework", "bad_framework", "bad_groups", "bad_rule", "not_saved"),
)  # fmt: skip
def create() -> Response:
    """Make a workshop from a framework, a consensus rule and settings."""
    house = services()
    body: WorkshopIn = parsing.body(WorkshopIn, MOST_DOCUMENT)
    order = workshop_order(body, house.framework)
    told = house.engine.create(order, caller().actor)
    return replies.json(WorkshopMade(order.workshop, told["version"], told["join_code"]), 201)


@api.get("/workshops")
@rule("staff", "officer")
@about(gives=Workshops)
def every() -> Response:
    """List every workshop, oldest first."""
    found = [WorkshopListed(w.id, w.title, w.phase, w.created_at) for w in services().engine.workshops()]
    return replies.json(Workshops(found))


@api.get("/workshops/<workshop>")
@rule("staff")
@about(gives=StaffState, refuses=("unknown_workshop",))
def state(workshop: str) -> Response:
    """Give the state of a workshop: phases, groups, rounds, seats, versions, leases."""
    return replies.json(staff_state(workshop))


def staff_state(workshop: str) -> StaffState:
    """The staff's picture, caught up with the database."""
    engine = services().engine
    now = engine.look(workshop)
    code = next((w.room_code for w in engine.workshops() if w.id == workshop), None)
    return visibility.staff_state(now, engine.leases(workshop), code)


@api.post("/workshops/<workshop>/commands")
@rule("staff", "officer")
@about(takes=AnyCommand, gives=Committed, refuses=("unknown_workshop", "malformed", *OF_A_COMMAND))
def command(workshop: str) -> Response:
    """Give an order to a workshop or a group; it is committed before it is answered, or refused and nothing changed."""
    house = services()
    house.engine.state(workshop)
    order: Any = parsing.body(AnyCommand, MOST_COMMAND)
    return submit(workshop, order)


def submit(workshop: str, order: Any, **more: Any) -> Response:
    """Have an order committed; the answer to it, or its refusal."""
    house = services()
    try:
        told = house.engine.submit(workshop, caller().actor, order)
    except Refusal as refusal:
        return refused(workshop, refusal, getattr(order, "group", None))
    if isinstance(order, TakeLease):
        house.desk.changed(workshop)  # who is in control is in no trail, so no commit tells it
    return replies.json({"ok": True, **told, **more})


def refused(workshop: str, refusal: Refusal, group: str | None) -> Response:
    """The problem of a refused command; a conflict shows the state as it is now."""
    extra: dict[str, Any] = {"ok": False, "message": refusal.sentence(g.language)}
    if problems.STATUS[refusal.code] == 409 and caller().role != "officer":  # who sees paper ballots, not the console
        now = staff_state(workshop)
        version = next((found.version for found in now.groups if found.id == group), now.version)
        extra |= {"version": version, "state": msgspec.to_builtins(now)}
    return problems.problem(refusal, **extra)


# --- rehearsals -------------------------------------------------------------------------------------------------------


@api.post("/workshops/<workshop>/rehearsals")
@rule("organiser")
@about(gives=WorkshopMade, status=201, refuses=("unknown_workshop", "not_draft", "a_rehearsal", "not_saved"))
def rehearse(workshop: str) -> Response:
    """Make a rehearsal of a workshop that is being prepared: the same set-up, marked everywhere as a rehearsal."""
    engine = services().engine
    order = rehearsal_order(engine.look(workshop), [known.id for known in engine.workshops()])
    told = engine.create(order, caller().actor)
    return replies.json(WorkshopMade(order.workshop, told["version"], told["join_code"]), 201)


@api.post("/workshops/<workshop>/end")
@rule("organiser")
@about(gives=StaffState, refuses=("unknown_workshop", "not_a_rehearsal", "not_running", "being_assessed"))
def end(workshop: str) -> Response:
    """End a rehearsal: open rounds are cancelled, groups conclude, all is frozen; its cards open nothing any more."""
    engine = services().engine
    while (order := ending(engine.look(workshop))) is not None:
        engine.submit(workshop, caller().actor, order)
    return replies.json(staff_state(workshop))


# --- displays ---------------------------------------------------------------------------------------------------------


@api.post("/workshops/<workshop>/displays")
@rule("organiser", "facilitator")
@about(gives=DisplayPass, status=201, refuses=("unknown_workshop",))
def display(workshop: str) -> Response:
    """Make a pass for a hall display; a browser keeps it at once."""
    services().engine.state(workshop)
    secret = services().passes.display(workshop)
    return access.set_pass(replies.json(DisplayPass(secret), 201), "display", secret)


@api.post("/workshops/<workshop>/displays/revoke")
@rule("organiser", "facilitator")
@about(takes=RevokeDisplay, status=204, refuses=("unknown_workshop", "pass_revoked"))
def revoke_display(workshop: str) -> Response:
    """Revoke the pass of a hall display; it goes dark at once."""
    services().engine.state(workshop)
    body: RevokeDisplay = parsing.body(RevokeDisplay, services().settings.max_message_bytes)
    who = services().passes.who(body.secret)
    if (who.kind, who.workshop) != ("display", workshop):
        raise Refusal("pass_revoked")
    services().passes.revoke(body.secret)
    return Response(status=204)
