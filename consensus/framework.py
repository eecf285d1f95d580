"""The tree an index is built on: levels, nodes, weights, one scale, bands, and how values climb it.

Owns what a framework can be asked. It holds no rating and computes no value; what is valid stands in
`framework_document`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, TypeVar

from consensus.arguments import listed, mapping, record, shown
from consensus.errors import ConsensusError
from consensus.framework_document import read
from consensus.scale import Scale
from consensus.tree import Band, Level, Node

__all__ = ["Band", "Framework", "Level", "Node", "as_framework", "known_leaves", "leaf_mapping"]

Value = TypeVar("Value")


def as_framework(framework: object) -> Framework:
    """Take a `Framework`, or refuse it under ``bad_framework``."""
    return record("framework", framework, Framework, "bad_framework", "build one with Framework.from_document")


@dataclass(frozen=True)
class Framework:
    """A framework, read once and never changed; build it with `from_document`.

    Attributes
    ----------
    id, version : str
    name : mapping of language to text
    levels : tuple of Level
        Outermost first.
    scale : Scale
        The scale on which every leaf is rated.
    percent : str
        ``range``: (x − min)/(max − min); ``max``: x/max.
    coverage_floor_percent : int
        Percent of what was asked that must be answered for a node above the leaves to show a value.
    bands : tuple of Band
        Lowest first, the first from 0.
    nodes : mapping of id to Node
        In the order of the document.
    parents_first, children_first, leaves, top : tuple of str
        Ids in tree order: depth first, siblings as in the document; `children_first` is its reverse.
    """

    id: str
    version: str
    name: Mapping[str, str]
    levels: tuple[Level, ...]
    scale: Scale
    percent: str
    coverage_floor_percent: int
    bands: tuple[Band, ...]
    aggregation: str
    nodes: Mapping[str, Node]
    parents_first: tuple[str, ...]
    leaves: tuple[str, ...]
    _children: Mapping[str | None, tuple[str, ...]] = field(repr=False)
    _document: Mapping[str, Any] = field(repr=False)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Framework:
        """Read a framework strictly from its plain document.

        Parameters
        ----------
        document : mapping
            ``{id, version, name, levels, scale, percent, coverage_floor_percent, bands, nodes, aggregation?,
            rights?}`` of text, whole numbers, lists, objects and null; decimals are text.

        Raises
        ------
        ConsensusError
            ``bad_framework``, with one sentence on the first fault.
        """
        return cls(**vars(read(document)))

    def document(self) -> dict[str, Any]:
        """Give the document back, equal to the one that was read."""
        return deepcopy(dict(self._document))

    def __reduce__(self) -> tuple[object, ...]:
        # Rounds are assessed in a worker process: the framework must survive the way there.
        return Framework.from_document, (self.document(),)

    @property
    def children_first(self) -> tuple[str, ...]:
        """Ids with every node after all of its children."""
        return self.parents_first[::-1]

    @property
    def top(self) -> tuple[str, ...]:
        """Ids of the nodes without a parent."""
        return self._children[None]

    def node(self, node: str) -> Node:
        """Give a node by its id, or refuse under ``unknown_node``."""
        if not isinstance(node, str) or node not in self.nodes:
            raise ConsensusError(
                "node", "unknown_node", f"The framework {self.id} has no node {shown(node)}; use an id of its document."
            )
        return self.nodes[node]

    def children(self, node: str) -> tuple[str, ...]:
        """Ids of the children of a node, in document order; none for a leaf."""
        return self._children.get(self.node(node).id, ())

    def leaves_under(self, node: str) -> tuple[str, ...]:
        """Ids of the leaves under a node, in tree order; a leaf is under itself."""
        under = {self.node(node).id}
        for other in self.parents_first:
            if self.nodes[other].parent in under:
                under.add(other)
        return tuple(leaf for leaf in self.leaves if leaf in under)

    def path(self, node: str) -> tuple[str, ...]:
        """Ids from the top down to a node, itself included."""
        path = [self.node(node).id]
        while (parent := self.nodes[path[-1]].parent) is not None:
            path.append(parent)
        return tuple(path[::-1])

    def aggregation_of(self, node: str) -> str:
        """How a node joins its children: its own word, or its level's, or the framework's."""
        own = self.node(node).aggregation
        level = next(level for level in self.levels if level.key == self.nodes[node].level)
        return own or level.aggregation or self.aggregation


def known_leaves(framework: Framework, ids: Collection[str], argument: str) -> tuple[str, ...]:
    """Take ids of leaves, or refuse what is none under ``unknown_leaf``."""
    leaves = set(framework.leaves)
    names = listed(argument, ids, "leaf ids", ordered=False)
    for leaf in names:
        if not isinstance(leaf, str) or leaf not in leaves:
            raise ConsensusError(
                argument, "unknown_leaf", f"`{argument}` names {shown(leaf)}, which is no leaf of {framework.id}."
            )
    return names


def leaf_mapping(
    framework: Framework, values: Mapping[str, Value], argument: str, what: str
) -> Mapping[str, Value]:
    """Take a mapping from leaves; refuse other keys under ``unknown_leaf``."""
    found = mapping(argument, values, what)
    known_leaves(framework, tuple(found), argument)
    return found
