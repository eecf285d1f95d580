"""The one value that stands for the ratings of an item, by the rule's choice. It never says whether they agree."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from itertools import accumulate

from consensus.scale import Scale


def agreed_value(counts: list[int], scale: Scale, kind: str) -> Fraction | None:
    """Give the median, the mean or the Hodges–Lehmann location of counted ratings, exactly.

    Hodges–Lehmann is the median of the averages of all pairs of ratings, each rating with itself included
    (Hollander & Wolfe 1973). None without ratings.
    """
    ratings = sum(counts)
    if ratings == 0:
        return None
    if kind == "mean":
        place = Fraction(sum(place * count for place, count in enumerate(counts)), ratings)
    elif kind == "hodges_lehmann":
        averages = [0] * (2 * len(counts) - 1)
        for one, some in enumerate(counts):
            averages[2 * one] += some * (some + 1) // 2
            for other in range(one + 1, len(counts)):
                averages[one + other] += some * counts[other]
        place = _median(averages) / 2
    else:
        place = _median(counts)
    low, high = Fraction(str(scale.low)), Fraction(str(scale.high))
    return low + place * (high - low) / (scale.size - 1)


def _median(counts: list[int]) -> Fraction:
    running, total = list(accumulate(counts)), sum(counts)
    return Fraction(bisect_right(running, (total - 1) // 2) + bisect_right(running, total // 2), 2)
