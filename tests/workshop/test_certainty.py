"""How sure the profile is: words' ground counted by hand, the same at the same head, and kept back with too few.

Witnesses: `consensus.uncertainty` and `consensus.sensitivity` on ratings written out, and counts by hand.
"""

from typing import Any

from msgspec.structs import replace

from consensus import GroupRatings, sensitivity, uncertainty
from consensus.resampling import seeded
from server import visibility
from server.workshop import commands as c
from server.workshop.certainty import DRAWS, RESAMPLES, certainty, seed_of
from server.workshop.expert import standing_ratings
from server.workshop.figures import decimal
from tests.workshop.play import Table, table

GOAL = ("1.1", "1.2", "1.3", "1.4", "1.5")  # all of G1
SPLIT = {seat: dict(zip(GOAL, (2, 3, 1 + seat % 5, 4, 2 + seat % 2), strict=True)) for seat in range(1, 9)}


def voted(ratings: dict[int, dict[str, Any]] = SPLIT, rounds: int = 2, **settings: Any) -> Table:
    held = table(seats=8, **settings)
    for _ in range(rounds):
        held.round("D1", ratings, items=list(GOAL))
    return held


def told(held: Table, seed: int = 7):  # type: ignore[no-untyped-def]  # CertaintyView
    found = certainty(held.state, held.ballots, seed)
    assert found is not None
    return found


def goal(found: Any, node: str) -> Any:
    return next(one for one in found.goals if one.node == node)


def test_before_anything_counts_nothing_is_told() -> None:
    assert certainty(table(seats=8).state, {}, 1) is None
    held = table(seats=8)
    held.round("D1", {1: {"1.1": 3}}, items=["1.1"])
    assert certainty(held.state, held.ballots, 1) is None


def test_the_figures_are_those_of_the_arithmetic_on_the_latest_votes() -> None:
    held = voted()
    found, tree, rule = told(held), held.state.tree, held.state.consensus_rule
    items, ratings = standing_ratings(held.state.groups["D1"], held.ballots["D1"])
    assert items == GOAL and sorted(map(tuple, ratings)) == sorted(tuple(rated.values()) for rated in SPLIT.values())
    panel = [GroupRatings("D1", items, ratings)]
    open_ = [item for item in GOAL if held.state.groups["D1"].latest(item).outcome != "consensus"]
    assert open_ == ["1.3"]  # by hand: one or two scores on every point; all others lie on two neighbouring ones
    moved = sensitivity(tree, panel, rule, rng=seeded(8), draws=DRAWS, unsettled=open_).nodes["G1"]
    sure = uncertainty(tree, panel, rng=seeded(7), resamples=RESAMPLES)["G1"]
    one, here = goal(found, "G1"), (moved.value, moved.low, moved.high, sure.low, sure.high)
    assert (one.value, one.span_low, one.span_high, one.low, one.high) == tuple(map(decimal, here))
    assert (one.bands, one.combined_bands, one.combined_same) == (
        moved.bands, moved.combined_bands, decimal(moved.same_bands),
    )  # fmt: skip
    assert (goal(found, "G2").value, goal(found, "G2").choices) == (None, ())


def test_each_option_says_how_far_it_moves_a_goal_and_to_which_band() -> None:
    held = voted({seat: dict.fromkeys(GOAL, 3) | {"1.1": 1} for seat in range(1, 9)})
    one = goal(told(held), "G1")
    # By hand: 1, 3, 3, 3, 3 is 2.6 or 40 %, the very edge of moderate; the geometric mean 2.41 or 35 % is poor.
    assert (one.value, one.bands) == ("2.600000", ("moderate",))
    found = {(choice.choice, choice.option): choice for choice in one.choices}
    geometric = found["aggregation", "geometric"]
    assert [(other.bands, other.times) for other in geometric.becomes] == [(("poor",), 1)]
    assert round(float(geometric.moves), 2) == round(100 * (2.6 - 3 ** (4 / 5)) / 4, 2)
    # x / max: 2.6 of 5 is 52 %, still moderate; nobody who leaves changes a score that all gave.
    assert (found["percent", "max"].moves, found["percent", "max"].becomes) == ("12.000000", ())
    assert (found["rater", "D1"].tried, found["rater", "D1"].becomes) == (8, ())
    assert found["weights", ""].tried == DRAWS
    assert all(other.times >= 0.05 * DRAWS for other in found["weights", ""].becomes)


