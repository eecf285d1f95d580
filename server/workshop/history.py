"""What the fold is fed and how it objects: the shape of an entry, its time, and `ImpossibleHistory`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from server.workshop.events import Event


class ImpossibleHistory(Exception):
    """The trail says something that cannot have happened; stop, someone must look.

    `seq` is the entry, the message says why in one sentence.
    """

    def __init__(self, seq: int, why: str) -> None:
        self.seq, self.why = seq, why
        super().__init__(f"entry {seq}: {why}")


class Entry(Protocol):
    """What the fold needs of a trail entry."""

    @property
    def at(self) -> str: ...
    @property
    def body(self) -> Event: ...
    @property
    def kind(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def seq(self) -> int: ...


def seconds(at: str) -> int:
    """Seconds since the epoch of a trail time."""
    return int(datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
