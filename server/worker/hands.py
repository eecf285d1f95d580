"""Who does the heavy work of a house: this process itself, or workers beside it. The joiner of rooms chooses.

Owns how the rooms' own calls become jobs, and what is said where the work could not be done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from consensus import Framework
from server.worker import WorkLost, child, jobs
from server.worker.workers import Workers
from server.workshop.commands import SeatRow
from server.workshop.contents import Ballot
from server.workshop.given import Draft
from server.workshop.records import BaselineRow
from server.workshop.refusals import Refusal
from server.workshop.state import State


class Hands:
    """Jobs done in `workers`, or here where there are none.

    Each method stands for the room's own call of that name, raises what that raises, and has the same result.
    """

    def __init__(self, workers: Workers | None = None) -> None:
        self._workers = workers

    def do(self, job: jobs.Job) -> Any:
        """What a job gives. Refusal not_finished where two workers were lost over it."""
        if self._workers is None:
            return child.do(job)
        try:
            return self._workers.do(job)
        except WorkLost:
            raise Refusal("not_finished") from None

    @property
    def alive(self) -> bool | None:
        """Whether the workers run, None where there are none."""
        return None if self._workers is None else self._workers.alive

    def assess(self, state: State, group: str, ballots: Mapping[int, Sequence[Ballot]]) -> Draft:
        """As `server.workshop.assess`."""
        cast = {number: tuple(given) for number, given in ballots.items()}
        draft: Draft = self.do(jobs.AssessRound(state, group, cast))
        return draft

    def read_baseline(self, data: bytes, filename: str, framework: Framework) -> tuple[BaselineRow, ...]:
        """As `server.imports.baseline`."""
        rows: tuple[BaselineRow, ...] = self.do(jobs.ReadBaseline(data, filename, framework.document()))
        return rows

    def read_seats(self, data: bytes, filename: str, groups: Mapping[str, Mapping[str, str]]) -> tuple[SeatRow, ...]:
        """As `server.imports.seats`."""
        named = {group: dict(names) for group, names in groups.items()}
        rows: tuple[SeatRow, ...] = self.do(jobs.ReadSeats(data, filename, named))
        return rows

    def stop(self) -> None:
        """End the workers, if there are any; work that is under way is lost."""
        if self._workers is not None:
            self._workers.stop()
