"""The one path from command to committed events: queue, batch, commit, acknowledge; then figures and heads.

Owns the queue, the threads and the present of every workshop in memory. A job is decided inside the transaction that
writes it, and nobody is told before that is durable. Never decides by itself, and never talks to a phone.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from server.batch import run
from server.clock import Clock
from server.figures import Assessor, Figures
from server.jobs import Answers, Done, House, Job, Known, Order, Told
from server.storage import StorageError, ballots
from server.storage.archive import Archive
from server.storage.ballots import Place
from server.storage.chance import SYSTEM, Chance
from server.storage.database import Database
from server.timers import Timers
from server.trail import TrailError
from server.trail.checkpoint import Checkpoint
from server.trail.entries import Remembered
from server.trail.highwater import HighWater
from server.trail.keys import SigningKey
from server.workshop.answering import ballot_group
from server.workshop.assess import assess
from server.workshop.commands import PutAnswers
from server.workshop.given import SEAT, SERVER, Actor
from server.workshop.orders import CreateWorkshop, TakeSeat
from server.workshop.progress import progress
from server.workshop.records import Channel
from server.workshop.refusals import Refusal
from server.workshop.state import State

log = logging.getLogger(__name__)

TICK_SECONDS = 0.25
RETRY_SECONDS = 0.25

Subscriber = Callable[[str, list[Remembered]], None]


class Engine(Archive):
    """Commands in, committed events out; one writer for all workshops of this process.

    Parameters
    ----------
    database : Database
    clock : Clock
    keys : (SigningKey, HighWater)
        As `keys.open_keys` gives them.
    pepper : bytes
        As `bearers.open_pepper` gives it; guards the codes of seat cards.
    assessor : callable
        Computes a disclosed round; everything in and out can be pickled, so that it may run in another process.
    batch_max : int
        Most jobs of one transaction.
    """

    def __init__(
        self, database: Database, clock: Clock, keys: tuple[SigningKey, HighWater], *, pepper: bytes,
        chance: Chance = SYSTEM, assessor: Assessor = assess, batch_max: int = 512,
    ) -> None:  # fmt: skip
        super().__init__(database, keys[0])
        self._house = House(database, clock, *keys, chance, pepper)
        self._timers, self._batch_max = Timers(clock), batch_max
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._known: dict[str, Known] = {}
        self._subscribers: list[Subscriber] = []
        self._figures = Figures(
            database, clock, assessor, state_of=self.state, post=self._post, begin=self._begin
        )
        self._given: set[tuple[str, str, int]] = set()
        self._forget = False
        self._threads: list[threading.Thread] = []
        self._stopping, self._gate = threading.Event(), threading.Lock()

    # --- life -----------------------------------------------------------------------------------------------------

    def start(self, *, ticking: bool = True) -> None:
        """Take up every workshop where it was left, resume what was interrupted, then serve.

        StorageError or TrailError where a trail or the file of marks does not hold together; nothing runs then.
        """
        self._begin(self._write, "writer")
        try:
            self._take_up()
        except BaseException:
            self.stop()
            raise
        if ticking:
            self._begin(self._tick_on, "timers")

    def _take_up(self) -> None:
        for job in [self._post(Job(workshop.id)) for workshop in self.workshops()]:
            try:
                job.future.result()
            except Refusal as refusal:
                if refusal.__cause__ is not None:
                    raise refusal.__cause__ from None
                log.error("%s", refusal)
        for state in self._states():
            self._figures.resume(state)

    def stop(self) -> None:
        """Finish what is queued, then end the threads."""
        with self._gate:  # nothing can slip in behind the end of the queue and wait for ever
            self._stopping.set()
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def subscribe(self, callback: Subscriber) -> None:
        """Call with (workshop, entries with their contents) after each commit; it must be quick."""
        self._subscribers.append(callback)

    # --- asking ---------------------------------------------------------------------------------------------------

    def submit(self, workshop: str, actor: Actor, command: Any) -> dict[str, Any]:
        """Have a command decided and committed: `{version, events:[{kind, seq, scope}], …}`; Refusal if it is not."""
        return self._ask(Order(workshop, actor, command))

    def create(self, order: CreateWorkshop, actor: Actor) -> dict[str, Any]:
        """Make a workshop: as `submit`, with `workshop` and `join_code`; Refusal."""
        return self._ask(Order(order.workshop, actor, order))

    def join(self, workshop: str, seat: int | None, group: str | None, channel: Channel) -> dict[str, Any]:
        """Let a phone in: `{pass, seat, group, workshop}`, the secret told this once; Refusal.

        `seat` is that of a card, or None for a newcomer with the room code.
        """
        told = self._ask(Order(workshop, SEAT, TakeSeat(seat=seat, group=group, channel=channel)))
        return {name: told[name] for name in ("pass", "seat", "group", "workshop")}

    def put_answers(self, workshop: str, seat: int, put: PutAnswers, language: str = "en") -> dict[str, Any]:
        """Keep a seat's answers: `{ok, saved:[{item,rev,key}], refused:[{item,key,code,message,rev}]}`; Refusal.

        What is `saved` is on the disk. `language` is that of the messages.
        """
        return self._ask(Answers(workshop, seat, put, language))

    def offer_answers(
        self, workshop: str, seat: int, put: PutAnswers, language: str,
        told: Callable[[dict[str, Any] | None, Exception | None], None],
    ) -> None:  # fmt: skip
        """As `put_answers`, without waiting: `told` gets the reply or what was raised, in the writer, and is quick."""
        self._post(Answers(workshop, seat, put, language, future=Told(told)))

    def look(self, workshop: str) -> State:
        """The workshop as the database has it, what other processes wrote included; Refusal if there is none."""
        state: State = self._post(Job(workshop)).future.result()
        return state

    def _ask(self, job: Job) -> dict[str, Any]:
        reply: dict[str, Any] = self._post(job).future.result()
        return reply

    def _post(self, job: Job) -> Job:
        with self._gate:
            if self._stopping.is_set():
                raise Refusal("not_saved")
            self._queue.put(job)
        return job

    # --- the present ----------------------------------------------------------------------------------------------

    def state(self, workshop: str) -> State:
        """The workshop as this process last saw it; Refusal (unknown_workshop)."""
        known = self._known.get(workshop)
        return self.look(workshop) if known is None else known.ledger.state

    def answers_of(self, workshop: str, seat: int) -> dict[str, dict[str, Any]]:
        """The seat's own answers in the round of its ballot, by item: `rev, key, value, cannot, confidence, reason`."""
        group = ballot_group(self.state(workshop), seat)
        if group.current is None:
            return {}
        with self._database.read() as connection:
            return ballots.own(connection, workshop, Place(group.id, group.current.number, seat))

    def progress(self, workshop: str) -> dict[str, dict[str, Any]]:
        """Who is how far, as `server.workshop.progress` tells it; never a value."""
        state = self.state(workshop)
        with self._database.read() as connection:
            return progress(state, ballots.counts(connection, workshop), ballots.unconfirmed(connection, workshop))

    # --- writing --------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        while (job := self._queue.get()) is not None:
            jobs = [job]
            while len(jobs) < self._batch_max and not self._queue.empty():
                more = self._queue.get()
                if more is None:
                    self._queue.put(None)
                    break
                jobs.append(more)
            self._commit(jobs)

    def _commit(self, jobs: list[Job]) -> None:
        try:
            done = run(self._house, self._known, jobs)
        except Exception as fault:
            log.exception("%d jobs changed nothing", len(jobs))
            code = "not_saved" if isinstance(fault, StorageError | TrailError) else "internal"
            for job in jobs:
                refusal = Refusal(code)
                refusal.__cause__ = fault
                job.future.set_exception(refusal)
            return
        self._raise_marks(done.heads)
        self._known |= done.known
        self._forget |= done.forget
        self._tell(done)

    def _raise_marks(self, heads: list[Checkpoint]) -> None:
        """Raise the mark before anybody hears of a head; while the disk refuses that, nobody hears of anything."""
        for head in heads:
            while True:
                try:
                    self._house.marks.raise_to(head)
                    break
                except TrailError as fault:
                    log.error("a head of %s is kept back: %s", head.origin, fault)
                    if self._stopping.wait(RETRY_SECONDS):
                        break

    def _tell(self, done: Done) -> None:
        for future, outcome in done.outcomes:
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)
        for new in done.disclosed:
            self._figures.disclosed(new)
        for workshop, told in done.told.items():
            for subscriber in self._subscribers:
                try:
                    subscriber(workshop, told)
                except Exception:
                    log.exception("a subscriber failed")

    # --- time -----------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Give the orders whose time has come, try failed figures again, and let deleted rows leave the log."""
        states = self._states()
        for workshop, item in self._timers.ripe(states):
            self._give(workshop, item.group, item.command)
        for state in states:
            self._figures.resume(state)
        if self._forget:
            self._forget = not self._database.forget_pages()

    def _states(self) -> list[State]:
        return [known.ledger.state for known in list(self._known.values()) if not known.forked]

    def _give(self, workshop: str, group: str, command: Any) -> None:
        key = (workshop, group, command.expects)
        if key not in self._given:
            self._given.add(key)
            order = Order(workshop, SERVER, command)
            order.future.add_done_callback(lambda done: self._given.discard(key))
            self._post(order)

    def _tick_on(self) -> None:
        while not self._stopping.wait(TICK_SECONDS):
            try:
                self.tick()
            except Exception:
                log.exception("a tick failed")

    def _begin(self, work: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads = [*(t for t in self._threads if t.is_alive()), thread]
        thread.start()
