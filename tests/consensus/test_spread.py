"""Spread of one item against published figures, R, a second loop-written way, and properties."""

import copy
import math
import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus import ConsensusError, Scale, describe, describe_item, pair_counts
from consensus.spread import NO_RATINGS, ONE_RATING, van_der_eijk, wilson
from tests.consensus import witnesses
from tests.consensus.witnesses import near

FIVE = Scale()
NAN = float("nan")


def spelled(counts: list[int]) -> list[int]:
    """Ratings 1, 2, 3 … as often as counted."""
    return [value for value, count in enumerate(counts, 1) for _ in range(count)]


@witnesses.references("van_der_eijk_A", "tastle_wierman_cns", "ordinal_dispersion_set")
def test_agreement_figures_are_those_of_agrmt(case):
    item = describe_item(spelled(case["data"]), range(1, len(case["data"]) + 1))
    ours = {"van_der_eijk_A": item.van_der_eijk, "cns": item.tastle_wierman}
    if "value" in case["expected"]:
        ours = {"value": item.van_der_eijk if case["measure"] == "van_der_eijk_A" else item.tastle_wierman}
    assert ours == {key: near(case["expected"][key], case) for key in ours}


@witnesses.references("iqr")
def test_quartiles_are_type_7_of_r(case):
    item = describe_item(case["data"], FIVE)
    assert item.iqr == near(case["expected"]["iqr_type7"], case)
    assert item.mad == near(case["expected"].get("mad_raw", item.mad), case)


@witnesses.references("rwg_single")
def test_r_wg_and_a_wg_are_those_of_the_multilevel_package(case):
    item = describe_item(case["data"], FIVE)
    expected = case["expected"]
    assert (item.r_wg, item.r_wg_star, item.a_wg) == near((expected["rwg"], expected["rwg"], expected["awg"]), case)


@witnesses.references("rwg_j_family")
def test_means_over_items_are_the_multi_item_figures_of_the_multilevel_package(case):
    items = describe(case["data"], FIVE)
    ours = {
        "rwg_star_j": np.mean(items.r_wg_star),
        "awg_j": np.mean(items.a_wg),
        "ad_median": np.mean(items.average_deviation),
    }
    assert ours == {key: near(case["expected"][key], case) for key in ours}


@witnesses.crosschecks("item_iqr_type7", "item_mad", "item_cv_ddof1", "item_vdeijk_A", "item_cns")
def test_an_items_figures_are_those_of_the_peers(case):
    item = describe_item(witnesses.column(case, "X"), FIVE)
    ours = {
        "item_iqr_type7": item.iqr,
        "item_mad": item.mad,
        "item_cv_ddof1": item.cv,
        "item_vdeijk_A": item.van_der_eijk,
        "item_cns": item.tastle_wierman,
    }
    assert ours == {key: near(case["expected"][key], case) for key in ours}


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_that_of_newcombe_1998_table_1(hits, n, low, high):
    ours = wilson(np.array([hits]), np.array([n]))
    assert [round(float(end[0]), 4) for end in ours] == [low, high]


@pytest.mark.parametrize(
    ("counts", "pair", "in_pair"),
    [
        ([0, 0, 2, 5, 3], (4, 5), 8),  # the median 4 is on the edge of both its pairs
        ([0, 1, 5, 2, 2], (3, 4), 7),
        ([5, 0, 2, 0, 5], (2, 3), 2),  # the median 3 holds: camps at the ends do not; ties take the lower pair
        ([3, 3, 0, 0, 0], (1, 2), 6),
        ([4, 0, 0, 4, 0], (2, 3), 0),  # the median 2.5 lies inside one pair only
        ([0, 0, 0, 0, 4], (4, 5), 4),
        ([4, 0, 0, 0, 0], (1, 2), 4),
        ([0, 3, 3, 3, 0], (2, 3), 6),
    ],
)
def test_the_pair_is_the_fullest_that_holds_the_median(counts, pair, in_pair):
    item = describe_item(spelled(counts), FIVE)
    assert (item.pair, item.in_pair) == (pair, in_pair)
    read = pair_counts(np.array(spelled(counts))[:, None], FIVE)
    assert (FIVE.categories[read.pair_low_index[0]], read.in_pair[0]) == (pair[0], in_pair)


