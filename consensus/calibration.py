"""How often a rule would pass panels that have nothing to agree on: said beside the rule before anybody votes.

Owns the null panels and the probability of one item passing in one vote. It judges no real rating.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from consensus.arguments import choice, whole
from consensus.location import locate
from consensus.rules import Rule, as_rule
from consensus.scale import Floats, Scale, as_scale
from consensus.walk import chance_of, is_short

PANELS = ("random", "ceiling", "two_camps")
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
        0 to 1. Exact up to 30 raters, and where `walk.is_short` up to 120; else, and on scales of dozens of points,
        simulated with 200,000 panels of a fixed seed, with a standard error of at most .0011.

    Raises
    ------
    ConsensusError
        ``bad_rule``, ``out_of_range``, ``bad_scale`` or ``unknown_panel``, naming the argument.
    """
    choice("panel", panel, PANELS, "unknown_panel")
    return _chance(as_rule(rule), whole("raters", raters, 1), as_scale(scale).size, panel)


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
    shares = panel_shares(panel, categories)
    if is_short(rule, raters, categories):
        return chance_of(rule, needed, raters, shares)
    counts = np.random.default_rng(_SEED).multinomial(raters, shares, size=DRAWS)
    passed = 0
    for start in range(0, DRAWS, _CHUNK):
        found = locate(counts[start : start + _CHUNK], rule)
        asked = None if needed is None else np.full(len(found.n), needed)
        passed += int(np.count_nonzero(found.holds(asked)))
    return passed / DRAWS
