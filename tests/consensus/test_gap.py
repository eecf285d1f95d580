"""Panel against baseline: R, scipy, every sign pattern in loops, and figures by hand."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consensus import ConsensusError, Scale, adjust, equivalence, gap, signed_rank
from consensus.gap import NO_BASELINE
from consensus.signed import FEW_FOR_INTERVAL, FEW_FOR_T, NO_DIFFERENCE, NO_RATINGS, NO_SPREAD
from consensus.signs import hodges_lehmann
from consensus.tails import listed, tilted
from tests.consensus import witnesses
from tests.consensus.witnesses import near

FIVE = Scale()
NAN = float("nan")


@witnesses.references("wilcoxon_signed_rank_hl")
def test_statistic_chance_location_and_interval_are_those_of_r(case):
    test = signed_rank(case["data"], 0)
    expected = case["expected"]
    ours = (test.statistic, test.p_value, test.hodges_lehmann, test.low, test.high)
    assert ours == near((expected["V"], expected["p_two"], expected["hl"], *expected["ci95"]), case)
    assert test.p_value / 2 == near(expected["p_greater"], case)


@witnesses.references("wilcoxon_signed_rank_exact_ties")
def test_the_chance_under_ties_is_exact_where_r_falls_back(case):
    first, second = case["data"]["round1"], case["data"]["round2"]
    test = signed_rank(first, second)
    assert (test.statistic, test.p_value) == near((case["expected"]["V"], case["expected"]["p_two"]), case)
    assert signed_rank(first, second, method="corrected").p_value == pytest.approx(0.00774, abs=5e-6)


@witnesses.crosschecks("item_wilcoxon_p_asym_cc_wilcox")
def test_the_corrected_normal_chance_is_that_of_the_peers(case):
    test = signed_rank(witnesses.column(case, "X"), witnesses.column(case, "Y"), method="corrected")
    assert test.p_value == near(case["expected"]["item_wilcoxon_p_asym_cc_wilcox"], case)


@witnesses.crosschecks("baseline_p_asym", "baseline_p_holm", "baseline_p_bh")
def test_chances_against_the_baseline_and_their_corrections_are_those_of_the_peers(case):
    ratings = witnesses.matrix(case["X"])
    plain = [
        signed_rank(ratings[:, item], level, method="normal").p_value for item, level in enumerate(case["baseline"])
    ]
    for ours, key in ((plain, "p_asym"), (adjust(plain, "holm"), "p_holm"), (adjust(plain, "bh"), "p_bh")):
        expected = witnesses.matrix(case[f"baseline_{key}"])
        np.testing.assert_allclose(ours, expected, rtol=1e-6, atol=1e-7)


@witnesses.references("p_adjust")
def test_corrections_are_those_of_r(case):
    assert adjust(case["data"], "holm") == near(tuple(case["expected"]["holm"]), case)
    screened = adjust(case["data"], "bh")
    assert screened == near(tuple(case["expected"]["BH"]), case)
    assert sum(p <= 0.05 for p in screened) == case["expected"]["n_reject_BH"]


@witnesses.references("tost")
def test_equivalence_is_that_of_statsmodels_and_pingouin(case):
    low, high = case["args"]["low"], case["args"]["high"]
    test = equivalence(case["data"], (low + high) / 2, margin=(high - low) / 2)
    assert (test.p_value, test.equivalent) == (near(case["expected"]["p"], case), True)
    interval = stats.ttest_1samp(case["data"], 4).confidence_interval(0.9)
    assert (test.low, test.high) == pytest.approx(interval)


differences = st.lists(st.sampled_from([-2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2]), min_size=1, max_size=9)


@given(differences)
def test_the_exact_chance_is_that_of_every_sign_pattern_in_loops(values):
    test = signed_rank(values, 0)
    kept = [value for value in values if value]
    if not kept:
        assert (test.statistic, test.p_value, test.reason) == (0, 1, NO_DIFFERENCE)
        return
    ranks = stats.rankdata(np.abs(kept))
    statistic = sum(rank for rank, value in zip(ranks, kept, strict=True) if value > 0)
    sums = [sum(np.array(signs) * ranks) for signs in product((0, 1), repeat=len(ranks))]
    lower, upper = (sum(s <= statistic for s in sums), sum(s >= statistic for s in sums))
    assert test.statistic == statistic
    assert test.p_value == pytest.approx(min(1, 2 * min(lower, upper) / len(sums)))
    assert test.rank_biserial == pytest.approx((2 * statistic - sum(ranks)) / sum(ranks))


@given(differences)
def test_location_is_the_median_of_all_averages_of_two(values):
    averages = [(values[i] + values[j]) / 2 for i in range(len(values)) for j in range(i, len(values))]
    assert signed_rank(values, 0).hodges_lehmann == pytest.approx(np.median(averages))
    distinct, counts = np.unique(values, return_counts=True)
    assert hodges_lehmann(distinct, counts) == pytest.approx(np.median(averages))


@given(st.lists(st.integers(1, 5), min_size=6, max_size=14), st.sampled_from([2.0, 2.3, 2.5, 3.75]))
def test_the_interval_holds_every_location_the_test_keeps_next_to_it(values, reference):
    test = signed_rank(values, reference)
    assert test.low <= test.hodges_lehmann <= test.high
    # A step of 1/8 beyond an end stays between two Walsh averages, which lie on halves.
    for beyond in (test.low - 0.125, test.high + 0.125):
        assert signed_rank(values, beyond).p_value < 0.05
    if test.low < test.hodges_lehmann:
        assert signed_rank(values, test.low + 0.125).p_value >= 0.05
    if test.high > test.hodges_lehmann:
        assert signed_rank(values, test.high - 0.125).p_value >= 0.05


def test_without_ties_the_interval_is_the_classical_one_of_walsh_averages():
    # n = 10: P(V ≤ 8) = 25/1024 < .025 < P(V ≤ 9) = 33/1024, so the ninth Walsh average from either end.
    values = np.random.default_rng(3).normal(size=10)
    averages = np.sort([(values[i] + values[j]) / 2 for i in range(10) for j in range(i, 10)])
    test = signed_rank(values, 0)
    assert (test.low, test.high) == pytest.approx((averages[8], averages[-9]))


@pytest.mark.parametrize("groups", [1, 2, 5, 40])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 1.0])
def test_large_panels_have_the_exact_chance_too_however_rare(groups, share):
    ties = np.random.default_rng(groups).multinomial(230, np.full(groups, 1 / groups))
    ranks = 2 * ties.cumsum() - ties + 1
    tail = int(share * (ranks @ ties) / 2)
    assert tilted(ranks, ties, tail) == pytest.approx(listed(ranks, ties, tail), rel=1e-10)


def test_a_tail_below_every_rank_is_that_of_no_positive_sign():
    assert tilted(np.array([301]), np.array([300]), 5) == 0.5**300


def test_large_panels_without_ties_have_scipys_exact_chance():
    values = np.random.default_rng(9).normal(0.1, 1, 230)
    assert signed_rank(values, 0).p_value == pytest.approx(stats.wilcoxon(values, method="exact").pvalue)


def test_unanimity_against_a_large_panel_keeps_the_smallest_chance_there_is():
    assert signed_rank([4] * 300, 3).p_value == 2.0**-299
    # One of 300 on the other side: it may be any of them, or none.
    assert signed_rank([4] * 299 + [2], 3).p_value == pytest.approx(2 * 301 * 2.0**-300)


def test_the_reference_may_differ_by_rater():
    paired = signed_rank([4, 5, NAN, 2, 4, 5, 5], [3, 3, 1, 2, 1, 4, NAN])
    assert paired == signed_rank([1, 2, 0, 3, 1], 0)


def test_the_reference_may_be_any_kind_of_one_number():
    plain = signed_rank([4, 5, 3, 2, 5, 5], 3)
    assert [signed_rank([4, 5, 3, 2, 5, 5], kind(3)) for kind in (np.array, np.float32, np.int8)] == [plain] * 3


def test_samples_too_small_say_so():
    assert signed_rank([NAN], 3).reason == NO_RATINGS
    small = signed_rank([4, 5, 4, 5, 4], 3)
    assert (small.p_value, math.isnan(small.low), small.reason) == (2 / 32, True, FEW_FOR_INTERVAL)
    level = signed_rank([3] * 8, 3)
    assert (level.statistic, level.p_value, level.hodges_lehmann, level.reason) == (0, 1, 3, NO_DIFFERENCE)
    assert math.isnan(level.rank_biserial)
    assert (level.low, level.high) == (3, 3)
    assert math.isnan(hodges_lehmann(np.array([]), np.array([], dtype=np.int64)))


def test_equivalence_needs_two_ratings_that_differ():
    for ratings, reason in (([4], FEW_FOR_T), ([4, 4, 4], NO_SPREAD), ([], FEW_FOR_T)):
        test = equivalence(ratings, 4)
        assert (math.isnan(test.p_value), test.equivalent, test.reason) == (True, False, reason)
    assert not equivalence([1, 5, 1, 5], 3).equivalent


def test_the_gap_of_a_panel_counted_by_hand():
    ratings = [[3, 4, 2, NAN], [4, 4, 2, NAN], [4, 5, 2, NAN], [5, 5, 3, NAN], [4, 1, 3, NAN], [4, NAN, 3, NAN]]
    items = gap(ratings, [4, 3.5, 4, 2], FIVE)
    assert items.difference[:3] == (0, 0.5, -1.5)
    assert items.size == ("close", "slight", "wide", None)
    assert (items.above, items.same, items.below) == ((1, 4, 0, 0), (4, 0, 0, 0), (1, 1, 6, 0))
    # Six alike signs: 2/64; Holm multiplies the least of three.
    assert (items[2].p_value, items[2].p_holm, items[2].rank_biserial) == (2 / 64, 3 * 2 / 64, -1)
    assert (items[2].hodges_lehmann, items[2].low, items[2].high) == (-1.5, -2, -1)
    assert items[3].reason == NO_RATINGS
    assert math.isnan(items[3].difference)


@pytest.mark.parametrize(
    ("baseline", "size"),
    [(3.5, "slight"), (3.51, "close"), (2.5, "wide"), (3.01, "slight"), (1 + 4 * 0.625, "slight"), (3 + 1e-12, "wide")],
)
def test_sizes_change_at_half_a_category_and_at_one(baseline, size):
    ratings = [[4]] * 5 if baseline != 2.5 else [[3], [4], [3], [4]]
    assert gap(ratings, [baseline], FIVE).size == (size,)


def test_sizes_go_by_categories_not_by_units():
    assert gap([[40], [50]], [42], (10, 20, 30, 40, 50)).size == ("close",)


def test_an_item_without_baseline_keeps_its_place_and_says_why():
    (first, second) = gap([[3, 3], [4, 4]], [NAN, 3], FIVE)
    assert (first.size, first.above, first.reason, math.isnan(first.p_holm)) == (None, 0, NO_BASELINE, True)
    assert second.size == "slight"


def test_a_baseline_that_does_not_fit_is_refused():
    with pytest.raises(ConsensusError, match="`baseline` has 1 values and `ratings` 2 items"):
        gap([[1, 2]], [3], FIVE)
    with pytest.raises(
        ConsensusError, match=r"`baseline` at item 1 \(counted from 0\) is 5.5; give a value from 1 to 5"
    ):
        gap([[1, 2]], [3, 5.5], FIVE)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_corrected_chances_are_those_of_their_definition_in_loops(values):
    count = len(values)
    ranked = sorted(values)
    holm = [max((count - i) * ranked[i] for i in range(ranked.index(p) + ranked.count(p))) for p in values]
    bh = [min(count * ranked[i] / (i + 1) for i in range(ranked.index(p), count)) for p in values]
    assert adjust(values, "holm") == pytest.approx([min(1, p) for p in holm])
    assert adjust(values, "bh") == pytest.approx([min(1, p) for p in bh])


def test_unknown_chances_stay_unknown_and_do_not_count():
    assert adjust([0.01, NAN, 0.04], "holm") == pytest.approx((0.02, NAN, 0.04), nan_ok=True)
    assert adjust([], "bh") == ()


@pytest.mark.parametrize(
    ("call", "argument", "sentence"),
    [
        (lambda: adjust([0.5], "bonferroni"), "method", "use one of holm, bh"),
        (lambda: adjust([0.5, 1.5], "bh"), "p_values", r"row 1 \(counted from 0\) is 1.5; give numbers from 0 to 1"),
        (lambda: signed_rank([1, 2], 0, method="pratt"), "method", "use one of exact, normal, corrected"),
        (lambda: signed_rank([1, 2], NAN), "reference", "must be a finite number"),
        (lambda: signed_rank([1, 2], "3"), "reference", "must be a finite number"),
        (lambda: signed_rank([1, 2], [1, 2, 3]), "reference", "has 3 entries and `column` 2"),
        (lambda: equivalence([1, 2], 0, margin=0), "margin", "must be a number above 0"),
        (lambda: equivalence([1, 2], 0, margin=True), "margin", "must be a number above 0"),
    ],
)
def test_a_wrong_argument_is_refused_with_what_would_work(call, argument, sentence):
    with pytest.raises(ConsensusError, match=sentence) as refusal:
        call()
    assert refusal.value.argument == argument
