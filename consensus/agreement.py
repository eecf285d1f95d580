"""Two ratings of the same things: weighted kappa and Spearman's correlation. Missing pairs are left out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from consensus.arguments import choice
from consensus.errors import ConsensusError
from consensus.ranks import centred_ranks
from consensus.ratings import Floats, Ints, among, as_categories, as_column

Weights = Literal["quadratic", "linear", "identity"]


def weighted_kappa(a: ArrayLike, b: ArrayLike, *, categories: Iterable[float], weights: Weights = "quadratic") -> float:
    """Measure agreement of two ratings of the same things beyond chance (Cohen 1968).

    Parameters
    ----------
    a, b : array_like
        Paired ratings; a pair with nan is left out.
    categories : sequence of float
        All categories, increasing; distances count in steps between them.
    weights : {"quadratic", "linear", "identity"}

    Returns
    -------
    float
        At most 1; nan where neither side varies, or nothing is paired.

    Raises
    ------
    ConsensusError
        As `as_column`; ``unpaired``, ``off_scale``, ``unknown_choice``.
    """
    size = len(as_categories(categories))
    first, second = (among(side, categories, name)[0] for name, side in zip("ab", _sides(a, b), strict=True))
    both = (first >= 0) & (second >= 0)
    cells = first[both] * size + second[both]
    table = np.bincount(cells, minlength=size * size).reshape(1, size, size)
    return float(kappas(table, weights)[0])


def spearman(a: ArrayLike, b: ArrayLike) -> float:
    """Correlate the midranks of paired ratings.

    Parameters
    ----------
    a, b : array_like
        Paired ratings; a pair with nan is left out.

    Returns
    -------
    float
        −1 to 1; nan where one side does not vary.

    Raises
    ------
    ConsensusError
        As `as_column`; ``unpaired``.
    """
    first, second = _sides(a, b)
    both = ~(np.isnan(first) | np.isnan(second))
    if not both.any():
        return math.nan
    ranks = centred_ranks(np.stack([first[both], second[both]]))
    scale = math.sqrt(float(ranks.squares.prod()))
    return float(np.clip(ranks.centred[0] @ ranks.centred[1] / scale, -1, 1)) if scale else math.nan


def kappas(tables: Ints, weights: Weights = "quadratic") -> Floats:
    """Give the weighted kappa of each joint table (items × K × K)."""
    choice("weights", weights, get_args(Weights))
    places = np.arange(tables.shape[1])
    apart = np.abs(places[:, None] - places)
    cost = apart**2 if weights == "quadratic" else apart if weights == "linear" else np.minimum(apart, 1)
    n = tables.sum(axis=(1, 2))
    seen = (tables * cost).sum(axis=(1, 2))
    first, second = tables.sum(axis=2), tables.sum(axis=1)
    by_chance = np.einsum("bi,ij,bj->b", first, cost, second)
    varies = (first.max(axis=1) < n) | (second.max(axis=1) < n)
    ratio: Floats = np.divide(seen * n, by_chance, out=np.full(len(n), np.nan), where=varies)
    return 1 - ratio


def spearmans(tables: Ints) -> Floats:
    """Give Spearman's correlation of each joint table (items × K × K); nan where one side does not vary."""
    n = tables.sum(axis=(1, 2))
    sides = tables.sum(axis=2), tables.sum(axis=1)
    # Doubled centred midranks are whole numbers.
    first, second = (2 * side.cumsum(axis=1) - side - n[:, None] for side in sides)
    squares = [(side * rank**2).sum(axis=1) for side, rank in zip(sides, (first, second), strict=True)]
    together = np.einsum("bi,bij,bj->b", first, tables, second)
    scale = np.sqrt(squares[0].astype(np.float64) * squares[1])
    correlation: Floats = np.divide(together, scale, out=np.full(len(n), np.nan), where=scale > 0)
    return np.asarray(np.clip(correlation, -1, 1), dtype=np.float64)


def _sides(a: ArrayLike, b: ArrayLike) -> tuple[Floats, Floats]:
    first, second = as_column(a, argument="a"), as_column(b, argument="b")
    if first.shape != second.shape:
        raise ConsensusError(
            "b", "unpaired", f"`a` has {len(first)} entries and `b` has {len(second)}; give one for each rater."
        )
    return first, second
