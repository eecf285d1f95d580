"""Values by the thousand up the tree. Witnesses: `profile`, which computes one set in fractions, and `agreed_value`."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_framework import small

from consensus import ConsensusError, Framework, Scale, band, percent, profile
from consensus.agreed import agreed_value
from consensus.climb import Climb
from consensus.panels import values_of

SMALL = Framework.from_document(small())
SETS = st.lists(
    st.lists(st.none() | st.sampled_from([k / 8 for k in range(33)]), min_size=4, max_size=4), min_size=1, max_size=4
)


def tree(kind: str, low: int = 0) -> Framework:
    return Framework.from_document({**small(), "aggregation": kind, "scale": {"categories": [*range(low, low + 5)]}})


@given(SETS, st.sampled_from(["arithmetic", "geometric", "harmonic"]), st.sampled_from([(), ("A1.2",), ("B1",)]))
def test_every_set_climbs_as_the_profile_says(sets, kind, left_out) -> None:
    framework = tree(kind)
    rows = np.array([[math.nan if value is None else value for value in row] for row in sets])
    for climb in (Climb(framework, left_out=left_out), Climb(SMALL_ZERO, kind, left_out)):
        found = climb.up(rows)
        for row, values in zip(found, sets, strict=True):
            expected = profile(framework, dict(zip(framework.leaves, values, strict=True)), left_out=left_out)
            for node, value in zip(climb.nodes, row.tolist(), strict=True):
                one = expected[node].value
                assert math.isnan(value) if one is None else value == pytest.approx(one, abs=1e-12)


SMALL_ZERO = tree("arithmetic")


def test_weights_may_differ_in_every_set() -> None:
    climb = Climb(SMALL)
    weights = {node: np.stack([share, share[::-1]]) for node, share in climb.weights.items()}
    found = climb.up(np.array([[2.0, 4.0, 1.25, 5.0]] * 2), weights)
    # As declared A1 = (2 + 3·4)/4 and A = (3.5 + 2·1.25)/3; turned round A1 = (3·2 + 4)/4 and A = (2·2.5 + 1.25)/3.
    assert found[:, climb.place["A1"]].tolist() == [3.5, 2.5]
    assert found[:, climb.place["A"]] == pytest.approx([2, 6.25 / 3])


@given(st.integers(8, 40).map(lambda eighths: eighths / 8), st.sampled_from(["range", "max"]))
def test_percent_and_band_are_those_of_one_value(value, rule) -> None:
    framework = Framework.from_document({**small(), "percent": rule})
    climb = Climb(framework)
    assert climb.percent(np.array([value]))[0] == pytest.approx(percent(value, framework.scale, rule))
    found = band(framework, value)
    assert found is not None and framework.bands[int(climb.bands(np.array([value]))[0])] == found


def test_rounding_puts_no_value_below_the_band_whose_start_it_is() -> None:
    climb = Climb(SMALL)
    start = 3.5  # 62.5 percent, where "good" begins
    assert climb.bands(np.array([start, start - 1e-13, start - 1e-3, math.nan])).tolist()[:3] == [1, 1, 0]
    assert math.isnan(climb.bands(np.array([math.nan]))[0])


@pytest.mark.parametrize(
    ("framework", "aggregation", "left_out", "argument"),
    [
        (SMALL, "median", (), "aggregation"),
        (tree("arithmetic", -2), "geometric", (), "aggregation"),
        (SMALL, None, ("A1",), "left_out"),
    ],
)
def test_a_tree_refuses_what_it_cannot_climb(framework, aggregation, left_out, argument) -> None:
    with pytest.raises(ConsensusError) as refused:
        Climb(framework, aggregation, left_out)
    assert refused.value.argument == argument


@given(
    st.lists(st.lists(st.integers(0, 6), min_size=5, max_size=5), min_size=1, max_size=5),
    st.sampled_from(["median", "mean", "hodges_lehmann"]),
)
def test_one_value_for_each_of_many_counts_is_the_agreed_value_in_fractions(rows, kind) -> None:
    scale = Scale((2, 4, 6, 8, 10))
    for value, counts in zip(values_of(np.array(rows, dtype=float), scale, kind).tolist(), rows, strict=True):
        exact = agreed_value(counts, scale, kind)
        assert math.isnan(value) if exact is None else value == pytest.approx(float(exact), abs=1e-12)
