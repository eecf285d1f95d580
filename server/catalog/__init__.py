"""The frameworks that come with the program, as documents checked before they leave this room. Never edits one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from consensus.framework import Framework

_SHELF = Path(__file__).parent
_STATUS, _ABOUT = "translation_status", "about"  # for whoever chooses; no part of the document that a workshop fixes


class UnknownFramework(LookupError):
    """No framework of this name is in the catalogue; the sentence lists those that are."""

    code = "unknown_framework"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no framework {name[:40]!r}; choose one of: {', '.join(names())}.")


def names() -> tuple[str, ...]:
    """Names of the frameworks on the shelf, sorted."""
    return tuple(sorted(path.stem for path in _SHELF.glob("*.json")))


def load(name: str) -> dict[str, Any]:
    """The framework's document, as `Framework.from_document` takes it and `framework.fixed` seals it.

    Raises
    ------
    UnknownFramework
        No such name.
    ConsensusError
        The file is no valid framework.
    """
    document = _read(name)
    for beside in (_STATUS, _ABOUT):
        document.pop(beside, None)
    Framework.from_document(document)
    return document


def translation_status(name: str) -> dict[str, Any]:
    """How far each language's names are confirmed: a `note`, and by language a default with its exceptions by id."""
    status: dict[str, Any] = _read(name).get(_STATUS, {})
    return status


def about(name: str) -> dict[str, str]:
    """One sentence by language on what the framework is for, for whoever chooses one; empty where nobody wrote it."""
    told: dict[str, str] = _read(name).get(_ABOUT, {})
    return told


def outline(tree: Framework, language: str) -> dict[str, Any]:
    """What somebody who chooses a framework is told: its `title`, how many nodes each of its `levels` has, outermost
    first, how many `leaves` are rated and on how many `points`."""
    count = Counter(tree.node(node).level for node in tree.parents_first)
    levels = [{"name": _said(level.name, language), "count": count[level.key]} for level in tree.levels]
    return {"title": _said(tree.name, language), "levels": levels, "leaves": len(tree.leaves),
            "points": tree.scale.size}  # fmt: skip


def _said(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or next(iter(text.values()))


def _read(name: str) -> dict[str, Any]:
    if name not in names():
        raise UnknownFramework(name)
    return msgspec.json.decode((_SHELF / f"{name}.json").read_bytes(), type=dict[str, Any])
