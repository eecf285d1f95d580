"""What the hall was shown, as a page for phones: a group's indicators after a reveal, the profile after the freeze.

It works without a script and holds nothing that `visibility` does not give a seat. No figure is made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, g
from werkzeug.wrappers import Response as Redirect

from server import visibility
from server.web import phone
from server.web.access import rule
from server.web.routes import about
from server.web.services import services
from server.web.shell import HTML, page
from server.workshop.refusals import Refusal
from server.workshop.result_views import NodeView, ProfileView
from server.workshop.views import BallotView

blueprint = Blueprint("hall_results", __name__)

STREAMS = ("agreed", "interview", "metric")


@blueprint.get("/results")
@rule("anyone")
@about(media=HTML)
def results() -> Response | Redirect:
    """Give what the hall was shown of the seat's group, and the agreed profile once the workshop is frozen."""
    try:
        ballot = phone.ballot_of(phone.holder())
    except Refusal as refusal:
        return phone.turned_away(refusal)
    shown = [item for item in ballot.items if item.feedback]
    return page(
        "results.html", sheet="phone.css", ballot=ballot, shown=shown, synthetic=ballot.synthetic,
        rehearsal=ballot.rehearsal,
        said=phone.said(ballot), round=max((item.feedback.round for item in shown if item.feedback), default=None),
        profile=_profile(ballot),
    )  # fmt: skip


# --- the profile ------------------------------------------------------------------------------------------------------


def _profile(ballot: BallotView) -> dict[str, object] | None:
    """The profile as a phone lists it: under each top node its goals, and the indicators behind them."""
    if ballot.workshop_phase != "frozen":
        return None
    nodes = services().nodes(ballot.workshop)
    view = visibility.profile_view(services().engine.look(ballot.workshop), nodes, g.language, staff=False)
    under: dict[str | None, list[NodeView]] = {}
    for node in view.nodes:
        under.setdefault(node.parent, []).append(node)
    return {
        "view": view, "streams": _streams(view),
        "tops": [(top, under.get(top.id) or [top], list(_leaves(top, under))) for top in under[None]],
    }  # fmt: skip


def _streams(view: ProfileView) -> Sequence[str]:
    return [stream for stream in STREAMS if any(stream in node.streams for node in view.nodes)]


def _leaves(node: NodeView, under: Mapping[str | None, list[NodeView]]) -> list[NodeView]:
    children = under.get(node.id, [])
    return [leaf for child in children for leaf in _leaves(child, under)] if children else [node]


blueprint.register_error_handler(Exception, phone.failed)
