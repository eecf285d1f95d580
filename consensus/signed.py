"""One sample against a reference: Wilcoxon's signed ranks with location, and two one-sided t-tests.

Their arithmetic is in `consensus.signs`. Corrects for no multiplicity; that is `consensus.gap.adjust`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from consensus.errors import ConsensusError
from consensus.ratings import Floats, Ints, as_column
from consensus.signs import CHANCES, LEVEL, LISTED, Signs, hodges_lehmann, inverted

Method: TypeAlias = Literal["exact", "normal", "corrected"]

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
    if method not in get_args(Method):
        raise ConsensusError(
            "method", "unknown_choice", f"method={method!r} is unknown; choose {', '.join(get_args(Method))}."
        )
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
    location = hodges_lehmann(values, counts)
    low = high = nan
    reason = None
    if counts.sum() < 6:
        reason = FEW_FOR_INTERVAL if interval else None
    elif interval:
        chance = CHANCES["corrected" if counts.sum() > LISTED else method]
        low, high = inverted(values, counts, location, chance)
    signs = Signs(values - reference, counts)
    if signs.n == 0:
        return SignedRank(0.0, 1.0, location, low, high, nan, NO_DIFFERENCE)
    return SignedRank(
        statistic=signs.doubled / 2,
        p_value=CHANCES[method](signs),
        hodges_lehmann=location,
        low=low,
        high=high,
        rank_biserial=(2 * signs.doubled - signs.total) / signs.total,
        reason=reason,
    )


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
    if not (isinstance(margin, int | float) and 0 < margin < math.inf) or isinstance(margin, bool):
        raise ConsensusError("margin", "bad_margin", "`margin` must be a number above 0, for example 0.5.")
    sample, centre = _against(column, reference)
    n = len(sample)
    if n < 2:
        return Equivalence(math.nan, False, math.nan, math.nan, FEW_FOR_T)
    mean, error = float(sample.mean()), float(sample.std(ddof=1)) / math.sqrt(n)
    if sample.min() == sample.max():
        return Equivalence(math.nan, False, math.nan, math.nan, NO_SPREAD)
    p_value = max(
        float(stdtr(n - 1, -(mean - centre + margin) / error)),
        float(stdtr(n - 1, (mean - centre - margin) / error)),
    )
    half = float(stdtrit(n - 1, 1 - LEVEL)) * error
    return Equivalence(p_value, p_value < LEVEL, mean - half, mean + half)


def _against(column: ArrayLike, reference: float | ArrayLike) -> tuple[Floats, float]:
    sample = as_column(column)
    if np.ndim(reference) == 0:
        if isinstance(reference, bool | str) or not isinstance(reference, int | float | np.number):
            raise _bad_reference()
        centre = float(reference)
        if not math.isfinite(centre):
            raise _bad_reference()
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


def _bad_reference() -> ConsensusError:
    return ConsensusError("reference", "bad_reference", "`reference` must be a finite number, for example 3.5.")
