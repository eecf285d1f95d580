"""Choices taken otherwise. Witnesses: every scenario worked by `profile`, `threshold_sweep` and loops; theory."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from small_framework import both, node, small

from consensus import PRESETS, ConsensusError, Framework, GroupRatings, band, percent, profile, sensitivity
from consensus.agreed import agreed_value
from consensus.counts import pair_counts
from consensus.findings import Sensitivity
from consensus.sensitivity import FEW_GOALS, NO_MEAN, NO_PERCENT, NO_THRESHOLD, ONE_GROUP, ONE_RATER
from consensus.sweep import threshold_sweep
from consensus.weighting import drawn_weights

NAN = math.nan
RULE = PRESETS["workshop"]
CHANCE = np.random.default_rng(12)


def wide(categories: Sequence[int] = (1, 2, 3, 4, 5)) -> Framework:
    """Seven goals of two items under one top, in four bands."""
    nodes = [node("T", None, "dimension")]
    for goal in range(1, 8):
        nodes.append(node(f"G{goal}", "T", "goal"))
        nodes += [node(f"G{goal}.{item}", f"G{goal}", "indicator", str(item)) for item in (1, 2)]
    starts = {"a": "0", "b": "40", "c": "50", "d": "60"}
    bands = [{"key": key, "name": both(key), "from": least} for key, least in starts.items()]
    return Framework.from_document({**small(), "nodes": nodes, "bands": bands, "scale": {"categories": [*categories]}})


WIDE = wide()
NAMES = WIDE.leaves
BASE = CHANCE.normal(3, 0.5, 14) + CHANCE.normal(0, 0.7, (9, 14))
FIRST = GroupRatings("one", NAMES[:10], np.clip(np.rint(BASE[:, :10]), 1, 5))
SECOND = GroupRatings("two", NAMES[8:], np.clip(np.rint(BASE[:7, 8:]), 1, 5))
GOALS = WIDE.children("T")


def worked(
    groups: Sequence[GroupRatings], *, kind: str = "median", mean: str | None = None, people: int = 0
) -> dict[str, tuple[float | None, float, float]]:
    """Value, low and high of every goal, one leaf at a time through the parts that people are shown."""
    document = WIDE.document() if mean is None else {**WIDE.document(), "aggregation": mean}
    framework = Framework.from_document(document)
    values, agreed, bounds = {}, {}, {}
    for leaf in NAMES:
        column = [r for g in groups if leaf in g.items for r in np.asarray(g.ratings)[:, list(g.items).index(leaf)]]
        column = [r for r in column if not math.isnan(r)]
        if not column:
            continue
        counts = [column.count(category) for category in range(1, 6)]
        values[leaf] = agreed_value(counts, framework.scale, kind)
        rows = [[r] for r in column]
        sweep = threshold_sweep(rows, RULE, framework.scale, round=2, seated=len(rows), before=rows)
        if sweep.people[people + 1].agreeing:
            agreed[leaf] = values[leaf]
        else:
            spread = pair_counts(rows, framework.scale)
            bounds[leaf] = (float(spread.q1[0]), float(spread.q3[0]))
    every, strict = profile(framework, values), profile(framework, agreed, bounds=bounds)
    found = {}
    for goal in GOALS:
        span = strict[goal]
        low, high = (span.low, span.high) if span.value is None else (span.value, span.value)
        assert low is not None and high is not None
        found[goal] = (every[goal].value, low, high)
    return found


def banded(span: tuple[float | None, float, float], rule: str = "range") -> tuple[str, str]:
    framework = Framework.from_document({**WIDE.document(), "percent": rule})
    low, high = (band(framework, round(end, 9)) for end in span[1:])
    assert low is not None and high is not None
    return low.key, high.key


def listed(spans: dict[str, tuple[float | None, float, float]], places: int = 5) -> set[str]:
    valued = [goal for goal in GOALS if spans[goal][0] is not None]
    return set(sorted(valued, key=lambda goal: round(spans[goal][0] or 0, 9))[:places])


def studied(groups: Sequence[GroupRatings] = (FIRST, SECOND), framework: Framework = WIDE, **asked: Any) -> Sensitivity:
    rule = asked.pop("rule", RULE)
    return sensitivity(framework, groups, rule, rng=np.random.default_rng(3), **{"draws": 256, **asked})


FOUND = studied()
DECLARED = worked((FIRST, SECOND))


def without(group: GroupRatings, rater: int) -> list[GroupRatings]:
    rest = replace(group, ratings=np.delete(np.asarray(group.ratings), rater, axis=0))
    return [rest if other is group else other for other in (FIRST, SECOND)]


SCENARIOS: dict[tuple[str, str], list[dict[str, Any]]] = {
    ("aggregation", "geometric"): [{"mean": "geometric"}],
    ("aggregation", "harmonic"): [{"mean": "harmonic"}],
    ("percent", "max"): [{}],
    ("agreed_value", "mean"): [{"kind": "mean"}],
    ("agreed_value", "hodges_lehmann"): [{"kind": "hodges_lehmann"}],
    ("threshold", "-1"): [{"people": -1}],
    ("threshold", "+1"): [{"people": 1}],
    ("rater", "one"): [{"groups": without(FIRST, rater)} for rater in range(9)],
    ("rater", "two"): [{"groups": without(SECOND, rater)} for rater in range(7)],
    ("group", "one"): [{"groups": [SECOND]}],
    ("group", "two"): [{"groups": [FIRST]}],
}


def test_every_choice_of_the_page_is_tried_and_those_declared_are_the_base() -> None:
    assert [(effect.choice, effect.option) for effect in FOUND.effects] == list(SCENARIOS)
    for goal, (value, low, high) in DECLARED.items():
        shown = FOUND.nodes[goal]
        assert (shown.value, shown.low, shown.high) == pytest.approx((value, low, high))
        assert shown.bands == tuple(dict.fromkeys(banded(DECLARED[goal])))
    assert set(FOUND.weakest) == listed(DECLARED)
    assert [FOUND.nodes[goal].value for goal in FOUND.weakest] == sorted(
        found.value for goal, found in FOUND.nodes.items() if goal in FOUND.weakest
    )


@pytest.mark.parametrize("key", SCENARIOS, ids=" ".join)
def test_an_effect_is_that_of_the_scenarios_worked_one_by_one(key: tuple[str, str]) -> None:
    effect = next(effect for effect in FOUND.effects if (effect.choice, effect.option) == key)
    rule = "max" if key[0] == "percent" else "range"
    moves: dict[str, float] = {}
    bands: dict[str, int] = {}
    becomes: dict[str, list[tuple[str, ...]]] = {}
    lists, entered, left = 0, set(), set()
    for scenario in SCENARIOS[key]:
        spans = worked(**{"groups": (FIRST, SECOND), **scenario})
        for goal in GOALS:
            if spans[goal][0] is None:
                continue
            now = [percent(number, WIDE.scale, rule) for number in spans[goal] if number is not None]
            was = [percent(number, WIDE.scale) for number in DECLARED[goal] if number is not None]
            moves[goal] = max(moves.get(goal, 0), *(abs(a - b) for a, b in zip(now, was, strict=True)))
            if banded(spans[goal], rule) != banded(DECLARED[goal]):
                bands[goal] = bands.get(goal, 0) + 1
                becomes.setdefault(goal, []).append(tuple(dict.fromkeys(banded(spans[goal], rule))))
        there = {goal: DECLARED[goal] if spans[goal][0] is not None else (None, 0.0, 0.0) for goal in GOALS}
        lists += listed(spans) != listed(there)
        entered |= listed(spans) - listed(there)
        left |= listed(there) - listed(spans)
    assert effect.tried == len(SCENARIOS[key])
    assert effect.moves == pytest.approx(moves)
    assert effect.bands == bands
    assert {goal: dict(found) for goal, found in effect.becomes.items()} == {
        goal: dict(Counter(found)) for goal, found in becomes.items()
    }
    for found in effect.becomes.values():
        times = [count for _, count in found]
        assert times == sorted(times, reverse=True)
    assert (effect.weakest, set(effect.entered), set(effect.left)) == (lists, entered, left)


def test_the_two_questions_are_answered_with_the_choices_that_did_it() -> None:
    for goal, found in FOUND.nodes.items():
        did = list(dict.fromkeys(effect.choice for effect in FOUND.effects if goal in effect.bands))
        assert [choice for choice in found.changed_by if choice != "weights"] == did
        assert ("weights" in found.changed_by) == (found.weighted_same_bands < 0.95)
    assert FOUND.bands_changed_by == {g: n.changed_by for g, n in FOUND.nodes.items() if n.changed_by}
    did = list(dict.fromkeys(effect.choice for effect in FOUND.effects if effect.weakest))
    assert [choice for choice in FOUND.weakest_changed_by if choice != "weights"] == did


def test_all_combinations_are_those_of_the_four_choices_worked_one_by_one() -> None:
    same, lists, met = dict.fromkeys(GOALS, 0), 0, {goal: set[str]() for goal in GOALS}
    for mean in (None, "geometric", "harmonic"):
        for kind in ("median", "mean", "hodges_lehmann"):
            for people in (-1, 0, 1):
                spans = worked((FIRST, SECOND), kind=kind, mean=mean, people=people)
                for rule in ("range", "max"):
                    lists += listed(spans) == listed(DECLARED)
                    for goal in GOALS:
                        met[goal] |= set(banded(spans[goal], rule))
                        same[goal] += banded(spans[goal], rule) == banded(DECLARED[goal])
    assert FOUND.combinations == 54
    assert FOUND.same_weakest == pytest.approx(lists / 54)
    for goal in GOALS:
        assert FOUND.nodes[goal].combined_bands == tuple(sorted(met[goal]))
        assert FOUND.nodes[goal].same_bands == pytest.approx(same[goal] / 54)


def test_drawn_weights_have_the_mean_and_spread_of_a_dirichlet() -> None:
    declared = {"n": np.array([1.0, 3.0, 0.0]), "kept": np.array([1.0, 1.0])}
    drawn = drawn_weights(declared, ["n"], rng=np.random.default_rng(1), draws=4096, concentration=4)
    # Parameters 2 and 6: mean 1/4, variance 2·6/(8²·9); what was declared 0 stays so.
    assert drawn["n"].sum(axis=1) == pytest.approx(np.ones(4096))
    assert drawn["n"].mean(axis=0) == pytest.approx([0.25, 0.75, 0], abs=1e-3)
    assert drawn["n"][:, 0].var() == pytest.approx(12 / (64 * 9), rel=0.01)
    assert drawn["kept"] is declared["kept"]


def test_weights_move_a_goal_as_theory_says() -> None:
    # One goal of items 1 and 5 with equal weights, any division as likely: its value is uniform on 1 to 5.
    framework = Framework.from_document(small())
    groups = [GroupRatings("g", ("A2", "A1.1", "A1.2"), [[3, 1, 5]] * 6)]
    document = framework.document()
    document["nodes"][3]["weight"] = "1"
    found = studied(groups, Framework.from_document(document), nodes=["A1"], concentration=1.0, draws=4096)
    shown = found.nodes["A1"]
    assert (shown.weighted_low, shown.weighted_high) == pytest.approx((1.1, 4.9), abs=0.01)
    assert shown.weighted_same_bands == pytest.approx((3.5 - 1) / 4, abs=0.01)  # "poor" lies below 3.5
    assert (shown.changed_by[-1], shown.weighted_weakest) == ("weights", 1.0)
    [(bands, draws)] = shown.weighted_becomes
    assert (shown.bands, bands, draws / 4096) == (("poor",), ("good",), pytest.approx(1.5 / 4, abs=0.01))


def test_weights_are_drawn_below_a_goal_as_well() -> None:
    groups = [GroupRatings("g", ("A1.1", "A1.2"), [[1, 5]] * 6)]
    shown = studied(groups, Framework.from_document(small()), nodes=["A"]).nodes["A"]
    assert shown.value == 4  # of A's children only A1 is rated: what varies is the weights inside it
    assert shown.weighted_low < 4 < shown.weighted_high


def test_weights_near_the_declared_ones_move_less() -> None:
    loose, tight = (studied(concentration=concentration) for concentration in (1, 1000))
    for goal in GOALS:
        wide_, narrow = (found.nodes[goal].weighted_high - found.nodes[goal].weighted_low for found in (loose, tight))
        assert narrow <= wide_ + 1e-12
    assert tight.weighted_same_weakest >= loose.weighted_same_weakest


def test_items_that_are_not_settled_span_their_quartiles_and_fixed_values_do_not() -> None:
    goal = "G2"
    ratings = np.asarray(FIRST.ratings)[:, 2:4]
    (q1, q3), share = np.quantile(ratings, [0.25, 0.75], axis=0), np.array([1, 2]) / 3
    loosened = studied(unsettled=["G2.1", "G2.2"]).nodes[goal]
    assert (loosened.low, loosened.high) == pytest.approx((q1 @ share, q3 @ share))
    assert (FOUND.nodes[goal].low, FOUND.nodes[goal].high) != (loosened.low, loosened.high)
    pinned = studied(fixed={f"{goal}.1": 4, f"{goal}.2": "4"})
    assert (pinned.nodes[goal].low, pinned.nodes[goal].high, pinned.nodes[goal].weighted_same_bands) == (4, 4, 1)


def test_a_goal_that_nobody_rated_spans_the_scale_and_one_left_out_has_nothing() -> None:
    found = studied([FIRST], left_out=["G1.1", "G1.2"])
    seven, one = found.nodes["G7"], found.nodes["G1"]
    assert (math.isnan(seven.value), seven.low, seven.high, seven.bands) == (True, 1, 5, ("a", "d"))
    assert (math.isnan(one.value), math.isnan(one.low), one.bands, one.changed_by) == (True, True, (), ())
    assert not {"G1", "G6", "G7"} & set(found.weakest)


def test_what_cannot_be_tried_is_said() -> None:
    alone = GroupRatings("one", NAMES, [[3] * 14])
    lone = studied([alone], rule=PRESETS["rand-ucla"], weakest=7)
    assert lone.not_tried == {
        "threshold": NO_THRESHOLD, "rater": ONE_RATER, "group": ONE_GROUP, "weakest": FEW_GOALS,
    }  # fmt: skip
    below = wide((-4, -3, -2, -1, 0))
    under = studied([GroupRatings("one", NAMES, np.asarray(BASE).round().clip(1, 5) - 5)], below)
    assert (under.not_tried["aggregation"], under.not_tried["percent"]) == (NO_MEAN, NO_PERCENT)
    assert {effect.choice for effect in under.effects} == {"agreed_value", "threshold", "rater"}


def test_no_result_says_who_a_rater_is() -> None:
    turned = [replace(group, ratings=np.asarray(group.ratings)[::-1]) for group in (FIRST, SECOND)]
    assert str(studied(turned)) == str(FOUND)


def test_the_framework_may_count_in_percent_of_the_highest() -> None:
    framework = Framework.from_document({**WIDE.document(), "percent": "max"})
    found = studied(framework=framework)
    assert found.nodes["G1"].low == pytest.approx(FOUND.nodes["G1"].low)
    assert [effect.option for effect in found.effects if effect.choice == "percent"] == ["range"]


@pytest.mark.parametrize(
    ("asked", "argument"),
    [
        ({"draws": 1000}, "draws"),
        ({"draws": True}, "draws"),
        ({"concentration": 0}, "concentration"),
        ({"weakest": 0}, "weakest"),
        ({"nodes": ["G9"]}, "node"),
        ({"groups": []}, "groups"),
    ],
)
def test_what_cannot_be_studied_is_refused(asked: dict[str, Any], argument: str) -> None:
    with pytest.raises(ConsensusError) as refused:
        studied(**asked)
    assert refused.value.argument == argument
    with pytest.raises(ConsensusError, match="default_rng"):
        sensitivity(WIDE, [FIRST], RULE, rng=3)  # type: ignore[arg-type]
