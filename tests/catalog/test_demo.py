"""The invented city has the shape of Semarang's survey: 156 of 156, and 103 of 156, shown as 66,03 %."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import numpy as np
import pytest

from consensus.framework import Framework
from server.catalog import load
from server.catalog.demo import SOURCE, demo_baseline_csv, demo_truth
from server.imports.baseline import read_baseline
from server.locale import percent_text
from server.workshop.events import BaselineRow

CRI = Framework.from_document(load("cri"))


def invent(seed: int) -> tuple[dict[str, float], tuple[BaselineRow, ...]]:
    rng = np.random.default_rng(seed)
    truth = demo_truth(rng, CRI)
    return truth, read_baseline(demo_baseline_csv(rng, CRI, truth), "demo.csv", CRI)


def size(distance: Decimal) -> str:
    return "close" if distance < Decimal("0.5") else "slight" if distance < 1 else "wide"


@pytest.mark.parametrize("seed", range(8))
def test_the_survey_passes_the_importer_with_semarangs_counts(seed: int) -> None:
    _, rows = invent(seed)
    counts = {
        stream: (sum(row.answered for row in rows), sum(row.asked for row in rows))
        for stream, rows in (
            (stream, [row for row in rows if row.stream == stream]) for stream in ("interview", "metric")
        )
    }
    assert counts == {"interview": (156, 156), "metric": (103, 156)}
    assert [percent_text(*counts["metric"], language) for language in ("id", "en")] == ["66,03 %", "66.03%"]
    assert [row.item for row in rows] == [leaf for leaf in CRI.leaves for _ in range(2)]


@pytest.mark.parametrize("seed", range(8))
def test_every_row_says_that_it_is_synthetic_and_stays_off_the_ends(seed: int) -> None:
    _, rows = invent(seed)
    assert {row.source for row in rows} == {SOURCE}
    assert all(Decimal("1.5") <= Decimal(row.score) <= Decimal("4.5") for row in rows if row.score)
    assert [row.score is None for row in rows] == [row.answered == 0 for row in rows]


@pytest.mark.parametrize("seed", range(8))
def test_gaps_to_the_panels_leaning_are_close_slight_and_wide_in_fixed_numbers(seed: int) -> None:
    truth, rows = invent(seed)
    interviews = {row.item: Decimal(str(row.score)) for row in rows if row.stream == "interview"}
    sizes = Counter(size(abs(interviews[leaf] - round(truth[leaf]))) for leaf in CRI.leaves)
    assert sizes == {"close": 31, "slight": 13, "wide": 8}  # 52 less a quarter and 15 percent of it, rounded


def test_truth_stays_on_the_inner_scale_and_goals_differ() -> None:
    truth, _ = invent(7)
    assert tuple(truth) == CRI.leaves
    assert all(1.6 <= value <= 4.4 for value in truth.values())
    assert len({round(value, 6) for value in truth.values()}) > 40


def test_the_same_seed_gives_the_same_city_and_another_seed_another() -> None:
    assert invent(7) == invent(7)
    assert invent(7) != invent(8)
