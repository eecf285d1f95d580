"""Verdicts against a second, loop-written reading of the rule, and what no verdict may depend on."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import naive_verdict as naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_item import FIVE, WORKSHOP, judged

from consensus import PRESETS, judge, stability
from consensus.agreed import agreed_value
from consensus.counts import two_camps
from consensus.location import camps
from consensus.moves import short_by
from consensus.scale import Scale


@st.composite
def votes(draw: st.DrawFn, categories: int, raters: int) -> tuple[list[list[int | None]], list[list[int | None]]]:
    rating = st.none() | st.integers(1, categories)
    # Few distinct values make pairs, camps and edges common.
    narrow = st.sampled_from(draw(st.lists(st.integers(1, categories), min_size=1, max_size=2, unique=True)))
    column = st.lists(st.one_of(narrow, narrow, rating), min_size=raters, max_size=raters)
    return draw(st.lists(column, min_size=2, max_size=2)), draw(st.lists(column, min_size=2, max_size=2))


@settings(max_examples=100)
@given(st.data(), st.integers(3, 5), st.integers(0, 7), st.integers(1, 5), st.integers(0, 4), st.integers(0, 3))
def test_verdicts_equal_those_of_a_loop_written_reading_of_the_rule(
    data: st.DataObject, categories: int, raters: int, vote: int, empty_seats: int, unable: int
) -> None:
    now, before = data.draw(votes(categories, raters))
    seated = raters + empty_seats
    answered = [min(sum(rating is not None for rating in column) + unable, raters) for column in now]
    found = judge(
        np.array(now, dtype=float).T.reshape(raters, 2),
        WORKSHOP,
        range(1, categories + 1),
        round=vote,
        seated=seated,
        answered=answered,
        before=np.array(before, dtype=float).T.reshape(raters, 2),
    )
    for item in range(2):
        expected = naive.verdict(
            now[item], before[item], categories=categories, vote=vote, seated=seated, answered=answered[item]
        )
        verdict = found[item]
        assert (
            verdict.outcome, set(verdict.flags), verdict.short_by, verdict.needed, verdict.in_pair,
        ) == expected  # fmt: skip


LOCATIONS = {
    "iqr": lambda moved, needed: (
        naive.fullest_pair(moved, 5)[1] >= needed
        and naive.quantile(moved, Fraction(3, 4)) - naive.quantile(moved, Fraction(1, 4)) <= 1
    ),
    "within-one": lambda moved, needed: sum(abs(rating - naive.median(moved)) <= 1 for rating in moved) >= needed,
    "two-thirds": lambda moved, needed: naive.fullest_pair(moved, 5)[1] >= needed,
    "rand-ucla": lambda moved, _: not ipras_disagreement(moved),
}


def ipras_disagreement(ratings: Sequence[int]) -> bool:
    """Fitch et al. (2001), after moving five points onto nine."""
    nine = [2 * rating - 1 for rating in ratings]
    low, high = naive.quantile(nine, Fraction(3, 10)), naive.quantile(nine, Fraction(7, 10))
    return high - low > Fraction("2.35") + Fraction("1.5") * abs(5 - (low + high) / 2)


@pytest.mark.parametrize("preset", sorted(LOCATIONS))
@settings(max_examples=25)
@given(ratings=st.lists(st.integers(1, 5), min_size=5, max_size=7))
def test_every_preset_locates_and_falls_short_as_trying_all_moves_says(preset: str, ratings: list[int]) -> None:
    rule = PRESETS[preset]
    needed = rule.needed(len(ratings), 5)
    holds = LOCATIONS[preset]
    verdict = judged(ratings, rule=rule, vote=2, before=ratings)
    assert verdict.short_by == naive.short_by(ratings, 5, lambda moved: holds(moved, needed))
    assert (verdict.outcome == "consensus") == holds(ratings, needed)
    assert (verdict.short_by == 0) == holds(ratings, needed)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=7), st.integers(1, 4))
def test_short_by_is_exact_where_less_than_half_would_do(ratings: list[int], needed: int) -> None:
    # A fragile verdict asks for one person fewer, which in tiny panels is no majority: the median must then move too.
    counts = tuple(ratings.count(category) for category in FIVE)
    expected = naive.short_by(ratings, 5, lambda moved: naive.fullest_pair(moved, 5)[1] >= needed)
    assert short_by(counts, WORKSHOP, needed) == (expected if needed <= len(ratings) else None)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=7))
def test_camps_are_named_exactly_where_two_camps_are_flagged(counts: list[int]) -> None:
    assert (camps(counts) is not None) == bool(two_camps(np.array([counts]))[0])


@given(st.data(), st.integers(5, 12))
def test_the_clauses_of_stability_carry_the_figures_of_stability(data: st.DataObject, raters: int) -> None:
    now, before = data.draw(votes(5, raters))
    after, earlier = np.array(now, dtype=float).T, np.array(before, dtype=float).T
    moved = stability(earlier, after, FIVE)
    for item, verdict in enumerate(judge(after, WORKSHOP, FIVE, round=2, seated=raters, before=earlier)):
        clauses = {clause.name: clause for clause in verdict.clauses}
        if moved[item].paired:
            assert float(clauses["median_shift"].have or 0) == abs(moved[item].median_shift)
            assert clauses["left_pair"].have == moved[item].left_pair
        else:
            assert (clauses["median_shift"].have, clauses["left_pair"].have) == (None, None)


@given(st.data(), st.integers(2, 10), st.permutations(range(10)))
def test_the_order_of_the_raters_changes_no_verdict(data: st.DataObject, raters: int, order: list[int]) -> None:
    now, before = data.draw(votes(5, raters))
    after, earlier = np.array(now, dtype=float).T, np.array(before, dtype=float).T
    rows = [row for row in order if row < raters]
    asked = {"round": 3, "seated": raters}
    first = judge(after, WORKSHOP, FIVE, before=earlier, **asked)  # type: ignore[arg-type]
    assert judge(after[rows], WORKSHOP, FIVE, before=earlier[rows], **asked) == first  # type: ignore[arg-type]


@given(st.data(), st.integers(2, 10))
def test_a_scale_that_starts_at_zero_gives_the_same_outcomes(data: st.DataObject, raters: int) -> None:
    now, before = data.draw(votes(4, raters))
    after, earlier = np.array(now, dtype=float).T, np.array(before, dtype=float).T
    from_one = judge(after, WORKSHOP, (1, 2, 3, 4), round=2, seated=raters, before=earlier)
    from_zero = judge(after - 1, WORKSHOP, (0, 1, 2, 3), round=2, seated=raters, before=earlier - 1)
    assert [(v.outcome, v.flags, v.short_by) for v in from_one] == [(v.outcome, v.flags, v.short_by) for v in from_zero]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_the_agreed_value_is_the_median_the_mean_or_the_middle_of_all_averages(ratings: list[int]) -> None:
    counts, scale = [ratings.count(category) for category in FIVE], Scale()
    walsh = [Fraction(a + b, 2) for i, a in enumerate(ratings) for b in ratings[i:]]
    assert agreed_value(counts, scale, "median") == naive.median(ratings)
    assert agreed_value(counts, scale, "mean") == Fraction(sum(ratings), len(ratings))
    assert agreed_value(counts, scale, "hodges_lehmann") == naive.median(walsh)  # type: ignore[arg-type]
