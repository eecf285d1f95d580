"""Many values of every leaf at once, up the tree in floating point: for resamples and scenarios, never for the record.

Owns the vectorised tree. What a profile says of one set of values is `index`, in fractions; both agree to rounding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from consensus.arguments import choice
from consensus.errors import ConsensusError
from consensus.framework import Framework, known_leaves
from consensus.framework_document import AGGREGATIONS
from consensus.scale import Floats

_AT_THE_EDGE = 1e-9  # percent: rounding must not put a value below the band whose start it is


class Climb:
    """The tree of a framework as columns, parents first.

    Parameters
    ----------
    framework : Framework
    aggregation : str, optional
        One of the three means for every node, instead of the framework's own.
    left_out : collection of leaf ids
        Leaves that do not apply here; they count nowhere.

    Attributes
    ----------
    leaves : tuple of str
        Order of the columns that go in.
    nodes : tuple of str
        Order of the columns that come out, leaves included.

    Raises
    ------
    ConsensusError
        ``bad_aggregation``, ``unknown_leaf``.
    """

    def __init__(
        self, framework: Framework, aggregation: str | None = None, left_out: Collection[str] = ()
    ) -> None:
        if aggregation is not None:
            choice("aggregation", aggregation, AGGREGATIONS, "bad_aggregation")
        if aggregation not in (None, "arithmetic") and framework.scale.low < 0:
            raise ConsensusError(
                "aggregation", "bad_aggregation", "A scale with negative categories has the arithmetic mean alone."
            )
        out = known_leaves(framework, left_out, "left_out")
        self.framework = framework
        self.leaves, self.nodes = framework.leaves, framework.parents_first
        self.place = {node: column for column, node in enumerate(self.nodes)}
        self.inner = tuple(node for node in framework.children_first if framework.children(node))
        self._kind = {node: aggregation or framework.aggregation_of(node) for node in self.inner}
        self._out = [column for column, leaf in enumerate(self.leaves) if leaf in out]
        self._leaf_places = [self.place[leaf] for leaf in self.leaves]
        self.under = {node: [self.place[child] for child in framework.children(node)] for node in self.inner}
        self.weights = {
            node: np.array([float(framework.nodes[child].weight) for child in framework.children(node)])
            for node in self.inner
        }

    def up(self, leaves: Floats, weights: Mapping[str, Floats] | None = None) -> Floats:
        """Carry values up the tree.

        Parameters
        ----------
        leaves : ndarray, sets × leaves
            In units of the scale; nan for a leaf without a value, which is passed over.
        weights : mapping of node to ndarray, sets × children, optional
            Weights of a node's children in each set; by default the framework's in all.

        Returns
        -------
        ndarray, sets × nodes
            nan where nothing under a node has a value.
        """
        found = np.full((len(leaves), len(self.nodes)), np.nan)
        found[:, self._leaf_places] = leaves
        found[:, [self._leaf_places[column] for column in self._out]] = np.nan
        for node in self.inner:
            share = self.weights[node] if weights is None else weights[node]
            found[:, self.place[node]] = _mean(found[:, self.under[node]], share, self._kind[node])
        return found

    def percent(self, values: Floats, rule: str | None = None) -> Floats:
        """Give values in percent of the scale, by the framework's percent rule or another."""
        scale = self.framework.scale
        if (rule or self.framework.percent) == "max":
            return 100 * values / scale.high
        return 100 * (values - scale.low) / (scale.high - scale.low)

    def bands(self, values: Floats, rule: str | None = None) -> Floats:
        """Give the place of the band of each value, from 0; nan where there is no value."""
        starts = np.array([float(band.least) for band in self.framework.bands])
        places = np.searchsorted(starts, self.percent(values, rule) + _AT_THE_EDGE, side="right") - 1.0
        return np.where(np.isnan(values), np.nan, np.maximum(places, 0))


def _mean(values: Floats, weights: Floats, kind: str) -> Floats:
    gaps = np.isnan(values)
    if gaps.any():
        weights = np.where(gaps, 0.0, weights)
        values = np.where(gaps, 1.0, values)
    total = weights.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        # A zero makes both other means zero: exp(−inf), and one over infinity.
        if kind == "geometric":
            mean = np.exp(_weighted(np.log(values), weights) / total)
        elif kind == "harmonic":
            mean = total / _weighted(1 / values, weights)
        else:
            mean = _weighted(values, weights) / total
    return np.where(total > 0, mean, np.nan)


def _weighted(values: Floats, weights: Floats) -> Floats:
    sums: Floats = values @ weights if weights.ndim == 1 else np.einsum("ij,ij->i", values, weights)
    return sums
