"""How sure is each value of the profile? Raters redrawn within their groups, carried up the tree.

Owns the interval at every node. It speaks of who happened to be in the room, not of the questions, the weights or
the rule: those are `sensitivity`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from consensus.arguments import finite, generator, resamples_of, shown
from consensus.bands import Number
from consensus.climb import Climb
from consensus.errors import ConsensusError
from consensus.framework import Framework
from consensus.framework_document import PERCENT_RULES
from consensus.panels import Counted, GroupRatings, checked_kind, counted, fixed_values, pooled, values_of
from consensus.resampling import resample_counts
from consensus.scale import Floats, Ints

NO_VALUE = "nobody rated anything under this node"
ONE_RATING = "one rating alone says nothing of how others would rate"
SOME_ALONE = "some items under this node have one rating; how others would rate them is not in the interval"

_CHUNK = 1 << 21  # numbers held at a time: 16 MB


@dataclass(frozen=True, slots=True)
class NodeInterval:
    """One node of a profile with its interval.

    Parameters
    ----------
    value : float
        In units of the scale; nan without ratings.
    low, high : float
        Percentile interval over the resamples, in units of the scale.
    percent_low, percent_high : float
        The same in percent of the scale.
    bands : mapping of band key to float
        Share of the resamples in which the node lies in each band, lowest first; bands never met are left out.
    reason : str or None
        Why figures are nan, or what the interval leaves out.
    """

    value: float
    low: float
    high: float
    percent_low: float
    percent_high: float
    bands: Mapping[str, float]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The intervals of every node, by id and parents first."""

    nodes: Mapping[str, NodeInterval]
    resamples: int
    level: float

    def __getitem__(self, node: str) -> NodeInterval:
        return self.nodes[node]


def uncertainty(
    framework: Framework,
    groups: Sequence[GroupRatings],
    *,
    rng: np.random.Generator,
    resamples: int = 2000,
    value: str = "median",
    aggregation: str | None = None,
    percent: str | None = None,
    level: float = 0.95,
    fixed: Mapping[str, Number] | None = None,
    left_out: Collection[str] = (),
) -> Uncertainty:
    """Redraw raters within each group and give every node of the profile an interval.

    Parameters
    ----------
    framework : Framework
    groups : sequence of GroupRatings
        Where several groups rated a leaf, their ratings are pooled; each group keeps its size in every resample.
    rng : numpy.random.Generator
    resamples : int
        At least 1.
    value : {"median", "mean", "hodges_lehmann"}
        What stands for the ratings of an item.
    aggregation : {"arithmetic", "geometric", "harmonic"}, optional
        For every node; by default the framework's own.
    percent : {"range", "max"}, optional
        By default the framework's own.
    level : float
        Between 0 and 1.
    fixed : mapping of leaf id to value, optional
        Values that stand whatever was rated, such as the chair's decisions; they do not vary.
    left_out : collection of leaf ids
        Leaves that do not apply here.

    Returns
    -------
    Uncertainty
        A leaf without ratings is passed over above, as in the workshop stream of `profile`.

    Raises
    ------
    ConsensusError
        As `as_ratings`; ``no_groups``, ``group_twice``, ``item_twice``, ``shape``, ``unknown_leaf``,
        ``unknown_choice``, ``bad_aggregation``, ``bad_percent_rule``, ``off_scale``, ``out_of_range``,
        ``needs_rng``, ``bad_resamples``.

    Notes
    -----
    The percentile bootstrap (Efron 1979), stratified by group. A median on few categories moves in steps, so the
    interval of a single item is coarse; in panels below some ten raters it is too narrow.
    """
    generator(rng)
    resamples_of(resamples)
    checked_kind("value", value)
    panel = counted(framework, groups)
    percent = checked_percent(framework, framework.percent if percent is None else percent)
    if not 0 < finite(level) < 1:
        raise ConsensusError("level", "out_of_range", f"`level` must lie between 0 and 1, not {shown(level)}.")
    climb = Climb(framework, aggregation, left_out)
    stands = fixed_values(framework, fixed)
    pinned = [climb.leaves.index(leaf) for leaf in stands]

    def carried(drawn: list[Floats]) -> tuple[Floats, Floats]:
        counts = pooled(panel, drawn, framework)
        leaves = values_of(counts, framework.scale, value)
        leaves[:, pinned] = list(stands.values())
        return counts.sum(axis=2), climb.up(leaves)

    rated, point = carried([np.ones((1, group.raters)) for group in panel])
    drawn = np.concatenate([carried(batch)[1] for batch in _batches(panel, framework, rng, resamples)])
    alone = _alone(climb, rated[0], {*stands, *left_out})
    return Uncertainty(_nodes(climb, alone, point[0], drawn, percent, level), resamples, level)


