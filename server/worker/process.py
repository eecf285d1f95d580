"""One worker process and its turn: bytes in, bytes out; replaced when it dies or takes too long.

Owns the process and nothing of what is said to it. Waits on pipes and locks of the standard library alone, which are
cooperative where the server has made them so, and plain in a program with threads.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from server.worker import WorkLost
from server.worker.frames import receive, send

log = logging.getLogger("mufakat.worker")

ROOT = Path(__file__).parents[2]
ATTEMPTS = 2
START_SECONDS, FAREWELL_SECONDS = 60.0, 2.0
# One thread each: a library that spreads over every core would take the one that answers the phones.
SINGLE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Worker:
    """A process that does one job at a time; whoever asks meanwhile waits for its turn.

    Parameters
    ----------
    name : str
        For the log.
    seconds : float
        Longest time of one job, once its process has loaded; one that takes longer is killed.
    niceness : int
        By how much it gives way to other programs, 0 to 19.
    """

    def __init__(self, name: str, seconds: float, *, niceness: int = 0, level: str = "INFO") -> None:
        self._name, self._seconds = name, seconds
        # -P: the folder we were started in may hold a file that is called like a module.
        self._command = [sys.executable, "-P", "-m", "server.worker", str(niceness), level]
        self._turn, self._stopped, self._greeted = threading.Lock(), False, False
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process as it is now, None where there is none."""
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Have the process ready before it is asked; it loads its libraries by itself."""
        with self._turn:
            self._ready()

    def ask(self, job: bytes) -> bytes:
        """The answer to a job, in a second process if the first is lost over it. WorkLost."""
        with self._turn:
            for attempt in range(1, ATTEMPTS + 1):
                process = None if self._stopped else self._ready()
                if process is None or self._stopped:  # seen with a process: whoever stops us later finds and kills it
                    break
                answer = self._asked(process, job)
                if answer is not None:
                    return answer
                log.warning("the worker for %s was lost over a job (attempt %d of %d)", self._name, attempt, ATTEMPTS)
        raise WorkLost(f"The worker for {self._name} was lost over this; the log says how.")

    def stop(self) -> None:
        """Let the process go; one in the middle of a job is killed, since what it computes can be computed again."""
        self._stopped = True
        if not self._turn.acquire(blocking=False):
            if self._process is not None:
                self._process.kill()
            self._turn.acquire()
        try:
            self._let_go(FAREWELL_SECONDS)
        finally:
            self._turn.release()

    def _asked(self, process: subprocess.Popen[bytes], job: bytes) -> bytes | None:
        """The answer, or None where the process is lost."""
        assert process.stdin is not None and process.stdout is not None
        answer = None
        try:
            if not self._greeted:
                with _at_most(START_SECONDS, process):
                    self._greeted = receive(process.stdout) is not None
            if self._greeted:
                with _at_most(self._seconds, process):
                    send(process.stdin, job)
                    answer = receive(process.stdout)
        except OSError:
            answer = None
        if answer is None:
            self._let_go(0)
        return answer

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._let_go(0)
        if self._process is None:
            self._greeted = False
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
            )
        return self._process

    def _let_go(self, patience: float) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None and process.stdout is not None
        with suppress(OSError):
            process.stdin.close()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        if process.returncode:
            log.warning("the worker for %s ended with status %d", self._name, process.returncode)


@contextmanager
def _at_most(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill the process if this takes longer: the end of its pipe then ends the wait, in thread and greenlet alike."""
    late = threading.Timer(seconds, process.kill)
    late.daemon = True
    late.start()
    try:
        yield
    finally:
        late.cancel()


def _environment() -> dict[str, str]:
    """What the worker may know: no setting of ours, since some are secrets and it reads files from outside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUFAKAT_")}
    path = os.pathsep.join(filter(None, (str(ROOT), kept.get("PYTHONPATH"))))
    return {**kept, **SINGLE, "PYTHONPATH": path}
