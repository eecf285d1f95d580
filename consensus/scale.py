"""The scale raters choose from: its categories, their labels and places. It holds no rating."""

from __future__ import annotations

import itertools
import math
import numbers
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from consensus.arguments import finite, listed, shown
from consensus.errors import ConsensusError

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

LARGEST = 2.0**53  # beyond it whole numbers share a float, and two ratings would pass for one
SLACK = 1e-9  # of one step: decimal categories such as 0.3 have no exact binary form


@dataclass(frozen=True)
class Scale:
    """The categories a rater may choose from, lowest first and equally far apart.

    Parameters
    ----------
    categories : sequence of int or float
        At least two, strictly increasing, equally spaced; zero may be one.
    labels : sequence of str, optional
        One label for each category.

    Raises
    ------
    ConsensusError
        ``bad_scale``, naming ``categories`` or ``labels``.
    """

    categories: tuple[float, ...] = (1, 2, 3, 4, 5)
    labels: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "categories", _categories(self.categories, "categories"))
        _check_steps(self.categories, "categories")
        if self.labels is not None:
            labels = listed("labels", self.labels, "words, one for each category", "bad_scale")
            if len(labels) != len(self.categories) or not all(isinstance(text, str) for text in labels):
                raise ConsensusError(
                    "labels",
                    "bad_scale",
                    f"The scale has {len(self.categories)} categories; give one label in words for each.",
                )
            object.__setattr__(self, "labels", labels)

    @property
    def size(self) -> int:
        """Number of categories, K."""
        return len(self.categories)

    @property
    def low(self) -> float:
        """The lowest category."""
        return self.categories[0]

    @property
    def high(self) -> float:
        """The highest category."""
        return self.categories[-1]

    @cached_property
    def step(self) -> float:
        """Distance between neighbouring categories, in units of the scale."""
        return (self.high - self.low) / (self.size - 1)

    @cached_property
    def values(self) -> Floats:
        """The categories as a read-only array of K floats."""
        array = np.array(self.categories, dtype=np.float64)
        array.flags.writeable = False
        return array

    def places(self, ratings: Floats) -> Ints:
        """Give each rating the place of its nearest category, 0 to K−1, and K where there is no rating."""
        nearest = np.clip(np.rint((ratings - self.low) / self.step), 0, self.size - 1)
        return np.where(np.isnan(ratings), self.size, nearest).astype(np.int64)


def as_scale(scale: Scale | Iterable[float]) -> Scale:
    """Take a `Scale`, or a plain sequence of its categories.

    Raises
    ------
    ConsensusError
        ``bad_scale``, naming ``scale``.
    """
    if isinstance(scale, Scale):
        return scale
    categories = _categories(scale, "scale")
    _check_steps(categories, "scale")
    return Scale(categories)


def as_categories(categories: Iterable[float], *, argument: str = "categories") -> tuple[float, ...]:
    """Take a full list of categories, increasing but not necessarily evenly spaced."""
    return categories.categories if isinstance(categories, Scale) else _categories(categories, argument)


def named(categories: Iterable[float]) -> str:
    """List categories for a sentence."""
    listed = [format(value, "g") for value in categories]
    return ", ".join(listed if len(listed) <= 12 else [*listed[:5], "…", listed[-1]])


def nearest(values: Floats, categories: Floats) -> tuple[Ints, Bools]:
    """Give the place of the category nearest to each value, and whether that is too far away; never for nan."""
    above = np.clip(np.searchsorted(categories, values), 1, len(categories) - 1)
    place = np.where(values - categories[above - 1] < categories[above] - values, above - 1, above)
    off = np.abs(values - categories[place]) > SLACK * np.diff(categories).min()
    return place.astype(np.int64), np.asarray(off)


def _check_steps(categories: tuple[float, ...], argument: str) -> None:
    gaps = [b - a for a, b in itertools.pairwise(categories)]
    if max(gaps) - min(gaps) > SLACK * max(gaps) * len(gaps):
        raise ConsensusError(
            argument,
            "bad_scale",
            "The categories are not equally far apart; number the steps evenly, for example 1, 2, 3.",
        )


def _categories(values: Iterable[float], argument: str) -> tuple[float, ...]:
    plain: list[float] = []
    for value in listed(argument, values, "categories, for example 1, 2, 3, 4, 5", "bad_scale"):
        if math.isnan(finite(value)) or abs(value) > LARGEST:
            raise ConsensusError(
                argument,
                "bad_scale",
                f"The category {shown(value)} is not a finite number of up to 2**53; give numbers, lowest first.",
            )
        plain.append(int(value) if isinstance(value, numbers.Integral) else float(value))
    if len(plain) < 2:
        raise ConsensusError(argument, "bad_scale", "A scale needs at least two categories, for example 1 to 5.")
    if any(b <= a for a, b in itertools.pairwise(plain)):
        raise ConsensusError(
            argument, "bad_scale", "The categories are not increasing; list each once, lowest first."
        )
    return tuple(plain)
