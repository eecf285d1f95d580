"""How far the same raters moved between two votes, in the whole numbers a verdict is decided by.

Owns the counts behind the stability clause. The figures people are shown are those of `stability`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from consensus.counts import category_counts, pairs_of
from consensus.location import unit_scale
from consensus.rules import Rule
from consensus.scale import Floats, Ints, Scale


@dataclass(frozen=True)
class Movement:
    """The movement of every item; arrays by item, of no meaning where `paired` is 0.

    Attributes
    ----------
    paired : ndarray
        Raters who rated the item in both votes; all else, the pair too, is found among them alone.
    shift2 : ndarray
        Twice the distance between their two medians, in categories.
    changed : ndarray
        Those who gave another rating.
    left : ndarray
        Those whose earlier rating lies inside this vote's pair and whose present one does not.
    """

    paired: Ints
    shift2: Ints
    changed: Ints
    left: Ints

    def few(self, item: int, rule: Rule) -> int:
        """How many people still count as few: one, or the rule's share of those paired, rounded down."""
        return max(1, rule.left_percent * int(self.paired[item]) // 100)

    def stable(self, item: int, rule: Rule) -> bool:
        """Tell whether hardly anybody moved, agreement or not."""
        near = Fraction(int(self.shift2[item]), 2) <= Fraction(rule.median_shift)
        return bool(self.paired[item]) and near and int(self.changed[item]) <= self.few(item, rule)


def movement(earlier: Floats, present: Floats, scale: Scale) -> Movement:
    """Compare two votes (raters × items, the same raters in the same rows)."""
    both = ~(np.isnan(earlier) | np.isnan(present))
    was, now = (
        pairs_of(category_counts(np.where(both, vote, np.nan), scale), unit_scale(scale.size))
        for vote in (earlier, present)
    )
    pair = now.pair_low_index
    before, after = scale.places(earlier), scale.places(present)
    was_in = (before == pair) | (before == pair + 1)
    is_in = (after == pair) | (after == pair + 1)
    return Movement(
        paired=both.sum(axis=0),
        shift2=np.rint(2 * np.nan_to_num(abs(now.median - was.median))).astype(np.int64),
        changed=(both & (before != after)).sum(axis=0),
        left=(both & was_in & ~is_in).sum(axis=0),
    )
