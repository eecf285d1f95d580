"""Verdicts on examples worked by hand: each outcome, each edge of each clause, each refusal."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from one_item import FIVE, WORKSHOP, judged, outcome_of, ratings_of

from consensus import PRESETS, ConsensusError, judge


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


def test_vote_numbers_and_answers_may_come_as_arrays() -> None:
    ratings = [[3, 3], [3, 4], [4, 4], [3, 3], [4, 4]]
    listed = judge(ratings, WORKSHOP, FIVE, round=[1, 2], answered=[5, 6], seated=6)
    assert judge(ratings, WORKSHOP, FIVE, round=np.array([1, 2]), answered=np.array([5, 6]), seated=6) == listed


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
