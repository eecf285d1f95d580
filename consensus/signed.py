"""One sample against a reference: Wilcoxon's signed ranks with location, and two one-sided t-tests.

Their arithmetic is in `consensus.signs`. Corrects for no multiplicity; that is `consensus.gap.adjust`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from consensus.arguments import choice, finite, shown
from consensus.errors import ConsensusError
from consensus.ratings import Floats, Ints, as_column
from consensus.signs import CHANCES, LEVEL, Signs, hodges_lehmann, inverted

Method: TypeAlias = Literal["exact", "normal", "corrected"]

INVERTED = 200  # ratings up to which the exact test is inverted

NO_RATINGS = "there is no rating to compare"
NO_DIFFERENCE = "every rating equals the reference"
FEW_FOR_INTERVAL = "fewer than six ratings have no 95 % interval"
FEW_FOR_T = "fewer than two ratings have no spread to test with"
NO_SPREAD = "all ratings are the same, so the t-test has no spread to stand on"


@dataclass(frozen=True, slots=True)
class SignedRank:
    """Wilcoxon's signed-rank test with its location.

    Parameters
    ----------
    statistic : float
        V, the sum of the midranks of positive differences; differences of zero are dropped.
    p_value : float
        Two-sided; 1 where every rating equals the reference, since then no arrangement of signs is rarer.
    hodges_lehmann, low, high : float
        Median of the Walsh averages, and the 95 % interval by inverting the test; both are locations on the scale
        of the column, not distances from the reference.
    rank_biserial : float
        Matched-pairs rank-biserial correlation, −1 to 1.
    reason : str or None
        Why a figure is nan, where one is.
    """

    statistic: float
    p_value: float
    hodges_lehmann: float
    low: float
    high: float
    rank_biserial: float
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Two one-sided t-tests of a mean against reference ± margin.

    ``p_value`` is the larger of the two, ``equivalent`` whether it is below .05, ``low`` and ``high`` the 90 %
    interval of the mean, ``reason`` why they are nan.
    """

    p_value: float
    equivalent: bool
    low: float
    high: float
    reason: str | None = None


def signed_rank(column: ArrayLike, reference: float | ArrayLike = 0.0, *, method: Method = "exact") -> SignedRank:
    """Test whether ratings lie evenly about a reference.

    Parameters
    ----------
    column : array_like
        Ratings or differences of one item; nan is left out.
    reference : float or array_like
        One value, or one for each entry of the column: then the figures are those of the differences.
    method : {"exact", "normal", "corrected"}
        Exact conditional on the ties; or the tie-corrected normal approximation without or with continuity
        correction.

    Raises
    ------
    ConsensusError
        As `as_column`; ``bad_reference``, ``unknown_choice``.

    Notes
    -----
    With ties R's `wilcox.test` falls back to the normal approximation; this does not. Above 200 ratings the
    interval, not the p, is inverted by the normal approximation.
    """
    choice("method", method, get_args(Method))
    sample, centre = _against(column, reference)
    values, counts = np.unique(sample, return_counts=True)
    return signed_rank_of(values, counts, centre, method=method)


def signed_rank_of(
    values: Floats, counts: Ints, reference: float, *, method: Method = "exact", interval: bool = True
) -> SignedRank:
    """Do `signed_rank` from distinct values in increasing order and how often each occurs."""
    values, counts = values[counts > 0], counts[counts > 0]
    nan = math.nan
    if len(values) == 0:
        return SignedRank(nan, nan, nan, nan, nan, nan, NO_RATINGS)
    # What counts as equal follows the size of the numbers; a power of two rounds nothing.
    unit = _unit(values, reference)
    values, reference = values / unit, reference / unit
    location = hodges_lehmann(values, counts)
    low = high = nan
    reason = None
    if counts.sum() < 6:
        reason = FEW_FOR_INTERVAL if interval else None
    elif interval:
        chance = CHANCES["corrected" if counts.sum() > INVERTED else method]
        low, high = (unit * end for end in inverted(values, counts, location, chance))
    signs = Signs(values - reference, counts)
    if signs.n == 0:
        return SignedRank(0.0, 1.0, unit * location, low, high, nan, NO_DIFFERENCE)
    return SignedRank(
        statistic=signs.doubled / 2,
        p_value=CHANCES[method](signs),
        hodges_lehmann=unit * location,
        low=low,
        high=high,
        rank_biserial=(2 * signs.doubled - signs.total) / signs.total,
        reason=reason,
    )


def _unit(values: Floats, reference: float) -> float:
    """Give the power of two that brings the largest number to between 4 and 8, where ratings lie."""
    largest = max(abs(reference), float(np.abs(values).max()))
    return math.ldexp(1.0, math.frexp(largest)[1] - 3) if largest else 1.0


def equivalence(column: ArrayLike, reference: float, *, margin: float = 0.5) -> Equivalence:
    """Test whether the mean rating lies within a margin of the reference, by two one-sided t-tests.

    Parameters
    ----------
    column : array_like
        Ratings of one item; nan is left out.
    reference : float
    margin : float
        Half the width of what counts as equal, in units of the scale, above 0.

    Raises
    ------
    ConsensusError
        As `as_column`; ``bad_reference``, ``bad_margin``.

    Notes
    -----
    Schuirmann (1987), level .05.
    """
    margin = finite(margin)
    if not margin > 0:
        raise ConsensusError("margin", "bad_margin", "`margin` must be a number above 0, for example 0.5.")
    sample, centre = _against(column, reference)
    n = len(sample)
    if n < 2:
        return Equivalence(math.nan, False, math.nan, math.nan, FEW_FOR_T)
    if sample.min() == sample.max():
        return Equivalence(math.nan, False, math.nan, math.nan, NO_SPREAD)
    unit = float(np.ptp(sample))  # squares of what is tiny would be nought
    mean, error = float(sample.mean()), unit * float((sample / unit).std(ddof=1)) / math.sqrt(n)
    p_value = max(
        float(stdtr(n - 1, -(mean - centre + margin) / error)),
        float(stdtr(n - 1, (mean - centre - margin) / error)),
    )
    half = float(stdtrit(n - 1, 1 - LEVEL)) * error
    return Equivalence(p_value, p_value < LEVEL, mean - half, mean + half)


def _against(column: ArrayLike, reference: float | ArrayLike) -> tuple[Floats, float]:
    sample = as_column(column)
    if isinstance(reference, str) or not isinstance(reference, Iterable) or getattr(reference, "ndim", 1) == 0:
        centre = finite(reference)
        if math.isnan(centre):
            raise ConsensusError(
                "reference", "bad_reference", f"`reference` must be a finite number, not {shown(reference)}."
            )
        return sample[~np.isnan(sample)], centre
    other = as_column(reference, argument="reference")
    if other.shape != sample.shape:
        raise ConsensusError(
            "reference",
            "bad_reference",
            f"`reference` has {len(other)} entries and `column` {len(sample)}; give one number, or as many.",
        )
    differences = sample - other
    return differences[~np.isnan(differences)], 0.0
