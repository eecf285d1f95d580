"""An invented city for demonstrations: what its panel thinks, and an earlier survey that partly differs.

Every figure is drawn from the Generator passed in and every row says that it is synthetic. Nothing here was ever given
by a person or a city, and nothing here reaches a workshop but through the importer that real files go through.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Protocol

from consensus.framework import Framework

SOURCE = "synthetic / sintetis"
QUESTIONS = 3  # asked for each indicator and stream: 156 of 52, as in Semarang
OBTAINED, ASKED = 103, 156  # Semarang's metrics; 66.03 % are reported, and this is the count that yields it

# Signed distance of the interview score from the category the panel leans to, in thirds, for three questions of 1-5.
_GAPS = {"close": (0, 1), "slight": (2,), "wide": (3, 4, 5)}
_SHARES = {"slight": 0.25, "wide": 0.15}


class Chance(Protocol):
    """What is used of a `numpy.random.Generator`."""

    def uniform(self, low: float, high: float, /) -> float: ...
    def normal(self, loc: float, scale: float, /) -> float: ...
    def integers(self, low: int, high: int, /) -> int: ...
    def permutation(self, x: int, /) -> Iterable[int]: ...


def demo_truth(rng: Chance, framework: Framework) -> dict[str, float]:
    """What a simulated panel leans to on each indicator: goals differ, and indicators within a goal a little.

    Values stay off both ends of the scale (1.6 to 4.4 of 1-5), so that a panel can lean to either side of each.
    """
    low, high = _inner(framework, 0.15)
    reach = high - low
    parents = {leaf: framework.node(leaf).parent for leaf in framework.leaves}
    centres = {goal: rng.uniform(low + 0.25 * reach, high - 0.2 * reach) for goal in dict.fromkeys(parents.values())}
    return {leaf: _within(low, rng.normal(centres[goal], 0.18 * reach), high) for leaf, goal in parents.items()}


def demo_baseline_csv(rng: Chance, framework: Framework, truth: Mapping[str, float]) -> bytes:
    """A long baseline in CSV for `read_baseline`: every interview question answered, 103 of 156 metrics obtained.

    Against the category nearest the truth about three in five interview scores are close, a quarter slightly and some
    one in seven widely off, in either direction.
    """
    leaves = framework.leaves
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(["indicator", "stream", "score", "answered", "asked", "respondents", "year", "source"])
    gaps, obtained = _gaps(rng, len(leaves)), _obtained(rng, len(leaves))
    for leaf, gap, got in zip(leaves, gaps, obtained, strict=True):
        interview, metric = _interview(rng, framework, truth[leaf], gap), _metric(rng, framework, truth[leaf])
        people, year = rng.integers(3, 9), rng.integers(2014, 2018)
        writer.writerow([leaf, "interview", f"{interview:.2f}", QUESTIONS, QUESTIONS, people, 2017, SOURCE])
        score, year_of_score = (f"{metric:.2f}", year) if got else ("", "")
        writer.writerow([leaf, "metric", score, got, QUESTIONS, "", year_of_score, SOURCE])
    return sheet.getvalue().encode()


def _inner(framework: Framework, margin: float) -> tuple[float, float]:
    low, high = framework.scale.low, framework.scale.high
    return low + margin * (high - low), high - margin * (high - low)


def _within(low: float, value: float, high: float) -> float:
    return float(min(max(low, value), high))


def _obtained(rng: Chance, leaves: int) -> list[int]:
    """How many metrics each indicator has: Semarang's share of all slots, dealt at random."""
    slots = leaves * QUESTIONS
    counts = [0] * leaves
    for place, slot in enumerate(rng.permutation(slots)):
        counts[slot // QUESTIONS] += place < slots * OBTAINED // ASKED
    return counts


def _gaps(rng: Chance, leaves: int) -> list[str]:
    sizes = [size for size, share in _SHARES.items() for _ in range(round(share * leaves))]
    sizes += ["close"] * (leaves - len(sizes))
    return [sizes[index] for index in rng.permutation(leaves)]


def _interview(rng: Chance, framework: Framework, truth: float, gap: str) -> float:
    low, high = _inner(framework, 0.125)
    nearest = min(framework.scale.categories, key=lambda category: abs(category - truth))
    reach = [nearest + sign * thirds / QUESTIONS for thirds in _GAPS[gap] for sign in (-1, 1)]
    inside = [score for score in reach if low <= score <= high] or [_within(low, truth, high)]
    return inside[rng.integers(0, len(inside))]


def _metric(rng: Chance, framework: Framework, truth: float) -> float:
    low, high = _inner(framework, 0.125)
    return _within(low, rng.normal(truth, 0.12 * (high - low)), high)
