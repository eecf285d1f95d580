"""The pages for experts: every measure of a group, and how sure the profile is. Drawn whole, for reading and printing;
a script only draws their figures larger, with files to keep.

Staff alone see them, once a round is disclosed; what may be shown is chosen by `visibility`, what it says by `reports`.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from server import visibility
from server.reports.experts import group_sections
from server.reports.numerals import Numerals
from server.reports.sure_data import sure_data
from server.reports.sure_sheet import sure_sections
from server.reports.words import LANGUAGES, words
from server.web.access import rule
from server.web.i18n import language
from server.web.routes import about, staff_door
from server.web.services import services
from server.web.shell import HTML, page
from server.web.staff_pages import sorry, staff
from server.workshop.refusals import Refusal

blueprint = Blueprint("expert_pages", __name__)


@blueprint.record_once
def _at_hand(_: object) -> None:
    """Read the sentences before the first guest comes: it takes longer than phones should wait."""
    for tongue in LANGUAGES:
        words(tongue)


OF_A_PAGE = ("unknown_workshop", "not_yet", "not_finished")


@blueprint.get("/console/<workshop>/experts/<group>")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=("unknown_group", *OF_A_PAGE))
def group(workshop: str, group: str) -> Response:
    """Give every measure of a group after its latest disclosed round, with what each one means."""
    staff()
    state, tongue = services().engine.look(workshop), language()
    if group not in state.groups:
        raise Refusal("unknown_group", group=group, choices=", ".join(state.groups))
    told = visibility.expert_for_staff(state, group, services().expert(workshop, group), tongue)
    measured = visibility.measures_for_staff(state, group, services().measures(workshop, group), tongue)
    sections = group_sections(state, told, measured, words(tongue), Numerals(tongue))
    return page(
        "experts.html", sheet="experts.css", script="experts.js", told=told, sections=sections, here=group,
        whole=measured.agreement is not None, figures={"orders": told.concordances}, **_around(workshop),
    )  # fmt: skip


@blueprint.get("/console/<workshop>/certainty")
@rule("anyone")
@staff_door
@about(media=HTML, refuses=OF_A_PAGE)
def certainty(workshop: str) -> Response:
    """Give how sure the profile of the workshop's scores is: by who was in the room, and by every choice."""
    staff()
    state, tongue = services().engine.look(workshop), language()
    found = visibility.certainty_for_staff(state, services().certainty(workshop), tongue)
    sections = sure_sections(state, found, words(tongue), Numerals(tongue))
    figures = sure_data(state, found, words(tongue), Numerals(tongue))
    return page("certainty.html", sheet="experts.css", script="experts.js", sections=sections, here=None,
                figures=figures, **_around(workshop))  # fmt: skip


def _around(workshop: str) -> dict[str, Any]:
    """The workshop's names, and the groups that have a page of this kind."""
    state = services().engine.look(workshop)
    frame = visibility.frame(state, language())
    shown = {one.id for one in state.groups.values() if any(r.assessed and not r.voided for r in one.rounds)}
    return {"state": state, "frame": frame, "groups": [one for one in frame["groups"] if one["id"] in shown]}


blueprint.register_error_handler(Refusal, sorry)
