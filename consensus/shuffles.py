"""Shuffles of many short rows at once: random keys put in order by a network of comparisons over all rows together.

Owns the keys and the network. Each key carries a code of what is shuffled in its lowest bits, so that nothing but
keys moves; keys are alike in the bits above with a chance below 1 in 10,000 a row, and then the codes decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from consensus.scale import Ints

WIDEST = 32  # columns up to which comparing beats numpy's own shuffling
_LAST = np.uint32(1 << 31)  # the bit that sends a key behind all that are shuffled
_CACHE = 1 << 14  # keys compared at a time


def shuffled_codes(
    codes: Ints, rng: np.random.Generator, resamples: int, fixed: NDArray[np.bool_] | None = None
) -> Iterator[list[NDArray[np.uint32]]]:
    """Shuffle each row by itself, chunk by chunk.

    Parameters
    ----------
    codes : ndarray of int, rows × columns
        From 0 to below 128; at most `WIDEST` columns.
    rng : numpy.random.Generator
    resamples : int
    fixed : ndarray of bool, optional
        Entries that go behind the others of their row, in any order.

    Yields
    ------
    list of ndarray, one for each column
        Its codes, rows × resamples of the chunk.
    """
    rows, columns = codes.shape
    low = np.uint32((1 << int(codes.max()).bit_length()) - 1)
    marks = codes.T.astype(np.uint32)[:, :, None]
    if fixed is not None:
        marks |= np.where(fixed.T[:, :, None], _LAST, np.uint32(0))
    step = max(1, _CACHE // rows)
    for start in range(0, resamples, step):
        shape = columns, rows, min(step, resamples - start)
        size = columns * rows * shape[2]
        keys = rng.integers(0, 1 << 64, (size + 1) // 2, dtype=np.uint64).view(np.uint32)[:size].reshape(shape)
        keys &= ~(_LAST | low)
        keys |= marks
        ordered = _sorted(list(keys))
        for column in ordered:
            column &= low
        yield ordered


def _sorted(columns: list[NDArray[np.uint32]]) -> list[NDArray[np.uint32]]:
    spare = np.empty_like(columns[0])
    for left, right in network(len(columns)):
        lower, upper = columns[left], columns[right]
        np.minimum(lower, upper, out=spare)
        np.maximum(lower, upper, out=upper)
        columns[left], spare = spare, lower
    return columns


@lru_cache(maxsize=WIDEST)
def network(width: int) -> tuple[tuple[int, int], ...]:
    """Give the comparisons that put any row of this width in order: Batcher's (1968) odd–even merging."""
    found = []
    size = 1
    while size < width:
        apart = size
        while apart >= 1:
            for start in range(apart % size, width - apart, 2 * apart):
                for left in range(start, min(start + apart, width - apart)):
                    if left // (2 * size) == (left + apart) // (2 * size):
                        found.append((left, left + apart))
            apart //= 2
        size *= 2
    return tuple(found)
