"""Every measure of a group: from the ratings it is said to rest on, and a reason where it cannot be given.

Witnesses: the calls of `consensus` on matrices written out by hand, and what the record itself holds.
"""

import importlib
import pkgutil
import re
from dataclasses import fields
from typing import Any

import pytest
from msgspec.structs import replace

import consensus
from consensus import adjust, describe_item, equivalence, gwet_ac, icc, kendall_w, krippendorff_alpha, ram, signed_rank
from consensus.stability import stability
from server import visibility
from server.reports.whys import WHYS
from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop import whys
from server.workshop.figures import decimal
from server.workshop.measures import ICCS, RAM, SPREAD, measures
from server.workshop.records import BaselineRow
from tests.workshop.play import Table, table

ITEMS = ["1.1", "1.2", "1.3"]
FIRST = {seat: {"1.1": value, "1.2": 1 + seat % 5, "1.3": 3} for seat, value in enumerate((1, 2, 3, 3, 3, 3, 4, 5), 1)}
SECOND = {seat: {"1.1": 3, "1.2": 1 + (seat + 1) % 5, "1.3": 3 + (seat > 5)} for seat in FIRST}
SCALE = range(1, 6)


def surveyed(seats: int = 8, rows: tuple[BaselineRow, ...] = (), **settings: Any) -> Table:
    held = table(seats=seats, start=False, **settings)
    if rows:
        held.do(o.ImportBaseline(rows=rows, synthetic=True))
    held.do(c.Start())
    return held


def row(item: str, score: str | None, stream: Any = "interview") -> BaselineRow:
    return BaselineRow(item, stream, score, 3, 3, 5, 2017, "survei")


def told(held: Table):  # type: ignore[no-untyped-def]  # MeasuresView
    found = measures(held.state, "D1", held.ballots["D1"])
    assert found is not None
    return found


def two_votes() -> Table:
    held = surveyed()
    held.round("D1", FIRST, items=ITEMS)
    held.round("D1", SECOND, items=ITEMS)
    return held


def matrix(ratings: dict[int, dict[str, int]]) -> list[list[int]]:
    return [[rated[item] for item in ITEMS] for rated in ratings.values()]


def test_nothing_is_told_before_a_round_is_disclosed() -> None:
    assert measures(table(seats=8).state, "D1", {}) is None


# --- the panel --------------------------------------------------------------------------------------------------------


def test_the_order_is_that_of_the_record_with_its_statistic_and_its_constant_raters() -> None:
    held = two_votes()
    found, sealed = told(held).agreement.order, held.state.groups["D1"].current.order
    for name in ("w", "mean_spearman", "low", "high", "p_value", "method", "raters", "items", "complete"):
        assert getattr(found, name) == getattr(sealed, name)
    here = kendall_w(matrix(SECOND))
    assert (found.statistic, found.constant_raters) == (decimal(here.statistic), here.constant_raters)


def test_a_voice_that_left_after_the_first_vote_is_in_no_figure_of_the_panel() -> None:
    held = surveyed()
    held.round("D1", FIRST, items=ITEMS)
    held.round("D1", {seat: rated for seat, rated in SECOND.items() if seat != 8}, items=ITEMS)
    found = told(held).agreement
    rest = matrix(SECOND)[:7]
    assert found.order.raters == held.state.groups["D1"].current.order.raters == 7
    assert found.alphas[1].value == decimal(krippendorff_alpha(rest).value)


def test_value_is_told_by_three_alphas_two_of_gwet_and_six_intraclass_correlations() -> None:
    found, ratings = told(two_votes()).agreement, matrix(SECOND)
    assert {one.level: one.value for one in found.alphas} == {
        level: decimal(krippendorff_alpha(ratings, level=level).value) for level in ("nominal", "ordinal", "interval")  # type: ignore[arg-type]  # all are levels
    }  # fmt: skip
    assert {one.weights: one.value for one in found.gwets} == {
        weights: decimal(gwet_ac(ratings, categories=SCALE, weights=weights).value)  # type: ignore[arg-type]  # both are weights
        for weights in ("identity", "ordinal")
    }
    here = icc(ratings)
    assert [(one.name, one.value, one.low, one.high) for one in found.intraclass.six] == [
        (name, *(decimal(getattr(here, f"{name}{end}")) for end in ("", "_low", "_high"))) for name in ICCS
    ]


def test_with_a_missing_score_there_is_no_intraclass_correlation_and_it_says_why() -> None:
    held = surveyed()
    held.round("D1", {**FIRST, 8: {"1.1": 5, "1.2": 4, "1.3": "no_data"}}, items=ITEMS)
    found = told(held).agreement
    assert {one.value for one in found.intraclass.six} == {None}
    assert (found.intraclass.why, found.order.complete) == ("needs_complete", False)


def test_a_panel_of_one_mind_has_reasons_instead_of_figures_and_never_a_nan() -> None:
    held = surveyed()
    held.round("D1", {seat: dict.fromkeys(ITEMS, 3) for seat in FIRST}, items=ITEMS)
    found = told(held)
    assert found.agreement.order.why == "no_order"
    assert [one.why for one in found.agreement.alphas] == ["one_value"] * 3
    assert found.agreement.intraclass.why == "all_alike"
    assert "nan" not in repr(found) and "inf" not in repr(found)
    assert [one.r_wg for one in found.spreads if one.round] == ["1.000000"] * 3


