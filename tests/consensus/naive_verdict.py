"""A second reading of the default rule's words, rater by rater and in loops: the witness of `consensus.verdict`.

It shares no line with the code it judges; ratings are lists with None for "no rating".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from math import ceil

Column = Sequence[int | None]
Holds = Callable[[Sequence[int], int], bool]


def quantile(ratings: Sequence[int], share: Fraction) -> Fraction:
    """Hyndman–Fan type 7."""
    ordered = sorted(ratings)
    position = (len(ordered) - 1) * share
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def median(ratings: Sequence[int]) -> Fraction:
    return quantile(ratings, Fraction(1, 2))


def fullest_pair(ratings: Sequence[int], categories: int) -> tuple[int, int]:
    """Lower category (from 1) and ratings of the fullest pair that holds the median; ties take the lower."""
    best = (0, -1)
    for low in range(1, categories):
        if low <= median(ratings) <= low + 1:
            inside = sum(rating in (low, low + 1) for rating in ratings)
            if inside > best[1]:
                best = (low, inside)
    return best


@cache
def needed(raters: int, categories: int) -> int:
    """The guarded count of the default rule, by listing all panels."""
    held = [fullest_pair(panel, categories)[1] for panel in product(range(1, categories + 1), repeat=raters)]
    for count in range(ceil(Fraction(3, 4) * raters), raters + 1):
        if sum(inside >= count for inside in held) <= Fraction(5, 100) * len(held):
            return count
    return raters + 1


def pair_holds(categories: int) -> Holds:
    return lambda ratings, count: fullest_pair(ratings, categories)[1] >= count


def short_by(ratings: Sequence[int], categories: int, holds: Callable[[Sequence[int]], bool]) -> int | None:
    """Try every set of single steps; the fewest movers after whom the clause holds."""
    best: int | None = None
    for steps in product((-1, 0, 1), repeat=len(ratings)):
        moved = [rating + step for rating, step in zip(ratings, steps, strict=True)]
        if all(1 <= rating <= categories for rating in moved) and ratings and holds(moved):
            movers = sum(step != 0 for step in steps)
            best = movers if best is None else min(best, movers)
    return best


def two_camps(ratings: Sequence[int], categories: int) -> bool:
    for inner in range(2, categories):
        here = ratings.count(inner)
        below = [ratings.count(category) for category in range(1, inner)]
        above = [ratings.count(category) for category in range(inner + 1, categories + 1)]
        quarter = len(ratings) / 4
        if ratings and here <= max(below) / 2 and here <= max(above) / 2 and min(sum(below), sum(above)) >= quarter:
            return True
    return False


def verdict(
    now: Column, before: Column, *, categories: int, vote: int, seated: int, answered: int
) -> tuple[str, set[str], int | None, int, int]:
    """Outcome, flags, short_by, needed and in_pair of one item under the default rule."""
    present = [rating for rating in now if rating is not None]
    count = needed(len(present), categories) if present else 1
    pairs = [(old, new) for old, new in zip(before, now, strict=True) if old is not None and new is not None]
    few = max(1, int(Fraction(15, 100) * len(pairs)))
    still = stable = False
    if pairs:
        later = [new for _, new in pairs]
        close = abs(median(later) - median([old for old, _ in pairs])) <= Fraction(1, 2)
        low, _ = fullest_pair(later, categories)
        left = sum(old in (low, low + 1) and new not in (low, low + 1) for old, new in pairs)
        still = close and left <= few
        stable = close and sum(old != new for old, new in pairs) <= few
    inside = fullest_pair(present, categories)[1] if present else 0

    def outcome(asked: int) -> str:
        if len(present) < 5 or answered * 10 < seated * 7 or count > len(present):
            return "insufficient"
        if inside >= asked:
            if vote == 1:
                return "provisional"
            return "consensus" if still else "moving"
        if vote >= 4:
            return "at_cap"
        if two_camps(present, categories):
            return "dissent"
        short = short_by(present, categories, lambda moved: pair_holds(categories)(moved, asked))
        return "near" if short is not None and short <= 2 else "open"

    flags = set()
    if len(present) < 7:
        flags.add("small_panel")
    if vote > 1 and stable:
        flags.add("stable")
    if two_camps(present, categories):
        flags.add("two_camps")
    if len({outcome(count), outcome(max(1, count - 1)), outcome(min(len(present), count + 1))}) > 1:
        flags.add("fragile")
    short = short_by(present, categories, lambda moved: pair_holds(categories)(moved, count)) if present else None
    return outcome(count), flags, short, count, inside
