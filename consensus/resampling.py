"""Batches of chance: resampled raters and shuffled orders, in chunks of bounded memory, from a given Generator."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from consensus.ratings import Floats

_CHUNK = 1 << 22  # numbers held at a time: 32 MB
_CACHE = 1 << 17  # numbers shuffled at a time: what a core keeps close


def resample_counts(rng: np.random.Generator, resamples: int, raters: int) -> Iterator[Floats]:
    """Draw raters with replacement; yield how often each was drawn, resamples × raters, chunk by chunk."""
    step = max(1, _CHUNK // raters)
    for start in range(0, resamples, step):
        rows = min(step, resamples - start)
        drawn = rng.integers(0, raters, (rows, raters), dtype=np.int32)
        cells = drawn + np.arange(0, rows * raters, raters, dtype=np.int64)[:, None]
        counts = np.bincount(cells.ravel(), minlength=rows * raters)
        yield counts.reshape(rows, raters).astype(np.float64)


def shuffled_sums(rows: Floats, rng: np.random.Generator, resamples: int) -> Iterator[Floats]:
    """Shuffle each row by itself; yield the sums over rows, resamples × columns, chunk by chunk."""
    step = max(1, _CACHE // rows.size)
    for start in range(0, resamples, step):
        batch = np.repeat(rows[None], min(step, resamples - start), axis=0)
        rng.permuted(batch, axis=2, out=batch)
        yield batch.sum(axis=1)


def shuffled_sums_with_gaps(
    rows: Floats, present: Floats, rng: np.random.Generator, resamples: int
) -> Iterator[Floats]:
    """Shuffle each row over the columns where ``present`` is 1; yield sums over rows like `shuffled_sums`."""
    # Each row's entries first, its gaps last: the order of random keys puts them back on present columns.
    order = np.argsort(present == 0, axis=1, kind="stable")
    packed = np.take_along_axis(rows, order, axis=1)[None]
    step = max(1, _CACHE // rows.size)
    for start in range(0, resamples, step):
        keys = rng.random((min(step, resamples - start), *rows.shape))
        keys[:, present == 0] = 2.0
        batch = np.empty_like(keys)
        np.put_along_axis(batch, keys.argsort(axis=2), np.broadcast_to(packed, keys.shape), axis=2)
        yield batch.sum(axis=1)
