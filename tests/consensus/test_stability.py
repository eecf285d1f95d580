"""Movement between two votes against R, the peers, figures by hand, and a second loop-written way."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consensus import ConsensusError, Scale, describe_item, signed_rank, spearman, stability, weighted_kappa
from consensus.stability import NO_CHANGE, NO_PAIRS, NO_VARIATION
from tests.consensus import witnesses
from tests.consensus.witnesses import near

FIVE = Scale()
NAN = float("nan")


def spread_out(table):
    """The pairs of ratings a table counts."""
    return np.array([(i, j) for i, row in enumerate(table, 1) for j, count in enumerate(row, 1) for _ in range(count)])


@witnesses.references("weighted_kappa")
def test_weighted_kappa_is_that_of_irr_and_statsmodels(case):
    a, b = spread_out(case["data"]).T if case["args"].get("input") == "table" else case["data"]
    ours = weighted_kappa(a, b, categories=range(1, 7), weights=case["args"]["weights"])
    assert ours == near(case["expected"]["value"], case)


@witnesses.references("spearman")
def test_spearman_is_that_of_r(case):
    assert spearman(*case["data"]) == near(case["expected"]["value"], case)


@witnesses.crosschecks("item_wkappa_linear", "item_wkappa_quadratic")
def test_kappas_of_two_votes_are_those_of_the_peers(case):
    a, b = witnesses.column(case, "X"), witnesses.column(case, "Y")
    for weights in ("linear", "quadratic"):
        expected = near(case["expected"][f"item_wkappa_{weights}"], case)
        assert weighted_kappa(a, b, categories=FIVE.categories, weights=weights) == expected
    assert stability(case["X"], case["Y"], FIVE)[case["item"]].kappa == expected


@witnesses.crosschecks("item_spearman")
def test_the_correlation_of_two_votes_is_that_of_the_peers(case):
    expected = near(case["expected"]["item_spearman"], case)
    assert spearman(witnesses.column(case, "X"), witnesses.column(case, "Y")) == expected
    assert stability(case["X"], case["Y"], FIVE)[case["item"]].spearman == expected


def test_every_figure_of_a_vote_counted_by_hand():
    # Six voted twice, 2 2 3 4 5 5 and then 3 2 3 4 4 1; one came late, one left, both with an extreme rating.
    before = [[2], [2], [3], [4], [5], [5], [NAN], [1]]
    after = [[3], [2], [3], [4], [4], [1], [5], [NAN]]
    (item,) = stability(before, after, FIVE)
    assert item.paired == 6
    assert item.changed_share == pytest.approx(3 / 6)
    # Counts 0 2 1 1 2 and 1 1 2 2 0: ½(1 + 1 + 1 + 1 + 2)/6.
    assert item.net_change == pytest.approx(3 / 6)
    # Of the three who changed, 2→3 and 5→4 came nearer to the median 3.5 and 5→1 went farther.
    assert item.toward_median == pytest.approx(2 / 3)
    # The later median 3 holds 2–3 (three ratings) and 3–4 (four): nobody whose rating was 3 or 4 has another now.
    assert item.left_pair == 0
    assert item.median_shift == 3 - 3.5
    # 1 2 3 3 4 4 has quartiles 2.25 and 3.75; 2 2 3 4 5 5 has 2.25 and 4.75.
    assert item.iqr_change == -1.0
    # Changes +1, −1 and −4: midranks 1.5, 1.5 and 3, V = 1.5, and 3 of the 8 sign patterns give 1.5 or less.
    assert item.p_value == pytest.approx(2 * 3 / 8)


def test_those_who_left_the_pair_are_counted_from_inside_to_outside():
    before = [[4], [4], [5], [5], [4], [1]]
    after = [[4], [4], [5], [5], [2], [5]]
    (item,) = stability(before, after, FIVE)
    assert (item.left_pair, item.changed_share) == (1, pytest.approx(2 / 6))


def test_an_item_nobody_rated_twice_has_no_figure_and_says_so():
    (item,) = stability([[3], [NAN]], [[NAN], [4]], FIVE)
    assert (item.paired, item.left_pair, item.reason) == (0, 0, NO_PAIRS)
    names = "changed_share net_change toward_median median_shift iqr_change kappa spearman p_value"
    assert all(math.isnan(getattr(item, name)) for name in names.split())


def test_nobody_moved_leaves_nothing_to_test():
    (item,) = stability([[1], [3], [4]], [[1], [3], [4]], FIVE)
    assert (item.changed_share, item.net_change, item.kappa, item.spearman) == (0, 0, 1, 1)
    assert (math.isnan(item.toward_median), item.p_value, item.reason) == (True, 1, NO_CHANGE)


def test_votes_without_variation_have_no_correlation():
    (item,) = stability([[3], [3], [3]], [[4], [4], [4]], FIVE)
    assert (math.isnan(item.kappa), math.isnan(item.spearman), item.reason) == (True, True, NO_VARIATION)
    assert (item.changed_share, item.net_change, item.median_shift, item.p_value) == (1, 1, 1, 0.25)


votes = st.integers(2, 12).flatmap(
    lambda n: st.tuples(*[st.lists(st.sampled_from([1, 2, 3, 4, 5, None]), min_size=n, max_size=n)] * 2)
)


@given(votes)
def test_every_figure_is_that_of_its_definition_in_loops(pair_of_votes):
    first, second = pair_of_votes
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    (item,) = stability([[value] for value in first], [[value] for value in second], FIVE)
    assert item.paired == len(pairs)
    if not pairs:
        return
    was, now = (describe_item(side, FIVE) for side in zip(*pairs, strict=True))
    moved = [(a, b) for a, b in pairs if a != b]
    nearer = [abs(b - was.median) < abs(a - was.median) for a, b in moved]
    low, high = now.pair
    expected = {
        "changed_share": len(moved) / len(pairs),
        "net_change": sum(abs(a - b) for a, b in zip(was.counts, now.counts, strict=True)) / 2 / len(pairs),
        "toward_median": sum(nearer) / len(moved) if moved else NAN,
        "left_pair": sum(low <= a <= high and not low <= b <= high for a, b in pairs),
        "median_shift": now.median - was.median,
        "iqr_change": (now.q3 - now.q1) - (was.q3 - was.q1),
        "kappa": naive_kappa(pairs),
        "p_value": signed_rank([b - a for a, b in pairs], 0).p_value,
    }
    assert {name: getattr(item, name) for name in expected} == pytest.approx(expected, nan_ok=True)
    sides = list(zip(*pairs, strict=True))
    if all(len(set(side)) > 1 for side in sides):
        assert item.spearman == pytest.approx(stats.spearmanr(*sides).statistic)
        assert spearman(*sides) == pytest.approx(item.spearman)
    else:
        assert math.isnan(item.spearman)
        assert math.isnan(spearman(*sides))


def naive_kappa(pairs):
    """Weighted kappa once more: squared distances seen, over those of every first with every second rating."""
    first, second = zip(*pairs, strict=True)
    if len(set(first)) == 1 and len(set(second)) == 1:
        return NAN
    seen = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    return 1 - seen / (sum((a - b) ** 2 for a in first for b in second) / len(pairs) ** 2)


def test_zero_and_stretched_scales_change_no_share():
    before, after = np.array([[1, 2], [3, 2], [5, 4]]), np.array([[2, 2], [3, 1], [4, 5]])
    plain = stability(before, after, FIVE)
    moved = stability(10 * before - 10, 10 * after - 10, range(0, 41, 10))
    assert moved.kappa == pytest.approx(plain.kappa)
    assert moved.p_value == plain.p_value
    assert moved.median_shift == tuple(10 * shift for shift in plain.median_shift)


def test_votes_of_different_panels_are_refused():
    with pytest.raises(ConsensusError, match="is 2 raters × 1 items and `after` 1 × 1") as refusal:
        stability([[1], [2]], [[1]], FIVE)
    assert (refusal.value.argument, refusal.value.code) == ("after", "mismatched_votes")
    with pytest.raises(ConsensusError, match=r"^`after` at row 0, column 0 \(counted from 0\) is 6"):
        stability([[1]], [[6]], FIVE)


def test_kappa_and_correlation_refuse_what_is_not_paired_or_no_category():
    with pytest.raises(ConsensusError, match="`a` has 2 entries and `b` has 1; give one for each rater"):
        spearman([1, 2], [1])
    with pytest.raises(ConsensusError, match=r"^`b` at row 1 \(counted from 0\) is 9, .*; use one of 1, 2, 3, or nan"):
        weighted_kappa([1, 2], [1, 9], categories=(1, 2, 3))
    with pytest.raises(ConsensusError, match="use one of quadratic, linear, identity"):
        weighted_kappa([1, 2], [1, 2], categories=(1, 2), weights="cubic")
    assert math.isnan(spearman([], []))
    assert math.isnan(weighted_kappa([NAN, 1], [1, NAN], categories=(1, 2)))


def test_kappa_without_weights_is_cohens_by_hand():
    # Cohen's textbook form: (.7 − .5)/(1 − .5) with 7 of 10 alike and even margins.
    a = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]
    b = [1, 1, 1, 1, 2, 2, 2, 2, 1, 1]
    assert weighted_kappa(a, b, categories=(1, 2), weights="identity") == pytest.approx(
        (0.7 - (0.5 * 0.6 + 0.5 * 0.4)) / 0.5
    )
