"""The RAND/UCLA Appropriateness Method: agreement and disagreement of one panel on one item.

Owns the classic counts and IPRAS on the 9-point scale. Other scales are moved onto it and marked as not validated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from consensus.arguments import whole
from consensus.counts import category_counts, pairs_of, quantile
from consensus.location import ipr_and_limit
from consensus.ratings import Scale, as_column

NO_RATINGS = "nobody has rated this item"
OTHER_SIZE = "the classic counts are laid down for 8 to 16 raters"


@dataclass(frozen=True, slots=True)
class Appropriateness:
    """Agreement by the RAND/UCLA manual (Fitch et al. 2001).

    Parameters
    ----------
    agreement, disagreement : bool or None
        Classic counts: few outside the median's third; enough in both extreme thirds. None outside 8 to 16 raters.
    ipr, ipras, index : float
        Range from the 30th to the 70th percentile (type 7), its limit adjusted for symmetry, and their ratio, all on
        1 to 9.
    disagreement_ipras : bool or None
        Whether the range exceeds its limit.
    validated : bool
        False off the 9-point scale.
    median, p30, p70 : float
        On 1 to 9.
    low, high, outside : int
        Ratings in the lowest and the highest third, and outside the median's third.
    reason : str or None
        Why a figure is missing.
    """

    agreement: bool | None
    disagreement: bool | None
    ipr: float
    ipras: float
    index: float
    disagreement_ipras: bool | None
    validated: bool
    median: float
    p30: float
    p70: float
    low: int
    high: int
    outside: int
    reason: str | None = None


def ram(column: ArrayLike, *, points: int = 9) -> Appropriateness:
    """Judge one item by the RAND/UCLA Appropriateness Method.

    Parameters
    ----------
    column : array_like
        Ratings from 1 to ``points``, nan for no rating.
    points : int
        Points of the scale, at least 3.

    Raises
    ------
    ConsensusError
        As `as_column`; ``bad_scale``.
    """
    scale = Scale(tuple(range(1, whole("points", points, 3, "bad_scale") + 1)))
    counts = category_counts(as_column(column, scale)[:, None], scale)
    n = counts.sum(axis=1)
    validated = scale.size == 9
    if n[0] == 0:
        nan = math.nan
        return Appropriateness(None, None, nan, nan, nan, None, validated, nan, nan, nan, 0, 0, 0, NO_RATINGS)
    places = np.arange(scale.size, dtype=np.float64)
    median = _moved(float(pairs_of(counts, scale).median[0]) - 1, scale)
    # Ten times a percentile's place is a whole number: a range that equals its limit is not taken for more.
    low10, high10 = (int(np.rint(10 * quantile(counts.cumsum(axis=1), n, places, tenths, 10))[0]) for tenths in (3, 7))
    spread, limit = ipr_and_limit(low10, high10, scale.size)
    ipr, ipras = spread / (20 * (scale.size - 1)), limit / (20 * (scale.size - 1))
    third = np.digitize(1 + 8 * places / (scale.size - 1), [3.5, 6.5])
    low, high = int(counts[0, third == 0].sum()), int(counts[0, third == 2].sum())
    # A median between two thirds belongs to the higher one.
    outside = int(counts[0, third != np.digitize(median, [3.5, 6.5])].sum())
    agreement = disagreement = None
    if 8 <= n[0] <= 16:
        enough = (int(n[0]) + 1) // 3
        agreement, disagreement = outside < enough, min(low, high) >= enough
    return Appropriateness(
        agreement=agreement,
        disagreement=disagreement,
        ipr=ipr,
        ipras=ipras,
        index=ipr / ipras,
        disagreement_ipras=spread > limit,
        validated=validated,
        median=median,
        p30=_moved(low10 / 10, scale),
        p70=_moved(high10 / 10, scale),
        low=low,
        high=high,
        outside=outside,
        reason=None if agreement is not None else OTHER_SIZE,
    )


def _moved(place: float, scale: Scale) -> float:
    return 1 + 8 * place / (scale.size - 1)
