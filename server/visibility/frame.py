"""What does not change while a workshop runs: the names, scale and places that console and display draw with."""

from __future__ import annotations

from typing import Any

from server.visibility.common import dimension, text_in
from server.workshop.rehearsals import rehearses
from server.workshop.state import State


def frame(state: State, language: str) -> dict[str, Any]:
    """The workshop's names in `language`: groups, scale, nodes, bands and title; nothing anybody answered.

    `dimension` is the place of a group or node among the top nodes, from 1, and null for a plenary.
    """
    tree = state.tree
    labels = state.framework["scale"].get("labels") or [None] * state.scale.size
    shorts = {node["id"]: node.get("short") for node in state.framework["nodes"]}
    return {
        "workshop": state.workshop,
        "title": state.title,
        "city": state.city,
        "synthetic": state.synthetic or state.baseline_synthetic,
        "rehearsal": rehearses(state.workshop) is not None,
        "framework": text_in(tree.name, language),
        "scale": [
            {"value": category, "label": text_in(label, language) if isinstance(label, dict) else label}
            for category, label in zip(state.scale.categories, labels, strict=True)
        ],
        "groups": [
            {"id": group.id, "name": text_in(group.name, language) or group.id, "kind": group.kind,
             "dimension": dimension(state, group.node)}
            for group in state.groups.values()
        ],
        "nodes": {
            node: {
                "name": text_in(tree.node(node).name, language) or node,
                "short": text_in(shorts.get(node), language) or text_in(tree.node(node).name, language) or node,
                "parent": tree.node(node).parent,
                "text": text_in(tree.node(node).text, language),
                "anchors": {end: text_in(text, language) for end, text in (tree.node(node).anchors or {}).items()},
                "dimension": dimension(state, node),
            }
            for node in tree.parents_first
        },
        "leaves": list(tree.leaves),
    }  # fmt: skip
