"""Records that commands, events and state share, and the words they may use. Read strictly, never changed."""

from __future__ import annotations

from typing import Literal

import msgspec

Channel = Literal["card", "open", "paper"]
Cannot = Literal["no_knowledge", "no_data", "unclear", "not_applicable"]
Cause = Literal["new_evidence", "scope", "year", "scale_reading", "interest", "real_disagreement"]
Stream = Literal["interview", "metric", "workshop", "plenary", "agreed"]
BaselineStream = Literal["interview", "metric"]
GroupKind = Literal["dimension", "plenary"]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything read strictly: an unknown field or a wrong type is refused by name."""


class GroupSpec(Record, frozen=True, omit_defaults=True):
    """A group as the workshop was created: its items are the leaves under `node`, or chosen ones for a plenary."""

    id: str
    kind: GroupKind
    node: str | None
    items: tuple[str, ...]
    name: dict[str, str] | None = None


class BaselineRow(Record, frozen=True):
    """One indicator in one earlier stream; `score` is a decimal string or null where nothing was scored."""

    item: str
    stream: BaselineStream
    score: str | None
    answered: int
    asked: int
    respondents: int | None
    year: int | None
    source: str | None


class Initiative(Record, frozen=True):
    """One initiative of the city's strategy."""

    id: str
    name: str
    pillar: str | None = None
    strategy: str | None = None
    in_plan: bool | None = None
    agency: str | None = None
    budget: str | None = None
    years: str | None = None
