"""Midranks within each rater, centred, by counting per value rather than by sorting. No measure lives here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import scipy  # `scipy.stats` loads when it is first asked: it takes longer than everything else here together

from consensus.coding import Coded, blocks, code, packed_by_row
from consensus.ratings import Floats, Ints

_FEW = 64  # distinct values up to which counting beats sorting


@dataclass(frozen=True)
class Ranks:
    """Each rater's order of the items.

    Parameters
    ----------
    blocks : tuple of ndarray, raters × items
        Midrank among the rater's ratings minus (k+1)/2, 0 where there is no rating; the raters in blocks.
    rated : ndarray of int
        Ratings of each rater, k.
    squares : ndarray
        Sum of squared centred ranks of each rater; 0 for a rater who gave everything the same rating.
    complete : bool
        Whether every rater rated every item.
    """

    blocks: tuple[Floats, ...]
    rated: Ints
    squares: Floats
    complete: bool

    @cached_property
    def centred(self) -> Floats:
        """All blocks as one matrix."""
        return self.blocks[0] if len(self.blocks) == 1 else np.concatenate(self.blocks)

    def total(self) -> Floats:
        """Sum of the centred ranks of each item; halves, so that any order of adding gives the same."""
        first, *others = (np.ones(len(block)) @ block for block in self.blocks)
        return sum(others, first)


def centred_ranks(ratings: Floats) -> Ranks:
    """Rank the items within each rater; raters × items, nan for no rating."""
    parts = [_ranked(block) for block in blocks(ratings)]
    if len(parts) == 1:
        return parts[0]
    return Ranks(
        tuple(part.blocks[0] for part in parts),
        np.concatenate([part.rated for part in parts]),
        np.concatenate([part.squares for part in parts]),
        all(part.complete for part in parts),
    )


def _ranked(ratings: Floats) -> Ranks:
    coded = code(ratings)
    return _by_counting(ratings, coded) if len(coded.values) <= _FEW else _by_sorting(ratings, coded.complete)


def _by_counting(ratings: Floats, coded: Coded) -> Ranks:
    raters, items = ratings.shape
    wide = len(coded.values) + (not coded.complete)
    cells = coded.places + np.arange(0, raters * wide, wide, dtype=np.int32)[:, None]
    counts = packed_by_row(ratings, coded)
    if counts is None:
        counts = np.bincount(cells.ravel(), minlength=raters * wide).reshape(raters, wide)
    rated = np.full(raters, items) if coded.complete else items - counts[:, -1]
    present = counts[:, : len(coded.values)].astype(np.float64)
    table = present @ _halves(len(coded.values))
    squares = np.einsum("ij,ij,ij->i", present, table, table)
    if not coded.complete:
        table = np.concatenate([table, np.zeros((raters, 1))], axis=1)
    return Ranks((table.ravel().take(cells),), rated, squares, coded.complete)


@lru_cache(maxsize=_FEW)
def _halves(size: int) -> Floats:
    """Turn counts into centred midranks: half of the ratings below each value less half of those above it."""
    places = np.arange(size)
    return np.asarray(np.sign(places - places[:, None]) / 2, dtype=np.float64)


def _by_sorting(ratings: Floats, complete: bool) -> Ranks:
    missing = np.isnan(ratings)
    rated = ratings.shape[1] - missing.sum(axis=1)
    # Missing ratings go last, where they cannot shift the ranks of the others.
    ranks = scipy.stats.rankdata(np.where(missing, np.inf, ratings), axis=1)
    centred = np.where(missing, 0.0, ranks - (rated[:, None] + 1) / 2)
    return Ranks((centred,), rated, np.einsum("ij,ij->i", centred, centred), complete)