@pytest.mark.parametrize(
    ("counts", "camps"),
    [
        ([0, 6, 0, 6, 0], True),
        ([0, 6, 3, 6, 0], True),  # exactly half as many in the middle
        ([0, 6, 4, 6, 0], False),
        ([0, 9, 0, 3, 0], True),  # exactly a quarter on one side
        ([0, 10, 0, 3, 0], False),
        ([6, 0, 0, 0, 6], True),
        ([3, 2, 3, 2, 3], False),
        ([0, 0, 0, 0, 9], False),
        ([6, 6, 0, 0, 0], False),
    ],
)
def test_two_camps_need_a_valley_and_a_quarter_on_each_side(counts, camps):
    assert describe_item(spelled(counts), FIVE).two_camps is camps


@pytest.mark.parametrize(("size", "tail"), [(2, 1), (3, 1), (4, 1), (5, 2), (6, 2), (7, 2), (8, 3), (9, 3), (10, 4)])
def test_tails_are_the_lowest_and_highest_two_fifths_of_the_categories(size, tail):
    item = describe_item(range(1, size + 1), range(1, size + 1))
    assert (item.share_low, item.share_high) == pytest.approx((tail / size, tail / size))


def test_an_item_without_ratings_has_a_reason_and_no_figure():
    item = describe_item([NAN, NAN], FIVE)
    assert (item.n, item.counts, item.pair, item.in_pair, item.two_camps) == (0, (0,) * 5, None, 0, False)
    assert item.reason == NO_RATINGS
    names = "median q1 q3 iqr mean sd cv mad share_in_pair wilson_low share_low r_wg a_wg tastle_wierman van_der_eijk"
    assert all(math.isnan(getattr(item, name)) for name in names.split())


def test_one_rating_has_a_place_and_never_passes_for_agreement():
    item = describe_item([NAN, 4], FIVE)
    assert (item.n, item.median, item.mean, item.share_in_pair, item.reason) == (1, 4.0, 4.0, 1.0, ONE_RATING)
    names = "iqr sd cv mad average_deviation r_wg r_wg_star a_wg tastle_wierman van_der_eijk"
    assert all(math.isnan(getattr(item, name)) for name in names.split())


def test_unanimity_is_perfect_at_the_end_of_the_scale_too():
    for value in (3, 5):
        item = describe_item([value] * 6, FIVE)
        assert (item.r_wg, item.a_wg, item.tastle_wierman, item.van_der_eijk, item.sd) == (1, 1, 1, 1, 0)


def test_camps_at_the_ends_make_r_wg_negative_only_where_it_may_be():
    item = describe_item([1, 1, 5, 5], FIVE)
    assert item.r_wg_star == pytest.approx(1 - (16 / 3) / 2)
    assert item.r_wg == 0


def test_zero_may_be_a_category_and_a_mean_of_zero_has_no_coefficient_of_variation():
    assert describe_item([0, 0, 3], range(4)).mean == 1
    item = describe_item([-1, 1], (-1, 0, 1))
    assert (item.mean, item.sd) == (0, math.sqrt(2))
    assert math.isnan(item.cv)


def test_a_rating_off_the_scale_is_refused_by_row():
    with pytest.raises(ConsensusError, match=r"^`column` at row 1 \(counted from 0\) is 0, which is off the scale"):
        describe_item([1, 0], FIVE)


def naive(ratings: list[int], size: int) -> dict[str, float]:
    """The same figures once more, by loops and from their definitions."""
    ordered, n = sorted(ratings), len(ratings)

    def order(values, part):
        place = (n - 1) * part
        low = math.floor(place)
        return values[low] + (place - low) * (values[min(low + 1, n - 1)] - values[low])

    median = order(ordered, 0.5)
    mean = sum(ratings) / n
    variance = sum((value - mean) ** 2 for value in ratings) / (n - 1)
    counts = [ratings.count(value) for value in range(1, size + 1)]
    consensus = 1 + sum(
        count / n * math.log2(1 - abs(value - mean) / (size - 1)) for value, count in enumerate(counts, 1) if count
    )
    left, agreement = list(counts), 0.0
    while any(left):
        thickness = min(count for count in left if count)
        layer = [int(count > 0) for count in left]
        filled, apart, together = sum(layer), 0, 0
        for i in range(size):
            for j in range(i + 1, size):
                for k in range(j + 1, size):
                    triple = (layer[i], layer[j], layer[k])
                    apart += triple == (1, 0, 1)
                    together += triple in ((1, 1, 0), (0, 1, 1))
        shape = 1.0
        if apart + together:
            shape = ((size - 2) * together - (size - 1) * apart) / ((size - 2) * (apart + together))
        agreement += shape * (1 - (filled - 1) / (size - 1)) * filled * thickness / n
        left = [count - thickness * bit for count, bit in zip(left, layer, strict=True)]
    return {
        "median": median,
        "q1": order(ordered, 0.25),
        "q3": order(ordered, 0.75),
        "sd": math.sqrt(variance),
        "mad": order(sorted(abs(value - median) for value in ratings), 0.5),
        "average_deviation": sum(abs(value - median) for value in ratings) / n,
        "r_wg_star": 1 - variance / ((size**2 - 1) / 12),
        "tastle_wierman": consensus,
        "van_der_eijk": agreement,
    }


