"""Other weights than the declared ones, spread evenly over what could have been declared.

Owns the drawing of sibling weights. It knows no value and no band.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import scipy  # `scipy.stats` loads when it is first asked
from scipy.special import gammaincinv

from consensus.arguments import finite, whole
from consensus.errors import ConsensusError
from consensus.scale import Floats


def drawn_weights(
    declared: Mapping[str, Floats], nodes: Sequence[str], *, rng: np.random.Generator, draws: int, concentration: float
) -> dict[str, Floats]:
    """Draw weights of the children of each node around the declared ones.

    Parameters
    ----------
    declared : mapping of node to ndarray
        The children's weights, 0 or more.
    nodes : sequence of str
        The nodes whose children get drawn weights; the others keep the declared ones.
    rng : numpy.random.Generator
    draws : int
        A power of two.
    concentration : float
        Above 0. With 1 and equal weights every division is as likely; the larger, the closer to those declared.

    Returns
    -------
    dict of node to ndarray, draws × children
        Summing to 1. A weight declared as 0 stays 0.

    Raises
    ------
    ConsensusError
        ``bad_draws``, ``out_of_range``.

    Notes
    -----
    Dirichlet with parameters concentration × weight / mean sibling weight, as normalised gamma quantiles of a
    scrambled Sobol sequence (Owen 1998). With 10 and four equal siblings each weight is .25 ± .07.
    """
    draws = whole("draws", draws, 2, "bad_draws")
    if draws & (draws - 1):
        raise ConsensusError("draws", "bad_draws", f"`draws` must be a power of two, for example 4096, not {draws}.")
    if not finite(concentration) > 0:
        raise ConsensusError("concentration", "out_of_range", "`concentration` must be above 0, for example 10.")
    found = {node: declared[node] for node in declared if node not in set(nodes)}
    width = sum(len(declared[node]) for node in nodes)
    uniform = scipy.stats.qmc.Sobol(width, rng=rng).random_base2(draws.bit_length() - 1)
    start = 0
    for node in nodes:
        shares = declared[node]
        part = uniform[:, start : start + len(shares)]
        start += len(shares)
        positive = shares > 0
        shape = concentration * shares[positive] / shares[positive].mean() if positive.any() else shares[positive]
        gamma = np.zeros(part.shape)
        # At 0 the quantile is 0; a hair above keeps a draw from having no weight at all.
        gamma[:, positive] = gammaincinv(shape, np.maximum(part[:, positive], 1e-12))
        total = gamma.sum(axis=1, keepdims=True)
        found[node] = np.divide(gamma, total, out=gamma, where=total > 0)
    return found
