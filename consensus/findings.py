"""What a study of sensitivity finds, in records that answer the questions people ask. It computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Becomes: TypeAlias = tuple[tuple[tuple[str, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one option changes, all else as declared.

    Parameters
    ----------
    choice : str
        ``aggregation``, ``percent``, ``agreed_value``, ``threshold`` (people asked for beyond the rule's count),
        ``rater`` (each left out in turn) or ``group`` (left out as a whole).
    option : str
        The option taken; for raters and groups the group.
    tried : int
        1, or the raters of the group.
    moves : mapping of node to float
        The furthest that the value or either end of the span moved, in percent points.
    bands : mapping of node to int
        In how many of those tried the node's bands differ; nodes that keep theirs are left out, as are those that
        have no value without the group.
    becomes : mapping of node to tuple of (band keys, int)
        For the same nodes the bands they then have, lowest first, and in how many of those tried; most often first.
    weakest : int
        In how many of those tried the list of the weakest differs.
    entered, left : tuple of node ids
        Nodes that came onto that list, or went off it, in any of them.
    """

    choice: str
    option: str
    tried: int
    moves: Mapping[str, float]
    bands: Mapping[str, int]
    becomes: Mapping[str, Becomes]
    weakest: int
    entered: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeSensitivity:
    """One goal under all choices.

    Parameters
    ----------
    value : float
        As declared, every rated item at its own value; nan where nothing is rated.
    low, high : float
        Where it may lie, items without agreement at their quartiles.
    bands : tuple of band keys
        Of `low` and `high`: one key where both lie in the same.
    combined_bands : tuple of band keys
        Every band met in any combination of the choices, lowest first.
    same_bands : float
        Share of these combinations that leave `bands` as they are.
    weighted_low, weighted_high : float
        The middle 95 % of `value` over the drawn weights.
    weighted_same_bands, weighted_weakest : float
        Shares of the drawn weights that leave `bands` as they are, and that put the goal among the weakest.
    weighted_becomes : tuple of (band keys, int)
        The bands under the drawn weights that do not, and under how many of them; most often first.
    changed_by : tuple of str
        Choices of which an option changes `bands`; ``weights`` where more than 5 % of the drawn weights do.
    """

    value: float
    low: float
    high: float
    bands: tuple[str, ...]
    combined_bands: tuple[str, ...]
    same_bands: float
    weighted_low: float
    weighted_high: float
    weighted_same_bands: float
    weighted_weakest: float
    weighted_becomes: Becomes
    changed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What the choices between ratings and profile move.

    Parameters
    ----------
    nodes : mapping of id to NodeSensitivity
    weakest : tuple of node ids
        As declared, weakest first; equal values in the framework's order.
    weakest_changed_by : tuple of str
        Choices of which an option changes that list as a set; ``weights`` as in `NodeSensitivity`.
    effects : tuple of Effect
    combinations : int
        Combinations of aggregation, percent rule, agreed value and threshold tried.
    same_weakest, weighted_same_weakest : float
        Shares of these, and of the drawn weights, that leave the list as it is.
    draws : int
    not_tried : mapping of choice to reason
    """

    nodes: Mapping[str, NodeSensitivity]
    weakest: tuple[str, ...]
    weakest_changed_by: tuple[str, ...]
    effects: tuple[Effect, ...]
    combinations: int
    same_weakest: float
    weighted_same_weakest: float
    draws: int
    not_tried: Mapping[str, str]

    @property
    def bands_changed_by(self) -> Mapping[str, tuple[str, ...]]:
        """The goals whose bands change, each with the choices that do it; empty where none does."""
        return {node: found.changed_by for node, found in self.nodes.items() if found.changed_by}
