"""Values up the tree. Witnesses: a small tree worked by hand, and what every mean must obey."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_framework import both, small

from consensus import ConsensusError, Framework, NodeValue, band, completeness, percent, profile
from consensus.means import MEANS

SMALL = Framework.from_document(small())
FULL: dict[str, float | str | None] = {"A1.1": 2, "A1.2": 4, "A2": "1.25", "B1": 5.0}
SCORES = st.fixed_dictionaries({leaf: st.sampled_from([k / 8 for k in range(8, 41)]) for leaf in SMALL.leaves})


def values_of(found: Any) -> dict[str, float | None]:
    return {node: value.value for node, value in found.nodes.items()}


def with_mean(kind: str) -> Framework:
    return Framework.from_document({**small(), "aggregation": kind})


def test_weighted_means_climb_the_tree_as_by_hand() -> None:
    # A1 = (2 + 3·4)/4 = 3.5; A = (3.5 + 2·1.25)/3 = 2; B = 5.
    assert values_of(profile(SMALL, FULL)) == {
        "A": 2.0, "A1": 3.5, "A1.1": 2.0, "A1.2": 4.0, "A2": 1.25, "B": 5.0, "B1": 5.0,
    }  # fmt: skip


def test_a_missing_leaf_is_left_out_of_a_stream_and_never_counted_as_zero() -> None:
    found = profile(SMALL, {**FULL, "A1.2": None, "B1": math.nan})
    # A1 = 2; A = (2 + 2·1.25)/3 = 1.5; B has nothing.
    assert (found["A1"], found["A"]) == (NodeValue(2.0, None, None, 1, 2), NodeValue(1.5, None, None, 2, 3))
    assert found["B"] == found["B1"] == NodeValue(None, None, None, 0, 1)


def test_one_leaf_without_agreement_leaves_every_node_above_it_between_low_and_high() -> None:
    found = profile(SMALL, {**FULL, "A1.2": None}, bounds={"A1.2": (3, "4.5")})
    # A1 from (2 + 9)/4 = 2.75 to (2 + 13.5)/4 = 3.875; A from (2.75 + 2.5)/3 = 1.75 to (3.875 + 2.5)/3 = 2.125.
    assert found["A1.2"] == NodeValue(None, 3.0, 4.5, 0, 1)
    assert found["A1"] == NodeValue(None, 2.75, 3.875, 1, 2)
    assert found["A"] == NodeValue(None, 1.75, 2.125, 2, 3)
    assert found["B"] == NodeValue(5.0, None, None, 1, 1)


def test_a_leaf_that_was_not_rated_spans_the_scale() -> None:
    found = profile(SMALL, {"A1.1": 2, "A1.2": 4, "A2": 1}, bounds={})
    assert found["B1"] == found["B"] == NodeValue(None, 1.0, 5.0, 0, 1)


def test_a_decided_value_stands_in_the_profile_and_is_not_counted_as_agreed() -> None:
    found = profile(SMALL, FULL, bounds={}, agreed={"A1.1", "B1"})
    assert (found["A1"], found["A"].agreed, found["B"].agreed) == (NodeValue(3.5, None, None, 1, 2), 1, 1)


def test_a_leaf_that_does_not_apply_counts_nowhere() -> None:
    found = profile(SMALL, {**FULL, "A2": None}, bounds={}, left_out=["A2", "B1"])
    assert found["A"] == NodeValue(3.5, None, None, 2, 2)
    assert found["B"] == found["B1"] == NodeValue(None, None, None, 0, 0)


def test_a_node_below_the_coverage_floor_shows_no_value_and_is_passed_over_further_up() -> None:
    coverage = {"A1.1": (1, 3), "A1.2": (1, 3), "A2": (3, 3), "B1": (1, 2)}
    found = profile(SMALL, FULL, coverage=coverage)
    assert completeness(SMALL, coverage) == {
        "A": (5, 9), "A1": (2, 6), "A1.1": (1, 3), "A1.2": (1, 3), "A2": (3, 3), "B": (1, 2), "B1": (1, 2),
    }  # fmt: skip
    assert values_of(found) == {"A": 1.25, "A1": None, "A1.1": 2.0, "A1.2": 4.0, "A2": 1.25, "B": 5.0, "B1": 5.0}


def test_a_node_of_which_nothing_was_asked_shows_no_value() -> None:
    assert profile(SMALL, FULL, coverage={"A2": (1, 1)})["B"].value is None


def test_what_does_not_apply_is_not_asked() -> None:
    coverage = {"A1.1": (0, 3), "A1.2": (2, 3), "A2": (3, 3)}
    assert completeness(SMALL, coverage, left_out=["A1.1"])["A"] == (5, 6)


def test_geometric_and_harmonic_means_are_those_of_the_textbook() -> None:
    # A1: (2·4³)^¼ = 128^¼; 4/(1/2 + 3/4) = 3.2.
    assert profile(with_mean("geometric"), FULL)["A1"].value == pytest.approx(128**0.25, rel=1e-15)
    assert profile(with_mean("harmonic"), FULL)["A1"].value == 3.2


@pytest.mark.parametrize("kind", ["geometric", "harmonic"])
def test_a_zero_score_makes_these_means_zero(kind: str) -> None:
    framework = Framework.from_document({**small(), "aggregation": kind, "scale": {"categories": [0, 1, 2, 3]}})
    assert profile(framework, {"A1.1": 0, "A1.2": 3, "A2": 3, "B1": 0})["A1"].value == 0.0
    assert profile(framework, {"B1": 0})["B"].value == 0.0


@given(SCORES)
def test_the_means_stand_in_their_order_and_between_their_extremes(values: dict[str, float]) -> None:
    harmonic, geometric, arithmetic = (
        profile(with_mean(kind), values) for kind in ("harmonic", "geometric", "arithmetic")
    )
    for node in SMALL.parents_first:
        under = [values[leaf] for leaf in SMALL.leaves_under(node)]
        means = [found[node].value or 0 for found in (harmonic, geometric, arithmetic)]
        chain = [min(under), *means, max(under)]
        assert all(low <= high + 1e-12 for low, high in itertools.pairwise(chain))


@pytest.mark.parametrize("kind", sorted(MEANS))
@given(values=SCORES, missing=st.sets(st.sampled_from(SMALL.leaves)), inside=SCORES)
def test_whatever_the_missing_leaves_were_the_value_lies_within_the_bounds(
    kind: str, values: dict[str, float], missing: set[str], inside: dict[str, float]
) -> None:
    framework = with_mean(kind)
    bounds = {leaf: (max(1.0, inside[leaf] - 0.5), min(5.0, inside[leaf] + 1)) for leaf in missing}
    known = {leaf: None if leaf in missing else values[leaf] for leaf in values}
    found = profile(framework, known, bounds=bounds)
    told = profile(framework, {**values, **{leaf: inside[leaf] for leaf in missing}})
    for node in framework.parents_first:
        here, truth = found[node], told[node].value
        assert (here.value is None) == bool(missing & set(framework.leaves_under(node)))
        if here.value is None:
            assert here.low is not None and here.high is not None and truth is not None
            assert here.low - 1e-12 <= truth <= here.high + 1e-12
        else:
            assert (here.value, here.low, here.high) == (truth, None, None)


@given(SCORES)
def test_raising_one_leaf_lowers_no_node(values: dict[str, float]) -> None:
    raised = {**values, "A1.2": 5.0}
    for kind in MEANS:
        low, high = profile(with_mean(kind), values), profile(with_mean(kind), raised)
        assert all((low[node].value or 0) <= (high[node].value or 0) + 1e-12 for node in SMALL.parents_first)


@pytest.mark.parametrize(
    ("x", "categories", "rule", "expected"),
    [
        (1, range(1, 6), "range", 0),
        (3.5, range(1, 6), "range", 62.5),
        ("3.5", range(1, 6), "max", 70),
        (0, range(4), "max", 0),
        (Fraction(3, 2), range(4), "range", 50),
    ],
)
def test_percent_is_of_the_range_or_of_the_maximum(
    x: float, categories: range, rule: str, expected: float
) -> None:
    assert percent(x, categories, rule) == expected


def test_an_unknown_percent_rule_is_refused() -> None:
    with pytest.raises(ConsensusError) as refused:
        percent(3, range(1, 6), "share")
    assert refused.value.code == "bad_percent_rule"


def test_the_start_of_a_band_belongs_to_it() -> None:
    named = {value: found.key for value in ("1", "3.499999", "3.5", "5") if (found := band(SMALL, value))}
    assert named == {"1": "poor", "3.499999": "poor", "3.5": "good", "5": "good"}
    assert band(SMALL, None) is None


@pytest.mark.parametrize(
    ("arguments", "argument", "code"),
    [
        ({"values": {"A": 3}}, "values", "unknown_leaf"),
        ({"values": {"B1": 5.5}}, "values", "off_scale"),
        ({"values": {"B1": "three"}}, "values", "off_scale"),
        ({"values": {"B1": math.inf}}, "values", "off_scale"),
        ({"bounds": {"Z": (1, 2)}}, "bounds", "unknown_leaf"),
        ({"bounds": {"B1": (3, 2)}}, "bounds", "bad_bounds"),
        ({"bounds": {"B1": (0, 2)}}, "bounds", "off_scale"),
        ({"agreed": ["A1"]}, "agreed", "unknown_leaf"),
        ({"coverage": {"B1": (3, 2)}}, "coverage", "bad_coverage"),
        ({"coverage": {"B1": (1.0, 2)}}, "coverage", "bad_coverage"),
        ({"left_out": ["B"]}, "left_out", "unknown_leaf"),
    ],
)
def test_what_is_no_leaf_or_off_the_scale_is_refused_by_name(
    arguments: dict[str, Any], argument: str, code: str
) -> None:
    with pytest.raises(ConsensusError) as refused:
        profile(SMALL, **{"values": FULL, **arguments})
    assert (refused.value.argument, refused.value.code) == (argument, code)


def test_the_label_of_a_node_plays_no_part_in_its_value() -> None:
    document = small()
    document["nodes"][0]["name"] = both("Renamed")
    assert profile(Framework.from_document(document), FULL) == profile(SMALL, FULL)
