"""Bodies of calls that set a workshop up: what is previewed, what a file would bring. Types only, as in `messages`."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from server.web.messages import Language
from server.workshop.commands import Settings, Short
from server.workshop.records import Record
from server.workshop.views import BallotView


class PreviewIn(Record, frozen=True):
    """What has been typed of a workshop so far, to be drawn with so many seats a group."""

    title: Annotated[str, msgspec.Meta(max_length=200)] = ""
    framework: str | dict[str, Any] = "cri"
    city: Short | None = None
    language: Language = "id"
    settings: Settings = Settings()
    plenary: bool = False
    synthetic: bool = False
    seats: Annotated[int, msgspec.Meta(ge=2, le=40)] = 8


class Preview(Record, frozen=True):
    """What phone, hall display and console would be told of it, and the outline of its framework."""

    framework: dict[str, Any]
    phone: BallotView
    display: dict[str, Any]
    console: dict[str, Any]


class ImportLook(Record, frozen=True):
    """What a file would bring, were it imported: how many rows, by stream or group, and the first few as read."""

    rows: int
    sample: list[dict[str, Any]]
    completeness: dict[str, dict[str, Any]] | None = None
    groups: dict[str, int] | None = None
