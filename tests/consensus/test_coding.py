"""Ratings counted by item and value. Witness: numpy's own count, item by item."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.coding import count_by_item


def counted_by_hand(ratings: np.ndarray) -> list[dict[float, int]]:
    found = []
    for column in ratings.T:
        values, counts = np.unique(column[~np.isnan(column)], return_counts=True)
        found.append(dict(zip(values.tolist(), counts.tolist(), strict=True)))
    return found


def counted(ratings: np.ndarray) -> list[dict[float, int]]:
    counts, values = count_by_item(ratings)
    assert (np.diff(values) > 0).all()
    return [
        {value: count for value, count in zip(values.tolist(), row, strict=True) if count} for row in counts.tolist()
    ]


@given(
    st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=1, max_size=12),
    st.sampled_from([-7.0, 0.0, 1.0, 0.5, 2.0**41, -(2.0**39)]),
    st.sampled_from([1.0, 0.5, 2.0]),
    st.booleans(),
)
def test_counts_are_those_of_each_item_by_itself(rows, low, step, gap) -> None:
    ratings = low + step * np.array(rows, dtype=float)
    if gap:
        ratings[0, 0] = math.nan
    assert counted(ratings) == counted_by_hand(ratings)


@pytest.mark.parametrize("size", range(1, 9))
@pytest.mark.parametrize("order", ["C", "F"])
def test_a_column_of_one_value_longer_than_any_block_is_counted_in_full(size: int, order) -> None:
    ratings = np.full((3000, 4), float(size), order=order)
    ratings[:size, 0] = np.arange(1, size + 1)
    assert counted(ratings) == counted_by_hand(ratings)


def test_a_fraction_after_the_first_block_is_still_a_value_of_its_own() -> None:
    ratings = np.ones((5000, 2))
    ratings[4000] = (3.0, 2.5)
    assert counted(ratings) == [{1.0: 4999, 3.0: 1}, {1.0: 4999, 2.5: 1}]
