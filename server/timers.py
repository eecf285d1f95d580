"""Orders that wait for their time. Owns the step from the wall's time to timers that no jump of the wall can move."""

from __future__ import annotations

from collections.abc import Iterable

from server.clock import Clock
from server.workshop.due import Due, due
from server.workshop.state import State


class Timers:
    """Each timer is set once, when its order is first seen, and runs on the monotonic clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ends: dict[tuple[object, ...], float] = {}

    def ripe(self, states: Iterable[State]) -> list[tuple[str, Due]]:
        """Workshop and order of everything whose time has come; what is no longer due is forgotten."""
        wall, now = self._clock.now().timestamp(), self._clock.monotonic()
        ends: dict[tuple[object, ...], float] = {}
        found = []
        for state in states:
            for item in due(state):
                left = max(0.0, item.epoch - wall)
                left = left if item.longest is None else min(left, item.longest)
                key = (state.workshop, item.group, item.round, type(item.command), item.epoch)
                ends[key] = self._ends.get(key, now + left)
                if ends[key] <= now:
                    found.append((state.workshop, item))
        self._ends = ends
        return found
