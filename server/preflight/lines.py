"""One line of the pre-flight: what was looked at, how it stands, and the sentence that says what to do.

Owns the shape of a line and how it is told in a language. The wording is `sentences`; the judgement `judging`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from server.addresses import Kind
from server.locale import Language, decimal_text
from server.preflight.sentences import FAULTS, KINDS, SENTENCES, STATES, TITLES

State = Literal["fine", "look", "mend", "yours"]  # `yours`: only people in the hall can see it
Value = str | int | float | datetime | tuple[str, ...]  # a tuple holds faults of a phone


@dataclass(frozen=True, slots=True)
class Line:
    """`key` is what was looked at, `code` which sentence holds, with its `values`."""

    key: str
    state: State
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A line in a language; `word` is the state, so that no colour has to say it."""

    key: str
    state: State
    code: str
    word: str
    title: str
    sentence: str


def tell(line: Line, language: Language) -> Told:
    """The line as people read it."""
    values = {name: _told(value, language) for name, value in line.values.items()}
    sentence = SENTENCES[line.code][language].format_map(values)
    return Told(line.key, line.state, line.code, STATES[line.state][language], TITLES[line.key][language], sentence)


def kind_sentence(kind: Kind, language: Language) -> str:
    """Why an address stands where it stands among the others."""
    return KINDS[kind][language]


def _told(value: Value, language: Language) -> str:
    if isinstance(value, datetime):
        clock = "%H:%M" if language == "en" else "%H.%M"
        return value.strftime(f"%Y-%m-%d {clock}")
    if isinstance(value, float):
        return decimal_text(value, 0 if value >= 10 else 1, language)
    return ", ".join(FAULTS[fault][language] for fault in value) if isinstance(value, tuple) else str(value)
