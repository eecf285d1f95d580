"""Kendall's W against published figures, R, scipy, its own other formula, a second way in loops, and properties."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from consensus import ConsensusError, kendall_w, spearman
from consensus.concordance import NO_ORDER, ONE_RATER
from consensus.orders import UNCHECKED, UNLINKED, GappedOrders
from consensus.ranks import centred_ranks
from tests.consensus import witnesses
from tests.consensus.naive import chi2_of, naive_w_star
from tests.consensus.witnesses import near

NAN = float("nan")


@witnesses.references("kendall_w")
def test_w_f_chi2_and_mean_spearman_are_the_published_ones(case):
    chi2 = kendall_w(case["data"], p="chi2")
    f = kendall_w(case["data"], p="f")
    ours = {
        "W": chi2.w,
        "chi2": chi2.statistic,
        "p_chi2": chi2.p_value,
        "F": f.statistic,
        "p_F": f.p_value,
        "mean_spearman_tie_adj": f.mean_spearman,
    }
    assert ours == near(case["expected"], case)
    assert (chi2.method, f.method, f.complete, f.raters, f.items) == ("chi2", "f", True, *np.shape(case["data"]))


@witnesses.references("skillings_mack")
def test_q_and_w_star_are_those_of_skillings_and_mack(case):
    panel = kendall_w(witnesses.matrix(case["data"]), p="chi2")
    expected = case["expected"]
    assert panel.statistic == near(expected["Q_tiecorrected"], case)
    # The published Q is not tie-corrected; these data have no ties within a rater.
    assert panel.statistic == near(expected["Q"], case)
    assert panel.p_value == near(expected["p"], case)
    assert panel.w == near(expected["Wstar_tiecorrected"], case)
    assert (panel.complete, panel.items - 1) == (False, expected["df"])


@witnesses.crosschecks("W", "W_chi2", "W_p_chi2", "W_F", "W_p_F")
def test_w_is_that_of_the_peers(case):
    chi2 = kendall_w(case["X"], p="chi2")
    f = kendall_w(case["X"], p="f")
    ours = {
        "W": chi2.w,
        "W_chi2": chi2.statistic,
        "W_p_chi2": chi2.p_value,
        "W_F": f.statistic,
        "W_p_F": f.p_value,
    }
    assert ours == {key: near(case["expected"][key], case) for key in ours}


@witnesses.crosschecks("W")
def test_the_formula_for_missing_ratings_gives_w_on_complete_data(case):
    ranks = centred_ranks(witnesses.matrix(case["X"]))
    gapped = GappedOrders(ranks, np.ones(ranks.centred.shape))
    assert (gapped.w, gapped.weight) == pytest.approx((case["expected"]["W"], len(case["X"])), rel=1e-9)


matrices = st.tuples(st.integers(2, 7), st.integers(2, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(1, 5), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)
gapped_matrices = st.lists(
    st.lists(st.sampled_from([1, 2, 3, 4, 5, None]), min_size=4, max_size=4), min_size=3, max_size=8
)


@given(matrices)
def test_w_lies_from_0_to_1_and_is_scipys_friedman_over_its_maximum(rows):
    panel = chi2_of(rows)
    varied = [row for row in rows if len(set(row)) > 1]
    assert panel.constant_raters == len(rows) - len(varied)
    if not varied:
        assert (math.isnan(panel.w), panel.reason) == (True, NO_ORDER)
        return
    assert 0 <= panel.w <= 1
    if len(rows[0]) > 2:
        friedman = stats.friedmanchisquare(*np.transpose(rows)).statistic
        assert panel.statistic == pytest.approx(friedman, abs=1e-9)


@given(gapped_matrices)
def test_w_star_lies_from_0_to_1_and_is_that_of_its_definition_in_loops(rows):
    panel = chi2_of(rows)
    if panel.reason is None:
        assert 0 <= panel.w <= 1
        assert panel.w == pytest.approx(naive_w_star(np.array(rows, dtype=float)), abs=1e-8)


@given(gapped_matrices, st.randoms(use_true_random=False))
def test_the_order_of_raters_and_of_items_changes_nothing(rows, random):
    panel = chi2_of(rows)
    columns = list(range(4))
    random.shuffle(columns)
    shuffled = [[row[column] for column in columns] for row in rows]
    random.shuffle(shuffled)
    other = chi2_of(shuffled)
    assert (other.raters, other.items, other.constant_raters, other.reason) == (
        panel.raters,
        panel.items,
        panel.constant_raters,
        panel.reason,
    )
    assert (other.w, other.p_value) == pytest.approx((panel.w, panel.p_value), abs=1e-8, nan_ok=True)


@given(gapped_matrices, st.integers(-10, 10), st.sampled_from([0.25, 1, 7]))
def test_reversing_shifting_and_stretching_the_scale_changes_nothing(rows, shift, stretch):
    ratings = np.array(rows, dtype=float)
    panel = chi2_of(rows)
    for moved in (6 - ratings, shift + stretch * ratings, np.exp(ratings)):
        assert chi2_of(moved).w == pytest.approx(panel.w, abs=1e-8, nan_ok=True)


@given(matrices)
def test_every_rater_twice_lifts_w_as_its_formula_says_and_never_lowers_it(rows):
    panel = chi2_of(rows)
    assume(panel.reason is None)
    # ‖2Σc‖²/(2m·2Σ‖c‖²): the same W, at twice the raters a higher mean correlation.
    twice = chi2_of(rows + rows)
    assert twice.w == pytest.approx(panel.w, abs=1e-12)
    assert twice.mean_spearman >= panel.mean_spearman - 1e-12


@given(st.integers(3, 6).flatmap(lambda n: st.lists(st.permutations(range(n)), min_size=2, max_size=6)))
def test_without_ties_the_mean_spearman_is_the_mean_of_all_pairs(rows):
    pairs = [spearman(a, b) for a, b in combinations(rows, 2)]
    assert chi2_of(rows).mean_spearman == pytest.approx(sum(pairs) / len(pairs), abs=1e-9)


def test_ranks_by_counting_and_by_sorting_are_scipys_midranks():
    rng = np.random.default_rng(5)
    for ratings in (rng.integers(1, 6, (8, 30)), rng.integers(0, 900, (4, 200)) / 7, rng.normal(size=(3, 9))):
        ranks = centred_ranks(ratings.astype(float))
        expected = stats.rankdata(ratings, axis=1) - (ratings.shape[1] + 1) / 2
        np.testing.assert_array_equal(ranks.centred, expected)
        np.testing.assert_allclose(ranks.squares, (expected**2).sum(axis=1), rtol=1e-12)
        gaps = np.where(rng.random(ratings.shape) < 0.3, np.nan, ratings)
        ranked = stats.rankdata(gaps, axis=1, nan_policy="omit")
        middle = ((~np.isnan(gaps)).sum(axis=1, keepdims=True) + 1) / 2
        np.testing.assert_array_equal(centred_ranks(gaps).centred, np.nan_to_num(ranked - middle))


def test_by_chance_the_mean_spearman_is_zero_with_missing_ratings_too():
    # E[Q] is its degrees of freedom, so E[W*] = (n−1)/Σ(k−1): with m in its place the mean here would be near .09.
    rng = np.random.default_rng(12)
    drawn = []
    for _ in range(400):
        ratings = rng.integers(1, 6, (8, 13)).astype(float)
        ratings[rng.random(ratings.shape) < 0.4] = NAN
        panel = kendall_w(ratings, p="chi2", interval=None)
        drawn.append((panel.mean_spearman, (8 * panel.w - 1) / 7))
    ours, literal = np.mean(drawn, axis=0)
    assert abs(ours) < 3 * np.std(drawn, axis=0)[0] / 20
    assert literal > 0.08


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        ([[3, 3, 3], [4, 4, 4]], NO_ORDER),
        ([[1, 2, 3], [NAN, 2, NAN]], ONE_RATER),
        ([[NAN, NAN], [NAN, NAN]], ONE_RATER),
        ([[1, 2, NAN, NAN], [2, 1, NAN, NAN], [NAN, NAN, 1, 2], [NAN, NAN, 2, 1]], UNLINKED),
        ([[1, 2, NAN], [NAN, 1, 2]], UNCHECKED),
        ([[1, 2, NAN], [3, 3, 3]], None),
    ],
)
def test_data_without_a_shared_order_say_why_there_is_no_w(ratings, reason):
    panel = kendall_w(ratings, interval=None)
    assert panel.reason == reason
    assert math.isnan(panel.w) == (reason is not None)
    assert math.isnan(panel.p_value) == (reason is not None)


def test_constant_raters_count_among_the_raters_and_lower_w():
    # By hand: Σc = (−2, 0, 2), ‖Σc‖² = 8, Σ‖c‖² = 4, so W is 8/(2·4) = 1 for two and 8/(3·4) for three.
    assert kendall_w([[1, 2, 3], [1, 2, 3]]).w == 1
    panel = kendall_w([[1, 2, 3], [1, 2, 3], [3, 3, 3]])
    assert (panel.w, panel.constant_raters, panel.raters) == (pytest.approx(2 / 3), 1, 3)


def test_items_and_raters_without_ratings_are_not_counted():
    panel = kendall_w([[1, 2, 3, NAN], [2, 1, 3, NAN], [1, 3, 2, NAN], [NAN] * 4])
    whole = kendall_w([[1, 2, 3], [2, 1, 3], [1, 3, 2]])
    assert (panel.raters, panel.items, panel.complete) == (3, 3, False)
    assert (panel.w, panel.p_value) == pytest.approx((whole.w, whole.p_value))


@pytest.mark.parametrize(
    ("options", "argument", "sentence"),
    [
        ({"p": "friedman"}, "p", "use one of auto, exact, f, chi2, permutation"),
        ({"interval": "bca"}, "interval", "use one of jackknife, bootstrap or None"),
        ({"p": "permutation"}, "rng", r"pass rng=numpy.random.default_rng\(seed\)"),
        ({"interval": "bootstrap", "rng": 7}, "rng", r"pass rng=numpy.random.default_rng\(seed\)"),
        ({"p": "permutation", "rng": np.random.default_rng(1), "resamples": 0}, "resamples", "of 1 or more"),
    ],
)
def test_a_wrong_choice_is_refused_with_what_would_work(options, argument, sentence):
    with pytest.raises(ConsensusError, match=sentence) as refusal:
        kendall_w([[1, 2, 3], [1, 3, 2]], **options)
    assert refusal.value.argument == argument


def test_one_rater_or_one_item_is_refused():
    with pytest.raises(ConsensusError, match="has 1 rater; give at least 2"):
        kendall_w([[1, 2, 3]])
    with pytest.raises(ConsensusError, match="has 1 item; give at least 2"):
        kendall_w([[1], [2]])
