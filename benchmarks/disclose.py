"""How long a big round takes to disclose on the server as it runs, and how long it holds up the votes of another group.

500 raters × 13 items, from `disclose` to the signed head over HTTP, while a phone of another group of the same workshop
votes over its socket without a break. Targets: 300 ms, and no vote held up for more than 20 ms. The hold-up is told
beside the longest one while nothing is disclosed, which is what the machine itself does to a vote.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks._hall import ORGANISER
from benchmarks._phones import Hall
from benchmarks._table import middle, tell
from config import Settings
from server.app import build
from server.catalog import load
from server.cli.stage.served import Caller, Served
from server.workshop import commands as c
from server.workshop.orders import CreateWorkshop

ITEMS, TARGET_MS, HELD_MS = 13, 300, 20
PAUSE, QUIET, AFTER = 0.002, 1.0, 0.3  # seconds between votes, without a disclosure, and after one


def prepared(folder: Path, raters: int, rounds: int) -> tuple[str, list[str]]:
    """Workshops, each with a closed round of D1 and an open one of D2: an organiser's pass, the voters' passes."""
    app = build(Settings.from_env({"MUFAKAT_DATA_DIR": str(folder)}), ticking=False)
    chance = random.Random(7)
    voters = [_workshop(app.engine, f"w{number}", raters, chance) for number in range(rounds)]
    organiser = app.add_staff("bench", "organiser", None, None)
    app.close()
    return organiser, voters


def _workshop(engine: Any, workshop: str, raters: int, chance: random.Random) -> str:
    engine.create(
        CreateWorkshop(
            workshop=workshop, title="Benchmark", city=None, language="en", framework=load("cri"), groups=None,
            rule="workshop", settings=c.Settings(disclose_after=3600), synthetic=True,
        ),
        ORGANISER,
    )  # fmt: skip
    cards = engine.submit(workshop, ORGANISER, c.IssueSeats(group="D1", count=raters))["cards"]
    [card] = engine.submit(workshop, ORGANISER, c.IssueSeats(group="D2", count=1))["cards"]
    engine.submit(workshop, ORGANISER, c.Start())
    items = list(engine.state(workshop).groups["D1"].items[:ITEMS])
    engine.submit(workshop, ORGANISER, c.OpenRound(group="D1", items=items))
    engine.submit(workshop, ORGANISER, c.OpenRound(group="D2", items="all"))

    def vote(seat: int) -> None:
        engine.join(workshop, seat, None, "card")
        answers = [c.AnswerIn(item=item, rev=1, key=f"{seat}-{item}", value=chance.randint(1, 5)) for item in items]
        engine.put_answers(workshop, seat, c.PutAnswers(1, answers))

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(vote, [card["seat"] for card in cards]))
    engine.submit(workshop, ORGANISER, c.CloseRound(group="D1"))
    return str(engine.join(workshop, card["seat"], None, "card")["pass"])


def disclosed(served: Served, staff: Caller, workshop: str, voter: str) -> tuple[float, float, float]:
    """Seconds of one disclosure, the longest hold-up of a vote meanwhile, and the longest before it."""
    item = staff.call("GET", f"/workshops/{workshop}")["groups"][1]["items"][0]

    def put(_seat: int, number: int) -> bytes:
        return b'42/ballot,%d["answers.put",{"round":1,"answers":[{"item":"%s","rev":%d,"key":"%d","value":%d}]}]' % (
            number, item.encode(), number, number, 1 + number % 5,
        )  # fmt: skip

    hall, over, held = Hall(served.port, [voter]), threading.Event(), list[float]()
    try:
        hall.connect()
        until = time.perf_counter() + QUIET
        quiet = hall.in_turn(PAUSE, put, lambda: time.perf_counter() > until)
        voting = threading.Thread(target=lambda: held.extend(hall.in_turn(PAUSE, put, over.is_set)))
        voting.start()
        began = time.perf_counter()
        staff.call("POST", f"/workshops/{workshop}/commands", {"command": "disclose", "group": "D1"})
        took = time.perf_counter() - began
        time.sleep(AFTER)
        over.set()
        voting.join()
    finally:
        hall.close()
    return took, max(held), max(quiet)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raters", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        organiser, voters = prepared(Path(folder), args.raters, args.rounds)
        server = Served(Path(folder), MUFAKAT_EVENTS_PER_SECOND="1000000")
        with server as served, Caller(served.url, organiser) as staff:
            time.sleep(3.0)  # a hall does not disclose in the second in which its server starts
            load_before = os.getloadavg()[0]
            found = [disclosed(served, staff, f"w{number}", voter) for number, voter in enumerate(voters)]
    took, held, quiet = zip(*found, strict=True)
    figures = {
        "raters": args.raters, "items": ITEMS, "rounds": args.rounds, "median_ms": middle(took),
        "slowest_ms": middle([max(took)]), "held_up_median_ms": middle(held), "held_up_most_ms": middle([max(held)]),
        "quiet_median_ms": middle(quiet), "target_ms": TARGET_MS, "held_up_target_ms": HELD_MS,
    }  # fmt: skip
    tell("disclose", [figures | {"load": round(load_before, 1)}], figures)


if __name__ == "__main__":
    main()
