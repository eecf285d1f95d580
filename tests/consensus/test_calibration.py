"""How often a rule passes panels with nothing to agree on. Witnesses: all panels listed, and the guard's count."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement, product
from math import prod

import naive_verdict as naive
import numpy as np
import pytest
from scipy.stats import multinomial

from consensus import PRESETS, ConsensusError, Rule, chance_of_consensus
from consensus.calibration import PANELS, _chance, panel_shares
from consensus.chance import pass_probability
from consensus.location import locate
from consensus.walk import is_short

FIVE = (1, 2, 3, 4, 5)


def passes(preset: str, panel: tuple[int, ...]) -> bool:
    """The location clause of a preset, in its words."""
    inside = naive.fullest_pair(panel, 5)[1]
    quartile = Fraction(1, 4)
    if preset == "workshop":
        return inside >= naive.needed(len(panel), 5)
    if preset == "two-thirds":
        return inside * 3 >= len(panel) * 2
    if preset == "within-one":
        return sum(abs(rating - naive.median(panel)) <= 1 for rating in panel) * 4 >= len(panel) * 3
    wide = naive.quantile(panel, 1 - quartile) - naive.quantile(panel, quartile)
    return inside * 4 >= len(panel) * 3 and wide <= 1


@lru_cache
def passing(preset: str) -> list[tuple[int, ...]]:
    """All panels of six on five points that pass."""
    return [panel for panel in product(FIVE, repeat=6) if passes(preset, panel)]


@pytest.mark.parametrize("kind", PANELS)
@pytest.mark.parametrize("preset", ["workshop", "iqr", "within-one", "two-thirds"])
def test_the_chance_equals_that_of_listing_every_panel_of_six(preset: str, kind: str) -> None:
    shares = panel_shares(kind, 5).tolist()
    expected = sum(prod(shares[rating - 1] for rating in panel) for panel in passing(preset))
    assert chance_of_consensus(PRESETS[preset], 6, FIVE, panel=kind) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("raters", "percent"), [(5, 31), (6, 15), (8, 18), (9, 10), (12, 6)])
def test_an_unguarded_pair_passes_as_often_as_published(raters: int, percent: int) -> None:
    # STATISTICS.md; the limit on the interquartile range is set so wide that it binds nobody.
    rule = Rule.from_document({"preset": "iqr", "iqr_at_most": "4"})
    assert round(100 * chance_of_consensus(rule, raters, FIVE)) == percent


@pytest.mark.parametrize("raters", [5, 8, 13, 30, 120])
def test_the_default_rule_never_passes_random_panels_more_often_than_it_says(raters: int) -> None:
    rule = PRESETS["workshop"]
    needed = rule.needed(raters, 5)
    assert needed is not None
    chance = float(pass_probability(raters, 5, needed))
    assert chance <= 0.05
    assert chance_of_consensus(rule, raters, FIVE) == pytest.approx(chance, rel=1e-11)


def test_where_nobody_can_agree_the_chance_is_nought() -> None:
    rule = PRESETS["workshop"]
    assert chance_of_consensus(rule, 4, FIVE) == 0.0  # no quorum
    assert chance_of_consensus(rule, 5, (1, 2, 3, 4)) == 0.0  # unanimity fails the guard


@pytest.mark.parametrize("preset", sorted(PRESETS))
@pytest.mark.parametrize("kind", PANELS)
def test_on_other_scales_the_chance_is_that_of_every_way_ratings_can_fall(preset: str, kind: str) -> None:
    # The location clause reads each way once; how likely a way is, is multinomial.
    rule = PRESETS[preset]
    for categories, raters in ((2, 9), (3, 10), (4, 11), (7, 6), (9, 6)):
        ways = combinations_with_replacement(range(categories), raters)
        counts = np.array([np.bincount(way, minlength=categories) for way in ways])
        needed = rule.needed(raters, categories)
        held = locate(counts, rule).holds(None if needed is None else np.full(len(counts), needed))
        expected = multinomial.pmf(counts, raters, panel_shares(kind, categories))[held].sum()
        found = chance_of_consensus(rule, raters, range(1, categories + 1), panel=kind)
        assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("categories", [5, 7, 9])
def test_every_preset_is_exact_up_to_thirty_raters(categories: int) -> None:
    assert all(is_short(rule, 30, categories) for rule in PRESETS.values())


def test_a_hall_is_simulated_within_its_error() -> None:
    rule = Rule.from_document({"preset": "two-thirds"})
    assert is_short(rule, 120, 5) and not is_short(rule, 1000, 3)
    simulated = chance_of_consensus(rule, 1000, (1, 2, 3))
    assert simulated == pytest.approx(float(pass_probability(1000, 3, 667)), abs=4 * 0.0011)


@pytest.mark.parametrize("preset", ["iqr", "within-one", "rand-ucla"])
def test_thirty_raters_pass_as_often_as_simulated_ones(preset: str) -> None:
    # 200,000 panels drawn here, judged by the location clause itself.
    rule, shares = PRESETS[preset], panel_shares("ceiling", 9)
    counts = np.random.default_rng(8).multinomial(30, shares, size=200_000)
    needed = rule.needed(30, 9)
    held = locate(counts, rule).holds(None if needed is None else np.full(len(counts), needed))
    assert chance_of_consensus(rule, 30, range(1, 10), panel="ceiling") == pytest.approx(held.mean(), abs=4 * 0.0011)


def test_a_seedless_call_says_the_same_twice() -> None:
    rule = PRESETS["rand-ucla"]
    _chance.cache_clear()
    first = chance_of_consensus(rule, 500, FIVE)
    _chance.cache_clear()
    assert chance_of_consensus(rule, 500, FIVE) == first


@pytest.mark.parametrize("kind", PANELS)
@pytest.mark.parametrize("categories", range(2, 11))
def test_the_shares_of_a_panel_add_up_to_one(kind: str, categories: int) -> None:
    shares = panel_shares(kind, categories)
    assert shares.sum() == pytest.approx(1, abs=1e-15)
    if kind == "two_camps":
        assert np.array_equal(shares, shares[::-1])
        assert categories == 2 or shares[categories // 2] < shares.max()


def test_an_unknown_panel_is_refused_by_name() -> None:
    with pytest.raises(ConsensusError) as refused:
        chance_of_consensus(PRESETS["workshop"], 8, FIVE, panel="lazy")
    assert (refused.value.argument, refused.value.code) == ("panel", "unknown_panel")
