"""Verdicts and endings. Witnesses: a second, loop-written reading of the rule, and examples worked by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import naive_verdict as naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus import PRESETS, ConsensusError, Decision, Ending, Rule, Verdict, ending, judge, stability
from consensus.agreed import agreed_value
from consensus.counts import two_camps
from consensus.location import camps
from consensus.moves import short_by
from consensus.scale import Scale

FIVE = (1, 2, 3, 4, 5)
WORKSHOP = PRESETS["workshop"]


def ratings_of(counts: Sequence[int]) -> list[int]:
    return [category for category, count in enumerate(counts, start=1) for _ in range(count)]


def judged(
    now: Sequence[float],
    *,
    before: Sequence[float] | None = None,
    rule: Rule = WORKSHOP,
    vote: int = 1,
    seated: int | None = None,
    answered: int | None = None,
    scale: Sequence[float] = FIVE,
) -> Verdict:
    """The verdict on one item."""
    earlier = None if before is None else [[rating] for rating in before]
    seats = len(now) if seated is None else seated
    (verdict,) = judge(
        [[rating] for rating in now], rule, scale, round=vote, seated=seats, answered=answered, before=earlier
    )
    return verdict


def outcome_of(counts: Sequence[int], **asked: int) -> str:
    return judged(ratings_of(counts), **asked).outcome  # type: ignore[arg-type]


# --- against the loop-written reading


@st.composite
def votes(draw: st.DrawFn, categories: int, raters: int) -> tuple[list[list[int | None]], list[list[int | None]]]:
    rating = st.none() | st.integers(1, categories)
    # Few distinct values make pairs, camps and edges common.
    narrow = st.sampled_from(draw(st.lists(st.integers(1, categories), min_size=1, max_size=2, unique=True)))
    column = st.lists(st.one_of(narrow, narrow, rating), min_size=raters, max_size=raters)
    return draw(st.lists(column, min_size=2, max_size=2)), draw(st.lists(column, min_size=2, max_size=2))


@settings(max_examples=150, deadline=None)
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
@settings(max_examples=40, deadline=None)
@given(ratings=st.lists(st.integers(1, 5), min_size=5, max_size=8))
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


@settings(deadline=None)
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


@settings(deadline=None)
@given(st.data(), st.integers(2, 10), st.permutations(range(10)))
def test_the_order_of_the_raters_changes_no_verdict(data: st.DataObject, raters: int, order: list[int]) -> None:
    now, before = data.draw(votes(5, raters))
    after, earlier = np.array(now, dtype=float).T, np.array(before, dtype=float).T
    rows = [row for row in order if row < raters]
    asked = {"round": 3, "seated": raters}
    first = judge(after, WORKSHOP, FIVE, before=earlier, **asked)  # type: ignore[arg-type]
    assert judge(after[rows], WORKSHOP, FIVE, before=earlier[rows], **asked) == first  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.data(), st.integers(2, 10))
def test_a_scale_that_starts_at_zero_gives_the_same_outcomes(data: st.DataObject, raters: int) -> None:
    now, before = data.draw(votes(4, raters))
    after, earlier = np.array(now, dtype=float).T, np.array(before, dtype=float).T
    from_one = judge(after, WORKSHOP, (1, 2, 3, 4), round=2, seated=raters, before=earlier)
    from_zero = judge(after - 1, WORKSHOP, (0, 1, 2, 3), round=2, seated=raters, before=earlier - 1)
    assert [(v.outcome, v.flags, v.short_by) for v in from_one] == [(v.outcome, v.flags, v.short_by) for v in from_zero]


# --- each outcome, by hand


def test_eight_voices_of_whom_seven_stand_together_agree_on_the_second_vote() -> None:
    now = ratings_of((0, 1, 4, 3, 0))
    verdict = judged(now, before=now, vote=2)
    assert (verdict.outcome, verdict.needed, verdict.in_pair, verdict.pair) == ("consensus", 7, 7, (3, 4))
    assert (verdict.value, verdict.short_by, verdict.flags) == ("3.000000", 0, ("stable", "fragile"))


def test_the_first_vote_agrees_provisionally() -> None:
    assert outcome_of((0, 0, 4, 4, 0)) == "provisional"


def test_a_rule_that_settles_at_once_asks_no_second_vote() -> None:
    rule = replace(WORKSHOP, preset="custom", settle_from_vote=1)
    assert judged(ratings_of((0, 0, 4, 4, 0)), rule=rule).outcome == "consensus"


def test_a_median_that_moves_a_whole_category_is_still_moving() -> None:
    verdict = judged([4] * 8, before=[3] * 8, vote=2)
    clauses = {clause.name: clause for clause in verdict.clauses}
    assert verdict.outcome == "moving"
    assert (clauses["median_shift"].passed, clauses["median_shift"].have) == (False, "1")
    assert clauses["left_pair"].have == 0  # from 3 into the pair of 3 and 4: nobody left it


def test_a_median_that_moves_half_a_category_has_settled() -> None:
    verdict = judged([3, 3, 3, 4, 4, 4], before=[3, 3, 3, 3, 4, 4], vote=2)
    assert (verdict.outcome, verdict.value) == ("consensus", "3.500000")


@pytest.mark.parametrize(
    ("raters", "left", "outcome"), [(13, 1, "consensus"), (13, 2, "moving"), (14, 2, "consensus"), (14, 3, "moving")]
)
def test_one_rater_may_always_leave_the_pair_and_of_fourteen_two_may(raters: int, left: int, outcome: str) -> None:
    # 15 % of 13 is 1.95, of 14 it is 2.1; all are asked for at least 75 %, which 10 of 13 and 11 of 14 give.
    before = [3] * raters
    now = [1] * left + [3] * (raters - left)
    assert judged(now, before=before, vote=2).outcome == outcome


def test_where_nobody_rated_in_both_votes_nothing_is_stable() -> None:
    now = [3.0] * 6 + [math.nan] * 6
    before = [math.nan] * 6 + [3.0] * 6
    verdict = judged(now, before=before, vote=2, seated=6)
    assert (verdict.outcome, "stable" in verdict.flags) == ("moving", False)
    assert judged(now, vote=2, seated=6).outcome == "moving"


def test_movement_of_those_who_came_or_went_is_not_counted() -> None:
    now = [3, 3, 3, 3, 3, math.nan, math.nan, 3]
    before = [3, 3, 3, 3, 3, 5, 5, math.nan]
    assert judged(now, before=before, vote=2).outcome == "consensus"


def test_two_camps_are_dissent_and_name_their_values() -> None:
    verdict = judged(ratings_of((1, 5, 0, 5, 1)))
    assert (verdict.outcome, verdict.camps, verdict.short_by) == ("dissent", (2, 4), 5)
    assert "two_camps" in verdict.flags


def test_two_camps_within_two_steps_of_agreement_are_dissent_before_they_are_near() -> None:
    # By hand: 8 of 9 are needed in 1 and 2; two of the three in 3 would have to move, and camps come first.
    verdict = judged(ratings_of((6, 0, 3, 0, 0)))
    assert (verdict.outcome, verdict.short_by) == ("dissent", 2)


def test_two_short_are_near_and_four_short_are_open() -> None:
    near = judged(ratings_of((0, 3, 4, 3, 1)))  # 11 voices, 9 needed, 7 in the pair of 2 and 3
    assert (near.outcome, near.short_by) == ("near", 2)
    far = judged(ratings_of((2, 3, 3, 3, 1)))  # 12 voices, 10 needed, 6 in a pair, 4 to move
    assert (far.outcome, far.short_by) == ("open", 4)


def test_the_fourth_vote_without_agreement_is_the_cap_and_with_it_is_not() -> None:
    split = ratings_of((1, 5, 0, 5, 1))
    assert [judged(split, before=split, vote=vote).outcome for vote in (3, 4, 5)] == ["dissent", "at_cap", "at_cap"]
    assert judged([3] * 8, before=[3] * 8, vote=4).outcome == "consensus"
    assert judged([4] * 8, before=[3] * 8, vote=4).outcome == "moving"


def test_settled_disagreement_is_stable_without_agreement() -> None:
    split = ratings_of((1, 5, 0, 5, 1))
    assert judged(split, before=split, vote=2).flags == ("stable", "two_camps")


def test_stable_forgives_one_change_of_six_and_not_two() -> None:
    before = [1, 1, 3, 3, 5, 5]
    assert "stable" in judged([1, 2, 3, 3, 5, 5], before=before, vote=2).flags
    assert "stable" not in judged([2, 2, 3, 3, 5, 5], before=before, vote=2).flags


# --- each edge, by hand


def test_exactly_three_quarters_agree_where_the_guard_asks_no_more() -> None:
    verdict = judged(ratings_of((0, 0, 6, 6, 4)))  # 12 of 16
    assert (verdict.outcome, verdict.in_pair, verdict.needed) == ("provisional", 12, 12)
    assert outcome_of((0, 0, 6, 5, 5)) == "near"


def test_three_quarters_of_eight_are_too_few_for_the_guard() -> None:
    verdict = judged(ratings_of((0, 0, 3, 3, 2)))  # 6 of 8 where random panels pass 18 % of the time
    assert (verdict.outcome, verdict.needed, verdict.short_by) == ("near", 7, 1)


def test_four_ratings_are_no_quorum_and_five_are_a_small_panel() -> None:
    assert judged([3] * 4).outcome == "insufficient"
    assert (judged([3] * 5).outcome, judged([3] * 5).flags) == ("provisional", ("small_panel",))
    assert "small_panel" in judged([3] * 6).flags
    assert "small_panel" not in judged([3] * 7).flags


@pytest.mark.parametrize(("answered", "outcome"), [(69, "insufficient"), (70, "provisional")])
def test_seventy_of_a_hundred_answers_make_the_quorum_and_sixty_nine_do_not(answered: int, outcome: str) -> None:
    assert judged([3] * answered, seated=100).outcome == outcome


def test_who_cannot_rate_has_answered_all_the_same() -> None:
    assert judged([3] * 5, seated=10).outcome == "insufficient"
    assert judged([3] * 5, seated=10, answered=7).outcome == "provisional"


def test_five_voices_on_four_points_cannot_agree_and_the_rule_says_how_many_could() -> None:
    verdict = judged([3] * 5, scale=(1, 2, 3, 4))
    clauses = {clause.name: clause for clause in verdict.clauses}
    assert (verdict.outcome, verdict.needed, verdict.short_by) == ("insufficient", 6, None)
    assert (clauses["chance"].passed, clauses["chance"].have, clauses["chance"].need) == (False, 5, 6)


def test_a_median_on_the_edge_belongs_to_both_pairs_and_ties_take_the_lower() -> None:
    assert judged(ratings_of((0, 3, 3, 3, 0))).pair == (2, 3)
    assert judged(ratings_of((0, 2, 3, 3, 0))).pair == (3, 4)


def test_a_vote_without_any_rating_is_insufficient_and_says_nothing_else() -> None:
    verdict = judged([math.nan] * 6)
    assert (verdict.outcome, verdict.n, verdict.pair, verdict.camps, verdict.value, verdict.short_by) == (
        "insufficient", 0, None, None, None, None,
    )  # fmt: skip
    (nobody,) = judge(np.empty((0, 1)), WORKSHOP, FIVE, round=1, seated=0)
    assert (nobody.outcome, nobody.n) == ("insufficient", 0)


def test_unanimity_is_not_fragile_where_all_are_needed() -> None:
    # Nobody can ask for eight of seven; with six asked for the outcome is the same.
    assert judged([3] * 7).flags == ()
    assert judged([3] * 6 + [1]).flags == ("fragile",)


def test_the_clauses_stand_in_the_order_in_which_they_are_read() -> None:
    verdict = judged([3] * 8, before=[3] * 8, vote=2, seated=9)
    assert [(c.name, c.passed, c.have, c.need) for c in verdict.clauses] == [
        ("ratings", True, 8, 5),
        ("answered", True, 8, 7),
        ("chance", True, 8, 5),
        ("pair", True, 8, 7),
        ("vote", True, 2, 2),
        ("median_shift", True, "0", "0.5"),
        ("left_pair", True, 0, 1),
        ("cap", True, 2, 4),
    ]


def test_the_iqr_preset_fails_a_pair_whose_quartiles_are_further_apart() -> None:
    now = ratings_of((1, 1, 3, 3, 0))  # 6 of 8 in the pair, q1 2.75, q3 4
    verdict = judged(now, before=now, rule=PRESETS["iqr"], vote=2)
    clauses = {clause.name: clause for clause in verdict.clauses}
    assert (verdict.outcome, clauses["pair"].passed) == ("near", True)
    assert (clauses["iqr"].passed, clauses["iqr"].have, clauses["iqr"].need) == (False, "1.25", "1")


def test_the_rand_ucla_clause_shows_range_and_limit_on_nine_points() -> None:
    # Fitch et al. (2001): all five points once each are p30 4.4 → 3.4..6.6 on nine, 3.2 > 2.35.
    verdict = judged(FIVE, rule=PRESETS["rand-ucla"])
    clauses = {clause.name: clause for clause in verdict.clauses}
    assert (clauses["rand_ucla"].passed, clauses["rand_ucla"].have, clauses["rand_ucla"].need) == (False, "3.2", "2.35")
    assert verdict.needed is None
    assert "fragile" not in verdict.flags


# --- the agreed value


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_the_agreed_value_is_the_median_the_mean_or_the_middle_of_all_averages(ratings: list[int]) -> None:
    counts, scale = [ratings.count(category) for category in FIVE], Scale()
    walsh = [Fraction(a + b, 2) for i, a in enumerate(ratings) for b in ratings[i:]]
    assert agreed_value(counts, scale, "median") == naive.median(ratings)
    assert agreed_value(counts, scale, "mean") == Fraction(sum(ratings), len(ratings))
    assert agreed_value(counts, scale, "hodges_lehmann") == naive.median(walsh)  # type: ignore[arg-type]


def test_a_rule_may_agree_on_the_mean() -> None:
    rule = replace(WORKSHOP, preset="custom", agreed_value="mean")
    assert judged([3, 3, 3, 3, 3, 4], rule=rule).value == "3.166667"


# --- what it refuses


@pytest.mark.parametrize(
    ("asked", "argument", "code"),
    [
        ({"round": 0}, "round", "out_of_range"),
        ({"round": [1, 1, 1]}, "round", "shape"),
        ({"seated": -1}, "seated", "out_of_range"),
        ({"answered": [3]}, "answered", "shape"),
        ({"answered": 1}, "answered", "out_of_range"),
        ({"before": [[1, 2]]}, "before", "shape"),
        ({"before": [[1, 2], [9, 2], [1, 1]]}, "before", "off_scale"),
        ({"ratings": [[1, 2], [0, 2], [1, 1]]}, "ratings", "off_scale"),
    ],
)
def test_arguments_that_do_not_fit_are_refused_by_name(asked: dict[str, object], argument: str, code: str) -> None:
    given_ = {"ratings": [[1, 2], [2, 2], [1, 1]], "round": 1, "seated": 3, **asked}
    with pytest.raises(ConsensusError) as refused:
        judge(given_.pop("ratings"), WORKSHOP, FIVE, **given_)  # type: ignore[arg-type]
    assert (refused.value.argument, refused.value.code) == (argument, code)


# --- endings


SPLIT = ratings_of((1, 5, 0, 5, 1))
CONSENSUS = judged([4] * 8, before=[4] * 8, vote=2)
DISSENT = judged(SPLIT, before=SPLIT, vote=2)
OPEN = judged(ratings_of((2, 3, 3, 3, 1)), vote=2)
NOBODY = judged([3] * 4, vote=3)


@pytest.mark.parametrize(
    ("history", "asked", "expected"),
    [
        ([CONSENSUS], {}, Ending("agreed", "4.000000", None, 2)),
        ([CONSENSUS], {"minority": 1}, Ending("agreed_with_reservation", "4.000000", None, 2)),
        ([judged([4] * 8)], {"minority": 1}, Ending("unconfirmed", "4.000000", None, 1)),
        ([judged([4] * 8, before=[3] * 8, vote=2)], {}, Ending("unconfirmed", "4.000000", None, 2)),
        ([DISSENT], {}, Ending("not_agreed", None, (2, 4), 2)),
        ([OPEN], {"minority": 2}, Ending("not_agreed", None, None, 2)),
        ([], {}, Ending("not_rated", None, None, None)),
        ([NOBODY], {}, Ending("not_rated", None, None, None)),
        ([DISSENT], {"decided": Decision("3.000000")}, Ending("decided", "3.000000", None, 2)),
        ([], {"decided": Decision(None)}, Ending("decided", None, None, None)),
        ([CONSENSUS, NOBODY], {}, Ending("agreed", "4.000000", None, 2)),
        ([CONSENSUS, DISSENT], {}, Ending("not_agreed", None, (2, 4), 2)),
    ],
)
def test_an_item_ends_as_its_latest_vote_with_quorum_says(
    history: list[Verdict], asked: dict[str, object], expected: Ending
) -> None:
    assert ending(history, **asked) == expected  # type: ignore[arg-type]
