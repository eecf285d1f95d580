"""Where the ratings of each item lie, and whether that is close enough together for a rule.

Owns the location clause, decided in whole numbers: places are counted from 0, quantiles kept as numerators.
Knows neither seats nor votes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from consensus.counts import pairs_of, quantile
from consensus.rules import Rule
from consensus.scale import Floats, Ints, Scale

Flags: TypeAlias = NDArray[np.bool_]
Whole = TypeVar("Whole", int, Ints)


@dataclass(frozen=True)
class Location:
    """The location of every item; arrays by item, of no meaning where `n` is 0.

    Attributes
    ----------
    n : ndarray
        Ratings.
    median2 : ndarray
        Twice the place of the median.
    pair, in_pair : ndarray
        Lower place of the fullest pair of neighbouring categories that holds the median, and its ratings.
    inside : ndarray
        Ratings the rule counts: those in the pair, or those within one category of the median.
    iqr4 : ndarray
        Four times the interquartile range (type 7), in categories.
    narrow : ndarray of bool
        Whether the interquartile range is within the rule's limit; true where it sets none.
    ipr, ipras : ndarray
        The 30–70 % range and its symmetry-adjusted limit on the scale 1 to 9, both times 20·(K − 1).
    """

    n: Ints
    median2: Ints
    pair: Ints
    in_pair: Ints
    inside: Ints
    iqr4: Ints
    narrow: Flags
    ipr: Ints
    ipras: Ints

    def holds(self, needed: Ints | None) -> Flags:
        """Tell for which items the clause holds, given the counts asked for (None: the rule counts nobody)."""
        enough = self.ipr <= self.ipras if needed is None else self.inside >= needed
        return (self.n > 0) & enough & self.narrow


def ipr_and_limit(low10: Whole, high10: Whole, size: int) -> tuple[Whole, Whole]:
    """Give 20·(K − 1) times the 30–70 % range and 2.35 + 1.5·|5 − midpoint|, both moved onto 1 to 9.

    `low10` and `high10` are ten times the places of the 30th and 70th percentile. The formula is that of the
    RAND/UCLA manual (Fitch et al. 2001); on other than nine points it is not validated.
    """
    return 16 * (high10 - low10), 47 * (size - 1) + 12 * abs(10 * (size - 1) - low10 - high10)


def locate(counts: Ints, rule: Rule) -> Location:
    """Locate the ratings of every item, given their counts (items × K)."""
    size = counts.shape[1]
    found = pairs_of(counts, unit_scale(size))
    median2 = _whole(2 * found.median)
    iqr4 = _whole(4 * (found.q3 - found.q1))
    narrow = np.ones(len(counts), dtype=np.bool_)
    if rule.iqr_at_most is not None:
        limit = Fraction(rule.iqr_at_most)
        narrow = iqr4 * limit.denominator <= 4 * limit.numerator
    inside = found.in_pair
    if rule.location == "within_one":
        near = abs(2 * np.arange(size) - median2[:, None]) <= 2
        inside = (counts * near).sum(axis=1)
    running, places = counts.cumsum(axis=1), unit_scale(size).values
    low10, high10 = (_whole(10 * quantile(running, found.n, places, tenths, 10)) for tenths in (3, 7))
    ipr, ipras = ipr_and_limit(low10, high10, size)
    return Location(
        found.n, median2, found.pair_low_index, found.in_pair, inside, iqr4, narrow, ipr, ipras
    )


def camps(counts: list[int]) -> tuple[int, int] | None:
    """Give the fullest category of each camp of one item, as places; None where it has not two camps.

    The camps are divided as by `consensus.counts.two_camps`. Of several categories that divide, the one with the
    fewest ratings does, then the lowest; of several fullest categories the lowest stands for its camp.
    """
    total = sum(counts)
    dividers = []
    for place in range(1, len(counts) - 1):
        below, here, above = counts[:place], counts[place], counts[place + 1 :]
        deep = 2 * here <= min(max(below), max(above))
        if total and deep and 4 * sum(below) >= total and 4 * sum(above) >= total:
            dividers.append((here, place))
    if not dividers:
        return None
    _, place = min(dividers)
    below, above = counts[:place], counts[place + 1 :]
    return below.index(max(below)), place + 1 + above.index(max(above))


@lru_cache(maxsize=64)
def unit_scale(size: int) -> Scale:
    """The scale whose categories are the places 0 to `size` − 1."""
    return Scale(tuple(range(size)))


def _whole(values: Floats) -> Ints:
    rounded: Ints = np.rint(np.nan_to_num(values)).astype(np.int64)
    return rounded
