"""Does what is called 5 % happen 5 % of the time? Tests and intervals tried on thousands of simulated panels.

The tests run the same trials on fewer panels. Everything is drawn from fixed seeds; a limit that is not held ends the
program with an error.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks._table import tell
from consensus import PRESETS, Framework, GroupRatings, Scale, judge, kendall_w, uncertainty

SCALE = Scale()
Matrix = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Trial:
    """One promise: a share found over panels, and the limits within which it must lie."""

    promise: str
    share: Callable[[int], float]
    least: float
    most: float


def size_of_f(panels: int, *, raters: int, items: int = 13, points: int | None = None, seed: int = 20) -> float:
    """Share of panels without any common order that the F test calls concordant at 5 %."""
    rng = np.random.default_rng(seed)
    found = 0
    for _ in range(panels):
        ratings = rng.random((raters, items))
        if points is not None:
            ratings = np.floor(points * ratings)
        found += kendall_w(ratings, p="f", interval=None).p_value < 0.05
    return found / panels


def cover_of_w(panels: int, *, raters: int, items: int = 13, points: bool = False, seed: int = 21) -> float:
    """Share of panels whose jackknife interval holds the W that endless raters of their kind would give."""
    rng = np.random.default_rng(seed)
    quality = rng.normal(size=items)

    def drawn(size: int) -> Matrix:
        ratings: Matrix = quality + rng.normal(size=(size, items))
        return np.clip(np.rint(3 + ratings), 1, 5) if points else ratings

    rho = kendall_w(drawn(20_000), p="chi2", interval=None).mean_spearman
    truth = (1 + (raters - 1) * rho) / raters
    ends = [kendall_w(drawn(raters), p="chi2") for _ in range(panels)]
    return sum(found.low <= truth <= found.high for found in ends) / panels


def cover_of_a_goal(panels: int, *, raters: int, seed: int = 22) -> float:
    """Share of panels whose interval of a goal of four indicators holds the mean of all who could have come."""
    rng = np.random.default_rng(seed)
    text = {"en": "x", "id": "x"}
    goal = {"id": "G", "parent": None, "level": "goal", "name": text, "weight": "1"}
    leaves = [{**goal, "id": f"G.{leaf}", "parent": "G", "level": "indicator"} for leaf in range(4)]
    framework = Framework.from_document({
        "id": "one", "version": "1", "name": text, "scale": {"categories": [1, 2, 3, 4, 5]}, "percent": "range",
        "levels": [{"key": "goal", "name": text}, {"key": "indicator", "name": text}], "coverage_floor_percent": 50,
        "bands": [{"key": "all", "name": text, "from": "0"}], "nodes": [goal, *leaves],
    })  # fmt: skip
    places = np.array([2.2, 2.8, 3.3, 3.9])

    def drawn(size: int) -> Matrix:
        # Each rater is strict or mild on all four: ratings of one person go together.
        ratings: Matrix = places + 0.5 * rng.normal(size=(size, 1)) + 0.7 * rng.normal(size=(size, 4))
        return np.clip(np.rint(ratings), 1, 5)

    truth, found = float(drawn(400_000).mean()), 0
    for _ in range(panels):
        group = GroupRatings("one", framework.leaves, drawn(raters))
        node = uncertainty(framework, [group], rng=rng, resamples=999, value="mean")["G"]
        found += node.low <= truth <= node.high
    return found / panels


def passed_by_chance(panels: int, *, raters: int, seed: int = 23) -> float:
    """Share of items rated at random on which the workshop rule finds enough raters together."""
    rng = np.random.default_rng(seed)
    ratings = rng.integers(1, 6, (raters, panels))
    verdicts = judge(ratings, PRESETS["workshop"], SCALE, round=1, seated=raters)
    return sum(verdict.outcome == "provisional" for verdict in verdicts) / panels


TRIALS = (
    Trial("F test, 5×13, no ties", lambda n: size_of_f(n, raters=5), 0.04, 0.06),
    Trial("F test, 5×13, five points", lambda n: size_of_f(n, raters=5, points=5), 0.04, 0.06),
    Trial("F test, 12×13, five points", lambda n: size_of_f(n, raters=12, points=5), 0.04, 0.06),
    Trial("95 % interval of W, 8×13", lambda n: cover_of_w(n, raters=8), 0.92, 1.0),
    Trial("95 % interval of W, 15×13", lambda n: cover_of_w(n, raters=15), 0.92, 1.0),
    Trial("95 % interval of W, 15×13, five points", lambda n: cover_of_w(n, raters=15, points=True), 0.92, 1.0),
    Trial("95 % interval of a goal, 30 raters", lambda n: cover_of_a_goal(n // 5, raters=30), 0.92, 0.97),
    Trial("random items that pass, 5 raters", lambda n: passed_by_chance(5 * n, raters=5), 0.0, 0.05),
    Trial("random items that pass, 9 raters", lambda n: passed_by_chance(5 * n, raters=9), 0.0, 0.05),
    Trial("random items that pass, 16 raters", lambda n: passed_by_chance(5 * n, raters=16), 0.0, 0.05),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--panels", type=int, default=20_000)
    panels = parser.parse_args().panels
    rows = []
    for trial in TRIALS:
        share = trial.share(panels)
        held = trial.least <= share <= trial.most
        rows.append(
            {"promise": trial.promise, "share": round(share, 4), "least": trial.least, "most": trial.most,
             "held": "yes" if held else "no"}
        )  # fmt: skip
    tell("statistics by simulation", rows, {"panels": panels, "rows": rows})
    if broken := [row["promise"] for row in rows if row["held"] == "no"]:
        raise SystemExit(f"Not held: {', '.join(map(str, broken))}.")


if __name__ == "__main__":
    main()
