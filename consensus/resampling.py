"""Batches of chance: resampled raters and shuffled orders, in chunks of bounded memory, from a given Generator."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike

from consensus.coding import Places
from consensus.errors import ConsensusError
from consensus.ratings import Floats, as_ratings

_CHUNK = 1 << 22  # numbers held at a time: 32 MB
_CACHE = 1 << 17  # numbers shuffled at a time: what a core keeps close


def bootstrap(
    ratings: ArrayLike,
    statistic: Callable[[Floats], ArrayLike],
    *,
    rng: np.random.Generator,
    resamples: int = 9999,
    counts: bool = False,
) -> Floats:
    """Resample raters with replacement and compute a statistic of each resample, a batch at a time.

    Parameters
    ----------
    ratings : array_like
        Raters × items, nan for no rating.
    statistic : callable
        Takes a batch, resamples × raters × items, and gives an array with one entry (or row) for each resample.
    rng : numpy.random.Generator
    resamples : int
        At least 1.
    counts : bool
        Whether the statistic takes how often each rater was drawn instead, resamples × raters: what is linear in
        the raters is then one matrix product.

    Returns
    -------
    ndarray
        The statistic of every resample, in the order drawn; the same draws with ``counts`` as without.

    Raises
    ------
    ConsensusError
        As `as_ratings`; ``needs_rng``, ``bad_resamples``; ``bad_statistic`` if it does not give one entry for each.
    """
    matrix = as_ratings(ratings)
    check_chance(rng, resamples)
    results = []
    for drawn in _drawn(rng, resamples, len(matrix), 1 if counts else matrix.shape[1]):
        batch = _counted(drawn, len(matrix)) if counts else matrix[drawn]
        result = np.asarray(statistic(batch), dtype=np.float64)
        if result.ndim == 0 or len(result) != len(drawn):
            raise ConsensusError(
                "statistic",
                "bad_statistic",
                f"`statistic` gave an array of shape {result.shape} for {len(drawn)} resamples; compute along the "
                "other axes and keep the first.",
            )
        results.append(result)
    return np.concatenate(results)


def check_chance(rng: object, resamples: object) -> None:
    """Refuse to draw without a Generator or a number of draws."""
    if not isinstance(rng, np.random.Generator):
        raise ConsensusError(
            "rng", "needs_rng", "Chance comes in as an argument: pass rng=numpy.random.default_rng(seed)."
        )
    if isinstance(resamples, bool) or not isinstance(resamples, int | np.integer) or resamples < 1:
        raise ConsensusError("resamples", "bad_resamples", "`resamples` must be a whole number of at least 1.")


def resample_counts(rng: np.random.Generator, resamples: int, raters: int) -> Iterator[Floats]:
    """Draw raters with replacement; yield how often each was drawn, resamples × raters, chunk by chunk."""
    for drawn in _drawn(rng, resamples, raters, 1):
        yield _counted(drawn, raters)


def _drawn(rng: np.random.Generator, resamples: int, raters: int, width: int) -> Iterator[Places]:
    step = max(1, _CHUNK // (raters * width))
    for start in range(0, resamples, step):
        yield rng.integers(0, raters, (min(step, resamples - start), raters), dtype=np.int32)


def _counted(drawn: Places, raters: int) -> Floats:
    cells = drawn + np.arange(0, len(drawn) * raters, raters, dtype=np.int64)[:, None]
    counts = np.bincount(cells.ravel(), minlength=len(drawn) * raters)
    return counts.reshape(len(drawn), raters).astype(np.float64)


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


def seeded(seed: int) -> np.random.Generator:
    """Give the generator of a seed, for figures that must come out the same from the same record."""
    return np.random.default_rng(seed)
