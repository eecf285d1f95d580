"""The promises about chance, on few panels of fixed seeds; `make faults` tries the same ones on many."""

from __future__ import annotations

import pytest

from benchmarks.faults.statistics import TRIALS, Trial, passed_by_chance, size_of_f
from consensus.chance import pass_probability

PANELS = 2000  # two standard errors of a share of 5 % are 1 %


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.promise)
def test_what_is_promised_of_chance_holds_in_a_short_simulation(trial: Trial) -> None:
    assert trial.least <= trial.share(PANELS) <= trial.most


def test_a_simulated_chance_is_the_exact_one() -> None:
    # Nine random ratings on five points put eight into the pair this often; four standard errors are .006.
    assert passed_by_chance(10_000, raters=9) == pytest.approx(float(pass_probability(9, 5, 8)), abs=0.006)


def test_a_trial_can_fail() -> None:
    # On two points and three items most panels are ties, which no F distribution describes.
    assert not 0.04 <= size_of_f(1000, raters=3, items=3, points=2) <= 0.06
