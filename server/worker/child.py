"""The worker's own side: a job comes in, is done, and its answer goes out. It ends with the process that started it.

Owns which room does which job. Opens the database for reading alone, holds no key, and prints nothing on the pipe.
"""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from consensus import Framework
from server.imports.baseline import read_baseline
from server.imports.faults import ImportFault
from server.imports.seats import read_seats
from server.reports.spreadsheet import styled
from server.reports.stepping import replay
from server.trail.canonical import digest
from server.worker import jobs
from server.worker.documents import documents
from server.worker.frames import receive, send
from server.workshop.assess import assess
from server.workshop.certainty import certainty
from server.workshop.chances import preset_chances, weighed
from server.workshop.expert import expert
from server.workshop.measures import measures
from server.workshop.refusals import Refusal

log = logging.getLogger("mufakat.worker")


def do(job: jobs.Job) -> Any:
    """Carry out one job; the same in whatever process it is called. Raises what the room raises."""
    match job:
        case jobs.AssessRound():
            return assess(job.state, job.group, job.ballots)
        case jobs.ExplainGroup():
            return expert(job.state, job.group, job.ballots)
        case jobs.MeasureGroup():
            return measures(job.state, job.group, job.ballots)
        case jobs.WeighProfile():
            return certainty(job.state, job.ballots, job.seed)
        case jobs.WeighRules():
            return preset_chances(job.raters, job.categories)
        case jobs.WeighRule():
            return weighed(job.rule, job.raters, job.categories, digest)
        case jobs.ReadBaseline():
            return read_baseline(job.data, job.filename, Framework.from_document(job.framework))
        case jobs.ReadSeats():
            return read_seats(job.data, job.filename, job.groups)
        case jobs.MakeReport(source=source):
            with documents(source.url, source.workshop, source.vkey) as made:
                return made.report(job.language)
        case jobs.MakeBundle(source=source):
            with documents(source.url, source.workshop, source.vkey) as made:
                return made.bundle(Path(job.path), job.disclose, job.suppress_below, job.language)
        case jobs.MakeTable(source=source):
            with documents(source.url, source.workshop, source.vkey) as made:
                return styled(made.results(job.suppress_below), job.style)
        case jobs.StepThrough():
            return replay(Path(job.path), job.language, handed_in=True)
    raise TypeError(f"nobody does a {type(job).__name__}")


def serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Say with an empty frame that all is loaded, then answer jobs one after the other while somebody asks."""
    send(outgoing, b"")
    queue: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(incoming, queue), name="pipe", daemon=True).start()
    while True:
        send(outgoing, answer(queue.get()))


def answer(data: bytes) -> bytes:
    """What is answered to a job, whatever happens."""
    try:
        return jobs.packed_result(do(jobs.unpacked(data)))
    except (ImportFault, Refusal) as told:
        return jobs.packed_error(told)
    except Exception as fault:
        log.exception("a job failed")
        return jobs.packed_error(fault)


def _listen(incoming: IO[bytes], queue: SimpleQueue[bytes]) -> None:
    """Pass jobs on; when whoever asks has gone, end at once, in the middle of a job too."""
    while (data := receive(incoming)) is not None:
        queue.put(data)
    os._exit(0)
