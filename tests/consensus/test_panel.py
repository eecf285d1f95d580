"""Simulated panels. Witnesses: the rules of the model itself, and the verdicts their votes lead to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus import PRESETS, ConsensusError, Panel, judge, simulate_panel
from consensus.panel import CANNOT, CHARACTERS, Feedback, Votes

FIVE = (1, 2, 3, 4, 5)
GOLDEN = [[3, 3, 0, 3, 5, 5], [3, 1, 5, 3, 5, 5], [3, 1, 0, 3, 4, 1], [3, 2, 0, 3, 3, 1]]  # 0: cannot rate


def panel(seed: int = 7, **asked: object) -> Panel:
    given_ = {"raters": 12, "items": 13, "scale": FIVE, **asked}
    return Panel(np.random.default_rng(seed), **given_)  # type: ignore[arg-type]


def alike(one: Votes, other: Votes) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name == "ratings")
        for name in ("ratings", "cannot", "confidence", "present")
    )


def workshop(seed: int) -> tuple[set[str], dict[str, set[str]]]:
    """Play four rounds by the default rule; all outcomes seen, and those of each character."""
    hall = panel(seed)
    pending, counted, before = list(range(13)), [0] * 13, np.full((12, 13), np.nan)
    seen: dict[str, set[str]] = {character: set() for character in CHARACTERS}
    feedback = None
    for number in range(1, 5):
        vote = hall.vote(feedback, items=pending)
        feedback = vote.feedback
        answered = (~np.isnan(vote.ratings) | (vote.cannot != "")).sum(axis=0).tolist()
        verdicts = judge(
            vote.ratings, PRESETS["workshop"], FIVE, round=[votes + 1 for votes in counted],
            seated=int(vote.present.sum()), answered=answered, before=before,
        )  # fmt: skip
        for item in pending:
            seen[hall.characters[item]].add(verdicts[item].outcome)
            if verdicts[item].outcome != "insufficient":
                counted[item] += 1
                before[:, item] = vote.ratings[:, item]
        settled = {item for item in pending if verdicts[item].outcome == "consensus"}
        pending = pending if number == 1 else [item for item in pending if item not in settled]
    return set().union(*seen.values()), seen


def test_a_panel_of_twelve_on_thirteen_items_ends_in_every_outcome() -> None:
    outcomes, _ = workshop(7)
    assert outcomes == {
        "consensus", "provisional", "moving", "near", "open", "dissent", "insufficient", "at_cap",
    }  # fmt: skip


def test_each_character_leads_where_its_name_says() -> None:
    seen: dict[str, set[str]] = {character: set() for character in CHARACTERS}
    for seed in range(6):
        for character, outcomes in workshop(seed)[1].items():
            seen[character] |= outcomes
    assert "consensus" in seen["clear"] and "at_cap" not in seen["clear"]
    assert {"near", "open"} <= seen["spread"]
    assert {"dissent", "at_cap"} <= seen["two_camps"]
    assert "moving" in seen["drifting"]
    assert "insufficient" in seen["hard_to_judge"]


def test_a_seed_always_gives_these_ratings() -> None:
    # Held so that a rehearsal can be repeated years later; a change here changes every published rehearsal.
    ratings = panel(7, items=6, raters=4).vote().ratings
    assert np.nan_to_num(ratings).astype(int).tolist() == GOLDEN


def test_the_same_seed_gives_the_same_votes_whatever_other_panels_do() -> None:
    alone = panel(3)
    votes = [alone.vote(), alone.vote()]
    rng = np.random.default_rng(3)
    first = Panel(rng, raters=12, items=13, scale=FIVE)
    second = Panel(rng, raters=12, items=13, scale=FIVE)
    second.vote()
    between = first.vote()
    second.vote()
    assert alike(between, votes[0]) and alike(first.vote(), votes[1])
    assert not alike(second.vote(), votes[0])


def test_simulated_rounds_are_those_of_a_panel_that_hears_its_last_figures() -> None:
    rounds = simulate_panel(np.random.default_rng(5), raters=9, items=7, scale=range(4), rounds=3)
    hall = Panel(np.random.default_rng(5), raters=9, items=7, scale=range(4))
    first = hall.vote()
    second = hall.vote(first.feedback)
    third = hall.vote(second.feedback)
    assert [alike(*pair) for pair in zip(rounds, (first, second, third), strict=True)] == [True] * 3


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 30), st.integers(1, 20), st.sampled_from([FIVE, (0, 1), tuple(range(10))]))
def test_every_vote_is_lawful(seed: int, raters: int, items: int, scale: tuple[int, ...]) -> None:
    for vote in simulate_panel(np.random.default_rng(seed), raters=raters, items=items, scale=scale, rounds=3):
        rated = ~np.isnan(vote.ratings)
        assert set(vote.ratings[rated].tolist()) <= set(scale)
        assert set(vote.cannot.ravel().tolist()) <= {"", *CANNOT}
        # Everyone present answers everything, in exactly one way.
        assert np.array_equal(rated ^ (vote.cannot != ""), np.repeat(vote.present[:, None], items, axis=1))
        assert np.array_equal(vote.confidence > 0, rated)
        assert vote.confidence.max(initial=0) <= 3


def test_the_median_draws_those_whose_bounds_reach_it_and_no_dissenter() -> None:
    hall = panel(11, raters=40, characters=["spread"] * 13, dissenters=0.25)
    opinions = hall._opinion.copy()
    heard = Feedback(np.full(13, 3.0), np.full(13, 2.0), np.full(13, 4.0))
    hall.vote(heard)
    moved = hall._opinion != opinions
    reach = abs(opinions - 2) <= hall._bound  # the third category has place 2
    assert hall.dissents.sum() == 10
    assert np.array_equal(moved, reach & ~hall.dissents[:, None] & (opinions != 2))
    assert (abs(hall._opinion - 2)[moved] < abs(opinions - 2)[moved]).all()
    assert moved.any() and not moved.all()


def test_without_feedback_nobody_moves() -> None:
    hall = panel(2, characters=["clear"] * 13)
    opinions = hall._opinion.copy()
    hall.vote()
    hall.vote()
    assert np.array_equal(hall._opinion, opinions)


def test_an_unknown_median_moves_nobody() -> None:
    hall = panel(2, characters=["spread"] * 13)
    opinions = hall._opinion.copy()
    hall.vote(Feedback(*(np.full(13, np.nan),) * 3))
    assert np.array_equal(hall._opinion, opinions)


def test_feedback_narrows_a_spread_panel() -> None:
    rounds = simulate_panel(
        np.random.default_rng(1), raters=60, items=20, scale=FIVE, rounds=3, characters=["spread"] * 20
    )
    deviations = [float(np.nanmean(np.nanstd(vote.ratings, axis=0))) for vote in rounds]
    assert deviations[0] > deviations[1] > deviations[2]


def test_those_who_drop_out_vote_at_first_and_never_come_back() -> None:
    votes = simulate_panel(np.random.default_rng(4), raters=20, items=5, scale=FIVE, rounds=5, dropouts=0.5)
    present = np.array([vote.present for vote in votes])
    assert present[0].all()
    assert present[-1].sum() == 10
    assert (np.diff(present.astype(int), axis=0) <= 0).all()


def test_only_the_items_put_to_the_vote_are_answered() -> None:
    vote = panel(7).vote(items=[0, 4])
    asked = ~np.isnan(vote.ratings) | (vote.cannot != "")
    assert asked.all(axis=0).tolist() == asked.any(axis=0).tolist() == [item in (0, 4) for item in range(13)]


def test_a_panel_rates_around_the_truth_it_is_given() -> None:
    truth = [2.0, 3.0, 4.0]
    hall = panel(7, raters=200, items=3, truth=truth, characters=["clear"] * 3, dissenters=0.0)
    assert hall.vote().feedback.median.tolist() == truth


def test_of_five_items_or_more_each_character_is_drawn_at_least_once() -> None:
    assert all(set(panel(seed, items=5).characters) == set(CHARACTERS) for seed in range(5))
    assert panel(0, items=1).characters == ("clear",)


@pytest.mark.parametrize(
    ("asked", "argument", "code"),
    [
        ({"raters": 0}, "raters", "out_of_range"),
        ({"items": 0}, "items", "out_of_range"),
        ({"truth": [3.0]}, "truth", "shape"),
        ({"truth": [6.0] * 13}, "truth", "shape"),
        ({"truth": [float("nan")] * 13}, "truth", "shape"),
        ({"characters": ["clear"]}, "characters", "shape"),
        ({"characters": ["calm"] * 13}, "characters", "unknown_character"),
        ({"dissenters": 1.5}, "dissenters", "out_of_range"),
        ({"dropouts": -0.1}, "dropouts", "out_of_range"),
    ],
)
def test_an_impossible_panel_is_refused_by_name(asked: dict[str, object], argument: str, code: str) -> None:
    with pytest.raises(ConsensusError) as refused:
        panel(**asked)
    assert (refused.value.argument, refused.value.code) == (argument, code)


def test_feedback_of_another_panel_is_refused() -> None:
    with pytest.raises(ConsensusError) as refused:
        panel().vote(Feedback(*(np.full(12, 3.0),) * 3))
    assert (refused.value.argument, refused.value.code) == ("feedback", "shape")
