"""How fast the statistics are, and how much faster than their peers: pingouin, krippendorff, scipy, and R where it is.

Ours and theirs take turns in one run, so that what else the machine does falls on both. Ratios are of medians.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from benchmarks import _peers as peers
from benchmarks._table import tell
from consensus import (
    PRESETS,
    Framework,
    GroupRatings,
    Scale,
    calibration,
    chance_of_consensus,
    judge,
    kendall_w,
    krippendorff_alpha,
    sensitivity,
    threshold_sweep,
    uncertainty,
)
from server import catalog

SCALE = Scale()
RULE = PRESETS["workshop"]
CHANCE = np.random.default_rng(2017)
LONGEST = 4.0  # seconds that one work may take in all


@dataclass(frozen=True)
class Race:
    """One work: ours, the most it may take in milliseconds, its peers, and the least ratio asked of each."""

    work: str
    ours: peers.Work
    most_ms: float
    theirs: dict[str, tuple[peers.Work, float | None]]
    in_r: tuple[str, int, int] | None = None


def ratings(raters: int, items: int) -> peers.Matrix:
    """Five-point ratings with some agreement and many ties."""
    places = CHANCE.normal(3, 0.8, items) + CHANCE.normal(0, 0.9, (raters, items))
    drawn: peers.Matrix = np.clip(np.rint(places), 1, 5)
    return drawn


def races() -> list[Race]:
    """Every work of the page on statistics, with the shapes and limits named there."""
    found = []
    for raters, items, most in ((50, 52, 0.06), (2000, 52, 1.0), (1000, 1000, 6.0)):
        matrix = ratings(raters, items)
        asked = 20.0 if raters == 50 else None
        found.append(
            Race(
                f"W {raters}×{items}", partial(kendall_w, matrix, p="f", interval=None), most,
                {"scipy friedman": (peers.friedman(matrix), asked), "pingouin": (peers.pingouin_w(matrix), None)},
                ("irr kendall", raters, items),
            )
        )  # fmt: skip
    matrix, few = ratings(50, 52), ratings(30, 13)
    draw = partial(kendall_w, matrix, p="f", interval="bootstrap", rng=CHANCE, resamples=2000)
    found.append(
        Race("W bootstrap 2,000, 50×52", draw, 2.0,
             {"scipy bootstrap": (peers.scipy_bootstrap(matrix, 2000, CHANCE), 500.0)}, ("boot with irr", 50, 52))
    )  # fmt: skip
    shuffle = partial(kendall_w, few, p="permutation", interval=None, rng=CHANCE, resamples=10_000)
    found.append(
        Race("W permutation 10,000, 30×13", shuffle, 50.0,
             {"scipy permutation": (peers.scipy_permutation(few, 10_000, CHANCE), None)},
             ("vegan kendall.global", 30, 13))
    )  # fmt: skip
    for raters, most, ratio in ((50, 0.1, None), (1000, 0.5, None), (10_000, 1.5, 5.0)):
        matrix = ratings(raters, 52)
        ours = partial(krippendorff_alpha, matrix, level="ordinal", categories=SCALE.categories)
        in_r = ("irr kripp.alpha", 50, 52) if raters == 50 else None
        theirs: dict[str, tuple[peers.Work, float | None]] = {"krippendorff": (peers.krippendorff_alpha(matrix), ratio)}
        found.append(Race(f"alpha ordinal {raters}×52", ours, most, theirs, in_r))
    return [*found, *_of_workshops()]


def _of_workshops() -> list[Race]:
    """What no peer offers: verdicts, calibration, and the profile of a whole workshop."""
    hall, before = ratings(500, 13), ratings(500, 13)
    framework = Framework.from_document(catalog.load("cri"))
    groups = [
        GroupRatings(top, leaves, ratings(50, len(leaves)))
        for top in framework.top
        if (leaves := framework.leaves_under(top))
    ]

    def uncached() -> float:
        calibration._chance.cache_clear()
        return chance_of_consensus(PRESETS["iqr"], 30, SCALE)

    votes: dict[str, Any] = {"round": 2, "seated": 500, "before": before}
    return [
        Race("judge, 500×13", partial(judge, hall, RULE, SCALE, **votes), 20.0, {}),
        Race("threshold sweep, 500×13", partial(threshold_sweep, hall, RULE, SCALE, **votes), 200.0, {}),
        Race("chance of consensus, 30 raters", uncached, 1000.0, {}),
        Race("profile bootstrap 2,000, 4×50×52", partial(uncertainty, framework, groups, rng=CHANCE), 60.0, {}),
        Race("sensitivity 4,096, 4×50×52", partial(sensitivity, framework, groups, RULE, rng=CHANCE), 2000.0, {}),
    ]


def run(race: Race) -> list[dict[str, Any]]:
    """Let ours and theirs take turns; one row a peer."""
    works = [race.ours, *(work for work, _ in race.theirs.values())]
    numbers = [max(1, int(0.002 / max(_once(work), 1e-7))) for work in works]
    times: list[list[float]] = [[] for _ in works]
    began = time.perf_counter()
    while len(times[0]) < 3 or (len(times[0]) < 25 and time.perf_counter() - began < LONGEST):
        for work, number, taken in zip(works, numbers, times, strict=True):
            taken.append(_once(work, number) / number)
    ours, *others = (1000 * statistics.median(taken) for taken in times)
    fastest = 1000 * min(times[0])
    told: list[tuple[str, float | None, float | None]]
    told = [(name, other, asked) for (name, (_, asked)), other in zip(race.theirs.items(), others, strict=True)]
    if race.in_r is not None and (in_r := peers.r_milliseconds(*race.in_r)) is not None:
        told.append((f"R {race.in_r[0]}", in_r, None))
    return [_row(race, ours, fastest, *peer) for peer in told or [("–", None, None)]]


def _once(work: Callable[[], object], number: int = 1) -> float:
    began = time.perf_counter()
    for _ in range(number):
        work()
    return time.perf_counter() - began


def _row(
    race: Race, ours: float, fastest: float, peer: str, theirs: float | None, asked: float | None
) -> dict[str, Any]:
    return {
        "work": race.work, "median ms": _short(ours), "fastest ms": _short(fastest), "at most ms": race.most_ms,
        "held": "yes" if ours <= race.most_ms else "no",
        "peer": peer, "peer ms": "–" if theirs is None else _short(theirs),
        "times faster": "–" if theirs is None else _short(theirs / ours), "asked": asked or "–",
    }  # fmt: skip


def _short(value: float) -> float:
    return float(f"{value:.3g}")


def peak_megabytes() -> float:
    """The most memory that 10,000 resamples of 2,000 × 52 hold at a time."""
    matrix = ratings(2000, 52)
    tracemalloc.start()
    kendall_w(matrix, p="f", interval="bootstrap", rng=CHANCE, resamples=10_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    if "OPENBLAS_NUM_THREADS" not in os.environ:
        # Products as small as these gain nothing from a second thread, and wait for it where the machine is busy.
        os.execve(sys.executable, [*sys.orig_argv], {**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    rows = [row for race in races() for row in run(race)]
    peak = _short(peak_megabytes())
    tell("statistics", rows, {"rows": rows, "bootstrap_peak_mb": peak, "target_peak_mb": 500})


if __name__ == "__main__":
    main()
