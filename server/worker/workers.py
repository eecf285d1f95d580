"""The two workers of a serving process: one for figures alone, one for files and documents.

A bundle may take a minute, and a hall that waits for its figures must not wait for that.
"""

from __future__ import annotations

from typing import Any

from server.worker import jobs
from server.worker.process import Worker

GIVES_WAY = 10  # documents are nobody's hurry; phones and figures go first on a small machine


class Workers:
    """Does jobs in worker processes, as `child.do` does them in this one. Used from any thread or greenlet."""

    def __init__(self, seconds: float, level: str = "INFO") -> None:
        self.figures = Worker("figures", seconds, level=level)
        self.documents = Worker("documents", seconds, niceness=GIVES_WAY, level=level)

    def start(self) -> None:
        """Have both ready before anybody asks. Without this they start when they are first asked."""
        self.figures.start()
        self.documents.start()

    @property
    def alive(self) -> bool:
        """Whether both processes run."""
        return self.figures.alive and self.documents.alive

    def do(self, job: jobs.Job) -> Any:
        """What the job gives; raises what it raises, WorkFailed, or WorkLost."""
        worker = self.figures if isinstance(job, jobs.AssessRound) else self.documents
        return jobs.result(job, worker.ask(jobs.packed(job)))

    def stop(self) -> None:
        """End both processes; work that is under way is lost."""
        self.figures.stop()
        self.documents.stop()
