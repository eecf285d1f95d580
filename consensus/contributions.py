"""How far each rater shares the order of the others, without saying who: Legendre's concordance of single raters.

Owns the anonymous distribution. It keeps no rater's place: values are sorted before they leave.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from consensus.ranks import centred_ranks
from consensus.ratings import Floats, as_ratings

FEWEST = 5
TOO_FEW = "fewer than five raters have an order, so single values would point at people"
NO_COMMON = "no two raters put items that both rated in an order"

_CHUNK = 1 << 21  # numbers held at a time: 16 MB


@dataclass(frozen=True, slots=True)
class Contributions:
    """Each rater's concordance with the rest of the panel, lowest first and nameless.

    Parameters
    ----------
    mean_spearman : tuple of float
        Sorted mean Spearman correlations of one rater with each other rater, −1 to 1.
    w : tuple of float
        The same as Legendre's W of one rater, ((m − 1)·r̄ + 1)/m, m being those with an order; on complete data
        without ties or constant raters they average to Kendall's W. Below 0 for a rater who orders the items
        against the rest.
    against : int
        Raters whose mean correlation is below zero.
    raters, constant_raters : int
        Raters with an order, and raters left out because they gave everything they rated the same rating.
    reason : str or None
        Why there is nothing to show.

    Notes
    -----
    Constant raters have no correlation with anybody. With missing ratings each pair is compared on the items both
    rated, ranked anew among these; pairs without an order in common are passed over.
    """

    mean_spearman: tuple[float, ...]
    w: tuple[float, ...]
    against: int
    raters: int
    constant_raters: int
    reason: str | None = None


def rater_concordance(ratings: ArrayLike) -> Contributions:
    """Measure how far each rater orders the items as the others do, as an anonymous distribution.

    Parameters
    ----------
    ratings : array_like
        Raters × items, nan for no rating; at least two of each.

    Returns
    -------
    Contributions
        Nothing but counts below five raters with an order.

    Raises
    ------
    ConsensusError
        As `as_ratings`.

    References
    ----------
    Legendre (2005), Species associations: the Kendall coefficient of concordance revisited, JABES 10:226–245.
    """
    matrix = as_ratings(ratings, raters=2, items=2)
    ranks = centred_ranks(matrix)
    ordered = ranks.squares > 0
    constant = int(np.count_nonzero(~ordered & (ranks.rated > 0)))
    raters = int(np.count_nonzero(ordered))
    if raters < FEWEST:
        return Contributions((), (), 0, raters, constant, TOO_FEW)
    means = mean_correlations(matrix[ordered])
    means = np.sort(means[~np.isnan(means)])
    if not len(means):
        return Contributions((), (), 0, raters, constant, NO_COMMON)
    return Contributions(
        mean_spearman=tuple(means.tolist()),
        w=tuple((((raters - 1) * means + 1) / raters).tolist()),
        against=int(np.count_nonzero(means < -1e-12)),
        raters=raters,
        constant_raters=constant,
    )


def mean_correlations(ratings: Floats) -> Floats:
    """Mean Spearman correlation of each rater with the others, in their order; nan where no pair has one."""
    ranks = centred_ranks(ratings)
    if not ranks.complete:
        return _pairwise(ratings)
    unit = ranks.centred / np.sqrt(ranks.squares)[:, None]
    means: Floats = (unit @ unit.sum(axis=0) - 1) / (len(unit) - 1)
    return means


def _pairwise(ratings: Floats) -> Floats:
    raters, items = ratings.shape
    step = max(1, _CHUNK // (raters * items))
    means = []
    for start in range(0, raters, step):
        block = ratings[start : start + step]
        one = np.repeat(block, raters, axis=0)
        other = np.tile(ratings, (len(block), 1))
        common = ~(np.isnan(one) | np.isnan(other))
        left = centred_ranks(np.where(common, one, np.nan))
        right = centred_ranks(np.where(common, other, np.nan))
        lengths = np.sqrt(left.squares * right.squares)
        products = np.einsum("ij,ij->i", left.centred, right.centred)
        shared = np.divide(products, lengths, out=np.full(len(products), np.nan), where=lengths > 0)
        shared = shared.reshape(len(block), raters)
        shared[np.arange(len(block)), np.arange(start, start + len(block))] = np.nan
        pairs = np.count_nonzero(~np.isnan(shared), axis=1)
        sums = np.nansum(shared, axis=1)
        means.append(np.divide(sums, pairs, out=np.full(len(block), np.nan), where=pairs > 0))
    return np.concatenate(means)
