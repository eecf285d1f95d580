"""Thresholds moved. Witnesses: small votes worked by hand, and `judge` asked again with the moved rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_item import FIVE, WORKSHOP, ratings_of

from consensus import PRESETS, ConsensusError, judge, threshold_sweep
from consensus.sweep import NO_COUNT, SHARES

# Twelve voices; the workshop rule asks for 10. In the pair: 12, 10, 9 and 8 of them.
COLUMNS = [(0, 0, 6, 6, 0), (0, 1, 5, 5, 1), (1, 1, 5, 4, 1), (2, 1, 4, 4, 1)]
VOTE = np.array([ratings_of(counts) for counts in COLUMNS], dtype=float).T
NO_GUARD = replace(WORKSHOP, preset="custom", chance_percent=None)


def sweep_of(rule=NO_GUARD, **asked):
    return threshold_sweep(VOTE, rule, FIVE, round=2, seated=12, before=VOTE, **asked)


def test_a_vote_of_twelve_settles_fewer_items_as_the_share_rises() -> None:
    # Of twelve 60, 65, 70 % ask for 8, 8, 9; 75 and 80 % for 9, 10; 85 and 90 % for 11.
    settled = {step.share_percent: step.settled for step in sweep_of().shares}
    assert settled == {60: (0, 1, 2, 3), 65: (0, 1, 2, 3), 70: (0, 1, 2), 75: (0, 1, 2), 80: (0, 1), 85: (0,), 90: (0,)}
    assert sweep_of().up_to == (90, 80, 75, 65)


def test_one_person_fewer_or_more_is_counted_from_the_rule_itself() -> None:
    found = sweep_of(WORKSHOP)  # asks for 10
    assert [(step.people, step.settled) for step in found.people] == [(-1, (0, 1, 2)), (0, (0, 1)), (1, (0,))]
    assert found.fragile == (1, 2, 3)  # the last is two people short: near, or open if one more is asked for


def test_a_guard_against_chance_holds_at_every_share() -> None:
    # Random panels of twelve pass 9 of 12 more than 5 % of the time: ten are asked for, whatever the share.
    assert [step.settled for step in sweep_of(WORKSHOP).shares[:5]] == [(0, 1)] * 5


def test_on_a_first_vote_items_agree_and_none_is_settled() -> None:
    found = threshold_sweep(VOTE, NO_GUARD, FIVE, round=1, seated=12, shares=[75])
    assert [(step.agreeing, step.settled) for step in found.shares] == [((0, 1, 2), ())]


def test_shares_may_come_in_any_order_and_as_fractions() -> None:
    found = sweep_of(shares=[90, "200/3"])
    assert [step.share_percent for step in found.shares] == [90, "200/3"]
    assert found.up_to == (90, "200/3", "200/3", "200/3")


def test_a_rule_that_counts_nobody_says_so() -> None:
    found = sweep_of(PRESETS["rand-ucla"])
    assert (found.reason, found.fragile, len({step.agreeing for step in found.shares})) == (NO_COUNT, (), 1)


def test_a_share_that_no_rule_can_have_is_refused() -> None:
    with pytest.raises(ConsensusError) as refused:
        sweep_of(shares=[40])
    assert (refused.value.argument, refused.value.code) == ("share_percent", "bad_rule")


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from([1, 2, 3, 4, 5, None]), min_size=3, max_size=3), min_size=5, max_size=14),
    st.sampled_from(["workshop", "iqr", "within-one", "two-thirds", "rand-ucla"]),
    st.integers(1, 4),
)
def test_every_step_is_the_verdict_of_the_moved_rule(rows, name, vote) -> None:
    rule = PRESETS[name]
    found = threshold_sweep(rows, rule, FIVE, round=vote, seated=len(rows), before=rows[::-1])
    for share, step in zip(SHARES, found.shares, strict=True):
        moved = replace(rule, preset="custom", share_percent=share)
        verdicts = judge(rows, moved, FIVE, round=vote, seated=len(rows), before=rows[::-1])
        agreeing = [i for i, v in enumerate(verdicts) if v.outcome in ("consensus", "provisional", "moving")]
        assert step.agreeing == tuple(agreeing)
        assert step.settled == tuple(i for i, v in enumerate(verdicts) if v.outcome == "consensus")
    verdicts = judge(rows, rule, FIVE, round=vote, seated=len(rows), before=rows[::-1])
    assert found.fragile == tuple(i for i, v in enumerate(verdicts) if "fragile" in v.flags)
    assert found.people[1].settled == tuple(i for i, v in enumerate(verdicts) if v.outcome == "consensus")
