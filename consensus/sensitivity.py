"""Which choices move the profile: does a goal's band change, do the weakest goals change, and which choice did it?

Owns the comparison of what was declared with what could have been. It recommends no choice, and says of raters only
how many there are whose absence matters, never who.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from consensus.arguments import generator, listed, whole
from consensus.bands import Number
from consensus.climb import Climb
from consensus.errors import ConsensusError
from consensus.findings import Becomes, Effect, NodeSensitivity, Sensitivity
from consensus.framework import Framework, known_leaves
from consensus.panels import Counted, GroupRatings, counted, fixed_values, pooled
from consensus.rules import Rule, as_rule
from consensus.scale import Bools, Floats
from consensus.scenarios import Choices, Ratings, combinations, declared_choices, options
from consensus.weighting import drawn_weights

RARELY = 0.05  # of the drawn weights; what fewer of them change is not said to change

NO_THRESHOLD = "this rule counts nobody, so it has no threshold to move"
NO_MEAN = "a scale with negative categories has the arithmetic mean alone"
NO_PERCENT = "a scale without a category above 0 has the percent rule range alone"
ONE_GROUP = "without the only group nothing is rated"
ONE_RATER = "a group of one rater has nobody left without that one"
FEW_GOALS = "there are no more goals than places on the list of the weakest, so it cannot change"


def sensitivity(
    framework: Framework,
    groups: Sequence[GroupRatings],
    rule: Rule,
    *,
    rng: np.random.Generator,
    draws: int = 4096,
    concentration: float = 10.0,
    nodes: Sequence[str] | None = None,
    weakest: int = 5,
    fixed: Mapping[str, Number] | None = None,
    unsettled: Collection[str] = (),
    left_out: Collection[str] = (),
) -> Sensitivity:
    """Take every choice otherwise, and say what it changes.

    Parameters
    ----------
    framework : Framework
    groups : sequence of GroupRatings
        The ratings on which each item stands; several groups on one leaf are pooled.
    rule : Rule
        Its location clause, on the ratings given, says which items agree.
    rng : numpy.random.Generator
    draws : int
        Sets of weights, a power of two.
    concentration : float
        How closely the weights are drawn around those declared; see `consensus.weighting.drawn_weights`.
    nodes : sequence of node ids, optional
        The goals to speak of; by default the parents of leaves.
    weakest : int
        Places on the list of the weakest.
    fixed : mapping of leaf id to value, optional
        Values that stand whatever was rated, such as the chair's decisions.
    unsettled : collection of leaf ids
        Items that do not count as agreed whatever their count, such as those not confirmed by a second vote.
    left_out : collection of leaf ids
        Leaves that do not apply here.

    Raises
    ------
    ConsensusError
        As `uncertainty`; ``bad_draws``, ``out_of_range``, ``unknown_node``.

    Notes
    -----
    An order takes one number a goal, so the list of the weakest goes by `value`; bands go by `low` and `high`. A
    group left out takes its goals along: the list is then compared with the declared one without these goals.
    """
    generator(rng)
    whole("weakest", weakest, 1)
    panel = counted(framework, groups)
    ratings = Ratings(
        framework,
        as_rule(rule),
        fixed_values(framework, fixed),
        set(known_leaves(framework, unsettled, "unsettled")),
        set(known_leaves(framework, left_out, "left_out")),
    )
    study = _Study(ratings, panel, _goals(framework, nodes), weakest)
    return study.found(rng, draws, concentration)


def _goals(framework: Framework, nodes: Sequence[str] | None) -> tuple[str, ...]:
    if nodes is not None:
        named = listed("nodes", nodes, "node ids", ordered=False)
        if not named:
            raise ConsensusError("nodes", "not_a_list", "`nodes` is empty; name a goal, or leave it out.")
        return tuple(framework.node(node).id for node in named)
    leaves = set(framework.leaves)
    return tuple(node for node in framework.parents_first if leaves.intersection(framework.children(node)))


@dataclass(frozen=True)
class _Look:
    """Sets × goals: values, both ends and the value in percent, and the bands of the ends."""

    value: Floats
    percents: Floats  # 3 × sets × goals: low, value, high
    low_band: Floats
    high_band: Floats

    def bands_differ(self, other: _Look) -> Bools:
        """Where the bands are not those of `other`; not where nothing is rated."""
        moved: Bools = (self.low_band != other.low_band) | (self.high_band != other.high_band)
        moved &= ~np.isnan(self.value)
        return moved


class _Study:
    def __init__(self, ratings: Ratings, panel: tuple[Counted, ...], goals: tuple[str, ...], weakest: int) -> None:
        self.ratings, self.panel, self.goals, self.places = ratings, panel, goals, weakest
        self.framework, self.rule = ratings.framework, ratings.rule
        self.climb = Climb(self.framework, None, ratings.left_out)
        self.columns = [self.climb.place[goal] for goal in goals]
        self.everybody = [np.ones((1, group.raters)) for group in panel]
        self.counts = pooled(panel, self.everybody, self.framework)
        self.declared = declared_choices(self.framework, self.rule)
        self.base = self._look(self.counts, self.declared)

    def found(self, rng: np.random.Generator, draws: int, concentration: float) -> Sensitivity:
        effects, not_tried = self._effects()
        weights = drawn_weights(
            self.climb.weights, self._inside(), rng=rng, draws=draws, concentration=concentration
        )
        weighted = self._look(self.counts, self.declared, weights)
        combined = _joined([self._look(self.counts, choices) for choices in combinations(self.framework, self.rule)])
        same = {name: ~look.bands_differ(self.base) for name, look in (("w", weighted), ("c", combined))}
        listed = self._weakest(self.base.value)[0]
        kept = {
            name: float((self._weakest(look.value) == listed).all(axis=1).mean())
            for name, look in (("w", weighted), ("c", combined))
        }
        by = [effect.choice for effect in effects if effect.weakest] + ["weights"] * (kept["w"] < 1 - RARELY)
        order = np.argsort(np.round(self.base.value[0], 9), kind="stable")
        share = self._weakest(weighted.value).mean(axis=0).tolist()
        ends = np.quantile(weighted.value, [0.025, 0.975], axis=0).tolist()
        nodes = {
            goal: NodeSensitivity(
                value=float(self.base.value[0, column]),
                low=self._unit(self.base.percents[0, 0, column]),
                high=self._unit(self.base.percents[2, 0, column]),
                bands=self._bands({self.base.low_band[0, column], self.base.high_band[0, column]}),
                combined_bands=self._bands({*combined.low_band[:, column], *combined.high_band[:, column]}),
                same_bands=float(same["c"][:, column].mean()),
                weighted_low=ends[0][column],
                weighted_high=ends[1][column],
                weighted_same_bands=float(same["w"][:, column].mean()),
                weighted_weakest=share[column],
                weighted_becomes=self._becomes(weighted, column),
                changed_by=_once(
                    [effect.choice for effect in effects if goal in effect.bands]
                    + ["weights"] * bool(same["w"][:, column].mean() < 1 - RARELY)
                ),
            )
            for column, goal in enumerate(self.goals)
        }
        return Sensitivity(
            nodes=nodes,
            weakest=tuple(self.goals[column] for column in order.tolist() if listed[column]),
            weakest_changed_by=_once(by),
            effects=tuple(effects),
            combinations=len(combined.value),
            same_weakest=kept["c"],
            weighted_same_weakest=kept["w"],
            draws=draws,
            not_tried=not_tried,
        )

    def _effects(self) -> tuple[list[Effect], dict[str, str]]:
        effects, not_tried = [], {}
        for choice, tried in options(self.framework, self.rule).items():
            effects += [self._effect(choice, _option(choice, one), self._look(self.counts, one)) for one in tried]
        if self.framework.scale.low < 0:
            not_tried["aggregation"] = NO_MEAN
        if self.framework.scale.high <= 0:
            not_tried["percent"] = NO_PERCENT
        if self.rule.location == "rand_ucla":
            not_tried["threshold"] = NO_THRESHOLD
        for place, group in enumerate(self.panel):
            if group.raters == 1:
                not_tried["rater"] = ONE_RATER
                continue
            effects.append(self._without("rater", place, 1 - np.eye(group.raters)))
        for place, group in enumerate(self.panel):
            if len(self.panel) == 1:
                not_tried["group"] = ONE_GROUP
                continue
            effects.append(self._without("group", place, np.zeros((1, group.raters))))
        if len(self.goals) <= self.places:
            not_tried["weakest"] = FEW_GOALS
        return effects, not_tried

    def _without(self, choice: str, place: int, kept: Floats) -> Effect:
        drawn = [np.repeat(times, len(kept), axis=0) for times in self.everybody]
        drawn[place] = kept
        look = self._look(pooled(self.panel, drawn, self.framework), self.declared)
        return self._effect(choice, self.panel[place].group, look)

    def _look(self, counts: Floats, choices: Choices, weights: Mapping[str, Floats] | None = None) -> _Look:
        seen = self.ratings.seen(counts, choices, weights)
        low, value, high = (array[:, self.columns] for array in (seen.low, seen.value, seen.high))
        return _Look(
            value,
            self.climb.percent(np.stack([low, value, high]), choices.percent),
            self.climb.bands(low, choices.percent),
            self.climb.bands(high, choices.percent),
        )

    def _effect(self, choice: str, option: str, look: _Look) -> Effect:
        moved = np.abs(look.percents - self.base.percents).max(axis=0)
        rated = ~np.isnan(moved)
        furthest = np.where(rated, moved, 0).max(axis=0).tolist()
        changed = look.bands_differ(self.base).sum(axis=0).tolist()
        there = np.where(np.isnan(look.value), np.nan, self.base.value)
        now, was = self._weakest(look.value), self._weakest(there)
        return Effect(
            choice=choice,
            option=option,
            tried=len(look.value),
            moves={goal: furthest[i] for i, goal in enumerate(self.goals) if rated[:, i].any()},
            bands={goal: count for goal, count in zip(self.goals, changed, strict=True) if count},
            becomes={goal: self._becomes(look, i) for i, goal in enumerate(self.goals) if changed[i]},
            weakest=int((now != was).any(axis=1).sum()),
            entered=self._named(now & ~was),
            left=self._named(was & ~now),
        )

    def _weakest(self, values: Floats) -> Bools:
        # Rounded, so that goals equal on paper keep the framework's order; nan goes last.
        order = np.argsort(np.round(values, 9), axis=1, kind="stable")[:, : self.places]
        listed = np.zeros(values.shape, dtype=np.bool_)
        np.put_along_axis(listed, order, True, axis=1)
        found: Bools = listed & ~np.isnan(values)
        return found

    def _inside(self) -> list[str]:
        """The goals that have children, and the nodes with children under them."""
        found = {goal for goal in self.goals if self.framework.children(goal)}
        for node in self.framework.parents_first:
            if self.framework.nodes[node].parent in found and self.framework.children(node):
                found.add(node)
        return [node for node in self.climb.inner if node in found]

    def _named(self, listed: Bools) -> tuple[str, ...]:
        return tuple(goal for column, goal in enumerate(self.goals) if listed[:, column].any())

    def _bands(self, places: set[float]) -> tuple[str, ...]:
        known = sorted(int(place) for place in places if not np.isnan(place))
        return tuple(self.framework.bands[place].key for place in known)

    def _becomes(self, look: _Look, column: int) -> Becomes:
        """The bands of a goal in the sets where they are not the declared ones, and in how many."""
        moved = look.bands_differ(self.base)[:, column]
        ends = np.stack([look.low_band[moved, column], look.high_band[moved, column]], axis=1)
        pairs, times = np.unique(ends, axis=0, return_counts=True)
        found = [(self._bands({*pair}), count) for pair, count in zip(pairs.tolist(), times.tolist(), strict=True)]
        return tuple(sorted(found, key=lambda one: -one[1]))

    def _unit(self, percent: float) -> float:
        scale = self.framework.scale
        if self.framework.percent == "max":
            return float(percent) * scale.high / 100
        return float(scale.low + percent * (scale.high - scale.low) / 100)


def _joined(looks: list[_Look]) -> _Look:
    return _Look(
        np.concatenate([look.value for look in looks]),
        np.concatenate([look.percents for look in looks], axis=1),
        np.concatenate([look.low_band for look in looks]),
        np.concatenate([look.high_band for look in looks]),
    )


def _option(choice: str, choices: Choices) -> str:
    named = {"aggregation": choices.aggregation, "percent": choices.percent, "agreed_value": choices.agreed_value}
    return named.get(choice) or f"{choices.people:+d}"


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
