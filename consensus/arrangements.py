"""Exact chance of an order: every way each rater could have arranged the ratings they gave.

Owns the enumeration and its limits. It knows sums of centred ranks and no measure by name.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np

from consensus.ratings import Floats, Ints

MOST_ITEMS = 6  # 720 arrangements a rater
CHEAP, BEARABLE = 200_000, 20_000_000  # sums to form: some 50 ms, and a few seconds
_CHUNK = 500_000


class TooManyArrangements(Exception):
    """The enumeration would need more sums than its limit allows."""


def distinct_arrangements(row: Floats) -> Floats:
    """List the different orders of a row's entries, each equally likely under chance."""
    return np.array(sorted(set(permutations(row.tolist()))))


def chance_of_top(doubled: Ints, limit: int) -> float:
    """Give the chance that arranged ranks sum to at least as large a sum of squares as they do.

    Parameters
    ----------
    doubled : ndarray of int, raters × items
        Twice the centred ranks, complete, every rater with two different ratings or more.
    limit : int
        The most sums to form.

    Raises
    ------
    TooManyArrangements
    """
    raters, items = doubled.shape
    if items > MOST_ITEMS or (2 * int(np.abs(doubled).sum(axis=0).max()) + 1) ** (items - 1) >= 2**62:
        raise TooManyArrangements
    bound = int((doubled.sum(axis=0) ** 2).sum())
    # Under chance the items are exchangeable: the first rater may stand still, and a sum of ranks counts only up
    # to the order of its entries.
    sums, weights = np.sort(doubled[:1], axis=1), np.ones(1)
    for rater in range(1, raters):
        moves = distinct_arrangements(doubled[rater]).astype(np.int64)
        limit -= len(sums) * len(moves)
        if limit < 0:
            raise TooManyArrangements
        last = rater == raters - 1
        sums, weights = _reach(sums, weights, moves) if last else _merge(sums, weights, moves)
    return min(float(weights[(sums**2).sum(axis=1) >= bound].sum()), 1.0)


def _reach(sums: Ints, weights: Floats, moves: Ints) -> tuple[Ints, Floats]:
    return (sums[:, None] + moves).reshape(-1, sums.shape[1]), np.repeat(weights / len(moves), len(moves))


def _merge(sums: Ints, weights: Floats, moves: Ints) -> tuple[Ints, Floats]:
    span = int(np.abs(sums).max() + np.abs(moves).max())
    base = (2 * span + 1) ** np.arange(sums.shape[1] - 1)
    keys, shares = [], []
    step = max(1, _CHUNK // len(moves))
    for start in range(0, len(sums), step):
        new, share = _reach(sums[start : start + step], weights[start : start + step], moves)
        new.sort(axis=1)
        # Centred sums add up to zero, so the last entry follows from the others.
        key, place = np.unique((new[:, :-1] + span) @ base, return_inverse=True)
        keys.append(key)
        shares.append(np.bincount(place, share))
    key, place = np.unique(np.concatenate(keys), return_inverse=True)
    head = key[:, None] // base % (2 * span + 1) - span
    merged = np.bincount(place, np.concatenate(shares))
    return np.column_stack([head, -head.sum(axis=1)]).astype(np.int64), merged.astype(np.float64)


def all_sums(rows: list[Floats], places: list[Ints], items: int, limit: int) -> Floats:
    """List every sum over raters of arranged rows, for raters who rated different items.

    Parameters
    ----------
    rows : list of ndarray
        For each rater the entries to arrange.
    places : list of ndarray of int
        For each rater the items they stand on.
    items, limit : int
        Columns of the result, and its most rows.

    Returns
    -------
    ndarray, arrangements × items; all are equally likely.

    Raises
    ------
    TooManyArrangements
    """
    if any(len(row) > MOST_ITEMS for row in rows):
        raise TooManyArrangements
    sums = np.zeros((1, items))
    for row, place in zip(rows, places, strict=True):
        orders = distinct_arrangements(row)
        if len(sums) * len(orders) > limit:
            raise TooManyArrangements
        moves = np.zeros((len(orders), items))
        moves[:, place] = orders
        sums = (sums[:, None] + moves).reshape(-1, items)
    return sums
