"""The chance and the interval of W: full enumeration, theory, raters left out one by one, and simulation."""

import math
from itertools import permutations, product

import numpy as np
import pytest
from scipy import stats

from consensus import ConsensusError, kendall_w
from consensus.concordance import (
    F_NEEDS_COMPLETE,
    F_NEEDS_DEGREES,
    FEW_FOR_BOOTSTRAP,
    FEW_FOR_JACKKNIFE,
    ONE_CARRIES,
)
from tests.consensus import witnesses
from tests.consensus.naive import chi2_of, naive_w_star
from tests.consensus.witnesses import near

NAN = float("nan")


@witnesses.references("kendall_w_exact_p")
def test_the_exact_chance_is_that_of_full_enumeration(case):
    panel = kendall_w(case["data"], p="exact")
    assert {"W": panel.w, "p_exact": panel.p_value} == near(case["expected"], case)


@pytest.mark.parametrize(("seed", "raters", "items"), [(1, 3, 3), (2, 3, 4), (3, 4, 3), (4, 5, 3)])
def test_the_exact_chance_is_that_of_every_arrangement_in_loops(seed, raters, items):
    ratings = np.random.default_rng(seed).integers(1, 4, (raters, items))
    ranks = stats.rankdata(ratings, axis=1)
    observed = (ranks.sum(axis=0) ** 2).sum()
    reached = total = 0
    for arranged in product(*(list(permutations(row)) for row in ranks)):
        total += 1
        reached += (np.sum(arranged, axis=0) ** 2).sum() >= observed - 1e-9
    assert kendall_w(ratings, p="exact").p_value == pytest.approx(reached / total, abs=1e-12)


def test_the_exact_chance_with_missing_ratings_is_that_of_every_arrangement_in_loops():
    ratings = np.array([[1, 3, 2, NAN], [1, 2, 3, 4], [NAN, 5, 5, 4]])
    observed = naive_w_star(ratings)
    reached = total = 0
    rows = [[value for value in row if value == value] for row in ratings.tolist()]
    for arranged in product(*(list(permutations(row)) for row in rows)):
        shuffled = np.full(ratings.shape, NAN)
        for rater, row in enumerate(arranged):
            shuffled[rater, ~np.isnan(ratings[rater])] = row
        total += 1
        reached += naive_w_star(shuffled) >= observed - 1e-9
    panel = kendall_w(ratings)
    assert (panel.method, panel.p_value) == ("exact", pytest.approx(reached / total, abs=1e-12))


@pytest.mark.parametrize("gaps", [False, True])
def test_the_permutation_chance_meets_the_exact_one(gaps):
    ratings = np.array([[1, 2, 3, 5], [2, 1, 4, 4], [1, 3, 2, 5], [3, 1, 4, 5]], dtype=float)
    if gaps:
        ratings[0, 1] = ratings[2, 3] = NAN
    exact = kendall_w(ratings, p="exact")
    shuffled = kendall_w(ratings, p="permutation", rng=np.random.default_rng(11), resamples=40_000)
    # Four standard errors of a share from 40,000 draws.
    assert shuffled.p_value == pytest.approx(exact.p_value, abs=4 * math.sqrt(exact.p_value / 40_000))
    assert (shuffled.statistic, shuffled.method) == (exact.statistic, "permutation")


def test_the_same_seed_gives_the_same_chance_and_interval():
    ratings = np.random.default_rng(3).integers(1, 6, (16, 9))
    first, second = (
        kendall_w(ratings, p="permutation", interval="bootstrap", rng=np.random.default_rng(8)) for _ in range(2)
    )
    assert first == second


def test_by_default_the_chance_is_exact_where_cheap_and_else_f_or_chi2():
    rng = np.random.default_rng(2)
    assert kendall_w(rng.permuted(np.tile(range(4), (6, 1)), axis=1)).method == "exact"
    ratings = rng.integers(1, 6, (12, 13)).astype(float)
    assert kendall_w(ratings).method == "f"
    ratings[0, 0] = NAN
    assert kendall_w(ratings).method == "chi2"
    assert kendall_w(rng.permuted(np.tile(range(6), (9, 1)), axis=1)).method == "f"


