"""One item: where its ratings lie and how far apart. Every figure is shown; none of them gates here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from consensus.counts import PairCounts, category_counts, pair_counts, pairs_of, quantile, two_camps
from consensus.ratings import Floats, Ints, Scale, as_column, as_ratings, as_scale
from consensus.records import PerItem

__all__ = ["ItemSpread", "PairCounts", "describe", "describe_item", "pair_counts", "two_camps"]

_Z95 = 1.959963984540054  # the standard normal's .975 quantile

NO_RATINGS = "nobody has rated this item"
ONE_RATING = "one rating has no spread"
NO_MEAN = "the mean is 0, and a coefficient of variation is a share of the mean"

_BETWEEN_RATERS = (
    *("iqr", "sd", "cv", "mad", "average_deviation"),
    *("r_wg", "r_wg_star", "a_wg", "tastle_wierman", "van_der_eijk"),
)


@dataclass(frozen=True, slots=True)
class ItemSpread:
    """Location, spread and agreement of one item's ratings.

    Parameters
    ----------
    n : int
        Ratings present.
    counts : tuple of int
        Ratings in each category, lowest first.
    median, q1, q3, iqr : float
        Hyndman–Fan type 7, in units of the scale.
    mean, sd, cv : float
        ``sd`` with n−1; ``cv`` is sd/mean, nan at mean 0.
    mad, average_deviation : float
        Median (unscaled) and mean absolute deviation from the median.
    pair : tuple of two categories, or None
        The fullest adjacent pair that holds the median.
    in_pair, share_in_pair, wilson_low, wilson_high
        Ratings in the pair, their share, and Wilson's 95 % interval of that share.
    share_low, share_high : float
        Shares of the lowest and highest ⌊0.4·K⌋ categories, at least one each.
    r_wg, r_wg_star : float
        1 − s²/((K²−1)/12), cut at 0 (James et al. 1984) and uncut; at most 1.
    a_wg : float
        Brown & Hauenstein (2005), −1 to 1.
    tastle_wierman : float
        Consensus of Tastle & Wierman (2007), 0 to 1.
    van_der_eijk : float
        Agreement A of van der Eijk (2001), −1 to 1; blind to camps that are near each other.
    two_camps : bool
        See `consensus.counts.two_camps`.
    reason : str or None
        Why figures are nan, where they are: no ratings, one (then spread and agreement are nan), or a mean of 0
        (then ``cv`` is).
    """

    n: int
    counts: tuple[int, ...]
    median: float
    q1: float
    q3: float
    iqr: float
    mean: float
    sd: float
    cv: float
    mad: float
    average_deviation: float
    pair: tuple[float, float] | None
    in_pair: int
    share_in_pair: float
    wilson_low: float
    wilson_high: float
    share_low: float
    share_high: float
    r_wg: float
    r_wg_star: float
    a_wg: float
    tastle_wierman: float
    van_der_eijk: float
    two_camps: bool
    reason: str | None = None


def describe_item(column: ArrayLike, scale: Scale | Iterable[float]) -> ItemSpread:
    """Describe the ratings of one item.

    Parameters
    ----------
    column : array_like
        One entry for each rater, nan for no rating.
    scale : Scale or sequence of categories

    Raises
    ------
    ConsensusError
        As `as_column`.
    """
    scale = as_scale(scale)
    return _describe(category_counts(as_column(column, scale)[:, None], scale), scale)[0]


def describe(ratings: ArrayLike, scale: Scale | Iterable[float]) -> PerItem[ItemSpread]:
    """Describe every item of a matrix (raters × items) as `describe_item` does one."""
    scale = as_scale(scale)
    return _describe(category_counts(as_ratings(ratings, scale), scale), scale)


def _describe(counts: Ints, scale: Scale) -> PerItem[ItemSpread]:
    read = pairs_of(counts, scale)
    empty, lonely = read.n == 0, read.n < 2
    size = np.where(empty, np.nan, read.n)
    shares = counts / size[:, None]
    # Sums of places are whole numbers: a figure is the same in every batch and on every machine.
    places = np.arange(scale.size)
    first, second = (counts * places).sum(axis=1), (counts * places**2).sum(axis=1)
    place, variance = first / size, (read.n * second - first**2) / (size * np.maximum(read.n - 1, 1))
    mean, sd = (scale.low * read.n + scale.step * first) / size, scale.step * np.sqrt(variance)
    away = np.abs(scale.values - read.median[:, None])
    tail = max(1, 2 * scale.size // 5)
    wilson_low, wilson_high = wilson(read.in_pair, read.n)
    star = 1 - variance / ((scale.size**2 - 1) / 12)
    figures = {
        "n": read.n,
        "median": read.median,
        "q1": read.q1,
        "q3": read.q3,
        "iqr": read.q3 - read.q1,
        "mean": mean,
        "sd": sd,
        "cv": np.divide(sd, mean, out=np.full_like(sd, np.nan), where=mean != 0),
        "mad": _median_of(away, counts, read.n),
        "average_deviation": (counts * away).sum(axis=1) / size,
        "in_pair": read.in_pair,
        "share_in_pair": read.in_pair / size,
        "wilson_low": wilson_low,
        "wilson_high": wilson_high,
        "share_low": counts[:, :tail].sum(axis=1) / size,
        "share_high": counts[:, -tail:].sum(axis=1) / size,
        "r_wg": np.maximum(star, 0),
        "r_wg_star": star,
        "a_wg": _a_wg(place, variance, read.n, scale.size - 1),
        "tastle_wierman": _tastle_wierman(shares, place),
        "van_der_eijk": van_der_eijk(counts),
        "two_camps": two_camps(counts),
    }
    for name in _BETWEEN_RATERS:  # one rating would pass for perfect agreement
        figures[name] = np.where(lonely, np.nan, figures[name])
    columns = {name: array.tolist() for name, array in figures.items()}
    nought = mean == 0
    edges = list(zip(scale.categories[:-1], scale.categories[1:], strict=True))
    return PerItem(
        ItemSpread(
            counts=tuple(counts[item].tolist()),
            pair=None if empty[item] else edges[read.pair_low_index[item]],
            reason=NO_RATINGS if empty[item] else ONE_RATING if lonely[item] else NO_MEAN if nought[item] else None,
            **{name: column[item] for name, column in columns.items()},
        )
        for item in range(len(counts))
    )


def wilson(hits: Ints, n: Ints) -> tuple[Floats, Floats]:
    """Give Wilson's (1927) 95 % interval of a share; nan where n is 0."""
    size = np.where(n == 0, np.nan, n)
    share = hits / size
    spread = _Z95**2 / size
    centre = (share + spread / 2) / (1 + spread)
    half = np.sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    return np.maximum(centre - half, 0), np.minimum(centre + half, 1)


