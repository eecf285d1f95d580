"""An invented city for demonstrations: what its panel thinks, and an earlier survey that partly differs.

Every figure is drawn from the Generator passed in and every row says that it is synthetic. Nothing here was ever given
by a person or a city, and nothing here reaches a workshop but through the importer that real files go through.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.random import Generator

from consensus.framework import Framework

SOURCE = "synthetic / sintetis"
QUESTIONS = 3  # asked for each indicator and stream: 156 of 52, as in Semarang
OBTAINED, ASKED = 103, 156  # Semarang's metrics; 66.03 % are reported, and this is the count that yields it

# Signed distance of the interview score from the category the panel leans to, in thirds, for three questions of 1-5.
_GAPS = {"close": (0, 1), "slight": (2,), "wide": (3, 4, 5)}
_SHARES = {"slight": 0.25, "wide": 0.15}


def demo_truth(rng: Generator, framework: Framework) -> dict[str, float]:
    """What a simulated panel leans to on each indicator: goals differ, and indicators within a goal a little.

    Values stay off both ends of the scale (1.6 to 4.4 of 1-5), so that a panel can lean to either side of each.
    """
    low, high = _inner(framework, 0.15)
    parents = {leaf: framework.node(leaf).parent for leaf in framework.leaves}
    goals = list(dict.fromkeys(parents.values()))
    centres = dict(
        zip(goals, rng.uniform(low + 0.25 * (high - low), high - 0.2 * (high - low), len(goals)), strict=True)
    )
    spread = 0.18 * (high - low)
    drawn = rng.normal([centres[parents[leaf]] for leaf in framework.leaves], spread)
    return dict(zip(framework.leaves, np.clip(drawn, low, high).tolist(), strict=True))


def demo_baseline_csv(rng: Generator, framework: Framework, truth: Mapping[str, float]) -> bytes:
    """A long baseline in CSV for `read_baseline`: every interview question answered, 103 of 156 metrics obtained.

    Against the category nearest the truth about three in five interview scores are close, a quarter slightly and some
    one in seven widely off, in either direction.
    """
    leaves = framework.leaves
    obtained = _obtained(rng, len(leaves))
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(["indicator", "stream", "score", "answered", "asked", "respondents", "year", "source"])
    for leaf, gap, got in zip(leaves, _gaps(rng, len(leaves)), obtained, strict=True):
        interview, metric = _interview(rng, framework, truth[leaf], gap), _metric(rng, framework, truth[leaf])
        people, year = int(rng.integers(3, 9)), int(rng.integers(2014, 2018))
        writer.writerow([leaf, "interview", f"{interview:.2f}", QUESTIONS, QUESTIONS, people, 2017, SOURCE])
        writer.writerow(
            [leaf, "metric", f"{metric:.2f}" if got else "", got, QUESTIONS, "", year if got else "", SOURCE]
        )
    return sheet.getvalue().encode()


def _inner(framework: Framework, margin: float) -> tuple[float, float]:
    low, high = min(framework.scale.categories), max(framework.scale.categories)
    return low + margin * (high - low), high - margin * (high - low)


def _obtained(rng: Generator, leaves: int) -> list[int]:
    """How many metrics each indicator has: Semarang's share of all slots, dealt at random."""
    slots = leaves * QUESTIONS
    dealt = np.zeros(slots, dtype=np.int64)
    dealt[: slots * OBTAINED // ASKED] = 1
    return [int(count) for count in rng.permutation(dealt).reshape(leaves, QUESTIONS).sum(axis=1)]


def _gaps(rng: Generator, leaves: int) -> list[str]:
    sizes = [size for size, share in _SHARES.items() for _ in range(round(share * leaves))]
    sizes += ["close"] * (leaves - len(sizes))
    return [sizes[index] for index in rng.permutation(leaves)]


def _interview(rng: Generator, framework: Framework, truth: float, gap: str) -> float:
    low, high = _inner(framework, 0.125)
    categories: Any = np.asarray(framework.scale.categories, dtype=float)
    nearest = float(categories[np.abs(categories - truth).argmin()])
    reach = [nearest + sign * thirds / QUESTIONS for thirds in _GAPS[gap] for sign in (-1, 1)]
    inside = [score for score in reach if low <= score <= high] or [float(np.clip(truth, low, high))]
    return inside[int(rng.integers(len(inside)))]


def _metric(rng: Generator, framework: Framework, truth: float) -> float:
    low, high = _inner(framework, 0.125)
    return float(np.clip(rng.normal(truth, 0.12 * (high - low)), low, high))
