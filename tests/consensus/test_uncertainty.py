"""Intervals up the tree. Witnesses: the same resamples one by one in loops, theory for a mean, degenerate panels."""

from __future__ import annotations

import math
import sys
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats
from small_framework import small

from consensus import ConsensusError, Framework, GroupRatings, profile, uncertainty
from consensus.agreed import agreed_value
from consensus.resampling import resample_counts
from consensus.uncertainty import NO_VALUE, ONE_RATING, SOME_ALONE

NAN = math.nan
SMALL = Framework.from_document(small())
CHANCE = np.random.default_rng(31)
FIRST = GroupRatings("one", ("A1.1", "A1.2", "A2"), CHANCE.integers(1, 6, (9, 3)).astype(float))
SECOND = GroupRatings("two", ("B1", "A2"), CHANCE.integers(1, 6, (6, 2)).astype(float))


def interval_of(groups, **asked):
    return uncertainty(SMALL, groups, rng=np.random.default_rng(5), **{"resamples": 200, **asked})


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric", "harmonic"])
@pytest.mark.parametrize("value", ["median", "mean", "hodges_lehmann"])
def test_the_intervals_are_those_of_every_resample_worked_by_itself(aggregation: str, value: str) -> None:
    framework = Framework.from_document({**small(), "aggregation": aggregation})
    rng = np.random.default_rng(5)
    draws = [next(resample_counts(rng, 200, len(np.asarray(group.ratings)))) for group in (FIRST, SECOND)]
    nodes: dict[str, list[float]] = {node: [] for node in framework.nodes}
    for resample in range(200):
        pools: dict[str, list[int]] = {leaf: [0] * 5 for leaf in framework.leaves}
        for group, draw in zip((FIRST, SECOND), draws, strict=True):
            for rater, row in enumerate(np.asarray(group.ratings)):
                for item, rating in zip(group.items, row, strict=True):
                    pools[item][int(rating) - 1] += int(draw[resample, rater])
        values = {leaf: agreed_value(pool, framework.scale, value) for leaf, pool in pools.items()}
        for node, found in profile(framework, values).nodes.items():
            assert found.value is not None
            nodes[node].append(found.value)
    found = interval_of([FIRST, SECOND], aggregation=aggregation, value=value)
    for node, drawn in nodes.items():
        assert (found[node].low, found[node].high) == pytest.approx(tuple(np.quantile(drawn, [0.025, 0.975])))
        good = np.mean([Fraction(x).limit_denominator(10**9) >= Fraction(7, 2) for x in drawn])
        assert found[node].bands.get("good", 0.0) == pytest.approx(good)
        assert sum(found[node].bands.values()) == pytest.approx(1)


def test_the_value_is_that_of_the_profile_and_percent_follows_the_rule() -> None:
    found = interval_of([FIRST, SECOND], percent="max", level=0.5)
    medians = {"A1.1": 0.0, "A1.2": 0.0, "B1": 0.0}
    for group in (FIRST, SECOND):
        for item, column in zip(group.items, np.asarray(group.ratings).T, strict=True):
            medians[item] = float(np.median(column))
    medians["A2"] = float(np.median(np.r_[np.asarray(FIRST.ratings)[:, 2], np.asarray(SECOND.ratings)[:, 1]]))
    expected = profile(SMALL, medians)
    assert {node: found[node].value for node in SMALL.nodes} == pytest.approx(
        {node: expected[node].value for node in SMALL.nodes}
    )
    assert found["A"].percent_high == pytest.approx(20 * found["A"].high)
    wider = interval_of([FIRST, SECOND], level=0.99)["A"]
    assert wider.low <= found["A"].low <= found["A"].high <= wider.high


def test_the_interval_of_a_mean_has_the_width_that_theory_gives_it() -> None:
    # Fifty raters: ± 1.96·s/√50, up to the resampling's own error.
    ratings = np.random.default_rng(2).integers(1, 6, (50, 1)).astype(float)
    found = interval_of([GroupRatings("all", ("B1",), ratings)], value="mean", resamples=20_000)["B"]
    half = stats.norm.ppf(0.975) * ratings.std() / math.sqrt(50)
    assert (found.low, found.high) == pytest.approx((ratings.mean() - half, ratings.mean() + half), abs=0.02)


def test_drawn_in_batches_the_resamples_are_the_same(monkeypatch) -> None:
    whole = interval_of([FIRST], resamples=400)
    monkeypatch.setattr(sys.modules["consensus.uncertainty"], "_CHUNK", 500)  # twenty-five at a time
    assert str(interval_of([FIRST], resamples=400)) == str(whole)


def test_degenerate_nodes_say_why() -> None:
    lone = GroupRatings("one", ("A1.1", "A1.2", "B1"), [[3, 2, NAN], [NAN, 4, NAN], [NAN, 4, NAN]])
    found = interval_of([lone])
    assert (found["A1.1"].value, math.isnan(found["A1.1"].low), found["A1.1"].reason) == (3.0, True, ONE_RATING)
    assert (found["A1"].reason, found["A1"].low < found["A1"].high) == (SOME_ALONE, True)
    assert (math.isnan(found["B"].value), found["B"].bands, found["B"].reason) == (True, {}, NO_VALUE)


def test_a_value_that_stands_does_not_vary_and_a_leaf_left_out_counts_nowhere() -> None:
    found = interval_of([FIRST], fixed={"B1": "3.500000"}, left_out=["A2"])
    assert (found["B1"].value, found["B"].low, found["B"].high, found["B"].reason) == (3.5, 3.5, 3.5, None)
    assert (found["A2"].reason, found["A"].value) == (NO_VALUE, found["A1"].value)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"groups": []}, "no_groups"),
        ({"groups": [FIRST, FIRST]}, "group_twice"),
        ({"groups": [GroupRatings("g", ("B1", "B1"), [[1, 1]])]}, "item_twice"),
        ({"groups": [GroupRatings("g", ("B",), [[1]])]}, "unknown_leaf"),
        ({"groups": [GroupRatings("g", ("B1",), [[1, 2]])]}, "shape"),
        ({"groups": [GroupRatings("g", ("B1",), [[6]])]}, "off_scale"),
        ({"value": "mode"}, "unknown_choice"),
        ({"percent": "share"}, "bad_percent_rule"),
        ({"level": 1}, "out_of_range"),
        ({"fixed": {"B1": 7}}, "off_scale"),
        ({"fixed": {"B1": "much"}}, "off_scale"),
        ({"resamples": 0}, "bad_resamples"),
    ],
)
def test_what_cannot_be_resampled_is_refused(asked, code) -> None:
    groups = asked.pop("groups", [FIRST])
    with pytest.raises(ConsensusError) as refused:
        interval_of(groups, **asked)
    assert refused.value.code == code
