"""What can be read off the counts per category, for all items at once: order statistics, pairs, camps.

Owns the quantile convention (type 7) and the pair that holds the median. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from consensus.ratings import Floats, Ints, Scale, as_ratings, as_scale


@dataclass(frozen=True, slots=True)
class PairCounts:
    """The figures of a vote on which rules stand; every array has one entry (or row) for each item.

    Parameters
    ----------
    n : ndarray of int
        Ratings present.
    counts : ndarray of int, items × K
        Ratings in each category, lowest first.
    median, q1, q3 : ndarray of float
        Hyndman–Fan type 7, in units of the scale; nan without ratings.
    pair_low_index : ndarray of int
        Place (from 0) of the lower category of the fullest adjacent pair that holds the median; a median on a
        pair's edge is held by it, ties take the lower pair; −1 without ratings.
    in_pair : ndarray of int
        Ratings inside that pair.
    """

    n: Ints
    counts: Ints
    median: Floats
    q1: Floats
    q3: Floats
    pair_low_index: Ints
    in_pair: Ints


def pair_counts(ratings: ArrayLike, scale: Scale | Iterable[float]) -> PairCounts:
    """Count a vote by item and category, with medians, quartiles and the pair that holds the median.

    Parameters
    ----------
    ratings : array_like
        Raters × items, nan for no rating; no rater at all is allowed.
    scale : Scale or sequence of categories

    Raises
    ------
    ConsensusError
        As `as_ratings`.
    """
    scale = as_scale(scale)
    return pairs_of(category_counts(as_ratings(ratings, scale, raters=0), scale), scale)


def category_counts(ratings: Floats, scale: Scale) -> Ints:
    """Count ratings (raters × items) by item and category."""
    wide = scale.size + 1
    places = scale.places(ratings) + wide * np.arange(ratings.shape[1])
    counted = np.bincount(places.ravel(), minlength=wide * ratings.shape[1])
    return counted.reshape(ratings.shape[1], wide)[:, :-1]


def pairs_of(counts: Ints, scale: Scale) -> PairCounts:
    """Read medians, quartiles and pairs off counts (items × K)."""
    n = counts.sum(axis=1)
    cumulative = counts.cumsum(axis=1)
    values = scale.values
    low_place, high_place = _order(cumulative, (n - 1) // 2), _order(cumulative, n // 2)
    # Twice the median's place is a whole number, so that "on the edge" is decided without rounding.
    middle = (low_place + high_place)[:, None]
    lower_edge = 2 * np.arange(scale.size - 1)
    inside = counts[:, :-1] + counts[:, 1:]
    held = np.where((lower_edge <= middle) & (middle <= lower_edge + 2), inside, -1)
    pair = held.argmax(axis=1)
    empty = n == 0
    return PairCounts(
        n=n,
        counts=counts,
        median=np.where(empty, np.nan, (values[low_place] + values[high_place]) / 2),
        q1=quantile(cumulative, n, values, 1, 4),
        q3=quantile(cumulative, n, values, 3, 4),
        pair_low_index=np.where(empty, -1, pair),
        in_pair=np.where(empty, 0, np.take_along_axis(inside, pair[:, None], axis=1)[:, 0]),
    )


def quantile(cumulative: Ints, n: Ints, values: Floats, part: int, of: int) -> Floats:
    """Give the type-7 quantile ``part/of`` of each item; nan without ratings.

    ``values`` holds each category's value: K entries, or items × K where they differ by item.
    """
    position = (n - 1) * part
    below = np.maximum(position // of, 0)
    share = (position - below * of) / of
    rows = np.broadcast_to(values, cumulative.shape)
    low = np.take_along_axis(rows, _order(cumulative, below)[:, None], axis=1)[:, 0]
    high = np.take_along_axis(rows, _order(cumulative, below + (share > 0))[:, None], axis=1)[:, 0]
    return np.where(n == 0, np.nan, low + share * (high - low))


def two_camps(counts: Ints) -> NDArray[np.bool_]:
    """Tell for each item whether its ratings stand in two camps.

    Some inner category has at most half as many ratings as the fullest category on either side of it, and each
    side holds at least a quarter. It names and never gates: below 12 raters it says "perhaps" (it flags 8 % of
    unimodal panels of 12 and 21 % of 6).
    """
    n = counts.sum(axis=1, keepdims=True)
    valley = counts[:, 1:-1]
    fullest_below = np.maximum.accumulate(counts, axis=1)[:, :-2]
    fullest_above = np.maximum.accumulate(counts[:, ::-1], axis=1)[:, ::-1][:, 2:]
    below = counts.cumsum(axis=1)[:, :-2]
    above = n - below - valley
    deep = 2 * valley <= np.minimum(fullest_below, fullest_above)
    camps = deep & (4 * below >= n) & (4 * above >= n) & (n > 0)
    found: NDArray[np.bool_] = camps.any(axis=1)
    return found


def _order(cumulative: Ints, rank: Ints) -> Ints:
    """Give the place of the rating with this rank (from 0) in each item; the last place if there is none."""
    place: Ints = np.minimum((cumulative <= rank[:, None]).sum(axis=1), cumulative.shape[1] - 1)
    return place
