"""What is asked beside the verdicts: chances of the rules, and a group's figures for experts. None of it gates."""

from __future__ import annotations

from flask import Blueprint, Response, g

from server import visibility
from server.web import parsing, replies
from server.web.access import rule
from server.web.routes import about
from server.web.services import services
from server.workshop.expert_views import ExpertView, PresetView
from server.workshop.refusals import Refusal

api = Blueprint("experts", __name__)

MOST_RATERS, MOST_CATEGORIES = 40, 11  # beyond, a chance takes seconds to find and says little


@api.get("/rules")
@rule("staff")
@about(
    gives=tuple[PresetView, ...], refuses=("malformed", "not_finished"),
    query=(("raters", "voices in a group, 1 to 40; 8 by default"),
           ("categories", "points of the scale, 2 to 11; 5 by default")),
)  # fmt: skip
def rules() -> Response:
    """Give every preset rule with the voices it asks for and how often panels with nothing to agree on pass."""
    raters, categories = parsing.whole("raters", 8), parsing.whole("categories", 5)
    if not 1 <= raters <= MOST_RATERS:
        raise Refusal("malformed", problem=f"raters is a whole number from 1 to {MOST_RATERS}")
    if not 2 <= categories <= MOST_CATEGORIES:
        raise Refusal("malformed", problem=f"categories is a whole number from 2 to {MOST_CATEGORIES}")
    return replies.json(services().rules(raters, categories))


@api.get("/workshops/<workshop>/groups/<group>/expert")
@rule("staff")
@about(gives=ExpertView, refuses=("unknown_workshop", "unknown_group", "not_yet", "not_finished"))
def expert(workshop: str, group: str) -> Response:
    """Give what experts ask of a group after its latest disclosed round: conformity, raters, alpha, thresholds."""
    state = services().engine.look(workshop)
    if group not in state.groups:
        raise Refusal("unknown_group", group=group, choices=", ".join(state.groups))
    return replies.json(visibility.expert_for_staff(state, group, services().expert(workshop, group), g.language))
