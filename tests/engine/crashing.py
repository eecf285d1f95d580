"""A day in the hall that can be taken up anywhere, and a database that kills the process at one step. No test here.

`python crashing.py FOLDER STEP` plays the day in FOLDER; STEP is `before:N` or `after:N` (the Nth commit), `mark:N`
(after the Nth mark was raised) or `none`.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from small_hall import ORGANISER, W, ballot, hold, running
from sqlalchemy import RootTransaction

from server.engine import Engine
from server.storage.database import Database
from server.trail.checkpoint import Checkpoint
from server.trail.highwater import HighWater
from server.workshop import commands as c
from server.workshop.phases import Phase

KILLED = 77


def step(when: str, count: list[int], step_at: str) -> None:
    if when == step_at.partition(":")[0] and count[0] == int(step_at.partition(":")[2]):
        os._exit(KILLED)  # no flush, no rollback, no goodbye


def deadly(step_at: str) -> type[Database]:
    """A database that ends the process before or after one of its commits, counted from now on."""

    commits = [-1]  # the first is that of the migration

    class Deadly(Database):

        def _commit(self, transaction: RootTransaction) -> None:
            commits[0] += 1
            step("before", commits, step_at)
            super()._commit(transaction)
            step("after", commits, step_at)

    raised, really = [0], HighWater.raise_to

    def raise_to(self: HighWater, checkpoint: Checkpoint) -> None:
        really(self, checkpoint)
        raised[0] += 1
        step("mark", raised, step_at)

    HighWater.raise_to = raise_to  # type: ignore[method-assign]
    return Deadly


def prepare(folder: Path) -> None:
    """A workshop with two voted rounds, of which the second is closed and not disclosed."""
    with running(folder) as engine:
        hold(engine)
        for number, shift in ((1, 0), (2, 1)):
            engine.submit(W, ORGANISER, c.OpenRound(group="D1", items="all"))
            for seat in range(1, 7):
                engine.put_answers(W, seat, ballot(3 + seat % 2, 4, 1 + (seat + shift) % 5, number=number))
            engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
            if number == 1:
                engine.submit(W, ORGANISER, c.Disclose(group="D1"))
                engine.submit(W, ORGANISER, c.Reveal(group="D1"))


def play(engine: Engine) -> None:
    """From wherever the day stands to the frozen index and one note after it."""
    while True:
        state = engine.state(W)
        first, second = state.groups["D1"], state.groups["D2"]
        if first.phase is Phase.CLOSED and first.current is not None and first.current.ballots:
            time.sleep(0.01)  # the figures are being computed
            continue
        if first.phase is Phase.CLOSED:
            engine.submit(W, ORGANISER, c.Disclose(group="D1"))
        elif first.phase is Phase.DISCLOSED:
            engine.submit(W, ORGANISER, c.Reveal(group="D1"))
        elif first.phase is Phase.REVEALED:
            engine.submit(W, ORGANISER, c.Conclude(group="D1"))
        elif second.phase is Phase.WAITING:
            engine.submit(W, ORGANISER, c.Conclude(group="D2"))
        elif state.phase is Phase.RUNNING:
            engine.submit(W, ORGANISER, c.Freeze())
        elif engine.entries(W)[-1].entry.kind != "note.added":
            engine.submit(W, ORGANISER, c.Annotate(text="the end"))
        else:
            return


if __name__ == "__main__":
    with running(Path(sys.argv[1]), database=deadly(sys.argv[2])) as at_work:
        play(at_work)
