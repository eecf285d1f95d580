"""The profile: values, bands and completeness of every stream; what too few people rated stays out, sums included."""

from __future__ import annotations

from collections.abc import Mapping

from server.locale import Language, percent_text
from server.visibility.common import disclosed, indicative, rests_on_few, text_in, withheld
from server.workshop import result_views as v
from server.workshop.contents import NodeFigures
from server.workshop.freezing import AGREED
from server.workshop.measure_views import CertaintyView, GoalView
from server.workshop.measured import band_of, coverage, in_percent
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.state import State


def profile_view(
    state: State, nodes: Mapping[str, NodeFigures], language: Language, *, staff: bool = True
) -> v.ProfileView:
    """The profile with percent, band and completeness; `nodes` are the contents of `index.frozen` by sealed name.

    Before the freeze it is the staff's alone: Refusal `not_yet`.
    """
    if not staff and state.phase is not Phase.FROZEN:
        raise Refusal("not_yet", when="the index is frozen" if language == "en" else "indeks dibekukan")
    covered, hidden = coverage(state), _hidden(state)
    streams = [s for s in ("interview", "metric", "workshop", "plenary", "agreed")
               if any(name.endswith(f"/{s}") for name in nodes)]  # fmt: skip
    return v.ProfileView(
        workshop=state.workshop, title=state.title, city=state.city, language=language,
        final=state.phase is Phase.FROZEN, frozen_at=state.frozen_at, method=state.consensus_rule.agreed_value,
        synthetic=state.synthetic, baseline_synthetic=state.baseline_synthetic, indicative=indicative(state),
        completeness={
            stream: _complete(sum(shares[top][0] for top in state.tree.top),
                              sum(shares[top][1] for top in state.tree.top), language)
            for stream, shares in covered.items()
        },
        nodes=tuple(
            v.NodeView(
                id=node, parent=state.tree.node(node).parent, level=state.tree.node(node).level,
                name=text_in(state.tree.node(node).name, language) or node,
                streams={
                    stream: _stream(state, found, stream, hidden.get(stream, {}).get(node, set()),
                                    covered.get(stream, {}).get(node), language)
                    for stream in streams
                    if (found := nodes.get(f"node/{node}/{stream}")) is not None
                },
            )
            for node in state.tree.parents_first
        ),
    )  # fmt: skip


def certainty_for_staff(state: State, told: CertaintyView | None, language: str = "en") -> CertaintyView:
    """How sure the profile is, without goals that rest on too few or a list they stand in. Refusal `not_yet`."""
    told, hidden = disclosed(told, language), _hidden(state)["workshop"]
    whole = not hidden
    return CertaintyView(
        goals=tuple(_goal(goal) if goal.node in hidden else goal for goal in told.goals),
        weakest=told.weakest if whole else (), weakest_changes=told.weakest_changes if whole else (),
        combined_same=told.combined_same if whole else None, weighted_same=told.weighted_same if whole else None,
        resamples=told.resamples, combinations=told.combinations, draws=told.draws, not_tried=told.not_tried,
    )  # fmt: skip


def _goal(goal: GoalView) -> GoalView:
    return GoalView(goal.node, True, None, None, None, None, None, None, (), (), None, (), None)


def _hidden(state: State) -> dict[str, dict[str, set[str]]]:
    """By stream and node, the leaves under it whose value would tell, perhaps by subtraction, what too few rated."""
    hidden: dict[str, dict[str, set[str]]] = {"workshop": {}, "plenary": {}, "agreed": {}}
    for group in state.groups.values():
        plenary = group.kind == "plenary"
        for item in group.items:
            votes = group.votes(item)
            streams = ["plenary" if plenary else "workshop"] if votes and withheld(state, votes[-1][1]) else []
            streams += ["agreed"] if not plenary and rests_on_few(state, group, item) else []
            for stream, node in ((stream, node) for stream in streams for node in state.tree.path(item)):
                hidden[stream].setdefault(node, set()).add(item)
    return hidden


def _stream(
    state: State, f: NodeFigures, stream: str, few: set[str], share: tuple[int, int] | None, language: Language
) -> v.StreamView:
    """One node of a stream; `few` are the leaves under it that may not be told of."""
    closed = bool(few)
    value = None if closed else f.value
    band = band_of(state, value)
    return v.StreamView(
        value=value, low=None if closed else f.low, high=None if closed else f.high,
        percent=in_percent(state, value),
        band=None if band is None else v.BandView(band.key, text_in(band.name, language) or band.key),
        agreed=f.agreed - (_agreed(state, few) if stream == "agreed" else 0), of=f.of, withheld=closed,
        completeness=None if share is None else _complete(*share, language),
    )  # fmt: skip


def _agreed(state: State, leaves: set[str]) -> int:
    """How many of these leaves ended in agreement."""
    endings = [end for group in state.groups.values() for item, end in group.endings.items() if item in leaves]
    return sum(end.ending in AGREED for end in endings)


def _complete(answered: int, asked: int, language: Language) -> v.Completeness:
    return v.Completeness(answered, asked, percent_text(answered, asked, language))
