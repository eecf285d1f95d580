"""Do the raters agree in value beyond chance? Krippendorff's alpha and Gwet's AC1 and AC2.

Reported beside the verdicts, never their ground. Intraclass correlations are in `consensus.intraclass`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from consensus.arguments import choice
from consensus.coding import count_by_item
from consensus.errors import ConsensusError
from consensus.ratings import Floats, Ints, among, as_categories, as_ratings
from consensus.scale import nearest

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
Weights: TypeAlias = Literal["ordinal", "linear", "quadratic", "identity"]

NO_PAIRS = "no item has two ratings or more"
ONE_VALUE = "all ratings that can be compared are the same, so chance agreement is not defined"

_MANY = 2000  # distinct values up to which ratio distances are tabulated


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha: ``value`` at most 1, ``pairable`` ratings it stands on, ``reason`` for a nan."""

    value: float
    pairable: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Gwet:
    """Gwet's AC: ``value`` at most 1, ``observed`` and ``expected`` agreement, ``reason`` for a nan."""

    value: float
    observed: float
    expected: float
    reason: str | None = None


def krippendorff_alpha(
    ratings: ArrayLike, *, level: Level = "ordinal", categories: Iterable[float] | None = None
) -> Alpha:
    """Measure agreement in value beyond chance, for any number of raters and missing ratings.

    Parameters
    ----------
    ratings : array_like
        Raters × items, nan for no rating; at least two raters.
    level : {"nominal", "ordinal", "interval", "ratio"}
        How distances between values count.
    categories : sequence of float, optional
        Where given, every rating must be one of them; alpha itself depends on the values that occur.

    Raises
    ------
    ConsensusError
        As `as_ratings`; ``unknown_choice``, ``negative_ratio``.

    Notes
    -----
    Krippendorff (2011). The ordinal distance of two values is the distance of their midranks in the pooled
    ratings, so that ordinal is interval on midranks, and every sum follows from each item's first two moments.
    """
    choice("level", level, get_args(Level))
    matrix = as_ratings(ratings, raters=2)
    counts, values = count_by_item(matrix) if categories is None else _counted(matrix, categories)
    rated = counts.sum(axis=1)
    counts, rated = counts[rated >= 2], rated[rated >= 2]
    margin = counts.sum(axis=0)
    total = int(margin.sum())
    if total == 0:
        return Alpha(math.nan, 0, NO_PAIRS)
    if margin.max() == total:
        return Alpha(math.nan, total, ONE_VALUE)
    if level == "nominal":
        apart = rated**2 - (counts**2).sum(axis=1)
        by_chance = float(total**2 - (margin.astype(np.float64) ** 2).sum())
    elif level == "ratio":
        apart, by_chance = _ratio_distances(counts, margin, values)
    else:
        score = margin.cumsum() - (margin + total) / 2 if level == "ordinal" else _unitless(values - values.mean())
        apart = 2 * (rated * (counts @ score**2) - (counts @ score) ** 2)
        by_chance = 2 * float(total * (margin @ score**2) - (margin @ score) ** 2)
    seen = float((apart / (rated - 1)).sum())
    return Alpha(min(1 - (total - 1) * seen / by_chance, 1.0), total)


def gwet_ac(ratings: ArrayLike, *, categories: Iterable[float], weights: Weights = "ordinal") -> Gwet:
    """Measure agreement beyond chance where nearly all ratings fall into one category.

    Parameters
    ----------
    ratings : array_like
        Raters × items, nan for no rating; at least two raters.
    categories : sequence of float
        All categories, increasing, also those nobody used: chance agreement depends on their number.
    weights : {"ordinal", "linear", "quadratic", "identity"}
        ``identity`` is AC1, the others AC2.

    Raises
    ------
    ConsensusError
        As `as_ratings`; ``unknown_choice``, ``bad_scale``, ``off_scale``.

    Notes
    -----
    Gwet (2014), with items rated once counting in the margins, as he does.
    """
    choice("weights", weights, get_args(Weights))
    counts, values = _counted(as_ratings(ratings, raters=2), categories)
    rated = counts.sum(axis=1)
    weight = _weights(values, weights)
    compared = rated >= 2
    if not compared.any():
        return Gwet(math.nan, math.nan, math.nan, NO_PAIRS)
    table, size = counts[compared], rated[compared]
    alike = (table * (table @ weight - 1)).sum(axis=1) / (size * (size - 1))
    seen = rated > 0
    share = (counts[seen] / rated[seen][:, None]).mean(axis=0)
    observed = float(alike.mean())
    expected = float(weight.sum() * (share * (1 - share)).sum()) / (len(values) * (len(values) - 1))
    return Gwet((observed - expected) / (1 - expected), observed, expected)


def _ratio_distances(counts: Ints, margin: Ints, values: Floats) -> tuple[Floats, float]:
    used = margin > 0
    counts, margin, values = counts[:, used], margin[used], values[used]
    if values[0] < 0:
        raise ConsensusError(
            "level", "negative_ratio", 'Ratios need ratings of 0 or more; use level="interval" for these.'
        )
    if len(values) > _MANY:
        raise ConsensusError(
            "level", "too_many_values", f'Ratios of more than {_MANY} values are too many; use level="interval".'
        )
    sums = values[:, None] + values
    cost = np.divide(values[:, None] - values, sums, out=np.zeros_like(sums), where=sums > 0) ** 2
    return ((counts @ cost) * counts).sum(axis=1), float(margin @ cost @ margin)


def _unitless(score: Floats) -> Floats:
    # By a power of two, which rounds nothing: squares of tiny distances would be nought.
    scaled: Floats = np.ldexp(score, -np.frexp(np.abs(score).max())[1])
    return scaled


def _weights(values: Floats, weights: Weights) -> Floats:
    if weights == "identity":
        return np.eye(len(values))
    if weights == "ordinal":
        steps = np.abs(np.arange(len(values))[:, None] - np.arange(len(values)))
        far = steps * (steps + 1) / 2
    else:
        far = np.abs(values[:, None] - values) ** (1 if weights == "linear" else 2)
    return np.asarray(1 - far / far.max(), dtype=np.float64)


def _counted(matrix: Floats, categories: Iterable[float]) -> tuple[Ints, Floats]:
    """Count by item and category, and give the categories; refuse what is none of them."""
    counts, values = count_by_item(matrix)
    known = np.array(as_categories(categories), dtype=np.float64)
    if np.array_equal(values, known):
        return counts, known
    occurs = counts.any(axis=0)
    places, off = nearest(values[occurs], known)
    if off.any():
        among(matrix, known.tolist(), "ratings")
    # Decimals that differ in their last digits may mean one category.
    return counts[:, occurs] @ (places[:, None] == np.arange(len(known))).astype(np.int64), known
