"""Workers of the server as it really runs, under gevent: ready, cooperative, and gone with their server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.cli.stage.served import Served
from tests import house
from tests.worker.played import wait_until

COOPERATIVE = """
from gevent import monkey
monkey.patch_all()
import os, signal, gevent
from server.worker import jobs
from server.worker.workers import Workers

workers, ticks = Workers(30), 0
workers.start()
job = jobs.ReadSeats(b"group\\r\\nD1\\r\\n", "list.csv", {"D1": {"en": "One"}})
first = workers.documents.pid
os.kill(first, signal.SIGSTOP)
asking = gevent.spawn(workers.do, job)
for _ in range(20):
    gevent.sleep(0.01)
    ticks += not asking.dead
os.kill(first, signal.SIGKILL)
print(ticks, asking.get(timeout=30)[0].group, workers.documents.pid != first, flush=True)
workers.stop()
"""


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_other_greenlets_run_while_a_worker_is_waited_for_and_replaced() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COOPERATIVE], cwd=house.ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "20 D1 True\n"), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("way", ["stopped", "killed"])
def test_a_server_has_two_workers_at_hand_and_leaves_none_behind(tmp_path: Path, way: str) -> None:
    served = Served(tmp_path)
    served.__enter__()
    process = served._process
    assert process is not None
    try:
        wait_until(lambda: len(children(process.pid)) == 2)
        workers = children(process.pid)
        assert all(b"server.worker" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in workers)
        assert sorted(os.getpriority(os.PRIO_PROCESS, pid) for pid in workers)[0] == os.getpriority(os.PRIO_PROCESS, 0)
    finally:
        served.__exit__() if way == "stopped" else served.kill()
    assert process.returncode == (0 if way == "stopped" else -9)
    wait_until(lambda: not any(map(lives, workers)))
