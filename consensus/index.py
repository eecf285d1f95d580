"""Values up the tree: the profile of one stream of evidence, and its completeness.

Owns how leaves join into goals and goals into dimensions. It never fills a missing value, mixes two streams or
makes one overall number.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from consensus.arguments import listed, shown
from consensus.bands import Number, exact, on_scale
from consensus.errors import ConsensusError
from consensus.framework import Framework, as_framework, known_leaves, leaf_mapping
from consensus.means import MEANS, Mean


@dataclass(frozen=True, slots=True)
class NodeValue:
    """One node of a profile.

    Attributes
    ----------
    value : float or None
        In units of the scale; None where the stream gives none.
    low, high : float or None
        Where the value may lie, in the agreed stream only, and only where `value` is None.
    agreed, of : int
        Leaves under the node with an agreed value, and all of its leaves.
    """

    value: float | None
    low: float | None
    high: float | None
    agreed: int
    of: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The values of one stream for every node, by id and parents first."""

    nodes: Mapping[str, NodeValue]

    def __getitem__(self, node: str) -> NodeValue:
        return self.nodes[node]


def profile(
    framework: Framework,
    values: Mapping[str, Number | None],
    *,
    bounds: Mapping[str, tuple[Number, Number]] | None = None,
    agreed: Collection[str] | None = None,
    coverage: Mapping[str, tuple[int, int]] | None = None,
    left_out: Collection[str] = (),
) -> Profile:
    """Carry the values of one stream up the tree.

    Parameters
    ----------
    framework : Framework
    values : mapping of leaf id to number or None
        In units of the scale; a decimal as text is exact. A leaf that is None, nan or not named has no value.
    bounds : mapping of leaf id to (low, high), optional
        Given for the agreed stream, and only for it. There one leaf without a value leaves all nodes above it
        without one and gives `low` and `high` instead; a leaf with neither value nor bounds spans the scale.
        In other streams such a leaf is passed over.
    agreed : collection of leaf ids, optional
        Leaves whose value counts as agreed; by default all that have one.
    coverage : mapping of leaf id to (answered, asked), optional
        Given for the interview and metric streams: a node above the leaves of which a smaller percentage of the
        questions is answered than the framework's floor shows no value, and is passed over further up.
    left_out : collection of leaf ids
        Leaves that do not apply here; they count nowhere.

    Returns
    -------
    Profile
        A node above the leaves carries the mean of its children by its aggregation and their weights. Weighted
        means are computed in fractions; geometric ones in floating point. A zero makes a geometric or harmonic
        mean zero.

    Raises
    ------
    ConsensusError
        ``unknown_leaf``, ``off_scale``, ``bad_bounds``, ``bad_coverage``, naming the argument and the leaf.
    """
    as_framework(framework)
    out = frozenset(known_leaves(framework, left_out, "left_out"))
    values = leaf_mapping(framework, values, "values", "leaf ids to numbers")
    ends = leaf_mapping(framework, {} if bounds is None else bounds, "bounds", "leaf ids to low and high")
    known = {leaf: _number(framework, leaf, number) for leaf, number in values.items()}
    limits = {leaf: _limits(framework, leaf, pair) for leaf, pair in ends.items()}
    valued = {leaf for leaf, number in known.items() if number is not None}
    counted = valued if agreed is None else set(known_leaves(framework, agreed, "agreed"))
    shares = None if coverage is None else completeness(framework, coverage, left_out=left_out)
    whole_scale = (exact(framework.scale.low), exact(framework.scale.high))
    found: dict[str, _Sum] = {}
    for node in framework.children_first:
        under = framework.children(node)
        if not under:
            number = known.get(node)
            span = (number, number) if number is not None else limits.get(node, whole_scale)
            found[node] = _Sum(number, *span, int(node in counted), 1) if node not in out else _NOTHING
            continue
        parts = [(found[child], framework.nodes[child].weight) for child in under if found[child].of]
        joined = _join(parts, MEANS[framework.aggregation_of(node)], strict=bounds is not None)
        if shares is not None and not _covered(shares[node], framework.coverage_floor_percent):
            joined = _Sum(None, joined.low, joined.high, joined.agreed, joined.of)
        found[node] = joined
    return Profile(
        {node: found[node].shown(spanning=bounds is not None) for node in framework.parents_first}
    )