def checked_percent(framework: Framework, rule: str) -> str:
    """Take a percent rule that the scale allows."""
    if not isinstance(rule, str) or rule not in PERCENT_RULES or (rule == "max" and framework.scale.high <= 0):
        raise ConsensusError(
            "percent", "bad_percent_rule", 'Use the percent rule "range", or "max" on a scale above 0.'
        )
    return rule


def _batches(
    panel: Sequence[Counted], framework: Framework, rng: np.random.Generator, resamples: int
) -> Iterator[list[Floats]]:
    wide = max(len(framework.leaves) * framework.scale.size, *(group.raters for group in panel))
    step = max(1, _CHUNK // wide)
    for start in range(0, resamples, step):
        size = min(step, resamples - start)
        yield [np.concatenate(list(resample_counts(rng, size, group.raters))) for group in panel]


def _nodes(
    climb: Climb, alone: Mapping[str, int], point: Floats, drawn: Floats, percent: str, level: float
) -> dict[str, NodeInterval]:
    known = np.count_nonzero(~np.isnan(drawn), axis=0)
    ordered = np.sort(drawn, axis=0)  # nan goes last
    low, high = (_quantile(ordered, known, share) for share in ((1 - level) / 2, (1 + level) / 2))
    places, keys = climb.bands(drawn, percent), [band.key for band in climb.framework.bands]
    shares = np.stack([(places == place).sum(axis=0) for place in range(len(keys))]) / np.maximum(known, 1)
    in_percent = climb.percent(np.stack([low, high]), percent).tolist()
    found = {}
    for node, column in climb.place.items():
        lone, leaf = alone[node], not climb.framework.children(node)
        reason = NO_VALUE if np.isnan(point[column]) else (ONE_RATING if leaf else SOME_ALONE) if lone else None
        if reason in (NO_VALUE, ONE_RATING):
            none = math.nan
            found[node] = NodeInterval(float(point[column]), none, none, none, none, {}, reason)
            continue
        met = {key: share for key, share in zip(keys, shares[:, column].tolist(), strict=True) if share}
        ends = (float(low[column]), float(high[column]), in_percent[0][column], in_percent[1][column])
        found[node] = NodeInterval(float(point[column]), *ends, met, reason)
    return found


def _quantile(ordered: Floats, known: Ints, share: float) -> Floats:
    """Type-7 quantile of each column's first `known` entries."""
    position = np.maximum(known - 1, 0) * share
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(known - 1, 0))
    columns = np.arange(ordered.shape[1])
    low, high = ordered[below, columns], ordered[above, columns]
    return low + (position - below) * (high - low)


def _alone(climb: Climb, counts: Floats, fixed: Collection[str]) -> dict[str, int]:
    """How many leaves under each node rest on one rating."""
    found = {leaf: int(n == 1 and leaf not in fixed) for leaf, n in zip(climb.leaves, counts, strict=True)}
    for node in climb.inner:
        found[node] = sum(found[child] for child in climb.framework.children(node))
    return found
