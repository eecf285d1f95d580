"""The one place that looks at the time. It owns no timer and no waiting; everybody else is given a `Clock`."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """What the house asks of a clock; tests give one whose hands they move."""

    def now(self) -> datetime:
        """The wall's time in UTC; it may jump."""

    def stamp(self) -> str:
        """The wall's time as the trail writes it, `2026-11-22T02:15:09Z`."""

    def monotonic(self) -> float:
        """Seconds that only grow; for timers, whatever the wall does."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def stamp(self) -> str:
        return stamp(self.now())

    def monotonic(self) -> float:
        return time.monotonic()


def stamp(at: datetime) -> str:
    """A time (aware of its zone) as the trail writes it: UTC, whole seconds, cut and not rounded."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local(at: datetime) -> datetime:
    """The same moment by the machine's own zone."""
    return at.astimezone()


def installed() -> datetime:
    """When this program came to the machine, as its files say: no clock that is right stands before it."""
    return datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
