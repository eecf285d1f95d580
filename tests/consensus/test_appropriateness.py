"""The RAND/UCLA method against a published table, its manual's counts, and figures by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus import ConsensusError, ram
from consensus.appropriateness import NO_RATINGS, OTHER_SIZE
from tests.consensus import witnesses
from tests.consensus.witnesses import near


@witnesses.references("rand_ipras", "rand_classic_and_ipras")
def test_ipras_and_the_classic_counts_are_the_published_ones(case):
    found = ram(case["data"])
    ours = {
        "p30": found.p30,
        "p70": found.p70,
        "IPR": found.ipr,
        "AI": abs(5 - (found.p30 + found.p70) / 2),
        "IPRAS": found.ipras,
        "DI": found.index,
        "disagreement": found.disagreement_ipras,
        "median": found.median,
        "low": found.low,
        "high": found.high,
        "outside": found.outside,
        "disagreement_classic": int(found.disagreement),
        "agreement_classic": int(found.agreement),
    }
    assert {key: ours[key] for key in case["expected"]} == near(case["expected"], case)
    assert found.validated is True


@pytest.mark.parametrize(
    ("n", "enough"), [(8, 3), (9, 3), (10, 3), (11, 4), (12, 4), (13, 4), (14, 5), (15, 5), (16, 5)]
)
def test_the_counts_by_panel_size_are_those_of_the_manual(n, enough):
    # Fitch et al. (2001): 8–10, 11–13 and 14–16 raters need 3, 4 and 5 in each extreme third to disagree, and agree
    # with one fewer outside the median's third.
    split = [1] * enough + [5] * (n - 2 * enough) + [9] * enough
    assert ram(split).disagreement is True
    assert ram([2, *split[1:-1], 5]).disagreement is False
    for outside in (enough - 1, enough):
        found = ram([8] * (n - outside) + [5] * outside)
        assert (found.outside, found.agreement) == (outside, outside < enough)


@pytest.mark.parametrize("n", [1, 7, 17])
def test_other_panel_sizes_have_no_classic_answer(n):
    found = ram([7] * n)
    assert (found.agreement, found.disagreement, found.reason) == (None, None, OTHER_SIZE)
    assert found.disagreement_ipras is False


def test_a_median_between_two_thirds_belongs_to_the_higher():
    found = ram([3] * 5 + [4] * 5)
    assert (found.median, found.outside, found.agreement) == (3.5, 5, False)
    assert ram([6] * 2 + [7] * 2 + [6] * 3 + [7] * 3).outside == 5


def test_five_points_are_moved_onto_nine_and_marked():
    found = ram([1, 1, 1, 3, 5, 5, 5, 5], points=5)
    nine = ram([1, 1, 1, 5, 9, 9, 9, 9])
    assert found.validated is False
    assert (found.ipr, found.ipras, found.index, found.low, found.high) == (
        nine.ipr,
        nine.ipras,
        nine.index,
        nine.low,
        nine.high,
    )


def test_nobody_gives_no_answer():
    found = ram([float("nan")])
    assert (found.agreement, found.disagreement_ipras, found.reason) == (None, None, NO_RATINGS)
    assert math.isnan(found.ipras)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=20))
def test_ipras_is_its_formula_and_mirrors_with_the_scale(ratings):
    found, mirrored = ram(ratings), ram([10 - value for value in ratings])
    assert found.ipr == pytest.approx(found.p70 - found.p30)
    assert found.ipras == pytest.approx(2.35 + 1.5 * abs(5 - (found.p30 + found.p70) / 2))
    assert (mirrored.ipr, mirrored.disagreement_ipras, mirrored.disagreement) == (
        pytest.approx(found.ipr),
        found.disagreement_ipras,
        found.disagreement,
    )


@pytest.mark.parametrize("points", [2, 9.0, True])
def test_a_scale_without_thirds_is_refused(points):
    with pytest.raises(ConsensusError, match="`points` must be a whole number of 3 or more"):
        ram([1, 2], points=points)


def test_a_rating_off_the_scale_is_refused():
    with pytest.raises(ConsensusError, match=r"row 0 \(counted from 0\) is 6, which is off the scale"):
        ram([6], points=5)