def test_a_group_is_left_out_only_of_goals_that_others_score_too() -> None:
    found = told(voted())
    assert {choice.choice for one in found.goals for choice in one.choices} == {
        "aggregation", "percent", "agreed_value", "threshold", "rater", "weights",
    }  # fmt: skip
    assert found.not_tried["group"] == "one_group"  # only one has voted
    assert goal(found, "G1").stays is False


def test_the_chairs_decision_stands_whoever_is_drawn() -> None:
    held = voted({seat: dict.fromkeys(GOAL, 3) | {"1.3": 1 + seat % 5} for seat in range(1, 9)})
    held.do(c.DecideItem(group="D1", item="1.3", value=3, reason="pimpinan"))
    one = goal(told(held), "G1")
    assert (one.value, one.low, one.high, one.span_low, one.share) == ("3.000000",) * 4 + ("1.000000",)


def test_the_same_head_gives_the_same_figures_and_its_groups_may_be_written_apart() -> None:
    held = voted()
    assert told(held, 3) == told(held, 3)
    assert seed_of("ABCD EFGH") == seed_of("ABCDEFGH") != seed_of("ABCD EFGJ")


def test_a_list_of_the_five_weakest_says_who_comes_and_who_goes() -> None:
    held = table(seats=8)
    items = [leaf for top in ("D1",) for leaf in held.state.tree.leaves_under(top)]
    held.round("D1", {s: {item: 1 + (s + place) % 5 for place, item in enumerate(items)} for s in range(1, 9)},
               items=items)  # fmt: skip
    found = told(held)
    assert len(found.weakest) == 3 and set(found.weakest) == {"G1", "G2", "G3"}  # all that are rated
    for change in found.weakest_changes:
        assert change.times <= change.tried


# --- too few people ---------------------------------------------------------------------------------------------------


def test_once_a_person_is_erased_the_goals_of_their_group_are_kept_back() -> None:
    held = voted()
    assert [one.withheld for one in told(held).goals if one.node == "G1"] == [False]
    left = {number: given[1:] if number == 1 else given for number, given in held.ballots["D1"].items()}
    found = certainty(held.state, {**held.ballots, "D1": left}, 7)
    assert found is not None and goal(found, "G1").withheld and goal(found, "G1").value is None
    assert (found.weakest, found.weakest_changes) == ((), ())


def test_a_goal_under_which_four_scored_is_kept_back_with_the_list_it_stands_in() -> None:
    held = table(seats=8)
    lax = {"preset": "custom", "quorum": 3, "answered_percent": 0, "chance_percent": None}
    held.state = replace(held.state, rule=held.state.rule | lax)
    few = {s: {**SPLIT[s], "1.3": SPLIT[s]["1.3"] if s < 5 else "no_data"} for s in SPLIT}
    held.round("D1", few, items=list(GOAL))
    assert held.state.groups["D1"].latest("1.3").n == 4  # there is something that could leak
    shown = visibility.certainty_for_staff(held.state, told(held))
    one = goal(shown, "G1")
    assert (one.withheld, one.value, one.low, one.bands, one.choices) == (True, None, None, (), ())
    assert (shown.weakest, shown.weakest_changes) == ((), ())


def test_a_higher_bar_than_the_one_computed_for_keeps_the_goal_back_too() -> None:
    held = voted()
    strict = replace(held.state, settings=c.Settings(suppress_below=9))
    one = goal(visibility.certainty_for_staff(strict, told(held)), "G1")
    assert (one.withheld, one.value, one.choices) == (True, None, ())
