"""The exact chance that ratings drawn one like another meet a location clause. Draws nothing, lists no panel.

From the lowest category up, those who have chosen so far are a walk: of the others each chooses the next category
with one and the same chance. A way to meet the rule (`moves.Target`) keeps that walk between bounds after every
category and asks for enough people inside a window; the ways that share a window exclude each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from consensus.moves import Target, bounds, rank_count, targets
from consensus.rules import Rule
from consensus.scale import Bools, Floats

MOST_RATERS = 120
MOST_PRODUCTS = 100_000_000  # together some tenths of a second


def is_short(rule: Rule, raters: int, categories: int) -> bool:
    """Tell whether the walk takes less than people would wait for."""
    ranks = rank_count(raters, rule)
    ways = comb(categories + ranks - 1, ranks)
    return raters <= MOST_RATERS and ways * categories * (raters + 1) ** 2 <= MOST_PRODUCTS


def chance_of(rule: Rule, needed: int | None, raters: int, shares: Floats) -> float:
    """Give the chance that the clause holds, where each category is chosen with its share.

    Parameters
    ----------
    rule : Rule
    needed : int or None
        More than half of the raters; None where the rule counts nobody.
    raters : int
    shares : ndarray
        Of every category, lowest first, adding up to 1.
    """
    step = _steps_up(raters, shares)
    ways: dict[tuple[int, int] | None, list[Target]] = {}
    for target in targets(raters, len(shares), rule, True):
        ways.setdefault(target.window, []).append(target)
    walks = {window: _Walk(step, group) for window, group in ways.items()}
    if needed is None:
        return min(sum(walk.all() for walk in walks.values()), 1.0)
    windows = sorted(window for window in walks if window)
    total = sum(walks[window].inside(window, needed) for window in windows)
    if rule.location == "pair":
        # Two pairs can hold more than half only where they share a category.
        total -= sum(walks[low].inside_both(low[0], needed) for low, _ in pairwise(windows))
    return min(max(total, 0.0), 1.0)


def _steps_up(raters: int, shares: Floats) -> list[Floats]:
    """Give, by category, the chance that t have chosen up to it where s had up to the one below: raters+1 squared."""
    before = np.arange(raters + 1)[:, None]
    more = np.arange(raters + 1) - before
    left = np.maximum(raters - before - more, 0)
    logs = gammaln(raters - before + 1) - gammaln(np.maximum(more, 0) + 1) - gammaln(left + 1)
    logs, more = np.where(more < 0, -np.inf, logs), np.maximum(more, 0)
    # Whoever has chosen none of the lower categories must choose the last.
    chances = [*(shares[:-1] / shares[::-1].cumsum()[:0:-1]).tolist(), 1.0]
    with np.errstate(divide="ignore"):  # the logarithm of nought
        return [np.exp(logs + xlogy(more, chance) + xlog1py(left, -chance)) for chance in chances]


@dataclass(frozen=True)
class _Rest:
    """Ways alike from a category on: the chances of having come to each number before it, and what is allowed after
    each category."""

    come: Floats
    allowed: Bools  # categories × numbers


class _Walk:
    """The walk under several targets."""

    def __init__(self, step: list[Floats], ways: Sequence[Target]) -> None:
        self.step, self.size, self.raters = step, len(step), len(step[0]) - 1
        limits = np.array([bounds(target, self.size - 1, self.raters) for target in ways])
        # After the last category everybody has chosen.
        ends = np.full((len(ways), 2, 1), self.raters)
        self.limits = np.concatenate([limits.reshape(len(ways), 2, self.size - 1), ends], axis=2)
        self.held = np.arange(self.raters + 1)

    def all(self) -> float:
        """Add up the chances of all ways."""
        return float(self._come(self.size)[:, self.raters].sum())

    def inside(self, window: tuple[int, int], needed: int) -> float:
        """Add up the chances that at least so many lie from the lower to the upper category of the window."""
        low, high = window
        total = 0.0
        for rest in self._alike_from(low):
            between = rest.come[:, None] * self.step[low] * rest.allowed[low]
            for category in range(low + 1, high):
                between = between @ self.step[category] * rest.allowed[category]
            total += float((between * self._onward(rest, high, needed).T).sum())
        return total

    def inside_both(self, low: int, needed: int) -> float:
        """Add up the chances that so many lie in the pair from `low` and as many in the pair above it."""
        total = 0.0
        for rest in self._alike_from(low):
            # After the lowest of the three categories d have chosen, after the middle one e: before them at most
            # e − needed had, and after them at least d + needed have.
            come = (rest.come[:, None] * self.step[low] * rest.allowed[low]).cumsum(axis=0)
            come = np.where(self.held >= needed, come[np.maximum(self.held - needed, 0)].T, 0.0)
            middle = self.step[low + 1] * rest.allowed[low + 1]
            total += float((come * middle * self._onward(rest, low + 2, needed).T).sum())
        return total

    def _onward(self, rest: _Rest, category: int, needed: int) -> Floats:
        """Give the chance of going on from each number before a category to at least s + needed after it, by s."""
        going = self.step[category] * rest.allowed[category] * self._to_come(rest, category + 1)
        going = going[:, ::-1].cumsum(axis=1)[:, ::-1]
        enough = self.held + needed
        return np.where(enough <= self.raters, going[:, np.minimum(enough, self.raters)], 0.0)

    def _alike_from(self, category: int) -> Iterator[_Rest]:
        """Gather the ways that have the same bounds from a category on."""
        come = self._come(category)
        after, place = np.unique(self.limits[:, :, category:], axis=0, return_inverse=True)
        for group, (least, most) in enumerate(after):
            allowed = np.zeros((self.size, self.raters + 1), dtype=np.bool_)
            allowed[category:] = (self.held >= least[:, None]) & (self.held <= most[:, None])
            yield _Rest(come[place.ravel() == group].sum(axis=0), allowed)

    def _come(self, category: int) -> Floats:
        """Give each way's chance of having come to each number before a category, ways × numbers."""
        come: Floats = np.zeros((len(self.limits), self.raters + 1))
        come[:, 0] = 1.0
        for below in range(category):
            least, most = self.limits[:, :, below, None].transpose(1, 0, 2)
            come = come @ self.step[below] * ((self.held >= least) & (self.held <= most))
        return come

    def _to_come(self, rest: _Rest, category: int) -> Floats:
        """Give the chance of coming through from each number before a category."""
        through: Floats = np.ones(self.raters + 1)
        for above in reversed(range(category, self.size)):
            through = self.step[above] @ (rest.allowed[above] * through)
        return through
