"""Accounts of staff, as an organiser makes and closes them: a page, and the calls behind it. Keeps no password."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, Response

from server.web import parsing, replies
from server.web.access import rule
from server.web.messages import Name, Password
from server.web.routes import about, staff_door
from server.web.services import caller, services
from server.web.shell import HTML, page
from server.web.staff_pages import sorry, staff
from server.workshop.commands import Short
from server.workshop.records import Record
from server.workshop.refusals import Refusal

Role = Literal["organiser", "facilitator", "officer", "observer"]

api = Blueprint("accounts", __name__)
pages = Blueprint("account_pages", __name__)


class AccountIn(Record, frozen=True):
    """An account to be made; `groups` are those that a facilitator runs, all where left out."""

    name: Name
    role: Role
    password: Password
    groups: list[Short] | None = None


class AccountView(Record, frozen=True):
    """`staff` is how the record names whoever has it; without `password` its pass alone lets them in."""

    staff: str
    name: str
    role: Role
    groups: list[str] | None
    active: bool
    password: bool


@api.get("/staff")
@rule("organiser")
@about(gives=list[AccountView])
def every() -> Response:
    """List the accounts of staff, oldest first."""
    return replies.json(_accounts())


@api.post("/staff")
@rule("organiser")
@about(takes=AccountIn, gives=list[AccountView], status=201, refuses=("name_taken",))
def add() -> Response:
    """Make an account; the person signs in with this name and password."""
    body: AccountIn = parsing.body(AccountIn, services().settings.max_message_bytes)
    if body.groups is not None and body.role != "facilitator":
        raise Refusal("malformed", problem="only a facilitator has groups; leave them out")
    services().passes.add_staff(body.name, body.role, body.groups, body.password)
    return replies.json(_accounts(), 201)


@api.post("/staff/<int:number>/close")
@rule("organiser")
@about(gives=list[AccountView], refuses=("own_account", "unknown_account"))
def close(number: int) -> Response:
    """Close an account: every pass of it ends at once."""
    if number == caller().staff:
        raise Refusal("own_account")
    if number not in {account.id for account in services().passes.accounts()}:
        raise Refusal("unknown_account", staff=number)
    services().passes.retire(number)
    return replies.json(_accounts())


def _accounts() -> list[AccountView]:
    return [
        AccountView(f"staff/{one.id}", one.name, one.role, one.groups, one.active, one.password_hash is not None)
        for one in services().passes.accounts()
    ]


@pages.get("/console/accounts")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("not_allowed",))
def accounts() -> Response:
    """Give the page on which an organiser makes accounts for facilitators, officers and observers."""
    who = staff()
    if who.role != "organiser":
        raise Refusal("not_allowed", allowed="organiser")
    return page("accounts.html", sheet="staff.css", script="accounts.js", who=who, me=who.by)


pages.register_error_handler(Refusal, sorry)