panels = st.integers(2, 9).flatmap(
    lambda size: st.tuples(st.just(size), st.lists(st.integers(1, size), min_size=2, max_size=25))
)


@given(panels)
def test_every_figure_is_that_of_its_definition_in_loops(panel):
    size, ratings = panel
    item = describe_item(ratings, range(1, size + 1))
    expected = naive(ratings, size)
    assert {name: getattr(item, name) for name in expected} == pytest.approx(expected, abs=1e-12)


@given(panels)
def test_the_pair_found_by_counting_is_the_pair_found_by_looking(panel):
    size, ratings = panel
    median = float(np.median(ratings))
    holding = [pair for pair in pairwise(range(1, size + 1)) if pair[0] <= median <= pair[1]]
    inside = [sum(low <= value <= high for value in ratings) for low, high in holding]
    item = describe_item(ratings, range(1, size + 1))
    assert (item.in_pair, item.pair) == (max(inside), holding[inside.index(max(inside))])


@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_raters_and_silent_raters_change_nothing(panel, random):
    size, ratings = panel
    shuffled = [*ratings, NAN, NAN]
    random.shuffle(shuffled)
    assert describe_item(shuffled, range(1, size + 1)) == describe_item(ratings, range(1, size + 1))


@given(panels)
def test_reversing_the_scale_keeps_every_figure_of_agreement(panel):
    size, ratings = panel
    item = describe_item(ratings, range(1, size + 1))
    mirrored = describe_item([size + 1 - value for value in ratings], range(1, size + 1))
    same = [
        "iqr",
        "sd",
        "mad",
        "average_deviation",
        "in_pair",
        "r_wg_star",
        "a_wg",
        "tastle_wierman",
        "van_der_eijk",
        "two_camps",
    ]
    assert [getattr(mirrored, name) for name in same] == pytest.approx([getattr(item, name) for name in same])
    assert mirrored.median == size + 1 - item.median
    assert mirrored.share_low == pytest.approx(item.share_high)


@given(panels, st.integers(-5, 5), st.sampled_from([1, 2, 10]))
def test_shifting_and_stretching_the_scale_keeps_what_has_no_unit(panel, shift, stretch):
    size, ratings = panel
    moved = describe_item([shift + stretch * v for v in ratings], [shift + stretch * v for v in range(1, size + 1)])
    item = describe_item(ratings, range(1, size + 1))
    same = ["counts", "in_pair", "wilson_low", "r_wg_star", "a_wg", "tastle_wierman", "van_der_eijk", "two_camps"]
    for name in same:
        assert getattr(moved, name) == pytest.approx(getattr(item, name))
    assert moved.iqr == pytest.approx(stretch * item.iqr)


@given(st.lists(st.lists(st.sampled_from([1, 2, 3, 4, 5, None]), min_size=4, max_size=4), min_size=1, max_size=8))
def test_all_items_at_once_are_the_items_one_by_one(rows):
    together = describe(rows, FIVE)
    for item, alone in enumerate(together):
        # repr, since nan is not equal to itself.
        assert repr(describe_item([row[item] for row in rows], FIVE)) == repr(alone)
    assert together.n == tuple(record.n for record in together)


def test_records_of_all_items_are_read_by_item_and_by_field_and_survive_a_worker_process():
    items = describe([[1, 2], [3, 2]], FIVE)
    assert (items[1].mean, items.mean, isinstance(items, tuple)) == (2, (2, 2), True)
    assert pickle.loads(pickle.dumps(items)) == copy.deepcopy(items) == items
    with pytest.raises(AttributeError):
        _ = items.no_such_field


def test_agreement_of_layers_is_undefined_for_nobody():
    assert math.isnan(van_der_eijk(np.zeros((1, 5), dtype=np.int64))[0])
