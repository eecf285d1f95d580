"""How long the server's engine takes to start on a trail of 100,000 entries, checks included.

Target: 1.5 s median. The trail is written by the engine itself; with and without its snapshot.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from pathlib import Path

from benchmarks._hall import ORGANISER, WORKSHOP, hold, opened, vote
from benchmarks._table import middle, tell
from server.workshop import commands as c

WRITERS = 64


def fill(folder: Path, entries: int) -> int:
    """A workshop with about this many entries, a disclosed round after most of them, and a tail behind the head."""
    engine = opened(folder)
    engine.start()
    hold(engine, 8)
    notes = c.Annotate(text="a note of ordinary length about what was said in the hall")

    def write(count: int) -> None:
        for _ in range(count):
            engine.submit(WORKSHOP, ORGANISER, notes)

    writers = [threading.Thread(target=write, args=(entries // WRITERS,)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    vote(engine, 8, random.Random(7))
    engine.submit(WORKSHOP, ORGANISER, c.Disclose(group="D1"))
    engine.submit(WORKSHOP, ORGANISER, c.Reveal(group="D1"))
    vote(engine, 8, random.Random(8))
    size = engine.state(WORKSHOP).size
    engine.stop()
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--starts", type=int, default=7)
    args = parser.parse_args()
    times = []
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        size = fill(Path(folder), args.entries)
        filled = time.perf_counter() - began
        for _ in range(args.starts):
            began = time.perf_counter()
            engine = opened(Path(folder))
            engine.start()
            assert engine.state(WORKSHOP).size == size
            times.append(time.perf_counter() - began)
            engine.stop()
    rate = round(size / filled)
    row = {
        "entries": size, "starts": args.starts, "median ms": middle(times), "slowest ms": middle([max(times)]),
        "target ms": 1500, "entries/s written": rate,
    }  # fmt: skip
    tell("start", [row], {"entries": size, "median_ms": middle(times), "target_ms": 1500, "written_per_s": rate})


if __name__ == "__main__":
    main()