def test_one_indicator_alone_is_too_small_for_an_order() -> None:
    held = surveyed()
    held.round("D1", {seat: {"1.1": rated["1.1"]} for seat, rated in FIRST.items()}, items=["1.1"])
    found = told(held).agreement
    assert (found.order.why, found.intraclass.why, found.alphas[1].why) == ("too_small", "too_small", None)


# --- an item ----------------------------------------------------------------------------------------------------------


def test_every_field_of_an_item_is_told_of_its_latest_vote_that_counted() -> None:
    found = {one.item: one for one in told(two_votes()).spreads}
    for item in ITEMS:
        here = describe_item([rated[item] for rated in SECOND.values()], SCALE)
        assert {name: getattr(found[item], name) for name in SPREAD} == {n: decimal(getattr(here, n)) for n in SPREAD}
        assert (found[item].counts, found[item].pair, found[item].in_pair) == (here.counts, here.pair, here.in_pair)
        assert (found[item].two_camps, found[item].n, found[item].round) == (here.two_camps, 8, 2)
    assert (found["1.4"].round, found["1.4"].n, found["1.4"].counts) == (None, 0, None)
    told_apart = {"n", "counts", "pair", "in_pair", "two_camps", "reason"}
    assert {field.name for field in fields(consensus.ItemSpread)} == {*SPREAD} | told_apart


def test_a_vote_without_quorum_leaves_the_earlier_one_standing() -> None:
    held = surveyed()
    held.round("D1", FIRST, items=ITEMS)
    held.round("D1", {1: SECOND[1], 2: SECOND[2]}, items=ITEMS)
    assert {one.round for one in told(held).spreads if one.item in ITEMS} == {1}
    assert told(held).stabilities == ()


def test_rand_ucla_is_told_as_not_validated_off_nine_points() -> None:
    found = {one.item: one for one in told(two_votes()).rams}
    for item in ITEMS:
        here = ram([rated[item] for rated in SECOND.values()], points=5)
        assert {n: getattr(found[item], n) for n in RAM} == {n: decimal(getattr(here, n)) for n in RAM}
        assert (found[item].agreement, found[item].disagreement) == (here.agreement, here.disagreement)
        assert (found[item].disagreement_ipras, found[item].validated) == (here.disagreement_ipras, False)


def test_stability_is_told_over_those_in_both_votes_with_kappa_and_an_exact_p() -> None:
    held = surveyed()
    held.round("D1", FIRST, items=ITEMS)
    held.round("D1", {seat: rated for seat, rated in SECOND.items() if seat > 2}, items=ITEMS)
    [here] = stability([[FIRST[s]["1.2"]] for s in range(3, 9)], [[SECOND[s]["1.2"]] for s in range(3, 9)], SCALE)
    found = {one.item: one for one in told(held).stabilities}["1.2"]
    assert (found.rounds, found.paired, found.left_pair) == ((1, 2), 6, here.left_pair)
    for name in ("changed_share", "net_change", "toward_median", "kappa", "spearman", "p_value", "iqr_change"):
        assert getattr(found, name) == decimal(getattr(here, name)), name


# --- the earlier survey -----------------------------------------------------------------------------------------------


def test_the_gap_is_tested_on_the_first_vote_and_corrected_within_its_stream() -> None:
    held = surveyed(rows=(row("1.1", "2.1"), row("1.2", "4.0"), row("1.3", None), row("1.1", "4.5", "metric")))
    held.round("D1", FIRST, items=ITEMS)
    held.round("D1", SECOND, items=ITEMS)
    found = {(one.item, one.stream): one for one in told(held).gaps}
    assert set(found) == {("1.1", "interview"), ("1.2", "interview"), ("1.1", "metric")}
    level = {"1.1": 2.1, "1.2": 4.0}
    here = {item: signed_rank([rated[item] for rated in FIRST.values()], level[item]) for item in level}
    ps = [here[item].p_value for item in level]
    for at, item in enumerate(level):
        one = found[item, "interview"]
        assert (one.round, one.p_value, one.rank_biserial) == (
            1, decimal(here[item].p_value), decimal(here[item].rank_biserial),
        )  # fmt: skip
        assert one.hodges_lehmann == decimal(here[item].hodges_lehmann - level[item])
        assert (one.p_holm, one.p_bh) == (decimal(adjust(ps, "holm")[at]), decimal(adjust(ps, "bh")[at]))
        same = equivalence([rated[item] for rated in FIRST.values()], level[item], margin=0.5)
        assert (one.equivalent, one.equivalence_p) == (same.equivalent, decimal(same.p_value))
    assert found["1.1", "metric"].p_holm == found["1.1", "metric"].p_value  # a family of its own
    # By hand: of 1 2 3 3 3 3 4 5 six lie above 2.1 and two below.
    first = found["1.1", "interview"]
    assert (first.above, first.same, first.below) == (6, 0, 2)


