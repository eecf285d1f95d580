"""How texts enter the trail: NFC, without control characters, never empty where something must be said."""

from __future__ import annotations

import unicodedata
from typing import Any

from server.workshop.refusals import Refusal


def clean(text: str | None) -> str | None:
    """A text in NFC without control characters, lone surrogates and outer blanks; None where nothing is left."""
    if text is None:
        return None
    kept = (c for c in unicodedata.normalize("NFC", text) if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip() or None


def said(text: str) -> str:
    """A text that must say something.

    Raises
    ------
    Refusal
        `malformed` where nothing is left of it.
    """
    kept = clean(text)
    if kept is None:
        raise Refusal("malformed", problem="a text is empty; write at least one letter")
    return kept


def settled(document: Any) -> Any:
    """A copy of a plain document with every text and key in NFC, as the trail keeps it."""
    if isinstance(document, str):
        return unicodedata.normalize("NFC", document)
    if isinstance(document, dict):
        return {settled(key): settled(value) for key, value in document.items()}
    if isinstance(document, list | tuple):
        return [settled(value) for value in document]
    return document
