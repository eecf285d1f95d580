"""Shuffling by comparing: the network against all rows of noughts and ones, the shuffles against equal chances."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from consensus import kendall_w, shuffles
from consensus.resampling import shuffled_sums, shuffled_sums_with_gaps


def ordered(row: list[int]) -> list[int]:
    for left, right in shuffles.network(len(row)):
        row[left], row[right] = min(row[left], row[right]), max(row[left], row[right])
    return row


@pytest.mark.parametrize("width", range(1, 12))
def test_the_network_orders_every_row_of_noughts_and_ones_and_so_every_row(width: int) -> None:
    # Knuth's principle: a network that orders these orders all.
    assert all(ordered(list(row)) == sorted(row) for row in product((0, 1), repeat=width))


@pytest.mark.parametrize("width", range(12, shuffles.WIDEST + 1))
def test_wider_networks_order_random_rows(width: int) -> None:
    rng = np.random.default_rng(width)
    assert all(ordered(row) == sorted(row) for row in rng.integers(0, 2, (50, width)).tolist())


def test_every_order_of_a_row_is_as_likely() -> None:
    codes = np.array([[0, 1, 2, 3], [5, 4, 4, 7]])
    drawn = np.concatenate(
        [np.stack(chunk, axis=2) for chunk in shuffles.shuffled_codes(codes, np.random.default_rng(1), 24_000)], axis=1
    )
    orders, seen = np.unique(drawn[0], axis=0, return_counts=True)
    assert orders.tolist() == [list(order) for order in permutations(range(4))]
    # 24 orders, 1,000 of each: the sum of squares is χ² with 23 degrees of freedom, above 49.7 once in a thousand.
    assert ((seen - 1000) ** 2 / 1000).sum() < 49.7
    assert {tuple(sorted(row)) for row in drawn[1].tolist()} == {(4, 4, 5, 7)}


def test_rows_are_shuffled_apart_from_each_other() -> None:
    codes = np.tile(np.arange(3), (2, 1))
    (chunk,) = shuffles.shuffled_codes(codes, np.random.default_rng(2), 3600)
    together = np.stack(chunk)[0]
    _, seen = np.unique(together.T, axis=0, return_counts=True)
    assert np.abs(seen - 400).max() < 4 * np.sqrt(400)  # nine pairs of first entries


def test_what_is_fixed_stays_behind_what_is_shuffled() -> None:
    behind = np.array([[False, False, True, False, True]])
    codes = np.array([[1, 2, 9, 3, 8]])
    (chunk,) = shuffles.shuffled_codes(codes, np.random.default_rng(3), 100, behind)
    assert {tuple(sorted(row)) for row in np.stack(chunk[:3], axis=2)[0].tolist()} == {(1, 2, 3)}
    assert {tuple(sorted(row)) for row in np.stack(chunk[3:], axis=2)[0].tolist()} == {(8, 9)}


@pytest.mark.parametrize("columns", [shuffles.WIDEST, shuffles.WIDEST + 1])
@pytest.mark.parametrize("gaps", [False, True])
def test_sums_of_shuffled_rows_have_the_mean_and_spread_of_theory(columns: int, gaps: bool) -> None:
    rng = np.random.default_rng(columns)
    rows, present = rng.integers(-9, 10, (4, columns)).astype(float), np.ones((4, columns))
    if gaps:
        present[0, :7] = present[2, 5:9] = 0
        rows *= present
        sums = np.concatenate(list(shuffled_sums_with_gaps(rows, present, rng, 4000)))
    else:
        sums = np.concatenate(list(shuffled_sums(rows, rng, 4000)))
    mean = (rows.sum(axis=1) / present.sum(axis=1)) @ present
    spread = ((rows**2).sum(axis=1) / present.sum(axis=1) - (rows.sum(axis=1) / present.sum(axis=1)) ** 2) @ present
    assert np.abs(sums.mean(axis=0) - mean).max() < 5 * np.sqrt(spread.max() / 4000)
    np.testing.assert_allclose(sums.var(axis=0), spread, rtol=0.15)
    np.testing.assert_allclose(sums.sum(axis=1), rows.sum(), atol=1e-9)


@pytest.mark.parametrize("items", [13, 40])
@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_panels_without_an_order_have_even_chances_by_permutation(items: int, missing: float) -> None:
    rng = np.random.default_rng(5)
    chances = []
    for _ in range(60):
        ratings = rng.integers(1, 6, (6, items)).astype(float)
        ratings[rng.random(ratings.shape) < missing] = np.nan
        chances.append(kendall_w(ratings, p="permutation", interval=None, rng=rng, resamples=199).p_value)
    # Even on 0 to 1: mean 1/2, and the mean of sixty within four standard errors of .037.
    assert abs(np.mean(chances) - 0.5) < 0.15
    assert 0 < min(chances) < max(chances) <= 1
