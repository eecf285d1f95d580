"""Ratings as places in a short list of values, so that all else can count instead of sort. No measure lives here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consensus.ratings import Floats

_NEAR = 64  # whole numbers this close together are their own places


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
    """

    places: NDArray[np.intp]
    values: Floats
    complete: bool


def code(ratings: Floats) -> Coded:
    """Code a matrix, raters × items with nan for no rating."""
    low, high = float(ratings.min()), float(ratings.max())
    complete = low == low
    present = None if complete else ~np.isnan(ratings)
    if present is not None:
        if not present.any():
            return Coded(np.zeros(ratings.shape, dtype=np.intp), np.empty(0), False)
        low = float(ratings.min(where=present, initial=np.inf))
        high = float(ratings.max(where=present, initial=-np.inf))
    if high - low < _NEAR:
        size = int(high - low) + 1
        offset = ratings - low
        if present is not None:
            offset[~present] = size
        places = offset.astype(np.intp)
        if (places == offset).all():
            return Coded(places, low + np.arange(size, dtype=np.float64), complete)
    values = np.unique(ratings if present is None else ratings[present])
    return Coded(np.searchsorted(values, ratings), values, complete)
