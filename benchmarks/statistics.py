"""How fast the statistics are, and how much faster than their peers: pingouin, krippendorff, scipy, and R where it is.

Ours and theirs take turns in one run, so that what else the machine does falls on both. Ratios are of medians. A peer
that is not installed is named as such and skipped.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
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
    moves,
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
    theirs: dict[str, tuple[peers.Work | None, float | None]]
    in_r: dict[str, float | None] = field(default_factory=dict)
    shape: tuple[int, int] = (0, 0)  # raters and items, for R to draw


def ratings(raters: int, items: int) -> peers.Matrix:
    """Five-point ratings with some agreement and many ties."""
    places = CHANCE.normal(3, 0.8, items) + CHANCE.normal(0, 0.9, (raters, items))
    drawn: peers.Matrix = np.clip(np.rint(places), 1, 5)
    return drawn


def pingouin(matrix: peers.Matrix) -> peers.Work | None:
    """Kendall's W by pingouin, where it is installed."""
    return peers.pingouin_w(matrix) if peers.is_here("pingouin") else None


def krippendorff(matrix: peers.Matrix) -> peers.Work | None:
    """Ordinal alpha by krippendorff, where it is installed."""
    return peers.krippendorff_alpha(matrix) if peers.is_here("krippendorff") else None


def races() -> list[Race]:
    """Every work of the page on statistics, with the shapes and limits named there."""
    found = []
    for raters, items, most in ((50, 52, 0.06), (2000, 52, 1.0), (1000, 1000, 6.0)):
        matrix = ratings(raters, items)
        asked = 20.0 if raters == 50 else None
        found.append(
            Race(
                f"W {raters}×{items}", partial(kendall_w, matrix, p="f", interval=None), most,
                {"scipy friedman": (peers.friedman(matrix), asked), "pingouin": (pingouin(matrix), None)},
                {"irr kendall": None, "friedman.test": None}, (raters, items),
            )
        )  # fmt: skip
    matrix, few = ratings(50, 52), ratings(30, 13)
    draw = partial(kendall_w, matrix, p="f", interval="bootstrap", rng=CHANCE, resamples=2000)
    found.append(
        Race("W bootstrap 2,000, 50×52", draw, 2.0,
             {"scipy bootstrap": (peers.scipy_bootstrap(matrix, 2000, CHANCE), 500.0)},
             {"boot with irr": 500.0, "boot with friedman.test": 500.0}, (50, 52))
    )  # fmt: skip
    shuffle = partial(kendall_w, few, p="permutation", interval=None, rng=CHANCE, resamples=10_000)
    found.append(
        Race("W permutation 10,000, 30×13", shuffle, 50.0,
             {"scipy permutation": (peers.scipy_permutation(few, 10_000, CHANCE), None)},
             {"vegan kendall.global": None}, (30, 13))
    )  # fmt: skip
    for raters, most, ratio in ((50, 0.1, None), (1000, 0.5, None), (10_000, 1.5, 5.0)):
        matrix = ratings(raters, 52)
        ours = partial(krippendorff_alpha, matrix, level="ordinal", categories=SCALE.categories)
        theirs: dict[str, tuple[peers.Work | None, float | None]] = {"krippendorff": (krippendorff(matrix), ratio)}
        in_r: dict[str, float | None] = {"irr kripp.alpha": None} if raters == 50 else {}
        found.append(Race(f"alpha ordinal {raters}×52", ours, most, theirs, in_r, (raters, 52)))
    gaps = ratings(50, 52)
    gaps[CHANCE.random(gaps.shape) < 0.1] = np.nan
    found.append(Race("W* with jackknife, 50×52, gaps", partial(kendall_w, gaps, p="chi2"), 20.0, {}))
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

    def uncached() -> list[float]:
        calibration._chance.cache_clear()
        moves.targets.cache_clear()
        chances = partial(chance_of_consensus, raters=30, scale=SCALE)
        return [chances(rule, panel=panel) for rule in PRESETS.values() for panel in calibration.PANELS]

    votes: dict[str, Any] = {"round": 2, "seated": 500, "before": before}
    return [
        Race("judge, 500×13", partial(judge, hall, RULE, SCALE, **votes), 20.0, {}),
        Race("threshold sweep, 500×13", partial(threshold_sweep, hall, RULE, SCALE, **votes), 200.0, {}),
        Race("chance of consensus, 30 raters, 5 rules, 3 panels", uncached, 1000.0, {}),
        Race("profile bootstrap 2,000, 4×50×52", partial(uncertainty, framework, groups, rng=CHANCE), 60.0, {}),
        Race("sensitivity 4,096, 4×50×52", partial(sensitivity, framework, groups, RULE, rng=CHANCE), 2000.0, {}),
    ]


