"""Batches of chance: resampled raters and shuffled orders, in chunks of bounded memory, from a given Generator."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike

from consensus.arguments import generator, resamples_of, shown
from consensus.coding import Places
from consensus.errors import ConsensusError
from consensus.ratings import Floats, Ints, as_ratings
from consensus.shuffles import WIDEST, shuffled_codes

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
    generator(rng)
    resamples_of(resamples)
    if not callable(statistic):
        raise ConsensusError(
            "statistic", "bad_statistic", f"`statistic` must be a function of a batch, not {shown(statistic)}."
        )
    results = []
    for drawn in _drawn(rng, resamples, len(matrix), 1 if counts else matrix.shape[1]):
        batch = _counted(drawn, len(matrix)) if counts else matrix[drawn]
        results.append(_one_each(statistic(batch), len(drawn)))
    return np.concatenate(results)


def _one_each(given: ArrayLike, drawn: int) -> Floats:
    try:
        result = np.asarray(given)
    except ValueError:  # ragged
        result = np.array(None)
    if result.dtype.kind not in "biuf":
        raise ConsensusError(
            "statistic", "bad_statistic", "`statistic` gave no array of numbers; give one entry for each resample."
        )
    if result.ndim == 0 or len(result) != drawn:
        raise ConsensusError(
            "statistic",
            "bad_statistic",
            f"`statistic` gave an array of shape {result.shape} for {drawn} resamples; compute along the "
            "other axes and keep the first.",
        )
    return result.astype(np.float64, copy=False)


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
    """Shuffle each row of whole numbers by itself; yield the sums over rows, resamples × columns, chunk by chunk."""
    if rows.shape[1] <= WIDEST:
        lowest = rows.min()
        for columns in shuffled_codes((rows - lowest).astype(np.int64), rng, resamples):
            sums = np.stack([column.sum(axis=0, dtype=np.uint32) for column in columns], axis=1)
            yield sums + len(rows) * lowest
        return
    step = max(1, _CACHE // rows.size)
    for start in range(0, resamples, step):
        batch = np.repeat(rows[None], min(step, resamples - start), axis=0)
        rng.permuted(batch, axis=2, out=batch)
        yield batch.sum(axis=1)


def shuffled_sums_with_gaps(
    rows: Floats, present: Floats, rng: np.random.Generator, resamples: int
) -> Iterator[Floats]:
    """Shuffle each row over the columns where ``present`` is 1; yield sums over rows like `shuffled_sums`."""
    # Each row's entries first, its gaps last, and where each of them goes.
    order = np.argsort(present == 0, axis=1, kind="stable")
    packed = np.take_along_axis(rows, order, axis=1)
    starts = rows.shape[1] * np.arange(len(rows))[:, None]
    for places in _shuffled_places(order, present.sum(axis=1), rng, resamples):
        moved = np.empty(places.shape, dtype=np.int64)
        moved[order.T, np.arange(len(rows))] = places + starts
        yield packed.ravel()[moved].sum(axis=1).T


def _shuffled_places(order: Ints, rated: Floats, rng: np.random.Generator, resamples: int) -> Iterator[Ints]:
    """Shuffle the first places of each row; columns × rows × resamples."""
    rows, columns = order.shape
    behind = np.arange(columns) >= rated[:, None]
    if columns <= WIDEST:
        codes = np.broadcast_to(np.arange(columns), order.shape)
        for chunk in shuffled_codes(codes, rng, resamples, behind):
            yield np.stack(chunk).astype(np.int64)
        return
    step = max(1, _CACHE // order.size)
    for start in range(0, resamples, step):
        keys = rng.random((min(step, resamples - start), rows, columns))
        keys[:, behind] = 2.0
        yield keys.argsort(axis=2).transpose(2, 1, 0)


def seeded(seed: int) -> np.random.Generator:
    """Give the generator of a seed, for figures that must come out the same from the same record."""
    return np.random.default_rng(seed)
