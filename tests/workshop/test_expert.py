"""What experts are told of a group, counted by hand on rounds played by the real rules."""

from math import isnan

import pytest

from consensus import PRESETS, chance_of_consensus
from server import visibility
from server.workshop import commands as c
from server.workshop.chances import preset_chances
from server.workshop.expert import expert, order_ratings, standing_ratings
from server.workshop.expert_views import StepView
from tests.workshop.play import Table, table

ITEMS = ["1.1", "1.2", "1.3"]
FIRST = {seat: {"1.1": value, "1.2": 1 + seat % 5, "1.3": 3} for seat, value in enumerate((1, 2, 3, 3, 3, 3, 4, 5), 1)}


def played() -> Table:
    """Eight voices; in round 2 three move to 3 (the middle of 1.1 and 1.3), one moves off it, the rest stay."""
    held = table(seats=8)
    held.round("D1", FIRST, items=ITEMS)
    second = {seat: dict(rated) for seat, rated in FIRST.items()}
    second[1]["1.1"] = second[2]["1.1"] = second[8]["1.1"] = 3
    second[3]["1.3"] = 5
    held.round("D1", second, items=ITEMS)
    return held


def told(held: Table):  # type: ignore[no-untyped-def]  # ExpertView | None
    return expert(held.state, "D1", held.ballots["D1"])


def test_nothing_is_told_before_a_round_is_disclosed() -> None:
    held = table(seats=8)
    assert expert(held.state, "D1", {}) is None
    held.do(c.OpenRound(group="D1", items=ITEMS))
    assert expert(held.state, "D1", {}) is None


def test_moves_are_counted_toward_and_away_from_the_middle_score_that_was_shown() -> None:
    found = told(played()).conformity
    # By hand: 24 pairs, seats 1, 2 and 8 move onto the middle 3 of item 1.1, seat 3 leaves the middle of 1.3.
    assert (found.paired, found.moves, found.toward, found.away) == (24, 4, 3, 1)
    assert (found.share_toward, found.share_away, found.enough) == ("0.750000", "0.250000", False)


def test_moves_after_a_cancelled_round_are_not_told_as_conformity() -> None:
    held = table(seats=8)
    held.round("D1", FIRST, items=ITEMS)
    held.do(c.VoidRound(group="D1", reason="gladi"))
    held.round("D1", {seat: {"1.1": 3, "1.2": 3, "1.3": 3} for seat in FIRST}, items=ITEMS)
    assert (told(held).round, told(held).conformity) == (2, None)


def test_the_order_and_the_values_of_single_raters_rest_on_the_ratings_that_w_rests_on() -> None:
    held = played()
    items, ratings = order_ratings(held.state.groups["D1"], 2, held.ballots["D1"])
    order = held.state.groups["D1"].current.order
    assert (items, len(ratings), len(items)) == (("1.1", "1.2", "1.3"), order.raters, order.items)
    found = told(held)
    assert list(found.concordances) == sorted(found.concordances, key=float)
    # By hand, round 2: seats 2, 3 and 8 rate (3, 3, 3), (3, 4, 5) and (3, 4, 3); seat 2 alone has no order.
    assert (found.raters, found.items, len(found.concordances)) == (8, 3, 7)


def test_the_panel_is_who_is_here_and_an_item_stands_on_whoever_voted_on_it_last() -> None:
    held = table(seats=8)
    held.round("D1", FIRST, items=ITEMS)
    held.round("D1", {seat: {"1.1": 3} for seat in range(1, 8)}, items=["1.1"])
    group, ballots = held.state.groups["D1"], held.ballots["D1"]
    here, standing = order_ratings(group, 2, ballots)[1], standing_ratings(group, ballots)[1]
    # By hand: seat 8 is gone from the panel, and keeps its score on 1.2 and 1.3, whose latest vote is the first.
    assert (len(here), len(standing), told(held).raters) == (7, 8, 7)
    assert sorted(row[0] for row in here) == [3] * 7
    assert sorted(row[0] for row in standing if not isnan(row[0])) == [3] * 7
    assert sorted(row[1] for row in standing) == sorted(rated["1.2"] for rated in FIRST.values())


def test_a_bar_above_the_people_with_an_order_keeps_their_dots_back() -> None:
    held = table(seats=8, suppress_below=8)
    held.round("D1", {**FIRST, 3: dict.fromkeys(ITEMS, 3)}, items=ITEMS)
    assert (told(held).raters, told(held).concordances) == (8, ())


def test_the_sweep_counts_every_item_once_and_its_middle_step_is_the_rule_itself() -> None:
    held = played()
    found, latest = told(held), [held.state.groups["D1"].latest(item) for item in ITEMS]
    agreeing = sum(f.outcome in ("consensus", "provisional", "moving") for f in latest)
    settled = sum(f.outcome == "consensus" for f in latest)
    assert found.people[1] == StepView("75", 0, agreeing, settled)
    assert [step.share_percent for step in found.shares] == ["60", "65", "70", "75", "80", "85", "90"]
    assert found.fragile == tuple(item for item, f in zip(ITEMS, latest, strict=True) if "fragile" in f.flags)


def test_each_item_says_how_easily_a_panel_of_its_size_passes() -> None:
    # Witness: the exact count of STATISTICS.md, 3.3 % for eight voices of whom seven must agree.
    chance = chance_of_consensus(PRESETS["workshop"], 8, range(1, 6))
    assert told(played()).chances == dict.fromkeys(ITEMS, f"{chance:.6f}")
    assert round(chance, 3) == 0.033


@pytest.mark.parametrize(("raters", "needed"), [(8, 7), (12, 10), (5, 5)])
def test_the_workshop_rule_says_how_many_must_agree(raters: int, needed: int) -> None:
    found = {view.preset: view.chance for view in preset_chances(raters, 5)}
    assert set(found) == set(PRESETS)
    assert (found["workshop"].needed, found["workshop"].possible) == (needed, True)
    assert float(found["workshop"].random) <= 0.05 < float(found["within-one"].random)
    assert found["rand-ucla"].needed is None


def test_where_even_unanimity_proves_nothing_the_rule_is_impossible() -> None:
    found = preset_chances(5, 4)[list(PRESETS).index("workshop")].chance
    assert (found.possible, found.random) == (False, "0.000000")


def test_too_few_raters_keep_everything_back() -> None:
    held = table(seats=4)
    held.round("D1", {seat: FIRST[seat] for seat in range(1, 5)}, items=ITEMS)
    view = visibility.expert_for_staff(held.state, "D1", told(held))
    assert (view.withheld, view.conformity, view.concordances, view.alpha, view.ac2) == (True, None, (), None, None)
    assert (view.chances, view.shares, view.people, view.fragile) == ({}, (), (), ())


def test_once_a_person_is_erased_nothing_is_told_that_could_be_held_against_what_was_told_before() -> None:
    held = played()
    left = {number: given[1:] if number == 1 else given for number, given in held.ballots["D1"].items()}
    view = expert(held.state, "D1", left)
    assert view is not None and view.withheld
    assert (view.round, view.conformity, view.concordances, view.alpha, view.chances) == (2, None, (), None, {})