@pytest.mark.parametrize(("seen", "tested"), [("after_round_1", True), ("before", False)])
def test_a_survey_that_was_shown_before_the_first_vote_is_tested_against_nothing(seen: str, tested: bool) -> None:
    held = surveyed(rows=(row("1.1", "2.1"),), baseline_seen=seen)
    held.round("D1", FIRST, items=ITEMS)
    [found] = told(held).gaps
    assert (found.seen, found.p_value is not None) == (not tested, tested)


def test_an_item_first_voted_on_after_the_survey_was_shown_is_no_part_of_the_family() -> None:
    held = surveyed(rows=(row("1.1", "2.1"), row("1.2", "2.1")))
    held.round("D1", {seat: {"1.1": rated["1.1"]} for seat, rated in FIRST.items()}, items=["1.1"])
    held.round("D1", SECOND, items=ITEMS)
    found = {one.item: one for one in told(held).gaps}
    assert (found["1.1"].seen, found["1.2"].seen, found["1.2"].p_value) == (False, True, None)
    assert found["1.1"].p_holm == found["1.1"].p_value


# --- too few people ---------------------------------------------------------------------------------------------------


def short_of_one() -> Table:
    """Eight people, of whom four score 1.3; a rule that counts it all the same."""
    held = surveyed(rows=(row("1.1", "2.1"), row("1.3", "2.1")))
    lax = {"preset": "custom", "quorum": 3, "answered_percent": 0, "chance_percent": None}
    held.state = replace(held.state, rule=held.state.rule | lax)
    held.round("D1", {s: {**r, "1.3": r["1.3"] if s < 5 else "no_data"} for s, r in FIRST.items()}, items=ITEMS)
    held.round("D1", {s: {**r, "1.3": r["1.3"] if s < 5 else "no_data"} for s, r in SECOND.items()}, items=ITEMS)
    return held


def test_what_rests_on_four_people_holds_no_figure_and_the_panel_is_kept_back_with_it() -> None:
    held = short_of_one()
    found = visibility.measures_for_staff(held.state, "D1", told(held))
    assert held.state.groups["D1"].current.figures["1.3"].n == 4  # there is something that could leak
    assert found.agreement is None
    for rows in (found.spreads, found.rams, found.stabilities, found.gaps):
        few = next(one for one in rows if one.item == "1.3")
        shown = {name: getattr(few, name) for name in few.__struct_fields__}
        known = {"item", "round", "n", "withheld", "validated", "rounds", "paired", "stream", "baseline", "seen"}
        assert few.withheld and {name for name, value in shown.items() if value is not None} <= known
    assert next(one for one in found.gaps if one.item == "1.1").p_holm == next(
        one for one in found.gaps if one.item == "1.1").p_value  # fmt: skip


def test_a_higher_bar_than_the_one_computed_for_leaves_the_rows_out() -> None:
    held = two_votes()
    strict = replace(held.state, settings=c.Settings(suppress_below=9))
    shown = visibility.measures_for_staff(strict, "D1", told(held))
    assert shown.agreement is None
    assert [one.item for one in shown.spreads if one.counts] == []
    assert (shown.rams, shown.stabilities, shown.gaps) == ((), (), ())


# --- reasons ----------------------------------------------------------------------------------------------------------


def reasons() -> set[str]:
    """Every sentence in which `consensus` says why a figure is missing."""
    found = set[str]()
    for module in pkgutil.iter_modules(consensus.__path__):
        loaded = importlib.import_module(f"consensus.{module.name}")
        for name, value in vars(loaded).items():
            if re.fullmatch(r"[A-Z][A-Z_]+", name) and isinstance(value, str) and value.count(" ") > 2:
                found.add(value)
    return found


def test_every_reason_of_the_arithmetic_has_a_code_and_every_code_a_sentence() -> None:
    elsewhere = {  # said by views of their own: ConformityView.enough, and an empty list of concordances or steps
        value
        for name in ("conformity", "contributions")
        for value in vars(importlib.import_module(f"consensus.{name}")).values()
        if isinstance(value, str)
    }
    assert reasons() - elsewhere == set(whys.CODES)
    assert set(WHYS) == {*whys.CODES.values(), *whys.OWN}


def test_once_a_person_is_erased_no_measure_is_told_that_could_be_held_against_what_was_told_before() -> None:
    held = surveyed(rows=(row("1.1", "2.1"),))
    held.round("D1", FIRST, items=ITEMS)
    held.round("D1", SECOND, items=ITEMS)
    left = {number: given[1:] if number == 1 else given for number, given in held.ballots["D1"].items()}
    whole, found = told(held), measures(held.state, "D1", left)
    assert found is not None and whole.agreement is not None and found.agreement is None
    for rows, before in zip(
        (found.spreads, found.rams, found.stabilities, found.gaps),
        (whole.spreads, whole.rams, whole.stabilities, whole.gaps), strict=True,
    ):  # fmt: skip
        assert {one.withheld for one in before if one.item in ITEMS} == {False}
        assert {one.withheld for one in rows if one.item in ITEMS} == {True}
