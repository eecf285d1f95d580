"""What is asked beside the verdicts: chances of rules, measures of groups, how sure a profile is. None of it gates."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g

from server import visibility
from server.web import parsing, replies
from server.web.access import rule
from server.web.messages import RuleIn
from server.web.routes import about
from server.web.services import services
from server.workshop.expert_views import ExpertView, PresetView, RuleView
from server.workshop.measure_views import CertaintyView, MeasuresView
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
    return replies.json(services().rules(*_sizes(parsing.whole("raters", 8), parsing.whole("categories", 5))))


@api.post("/rules")
@rule("staff")
@about(takes=RuleIn, gives=RuleView, refuses=("bad_rule", "not_finished"))
def weigh() -> Response:
    """Weigh one rule, a preset's name or a document of clauses: written out, its digest, and its chances."""
    asked: RuleIn = parsing.body(RuleIn, services().settings.max_message_bytes)
    return replies.json(services().rule(asked.rule, *_sizes(asked.raters, asked.categories)))


@api.get("/rules/schema")
@rule("anyone")
@about(gives=dict[str, Any])
def schema() -> Response:
    """Give the JSON schema (2020-12) of a rule's document, with the meaning and the limits of every clause."""
    return replies.json(services().rule_schema())


def _sizes(raters: int, categories: int) -> tuple[int, int]:
    if not 1 <= raters <= MOST_RATERS:
        raise Refusal("malformed", problem=f"raters is a whole number from 1 to {MOST_RATERS}")
    if not 2 <= categories <= MOST_CATEGORIES:
        raise Refusal("malformed", problem=f"categories is a whole number from 2 to {MOST_CATEGORIES}")
    return raters, categories


@api.get("/workshops/<workshop>/groups/<group>/expert")
@rule("staff")
@about(gives=ExpertView, refuses=("unknown_workshop", "unknown_group", "not_yet", "not_finished"))
def expert(workshop: str, group: str) -> Response:
    """Give what experts ask of a group after its latest disclosed round: conformity, raters, alpha, thresholds."""
    state = _with(workshop, group)
    return replies.json(visibility.expert_for_staff(state, group, services().expert(workshop, group), g.language))


@api.get("/workshops/<workshop>/groups/<group>/measures")
@rule("staff")
@about(gives=MeasuresView, refuses=("unknown_workshop", "unknown_group", "not_yet", "not_finished"))
def measures(workshop: str, group: str) -> Response:
    """Give every measure of a group: order, agreement in value, and each indicator's spread, stability and gap."""
    state = _with(workshop, group)
    return replies.json(visibility.measures_for_staff(state, group, services().measures(workshop, group), g.language))


@api.get("/workshops/<workshop>/certainty")
@rule("staff")
@about(gives=CertaintyView, refuses=("unknown_workshop", "not_yet", "not_finished"))
def certainty(workshop: str) -> Response:
    """Give how sure the profile is: intervals over redrawn people, and what every choice taken otherwise changes."""
    state = services().engine.look(workshop)
    return replies.json(visibility.certainty_for_staff(state, services().certainty(workshop), g.language))


def _with(workshop: str, group: str) -> Any:
    """The workshop, if it has such a group. Refusal: unknown_workshop, unknown_group."""
    state = services().engine.look(workshop)
    if group not in state.groups:
        raise Refusal("unknown_group", group=group, choices=", ".join(state.groups))
    return state
