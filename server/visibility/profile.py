"""The profile: values, bands and completeness of every stream; what too few people rated stays out, sums included."""

from __future__ import annotations

from collections.abc import Mapping

from server.locale import Language, percent_text
from server.visibility.common import disclosed, indicative, text_in, withheld
from server.workshop import result_views as v
from server.workshop.contents import NodeFigures
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
                    stream: _stream(state, found, stream, node in hidden.get(stream, ()),
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
        resamples=told.resamples, draws=told.draws, not_tried=told.not_tried,
    )  # fmt: skip


def _goal(goal: GoalView) -> GoalView:
    return GoalView(goal.node, True, None, None, None, None, None, None, (), (), None)


def _hidden(state: State) -> dict[str, set[str]]:
    """Nodes whose value would tell, alone or by subtraction, what too few people rated."""
    hidden: dict[str, set[str]] = {"workshop": set(), "plenary": set()}
    for group in state.groups.values():
        stream = "plenary" if group.kind == "plenary" else "workshop"
        for item in group.items:
            votes = group.votes(item)
            if votes and withheld(state, votes[-1][1]):
                hidden[stream] |= set(state.tree.path(item))
    # the bounds of an item that is not agreed are its quartiles
    return {**hidden, "agreed": hidden["workshop"]}


def _stream(
    state: State, f: NodeFigures, stream: str, hidden: bool, share: tuple[int, int] | None, language: Language
) -> v.StreamView:
    known = stream == "agreed" and f.value is not None
    closed = hidden and not known
    value = None if closed else f.value
    band = band_of(state, value)
    return v.StreamView(
        value=value, low=None if closed else f.low, high=None if closed else f.high,
        percent=in_percent(state, value),
        band=None if band is None else v.BandView(band.key, text_in(band.name, language) or band.key),
        agreed=f.agreed, of=f.of, withheld=closed,
        completeness=None if share is None else _complete(*share, language),
    )  # fmt: skip


def _complete(answered: int, asked: int, language: Language) -> v.Completeness:
    return v.Completeness(answered, asked, percent_text(answered, asked, language))
