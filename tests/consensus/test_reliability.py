"""Alpha, AC and intraclass correlations against their authors' examples, R, the peers and a second way in loops."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus import ConsensusError, gwet_ac, icc, krippendorff_alpha
from consensus.intraclass import ALL_ALIKE, FAR_BELOW, NEEDS_COMPLETE, NO_BETWEEN
from consensus.reliability import NO_PAIRS, ONE_VALUE
from tests.consensus import witnesses
from tests.consensus.witnesses import near

NAN = float("nan")
FIVE = (1, 2, 3, 4, 5)


@witnesses.references("krippendorff_alpha")
def test_alpha_is_krippendorffs_own(case):
    ratings = witnesses.matrix(case["data"])
    alpha = krippendorff_alpha(ratings, level=case["args"]["level"])
    assert alpha.value == near(case["expected"]["value"], case)
    rated = (~np.isnan(ratings)).sum(axis=0)
    assert alpha.pairable == rated[rated > 1].sum()


@witnesses.crosschecks("alpha_nominal", "alpha_ordinal", "alpha_interval")
def test_alpha_is_that_of_the_peers(case):
    ratings = witnesses.matrix(case["X"])
    for level in ("nominal", "ordinal", "interval"):
        value = krippendorff_alpha(ratings, level=level, categories=FIVE).value
        assert value == near(case["expected"][f"alpha_{level}"], case)


@witnesses.references("gwet_ac1", "gwet_ac2")
def test_ac_is_gwets_own(case):
    expected = case["expected"]
    if "ac1" in expected:
        ratings = [(i, j) for i, row in enumerate(case["data"]) for j, count in enumerate(row) for _ in range(count)]
        ac = gwet_ac(np.transpose(ratings), categories=range(3), weights="identity")
        assert ac.value == near(expected["ac1"], case)
        return
    weights = {"unweighted": "identity"}.get(case["args"]["weights"], case["args"]["weights"])
    ac = gwet_ac(witnesses.matrix(case["data"]), categories=case["args"]["categories"], weights=weights)
    assert (ac.value, ac.observed, ac.expected) == near((expected["AC"], expected["pa"], expected["pe"]), case)


@witnesses.references("icc")
def test_intraclass_correlations_are_those_of_shrout_and_fleiss(case):
    found = icc(case["data"])
    ours = {
        **{name: getattr(found, name.lower()) for name in ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")},
        "ICC2_lo": found.icc2_low,
        "ICC2_hi": found.icc2_high,
        "ICC2k_lo": found.icc2k_low,
        "ICC2k_hi": found.icc2k_high,
        "F": found.f,
        "p": found.p_value,
    }
    assert ours == near(case["expected"], case)


@witnesses.crosschecks("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k", "ICC2_lo", "ICC2_hi")
def test_intraclass_correlations_are_those_of_the_peers(case):
    found = icc(case["X"])
    for name in ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"):
        assert getattr(found, name.lower()) == near(case["expected"][name], case)
    assert (found.icc2_low, found.icc2_high) == near((case["expected"]["ICC2_lo"], case["expected"]["ICC2_hi"]), case)


def test_intervals_of_one_way_and_fixed_raters_are_shrout_and_fleiss_by_hand():
    # Table 2 of the paper; its mean squares 11.24, 6.26 and 1.02 and F quantiles 4.0304 and 3.5764 (tables of F).
    ratings = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
    found = icc(ratings)
    assert (round(found.icc1_low, 2), round(found.icc1_high, 2)) == (-0.13, 0.72)
    assert (round(found.icc3_low, 2), round(found.icc3_high, 2)) == (0.34, 0.95)
    assert (round(found.icc1k_low, 2), round(found.icc1k_high, 2)) == (-0.88, 0.91)
    assert (round(found.icc3k_low, 2), round(found.icc3k_high, 2)) == (0.68, 0.99)


def naive_icc(ratings):
    """The six once more, from mean squares added up rating by rating (Shrout & Fleiss 1979, equations 1 to 6)."""
    k, n = len(ratings), len(ratings[0])
    whole = sum(map(sum, ratings)) / (k * n)
    by_item = [sum(row[item] for row in ratings) / k for item in range(n)]
    by_rater = [sum(row) / n for row in ratings]
    between = k * sum((mean - whole) ** 2 for mean in by_item) / (n - 1)
    raters = n * sum((mean - whole) ** 2 for mean in by_rater) / (k - 1)
    error = within = 0.0
    for i, row in enumerate(ratings):
        for j, value in enumerate(row):
            error += (value - by_item[j] - by_rater[i] + whole) ** 2 / ((n - 1) * (k - 1))
            within += (value - by_item[j]) ** 2 / (n * (k - 1))
    return {
        "icc1": (between - within) / (between + (k - 1) * within),
        "icc2": (between - error) / (between + (k - 1) * error + k * (raters - error) / n),
        "icc3": (between - error) / (between + (k - 1) * error),
        "icc1k": (between - within) / between,
        "icc2k": (between - error) / bottom if (bottom := between + (raters - error) / n) > 1e-9 else NAN,
        "icc3k": (between - error) / between,
    }


@given(
    st.tuples(st.integers(2, 6), st.integers(2, 6)).flatmap(
        lambda shape: st.lists(
            st.lists(st.integers(1, 5), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
        )
    )
)
def test_intraclass_correlations_are_those_of_their_definition_in_loops(rows):
    found = icc(rows)
    if len({sum(column) for column in zip(*rows, strict=True)}) == 1:
        assert found.reason in (ALL_ALIKE, NO_BETWEEN)
        return
    expected = naive_icc(rows)
    assert found.icc3 == pytest.approx(expected["icc3"], abs=1e-9)
    for name, value in expected.items():
        assert getattr(found, name) == pytest.approx(value, rel=1e-6, abs=1e-9, nan_ok=True)
    assert (found.reason == FAR_BELOW) == any(math.isnan(getattr(found, name)) for name in (*expected, "icc2k_low"))


def naive_alpha(ratings, level):
    """Alpha once more: every pair of ratings in an item, and every pair of all pairable ratings."""
    items = [[value for value in column if value == value] for column in np.transpose(ratings).tolist()]
    items = [item for item in items if len(item) > 1]
    pooled = [value for item in items for value in item]

    def distance(a, b):
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return (a - b) ** 2
        if level == "ratio":
            return ((a - b) / (a + b)) ** 2 if a + b else 0.0
        low, high = min(a, b), max(a, b)
        between = sum(low <= value <= high for value in pooled)
        return (between - (pooled.count(a) + pooled.count(b)) / 2) ** 2

    seen = sum(sum(distance(a, b) for a in item for b in item) / (len(item) - 1) for item in items) / len(pooled)
    chance = sum(distance(a, b) for a in pooled for b in pooled) / (len(pooled) * (len(pooled) - 1))
    return 1 - seen / chance


def naive_ac(ratings, values, weights):
    """AC once more, pair by pair."""
    q, far = len(values), max(values) - min(values)

    def weight(a, b):
        steps = abs(values.index(a) - values.index(b))
        return {
            "identity": float(a == b),
            "ordinal": 1 - (steps * (steps + 1) / 2) / (q * (q - 1) / 2),
            "linear": 1 - abs(a - b) / far,
            "quadratic": 1 - (a - b) ** 2 / far**2,
        }[weights]

    items = [[value for value in column if value == value] for column in np.transpose(ratings).tolist()]
    items = [item for item in items if item]
    alike = [
        sum(weight(item[i], item[j]) for i in range(len(item)) for j in range(len(item)) if i != j)
        / (len(item) * (len(item) - 1))
        for item in items
        if len(item) > 1
    ]
    share = [np.mean([item.count(value) / len(item) for item in items]) for value in values]
    total = sum(weight(a, b) for a in values for b in values)
    chance = total / (q * (q - 1)) * sum(p * (1 - p) for p in share)
    return (np.mean(alike) - chance) / (1 - chance)


panels = st.integers(1, 5).flatmap(
    lambda items: st.lists(
        st.lists(st.sampled_from([1, 2, 3, 5, None]), min_size=items, max_size=items), min_size=2, max_size=6
    )
)


@given(panels, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_that_of_its_definition_in_loops(rows, level):
    ratings = np.array(rows, dtype=float)
    alpha = krippendorff_alpha(rows, level=level)
    pairable = ratings[:, (~np.isnan(ratings)).sum(axis=0) > 1]
    if not (~np.isnan(pairable)).any():
        assert (math.isnan(alpha.value), alpha.pairable, alpha.reason) == (True, 0, NO_PAIRS)
    elif np.nanmin(pairable) == np.nanmax(pairable):
        assert (math.isnan(alpha.value), alpha.reason) == (True, ONE_VALUE)
    else:
        assert alpha.value == pytest.approx(naive_alpha(rows_of(ratings), level), abs=1e-12)


@given(panels, st.sampled_from(["ordinal", "identity", "linear", "quadratic"]))
def test_ac_is_that_of_its_definition_in_loops(rows, weights):
    ratings = np.array(rows, dtype=float)
    # 1, 2, 3 and 5: steps between categories and their distances come apart.
    ac = gwet_ac(rows, categories=(1, 2, 3, 5), weights=weights)
    if ((~np.isnan(ratings)).sum(axis=0) < 2).all():
        assert (math.isnan(ac.value), ac.reason) == (True, NO_PAIRS)
    else:
        assert ac.value == pytest.approx(naive_ac(rows_of(ratings), [1, 2, 3, 5], weights), abs=1e-12)


def rows_of(ratings):
    return ratings.tolist()


@given(panels, st.integers(0, 9), st.sampled_from([0.1, 3]))
def test_shifting_stretching_and_reversing_the_scale_keeps_alpha(rows, shift, stretch):
    ratings = np.array(rows, dtype=float)
    for level in ("ordinal", "interval"):
        alpha = krippendorff_alpha(ratings, level=level).value
        for moved in (shift + stretch * ratings, -ratings):
            assert krippendorff_alpha(moved, level=level).value == pytest.approx(alpha, abs=1e-9, nan_ok=True)


def test_long_and_many_valued_matrices_give_what_their_parts_give():
    rng = np.random.default_rng(4)
    # More ratings than a block holds, with gaps and half steps late in the matrix.
    ratings = rng.integers(1, 6, (4000, 20)).astype(float)
    whole = krippendorff_alpha(ratings)
    assert krippendorff_alpha(ratings[:, ::-1] / 2).value == pytest.approx(whole.value, rel=1e-12)
    ratings[-1, 0], ratings[-2, 3] = 2.5, NAN
    assert krippendorff_alpha(ratings).pairable == 4000 * 20 - 1
    assert krippendorff_alpha(ratings).value == pytest.approx(whole.value, abs=1e-4)
    assert krippendorff_alpha(1000 * ratings).value == pytest.approx(krippendorff_alpha(ratings).value)
    reals = rng.normal(size=(3, 40))
    assert krippendorff_alpha(reals, level="interval").value == pytest.approx(naive_alpha(reals, "interval"))
    assert krippendorff_alpha(reals).value == pytest.approx(naive_alpha(reals, "ordinal"))


def test_ac_of_unanimity_is_one_where_alpha_has_no_value():
    unanimous = [[4, 4, 4], [4, 4, 4]]
    assert gwet_ac(unanimous, categories=FIVE).value == 1
    assert math.isnan(krippendorff_alpha(unanimous).value)


def test_unused_categories_change_ac_and_not_alpha():
    ratings = [[1, 2, 2, 1], [1, 2, 1, 1]]
    assert gwet_ac(ratings, categories=(1, 2, 3)).value != gwet_ac(ratings, categories=(1, 2)).value
    assert krippendorff_alpha(ratings, categories=(1, 2, 3)) == krippendorff_alpha(ratings, categories=(1, 2))


def test_intraclass_correlations_say_why_there_are_none():
    for ratings, reason in (([[1, 2], [NAN, 3]], NEEDS_COMPLETE), ([[3, 3], [4, 4]], ALL_ALIKE)):
        found = icc(ratings)
        assert (math.isnan(found.icc2), math.isnan(found.icc3k_high), found.reason) == (True, True, reason)
    found = icc([[1, 2], [2, 1]])
    assert (found.icc1, math.isnan(found.icc1k), found.reason) == (-1, True, NO_BETWEEN)


def test_raters_that_differ_only_in_level_agree_wholly_when_fixed():
    # By hand: mean squares 2 between items, 1.5 between raters and 0 in error: 2/(2 + 2·1.5/3) = 2/3.
    found = icc([[1, 2, 3], [2, 3, 4]])
    assert (found.icc3, found.icc3_low, found.icc3_high, found.f, found.p_value) == (1, 1, 1, math.inf, 0)
    assert found.icc2 == pytest.approx(2 / 3)
    perfect = icc([[1, 2, 3], [1, 2, 3]])
    assert (perfect.icc1, perfect.icc2, perfect.icc2_low, perfect.icc2_high, perfect.icc3k) == (1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("call", "argument", "sentence"),
    [
        (lambda: krippendorff_alpha([[1, 2]]), "ratings", "has 1 rater; give at least 2"),
        (
            lambda: krippendorff_alpha([[1], [2]], level="rank"),
            "level",
            "use one of nominal, ordinal, interval, ratio",
        ),
        (lambda: krippendorff_alpha([[-1], [2]], level="ratio"), "level", 'use level="interval"'),
        (
            lambda: krippendorff_alpha([[1], [9]], categories=FIVE),
            "ratings",
            r"row 1, column 0 \(counted from 0\) is 9",
        ),
        (lambda: gwet_ac([[1], [2]], categories=FIVE, weights="cubic"), "weights", "use one of ordinal, linear"),
        (lambda: gwet_ac([[1], [2]], categories=(1,)), "categories", "at least two categories"),
        (lambda: icc([[1], [2]]), "ratings", "has 1 item; give at least 2"),
        (
            lambda: krippendorff_alpha(np.random.default_rng(1).random((60, 50)), level="ratio"),
            "level",
            "more than 2000 values are too many",
        ),
    ],
)
def test_a_wrong_argument_is_refused_with_what_would_work(call, argument, sentence):
    with pytest.raises(ConsensusError, match=sentence) as refusal:
        call()
    assert refusal.value.argument == argument
