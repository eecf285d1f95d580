"""How long from `disclose` to the signed head: a round of 100 raters × 14 items, every step on disk.

Target: 200 ms median. The figures include the jackknife interval of Kendall's W and every verdict.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from benchmarks._hall import ORGANISER, WORKSHOP, hold, opened, vote
from benchmarks._table import middle, tell
from server.workshop import commands as c


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raters", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=9)
    args = parser.parse_args()
    chance, times = random.Random(7), []
    with tempfile.TemporaryDirectory() as folder:
        engine = opened(Path(folder))
        engine.start()
        hold(engine, args.raters)
        for _ in range(args.rounds):
            vote(engine, args.raters, chance)
            before = engine.head(WORKSHOP)
            began = time.perf_counter()
            engine.submit(WORKSHOP, ORGANISER, c.Disclose(group="D1"))
            times.append(time.perf_counter() - began)
            after = engine.head(WORKSHOP)
            assert after is not None and (before is None or after.size > before.size)
            engine.submit(WORKSHOP, ORGANISER, c.VoidRound(group="D1", reason="next measurement"))
        engine.stop()
    row = {
        "raters": args.raters, "items": 14, "rounds": args.rounds, "median ms": middle(times),
        "fastest ms": middle([min(times)]), "slowest ms": middle([max(times)]), "target ms": 200,
    }  # fmt: skip
    tell("close", [row], {"raters": args.raters, "items": 14, "median_ms": middle(times), "target_ms": 200})


if __name__ == "__main__":
    main()
