"""How many must agree: the guarded count against the published table, and against every panel counted one by one."""

from fractions import Fraction
from itertools import product
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus import PRESETS, ConsensusError, needed_in_pair
from consensus.chance import pass_probability

# STATISTICS.md, "The default rule": ratings on an item, and how many of them must agree.
FIVE_POINTS = {
    5: 5, 6: 6, 7: 7, 8: 7, 9: 8, 10: 8, 11: 9, 12: 10, 13: 10, 14: 11, 15: 12, 16: 12, 20: 15, 24: 18,
}  # fmt: skip
FOUR_POINTS = {1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 6: 6, 8: 8, 10: 9, 12: 11, 16: 13, 20: 16}
SIX_POINTS = {5: 5, 7: 6, 8: 7, 10: 8, 12: 9}


def in_pair_by_hand(ratings: tuple[int, ...], categories: int) -> int:
    """The rule's words, rating by rating: the fullest pair of neighbours that holds the median."""
    ordered = sorted(ratings)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    return max(
        sum(low <= rating <= low + 1 for rating in ratings)
        for low in range(categories - 1)
        if low <= middle <= low + 1
    )


@pytest.mark.parametrize(
    ("categories", "raters", "needed"),
    [(5, *pair) for pair in FIVE_POINTS.items()]
    + [(4, *pair) for pair in FOUR_POINTS.items()]
    + [(6, *pair) for pair in SIX_POINTS.items()],
)
def test_the_needed_count_is_that_of_the_published_table(categories: int, raters: int, needed: int) -> None:
    assert needed_in_pair(raters, categories) == needed


@pytest.mark.parametrize(("raters", "percent"), [(5, 31), (6, 15), (8, 18), (9, 10), (12, 6)])
def test_without_the_guard_random_panels_pass_as_often_as_published(raters: int, percent: int) -> None:
    assert round(100 * pass_probability(raters, 5, ceil(0.75 * raters))) == percent


@pytest.mark.parametrize(
    ("categories", "raters"), [(2, 5), (2, 9), (3, 5), (3, 8), (4, 5), (4, 7), (5, 5), (5, 7), (6, 6)]
)
def test_the_chance_of_every_majority_equals_counting_all_panels_one_by_one(categories: int, raters: int) -> None:
    held = [in_pair_by_hand(panel, categories) for panel in product(range(categories), repeat=raters)]
    for needed in range(raters // 2 + 1, raters + 1):
        assert pass_probability(raters, categories, needed) == Fraction(sum(n >= needed for n in held), len(held))


@pytest.mark.parametrize(("categories", "raters"), [(2, 5), (2, 60), (3, 5), (3, 9), (4, 5)])
def test_where_unanimity_fails_the_guard_more_are_needed_than_there_are(categories: int, raters: int) -> None:
    assert needed_in_pair(raters, categories) == raters + 1


@pytest.mark.parametrize(("categories", "fewest"), [(2, None), (3, 10), (4, 6), (5, 5), (6, 5), (9, 5)])
def test_a_rule_says_how_many_can_agree_at_all(categories: int, fewest: int | None) -> None:
    assert PRESETS["workshop"].fewest_raters(categories) == fewest


@given(st.integers(1, 40), st.integers(2, 9), st.integers(51, 100), st.integers(1, 50))
def test_the_needed_count_is_the_smallest_that_is_both_share_and_no_accident(
    raters: int, categories: int, share: int, chance: int
) -> None:
    needed = needed_in_pair(raters, categories, share=Fraction(share, 100), chance=Fraction(chance, 100))
    least = ceil(Fraction(share * raters, 100))
    assert least <= needed <= raters + 1
    if needed <= raters:
        assert pass_probability(raters, categories, needed) <= Fraction(chance, 100)
    if needed > least:
        assert pass_probability(raters, categories, needed - 1) > Fraction(chance, 100)


def test_a_hall_of_a_thousand_needs_its_share_and_no_more() -> None:
    # By theory: a pair of five holds .4 ± .016 of a thousand random ratings, 22 standard errors below .75.
    assert needed_in_pair(1000, 5) == 750


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"raters": -1}, "raters"),
        ({"raters": 2.5}, "raters"),
        ({"raters": True}, "raters"),
        ({"categories": 1}, "categories"),
        ({"share": 0.5}, "share"),
        ({"share": 1.01}, "share"),
        ({"share": "most"}, "share"),
        ({"share": float("nan")}, "share"),
        ({"chance": -0.1}, "chance"),
        ({"chance": float("inf")}, "chance"),
    ],
)
def test_the_needed_count_refuses_what_it_cannot_count(arguments: dict[str, object], argument: str) -> None:
    with pytest.raises(ConsensusError) as refused:
        needed_in_pair(**{"raters": 8, "categories": 5, **arguments})  # type: ignore[arg-type]
    assert (refused.value.argument, refused.value.code) == (argument, "out_of_range")


def test_more_than_there_are_never_stand_together() -> None:
    assert pass_probability(8, 5, 9) == 0


@pytest.mark.parametrize(("raters", "categories"), [(500, 5), (5000, 5), (2000, 9), (5000, 3)])
def test_in_a_hall_the_share_alone_is_asked_for_without_counting_all_ways(raters: int, categories: int) -> None:
    # By theory: the chance of three quarters in one pair is below 10^-6 for 500 ratings on three points.
    assert needed_in_pair(raters, categories) == ceil(0.75 * raters)


@pytest.mark.parametrize("categories", [3, 4, 5])
def test_the_bound_that_spares_the_count_changes_no_answer(categories: int) -> None:
    for raters in range(1, 26):
        counted = next(
            (n for n in range(ceil(0.75 * raters), raters + 1)
             if pass_probability(raters, categories, n) <= Fraction(1, 20)), raters + 1
        )  # fmt: skip
        assert needed_in_pair(raters, categories) == counted


def test_chance_is_counted_for_majorities_alone() -> None:
    with pytest.raises(ConsensusError) as refused:
        pass_probability(8, 5, 4)
    assert refused.value.argument == "needed"
