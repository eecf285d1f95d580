"""One sample against a reference: Wilcoxon's signed ranks, Hodges–Lehmann, and two one-sided t-tests.

Owns the exact conditional chance under ties. It corrects for no multiplicity; that is `consensus.gap.adjust`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, stdtr, stdtrit

from consensus.errors import ConsensusError
from consensus.ratings import Floats, Ints, as_column

Method: TypeAlias = Literal["exact", "normal", "corrected"]

NO_RATINGS = "there is no rating to compare"
NO_DIFFERENCE = "every rating equals the reference"
FEW_FOR_INTERVAL = "fewer than six ratings have no 95 % interval"
FEW_FOR_T = "fewer than two ratings have no spread to test with"
NO_SPREAD = "all ratings are the same, so the t-test has no spread to stand on"

_LISTED = 200  # differences up to which sums are added up one by one
_LEVEL = 0.05


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
        chance = _CHANCES["corrected" if counts.sum() > _LISTED else method]
        low, high = _inverted(values, counts, location, chance)
    signs = _Signs(values - reference, counts)
    if signs.n == 0:
        return SignedRank(0.0, 1.0, location, low, high, nan, NO_DIFFERENCE)
    return SignedRank(
        statistic=signs.doubled / 2,
        p_value=_CHANCES[method](signs),
        hodges_lehmann=location,
        low=low,
        high=high,
        rank_biserial=(2 * signs.doubled - signs.total) / signs.total,
        reason=reason,
    )


def hodges_lehmann(values: Floats, counts: Ints) -> float:
    """Give the median of the Walsh averages of distinct values with their counts; nan if there are none."""
    if len(values) == 0:
        return math.nan
    averages, weights = _walsh(values, counts)
    reached = weights.cumsum()
    last = int(reached[-1])
    middle = np.searchsorted(reached, [(last - 1) // 2, last // 2], side="right")
    return float(averages[middle].mean())


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
    half = float(stdtrit(n - 1, 1 - _LEVEL)) * error
    return Equivalence(p_value, p_value < _LEVEL, mean - half, mean + half)


class _Signs:
    """Signed ranks by groups of equal size: doubled midranks, so that all sums are whole numbers."""

    def __init__(self, differences: Floats, counts: Ints) -> None:
        # Equal distances stay equal where subtraction has left a trace in the last digits.
        differences = np.round(differences, 12)
        kept = differences != 0
        sizes, place = np.unique(np.abs(differences[kept]), return_inverse=True)
        signed, counts = differences[kept] > 0, counts[kept]
        self.ties = np.bincount(place, counts, minlength=len(sizes)).astype(np.int64)
        above = np.bincount(place, counts * signed, minlength=len(sizes)).astype(np.int64)
        self.ranks = 2 * self.ties.cumsum() - self.ties + 1
        self.n = int(self.ties.sum())
        self.doubled = int(self.ranks @ above)
        self.total = self.n * (self.n + 1)


def _exact(signs: _Signs) -> float:
    tail = min(signs.doubled, signs.total - signs.doubled)
    # The transform is exact to about 1e-14, which is not enough for a chance that is smaller still.
    far = signs.n <= _LISTED or _normal(signs) < 1e-9
    chance = _listed(signs, tail) if far else _transformed(signs, tail)
    return min(1.0, max(2 * chance, 2.0 ** (1 - signs.n)))


def _listed(signs: _Signs, tail: int) -> float:
    reached = np.zeros(tail + 1)
    reached[0] = 1.0
    for rank, ties in zip(signs.ranks.tolist(), signs.ties.tolist(), strict=True):
        if rank > tail:
            reached *= 0.5**ties
            continue
        for _ in range(ties):
            reached *= 0.5
            reached[rank:] += reached[:-rank].copy()
    return float(reached.sum())


def _transformed(signs: _Signs, tail: int) -> float:
    # The characteristic function of the sum, summed over the tail: each angle is one term of the inverse
    # transform. Angles come in conjugate pairs, so the real part of one half is enough.
    size = signs.total + 1
    half = np.arange(1, (size - 1) // 2 + 1) * (math.pi / size)
    wave = np.ones(len(half))
    for rank, ties in zip(signs.ranks.tolist(), signs.ties.tolist(), strict=True):
        wave *= np.cos(half * rank) ** ties
    steps = np.sin(half * (tail + 1)) / np.sin(half)
    return float(tail + 1 + 2 * (wave * np.cos(half * (signs.total - tail)) * steps).sum()) / size


def _normal(signs: _Signs, correction: float = 0.0) -> float:
    squares = float((signs.ties * signs.ranks.astype(np.float64) ** 2).sum()) / 4
    distance = abs(2 * signs.doubled - signs.total) / 4
    distance = max(distance - correction, 0.0) / math.sqrt(squares / 4)
    return 2 * float(ndtr(-distance))


def _corrected(signs: _Signs) -> float:
    return _normal(signs, 0.5)


_CHANCES: dict[str, Callable[[_Signs], float]] = {"exact": _exact, "normal": _normal, "corrected": _corrected}


def _walsh(values: Floats, counts: Ints) -> tuple[Floats, Ints]:
    first, second = np.triu_indices(len(values))
    pairs = np.where(first == second, counts[first] * (counts[first] + 1) // 2, counts[first] * counts[second])
    averages, place = np.unique(np.round((values[first] + values[second]) / 2, 12), return_inverse=True)
    return averages, np.bincount(place, pairs).astype(np.int64)


def _inverted(values: Floats, counts: Ints, location: float, chance: Callable[[_Signs], float]) -> tuple[float, float]:
    """Give the ends of the locations the test does not reject; the chance is constant between Walsh averages."""
    averages, _ = _walsh(values, counts)

    def kept(gap: int) -> bool:
        if gap in (0, len(averages)):
            return False  # beyond all averages every sign is the same: rejected from six ratings up
        signs = _Signs(values - (averages[gap - 1] + averages[gap]) / 2, counts)
        return chance(signs) >= _LEVEL

    left = int(np.searchsorted(averages, location - 1e-9))
    right = int(np.searchsorted(averages, location + 1e-9))
    low = high = location
    if kept(left):
        outside, inside = 0, left
        while inside - outside > 1:
            middle = (inside + outside) // 2
            outside, inside = (outside, middle) if kept(middle) else (middle, inside)
        low = float(averages[inside - 1])
    if kept(right):
        inside, outside = right, len(averages)
        while outside - inside > 1:
            middle = (inside + outside) // 2
            inside, outside = (middle, outside) if kept(middle) else (inside, middle)
        high = float(averages[inside])
    return low, high


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
