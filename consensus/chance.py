"""How easily a panel that rates at random agrees, and the count of agreeing raters that guards against it.

Owns exact counting of the ways ratings can fall on a scale. Draws nothing at random.

A share above one half makes the counting short: a pair of neighbouring categories that holds more than half of
the ratings always holds the median, and no two pairs without a common category can both do so. The chance that
some pair holds enough is therefore the sum over pairs less the sum over neighbouring pairs that both do.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb

from consensus.arguments import shown, whole
from consensus.errors import ConsensusError

HALF = Fraction(1, 2)


def needed_in_pair(
    raters: int, categories: int, *, share: float | Fraction = 0.75, chance: float | Fraction | None = 0.05
) -> int:
    """Give the fewest ratings in the fullest pair around the median that are both the share and no accident.

    Parameters
    ----------
    raters : int
        Ratings on the item, 0 or more.
    categories : int
        Categories of the scale, 2 or more.
    share : float or Fraction
        Smallest share of the ratings in the pair, above 1/2 and at most 1.
    chance : float or Fraction, optional
        Largest chance with which a panel rating at random may pass, 0 to 1. None: no guard.

    Returns
    -------
    int
        A count from 1 to `raters`, or `raters` + 1 where even unanimity is too likely by chance.

    Raises
    ------
    ConsensusError
        ``out_of_range``, naming the argument.

    Notes
    -----
    Computed in whole numbers: floating point decides no verdict. Decimals are read as the fraction with a
    denominator up to 10,000 that is nearest, so that 0.05 is one in twenty.
    """
    raters, categories = whole("raters", raters, 0), whole("categories", categories, 2)
    least = _fraction("share", share)
    if not HALF < least <= 1:
        raise ConsensusError(
            "share", "out_of_range", "The share must be above one half and at most 1, for example 0.75."
        )
    limit = None if chance is None else _fraction("chance", chance)
    if limit is not None and not 0 <= limit <= 1:
        raise ConsensusError(
            "chance", "out_of_range", "The chance must lie between 0 and 1, for example 0.05, or be left out."
        )
    return _needed(raters, categories, least, limit)


def pass_probability(raters: int, categories: int, needed: int) -> Fraction:
    """Give the exact chance that random ratings put at least `needed` into the pair around the median.

    Every category is equally likely for every rater. `needed` must be more than half of `raters`.

    Raises
    ------
    ConsensusError
        ``out_of_range``, naming the argument.
    """
    raters, categories = whole("raters", raters, 1), whole("categories", categories, 2)
    needed = whole("needed", needed, 1)
    if 2 * needed <= raters:
        raise ConsensusError(
            "needed", "out_of_range", "Chance is counted for more than half of the raters; raise `needed`."
        )
    return Fraction(_ways(raters, categories, needed), categories**raters)


@lru_cache(maxsize=4096)
def _needed(raters: int, categories: int, share: Fraction, chance: Fraction | None) -> int:
    low = max(1, -(-raters * share.numerator // share.denominator))
    if chance is None or raters == 0:
        return low
    most = chance * categories**raters
    high = raters + 1
    # The more ratings are asked for, the fewer ways pass. In all but small panels the share alone is enough.
    middle = low
    while low < high:
        if _enough(raters, categories, middle, most):
            high = middle
        else:
            low = middle + 1
        middle = (low + high) // 2
    return low


def _enough(raters: int, categories: int, needed: int, most: Fraction) -> bool:
    # Each bound is far cheaper in large panels than what follows it: a row that falls at least as fast as one of
    # powers, the plain sum over pairs, and the ways themselves.
    first = comb(raters, needed) * 2**needed * (categories - 2) ** (raters - needed)
    slope = Fraction(2 * (raters - needed), (needed + 1) * (categories - 2)) if categories > 2 else Fraction(1)
    if slope < 1 and (categories - 1) * first <= most * (1 - slope):
        return True
    single = _ways_of_one_pair(raters, categories, needed)
    return (categories - 1) * single <= most or _ways(raters, categories, needed) <= most


def _ways(raters: int, categories: int, needed: int) -> int:
    single = _ways_of_one_pair(raters, categories, needed)
    if categories == 2:
        return single
    both = _ways_of_two_pairs(raters, categories, needed)
    return (categories - 1) * single - (categories - 2) * both


@lru_cache(maxsize=4096)
def _ways_of_one_pair(raters: int, categories: int, needed: int) -> int:
    return _tail(raters, needed, categories - 2, 2)


@lru_cache(maxsize=4096)
def _ways_of_two_pairs(raters: int, categories: int, needed: int) -> int:
    """Count the ways in which two pairs with one common category both hold at least `needed`."""
    others = categories - 3
    ways = 0
    for common in range(max(0, 2 * needed - raters), raters + 1):
        rest = raters - common
        each = max(0, needed - common)
        split = 0
        for left in range(each, rest - each + 1):
            free = rest - left
            split += comb(rest, left) * _tail(free, each, others)
        ways += comb(raters, common) * split
    return ways


@lru_cache(maxsize=65536)
def _tail(raters: int, least: int, others: int, chosen: int = 1) -> int:
    """Count the ways in which at least `least` choose one of `chosen` categories and the rest one of the others."""
    if least > raters:
        return 0
    # From unanimity down, each term from the one before it.
    term: int = chosen**raters
    ways = term
    for inside in range(raters, least, -1):
        term = term * inside * others // ((raters - inside + 1) * chosen)
        ways += term
    return ways


def _fraction(argument: str, value: float | Fraction) -> Fraction:
    try:
        if not isinstance(value, bool):
            return Fraction(value).limit_denominator(10_000)
    except (TypeError, ValueError, OverflowError):
        pass
    raise ConsensusError(
        argument, "out_of_range", f"`{argument}` must be a number between 0 and 1, not {shown(value)}."
    )
