"""Framework documents: what is valid in one, taken apart strictly and in one pass.

Owns every refusal of a framework. It answers no question about the tree: that is `framework`.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from consensus import fields
from consensus.fields import refuse
from consensus.scale import Scale
from consensus.tree import Band, Level, Node

AGGREGATIONS = ("arithmetic", "geometric", "harmonic")
PERCENT_RULES = ("range", "max")
MOST_NODES = 5000
MOST_LEVELS = 12


@dataclass(frozen=True)
class Parts:
    """A document taken apart; the fields are those of `consensus.framework.Framework`."""

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
    _children: Mapping[str | None, tuple[str, ...]]
    _document: Mapping[str, Any]


def read(document: Mapping[str, Any]) -> Parts:
    """Take a document apart, or refuse it with one sentence on its first fault."""
    doc = fields.record(
        document,
        "The framework",
        needs=("id", "version", "name", "levels", "scale", "percent", "coverage_floor_percent", "bands", "nodes"),
        may=("aggregation", "rights"),
    )
    levels = _levels(doc["levels"])
    scale = _scale(doc["scale"])
    nodes = _nodes(doc["nodes"], [level.key for level in levels])
    children: dict[str | None, list[str]] = {}
    for node in nodes.values():
        children.setdefault(node.parent, []).append(node.id)
    order = _parents_first(nodes, children)
    aggregation = _aggregation(doc, "The framework") or "arithmetic"
    kinds = {aggregation, *(level.aggregation for level in levels), *(node.aggregation for node in nodes.values())}
    if scale.low < 0 and kinds & {"geometric", "harmonic"}:
        refuse("Geometric and harmonic means need a scale without negative categories; use arithmetic.")
    percent = fields.one_of(doc["percent"], "The percent rule", PERCENT_RULES)
    if percent == "max" and scale.high <= 0:
        refuse('The percent rule "max" needs a scale whose highest category is above 0; use "range".')
    if "rights" in doc:
        _rights(doc["rights"])
    return Parts(
        id=fields.identifier(doc["id"], "The id of the framework"),
        version=fields.plain(doc["version"], "The version of the framework"),
        name=fields.text(doc["name"], "The name of the framework"),
        levels=levels,
        scale=scale,
        percent=percent,
        coverage_floor_percent=fields.percent(doc["coverage_floor_percent"], "The coverage floor"),
        bands=_bands(doc["bands"]),
        aggregation=aggregation,
        nodes=MappingProxyType(nodes),
        parents_first=order,
        leaves=tuple(node for node in order if node not in children),
        _children=MappingProxyType({parent: tuple(under) for parent, under in children.items()}),
        _document=MappingProxyType(deepcopy(dict(doc))),
    )


def _levels(value: object) -> tuple[Level, ...]:
    levels: list[Level] = []
    for index, entry in enumerate(fields.sequence(value, "The levels", most=MOST_LEVELS)):
        level = fields.record(entry, f"Level {index}", needs=("key", "name"), may=("aggregation",))
        key = fields.identifier(level["key"], f"The key of level {index}")
        if key in [other.key for other in levels]:
            refuse(f'Two levels have the key "{key}"; give each its own.')
        name = fields.text(level["name"], f'The name of level "{key}"')
        levels.append(Level(key, name, _aggregation(level, f'Level "{key}"')))
    return tuple(levels)


def _scale(value: object) -> Scale:
    doc = fields.record(value, "The scale", needs=("categories",), may=("labels",))
    categories = fields.sequence(doc["categories"], "The categories of the scale", most=101)
    if any(type(category) is not int for category in categories):
        refuse("The categories of the scale must be whole numbers, for example 1, 2, 3, 4, 5.")
    labels = None
    if "labels" in doc:
        texts = fields.sequence(doc["labels"], "The labels of the scale", most=101)
        labels = tuple(fields.text(entry, f"Label {index} of the scale")["en"] for index, entry in enumerate(texts))
    return Scale(tuple(categories), labels)


def _bands(value: object) -> tuple[Band, ...]:
    bands: list[Band] = []
    for index, entry in enumerate(fields.sequence(value, "The bands", most=20)):
        doc = fields.record(entry, f"Band {index}", needs=("key", "name", "from"))
        key = fields.identifier(doc["key"], f"The key of band {index}")
        if key in [other.key for other in bands]:
            refuse(f'Two bands have the key "{key}"; give each its own.')
        least = fields.decimal(doc["from"], f'The start of band "{key}"', "20")
        if least > 100 or (bands and least <= bands[-1].least) or (not bands and least != 0):
            refuse(f'Band "{key}" starts at {doc["from"]}; let the bands ascend from "0" to at most "100" percent.')
        bands.append(Band(key, fields.text(doc["name"], f'The name of band "{key}"'), least))
    return tuple(bands)


def _nodes(value: object, levels: list[str]) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for index, entry in enumerate(fields.sequence(value, "The nodes", most=MOST_NODES)):
        node = _node(entry, index)
        if node.id in nodes:
            refuse(f'Two nodes have the id "{node.id}"; give each its own.')
        if node.level not in levels:
            refuse(f'Node "{node.id}" has the level "{node.level}"; use one of {", ".join(levels)}.')
        nodes[node.id] = node
    _check_aliases(nodes)
    for node in nodes.values():
        if node.parent is None:
            continue
        if node.parent not in nodes:
            refuse(f'Node "{node.id}" has the unknown parent "{node.parent}"; name a node, or null at the top.')
        over = nodes[node.parent]
        # Levels that descend strictly leave no room for a cycle.
        if levels.index(over.level) >= levels.index(node.level):
            refuse(
                f'Node "{node.id}" ({node.level}) stands under "{over.id}" ({over.level}), which is no level '
                "above it; a parent must be of an earlier level."
            )
    return nodes


def _node(entry: object, index: int) -> Node:
    needs = ("id", "parent", "level", "name", "weight")
    doc = fields.record(
        entry, f"Node {index}", needs=needs, may=("short", "text", "anchors", "aggregation", "aliases")
    )
    key = fields.identifier(doc["id"], f"The id of node {index}")
    where = f'of node "{key}"'
    weight = fields.decimal(doc["weight"], f"The weight {where}", "1")
    if weight <= 0:
        refuse(f"The weight {where} is {doc['weight']}; give a weight above 0, or leave the node out.")
    anchors = None
    if "anchors" in doc:
        ends = fields.record(doc["anchors"], f"The anchors {where}", needs=("low", "high"))
        anchors = {end: fields.text(ends[end], f"The {end} anchor {where}") for end in ("low", "high")}
    aliases: list[str] = []
    if "aliases" in doc and doc["aliases"] != []:
        listed = fields.sequence(doc["aliases"], f"The aliases {where}", most=50)
        aliases = [fields.plain(alias, f"An alias {where}") for alias in listed]
    return Node(
        id=key,
        parent=None if doc["parent"] is None else fields.identifier(doc["parent"], f"The parent {where}"),
        level=fields.plain(doc["level"], f"The level {where}"),
        name=fields.text(doc["name"], f"The name {where}"),
        weight=weight,
        short=fields.text(doc["short"], f"The short name {where}") if "short" in doc else None,
        text=fields.text(doc["text"], f"The text {where}") if "text" in doc else None,
        anchors=anchors,
        aggregation=_aggregation(doc, f'Node "{key}"'),
        aliases=tuple(aliases),
    )


def _check_aliases(nodes: Mapping[str, Node]) -> None:
    owner = {node: node for node in nodes}
    for node in nodes.values():
        for alias in node.aliases:
            if alias in owner:
                refuse(f'The alias "{alias}" of node "{node.id}" is taken by "{owner[alias]}"; choose another.')
            owner[alias] = node.id


def _parents_first(nodes: Mapping[str, Node], children: Mapping[str | None, list[str]]) -> tuple[str, ...]:
    order: list[str] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting.extend(children.get(node, [])[::-1])
    return tuple(order)


def _aggregation(doc: Mapping[str, Any], where: str) -> str | None:
    if "aggregation" not in doc:
        return None
    return fields.one_of(doc["aggregation"], f"The aggregation of {where[0].lower()}{where[1:]}", AGGREGATIONS)


def _rights(value: object) -> None:
    if isinstance(value, str):
        fields.plain(value, "The rights")
    else:
        fields.text(value, "The rights")
