"""What the engine's queue holds, and what a committed batch leaves to be told. Records only; nothing here acts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from server.clock import Clock
from server.storage.chance import Chance
from server.storage.database import Database
from server.trail.checkpoint import Checkpoint
from server.trail.entries import Remembered
from server.trail.highwater import HighWater
from server.trail.keys import SigningKey
from server.trail.ledger import Ledger
from server.workshop.commands import PutAnswers
from server.workshop.given import Actor, Draft

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What every transaction is given."""

    database: Database
    clock: Clock
    key: SigningKey
    marks: HighWater
    chance: Chance
    pepper: bytes


@dataclass(slots=True, eq=False)
class Job:
    """Something to be done for one workshop; by itself it only looks what has happened meanwhile."""

    workshop: str
    future: Any = field(default_factory=Future, kw_only=True)  # or what stands in its place, as Told


@dataclass(slots=True, eq=False)
class Order(Job):
    """A command, or an order that another door gives."""

    actor: Actor
    command: Any


class Told:
    """Where an outcome goes that nobody waits for: one call, and nothing of what a Future costs.

    `callback` gets the result or None, and the exception or None; it must be quick. Its faults are logged.
    """

    __slots__ = ("_callback",)

    def __init__(self, callback: Callable[[Any, Exception | None], None]) -> None:
        self._callback = callback

    def set_result(self, result: Any) -> None:
        self._tell(result, None)

    def set_exception(self, exception: Exception) -> None:
        self._tell(None, exception)

    def _tell(self, result: Any, exception: Exception | None) -> None:
        try:
            self._callback(result, exception)
        except Exception:
            log.exception("an outcome could not be told")


@dataclass(slots=True, eq=False)
class Answers(Job):
    """One message of answers."""

    seat: int
    put: PutAnswers
    language: str


@dataclass(slots=True, eq=False)
class Assessed(Job):
    """Figures of a round, computed outside from the ballots in the trail; `version` is the group's at disclosure."""

    group: str
    version: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class Known:
    """A workshop as this process last saw it; `forked`: a signed head exists that this trail does not extend."""

    ledger: Ledger
    forked: bool = False


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A round whose ballots are in and whose figures are due; `order` is answered after them, with `events` first."""

    order: Order
    group: str
    version: int
    events: list[dict[str, Any]]


@dataclass(slots=True)
class Done:
    """What a committed batch leaves to be done.

    `outcomes` are results, or exceptions to raise; `forget` says that sealed answers or openings were deleted, whose
    pages should go too.
    """

    known: dict[str, Known] = field(default_factory=dict)
    told: dict[str, list[Remembered]] = field(default_factory=dict)
    outcomes: list[tuple[Future[Any], Any]] = field(default_factory=list)
    disclosed: list[Disclosed] = field(default_factory=list)
    heads: list[Checkpoint] = field(default_factory=list)
    forget: bool = False
