"""One transaction: a batch of jobs decided one after the other, written together, and told only once it is durable.

Owns the order of work inside a transaction: lock, catch up, decide, append, change what stands beside the trail, sign.
Never starts a thread, waits, or tells anybody; the engine does, after the commit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from server.jobs import Answers, Assessed, Disclosed, Done, House, Job, Known, Order
from server.storage import StorageError, ballots, bearers, lines, picture, trails
from server.storage.ballots import Place
from server.storage.database import Connection, DatabaseFault
from server.trail import TrailError
from server.trail.entries import Remembered
from server.trail.ledger import Ledger
from server.workshop import setup
from server.workshop.answering import Kept, Standing, ballot_group, decide_answers
from server.workshop.commands import Disclose, GroupCommand
from server.workshop.decide import decide
from server.workshop.given import SEAT, SERVER, Actor, Decision, Draft
from server.workshop.orders import CreateWorkshop
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.seats import returned
from server.workshop.state import State

log = logging.getLogger(__name__)


def run(house: House, known: Mapping[str, Known], jobs: Sequence[Job]) -> Done:
    """Carry out the jobs in one transaction. A job that is refused changes nothing and hinders no other.

    StorageError or TrailError where the transaction fails as a whole; then nothing has changed.
    """
    with house.database.write() as connection:
        batch = _Batch(house, connection)
        for workshop in sorted({job.workshop for job in jobs}):  # sorted, so that two processes never lock crosswise
            batch.open(workshop, known.get(workshop))
        for kind, alike in groupby(jobs, key=type):
            if kind is Answers:
                batch.answers([job for job in alike if isinstance(job, Answers)])
            else:
                for job in alike:
                    batch.settle(job)
        batch.end()
    return batch.done


class _Work:
    """One workshop inside the transaction."""

    def __init__(self, ledger: Ledger, told: list[Remembered], owed: list[str]) -> None:
        self.ledger, self.told = ledger, told
        self.phase = ledger.state.phase
        self.kinds = owed  # since the last head, as far as they may call for one

    @property
    def state(self) -> State:
        return self.ledger.state

    def mark(self) -> tuple[Ledger, int, int]:
        return self.ledger, len(self.told), len(self.kinds)

    def back(self, mark: tuple[Ledger, int, int]) -> None:
        self.ledger = mark[0]
        del self.told[mark[1] :], self.kinds[mark[2] :]


class _Batch:
    def __init__(self, house: House, connection: Connection) -> None:
        self.house, self.connection, self.done = house, connection, Done()
        self._works: dict[str, _Work | Exception] = {}

    # --- workshops ------------------------------------------------------------------------------------------------

    def open(self, workshop: str, known: Known | None) -> None:
        try:
            self._works[workshop] = self._opened(workshop, known)
        except Refusal as refusal:
            self._works[workshop] = refusal
        except StorageError as fault:
            if fault.code != "trail_damaged":
                raise
            self._works[workshop] = fault  # one damaged trail does not stop the others

    def _opened(self, workshop: str, known: Known | None) -> _Work:
        if not lines.lock(self.connection, workshop):
            raise Refusal("unknown_workshop", workshop=workshop)
        if known is not None:
            ledger, told = trails.catch_up(self.connection, workshop, known.ledger)
            known, work = Known(ledger, known.forked), _Work(ledger, told, [])
        else:
            loaded = trails.load(self.connection, workshop, self.house.key.verifier)
            forked = trails.behind(self.connection, workshop, loaded.ledger, self.house.marks)
            known, work = Known(loaded.ledger, forked), _Work(loaded.ledger, [], loaded.kinds)
            if loaded.head is not None and not forked:
                self.done.heads.append(loaded.head)  # a crash may have come between its commit and its mark
        self.done.known[workshop] = known
        if known.forked:
            raise Refusal("fork_refused", workshop=workshop)
        return work

    def _work(self, workshop: str) -> _Work:
        work = self._works[workshop]
        if isinstance(work, Exception):
            raise work
        return work

    # --- orders ---------------------------------------------------------------------------------------------------

    def settle(self, job: Job) -> None:
        """Carry out one job that is no message of answers, wholly or not at all."""
        work = self._works[job.workshop]
        mark = work.mark() if isinstance(work, _Work) else None
        savepoint = self.connection.begin_nested()
        if self._try(job, partial(self._settled, job)):
            savepoint.commit()
            self._keep_phase(job.workshop)  # at once: a later order of the batch may ask for it
            self._sign(job.workshop)  # at once, so that each entry that calls for a head has one of its own
        else:
            savepoint.rollback()
            self._works[job.workshop] = work  # a workshop that could not be made is unknown again
            if isinstance(work, _Work) and mark:
                work.back(mark)

    def _try(self, job: Job, do: Callable[[], Any]) -> bool:
        """Note the job's outcome, unless it has none yet; False where it was refused or failed."""
        try:
            outcome = do()
        except DatabaseFault:
            raise  # the transaction is lost, and every job of the batch with it
        except (Refusal, StorageError) as fault:
            outcome = fault
        except TrailError as fault:
            outcome = Refusal("malformed", problem=str(fault).rstrip("."))
        except Exception:
            log.exception("a job failed and changed nothing")  # a fault of ours must not take the others with it
            outcome = Refusal("internal")
        if outcome is not None:
            self.done.outcomes.append((job.future, outcome))
        return not isinstance(outcome, Exception)

    def _settled(self, job: Job) -> Any:
        if isinstance(job, Order):
            if isinstance(job.command, CreateWorkshop):
                return self._create(job, job.command)
            return self._order(job)
        if isinstance(job, Assessed):
            return self._assessed(job)
        return self._work(job.workshop).state

    def _order(self, job: Order) -> dict[str, Any] | None:
        work, house, command = self._work(job.workshop), self.house, job.command
        at = house.clock.stamp()
        given = picture.fetch(self.connection, work.state, command, actor=job.actor, at=at, chance=house.chance)
        decision = decide(work.state, command, given)
        reply = self._do(work, decision, job.actor, at)
        if isinstance(command, Disclose):
            version = work.state.groups[command.group].version
            self.done.disclosed.append(Disclosed(job, command.group, version, reply["events"]))
            return None
        return _versioned(work.state, command, reply)

    def _create(self, job: Order, command: CreateWorkshop) -> dict[str, Any]:
        house, at = self.house, self.house.clock.stamp()
        if job.actor.role != "organiser":
            raise Refusal("not_allowed", allowed="organiser")
        if lines.workshop_of(self.connection, command.workshop):
            raise Refusal("name_taken", name=command.workshop)
        given = picture.fetch(self.connection, State(), command, actor=job.actor, at=at, chance=house.chance)
        decision, code = setup.create(command, given), bearers.new_code(house.chance.draw)
        new = lines.Workshop(command.workshop, at, code, Phase.DRAFT, command.title)
        lines.add_workshop(self.connection, new)
        self._works[command.workshop] = work = _Work(Ledger(), [], [])
        reply = self._do(work, decision, job.actor, at)
        return _versioned(work.state, command, {"join_code": code, **reply})

    def _assessed(self, job: Assessed) -> dict[str, Any]:
        work = self._work(job.workshop)
        group = work.state.groups[job.group]
        if group.phase is Phase.CLOSED and group.version == job.version:
            reply = self._do(work, Decision((job.draft,)), SERVER, self.house.clock.stamp())
        elif group.phase is Phase.DISCLOSED and group.version == job.version + 1:
            reply = {"events": []}  # another process was first, with the same figures
        else:
            raise Refusal("stale", version=group.version)
        return {"version": work.state.groups[job.group].version, **reply}

    def _do(self, work: _Work, decision: Decision, actor: Actor, at: str) -> dict[str, Any]:
        events, house = self._append(work, decision.drafts, actor.by, at), self.house
        told = picture.carry_out(
            house.database, self.connection, work.state.workshop, decision.effects, at=at, chance=house.chance,
            pepper=house.pepper,
        )  # fmt: skip
        self.done.forget |= any(isinstance(effect, picture.FORGETTING) for effect in decision.effects)
        return {"events": events, **decision.reply, **told}

    def _append(self, work: _Work, drafts: Iterable[Draft], by: str, at: str) -> list[dict[str, Any]]:
        ledger, written = work.ledger.write(tuple(drafts), at=at, by=by, random_bytes=self.house.chance.draw)
        lines.append(self.connection, ledger.state.workshop, written)
        work.ledger = ledger
        work.told += [new.remembered for new in written]
        work.kinds += [new.entry.kind for new in written]
        return [{"kind": new.entry.kind, "seq": new.entry.seq, "scope": new.entry.scope} for new in written]

    # --- answers --------------------------------------------------------------------------------------------------

    def answers(self, jobs: list[Answers]) -> None:
        """Many seats' messages: one query for what stands, one statement for what is kept."""
        by_workshop: dict[str, list[Answers]] = {}
        for job in jobs:
            by_workshop.setdefault(job.workshop, []).append(job)
        for workshop, mine in by_workshop.items():
            placed: list[tuple[Answers, Place]] = []
            for job in mine:
                self._try(job, partial(self._place, job, placed))
            asked = {answer.item for job, _ in placed for answer in job.put.answers}
            standing = ballots.standing(self.connection, workshop, [place for _, place in placed], asked)
            kept: dict[tuple[Place, str], Kept] = {}
            for job, place in placed:
                self._try(job, partial(self._answered, job, place, standing.setdefault(place, {}), kept))
            ballots.put(self.house.database, self.connection, workshop, kept)

    def _place(self, job: Answers, placed: list[tuple[Answers, Place]]) -> None:
        if not all(answer.key.isprintable() for answer in job.put.answers):
            raise Refusal("malformed", problem="a key holds a character that cannot be printed")
        group = job.put.group or ballot_group(self._work(job.workshop).state, job.seat).id
        placed.append((job, Place(group, job.put.round, job.seat)))

    def _answered(
        self, job: Answers, place: Place, stands: dict[str, Standing], kept: dict[tuple[Place, str], Kept]
    ) -> dict[str, Any]:
        work = self._work(job.workshop)
        decided = decide_answers(work.state, job.seat, job.put, stands, job.language)
        if decided.returns:
            self._append(work, (returned(work.state.seats[job.seat]),), SEAT.by, self.house.clock.stamp())
        for new in decided.kept:
            kept[place, new.item] = new
            stands[new.item] = Standing(new.rev, new.key)
        return {"ok": True, "saved": list(decided.saved), "refused": list(decided.refused)}

    # --- the end --------------------------------------------------------------------------------------------------

    def _sign(self, workshop: str) -> None:
        """Sign a head if the workshop owes one."""
        work, house = self._works[workshop], self.house
        if isinstance(work, _Work) and trails.owes_head(work.kinds, work.state.phase):
            at = house.clock.stamp()
            head = trails.sign_head(self.connection, workshop, work.ledger, house.key, house.marks, at)
            self.done.heads.append(head)
            work.kinds.clear()

    def _keep_phase(self, workshop: str) -> None:
        """Let the list of workshops say where this one stands."""
        work = self._works[workshop]
        if isinstance(work, _Work) and work.state.phase is not work.phase:
            work.phase = work.state.phase
            lines.set_phase(self.connection, workshop, work.phase)

    def end(self) -> None:
        """Sign what an interrupted run still owed, and note what is to be told after the transaction."""
        for workshop, work in self._works.items():
            if isinstance(work, Exception):
                continue
            self._keep_phase(workshop)
            self._sign(workshop)
            self.done.known[workshop] = Known(work.ledger)
            if work.told:
                self.done.told[workshop] = work.told


def _versioned(state: State, command: Any, reply: dict[str, Any]) -> dict[str, Any]:
    group = state.groups.get(command.group) if isinstance(command, GroupCommand) else None
    return {"version": group.version if group else state.version, **reply}
