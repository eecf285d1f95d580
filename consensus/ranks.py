"""Midranks within each rater, centred, by counting per value rather than by sorting. No measure lives here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from consensus.coding import Coded, blocks, code
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
    parts = [_ranked(block) for block in blocks(ratings)]
    if len(parts) == 1:
        return parts[0]
    return Ranks(
        np.concatenate([part.centred for part in parts]),
        np.concatenate([part.rated for part in parts]),
        np.concatenate([part.squares for part in parts]),
        all(part.complete for part in parts),
    )


def _ranked(ratings: Floats) -> Ranks:
    coded = code(ratings)
    return _by_counting(coded) if len(coded.values) <= _FEW else _by_sorting(ratings, coded.complete)


def _by_counting(coded: Coded) -> Ranks:
    raters, items = coded.places.shape
    size = len(coded.values)
    wide = size if coded.complete else size + 1
    cells = coded.places + np.arange(0, raters * wide, wide, dtype=np.int32)[:, None]
    counts = np.bincount(cells.ravel(), minlength=raters * wide).reshape(raters, wide)
    if coded.complete:
        rated = np.full(raters, items)
    else:
        rated = items - counts[:, -1]
        counts[:, -1] = 0
    table = counts.cumsum(axis=1) - (counts + rated[:, None]) / 2
    squares = (counts * table * table).sum(axis=1)
    if not coded.complete:
        table[:, -1] = 0
    return Ranks(table.ravel().take(cells), rated, squares, coded.complete)


def _by_sorting(ratings: Floats, complete: bool) -> Ranks:
    missing = np.isnan(ratings)
    rated = ratings.shape[1] - missing.sum(axis=1)
    # Missing ratings go last, where they cannot shift the ranks of the others.
    ranks = rankdata(np.where(missing, np.inf, ratings), axis=1)
    centred = np.where(missing, 0.0, ranks - (rated[:, None] + 1) / 2)
    return Ranks(centred, rated, np.einsum("ij,ij->i", centred, centred), complete)
