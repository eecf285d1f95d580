"""Strict reading of the plain fields a framework document is made of. It knows no tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NoReturn

from consensus.errors import ConsensusError

LANGUAGES = ("en", "id")

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?\Z")


def refuse(sentence: str) -> NoReturn:
    """Refuse the framework with one sentence."""
    raise ConsensusError("framework", "bad_framework", sentence)


def record(value: object, where: str, *, needs: tuple[str, ...], may: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Take an object that has every field it needs and none beside those it may have."""
    if not isinstance(value, Mapping):
        refuse(f"{where} must be an object with {', '.join(needs)}.")
    for name in value:
        if name not in needs and name not in may:
            refuse(f"{where} has no field {name!r}; its fields are {', '.join((*needs, *may))}.")
    for name in needs:
        if name not in value:
            refuse(f"{where} lacks the field {name!r}; it needs {', '.join(needs)}.")
    return value


def sequence(value: object, where: str, *, most: int) -> list[Any]:
    """Take a list of 1 to `most` entries."""
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        refuse(f"{where} must be a list of 1 to {most} entries.")
    return value


def identifier(value: object, where: str) -> str:
    """Take an identifier: up to 40 letters, digits, points, hyphens and underscores."""
    if not isinstance(value, str) or not _IDENTIFIER.match(value):
        refuse(
            f"{where} cannot be {value!r}; use up to 40 letters, digits, points, hyphens and underscores, "
            "beginning with a letter or digit."
        )
    return value


def plain(value: object, where: str) -> str:
    """Take text that is not empty and stands in Unicode's composed form (NFC)."""
    if not isinstance(value, str) or not value.strip() or len(value) > 4000:
        refuse(f"{where} must be text of 1 to 4000 characters, not {_cut(value)}.")
    if not unicodedata.is_normalized("NFC", value) or any(unicodedata.category(sign) == "Cs" for sign in value):
        refuse(f"{where} must be in Unicode's composed form (NFC), not {_cut(value)}.")
    return value


def text(value: object, where: str) -> dict[str, str]:
    """Take text in both languages."""
    both = record(value, where, needs=LANGUAGES)
    return {language: plain(both[language], f"{where} in {language!r}") for language in LANGUAGES}


def decimal(value: object, where: str, example: str) -> Fraction:
    """Take a decimal written as text, 0 or more."""
    if not isinstance(value, str) or not _DECIMAL.match(value):
        refuse(f'{where} cannot be {_cut(value)}; write a decimal in quotes, for example "{example}".')
    return Fraction(value)


def one_of(value: object, where: str, options: tuple[str, ...]) -> str:
    """Take one of the options."""
    if not isinstance(value, str) or value not in options:
        refuse(f"{where} cannot be {_cut(value)}; use one of {', '.join(options)}.")
    return value


def percent(value: object, where: str) -> int:
    """Take a whole number from 0 to 100."""
    if type(value) is not int or not 0 <= value <= 100:
        refuse(f"{where} cannot be {_cut(value)}; use a whole number from 0 to 100.")
    return value


def _cut(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
