"""The three weighted means by which children join into their parent. Exact but for the geometric one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

Mean: TypeAlias = Callable[[list[Fraction], list[Fraction]], Fraction]


def arithmetic(values: list[Fraction], weights: list[Fraction]) -> Fraction:
    """Σwx / Σw."""
    products = (value * weight for value, weight in zip(values, weights, strict=True))
    return sum(products, Fraction(0)) / sum(weights)


def geometric(values: list[Fraction], weights: list[Fraction]) -> Fraction:
    """exp(Σw·ln x / Σw) for values of 0 or more; zero where one is zero."""
    if min(values) == max(values) or min(values) == 0:
        return min(values)
    logs = (float(weight) * math.log(value) for value, weight in zip(values, weights, strict=True))
    return Fraction(math.exp(math.fsum(logs) / float(sum(weights))))


def harmonic(values: list[Fraction], weights: list[Fraction]) -> Fraction:
    """Σw / Σ(w/x) for values of 0 or more; zero where one is zero."""
    if min(values) == 0:
        return Fraction(0)
    parts = (weight / value for value, weight in zip(values, weights, strict=True))
    return sum(weights) / sum(parts, Fraction(0))


MEANS: Mapping[str, Mean] = {"arithmetic": arithmetic, "geometric": geometric, "harmonic": harmonic}
