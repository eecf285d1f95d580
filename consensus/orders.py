"""A panel's orders, complete or with gaps: W and all that is computed by leaving out, redrawing or shuffling.

Owns the formulas of W and W*. Chooses no test and no interval; that is `consensus.concordance`.
"""

from __future__ import annotations

import math

import numpy as np

from consensus.arrangements import all_sums, chance_of_top
from consensus.ranks import Ranks
from consensus.ratings import Bools, Floats
from consensus.resampling import shuffled_sums, shuffled_sums_with_gaps

UNLINKED = "the raters fall apart into groups that share no items"
UNCHECKED = "no comparison between items was made twice, so nothing could disagree"

_CHUNK = 1 << 20  # numbers held at a time: 8 MB, some six times over
_EQUAL = 1 - 1e-9  # a shuffled statistic this close counts as reached


class CompleteOrders:
    """Every rater rated every item: all follows from the sum of centred ranks.

    ``w``; ``weight``, the raters m; ``degrees`` of freedom; ``statistic``, Friedman's χ² = m(n−1)W.
    """

    reason: str | None = None

    def __init__(self, ranks: Ranks) -> None:
        self.ranks, self.squares = ranks, ranks.squares
        self.total = ranks.total()
        raters, items = len(self.squares), len(self.total)
        self.raters, self.items = raters, items
        self.square_sum = float(ranks.squares.sum())
        self.top = float(self.total @ self.total)
        self.w = min(self.top / (raters * self.square_sum), 1.0)
        self.weight = float(raters)
        self.degrees = items - 1
        self.statistic = raters * self.degrees * self.w

    def without_each(self) -> tuple[Floats, Floats]:
        """Give W and weight with each rater left out in turn."""
        top = self.top - 2 * self.ranks.centred @ self.total + self.squares
        rest = self.raters - 1
        return _ratio(top, rest * (self.square_sum - self.squares)), np.full(self.raters, float(rest))

    def resampled(self, counts: Floats) -> tuple[Floats, Floats]:
        """Give W and weight of each row of rater counts."""
        sums = counts @ self.ranks.centred
        top = np.einsum("ij,ij->i", sums, sums)
        return _ratio(top, self.raters * (counts @ self.squares)), np.full(len(counts), self.weight)

    def shuffled(self, rng: np.random.Generator, resamples: int) -> int:
        """Count the shuffles of orders that reach this W."""
        doubled = self._doubled()
        bound = float((doubled.sum(axis=0) ** 2).sum())
        return sum(
            int(np.count_nonzero(np.einsum("ij,ij->i", sums, sums) >= bound))
            for sums in shuffled_sums(doubled, rng, resamples)
        )

    def exact_chance(self, limit: int) -> float:
        """Give the exact chance of reaching this W."""
        return chance_of_top(self._doubled().astype(np.int64), limit)

    def _doubled(self) -> Floats:
        # Doubled centred ranks are whole numbers, so that equal sums compare as equal; constant raters add none.
        return np.rint(2 * self.ranks.centred[self.squares > 0])


