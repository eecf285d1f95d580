"""How much of the variance in ratings lies between the items: the six intraclass correlations.

Owns Shrout & Fleiss (1979) with their intervals. Raters are the measurements, items the targets; nothing may miss.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import fdtrc, fdtri

from consensus.ratings import as_ratings

NEEDS_COMPLETE = "intraclass correlations need every rating; use krippendorff_alpha with missing ones"
ALL_ALIKE = "every rater gave all items one rating, so there is no variance to divide"
FAR_BELOW = "the items differ far less than the raters on each of them, so some correlations of the mean do not exist"
NO_BETWEEN = "the items do not differ at all, so there is no reliability of a mean to speak of"

_UPPER = 0.975
_NOUGHT = 1e-12  # what rounding leaves of it


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The six intraclass correlations, each with its 95 % interval.

    ``icc1`` random raters for each item, ``icc2`` random and ``icc3`` fixed raters for all; with ``k`` for the mean
    of all raters. ``f`` and ``p_value`` test for differences between items. ``reason`` says why figures are nan.
    """

    icc1: float
    icc2: float
    icc3: float
    icc1k: float
    icc2k: float
    icc3k: float
    icc1_low: float
    icc1_high: float
    icc2_low: float
    icc2_high: float
    icc3_low: float
    icc3_high: float
    icc1k_low: float
    icc1k_high: float
    icc2k_low: float
    icc2k_high: float
    icc3k_low: float
    icc3k_high: float
    f: float
    p_value: float
    reason: str | None = None


def icc(ratings: ArrayLike) -> Intraclass:
    """Compute the six intraclass correlations of complete ratings.

    Parameters
    ----------
    ratings : array_like
        Raters × items, at least two of each; any missing rating makes every figure nan.

    Raises
    ------
    ConsensusError
        As `as_ratings`.

    Notes
    -----
    The interval of ``icc2k`` is that of ``icc2`` stepped up (Spearman–Brown), as Shrout & Fleiss have it.
    """
    matrix = as_ratings(ratings, raters=2, items=2)
    if np.isnan(matrix).any():
        return _nothing(NEEDS_COMPLETE)
    k, n = matrix.shape
    matrix = matrix - matrix.mean()
    matrix /= max(float(np.abs(matrix).max()), np.finfo(float).tiny)  # squares of what is tiny would be nought
    by_item, by_rater = matrix.mean(axis=0), matrix.mean(axis=1)
    whole = float((matrix**2).sum())
    between = k * float((by_item**2).sum()) / (n - 1)
    raters = n * float((by_rater**2).sum()) / (k - 1)
    error = float(((matrix - by_item - by_rater[:, None]) ** 2).sum()) / ((n - 1) * (k - 1))
    # Differences that rounding alone has left are none.
    between, raters, error = (0.0 if square <= 1e-14 * whole else square for square in (between, raters, error))
    if between == 0 and error == 0:
        return _nothing(ALL_ALIKE)
    within = (raters * (k - 1) + error * (k - 1) * (n - 1)) / (n * (k - 1))
    one = _single(between, within, k, n - 1, n * (k - 1))
    three = _single(between, error, k, n - 1, (n - 1) * (k - 1))
    two = _crossed(between, raters, error, k, n)
    figures: dict[str, float] = {}
    for name, ends in (("icc1", one), ("icc2", two), ("icc3", three)):
        mean = [_stepped_up(end, k) for end in ends]
        figures |= dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))
        figures |= dict(zip((f"{name}k", f"{name}k_low", f"{name}k_high"), mean, strict=True))
    f = between / error if error else math.inf
    p_value = float(fdtrc(n - 1, (n - 1) * (k - 1), f)) if error else 0.0
    some = np.isnan(list(figures.values())).any()
    reason = NO_BETWEEN if between == 0 else FAR_BELOW if some else None
    return Intraclass(**figures, f=f, p_value=p_value, reason=reason)


def _single(between: float, noise: float, k: int, df1: int, df2: int) -> tuple[float, float, float]:
    def at(factor: float) -> float:
        return (between - factor * noise) / (between + (k - 1) * factor * noise)

    if between == 0:
        return at(1.0), at(1.0), at(1.0)
    return at(1.0), at(float(fdtri(df1, df2, _UPPER))), at(1 / float(fdtri(df2, df1, _UPPER)))


def _crossed(between: float, raters: float, error: float, k: int, n: int) -> tuple[float, float, float]:
    whole = between + (k - 1) * error + k * (raters - error) / n
    if whole <= 0:
        return math.nan, math.nan, math.nan
    rho = (between - error) / whole
    own = (n * (1 + (k - 1) * rho) - k * rho) * error
    top = (k - 1) * (n - 1) * (k * rho * raters + own) ** 2
    bottom = (n - 1) * (k * rho * raters) ** 2 + own**2
    if bottom == 0 or top == 0:
        return rho, rho, rho
    freedom = top / bottom
    rest = k * raters + (k * n - k - n) * error
    upper, lower = float(fdtri(n - 1, freedom, _UPPER)), float(fdtri(freedom, n - 1, _UPPER))
    return (
        rho,
        n * (between - upper * error) / (upper * rest + n * between),
        n * (lower * between - error) / (rest + n * lower * between),
    )


def _stepped_up(value: float, k: int) -> float:
    bottom = 1 + (k - 1) * value
    return k * value / bottom if bottom > _NOUGHT else math.nan


def _nothing(reason: str) -> Intraclass:
    names = [field.name for field in fields(Intraclass) if field.name != "reason"]
    return Intraclass(**dict.fromkeys(names, math.nan), reason=reason)
