"""Signed ranks by groups of equal size: their chance, exact under ties, and the locations a test does not reject.

Takes distinct values with counts, as ratings come. Knows no reference and checks no argument.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy.special import ndtr

from consensus.ratings import Floats, Ints
from consensus.tails import lower

LEVEL = 0.05


class Signs:
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


def exact(signs: Signs) -> float:
    """Give the two-sided chance of a sum as far from its mean, exact given the ties."""
    tail = min(signs.doubled, signs.total - signs.doubled)
    return min(1.0, max(2 * lower(signs.ranks, signs.ties, tail), 2.0 ** (1 - signs.n)))


def normal(signs: Signs, correction: float = 0.0) -> float:
    """Give the two-sided chance by the tie-corrected normal approximation."""
    squares = float((signs.ties * signs.ranks.astype(np.float64) ** 2).sum()) / 4
    distance = abs(2 * signs.doubled - signs.total) / 4
    distance = max(distance - correction, 0.0) / math.sqrt(squares / 4)
    return 2 * float(ndtr(-distance))


def corrected(signs: Signs) -> float:
    """Give the normal approximation with continuity correction."""
    return normal(signs, 0.5)


CHANCES: dict[str, Callable[[Signs], float]] = {"exact": exact, "normal": normal, "corrected": corrected}


def hodges_lehmann(values: Floats, counts: Ints) -> float:
    """Give the median of the Walsh averages of distinct values with their counts; nan if there are none."""
    if len(values) == 0:
        return math.nan
    averages, weights = _walsh(values, counts)
    reached = weights.cumsum()
    last = int(reached[-1])
    middle = np.searchsorted(reached, [(last - 1) // 2, last // 2], side="right")
    return float(averages[middle].mean())


def _walsh(values: Floats, counts: Ints) -> tuple[Floats, Ints]:
    first, second = np.triu_indices(len(values))
    pairs = np.where(first == second, counts[first] * (counts[first] + 1) // 2, counts[first] * counts[second])
    averages, place = np.unique(np.round((values[first] + values[second]) / 2, 12), return_inverse=True)
    return averages, np.bincount(place, pairs).astype(np.int64)


def inverted(values: Floats, counts: Ints, location: float, chance: Callable[[Signs], float]) -> tuple[float, float]:
    """Give the ends of the locations the test does not reject; the chance is constant between Walsh averages."""
    averages, _ = _walsh(values, counts)

    def kept(gap: int) -> bool:
        if gap in (0, len(averages)):
            return False  # beyond all averages every sign is the same: rejected from six ratings up
        signs = Signs(values - (averages[gap - 1] + averages[gap]) / 2, counts)
        return chance(signs) >= LEVEL

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
