"""How far the same raters moved between two votes on an item. Whoever is missing from one vote is left out.

Owns the figures of movement, not the rule that reads them. "Not significant" never means stable here: below six
pairs no two-sided p can reach .05.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from consensus.agreement import kappas, spearmans
from consensus.counts import pairs_of
from consensus.errors import ConsensusError
from consensus.ratings import Floats, Ints, Scale, as_ratings, as_scale
from consensus.records import PerItem
from consensus.signed import signed_rank_of

NO_PAIRS = "nobody rated this item in both votes"
NO_CHANGE = "nobody changed their rating, so there is no movement to describe"
NO_VARIATION = "kappa and correlation need ratings that differ in both votes"


@dataclass(frozen=True, slots=True)
class Stability:
    """One item's movement, among those who rated it in both votes; medians, pairs and quartiles too are theirs.

    Parameters
    ----------
    paired : int
        Raters present in both votes.
    changed_share : float
        Share of them who gave another rating.
    net_change : float
        ½·Σ|f₁−f₂|/n over categories, 0 to 1: what did not cancel out.
    toward_median : float
        Share of those who changed who came nearer to the earlier median; nan where nobody changed.
    left_pair : int
        Those whose earlier rating lies inside the later vote's pair and whose later one does not.
    median_shift, iqr_change : float
        Later minus earlier, in units of the scale.
    kappa, spearman : float
        Quadratic weighted kappa and rank correlation of the two votes.
    p_value : float
        Exact two-sided signed-rank p of the changes.
    reason : str or None
        Why figures are nan, where they are.
    """

    paired: int
    changed_share: float
    net_change: float
    toward_median: float
    left_pair: int
    median_shift: float
    iqr_change: float
    kappa: float
    spearman: float
    p_value: float
    reason: str | None = None


def stability(before: ArrayLike, after: ArrayLike, scale: Scale | Iterable[float]) -> PerItem[Stability]:
    """Compare two votes of the same raters, item by item.

    Parameters
    ----------
    before, after : array_like
        Raters × items, the same rater in the same row; nan for no rating.
    scale : Scale or sequence of categories

    Returns
    -------
    tuple of Stability, in item order

    Raises
    ------
    ConsensusError
        As `as_ratings`; ``mismatched_votes`` where the votes differ in raters or items.
    """
    scale = as_scale(scale)
    first = as_ratings(before, scale, argument="before")
    second = as_ratings(after, scale, argument="after")
    if first.shape != second.shape:
        raise ConsensusError(
            "after",
            "mismatched_votes",
            f"`before` is {first.shape[0]} raters × {first.shape[1]} items and `after` {second.shape[0]} × "
            f"{second.shape[1]}; give both the same raters and items, with nan for whoever is missing.",
        )
    tables = joint_tables(first, second, scale)
    paired = tables.sum(axis=(1, 2))
    earlier, later = tables.sum(axis=2), tables.sum(axis=1)
    was, now = pairs_of(earlier, scale), pairs_of(later, scale)
    places = np.arange(scale.size)
    changed = paired - np.einsum("bii->b", tables)
    away = np.abs(scale.values - was.median[:, None])
    nearer = np.where(away[:, None, :] < away[:, :, None], tables, 0).sum(axis=(1, 2))
    inside = (places == now.pair_low_index[:, None]) | (places == now.pair_low_index[:, None] + 1)
    left = (tables * (inside[:, :, None] & ~inside[:, None, :])).sum(axis=(1, 2))
    moves = _move_counts(tables)
    steps = scale.step * np.arange(1 - scale.size, scale.size, dtype=np.float64)
    columns = {
        "paired": paired,
        "changed_share": _share(changed, paired),
        "net_change": _share(np.abs(earlier - later).sum(axis=1), 2 * paired),
        "toward_median": _share(nearer, changed),
        "left_pair": left,
        "median_shift": now.median - was.median,
        "iqr_change": (now.q3 - now.q1) - (was.q3 - was.q1),
        "kappa": kappas(tables),
        "spearman": spearmans(tables),
    }
    listed = {name: array.tolist() for name, array in columns.items()}
    return PerItem(
        Stability(
            **{name: column[item] for name, column in listed.items()},
            p_value=signed_rank_of(steps, moves[item], 0.0, interval=False).p_value,
            reason=_reason(listed["paired"][item], int(changed[item]), listed["spearman"][item]),
        )
        for item in range(len(paired))
    )


def joint_tables(before: Floats, after: Floats, scale: Scale) -> Ints:
    """Count the pairs of earlier and later category of each item: items × K × K."""
    items = before.shape[1]
    size, wide = scale.size, scale.size + 1
    cells = (np.arange(items) * wide + scale.places(before)) * wide + scale.places(after)
    counted = np.bincount(cells.ravel(), minlength=items * wide * wide)
    return counted.reshape(items, wide, wide)[:, :size, :size]


def _move_counts(tables: Ints) -> Ints:
    size = tables.shape[1]
    steps = [np.trace(tables, offset=step, axis1=1, axis2=2) for step in range(1 - size, size)]
    return np.stack(steps, axis=1)


def _share(part: Ints, whole: Ints) -> Floats:
    share: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return share


def _reason(paired: int, changed: int, correlation: float) -> str | None:
    if paired == 0:
        return NO_PAIRS
    if changed == 0:
        return NO_CHANGE
    return NO_VARIATION if correlation != correlation else None
