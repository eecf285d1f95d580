"""Printed ballots: a sheet a seat with the indicators of its group, the scale, and a number that officers type.

Draws pages for paper, in both languages at once. The QR code leads an officer's page to the sheet: it holds group,
number and letter, and never a seat's secret.
"""

from __future__ import annotations

import re

from flask import Blueprint, Response, request
from flask_babel import format_date, gettext

from server import visibility
from server.web import qr
from server.web.access import rule
from server.web.prints import check_form, framed, printed
from server.web.routes import about, staff_door
from server.web.services import services
from server.web.shell import HTML
from server.web.staff_pages import asked_at, sorry, staff
from server.web.tongues import each
from server.workshop.refusals import Refusal

blueprint = Blueprint("paper_prints", __name__)

MOST_SHEETS = 500
_PART = re.compile(r"([1-9][0-9]{0,5})(?:[-–]([1-9][0-9]{0,5}))?")


@blueprint.post("/console/<workshop>/ballots")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_workshop", "not_allowed", "malformed", "unknown_group"))
def ballots(workshop: str) -> Response:
    """Give the paper ballots of a group as a printable page: all its indicators, or those of the open round."""
    if staff().role != "organiser":
        raise Refusal("not_allowed", allowed="organiser")
    state = services().engine.look(workshop)
    check_form(gettext("this page is out of date; load it again"))
    of_round = request.form.get("items") == "round"
    told = visibility.paper_print(state, request.form.get("group", ""), of_round=of_round)
    if of_round and told.round is None:
        raise Refusal("malformed", problem=gettext("no round of this group is open; print all its indicators"))
    wanted = _numbers(request.form.get("numbers", ""))
    sheets = [one for one in told.ballots if wanted is None or one.ballot in wanted]
    if not sheets or len(sheets) > MOST_SHEETS:
        problem = gettext("no seat of this group has such a number; issue seats first, or type other numbers")
        raise Refusal("malformed", problem=problem)
    origin = services().addresses.printed(asked_at()).origin
    codes = {
        one.ballot: qr.svg(f"{origin}/paper/{workshop}#{told.group}/{one.ballot}{one.check}",
                           gettext("QR code of ballot %(n)s", n=f"{one.ballot} {one.check}"))
        for one in sheets
    }  # fmt: skip
    names = each(lambda tongue: visibility.frame(state, tongue)["nodes"])
    scales = each(lambda tongue: {one["value"]: one["label"] for one in visibility.frame(state, tongue)["scale"]})
    today = services().preflight.now().date()
    return printed(
        "ballots.html", state, told=told, sheets=sheets, codes=codes, nodes=names, scales=scales,
        group=next(group for group in framed(state)["groups"] if group["id"] == told.group),
        today=lambda: format_date(today, "long"),
    )  # fmt: skip


def _numbers(text: str) -> set[int] | None:
    """The numbers of `1-4, 9`; None where nothing is typed. Refusal: malformed."""
    if not text.strip():
        return None
    found: set[int] = set()
    for part in re.split(r"[,;\s]+", text.strip()):
        read = _PART.fullmatch(part)
        first, last = (int(read[1]), int(read[2] or read[1])) if read else (1, 0)
        if not 0 <= last - first < MOST_SHEETS:
            raise Refusal("malformed", problem=gettext("numbers are typed as 1-4, 9"))
        found |= set(range(first, last + 1))
    return found


blueprint.register_error_handler(Refusal, sorry)