def completeness(
    framework: Framework, coverage: Mapping[str, tuple[int, int]], *, left_out: Collection[str] = ()
) -> dict[str, tuple[int, int]]:
    """Sum (answered, asked) of the leaves under every node, parents first; a leaf not named adds nothing.

    Raises
    ------
    ConsensusError
        ``unknown_leaf`` or ``bad_coverage``, naming the leaf.
    """
    as_framework(framework)
    out = frozenset(known_leaves(framework, left_out, "left_out"))
    coverage = leaf_mapping(framework, coverage, "coverage", "leaf ids to pairs of answered and asked")
    sums: dict[str, tuple[int, int]] = {}
    for node in framework.children_first:
        under = framework.children(node)
        if under:
            sums[node] = (sum(sums[child][0] for child in under), sum(sums[child][1] for child in under))
        else:
            sums[node] = (0, 0) if node in out else _pair(node, coverage.get(node, (0, 0)))
    return {node: sums[node] for node in framework.parents_first}


@dataclass(frozen=True, slots=True)
class _Sum:
    value: Fraction | None
    low: Fraction
    high: Fraction
    agreed: int
    of: int

    def shown(self, *, spanning: bool) -> NodeValue:
        if self.value is not None or not spanning or not self.of:
            return NodeValue(None if self.value is None else float(self.value), None, None, self.agreed, self.of)
        return NodeValue(None, float(self.low), float(self.high), self.agreed, self.of)


_NOTHING = _Sum(None, Fraction(0), Fraction(0), 0, 0)


def _join(parts: list[tuple[_Sum, Fraction]], mean: Mean, *, strict: bool) -> _Sum:
    if not parts:
        return _NOTHING
    weights = [weight for _, weight in parts]
    valued = [(part.value, weight) for part, weight in parts if part.value is not None]
    value = None
    if valued and not (strict and len(valued) < len(parts)):
        value = mean([number for number, _ in valued], [weight for _, weight in valued])
    return _Sum(
        value,
        mean([part.low for part, _ in parts], weights),
        mean([part.high for part, _ in parts], weights),
        sum(part.agreed for part, _ in parts),
        sum(part.of for part, _ in parts),
    )


def _covered(share: tuple[int, int], floor: int) -> bool:
    answered, asked = share
    return asked > 0 and 100 * answered >= floor * asked


def _number(framework: Framework, leaf: str, value: Number | None) -> Fraction | None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return on_scale("values", value, framework.scale, leaf)


def _limits(framework: Framework, leaf: str, ends: tuple[Number, Number]) -> tuple[Fraction, Fraction]:
    pair = listed("bounds", ends, "low and high for each leaf", "bad_bounds")
    if len(pair) == 2:
        low, high = (on_scale("bounds", end, framework.scale, leaf) for end in pair)
        if low <= high:
            return low, high
    raise ConsensusError("bounds", "bad_bounds", f"The bounds of {leaf} are {shown(ends)}; give low, then high.")


def _pair(leaf: str, share: tuple[int, int]) -> tuple[int, int]:
    pair = listed("coverage", share, "answered and asked for each leaf", "bad_coverage")
    if len(pair) != 2 or not all(type(count) is int for count in pair) or not 0 <= pair[0] <= pair[1]:
        raise ConsensusError(
            "coverage",
            "bad_coverage",
            f"The coverage of {leaf} is {shown(share)}; give whole numbers, answered and then asked, "
            "not more answered.",
        )
    return pair[0], pair[1]
