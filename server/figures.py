"""Figures of disclosed rounds, computed outside every transaction, and who waits for them.

Owns which rounds are being computed and the answer to whoever disclosed them. Never computes by itself (the assessor
does, later in another process) and never writes: figures go back through the engine's queue.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from server.clock import Clock
from server.jobs import Assessed, Disclosed, Job
from server.storage import picture
from server.storage.database import Database
from server.workshop.contents import Ballot
from server.workshop.due import unassessed
from server.workshop.given import Draft
from server.workshop.refusals import Refusal
from server.workshop.state import State

log = logging.getLogger(__name__)

AGAIN_SECONDS = 10.0  # after which figures that could not be computed are tried again

Assessor = Callable[[State, str, Mapping[int, Sequence[Ballot]]], Draft]
Key = tuple[str, str, int]  # workshop, group, the group's version at disclosure


class Figures:
    """One computation a disclosed round at a time, begun on a thread of its own, repeated until it is recorded."""

    def __init__(
        self, database: Database, clock: Clock, assessor: Assessor, *, state_of: Callable[[str], State],
        post: Callable[[Job], Job], begin: Callable[[Callable[[], None], str], None],
    ) -> None:  # fmt: skip
        self._database, self._clock, self._assessor = database, clock, assessor
        self._state_of, self._post, self._begin = state_of, post, begin
        self._waiting: dict[Key, list[Disclosed]] = {}
        self._computing: set[Key] = set()
        self._failed: dict[Key, float] = {}

    def disclosed(self, new: Disclosed) -> None:
        """Compute a round that was just disclosed and answer its order afterwards."""
        key = (new.order.workshop, new.group, new.version)
        self._waiting.setdefault(key, []).append(new)
        self._compute_once(key)

    def resume(self, state: State) -> None:
        """Compute every round whose ballots are in and whose figures are not; failed ones not at once again."""
        now = self._clock.monotonic()
        for group, version in unassessed(state):
            key = (state.workshop, group, version)
            failed = self._failed.get(key)
            if failed is None or now - failed >= AGAIN_SECONDS:
                self._compute_once(key)

    def _compute_once(self, key: Key) -> None:
        if key not in self._computing:
            self._computing.add(key)
            self._begin(lambda: self._compute(key), f"figures of {key[0]} {key[1]}")

    def _compute(self, key: Key) -> None:
        workshop, group, version = key
        try:
            state = self._state_of(workshop)
            with self._database.read() as connection:
                cast = picture.cast(connection, workshop, state.groups[group])
            job = Assessed(workshop, group, version, self._assessor(state, group, cast))
            job.future.add_done_callback(lambda done: self._answer(key, done))
            self._post(job)
        except Exception as fault:
            log.exception("the figures of %s %s could not be computed; they will be tried again", workshop, group)
            failed: Future[dict[str, Any]] = Future()
            failed.set_exception(fault)
            self._answer(key, failed)

    def _answer(self, key: Key, done: Future[dict[str, Any]]) -> None:
        """Answer whoever disclosed the round: figures and head are durable now, or still due."""
        failed = done.exception() is not None
        self._computing.discard(key)
        self._failed.pop(key, None)
        if failed:
            self._failed[key] = self._clock.monotonic()
        for new in self._waiting.pop(key, []):
            if failed:
                new.order.future.set_exception(Refusal("being_assessed"))
            else:
                told = done.result()
                new.order.future.set_result({**told, "events": new.events + told["events"]})
