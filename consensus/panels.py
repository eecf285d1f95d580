"""What groups rated, as counts by item and category, and one value for each item from many such counts at once.

Owns the ratings of several groups on the leaves of one framework. It knows no tree above a leaf and judges nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from consensus.arguments import choice, listed, record
from consensus.bands import Number, on_scale
from consensus.clauses import AGREED_VALUES
from consensus.errors import ConsensusError
from consensus.framework import Framework, as_framework, known_leaves, leaf_mapping
from consensus.ratings import as_ratings
from consensus.scale import Floats, Scale


@dataclass(frozen=True)
class GroupRatings:
    """The latest ratings of one group.

    Parameters
    ----------
    group : str
        Its id, for results to speak of.
    items : sequence of leaf ids
        The columns of `ratings`, each once.
    ratings : array_like
        Raters × items, nan for no rating.
    """

    group: str
    items: Sequence[str]
    ratings: ArrayLike | Sequence[Sequence[float | None]]


@dataclass(frozen=True)
class Counted:
    """One group as an indicator matrix: raters × (items × categories), and the leaf of each item."""

    group: str
    items: tuple[str, ...]
    chosen: Floats
    raters: int

    def counts(self, drawn: Floats) -> Floats:
        """Count the ratings of drawn raters (sets × raters, how often each): sets × items × categories."""
        return (drawn @ self.chosen).reshape(len(drawn), len(self.items), -1)


def counted(framework: Framework, groups: Sequence[GroupRatings]) -> tuple[Counted, ...]:
    """Check the ratings of groups against a framework and count them.

    Raises
    ------
    ConsensusError
        ``no_groups``, ``item_twice``, ``unknown_leaf``, ``shape``, ``group_twice``; and as `as_ratings`.
    """
    as_framework(framework)
    groups = [
        record("groups", group, GroupRatings, "no_groups", "give group, items and ratings of each")
        for group in listed("groups", groups, "GroupRatings", "no_groups")
    ]
    if not groups:
        raise ConsensusError("groups", "no_groups", "Give the ratings of at least one group.")
    if len({str(group.group) for group in groups}) < len(groups):
        raise ConsensusError("groups", "group_twice", "Two groups have the same name; give each its own.")
    return tuple(_counted(framework, group) for group in groups)


def _counted(framework: Framework, group: GroupRatings) -> Counted:
    scale = framework.scale
    items = known_leaves(framework, listed("groups", group.items, "leaf ids for items"), "groups")
    if len(set(items)) < len(items):
        raise ConsensusError("groups", "item_twice", f"The group {group.group} names an item twice; name each once.")
    matrix = as_ratings(group.ratings, scale, argument="ratings")
    if matrix.shape[1] != len(items):
        raise ConsensusError(
            "ratings",
            "shape",
            f"The group {group.group} names {len(items)} items and has {matrix.shape[1]} columns; give one for each.",
        )
    chosen = scale.places(matrix)[:, :, None] == np.arange(scale.size)
    return Counted(group.group, items, chosen.reshape(len(matrix), -1).astype(np.float64), len(matrix))


def values_of(counts: Floats, scale: Scale, kind: str) -> Floats:
    """Give the median, mean or Hodges–Lehmann location of counted ratings; nan without any.

    Parameters
    ----------
    counts : ndarray, any shape × categories
    kind : str
        One of `consensus.clauses.AGREED_VALUES`.
    """
    n = counts.sum(axis=-1)
    empty = n == 0
    if kind == "mean":
        place = (counts @ np.arange(scale.size)) / np.where(empty, 1, n)
    elif kind == "hodges_lehmann":
        place = _middle(_averages(counts)) / 2
    else:
        place = _middle(counts)
    return np.where(empty, np.nan, scale.low + place * scale.step)


def checked_kind(argument: str, kind: str) -> str:
    """Take one of the agreed values."""
    return choice(argument, kind, AGREED_VALUES)


def fixed_values(framework: Framework, fixed: Mapping[str, Number] | None) -> dict[str, float]:
    """Take values that stand whatever was rated, such as the chair's decisions."""
    given = leaf_mapping(framework, {} if fixed is None else fixed, "fixed", "leaf ids to numbers")
    return {leaf: float(on_scale("fixed", value, framework.scale, leaf)) for leaf, value in given.items()}


def pooled(groups: Sequence[Counted], drawn: Sequence[Floats], framework: Framework) -> Floats:
    """Add up what the drawn raters of every group rated: sets × leaves × categories."""
    place = {leaf: column for column, leaf in enumerate(framework.leaves)}
    total = np.zeros((len(drawn[0]), len(framework.leaves), framework.scale.size))
    for group, times in zip(groups, drawn, strict=True):
        total[:, [place[item] for item in group.items]] += group.counts(times)
    return total


def _averages(counts: Floats) -> Floats:
    """Count the averages of all pairs of ratings, each with itself too, by twice their place."""
    size = counts.shape[-1]
    found = np.zeros((*counts.shape[:-1], 2 * size - 1))
    for one in range(size):
        found[..., 2 * one] += counts[..., one] * (counts[..., one] + 1) / 2
        for other in range(one + 1, size):
            found[..., one + other] += counts[..., one] * counts[..., other]
    return found


def _middle(counts: Floats) -> Floats:
    total = counts.sum(axis=-1)
    lower, upper = np.floor((total - 1) / 2), np.floor(total / 2)
    running: Floats = np.zeros_like(total)
    twice: Floats = np.zeros_like(total)
    # Over categories in turn: far quicker than along an axis of five.
    for place in range(counts.shape[-1]):
        running += counts[..., place]
        twice += running <= lower
        twice += running <= upper
    twice /= 2
    return twice
