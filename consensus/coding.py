"""Ratings as places in a short list of values, so that all else can count instead of sort. No measure lives here.

Long matrices are taken in blocks of raters that fit a core's cache: that is most of the speed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from consensus.ratings import Floats, Ints

# Half as wide as numpy's own: short enough for a block, and cast and compared in half the time.
Places: TypeAlias = NDArray[np.int32]

_NEAR = 64  # whole numbers this close together are their own places
_BLOCK = 1 << 16  # ratings in a block
_LONG = 1 << 13  # ratings from which packing pays
_EXACT = 52  # bits of a float's whole numbers
_ONE = 1023  # the exponent field of 1.0


@dataclass(frozen=True, slots=True)
class Coded:
    """A matrix of ratings by place.

    Parameters
    ----------
    places : ndarray of int, raters × items
        Place of each rating among ``values``, from 0; ``len(values)`` where there is none.
    values : ndarray
        Increasing; some may not occur.
    complete : bool
        Whether no rating is missing.
    whole : bool
        Whether the values are a row of whole steps.
    """

    places: Places
    values: Floats
    complete: bool
    whole: bool


def blocks(ratings: Floats) -> Iterator[Floats]:
    """Cut a matrix into blocks of whole rows."""
    step = max(1, _BLOCK // max(ratings.shape[1], 1))
    for start in range(0, len(ratings), step):
        yield ratings[start : start + step]


def code(ratings: Floats) -> Coded:
    """Code a matrix, raters × items with nan for no rating."""
    low, high, complete = _span(ratings)
    if high < low:
        return Coded(np.zeros(ratings.shape, dtype=np.int32), np.empty(0), False, False)
    places = _whole_places(ratings, low, high, complete)
    if places is not None:
        return Coded(places, low + np.arange(int(high - low) + 1, dtype=np.float64), complete, True)
    values = np.unique(ratings if complete else ratings[~np.isnan(ratings)])
    return Coded(np.searchsorted(values, ratings).astype(np.int32), values, complete, False)


def count_by_item(ratings: Floats) -> tuple[Ints, Floats]:
    """Count ratings by item and value: items × values, and the values, increasing."""
    low, high, complete = _span(ratings)
    size = int(high - low) + 1 if 0 <= high - low < _NEAR else 0
    packed = _packed(ratings, low, size) if complete and size else None
    if packed is not None:
        return packed, low + np.arange(size, dtype=np.float64)
    counts = np.zeros((ratings.shape[1], size + (not complete)), dtype=np.int64)
    for block in blocks(ratings) if size else ():
        places = _whole_places(block, low, high, complete)
        if places is None:
            break
        counts += _tally(places, counts.shape[1])
    else:
        if size or high < low:
            return counts[:, :size], low + np.arange(size, dtype=np.float64)
    coded = code(ratings)
    size = len(coded.values)
    return _tally(coded.places, size + (not complete))[:, :size], coded.values


def _tally(places: Places, wide: int) -> Ints:
    items = places.shape[1]
    cells = places + np.arange(0, items * wide, wide, dtype=np.int32)
    return np.bincount(cells.ravel(), minlength=items * wide).reshape(items, wide)


def _packed(ratings: Floats, low: float, size: int) -> Ints | None:
    """Count whole ratings on few values in half the time; None where it does not apply."""
    if not _packs(low, size):
        return None
    items = ratings.shape[1]
    step = max(1, min(_fit(size), _BLOCK // items, len(ratings)))
    counts, one = np.zeros((items, size), dtype=np.int64), np.ones(step)
    for start in range(0, len(ratings), step):
        block = ratings[start : start + step]
        if not (np.rint(block) == block).all():
            return None
        counts += _unpacked(one[: len(block)] @ _powers(block, low, size), size)
    return counts


def packed_by_row(ratings: Floats, coded: Coded) -> Ints | None:
    """Count a block's ratings by rater and place, raters × values; None where packing does not apply, or pay."""
    size, items = len(coded.values), ratings.shape[1]
    if ratings.size < _LONG or not (coded.complete and coded.whole and _packs(float(coded.values[0]), size)):
        return None
    counts = np.zeros((len(ratings), size), dtype=np.int64)
    powers, one = _powers(ratings, float(coded.values[0]), size), np.ones(items)
    for start in range(0, items, _fit(size)):
        part = slice(start, start + _fit(size))
        counts += _unpacked(powers[:, part] @ one[part], size)
    return counts


def _packs(low: float, size: int) -> bool:
    return _EXACT // size >= 8 and low == round(low) and abs(low) <= 2.0**40


def _fit(size: int) -> int:
    """How many packed ratings may be added up."""
    return (1 << _EXACT // size) - 1


def _powers(block: Floats, low: float, size: int) -> Floats:
    """Give 2 to the power of bits × place for each rating, so that a sum holds one count in each `bits` of its bits.

    The power is written straight into the exponent: added to 2**52, a whole number stands in a float's lowest bits,
    and shifted by 52 it stands in the exponent field (IEEE 754).
    """
    bits = _EXACT // size
    power: Floats = block * bits
    power += 2.0**_EXACT + _ONE - bits * low
    fields = power.view(np.int64)
    fields <<= _EXACT
    return power


def _unpacked(sums: Floats, size: int) -> Ints:
    bits = _EXACT // size
    counts: Ints = (sums.astype(np.int64)[:, None] >> bits * np.arange(size)) & ((1 << bits) - 1)
    return counts


def _span(ratings: Floats) -> tuple[float, float, bool]:
    low, high = float(ratings.min()), float(ratings.max())
    if low == low:
        return low, high, True
    present = ~np.isnan(ratings)
    low = float(ratings.min(where=present, initial=np.inf))
    return low, float(ratings.max(where=present, initial=-np.inf)), False


def _whole_places(ratings: Floats, low: float, high: float, complete: bool) -> Places | None:
    if not high - low < _NEAR:
        return None
    offset = ratings - low
    if not complete:
        offset[np.isnan(offset)] = int(high - low) + 1
    places = offset.astype(np.int32)
    return places if (places.astype(np.float64) == offset).all() else None
