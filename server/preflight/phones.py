"""What phones in the hall found when they checked themselves: how many passed, and when. Memory of this process only;
it knows no phone and keeps nothing that could name one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.preflight.sentences import FAULTS


@dataclass(frozen=True, slots=True)
class Told:
    """`faults` are those of the last phone that looked; empty where it passed."""

    passed: int = 0
    last: datetime | None = None
    faults: tuple[str, ...] = ()


class Phones:
    """Counts self-tests. `now` gives the local time with its zone."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._told = now, Told()

    def tell(self, faults: Sequence[str]) -> None:
        """A phone has looked at itself; `faults` are some of FAULTS."""
        found = tuple(fault for fault in FAULTS if fault in faults)
        self._told = Told(self._told.passed + (not found), self._now(), found)

    @property
    def told(self) -> Told:
        """What is known so far."""
        return self._told
