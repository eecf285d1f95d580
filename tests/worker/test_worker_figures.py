"""Figures from a worker process are those computed here, and a worker that dies, hangs or is gone is made up for.

Witness: `assess` in this process. A stopped process (SIGSTOP) stands for one that is at work; one test stops and kills
it within the arithmetic itself.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from server.worker import WorkLost, jobs
from server.worker.hands import Hands
from server.worker.workers import Workers
from server.workshop import commands as c
from server.workshop.assess import assess
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.state import State
from tests.small_hall import ORGANISER, FakeClock, W, hold, refused, running, vote
from tests.worker.played import big_round, in_thread, two_rounds, wait_until


def stopped(workers: Workers) -> int:
    """The process of the figures, ready but standing still."""
    workers.figures.start()
    pid = workers.figures.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    return pid


def test_figures_of_a_worker_equal_those_computed_in_process(tmp_path: Path, workers: Workers) -> None:
    given = two_rounds(tmp_path)
    here = [assess(*args) for args in given]
    assert [draft.contents["item/1.1"].stability is None for draft in here] == [True, False]
    assert all(draft.contents["item/1.1"].gap for draft in here)
    assert [Hands(workers).assess(*args) for args in given] == here


def test_a_state_and_its_ballots_survive_the_way_to_a_worker(tmp_path: Path) -> None:
    for state, group, ballots in two_rounds(tmp_path):
        job = jobs.AssessRound(state, group, {number: tuple(cast) for number, cast in ballots.items()})
        assert jobs.unpacked(jobs.packed(job)) == job


# A worker that stops itself on entering Kendall's W, once: verdicts, spread and gaps of its round are computed by then.
AT_THE_ORDER = """
import os, signal, sys
from pathlib import Path

marker = Path({marker!r})

def look(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "kendall_w" and not marker.exists():
        marker.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGSTOP)

if "server.worker" in sys.orig_argv:
    sys.setprofile(look)
"""


def stands_still(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "T"


def test_a_worker_that_is_killed_in_the_middle_of_its_arithmetic_is_replaced_and_the_round_assessed(
    tmp_path: Path, workers: Workers, beginning: Callable[[str], None]
) -> None:
    marker = tmp_path / "entered"
    beginning(AT_THE_ORDER.format(marker=str(marker)))
    with running(tmp_path, assessor=Hands(workers).assess) as engine:
        hold(engine)
        vote(engine)
        asking, told = in_thread(lambda: engine.submit(W, ORGANISER, c.Disclose(group="D1")))
        wait_until(lambda: marker.exists() and marker.read_text() != "")
        first = int(marker.read_text())
        assert first == workers.figures.pid
        wait_until(lambda: stands_still(first))
        assert engine.state(W).groups["D1"].phase is Phase.CLOSED and told == []  # in the middle: nothing is told yet
        os.kill(first, signal.SIGKILL)
        asking.join()
        assert [event["kind"] for event in told[0]["events"]] == ["ballot.cast"] * 6 + ["round.assessed"]
        group = engine.state(W).groups["D1"]
        assert (group.phase, set(group.rounds[0].figures)) == (Phase.DISCLOSED, {"1.1", "1.2", "1.3"})
        assert group.rounds[0].order is not None and group.rounds[0].order.raters == 6
        assert workers.figures.pid not in (None, first)


@pytest.mark.slow
def test_a_big_round_is_assessed_although_its_worker_is_killed_meanwhile(tmp_path: Path, workers: Workers) -> None:
    with running(tmp_path, assessor=Hands(workers).assess) as engine:
        big_round(engine)
        first = stopped(workers)
        asking, told = in_thread(lambda: engine.submit(W, ORGANISER, c.Disclose(group="D1")))
        wait_until(workers.figures._turn.locked)
        os.kill(first, signal.SIGKILL)
        asking.join()
        assert [event["kind"] for event in told[0]["events"]] == ["ballot.cast"] * 500 + ["round.assessed"]
        figures = engine.state(W).groups["D1"].rounds[0].figures
        assert (len(figures), {f.n for f in figures.values()}) == (13, {500})
        assert engine.head(W) is not None and workers.figures.pid not in (None, first)


def test_a_worker_that_hangs_is_killed_at_its_limit_and_replaced(tmp_path: Path) -> None:
    workers = Workers(2)
    try:
        [args, more] = two_rounds(tmp_path)
        assert Hands(workers).assess(*args) == assess(*args)
        first = stopped(workers)
        assert Hands(workers).assess(*more) == assess(*more)
        assert workers.figures.pid not in (None, first)
    finally:
        workers.stop()


def test_a_worker_that_died_between_two_jobs_is_replaced_before_the_next(tmp_path: Path, workers: Workers) -> None:
    [args, _] = two_rounds(tmp_path)
    first = stopped(workers)
    os.kill(first, signal.SIGKILL)
    assert Hands(workers).assess(*args) == assess(*args)


DYING = "import os; os._exit(3)"


def test_a_job_that_loses_two_workers_is_refused_and_the_next_one_is_done(
    workers: Workers, beginning: Callable[[str], None]
) -> None:
    beginning(DYING)
    job = jobs.ReadSeats(b"group\r\nD1\r\n", "list.csv", {"D1": {"en": "One"}})
    with pytest.raises(WorkLost):
        workers.do(job)
    refused("not_finished", Hands(workers).do, job)
    beginning("")
    assert workers.do(job) == (c.SeatRow(group="D1"),)


def test_a_round_whose_workers_were_lost_twice_is_assessed_when_it_is_tried_again(
    tmp_path: Path, workers: Workers, beginning: Callable[[str], None]
) -> None:
    clock = FakeClock()
    with running(tmp_path, clock=clock, assessor=Hands(workers).assess) as engine:
        hold(engine)
        vote(engine)
        beginning(DYING)
        refused("being_assessed", engine.submit, W, ORGANISER, c.Disclose(group="D1"))
        beginning("")
        clock.pass_by(10)
        engine.tick()
        wait_until(lambda: engine.look(W).groups["D1"].phase is Phase.DISCLOSED)


def test_a_document_under_way_does_not_hold_up_figures(tmp_path: Path, workers: Workers) -> None:
    [args, _] = two_rounds(tmp_path)
    workers.start()
    pid = workers.documents.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    seats = jobs.ReadSeats(b"group\r\nD1\r\n", "list.csv", {"D1": {"en": "One"}})
    reading, told = in_thread(lambda: workers.do(seats))
    wait_until(workers.documents._turn.locked)
    assert Hands(workers).assess(*args) == assess(*args)
    assert told == []
    os.kill(pid, signal.SIGCONT)
    reading.join()
    assert told == [(c.SeatRow(group="D1"),)]


def test_workers_that_are_stopped_in_the_middle_of_a_job_refuse_it_at_once_and_take_no_other(workers: Workers) -> None:
    stopped(workers)
    job = jobs.AssessRound(State(), "D1", {})
    asking, told = in_thread(lambda: Hands(workers).do(job))
    wait_until(workers.figures._turn.locked)
    workers.stop()
    asking.join(5)
    assert isinstance(told[0], Refusal) and told[0].code == "not_finished" and workers.figures.pid is None
    refused("not_finished", Hands(workers).do, job)

