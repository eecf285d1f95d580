"""The trail at scale: appended at disclosure, started on, proved, handed out, and verified twice, in time and memory.

A workshop of four groups votes on every indicator of the City Resilience Index four times, one indicator a round, on
the engine and SQLite with full sync. Targets for a million entries: 20,000 lines/s at disclosure, start 3 s, inclusion
proof 5 ms, `verify` 60 s and 1 GB, stand-alone 240 s. 100,000 entries by default; `--full` is the million.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from benchmarks._hall import ORGANISER, WORKSHOP, opened
from benchmarks._table import tell
from server.catalog import load
from server.engine import Engine
from server.storage import lines
from server.storage.database import Database
from server.trail import bundle
from server.trail.disclosure import Disclosure
from server.workshop import commands as c
from server.workshop.orders import CreateWorkshop

VOTES = 4  # of each indicator, which is where the usual rule ends
MEGA = 2**20
LONGEST = 600  # seconds that a verifier gets


class Hall:
    """The workshop while it is filled; `rates` are the lines a second of every disclosure."""

    def __init__(self, engine: Engine, seats: int) -> None:
        self.engine, self.seats, self.rates = engine, seats, [0.0][:0]
        self._began, self._chance = 0.0, random.Random(7)
        engine.subscribe(self._heard)
        rule = {"preset": "custom", "quorum": 5, "settle_from_vote": VOTES, "cap": VOTES}
        engine.create(
            CreateWorkshop(
                workshop=WORKSHOP, title="Benchmark", city=None, language="en", framework=load("cri"), groups=None,
                rule=rule, settings=c.Settings(disclose_after=3600), synthetic=True,
            ),
            ORGANISER,
        )  # fmt: skip
        self.groups = list(engine.state(WORKSHOP).groups)

    def _heard(self, workshop: str, entries: list[Any]) -> None:
        cast = sum(told.entry.kind == "ballot.cast" for told in entries)
        if cast:
            self.rates.append(cast / (time.perf_counter() - self._began))

    def do(self, command: Any) -> None:
        self.engine.submit(WORKSHOP, ORGANISER, command)

    def seat(self) -> None:
        """Every seat issued and taken."""
        for group in self.groups:
            self.do(c.IssueSeats(group=group, count=self.seats))
        numbers = range(1, len(self.groups) * self.seats + 1)
        pullers = [threading.Thread(target=self._join, args=(numbers[at::16],)) for at in range(16)]
        for puller in pullers:
            puller.start()
        for puller in pullers:
            puller.join()
        self.do(c.Start())

    def _join(self, numbers: range) -> None:
        for seat in numbers:
            self.engine.join(WORKSHOP, seat, None, "card")

    def vote(self, group: str, item: str) -> None:
        """One round of one indicator, disclosed and revealed."""
        self.do(c.OpenRound(group=group, items=[item]))
        current = self.engine.state(WORKSHOP).groups[group].current
        assert current is not None
        first = self.groups.index(group) * self.seats + 1
        left, done = self.seats, threading.Event()

        def told(reply: dict[str, Any] | None, fault: Exception | None) -> None:
            nonlocal left
            assert fault is None and reply is not None and not reply["refused"], (fault, reply)
            left -= 1
            if not left:
                done.set()

        for seat in range(first, first + self.seats):
            value = self._chance.randint(1, 5)
            answer = c.AnswerIn(item=item, rev=current.number, key=f"{current.number}", value=value)
            self.engine.offer_answers(WORKSHOP, seat, c.PutAnswers(current.number, [answer]), "en", told)
        assert done.wait(LONGEST)
        self.do(c.CloseRound(group=group))
        self._began = time.perf_counter()
        self.do(c.Disclose(group=group))
        self.do(c.Reveal(group=group))

    def finish(self) -> int:
        """Conclude and freeze; how many entries there are."""
        for group in self.groups:
            self.do(c.Conclude(group=group))
        self.do(c.Freeze())
        return self.engine.state(WORKSHOP).size


def filled(folder: Path, seats: int) -> tuple[int, list[float]]:
    """How many entries there are, and the rates of the disclosures; none where the folder was filled before."""
    engine = opened(folder)
    engine.start()
    if WORKSHOP in {known.id for known in engine.workshops()}:
        size = engine.state(WORKSHOP).size
        engine.stop()
        return size, []
    hall = Hall(engine, seats)
    hall.seat()
    for number in range(VOTES):
        for group in hall.groups:
            for item in engine.state(WORKSHOP).groups[group].items:
                hall.vote(group, item)
        print(f"vote {number + 1} of {VOTES}: {engine.state(WORKSHOP).size} entries", file=sys.stderr)
    size = hall.finish()
    engine.stop()
    return size, hall.rates


def started(folder: Path, size: int) -> tuple[float, float, list[Any], str]:
    """Seconds to start; median seconds of a proof; heads and key."""
    began = time.perf_counter()
    engine = opened(folder)
    engine.start()
    took = time.perf_counter() - began
    chance, times = random.Random(8), []
    for _ in range(200):
        seq, began = chance.randrange(size), time.perf_counter()
        engine.proof(WORKSHOP, seq)
        times.append(time.perf_counter() - began)
    heads, vkey = engine.heads(WORKSHOP), engine.vkey(WORKSHOP)
    engine.stop()
    return took, statistics.median(times), heads, vkey


def exported(folder: Path, heads: list[Any], vkey: str) -> tuple[Path, float]:
    path, database = folder / "bundle.zip", Database(f"sqlite:///{folder / 'mufakat.db'}")
    began = time.perf_counter()
    with path.open("wb") as target, database.read() as connection:
        bundle.write(
            target, trail=((line, opened) for line, _, opened in lines.read(connection, WORKSHOP, 0)),
            notes=[head.note for head in heads], vkey=vkey, disclosure=Disclosure("full", 5), report_html=b"<p>",
        )  # fmt: skip
    return path, time.perf_counter() - began


# What a process inherits from the one that made it is no memory of its own: the kernel's mark for this program is.
MEASURED = """
import contextlib, os, runpy, sys
try:
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        run = runpy.run_path if sys.argv[1].endswith(".py") else runpy.run_module
        sys.argv = sys.argv[1:]
        run(sys.argv[0], run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def timed(*words: str) -> tuple[float, float]:
    """Seconds and megabytes of a verifier that says VALID (memory on Linux)."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", MEASURED, *words], check=True, capture_output=True, text=True)
    return time.perf_counter() - began, int(done.stdout) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="a million entries instead of 100,000")
    parser.add_argument("--seats", type=int, default=None, help="seats of each group, instead")
    parser.add_argument("--folder", type=Path, help="fill this one and keep it; what is filled is measured again")
    args = parser.parse_args()
    seats = args.seats or (4_800 if args.full else 480)
    with tempfile.TemporaryDirectory() if args.folder is None else nullcontext(args.folder) as name:
        folder = Path(name)
        size, rates = filled(folder, seats)
        start, proof, heads, vkey = started(folder, size)
        path, export = exported(folder, heads, vkey)
        verify, memory = timed("server", "verify", str(path))
        second, second_memory = timed(str(bundle.STANDALONE), str(path))
        packed = path.stat().st_size / MEGA
    rate = round(statistics.median(rates)) if rates else None
    rows = [
        {"what": "lines/s at disclosure", "measured": rate or "", "target": "20000"},
        {"what": "start, s", "measured": round(start, 2), "target": "3"},
        {"what": "inclusion proof, ms", "measured": round(1000 * proof, 2), "target": "5"},
        {"what": "bundle, s", "measured": round(export, 1), "target": ""},
        {"what": "bundle, MB", "measured": round(packed), "target": ""},
        {"what": "verify, s", "measured": round(verify, 1), "target": "60 for a million"},
        {"what": "verify, MB", "measured": round(memory), "target": "1024 for a million"},
        {"what": "stand-alone, s", "measured": round(second, 1), "target": "240 for a million"},
        {"what": "stand-alone, MB", "measured": round(second_memory), "target": ""},
    ]
    tell(f"trail of {size} entries", rows, {
        "entries": size, "lines_per_s": rate, "start_s": round(start, 3), "proof_ms": round(1000 * proof, 3),
        "export_s": round(export, 1), "verify_s": round(verify, 1), "verify_mb": round(memory),
        "alone_s": round(second, 1), "alone_mb": round(second_memory),
    })  # fmt: skip


if __name__ == "__main__":
    main()