class GappedOrders:
    """Some ratings are missing: Q = A′V⁻A and W* = Q/Σ(k−1), each rater with their own tie-corrected variance.

    ``w`` is W*; ``weight`` is Σ(k−1) over the degrees of freedom, which is m on complete data; ``statistic`` is Q.
    """

    def __init__(self, ranks: Ranks, present: Floats) -> None:
        self.raters, self.items = present.shape
        self.present, self.rated = present, ranks.rated.astype(np.float64)
        scale = np.sqrt(12 / (self.rated + 1))
        self.scores = ranks.centred * scale[:, None]
        self.variance = scale**2 * ranks.squares / (self.rated - 1)
        self.informed = (ranks.squares > 0).astype(np.float64)
        inverse, linked, total, self.reason = self._whole()
        self.inverse = inverse
        scores = self.scores.sum(axis=0)
        self.degrees = linked - 1
        self.statistic = float(scores @ inverse @ scores) if self.reason is None else math.nan
        self.weight = total / self.degrees if self.degrees > 0 else math.nan
        self.w = min(self.statistic / total, 1.0)

    def without_each(self) -> tuple[Floats, Floats]:
        """Give W* and weight with each rater left out in turn."""
        variance, meetings = self._sums(np.ones((1, self.raters)))
        step = max(1, _CHUNK // self.items**2)
        parts = []
        for start in range(0, self.raters, step):
            part = slice(start, start + step)
            present, each = self.present[part], self.variance[part, None, None]
            # What this one rater adds to the sums over all, taken off again.
            together = present[:, :, None] * present[:, None, :]
            alone = np.eye(self.items) * present[:, :, None] - together / self.rated[part, None, None]
            rest = meetings - self.informed[part, None, None] * together
            parts.append(self._solved(variance - each * alone, rest, 1.0 - np.eye(self.raters)[part]))
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def resampled(self, counts: Floats) -> tuple[Floats, Floats]:
        """Give W* and weight of each row of rater counts; nan where raters or items fall apart."""
        step = max(1, _CHUNK // (self.items * max(self.items, self.raters)))
        batches = [counts[start : start + step] for start in range(0, len(counts), step)]
        parts = [self._solved(*self._sums(batch), batch) for batch in batches]
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def shuffled(self, rng: np.random.Generator, resamples: int) -> int:
        """Count the shuffles, within each rater over the items rated, that reach this W*."""
        return sum(self._reaching(sums) for sums in shuffled_sums_with_gaps(self.scores, self.present, rng, resamples))

    def exact_chance(self, limit: int) -> float:
        """Give the exact chance of reaching this W*."""
        where = [np.flatnonzero(row) for row in self.present[self.informed > 0]]
        rows = [row[place] for row, place in zip(self.scores[self.informed > 0], where, strict=True)]
        sums = all_sums(rows, where, self.items, limit // 10)
        return self._reaching(sums) / len(sums)

    def _reaching(self, sums: Floats) -> int:
        q = np.einsum("ij,ij->i", sums @ self.inverse, sums)
        return int(np.count_nonzero(q >= self.statistic * _EQUAL))

    def _whole(self) -> tuple[Floats, int, float, str | None]:
        matrix, linked, joined = _regular(*self._sums(np.ones((1, self.raters))))
        total, size = float((self.rated - 1).sum()), int(linked[0])
        if not joined[0]:
            return matrix[0], size, total, UNLINKED
        return np.linalg.inv(matrix[0]), size, total, UNCHECKED if total <= size - 1 else None

    def _solved(self, variance: Floats, meetings: Floats, counts: Floats) -> tuple[Floats, Floats]:
        """Give W* and weight of each set of sums and the rater counts they stand for."""
        matrices, linked, joined = _regular(variance, meetings)
        scores = counts @ self.scores
        q = np.einsum("bi,bi->b", scores, np.linalg.solve(matrices, scores[:, :, None])[:, :, 0])
        total = counts @ (self.rated - 1)
        sound = joined & (total > linked - 1)
        weight = _ratio(np.where(sound, total, np.nan), np.maximum(linked - 1.0, 0))
        return np.where(sound, _ratio(q, total), np.nan), weight

    def _sums(self, counts: Floats) -> tuple[Floats, Floats]:
        """Give V, and how often two items were compared by raters with an order, for each row of rater counts."""
        shares = counts * self.variance
        meetings = (self.present.T * (counts * self.informed)[:, None, :]) @ self.present
        together = (self.present.T * (shares / self.rated)[:, None, :]) @ self.present
        return np.eye(self.items) * (shares @ self.present)[:, :, None] - together, meetings


def _regular(variance: Floats, meetings: Floats) -> tuple[Floats, Floats, Bools]:
    """Give V made regular, the number of items compared, and whether these hang together."""
    diagonal = np.eye(variance.shape[1])
    degree = meetings.sum(axis=2) - np.einsum("bii->bi", meetings)
    compared = degree > 0
    linked = compared.sum(axis=1).astype(np.float64)
    joined = _joined(meetings, compared)
    # V is a graph's Laplacian: its null space holds the constants, and items that nobody compared.
    level = np.maximum(np.einsum("bii->b", variance), 1.0)[:, None, None] / len(diagonal)
    u = compared.astype(np.float64)
    matrices = variance + level * (u[:, :, None] * u[:, None, :] / np.maximum(linked, 1)[:, None, None])
    matrices += level * diagonal * (1 - u)[:, :, None]
    matrices[~joined] = diagonal
    return matrices, linked, joined


def _joined(meetings: Floats, compared: Bools) -> Bools:
    """Tell for each resample whether all compared items are linked through raters."""
    reached = np.zeros(compared.shape)
    reached[np.arange(len(compared)), compared.argmax(axis=1)] = 1
    while True:
        wider = ((reached[:, None, :] @ meetings)[:, 0] > 0) | (reached > 0)
        if wider.sum() == reached.sum():
            return np.asarray((wider | ~compared).all(axis=1) & compared.any(axis=1))
        reached = wider.astype(np.float64)


def _ratio(top: Floats, bottom: Floats) -> Floats:
    ratio: Floats = np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom > 0)
    return ratio
