"""The lower tail of a sum of signed ranks, exact: added up in small panels, by a tilted transform in large ones.

Every difference is positive with a chance of one half by itself; ranks and sums are whole numbers (doubled midranks).
It knows no test and no level.
"""

from __future__ import annotations

import math

import numpy as np
import scipy  # `scipy.optimize` loads when it is first asked
from scipy.special import expit

from consensus.ratings import Floats, Ints

LISTED = 150  # differences up to which sums are added up one by one
SHORT = 4096  # a tail up to which they are, however many there are
_SPENT = 46.0  # e to the power of −46 is nothing beside 1
_CHUNK = 1 << 18  # angles at a time


def lower(ranks: Ints, ties: Ints, tail: int) -> float:
    """Give the chance that the ranks of positive differences add up to at most `tail`, below or at half of all.

    Parameters
    ----------
    ranks, ties : ndarray of int
        The different ranks, and how many differences have each.
    tail : int
    """
    if int(ties.sum()) <= LISTED or tail <= SHORT:
        return listed(ranks, ties, tail)
    return tilted(ranks, ties, tail)


def listed(ranks: Ints, ties: Ints, tail: int) -> float:
    """Add up the chance of sums up to the tail, one difference at a time."""
    reached = np.zeros(tail + 1)
    reached[0] = 1.0
    for rank, count in zip(ranks.tolist(), ties.tolist(), strict=True):
        if rank > tail:
            reached *= 0.5**count
            continue
        for _ in range(count):
            reached *= 0.5
            reached[rank:] += reached[:-rank].copy()
    return float(reached.sum())


def tilted(ranks: Ints, ties: Ints, tail: int) -> float:
    """Add up the chance of sums up to the tail, through the characteristic function.

    The chances of signs are tilted so that the tail becomes the mean (Esscher 1932): what is added up is then no
    smaller than chances near a mean, and exact to some eleven digits however rare the tail.
    """
    step = math.gcd(*ranks.tolist())
    ranks, tail = ranks // step, tail // step
    if tail == 0:
        return 0.5 ** int(ties.sum())
    plain = ties.astype(np.float64)
    tilt = _tilt(ranks, plain, tail)
    positive = expit(tilt * ranks)
    # Sums beyond this distance from the mean are rarer than e to the power of −46 (Bernstein).
    spread = float((plain * ranks**2 * positive * (1 - positive)).sum())
    largest = int(ranks.max())
    reach = math.ceil(_SPENT * largest / 3 + math.sqrt((_SPENT * largest / 3) ** 2 + 2 * _SPENT * spread))
    size = min(int(ranks @ ties) + 1, 2 * reach)
    size += 1 - size % 2  # odd, so that all angles but nought come in pairs
    below = min(tail, reach)  # what is further above the tail comes round from below that
    total = _from_the_tail(np.zeros(1), tilt, below).real.sum()
    for start in range(1, (size + 1) // 2, _CHUNK):
        turns = np.arange(start, min(start + _CHUNK, (size + 1) // 2))
        total += 2 * _transform(turns, size, ranks, plain, positive, tilt, tail, below)
    scale = float((plain * (np.logaddexp(0.0, tilt * ranks) - math.log(2.0))).sum()) - tilt * tail
    return float(math.exp(scale) * total / size)


def _tilt(ranks: Ints, ties: Floats, tail: int) -> float:
    def beyond(tilt: float) -> float:
        return float(ties * ranks @ expit(tilt * ranks)) - tail

    low = -_SPENT / float(ranks.min())
    return 0.0 if beyond(0.0) <= 0 else float(scipy.optimize.brentq(beyond, low, 0.0, xtol=1e-6 * -low, rtol=1e-6))


def _transform(
    turns: Ints, size: int, ranks: Ints, ties: Floats, positive: Floats, tilt: float, tail: int, below: int
) -> float:
    """Add up one side of the inverse transform at the angles 2π·turns/size, dropping those where it has died out."""
    sizes, angles = np.zeros(len(turns)), np.zeros(len(turns))
    spread = ties * positive * (1 - positive)
    for group in np.argsort(-spread, kind="stable").tolist():
        share, count, rank = positive[group], ties[group], int(ranks[group])
        turned = 2 * math.pi / size * (turns * rank % size)
        sizes += count / 2 * np.log1p(-4 * share * (1 - share) * np.sin(turned / 2) ** 2)
        kept = sizes > -_SPENT
        turns, sizes, angles, turned = turns[kept], sizes[kept], angles[kept], turned[kept]
        angles += count * np.arctan2(share * np.sin(turned), 1 - share + share * np.cos(turned))
    angles -= 2 * math.pi / size * (turns * tail % size)
    weights = _from_the_tail(np.asarray(2 * math.pi / size * turns, dtype=np.float64), tilt, below)
    return float((np.exp(sizes + 1j * angles) * weights).real.sum())


def _from_the_tail(angles: Floats, tilt: float, below: int) -> np.ndarray[tuple[int], np.dtype[np.complex128]]:
    """Add up e to the power of (tilt + i·angle)·j for j from 0 to `below`."""
    power = tilt + 1j * angles
    if tilt == 0.0 and not angles.any():
        return np.full(len(angles), below + 1.0, dtype=np.complex128)
    # 1 − e^z loses digits where z is small; expm1 does not.
    return np.asarray(np.expm1(power * (below + 1)) / np.expm1(power))
