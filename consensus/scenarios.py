"""The choices that lead from ratings to a profile, each with the options that could have been taken instead.

Owns what one set of choices makes of the ratings: a value for each leaf, and how far it may lie where the panel does
not agree. It compares nothing: that is `sensitivity`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from consensus.clauses import AGREED_VALUES
from consensus.climb import Climb
from consensus.counts import pairs_of
from consensus.framework import Framework
from consensus.framework_document import AGGREGATIONS, PERCENT_RULES
from consensus.location import locate
from consensus.panels import values_of
from consensus.rules import Rule
from consensus.scale import Bools, Floats, Ints

PEOPLE = (-1, 0, 1)


@dataclass(frozen=True)
class Choices:
    """One set of choices. `aggregation` None is the framework's own; `people` moves the count that agreement needs."""

    aggregation: str | None
    percent: str
    agreed_value: str
    people: int = 0


@dataclass(frozen=True)
class Seen:
    """What choices make of sets of ratings; arrays, sets × nodes in the climb's order.

    Attributes
    ----------
    value
        Every rated item at its value, agreed or not: what an order of goals needs. nan where nothing is rated.
    low, high
        Where the value may lie: an item on which the panel does not agree lies between its quartiles, one that
        nobody rated anywhere on the scale. Equal where all agree.
    """

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Ratings:
    """What stays the same whatever is chosen; `fixed` values stand, items of `unsettled` never count as agreed."""

    framework: Framework
    rule: Rule
    fixed: Mapping[str, float]
    unsettled: Collection[str]
    left_out: Collection[str]

    def seen(self, counts: Floats, choices: Choices, weights: Mapping[str, Floats] | None = None) -> Seen:
        """Read counts (sets × leaves × categories) by some choices, in as many sets as there are weights."""
        climb = Climb(self.framework, choices.aggregation, self.left_out)
        ends = self._leaves(counts, choices)
        if weights is not None:
            sets = max(len(share) for share in weights.values() if share.ndim == 2)
            ends = [np.broadcast_to(leaves, (sets, leaves.shape[1])) for leaves in ends]
        return Seen(*(climb.up(leaves, weights) for leaves in ends))

    def _leaves(self, counts: Floats, choices: Choices) -> list[Floats]:
        sets, leaves, size = counts.shape
        scale = self.framework.scale
        value = values_of(counts, scale, choices.agreed_value)
        flat = counts.reshape(-1, size).astype(np.int64)
        spread = pairs_of(flat, scale)
        agreed = self._agreed(flat, choices.people).reshape(sets, leaves)
        agreed[:, [leaf in self.unsettled for leaf in self.framework.leaves]] = False
        low = np.where(agreed, value, spread.q1.reshape(sets, leaves))
        high = np.where(agreed, value, spread.q3.reshape(sets, leaves))
        found = [value, np.nan_to_num(low, nan=scale.low), np.nan_to_num(high, nan=scale.high)]
        for leaf, stands in self.fixed.items():
            for array in found:
                array[:, self.framework.leaves.index(leaf)] = stands
        return found

    def _agreed(self, counts: Ints, people: int) -> Bools:
        lies = locate(counts, self.rule)
        enough = lies.n >= self.rule.quorum
        if self.rule.location == "rand_ucla":
            return np.asarray(enough & lies.holds(None))
        sizes, place = np.unique(lies.n, return_inverse=True)
        asked = np.array([self.rule.needed(n, self.framework.scale.size) for n in sizes.tolist()])[place]
        # As in a verdict: where even unanimity proves nothing, one person fewer proves no more.
        enough &= asked <= lies.n
        return np.asarray(enough & lies.holds(np.clip(asked + people, 1, np.maximum(lies.n, 1))))


def options(framework: Framework, rule: Rule) -> dict[str, tuple[Choices, ...]]:
    """Give, for each choice, the sets of choices that differ from the declared one in that choice alone."""
    declared = declared_choices(framework, rule)
    own = {framework.aggregation_of(node) for node in framework.parents_first if framework.children(node)}
    means = AGGREGATIONS if framework.scale.low >= 0 else ("arithmetic",)
    rules = PERCENT_RULES if framework.scale.high > 0 else ("range",)
    people = () if rule.location == "rand_ucla" else PEOPLE
    return {
        "aggregation": tuple(_with(declared, aggregation=kind) for kind in means if own != {kind}),
        "percent": tuple(_with(declared, percent=kind) for kind in rules if kind != framework.percent),
        "agreed_value": tuple(_with(declared, agreed_value=one) for one in AGREED_VALUES if one != rule.agreed_value),
        "threshold": tuple(_with(declared, people=step) for step in people if step),
    }


def combinations(framework: Framework, rule: Rule) -> tuple[Choices, ...]:
    """Give every combination of the options of all four choices, the declared one included."""
    declared, found = declared_choices(framework, rule), options(framework, rule)
    return tuple(
        Choices(one.aggregation, two.percent, three.agreed_value, four.people)
        for one in (declared, *found["aggregation"])
        for two in (declared, *found["percent"])
        for three in (declared, *found["agreed_value"])
        for four in (declared, *found["threshold"])
    )


def declared_choices(framework: Framework, rule: Rule) -> Choices:
    """The choices that framework and rule declare."""
    return Choices(None, framework.percent, rule.agreed_value)


def _with(
    declared: Choices,
    *,
    aggregation: str | None = None,
    percent: str | None = None,
    agreed_value: str | None = None,
    people: int = 0,
) -> Choices:
    return Choices(
        aggregation or declared.aggregation, percent or declared.percent, agreed_value or declared.agreed_value, people
    )
