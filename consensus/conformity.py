"""Whom did the feedback move, and which way? Moves toward and away from the median that the raters were shown.

Owns the count of directions and the warning that nearly all of them are the same. It cannot tell yielding from
being convinced: that takes reasons, which people give and no count holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from consensus.counts import pairs_of
from consensus.errors import ConsensusError
from consensus.ratings import Floats, Ints, as_column, as_ratings
from consensus.scale import Scale, as_scale
from consensus.stability import joint_tables

NEARLY_ALL = 0.9
ENOUGH_MOVES = 20

NO_PAIRS = "nobody rated an item in both votes"
NO_MOVES = "nobody changed a rating"
FEW_MOVES = "fewer than twenty ratings changed, too few to call their direction a pattern"


@dataclass(frozen=True, slots=True)
class Direction:
    """The moves on one item; see `Conformity`."""

    paired: int
    moves: int
    toward: int
    away: int


@dataclass(frozen=True, slots=True)
class Conformity:
    """Where the ratings went after the group was shown its medians.

    Parameters
    ----------
    paired : int
        Ratings given in both votes: raters × items.
    moves : int
        Those that changed.
    toward, away : int
        Moves that ended nearer to the item's median, and farther from it; what went to the other side of it at
        the same distance is neither.
    share_toward, share_away : float
        Of the moves; nan where there are none.
    expected_toward : float
        Share that would have gone toward it had each mover chosen any other category at random; who stood at the
        median could only leave it.
    stayed_apart : int
        Ratings that differed from the median and were kept.
    nearly_all_toward : bool
        At least 90 % of at least 20 moves went toward the median.
    items : tuple of Direction, in item order
    reason : str or None
        Why shares are nan, or why the warning cannot be given.

    Notes
    -----
    The limits are this project's. Simulated panels of 12 that hear nothing and merely rate anew go toward their
    earlier median in .30–.52 of their moves (median and 99th percentile of 200 panels), and up to .60 where they
    hardly waver; panels that listen within bounds in .58–.76. So .9 is more than chance or listening gives: hardly
    anybody went another way. With 20 moves no one person makes the pattern, and Wilson's interval of 18 in 20
    starts at .70, above all that chance gave.
    """

    paired: int
    moves: int
    toward: int
    away: int
    share_toward: float
    share_away: float
    expected_toward: float
    stayed_apart: int
    nearly_all_toward: bool
    items: tuple[Direction, ...]
    reason: str | None = None


def conformity(
    before: ArrayLike | Sequence[Sequence[float | None]],
    after: ArrayLike | Sequence[Sequence[float | None]],
    scale: Scale | Iterable[float],
    *,
    shown: ArrayLike | Sequence[float | None] | None = None,
) -> Conformity:
    """Count how many moved toward the group's median once they had seen it.

    Parameters
    ----------
    before, after : array_like
        Raters × items, the same rater in the same row; nan for no rating.
    scale : Scale or sequence of categories
    shown : array_like, optional
        The median shown of each item, nan where none was; by default the median of all earlier ratings.

    Raises
    ------
    ConsensusError
        As `as_ratings`; ``mismatched_votes`` where votes or medians do not fit each other.

    References
    ----------
    Rowe, Wright & McColl (2005), Judgment change during Delphi-like procedures. Bolger & Wright (2011), Improving
    the Delphi process: lessons from social psychological research.
    """
    scale = as_scale(scale)
    first = as_ratings(before, scale, argument="before")
    second = as_ratings(after, scale, argument="after")
    if first.shape != second.shape:
        raise ConsensusError(
            "after",
            "mismatched_votes",
            "`before` and `after` must have the same raters and items; give nan for whoever is missing.",
        )
    tables = joint_tables(first, second, scale)
    everyone = np.stack([(scale.places(first) == place).sum(axis=0) for place in range(scale.size)], axis=1)
    medians = pairs_of(everyone, scale).median if shown is None else as_column(shown, argument="shown")
    if len(medians) != len(tables):
        raise ConsensusError(
            "shown", "mismatched_votes", f"`shown` must have {len(tables)} medians, one for each item, or nan."
        )
    return _directions(tables, np.abs(scale.values - medians[:, None]))


def _directions(tables: Ints, apart: Floats) -> Conformity:
    # A median nobody was shown compares as neither nearer nor farther.
    nearer = apart[:, None, :] < apart[:, :, None]
    farther = apart[:, None, :] > apart[:, :, None]
    known = ~np.isnan(apart[:, 0])
    kept = np.einsum("bii->bi", tables)
    paired = np.where(known, tables.sum(axis=(1, 2)), 0)
    moves = paired - np.where(known, kept.sum(axis=1), 0)
    toward = np.where(nearer, tables, 0).sum(axis=(1, 2))
    away = np.where(farther, tables, 0).sum(axis=(1, 2))
    leavers = tables.sum(axis=2) - kept
    expected = (leavers * nearer.sum(axis=2)).sum() / (tables.shape[1] - 1)
    total, inward, outward = int(moves.sum()), int(toward.sum()), int(away.sum())
    reason = NO_PAIRS if not paired.any() else NO_MOVES if not total else FEW_MOVES if total < ENOUGH_MOVES else None
    return Conformity(
        paired=int(paired.sum()),
        moves=total,
        toward=inward,
        away=outward,
        share_toward=inward / total if total else np.nan,
        share_away=outward / total if total else np.nan,
        expected_toward=float(expected) / total if total else np.nan,
        stayed_apart=int(kept[apart > 0].sum()),
        nearly_all_toward=total >= ENOUGH_MOVES and inward >= NEARLY_ALL * total,
        items=tuple(map(Direction, paired.tolist(), moves.tolist(), toward.tolist(), away.tolist())),
        reason=reason,
    )
