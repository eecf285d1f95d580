"""How sure is the profile of the workshop's scores: by who was in the room, and by every choice taken otherwise.

Pure, and heavy enough for a worker process. It draws from a seed that the head of the trail gives, so that whoever asks
at the same head is told the same; who may see it is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from math import isnan

from consensus import GroupRatings, NodeSensitivity, Sensitivity, Uncertainty, percent, sensitivity, uncertainty
from consensus.findings import Effect
from consensus.resampling import seeded
from server.workshop import measure_views as m
from server.workshop.contents import Ballot
from server.workshop.expert import standing_ratings, whole
from server.workshop.figures import decimal
from server.workshop.freezing import latest_votes
from server.workshop.state import State
from server.workshop.whys import OWN_GROUP, why

RESAMPLES, DRAWS, WEAKEST = 2000, 1024, 5
WEIGHTS = "weights"
RARELY = 0.05  # of the drawn weights; where fewer of them take a goal is not said

Cast = Mapping[str, Mapping[int, Sequence[Ballot]]]  # by group and round


def seed_of(head: str) -> int:
    """Where chance starts at this head, given as people compare it, in groups or in one."""
    return int.from_bytes(blake2b(head.replace(" ", "").encode(), digest_size=8).digest())


def certainty(state: State, ballots: Cast, seed: int) -> m.CertaintyView | None:
    """Compute both studies from the opened ballots of every round that stands; None before anything counts.

    Goals of a group that lost a ballot to an erasure are withheld: what changed would be that person's.
    """
    groups = [group for group in state.groups.values() if group.kind == "dimension"]
    rated = [GroupRatings(group.id, *standing_ratings(group, ballots.get(group.id, {}))) for group in groups]
    rated = [one for one in rated if one.items]
    if not rated:
        return None
    fixed = {item: value for group in groups for item, value in group.decided.items()}
    latest = latest_votes(state, "dimension")
    unsettled = [item for item, figures in latest.items() if figures.outcome != "consensus"]
    rule = state.consensus_rule
    sure = uncertainty(
        state.tree, rated, rng=seeded(seed), resamples=RESAMPLES, value=rule.agreed_value, fixed=fixed
    )
    moved = sensitivity(
        state.tree, rated, rule, rng=seeded(seed + 1), draws=DRAWS, weakest=WEAKEST, fixed=fixed, unsettled=unsettled
    )
    few = {item for item, figures in latest.items() if figures.n < state.settings.suppress_below}
    few |= {item for group in groups if not whole(group, ballots.get(group.id, {})) for item in group.items}
    hidden = {node for item in few for node in state.tree.path(item)}
    listed = not hidden and len(moved.nodes) > WEAKEST
    return m.CertaintyView(
        goals=tuple(
            _withheld(node) if node in hidden else _goal(state, node, found, sure, moved)
            for node, found in moved.nodes.items()
        ),
        weakest=moved.weakest if listed else (), weakest_changes=_lists(moved) if listed else (),
        combined_same=decimal(moved.same_weakest) if listed else None,
        weighted_same=decimal(moved.weighted_same_weakest) if listed else None,
        resamples=RESAMPLES, combinations=moved.combinations, draws=DRAWS, not_tried=_not_tried(state, moved),
    )  # fmt: skip


def _not_tried(state: State, moved: Sensitivity) -> dict[str, str]:
    found = {choice: why(reason) or "" for choice, reason in moved.not_tried.items()}
    by_group = [one for one in moved.effects if one.choice == "group"]
    if by_group and not any(_concerns(state, node, one) for one in by_group for node in moved.nodes):
        found["group"] = OWN_GROUP
    return found


def _withheld(node: str) -> m.GoalView:
    return m.GoalView(node, True, None, None, None, None, None, None, (), (), None, (), None)


def _goal(state: State, node: str, found: NodeSensitivity, sure: Uncertainty, moved: Sensitivity) -> m.GoalView:
    interval = sure[node]
    if isnan(found.value):
        return m.GoalView(node, False, None, None, None, None, None, None, (), (), None, (), why(interval.reason))
    own = found.bands[0] if len(found.bands) == 1 else None
    return m.GoalView(
        node=node, withheld=False, value=decimal(found.value), low=decimal(interval.low), high=decimal(interval.high),
        share=decimal(interval.bands.get(own, 0.0)) if own and interval.bands else None,
        span_low=decimal(found.low), span_high=decimal(found.high), bands=found.bands,
        combined_bands=found.combined_bands, combined_same=decimal(found.same_bands),
        choices=_choices(state, node, found, moved), why=why(interval.reason),
    )  # fmt: skip


def _choices(state: State, node: str, found: NodeSensitivity, moved: Sensitivity) -> tuple[m.ChoiceView, ...]:
    """Every option that was tried on a goal, in the order of the study; weights last."""
    told = [
        m.ChoiceView(one.choice, one.option, one.tried, decimal(one.moves[node]), _elsewhere(one.becomes.get(node, ())))
        for one in moved.effects
        if node in one.moves and _concerns(state, node, one)
    ]
    ends = [percent(end, state.scale, state.tree.percent) for end in (found.weighted_low, found.weighted_high)]
    here = percent(found.value, state.scale, state.tree.percent)
    often = [(bands, times) for bands, times in found.weighted_becomes if times >= RARELY * moved.draws]
    furthest = max(abs(end - here) for end in ends)
    told.append(m.ChoiceView(WEIGHTS, "", moved.draws, decimal(furthest), _elsewhere(often)))
    return tuple(told)


def _concerns(state: State, node: str, effect: Effect) -> bool:
    """Whether an option can say anything of a goal: nobody is left out of a goal that their group does not score, and
    no group of the one goal that it scores alone, for without it there is nothing to compare.
    """
    if effect.choice not in ("rater", "group"):
        return True
    leaves, scored = set(state.tree.leaves_under(node)), set(state.groups[effect.option].items)
    return bool(leaves & scored) and (effect.choice == "rater" or not leaves <= scored)


def _elsewhere(found: Iterable[tuple[tuple[str, ...], int]]) -> tuple[m.Elsewhere, ...]:
    return tuple(m.Elsewhere(bands, times) for bands, times in found)


def _lists(moved: Sensitivity) -> tuple[m.WeakestChange, ...]:
    told = [
        m.WeakestChange(one.choice, one.option, one.tried, one.weakest, one.entered, one.left)
        for one in moved.effects
        if one.weakest
    ]
    if WEIGHTS in moved.weakest_changed_by:
        times = round((1 - moved.weighted_same_weakest) * moved.draws)
        told.append(m.WeakestChange(WEIGHTS, "", moved.draws, times, (), ()))
    return tuple(told)
