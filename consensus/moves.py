"""How many people are short of agreement: the fewest who, each moving one category, make the location hold.

Owns the exact search over single steps. Names nobody: counts in, one number out.

People move across the boundaries between neighbouring categories, and one never gains from two people crossing
the same boundary in opposite directions. A set of moves is thus one signed number for each boundary, and costs the
sum of their sizes. What a rule asks (where certain ratings in order lie, how many lie in a window) bounds the
ratings up to each boundary, so for each way to meet the rule the cheapest moves are found directly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, combinations_with_replacement

from consensus.location import ipr_and_limit
from consensus.rules import Rule


@dataclass(frozen=True)
class Target:
    """One way to meet a rule: where the ratings of some ranks lie, and a window that holds enough."""

    ranks: tuple[int, ...]
    places: tuple[int, ...]
    window: tuple[int, int] | None


@lru_cache(maxsize=8192)
def short_by(counts: tuple[int, ...], rule: Rule, needed: int | None) -> int | None:
    """Give the fewest people who, each moving one category, pass the location clause.

    Parameters
    ----------
    counts : tuple of int
        Ratings in each category, lowest first.
    rule : Rule
    needed : int or None
        Ratings the rule asks for; None where it counts nobody.

    Returns
    -------
    int or None
        0 where the clause holds; None where no single steps reach it, or nobody rated.
    """
    raters = sum(counts)
    if raters == 0 or (needed is not None and needed > raters):
        return None
    ways = targets(raters, len(counts), rule, needed is not None and 2 * needed > raters)
    costs = (_cost(counts, target, needed or 0) for target in ways)
    return min((cost for cost in costs if cost is not None), default=None)


@lru_cache(maxsize=512)
def targets(raters: int, size: int, rule: Rule, majority: bool) -> tuple[Target, ...]:
    """List the ways to meet a rule; those with the same window exclude each other.

    `majority` tells whether more than half of the ratings are asked for: so many in a pair hold the median by
    themselves.
    """
    ranks = _asked(raters, rule, majority)
    by_median = rule.location == "within_one" or (rule.location == "pair" and not majority)
    return tuple(
        Target(ranks, places, window)
        for places in combinations_with_replacement(range(size), len(ranks))
        for window in _windows(dict(zip(ranks, places, strict=True)), raters, size, rule, by_median)
    )


def rank_count(raters: int, rule: Rule) -> int:
    """Tell of how many ratings in order a rule that asks for a majority says where they lie."""
    return len(_asked(raters, rule, True))


def _asked(raters: int, rule: Rule, majority: bool) -> tuple[int, ...]:
    medians = () if rule.location == "rand_ucla" or (rule.location == "pair" and majority) else _ranks(raters, 1, 2)
    quartiles = () if rule.iqr_at_most is None else (*_ranks(raters, 1, 4), *_ranks(raters, 3, 4))
    deciles = (*_ranks(raters, 3, 10), *_ranks(raters, 7, 10)) if rule.location == "rand_ucla" else ()
    return tuple(sorted({*medians, *quartiles, *deciles}))


def _windows(
    place: dict[int, int], raters: int, size: int, rule: Rule, by_median: bool
) -> Iterator[tuple[int, int] | None]:
    if rule.iqr_at_most is not None:
        iqr4 = _quantile(place, raters, 3, 4) - _quantile(place, raters, 1, 4)
        if iqr4 > 4 * Fraction(rule.iqr_at_most):
            return
    if rule.location == "rand_ucla":
        ipr, limit = ipr_and_limit(_quantile(place, raters, 3, 10), _quantile(place, raters, 7, 10), size)
        if ipr <= limit:
            yield None
        return
    median2 = _quantile(place, raters, 1, 2) if by_median else None
    if rule.location == "within_one":
        assert median2 is not None
        yield max(0, -((2 - median2) // 2)), min(size - 1, (median2 + 2) // 2)
        return
    for low in range(size - 1):
        if median2 is None or abs(2 * low + 1 - median2) <= 1:
            yield low, low + 1


def _ranks(raters: int, numerator: int, denominator: int) -> tuple[int, ...]:
    ahead = (raters - 1) * numerator
    return tuple({ahead // denominator, -(-ahead // denominator)})


def _quantile(place: dict[int, int], raters: int, numerator: int, denominator: int) -> int:
    below, part = divmod((raters - 1) * numerator, denominator)
    return place[below] * (denominator - part) + place[below + (part > 0)] * part


def bounds(target: Target, boundaries: int, raters: int) -> tuple[list[int], list[int]]:
    """Give the least and the most ratings up to each boundary between categories."""
    least, most = [0] * boundaries, [raters] * boundaries
    for rank, place in zip(target.ranks, target.places, strict=True):
        if place < boundaries:
            least[place] = max(least[place], rank + 1)
        if place > 0:
            most[place - 1] = min(most[place - 1], rank)
    return least, most


def _cost(counts: tuple[int, ...], target: Target, needed: int) -> int | None:
    boundaries, raters = len(counts) - 1, sum(counts)
    least, most = bounds(target, boundaries, raters)
    up_to = list(accumulate(counts))[:boundaries]
    # Across each boundary the fewest cross that its bounds allow; upward is positive.
    across = [
        max(held - high, 0) - max(low - held, 0)
        for held, low, high in zip(up_to, least, most, strict=True)
    ]
    spare = [
        there - max(up, 0) - max(-down, 0)
        for there, up, down in zip(counts, [*across, 0], [0, *across], strict=True)
    ]
    if min(spare) < 0:
        return None
    cost = sum(map(abs, across))
    if target.window is None:
        return cost
    low, high = target.window
    held = [kept - gone for kept, gone in zip(up_to, across, strict=True)]
    inside = (held[high] if high < boundaries else raters) - (held[low - 1] if low > 0 else 0)
    from_below = min(spare[low - 1], held[low - 1] - least[low - 1]) if low > 0 else 0
    from_above = min(spare[high + 1], most[high] - held[high]) if high < boundaries else 0
    short = max(0, needed - inside)
    return cost + short if short <= from_below + from_above else None
