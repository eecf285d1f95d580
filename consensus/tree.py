"""What a framework is made of: levels, bands and nodes. It reads nothing and computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Level:
    """A named depth of the tree; `aggregation` says how its nodes join their children, where it says so."""

    key: str
    name: Mapping[str, str]
    aggregation: str | None = None


@dataclass(frozen=True)
class Band:
    """A range of percent with a name, from `least` up to the next band."""

    key: str
    name: Mapping[str, str]
    least: Fraction


@dataclass(frozen=True)
class Node:
    """A dimension, goal, indicator or whatever the levels are called; a leaf is what is rated."""

    id: str
    parent: str | None
    level: str
    name: Mapping[str, str]
    weight: Fraction
    short: Mapping[str, str] | None = None
    text: Mapping[str, str] | None = None
    anchors: Mapping[str, Mapping[str, str]] | None = None
    aggregation: str | None = None
    aliases: tuple[str, ...] = ()
