"""How fast phones are answered: durable acknowledgements against this stack's raw echo, latency, memory, connecting.

The server runs on one core, the phones on another; one run holds both the echo and ours on SQLite with every answer on
the disk before it is acknowledged. `--json` prints one object; its keys are those of the largest hall.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks._hall import ORGANISER, WORKSHOP, opened
from benchmarks._phones import Hall
from benchmarks._table import tell
from server.catalog import load
from server.workshop import commands as c
from server.workshop.orders import CreateWorkshop

PACE = 390.0


def seated(folder: Path, seats: int) -> tuple[list[str], str]:
    """A workshop on the full index with an open round: the seats' passes, and one item of theirs."""
    engine = opened(folder)
    engine.start(ticking=False)
    engine.create(
        CreateWorkshop(
            workshop=WORKSHOP, title="Benchmark", city=None, language="en", framework=load("cri"), groups=None,
            rule="workshop", settings=c.Settings(disclose_after=3600), synthetic=True,
        ),
        ORGANISER,
    )  # fmt: skip
    cards = engine.submit(WORKSHOP, ORGANISER, c.IssueSeats(group="D1", count=seats))["cards"]
    engine.submit(WORKSHOP, ORGANISER, c.Start())
    with ThreadPoolExecutor(64) as pool:
        passes = list(pool.map(lambda card: engine.join(WORKSHOP, card["seat"], None, "card")["pass"], cards))
    engine.submit(WORKSHOP, ORGANISER, c.OpenRound(group="D1", items="all"))
    item = engine.state(WORKSHOP).groups["D1"].items[0]
    engine.stop()
    return passes, item


def resident(pid: int) -> int:
    """Memory of a process in KB."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def cpu_seconds(pid: int) -> float:
    """Processor time a process has used; unlike rates it does not suffer from a busy machine."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(sockets: int, seconds: float, times: int) -> dict[str, Any]:
    """One hall: its figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        passes, item = seated(Path(folder), sockets)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MUFAKAT_")} | {
            "MUFAKAT_DATA_DIR": folder, "MUFAKAT_EVENTS_PER_SECOND": "1000000", "MUFAKAT_MAX_SOCKETS": "100000",
            "MUFAKAT_LOG_LEVEL": "WARNING",
        }  # fmt: skip
        server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks._echo"], env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout is not None
            hall = Hall(int(server.stdout.readline()), passes)
            try:
                return _figures(hall, server.pid, item, seconds, times)
            finally:
                hall.close()
        finally:
            server.terminate()
            server.communicate()


def _figures(hall: Hall, pid: int, item: str, seconds: float, times: int) -> dict[str, Any]:
    def answer(seat: int, number: int) -> bytes:
        return b'{"round":1,"answers":[{"item":"%s","rev":%d,"key":"%d","value":%d}]}' % (
            item.encode(), number, number, 1 + (seat + number) % 5,
        )  # fmt: skip

    def echo(seat: int, number: int) -> bytes:
        return b'42/ballot,%d["echo",%s]' % (number, answer(seat, number))

    def put(seat: int, number: int) -> bytes:
        return b'42/ballot,%d["answers.put",%s]' % (number, answer(seat, number))

    before = resident(pid)
    connecting = hall.connect()
    memory = (resident(pid) - before) / len(hall.phones)
    echoed, kept, cost = [], [], []
    for _ in range(times):
        echoed.append(hall.flat_out(seconds, echo, lambda frame: b'"answers"' in frame))
        began = cpu_seconds(pid)
        kept.append(hall.flat_out(seconds, put, lambda frame: b'"refused":[]' in frame and b'"rev"' in frame))
        cost.append((cpu_seconds(pid) - began) / (kept[-1] * seconds))
    late = hall.paced(2 * seconds, PACE, put)
    raw, durable = statistics.median(echoed), statistics.median(kept)
    return {
        "sockets": len(hall.phones), "raw_echo_per_s": round(raw), "durable_per_s": round(durable),
        "ratio": round(durable / raw, 3), "p50_ms": round(1000 * late[len(late) // 2], 2),
        "p99_ms": round(1000 * late[int(len(late) * 0.99)], 2), "kb_per_phone": round(memory, 1),
        "connects_per_s": round(len(hall.phones) / connecting),
        "cpu_us_per_answer": round(1e6 * statistics.median(cost), 1),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, nargs="+", default=[300, 1000])
    parser.add_argument("--short", action="store_true", help="less than 40 seconds")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    args = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.sched_setaffinity(0, {1} if (os.cpu_count() or 1) > 1 else {0})
    seconds, times = (1.5, 2) if args.short else (4.0, 5)
    rows = [measured(sockets, seconds, times) for sockets in args.sockets]
    if args.json:
        print(json.dumps(rows[-1] | {"runs": rows}))
    else:
        tell("live", rows, rows[-1] | {"runs": rows})


if __name__ == "__main__":
    main()
