"""The synthetic city of a rehearsal: a baseline, and one simulated panel a group. Everything here is invented.

The same seed and number of participants give the same ratings. It knows no server and no seat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consensus.framework import Framework
from consensus.panel import Feedback, Panel, Votes
from server.catalog import load
from server.catalog.demo import demo_baseline_csv, demo_truth

# The third group is the one with two camps; elsewhere they are rare.
CAMPS = {"D3": 3}


@dataclass(frozen=True)
class City:
    """Its framework, its earlier survey as a CSV file, and what each group's panel is like."""

    framework: Framework
    baseline: bytes
    panels: dict[str, Panel]
    sizes: dict[str, int]


def draw_city(participants: int, seed: int) -> City:
    """Invent a city shaped like Semarang.

    Parameters
    ----------
    participants : int
        People in the hall, dealt to the four groups as evenly as it goes; at least four.
    seed : int
        Of everything that is drawn.
    """
    framework = Framework.from_document(load("cri"))
    of_city, *of_groups = np.random.default_rng(seed).spawn(1 + len(framework.top))
    truth = demo_truth(of_city, framework)
    baseline = demo_baseline_csv(of_city, framework, truth)
    share, rest = divmod(participants, len(framework.top))
    sizes = {group: share + (place < rest) for place, group in enumerate(framework.top)}
    panels = {
        group: _panel(rng, framework, group, sizes[group], truth)
        for group, rng in zip(framework.top, of_groups, strict=True)
    }
    return City(framework, baseline, panels, sizes)


def _panel(rng: np.random.Generator, framework: Framework, group: str, raters: int, truth: dict[str, float]) -> Panel:
    items = framework.leaves_under(group)
    characters = ["two_camps"] * CAMPS.get(group, 1) + ["hard_to_judge", "drifting", "spread", "spread"]
    characters += ["clear"] * (len(items) - len(characters))
    dealt = [characters[place] for place in rng.permutation(len(items))]
    return Panel(
        rng, raters=raters, items=len(items), scale=framework.scale, truth=[truth[item] for item in items],
        characters=dealt,
    )  # fmt: skip


def vote(panel: Panel, items: tuple[str, ...], opened: tuple[str, ...], figures: dict[str, dict[str, str]]) -> Votes:
    """One vote on the opened items of a group, having heard its latest revealed figures (decimal strings by item)."""

    def heard(name: str) -> np.ndarray:
        return np.array([float(figures.get(item, {}).get(name) or np.nan) for item in items])

    feedback = Feedback(heard("median"), heard("q1"), heard("q3")) if figures else None
    return panel.vote(feedback, items=[items.index(item) for item in opened])
