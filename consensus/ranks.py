"""Midranks within each rater, centred, by counting per category rather than by sorting. No measure lives here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from consensus.ratings import Floats, Ints

_FEW = 64  # distinct values up to which counting beats sorting


@dataclass(frozen=True, slots=True)
class Ranks:
    """Each rater's order of the items.

    Parameters
    ----------
    centred : ndarray, raters × items
        Midrank among the rater's ratings minus (k+1)/2; 0 where there is no rating.
    rated : ndarray of int
        Ratings of each rater, k.
    squares : ndarray
        Sum of squared centred ranks of each rater; 0 for a rater who gave everything the same rating.
    complete : bool
        Whether every rater rated every item.
    """

    centred: Floats
    rated: Ints
    squares: Floats
    complete: bool


def centred_ranks(ratings: Floats) -> Ranks:
    """Rank the items within each rater; raters × items, nan for no rating."""
    low, high = float(ratings.min()), float(ratings.max())
    complete = low == low
    if not complete:
        present = ~np.isnan(ratings)
        if not present.any():
            nobody = np.zeros(len(ratings))
            return Ranks(np.zeros(ratings.shape), nobody.astype(np.int64), nobody, False)
        low = float(ratings.min(where=present, initial=np.inf))
        high = float(ratings.max(where=present, initial=-np.inf))
    if high - low < _FEW:
        offset = ratings - low
        if not complete:
            offset[~present] = _FEW
        places = offset.astype(np.intp)
        if (places == offset).all():
            return _by_counting(places, int(high - low) + 1, complete)
    values = np.unique(ratings if complete else ratings[present])
    if len(values) <= _FEW:
        return _by_counting(np.searchsorted(values, ratings), len(values), complete)
    return _by_sorting(ratings, complete)


def spearman_of(before: Floats, after: Floats) -> float:
    """Give the correlation of two centred rank vectors; nan where one of them does not vary."""
    size = float(before @ before) * float(after @ after)
    return float(before @ after) / size**0.5 if size > 0 else float("nan")


def _by_counting(places: Ints, size: int, complete: bool) -> Ranks:
    raters, items = places.shape
    wide = size if complete else size + 1
    if not complete:
        places = np.minimum(places, size)
    cells = places + np.arange(0, raters * wide, wide)[:, None]
    counts = np.bincount(cells.ravel(), minlength=raters * wide).reshape(raters, wide)
    if complete:
        rated = np.full(raters, items)
    else:
        rated = items - counts[:, -1]
        counts[:, -1] = 0
    table = counts.cumsum(axis=1) - (counts + rated[:, None]) / 2
    squares = (counts * table * table).sum(axis=1)
    if not complete:
        table[:, -1] = 0
    return Ranks(table.ravel().take(cells), rated, squares, complete)


def _by_sorting(ratings: Floats, complete: bool) -> Ranks:
    missing = np.isnan(ratings)
    rated = ratings.shape[1] - missing.sum(axis=1)
    # Missing ratings go last, where they cannot shift the ranks of the others.
    ranks = rankdata(np.where(missing, np.inf, ratings), axis=1)
    centred = np.where(missing, 0.0, ranks - (rated[:, None] + 1) / 2)
    return Ranks(centred, rated, np.einsum("ij,ij->i", centred, centred), complete)
