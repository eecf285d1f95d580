"""Moves toward the median. Witnesses: votes worked by hand, loops, and panels that hear nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_item import FIVE

from consensus import ConsensusError, Direction, conformity
from consensus.conformity import FEW_MOVES, NO_MOVES, NO_PAIRS
from consensus.panel import Panel

NAN = math.nan
VOTES = st.lists(st.lists(st.sampled_from([1, 2, 3, 4, 5, NAN]), min_size=8, max_size=8), min_size=2, max_size=9)


def test_moves_are_counted_by_their_direction_as_by_hand() -> None:
    # Medians 3 and 4. First item: 1→2 toward, 5→1 across, 3→4 away; second: 2→2 kept apart, 4→4, one not paired.
    found = conformity([[1, 2], [3, 4], [5, 4]], [[2, 2], [4, 4], [1, NAN]], FIVE)
    assert found.items == (Direction(3, 3, 1, 1), Direction(2, 0, 0, 0))
    assert (found.paired, found.moves, found.toward, found.away, found.stayed_apart) == (5, 3, 1, 1, 1)
    assert (found.share_toward, found.share_away, found.reason) == (1 / 3, 1 / 3, FEW_MOVES)
    # At random 1 → {2, 3, 4}, 5 → {2, 3, 4} and 3 → none of four would come nearer.
    assert found.expected_toward == pytest.approx((3 / 4 + 3 / 4 + 0) / 3)


def test_the_median_is_that_of_all_who_rated_first_or_the_one_that_was_shown() -> None:
    before, after = [[1], [5], [5]], [[3], [NAN], [NAN]]
    assert conformity(before, after, FIVE).toward == 1  # toward 5, though only one voted again
    assert conformity(before, after, FIVE, shown=[1]).away == 1
    unknown = conformity(before, after, FIVE, shown=[NAN])
    assert (unknown.paired, unknown.moves, unknown.reason) == (0, 0, NO_PAIRS)


@pytest.mark.parametrize(("toward", "away", "warned"), [(18, 2, True), (17, 3, False), (19, 0, False), (20, 0, True)])
def test_a_warning_takes_twenty_moves_and_nine_in_ten_of_them_toward_the_median(toward, away, warned) -> None:
    before = [[1]] * toward + [[3]] * away + [[3]] * (toward + 1)
    after = [[2]] * toward + [[5]] * away + [[3]] * (toward + 1)
    found = conformity(before, after, FIVE)
    assert (found.toward, found.away, found.nearly_all_toward) == (toward, away, warned)
    assert (found.reason == FEW_MOVES) == (toward + away < 20)


def test_a_vote_in_which_nobody_moved_or_met_has_a_reason_and_no_share() -> None:
    still = conformity([[1], [2]], [[1], [2]], FIVE)
    assert (still.moves, math.isnan(still.share_toward), still.reason) == (0, True, NO_MOVES)
    apart = conformity([[1], [NAN]], [[NAN], [2]], FIVE)
    assert (apart.paired, math.isnan(apart.share_away), apart.reason) == (0, True, NO_PAIRS)


def test_votes_and_medians_that_do_not_fit_are_refused() -> None:
    for arguments, shown, name in [(([[1]], [[1], [2]]), None, "after"), (([[1]], [[2]]), [1, 2], "shown")]:
        with pytest.raises(ConsensusError) as refused:
            conformity(*arguments, FIVE, shown=shown)
        assert (refused.value.argument, refused.value.code) == (name, "mismatched_votes")


@given(VOTES)
def test_the_directions_are_those_of_loops_over_raters_and_items(rows) -> None:
    before, after = np.array(rows)[:, :4], np.array(rows)[:, 4:]
    toward = away = moves = 0
    for item in range(4):
        rated = [r for r in before[:, item] if not math.isnan(r)]
        for was, now in zip(before[:, item], after[:, item], strict=True):
            if math.isnan(was) or math.isnan(now) or was == now:
                continue
            moves += 1
            middle = float(np.median(rated))
            toward += abs(now - middle) < abs(was - middle)
            away += abs(now - middle) > abs(was - middle)
    found = conformity(before, after, FIVE)
    assert (found.moves, found.toward, found.away) == (moves, toward, away)


def test_a_panel_that_hears_nothing_is_never_warned_and_a_listening_one_goes_inward_more() -> None:
    def second_vote(seed: int, *, heard: bool):
        panel = Panel(np.random.default_rng(seed), raters=12, items=13, scale=FIVE, dropouts=0)
        first = panel.vote()
        return conformity(first.ratings, panel.vote(first.feedback if heard else None).ratings, FIVE)

    deaf, heard = ([second_vote(seed, heard=told) for seed in range(100)] for told in (False, True))
    assert not any(found.nearly_all_toward for found in deaf)
    assert max(found.share_toward for found in deaf) < 0.7
    assert np.median([f.share_toward for f in heard]) > np.median([f.share_toward for f in deaf]) + 0.2