def naive_jackknife(ratings):
    """The interval once more, each panel without one rater measured by itself."""
    raters = len(ratings)
    rho = chi2_of(ratings).mean_spearman
    apart = [chi2_of(np.delete(ratings, rater, axis=0)).mean_spearman for rater in range(raters)]
    error = math.sqrt((raters - 1) / raters * sum((value - np.mean(apart)) ** 2 for value in apart))
    half = stats.t.ppf(0.975, raters - 1) * error / (1 - rho**2)
    panel = chi2_of(ratings)
    weight = (1 - panel.mean_spearman) / (panel.w - panel.mean_spearman)
    ends = (1 + (weight - 1) * np.tanh(np.arctanh(rho) + np.array([-half, half]))) / weight
    return tuple(np.clip(ends, 0, 1))


@pytest.mark.parametrize("missing", [0.0, 0.2])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_jackknife_interval_is_that_of_leaving_raters_out_one_by_one(seed, missing):
    rng = np.random.default_rng(seed)
    ratings = np.clip(rng.normal(3, 1, 9) + rng.normal(0, 1, (10, 9)), 1, 5).round()
    ratings[rng.random(ratings.shape) < missing] = NAN
    panel = kendall_w(ratings)
    assert (panel.low, panel.high) == pytest.approx(naive_jackknife(ratings), abs=1e-9)
    assert panel.low < panel.w < panel.high


def test_perfect_agreement_has_an_interval_of_one_and_an_f_without_bound():
    panel = kendall_w([[1, 2, 3, 4, 5, 6, 7]] * 4, p="f")
    assert (panel.w, panel.low, panel.high, panel.statistic, panel.p_value) == (1, 1, 1, math.inf, 0)


def test_fewer_than_four_raters_have_no_interval():
    panel = kendall_w([[1, 2, 3], [1, 3, 2], [2, 1, 3]])
    assert (math.isnan(panel.low), math.isnan(panel.high), panel.reason) == (True, True, FEW_FOR_JACKKNIFE)


def test_the_bootstrap_is_offered_from_fifteen_raters_and_meets_the_jackknife():
    rng = np.random.default_rng(4)
    ratings = np.clip(rng.normal(3, 1, 13) + rng.normal(0, 1.2, (40, 13)), 1, 5).round()
    few = kendall_w(ratings[:14], interval="bootstrap", rng=rng)
    assert (math.isnan(few.low), few.reason) == (True, FEW_FOR_BOOTSTRAP)
    shifted, jackknife = kendall_w(ratings, interval="bootstrap", rng=rng), kendall_w(ratings)
    assert (shifted.low, shifted.high) == pytest.approx((jackknife.low, jackknife.high), abs=0.03)
    assert shifted.low < shifted.w < shifted.high


def test_with_gaps_too_a_bootstrap_can_be_had():
    rng = np.random.default_rng(6)
    ratings = np.clip(rng.normal(3, 1, 8) + rng.normal(0, 1, (30, 8)), 1, 5).round()
    ratings[rng.random(ratings.shape) < 0.2] = NAN
    shifted, jackknife = kendall_w(ratings, interval="bootstrap", rng=rng), kendall_w(ratings)
    assert (shifted.low, shifted.high) == pytest.approx((jackknife.low, jackknife.high), abs=0.05)


def test_f_is_not_defined_with_missing_ratings_or_without_degrees_of_freedom():
    panel = kendall_w([[1, 2, NAN], [1, 2, 3], [2, 1, 3]], p="f", interval=None)
    assert (math.isnan(panel.p_value), panel.reason) == (True, F_NEEDS_COMPLETE)
    panel = kendall_w([[1, 2], [1, 2]], p="f", interval=None)
    assert (panel.w, math.isnan(panel.p_value), panel.reason) == (1, True, F_NEEDS_DEGREES)


def test_a_panel_that_one_rater_holds_together_has_no_jackknife_interval():
    ratings = [[1, 2, NAN, NAN], [2, 1, NAN, NAN], [NAN, NAN, 1, 2], [NAN, NAN, 2, 1], [1, 2, 3, 4]]
    panel = kendall_w(ratings)
    assert (math.isnan(panel.w), math.isnan(panel.low), panel.reason) == (False, True, ONE_CARRIES)


@pytest.mark.parametrize(("items", "raters", "missing"), [(7, 3, False), (8, 4, True), (6, 5, True)])
def test_an_enumeration_too_long_is_refused_with_the_way_out(items, raters, missing):
    ratings = np.tile(np.arange(float(items)), (raters, 1))
    if missing:
        ratings[0, 0] = NAN
    with pytest.raises(ConsensusError, match='use p="permutation" or p="auto"') as refusal:
        kendall_w(ratings, p="exact")
    assert refusal.value.code == "too_many_arrangements"
