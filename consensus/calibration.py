"""How often a rule would pass panels that have nothing to agree on: said beside the rule before anybody votes.

Owns the null panels and the probability of one item passing in one vote. It judges no real rating.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import comb
from typing import TypeAlias

import numpy as np
from scipy.special import gammaln, xlogy

from consensus.chance import pass_probability, whole
from consensus.errors import ConsensusError
from consensus.location import locate
from consensus.rules import Rule
from consensus.scale import Floats, Ints, Scale, as_scale

PANELS = ("random", "ceiling", "two_camps")
MOST_WAYS = 400_000  # exact up to 30 raters on six categories, within a second
DRAWS = 200_000  # standard error at most .0011

_SEED = 20_170_912
_CHUNK = 65_536

Panel: TypeAlias = str


def chance_of_consensus(rule: Rule, raters: int, scale: Scale | Iterable[float], *, panel: Panel = "random") -> float:
    """Give the probability that one item passes the quorum of ratings and the location clause in one vote.

    Parameters
    ----------
    rule : Rule
    raters : int
        Ratings on the item, 1 or more; everybody seated rates.
    scale : Scale or sequence of categories
    panel : str
        ``random``: every category is as likely; ``ceiling``: each category is twice as likely as the one below
        it; ``two_camps``: half of the raters near the second category, half near the last but one (near the
        ends on fewer than five categories).

    Returns
    -------
    float
        0 to 1. Exact for a random panel under a rule of the pair alone, and where `is_exact`; else simulated with
        200,000 panels of a fixed seed, with a standard error of at most .0011.

    Raises
    ------
    ConsensusError
        ``out_of_range``, ``bad_scale`` or ``unknown_panel``, naming the argument.
    """
    if panel not in PANELS:
        raise ConsensusError("panel", "unknown_panel", f"No panel is {panel!r}; use one of {', '.join(PANELS)}.")
    return _chance(rule, whole("raters", raters, 1), as_scale(scale).size, panel)


def is_exact(raters: int, categories: int) -> bool:
    """Tell whether all ways that ratings can fall are few enough to be gone through."""
    return comb(raters + categories - 1, categories - 1) <= MOST_WAYS


def panel_shares(panel: Panel, categories: int) -> Floats:
    """Give the probability of each category, lowest first, in one of `PANELS`."""
    shares: Floats = np.ones(categories)
    if panel == "ceiling":
        shares *= 2.0 ** np.arange(categories)
    elif panel == "two_camps":
        shares = np.zeros(categories)
        inward = 1 if categories >= 5 else 0
        for camp in (inward, categories - 1 - inward):
            shares[camp] += 8
            for beside in (camp - 1, camp + 1):
                if 0 <= beside < categories:
                    shares[beside] += 1
    shares /= shares.sum()
    return shares


@lru_cache(maxsize=1024)
def _chance(rule: Rule, raters: int, categories: int, panel: Panel) -> float:
    needed = rule.needed(raters, categories)
    if raters < rule.quorum or (needed is not None and needed > raters):
        return 0.0
    if panel == "random" and rule.location == "pair" and rule.iqr_at_most is None and needed is not None:
        return float(pass_probability(raters, categories, needed))
    shares = panel_shares(panel, categories)
    if is_exact(raters, categories):
        counts = _all_ways(raters, categories)
        logs = gammaln(raters + 1) - gammaln(counts + 1).sum(axis=1) + xlogy(counts, shares).sum(axis=1)
        weights: Floats = np.exp(logs)
    else:
        counts = np.random.default_rng(_SEED).multinomial(raters, shares, size=DRAWS)
        weights = np.full(DRAWS, 1 / DRAWS)
    passed = 0.0
    for start in range(0, len(counts), _CHUNK):
        part = slice(start, start + _CHUNK)
        found = locate(counts[part], rule)
        asked = None if needed is None else np.full(len(found.n), needed)
        passed += float(weights[part][found.holds(asked)].sum())
    return min(1.0, passed)


def _all_ways(raters: int, categories: int) -> Ints:
    """List the ways that `raters` ratings fall on `categories`: ways × categories."""
    ways, used = np.zeros((1, 0), dtype=np.int64), np.zeros(1, dtype=np.int64)
    for _ in range(categories - 1):
        options = raters - used + 1
        row = np.repeat(np.arange(len(used)), options)
        chosen = np.arange(len(row)) - np.repeat(options.cumsum() - options, options)
        ways, used = np.column_stack([ways[row], chosen]), used[row] + chosen
    return np.column_stack([ways, raters - used])