def van_der_eijk(counts: Ints) -> Floats:
    """Give van der Eijk's (2001) agreement A for each row of counts; nan for an empty row.

    The counts are cut into layers that are flat where they are not zero; each layer's agreement counts with its
    share of the ratings.
    """
    items, size = counts.shape
    n = counts.sum(axis=1)
    tops = np.sort(counts, axis=1)
    thickness = np.diff(tops, axis=1, prepend=0)
    present = counts[:, None, :] >= np.maximum(tops, 1)[:, :, None]  # items × layers × categories
    filled = present.sum(axis=2)
    before = present.cumsum(axis=2) - present
    after = filled[:, :, None] - before - present
    holes = ~present
    apart = (holes * before * after).sum(axis=2)
    together = (holes * (before * (before - 1) + after * (after - 1)) // 2).sum(axis=2)
    triples = np.maximum((size - 2) * (apart + together), 1)
    unimodal = np.where(apart + together > 0, ((size - 2) * together - (size - 1) * apart) / triples, 1.0)
    layer = unimodal * (1 - (filled - 1) / (size - 1))
    total: Floats = (layer * thickness * filled).sum(axis=1)
    agreement: Floats = np.divide(total, n, out=np.full(items, np.nan), where=n > 0)
    return agreement


def _tastle_wierman(shares: Floats, mean: Floats) -> Floats:
    places = np.arange(shares.shape[1])
    closeness = 1 - np.abs(places - mean[:, None]) / places[-1]
    # An empty category weighs nothing, even at a distance whose logarithm is infinite.
    terms = shares * np.log2(np.where(shares > 0, closeness, 1.0))
    total: Floats = terms.sum(axis=1)
    return 1 + total


def _a_wg(mean: Floats, variance: Floats, n: Ints, top: int) -> Floats:
    # By place, from 0 to the top: the same on every scale.
    widest = mean * (top - mean) * n / np.maximum(n - 1, 1)
    # Unanimity at an end of the scale is 0/0 in the formula and perfect agreement in fact.
    ratio = np.divide(2 * variance, widest, out=np.zeros_like(mean), where=variance > 0)
    return 1 - ratio


def _median_of(values: Floats, counts: Ints, n: Ints) -> Floats:
    order = np.argsort(values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    cumulative = np.take_along_axis(counts, order, axis=1).cumsum(axis=1)
    return quantile(cumulative, n, ordered, 1, 2)
