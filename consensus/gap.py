"""The panel against the baseline: how far apart, how many people stand where, and what a test would say.

Owns the sizes people are shown and the correction for many items. Sizes go by magnitude; no test gates anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from consensus.arguments import choice
from consensus.counts import category_counts, pairs_of
from consensus.errors import ConsensusError
from consensus.ratings import Scale, as_column, as_ratings, as_scale
from consensus.records import PerItem
from consensus.signed import NO_RATINGS, signed_rank_of

Size: TypeAlias = Literal["close", "slight", "wide"]

NO_BASELINE = "there is no baseline for this item"


@dataclass(frozen=True, slots=True)
class Gap:
    """One item's panel against its baseline.

    Parameters
    ----------
    difference : float
        Median − baseline, in units of the scale.
    size : {"close", "slight", "wide"} or None
        Below half a category, below one, from one up.
    above, same, below : int
        People who rated above, at and below the baseline.
    hodges_lehmann, low, high : float
        Shift from the baseline with its 95 % interval.
    p_value, p_holm : float
        Exact signed-rank p, and corrected over all items of the call. Of use on a first vote only: later votes
        have seen the baseline.
    rank_biserial : float
        −1 to 1.
    p_bh : float
        Corrected by Benjamini & Hochberg, for a screening list.
    reason : str or None
        Why figures are nan, where they are.
    """

    difference: float
    size: Size | None
    above: int
    same: int
    below: int
    hodges_lehmann: float
    low: float
    high: float
    p_value: float
    p_holm: float
    rank_biserial: float
    p_bh: float
    reason: str | None = None


def gap(ratings: ArrayLike, baseline: ArrayLike, scale: Scale | Iterable[float]) -> PerItem[Gap]:
    """Compare a panel with its baseline, item by item.

    Parameters
    ----------
    ratings : array_like
        Raters × items, nan for no rating.
    baseline : array_like
        One value for each item, anywhere between the scale's ends; nan where there is none.
    scale : Scale or sequence of categories

    Returns
    -------
    tuple of Gap, in item order

    Raises
    ------
    ConsensusError
        As `as_ratings`; ``baseline_mismatch``; ``off_scale`` for a baseline beyond the scale's ends.
    """
    scale = as_scale(scale)
    matrix = as_ratings(ratings, scale)
    level = as_column(baseline, argument="baseline")
    if len(level) != matrix.shape[1]:
        raise ConsensusError(
            "baseline",
            "baseline_mismatch",
            f"`baseline` has {len(level)} values and `ratings` {matrix.shape[1]} items; give one value for each.",
        )
    beyond = np.flatnonzero((level < scale.low) | (level > scale.high))
    if len(beyond):
        at = int(beyond[0])
        raise ConsensusError(
            "baseline",
            "off_scale",
            f"`baseline` at item {at} (counted from 0) is {level[at]:g}; give a value from {scale.low:g} to "
            f"{scale.high:g}, or nan where there is none.",
            column=at,
        )
    counts = category_counts(matrix, scale)
    read = pairs_of(counts, scale)
    difference = read.median - level
    tests = [
        signed_rank_of(scale.values, counts[item], float(level[item]))
        if not math.isnan(level[item])
        else signed_rank_of(scale.values, counts[item] * 0, 0.0)
        for item in range(len(level))
    ]
    p_values = [test.p_value for test in tests]
    holm, screened = adjust(p_values, "holm"), adjust(p_values, "bh")
    higher = np.where(scale.values > level[:, None], counts, 0).sum(axis=1)
    lower = np.where(scale.values < level[:, None], counts, 0).sum(axis=1)
    same = np.where(scale.values == level[:, None], counts, 0).sum(axis=1)
    return PerItem(
        Gap(
            difference=float(difference[item]),
            size=_size(float(difference[item]) / scale.step),
            above=int(higher[item]),
            same=int(same[item]),
            below=int(lower[item]),
            hodges_lehmann=test.hodges_lehmann - float(level[item]),
            low=test.low - float(level[item]),
            high=test.high - float(level[item]),
            p_value=test.p_value,
            p_holm=holm[item],
            rank_biserial=test.rank_biserial,
            p_bh=screened[item],
            reason=test.reason if test.reason != NO_RATINGS or read.n[item] == 0 else NO_BASELINE,
        )
        for item, test in enumerate(tests)
    )


def adjust(p_values: Sequence[float] | ArrayLike, method: Literal["holm", "bh"]) -> tuple[float, ...]:
    """Correct p-values for their number.

    Parameters
    ----------
    p_values : array_like
        From 0 to 1; nan stays nan and does not count.
    method : {"holm", "bh"}
        Holm (1979), for claims; Benjamini & Hochberg (1995), for screening.

    Raises
    ------
    ConsensusError
        ``unknown_choice``; ``not_a_chance`` for a value outside 0 to 1.
    """
    choice("method", method, ("holm", "bh"))
    values = as_column(p_values, argument="p_values")
    outside = np.flatnonzero((values < 0) | (values > 1))
    if len(outside):
        at = int(outside[0])
        raise ConsensusError(
            "p_values",
            "not_a_chance",
            f"`p_values` at row {at} (counted from 0) is {values[at]:g}; give numbers from 0 to 1, or nan.",
            row=at,
        )
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    ranked, count = values[order], len(order)
    if method == "holm":
        corrected = np.maximum.accumulate(ranked * np.arange(count, 0, -1))
    else:
        scaled = ranked * count / np.arange(1, count + 1)
        corrected = np.minimum.accumulate(scaled[::-1])[::-1]
    adjusted = np.full(len(values), np.nan)
    adjusted[order] = np.minimum(corrected, 1.0)
    return tuple(adjusted.tolist())


def _size(steps: float) -> Size | None:
    if math.isnan(steps):
        return None
    # A baseline worked out from percentages carries rounding in its last digits.
    distance = round(abs(steps), 9)
    return "close" if distance < 0.5 else "slight" if distance < 1 else "wide"
