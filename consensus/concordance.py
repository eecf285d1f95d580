"""Do the raters put the items in the same order? Kendall's W, its chance and its interval.

W never settles an item: raters may agree on an order and on no value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, fdtrc, stdtrit

from consensus.arguments import choice, generator, resamples_of
from consensus.arrangements import BEARABLE, CHEAP, MOST_ITEMS, TooManyArrangements
from consensus.errors import ConsensusError
from consensus.orders import CompleteOrders, GappedOrders
from consensus.ranks import Ranks, centred_ranks
from consensus.ratings import Floats, as_ratings
from consensus.resampling import resample_counts

__all__ = ["Concordance", "kendall_w"]

P: TypeAlias = Literal["auto", "exact", "f", "chi2", "permutation"]
Interval: TypeAlias = Literal["jackknife", "bootstrap"]
Orders: TypeAlias = CompleteOrders | GappedOrders

ONE_RATER = "fewer than two raters rated two items or more"
NO_ORDER = "no rater rated two items differently, so there is no order"
F_NEEDS_COMPLETE = "the F test needs complete ratings; use chi2 or permutation"
F_NEEDS_DEGREES = "two raters on two items leave the F test no degrees of freedom"
FEW_FOR_JACKKNIFE = "the jackknife interval needs at least four raters"
FEW_FOR_BOOTSTRAP = "the shifted bootstrap needs at least fifteen raters; use the jackknife"
NOTHING_DRAWN = "W was not defined in any resample, so there is no bootstrap interval"
ONE_CARRIES = "W is not defined without one of the raters, so there is no jackknife interval"


@dataclass(frozen=True, slots=True)
class Concordance:
    """How far a panel puts the items in the same order.

    Parameters
    ----------
    w : float
        Kendall's W, tie-corrected, 0 to 1; with missing ratings W*, which equals W on complete data.
    mean_spearman : float
        (mW−1)/(m−1), the tie-weighted mean of pairwise Spearman correlations. With missing ratings m is Σ(k−1)/
        (n−1), so that by chance it is 0 on average there too.
    statistic, p_value, method
        The test used and its figure: F for ``f``, else χ² = m(n−1)W, or Q with missing ratings.
    low, high : float
        95 % interval of W.
    raters, items : int
        Raters who rated two items or more, and items that anybody rated.
    constant_raters : int
        Those of the raters who gave one rating to everything.
    complete : bool
        Whether no rating is missing.
    reason : str or None
        Why a figure is nan, where one is.
    """

    w: float
    mean_spearman: float
    statistic: float
    p_value: float
    method: str
    low: float
    high: float
    raters: int
    items: int
    constant_raters: int
    complete: bool
    reason: str | None = None


def kendall_w(
    ratings: ArrayLike,
    *,
    p: P = "auto",
    interval: Interval | None = "jackknife",
    rng: np.random.Generator | None = None,
    resamples: int = 9999,
) -> Concordance:
    """Measure how far the raters put the items in the same order.

    Parameters
    ----------
    ratings : array_like
        Raters × items, nan for no rating; at least two of each.
    p : {"auto", "exact", "f", "chi2", "permutation"}
        ``auto`` is exact where that is cheap, else F (Legendre 2005) on complete data and χ² on Q with missing
        ratings.
    interval : {"jackknife", "bootstrap"} or None
        Leave-one-rater-out jackknife of the mean Spearman on Fisher's z, from four raters; or the shifted
        percentile bootstrap of raters, from fifteen.
    rng : numpy.random.Generator, optional
        Needed for ``permutation`` and ``bootstrap``.
    resamples : int
        Shuffles and resamples, at least 1.

    Raises
    ------
    ConsensusError
        As `as_ratings`; ``unknown_choice``, ``needs_rng``, ``bad_resamples``; ``too_many_arrangements`` where
        ``exact`` is asked and cannot be listed.

    Notes
    -----
    W* = Q/Σ(k−1) is this project's definition: Q is the statistic of Skillings & Mack (1981) with each rater's
    tie-corrected variance. Neither items nor raters are dropped and no rank is filled in.
    """
    matrix = as_ratings(ratings, raters=2, items=2)
    _check_choices(p, interval, rng, resamples)
    ranks = centred_ranks(matrix)
    items = matrix.shape[1]
    if not ranks.complete:
        present = ~np.isnan(matrix)
        items = int(np.count_nonzero(present.any(axis=0)))
        # One rating alone says nothing about an order.
        kept = ranks.rated >= 2
        present = present[kept].astype(np.float64)
        ranks = Ranks((ranks.centred[kept],), ranks.rated[kept], ranks.squares[kept], False)
    raters = len(ranks.rated)
    constant = raters - int(np.count_nonzero(ranks.squares))
    reason = ONE_RATER if raters < 2 else NO_ORDER if constant == raters else None
    orders: Orders | None = None
    if reason is None:
        orders = CompleteOrders(ranks) if ranks.complete else GappedOrders(ranks, present)
        reason = orders.reason
    if orders is None or reason is not None:
        method: str = p if p != "auto" else "f" if ranks.complete else "chi2"
        none = math.nan
        return Concordance(none, none, none, none, method, none, none, raters, items, constant, ranks.complete, reason)
    statistic, p_value, method, reason = _test(orders, p, rng, resamples)
    low, high, why = _interval(orders, interval, rng, resamples)
    return Concordance(
        w=orders.w,
        mean_spearman=(orders.weight * orders.w - 1) / (orders.weight - 1),
        statistic=statistic,
        p_value=p_value,
        method=method,
        low=low,
        high=high,
        raters=raters,
        items=items,
        constant_raters=constant,
        complete=ranks.complete,
        reason=reason or why,
    )


def _test(
    orders: Orders, p: P, rng: np.random.Generator | None, resamples: int
) -> tuple[float, float, str, str | None]:
    complete = isinstance(orders, CompleteOrders)
    if p == "exact" or (p == "auto" and orders.items <= MOST_ITEMS):
        try:
            chance = orders.exact_chance(BEARABLE if p == "exact" else CHEAP)
        except TooManyArrangements as error:
            if p == "exact":
                raise ConsensusError(
                    "p",
                    "too_many_arrangements",
                    f"{orders.raters} raters on {orders.items} items have too many arrangements to list; "
                    'use p="permutation" or p="auto".',
                ) from error
        else:
            return orders.statistic, chance, "exact", None
    if p == "permutation" and rng is not None:
        reached = orders.shuffled(rng, resamples)
        return orders.statistic, (1 + reached) / (resamples + 1), p, None
    if p == "chi2" or (p == "auto" and not complete):
        return orders.statistic, float(chdtrc(orders.degrees, orders.statistic)), "chi2", None
    if not complete:
        return math.nan, math.nan, "f", F_NEEDS_COMPLETE
    between = orders.items - 1 - 2 / orders.raters
    if between <= 0:
        return math.nan, math.nan, "f", F_NEEDS_DEGREES
    if orders.w >= 1:
        return math.inf, 0.0, "f", None
    statistic = (orders.raters - 1) * orders.w / (1 - orders.w)
    return statistic, float(fdtrc(between, (orders.raters - 1) * between, statistic)), "f", None


def _interval(
    orders: Orders, interval: Interval | None, rng: np.random.Generator | None, resamples: int
) -> tuple[float, float, str | None]:
    if interval is None:
        return math.nan, math.nan, None
    needed, why = (4, FEW_FOR_JACKKNIFE) if interval == "jackknife" else (15, FEW_FOR_BOOTSTRAP)
    if orders.raters < needed:
        return math.nan, math.nan, why
    rho = (orders.weight * orders.w - 1) / (orders.weight - 1)
    if rho > 1 - 1e-12:
        return 1.0, 1.0, None
    if interval == "jackknife":
        apart = _rho(*orders.without_each())
        if np.isnan(apart).any():
            return math.nan, math.nan, ONE_CARRIES
        error = math.sqrt((orders.raters - 1) * float(apart.var()))
        half = float(stdtrit(orders.raters - 1, 0.975)) * error / (1 - rho**2)
        ends = np.tanh(math.atanh(rho) + np.array([-half, half]))
    else:
        assert rng is not None  # asked for at the door
        drawn = np.concatenate(
            [_rho(*orders.resampled(counts)) for counts in resample_counts(rng, resamples, orders.raters)]
        )
        drawn = drawn[~np.isnan(drawn)]
        if not len(drawn):
            return math.nan, math.nan, NOTHING_DRAWN
        # A rater drawn twice agrees with themselves, which lifts every resample: take that lift off again.
        ends = np.quantile(drawn, [0.025, 0.975]) - (float(drawn.mean()) - rho)
    low, high = np.clip((1 + (orders.weight - 1) * ends) / orders.weight, 0, 1).tolist()
    return low, high, None


def _rho(w: Floats, weight: Floats) -> Floats:
    rho: Floats = np.divide(weight * w - 1, weight - 1, out=np.full(w.shape, np.nan), where=weight > 1 + 1e-9)
    return rho


def _check_choices(p: str, interval: str | None, rng: object, resamples: object) -> None:
    choice("p", p, get_args(P))
    if interval is not None:
        choice("interval", interval, get_args(Interval), besides=" or None")
    resamples_of(resamples)
    if rng is not None or p == "permutation" or interval == "bootstrap":
        generator(rng)