def run(race: Race) -> list[dict[str, Any]]:
    """Let ours and theirs take turns; one row a peer."""
    here = {name: work for name, (work, _) in race.theirs.items() if work is not None}
    works = [race.ours, *here.values()]
    numbers = [max(1, int(0.005 / max(_once(work), 1e-7))) for work in works]
    times: list[list[float]] = [[] for _ in works]
    began = time.perf_counter()
    while len(times[0]) < 3 or (len(times[0]) < 25 and time.perf_counter() - began < LONGEST):
        for work, number, taken in zip(works, numbers, times, strict=True):
            taken.append(_once(work, number) / number)
    # A peer that takes seconds leaves few turns; ours alone may have more.
    times[0] += [_once(race.ours, numbers[0]) / numbers[0] for _ in range(len(times[0]), 11)]
    ours, *others = (1000 * statistics.median(taken) for taken in times)
    medians: dict[str, float | None] = dict(zip(here, others, strict=True))
    told = [_row(race, ours, min(times[0]), name, medians.get(name), asked) for name, (_, asked) in race.theirs.items()]
    told += [
        _row(race, ours, min(times[0]), f"R {name}", peers.r_milliseconds(name, *race.shape), asked)
        for name, asked in race.in_r.items()
    ]
    return told or [_row(race, ours, min(times[0]), "none", None, None)]


def _once(work: Callable[[], object], number: int = 1) -> float:
    work()  # the other works have filled the caches with their own
    began = time.perf_counter()
    for _ in range(number):
        work()
    return time.perf_counter() - began


def _row(
    race: Race, ours: float, fastest: float, peer: str, theirs: float | None, asked: float | None
) -> dict[str, Any]:
    missing = "–" if peer == "none" else "not installed"
    ratio = None if theirs is None else theirs / ours
    held = ours <= race.most_ms and (asked is None or ratio is None or ratio >= asked)
    return {
        "work": race.work, "median ms": _short(ours), "fastest ms": _short(1000 * fastest), "at most ms": race.most_ms,
        "peer": peer, "peer ms": missing if theirs is None else _short(theirs),
        "times faster": "–" if ratio is None else _short(ratio), "at least": asked or "–",
        "held": "yes" if held else "no",
    }  # fmt: skip


def _short(value: float) -> float:
    return float(f"{value:.3g}")


def peak_megabytes() -> dict[str, float]:
    """The most memory that processes hold which do nothing else: one idle, one with 10,000 resamples of 2,000 × 52.

    Linux only. The kernel's mark of this very program: what `resource` tells still counts the parent's memory.
    """
    peaks: dict[str, float] = {}
    if not Path("/proc/self/status").exists():
        return peaks
    start = "import numpy; from pathlib import Path; from consensus import kendall_w\n"
    start += "chance = numpy.random.default_rng(1)\n"
    work = "kendall_w(chance.integers(1, 6, (2000, 52)), p='f', interval='bootstrap', rng=chance, resamples=10_000)\n"
    tell_peak = "print(int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) / 1024)"
    for name, program in (("idle", start), ("bootstrap", start + work)):
        done = subprocess.run([sys.executable, "-c", program + tell_peak], capture_output=True, text=True, check=True)
        peaks[name] = _short(float(done.stdout))
    return peaks


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    if "OPENBLAS_NUM_THREADS" not in os.environ:
        # Products as small as these gain nothing from a second thread, and wait for it where the machine is busy.
        os.execve(sys.executable, [*sys.orig_argv], {**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    rows = [row for race in races() for row in run(race)]
    tell("statistics", rows, {"rows": rows, "peak_mb": peak_megabytes(), "target_peak_mb": 500})


if __name__ == "__main__":
    main()
