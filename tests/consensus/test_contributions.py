"""Single raters against the rest. Witnesses: Legendre's mites as R prints them, scipy pair by pair, W itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from consensus import kendall_w, rater_concordance
from consensus.contributions import NO_COMMON, TOO_FEW, mean_correlations
from tests.consensus import witnesses

NAN = math.nan
MITES = next(case for case in witnesses.load("references") if case["id"] == "W_legendre2005_mite4")


def test_four_species_of_mites_contribute_as_vegan_prints() -> None:
    # R vegan, kendall.global(mite.small): Spearman.mean of species 13, 14, 15 and 23.
    means = mean_correlations(witnesses.matrix(MITES["data"]))
    assert means == pytest.approx([0.3265678, 0.3965503, 0.4570402, -0.1681251], abs=5e-8)


def test_the_values_leave_sorted_and_those_against_the_rest_are_counted() -> None:
    rows = [[1, 2, 3, 4, 5]] * 4 + [[5, 4, 3, 2, 1]]
    found = rater_concordance(rows)
    # Four agree with three and oppose one: (3 − 1)/4 = .5; the fifth opposes all.
    assert found.mean_spearman == pytest.approx((-1, 0.5, 0.5, 0.5, 0.5))
    assert found.w == pytest.approx((-0.6, 0.6, 0.6, 0.6, 0.6))
    assert (found.against, found.raters, found.reason) == (1, 5, None)
    assert rater_concordance(rows[::-1]) == found


def test_without_ties_they_average_to_kendalls_w() -> None:
    orders = np.random.default_rng(5).permuted(np.tile(np.arange(9.0), (7, 1)), axis=1)
    assert np.mean(rater_concordance(orders).w) == pytest.approx(kendall_w(orders, p="chi2").w, abs=1e-12)


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_each_value_is_the_mean_of_scipys_correlations_over_shared_items(missing: float, monkeypatch) -> None:
    rng = np.random.default_rng(8)
    ratings = rng.integers(1, 6, (9, 12)).astype(float)
    ratings[rng.random(ratings.shape) < missing] = NAN
    expected = []
    for one in range(9):
        pairs = []
        for other in range(9):
            both = ~np.isnan(ratings[one]) & ~np.isnan(ratings[other])
            if one != other and len(set(ratings[one, both])) > 1 and len(set(ratings[other, both])) > 1:
                pairs.append(stats.spearmanr(ratings[one, both], ratings[other, both]).statistic)
        expected.append(np.mean(pairs))
    assert rater_concordance(ratings).mean_spearman == pytest.approx(sorted(expected), abs=1e-12)
    monkeypatch.setattr("consensus.contributions._CHUNK", 200)  # two raters at a time
    assert rater_concordance(ratings).mean_spearman == pytest.approx(sorted(expected), abs=1e-12)


def test_raters_without_an_order_are_left_out_and_counted() -> None:
    found = rater_concordance([[1, 2, 3]] * 5 + [[4, 4, 4]] * 2 + [[NAN, NAN, NAN]])
    assert (found.raters, found.constant_raters, found.mean_spearman) == (5, 2, pytest.approx((1,) * 5))


def test_fewer_than_five_are_not_shown_because_single_values_would_point() -> None:
    found = rater_concordance([[1, 2, 3]] * 4)
    assert (found.mean_spearman, found.w, found.raters, found.reason) == ((), (), 4, TOO_FEW)


def test_raters_who_share_no_order_have_nothing_to_compare() -> None:
    rows = np.full((5, 10), NAN)
    for rater in range(5):
        rows[rater, 2 * rater : 2 * rater + 2] = (1, 2)
    assert rater_concordance(rows).reason == NO_COMMON
