"""The pre-flight as a page and for programs: its lines, the choice of the address that cards print, and the check by
which a phone looks at itself. It draws and translates; limits and sentences are `server.preflight`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, g, request
from flask_babel import gettext

from server.preflight import kind_sentence, tell
from server.web import parsing, qr, replies
from server.web.access import rule
from server.web.messages import AddressListed, ChooseAddress, PhoneClock, PhoneFound, PreflightLine, PreflightTold
from server.web.routes import about, staff_door
from server.web.services import services
from server.web.shell import HTML, page
from server.web.staff_pages import asked_at, sorry, staff
from server.workshop.refusals import Refusal

api = Blueprint("preflight", __name__)
pages = Blueprint("preflight_pages", __name__)

CHECK = "mufakat_check"  # a cookie that comes back or does not
CHECK_SECONDS = 600


# --- for programs -----------------------------------------------------------------------------------------------------


@api.get("/preflight")
@rule("staff")
@about(gives=PreflightTold)
def lines() -> Response:
    """Look whether this machine is ready: every line with its state, and the addresses that phones could open."""
    return replies.json(looked())


@api.get("/preflight/phone")
@rule("staff")
@about(gives=PreflightLine)
def phone_line() -> Response:
    """Give the one line that changes while people look: whether a phone has passed."""
    return replies.json(_line(services().preflight.phone_line()))


@api.put("/preflight/address")
@rule("organiser")
@about(takes=ChooseAddress, status=204, refuses=("unknown_address", "not_saved"))
def choose() -> Response:
    """Choose the address that cards, posters and the display print from now on."""
    body: ChooseAddress = parsing.body(ChooseAddress, services().settings.max_message_bytes)
    services().addresses.choose(body.address)
    return Response(status=204)


@api.get("/phone-check")
@rule("anyone")
@about(gives=PhoneClock)
def phone_clock() -> Response:
    """Tell a phone the server's time, and whether the cookie that its page gave came back."""
    now = services().preflight.now()
    return replies.json(PhoneClock(now=now.timestamp(), cookie=request.cookies.get(CHECK) == "1"))


@api.post("/phone-check")
@rule("anyone")
@about(takes=PhoneFound, status=204)
def phone_found() -> Response:
    """Take what a phone found when it looked at itself; only counts are kept."""
    body: PhoneFound = parsing.body(PhoneFound, services().settings.max_message_bytes)
    services().preflight.phones.tell(body.faults)
    return Response(status=204)


def looked() -> PreflightTold:
    """Everything as it stands, in the language of the call."""
    house, asked = services(), asked_at()
    told = [_line(line) for line in house.preflight.lines(asked)]
    where = house.addresses.printed(asked)
    addresses = [
        AddressListed(one.address, one.interface, one.kind, kind_sentence(one.kind, g.language), one.usable)
        for one in house.addresses.candidates()
    ]
    return PreflightTold(
        ready=not any(line.state == "mend" for line in told), lines=told, origin=where.origin, how=where.how,
        addresses=addresses,
    )  # fmt: skip


def _line(line: object) -> PreflightLine:
    told = tell(line, g.language)  # type: ignore[arg-type]  # as the services give it
    return PreflightLine(told.key, told.state, told.code, told.word, told.title, told.sentence)


# --- pages ------------------------------------------------------------------------------------------------------------


@pages.get("/preflight")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("not_allowed",))
def preflight() -> Response:
    """Give the pre-flight, with the address that phones open and its QR code."""
    who = staff()
    told, workshop = looked(), _workshop()
    check = f"{told.origin}/phone-check"
    return page(
        "preflight.html", sheet="prepare.css", script="preflight.js", who=who, told=told, workshop=workshop,
        check=check, qr=qr.svg(check, gettext("QR code of the check for phones")),
        printed=urlsplit(told.origin).hostname,
    )  # fmt: skip


@pages.get("/phone-check")
@rule("anyone")
@about(media=HTML)
def phone_check() -> Response:
    """Give the page on which a phone looks at itself."""
    answer = page("phone_check.html", sheet="phone.css", script="phone_check.js")
    answer.set_cookie(CHECK, "1", max_age=CHECK_SECONDS, samesite="Lax")
    return answer


def _workshop() -> str | None:
    """The workshop whose console somebody came from, if it is one."""
    asked = request.args.get("workshop", "")
    return next((known.id for known in services().engine.workshops() if known.id == asked), None)


pages.register_error_handler(Refusal, sorry)
