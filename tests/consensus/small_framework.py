"""A framework of seven nodes whose leaves lie on two depths, small enough to work by hand."""

from __future__ import annotations

from typing import Any


def both(text: str) -> dict[str, str]:
    """The same text in both languages."""
    return {"en": text, "id": text}


def node(key: str, parent: str | None, level: str, weight: str = "1") -> dict[str, Any]:
    return {"id": key, "parent": parent, "level": level, "name": both(key), "weight": weight}


def small() -> dict[str, Any]:
    """A (A1 (A1.1, A1.2 of weight 3), A2 of weight 2), B (B1)."""
    return {
        "id": "small",
        "version": "1",
        "name": both("Small"),
        "levels": [{"key": key, "name": both(key)} for key in ("dimension", "goal", "indicator")],
        "scale": {"categories": [1, 2, 3, 4, 5]},
        "percent": "range",
        "coverage_floor_percent": 50,
        "bands": [
            {"key": "poor", "name": both("Poor"), "from": "0"},
            {"key": "good", "name": both("Good"), "from": "62.5"},
        ],
        "nodes": [
            node("A", None, "dimension"),
            node("A1", "A", "goal"),
            node("A1.1", "A1", "indicator"),
            node("A1.2", "A1", "indicator", "3"),
            node("A2", "A", "goal", "2"),
            node("B", None, "dimension"),
            node("B1", "B", "indicator"),
        ],
    }
