"""Orders that other doors give: creation, imports, a phone at the door, a bundle handed out. Never a payload."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from server.workshop.commands import ItemId, Settings
from server.workshop.records import BaselineRow, Channel, Initiative, Record


class GroupIn(Record, frozen=True):
    """A group as an organiser asks for it; a dimension's items are the leaves under its node."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.-]{1,32}$")]
    name: dict[str, str] | None = None
    kind: Literal["dimension", "plenary"] = "dimension"
    node: str | None = None
    items: list[ItemId] | None = None


class CreateWorkshop(Record, frozen=True):
    """The payload of `POST /workshops`, with the framework already looked up in the catalogue.

    `plenary` adds one that may vote on every indicator, so that contested ones can be taken to it as they come.
    """

    workshop: str
    title: str
    city: str | None
    language: str
    framework: dict[str, Any]
    groups: tuple[GroupIn, ...] | None
    rule: str | dict[str, Any]
    settings: Settings
    synthetic: bool
    plenary: bool = False


class ImportBaseline(Record, frozen=True):
    rows: tuple[BaselineRow, ...]
    synthetic: bool


class ImportInitiatives(Record, frozen=True):
    rows: tuple[Initiative, ...]
    synthetic: bool


class TakeSeat(Record, frozen=True):
    """A card, or the room code, was shown at the door; `seat` is null for a newcomer with the room code."""

    seat: int | None
    group: str | None
    channel: Channel


class RecordDisclosure(Record, frozen=True):
    """A bundle was handed out."""

    disclose: Literal["public", "full"]
    digest: str
