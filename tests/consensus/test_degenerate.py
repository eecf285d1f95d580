"""Data with nothing in it to measure: every call answers, says why a figure is missing, and warns of nothing.

Warnings are errors in all tests, so that a division by nought would end these.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import consensus as c
from consensus import PRESETS

FIVE = (1, 2, 3, 4, 5)
NAN = math.nan


def unexplained(records: Iterable[Any]) -> list[tuple[str, str]]:
    """Figures that are nan, or beyond all bounds, in a record that gives no reason."""
    return [
        (type(record).__name__, field.name)
        for record in records
        for field in dataclasses.fields(record)
        if isinstance(value := getattr(record, field.name), float) and not math.isfinite(value)
        if record.reason is None and not (math.isinf(value) and field.name in ("statistic", "f"))
    ]


def answers(first: np.ndarray, second: np.ndarray, baseline: np.ndarray) -> Iterable[Any]:
    """Everything that can be asked of two votes and a baseline."""
    rng, columns = np.random.default_rng(1), list(first.T)
    if min(first.shape) > 1:
        asked: list[dict[str, Any]] = [{}, {"p": "f"}, {"p": "chi2"}, {"p": "permutation"}, {"interval": "bootstrap"}]
        yield from (c.kendall_w(first, rng=rng, resamples=9, **options) for options in asked)
        yield from (c.icc(first), c.icc(np.nan_to_num(first, nan=3.0)))
    if len(first) > 1:
        yield from (c.krippendorff_alpha(first, level=level) for level in ("nominal", "ordinal", "interval", "ratio"))
        yield from (c.gwet_ac(first, categories=FIVE, weights=kind) for kind in ("identity", "ordinal", "quadratic"))
    yield from c.describe(first, FIVE)
    yield from c.describe(first - 3, (-2, -1, 0, 1, 2))
    yield from (c.ram(column, points=5) for column in columns)
    yield from c.stability(first, second, FIVE)
    yield from (c.signed_rank(column, 3, method=kind) for column in columns for kind in ("exact", "corrected"))
    yield from (c.equivalence(column, 3) for column in columns)
    yield from c.gap(first, baseline, FIVE)
    yield c.conformity(first, second, FIVE, shown=baseline)
    if min(first.shape) > 1:
        yield c.rater_concordance(first)


KINDS: list[st.SearchStrategy[float]] = [
    st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, NAN]), st.sampled_from([3.0, NAN]), st.just(3.0), st.just(NAN),
    st.sampled_from([2.0, 3.0]), st.sampled_from([1.0, 5.0, NAN]),
]  # fmt: skip


@st.composite
def votes(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    shape = draw(st.integers(1, 16)), draw(st.integers(1, 6))
    first = draw(arrays.arrays(float, shape, elements=draw(st.sampled_from(KINDS))))
    second = draw(st.just(first) | arrays.arrays(float, shape, elements=KINDS[0]))
    return first, second, draw(arrays.arrays(float, shape[1], elements=st.sampled_from([1.0, 2.5, 3.0, NAN])))


@settings(max_examples=60)
@given(votes())
def test_whatever_cannot_be_computed_says_why(asked: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    assert unexplained(answers(*asked)) == []


@settings(max_examples=20)
@given(votes(), st.sampled_from(sorted(PRESETS)), st.integers(1, 4))
def test_every_vote_has_a_verdict_and_a_sweep(asked: tuple[np.ndarray, ...], preset: str, vote: int) -> None:
    first, second, _ = asked
    options: dict[str, Any] = {"round": vote, "seated": len(first), "before": second}
    verdicts = c.judge(first, PRESETS[preset], FIVE, **options)
    sweep = c.threshold_sweep(first, PRESETS[preset], FIVE, **options)
    assert (len(verdicts), sweep.items) == (first.shape[1], first.shape[1])
    assert {verdict.short_by for verdict in verdicts if verdict.n == 0} <= {None}


CASES: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
    "all constant": (lambda: c.kendall_w([[3, 3, 3], [4, 4, 4]]), ("w", "mean_spearman", "p_value", "low", "high")),
    "nothing rated": (lambda: c.kendall_w([[NAN] * 3] * 4), ("w", "mean_spearman", "p_value", "low", "high")),
    "one rater rates": (lambda: c.kendall_w([[1, 2, 3], [NAN] * 3]), ("w", "p_value")),
    "one value only": (lambda: c.krippendorff_alpha([[4, 4], [4, 4]]), ("value",)),
    "no pairs": (lambda: c.krippendorff_alpha([[1, NAN], [NAN, 2]]), ("value",)),
    "no pairs for AC": (lambda: c.gwet_ac([[1, NAN], [NAN, 2]], categories=FIVE), ("value", "observed", "expected")),
    "a missing rating": (lambda: c.icc([[1, 2], [NAN, 2]]), ("icc1", "icc2", "icc3", "icc3k_high")),
    "no variance": (lambda: c.icc([[3, 3], [3, 3]]), ("icc1", "icc2", "icc3")),
    "items alike": (lambda: c.icc([[2, 1, 1], [1, 2, 1], [1, 1, 2]]), ("icc1k", "icc2k", "icc3k")),
    # By hand: mean squares 1/6 between items, 0 between raters and 1/2 in error, and 1/6 + (0 − 1/2)/3 is nought.
    "items nearly alike": (lambda: c.icc([[1, 1, 2], [1, 2, 1]]), ("icc2k", "icc2k_low")),
    "no mean": (lambda: c.describe_item([-1, 1], (-1, 0, 1)), ("cv",)),
    "nobody": (lambda: c.describe_item([], FIVE), ("median", "mean", "wilson_low", "r_wg", "van_der_eijk")),
    "one person": (lambda: c.describe_item([4], FIVE), ("sd", "iqr", "r_wg", "tastle_wierman")),
    "nobody on nine points": (lambda: c.ram([]), ("ipr", "ipras", "index", "median")),
    "nobody to compare": (lambda: c.signed_rank([NAN], 3), ("p_value", "hodges_lehmann", "rank_biserial")),
    "one to compare": (lambda: c.equivalence([3], 3), ("p_value", "low", "high")),
    "nobody twice": (lambda: c.stability([[3], [NAN]], [[NAN], [4]], FIVE)[0], ("changed_share", "kappa", "p_value")),
    "no baseline": (lambda: c.gap([[3]], [NAN], FIVE)[0], ("difference", "p_value", "p_holm", "low")),
    "hardly any order": (
        lambda: c.kendall_w(
            [[1, 2]] + [[3, 3]] * 40, interval="bootstrap", rng=np.random.default_rng(2), resamples=1
        ),
        ("low", "high"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_figure_that_is_missing_is_nan_and_has_a_reason(name: str) -> None:
    ask, missing = CASES[name]
    record = ask()
    assert {field: math.isnan(getattr(record, field)) for field in missing} == dict.fromkeys(missing, True)
    assert isinstance(record.reason, str)


def test_the_unit_of_the_ratings_plays_no_part_however_small_or_large() -> None:
    rng = np.random.default_rng(3)
    ratings, other = rng.integers(1, 6, (9, 7)).astype(float), rng.integers(1, 6, 9).astype(float)
    for unit in (1e-300, 1e-13, 1e13):
        scaled = unit * ratings
        found, expected = (dataclasses.astuple(c.icc(each))[:-1] for each in (scaled, ratings))
        assert found == pytest.approx(expected, rel=1e-9)
        for level in ("ordinal", "interval", "ratio"):
            alpha = c.krippendorff_alpha(scaled, level=level).value
            assert alpha == pytest.approx(c.krippendorff_alpha(ratings, level=level).value, rel=1e-9)
        plain, small = c.signed_rank(other, 2.5), c.signed_rank(unit * other, unit * 2.5)
        assert (small.p_value, small.statistic, small.rank_biserial) == (
            plain.p_value, plain.statistic, plain.rank_biserial,
        )  # fmt: skip
        assert (small.low, small.hodges_lehmann, small.high) == pytest.approx(
            tuple(unit * end for end in (plain.low, plain.hodges_lehmann, plain.high)), rel=1e-9
        )
        plain_test = c.equivalence(other, 3)
        assert c.equivalence(unit * other, unit * 3, margin=unit / 2).p_value == pytest.approx(plain_test.p_value)
        plain_item, item = c.describe_item(other, FIVE), c.describe_item(unit * other, [unit * value for value in FIVE])
        assert (item.r_wg_star, item.a_wg, item.tastle_wierman, item.sd / unit) == pytest.approx(
            (plain_item.r_wg_star, plain_item.a_wg, plain_item.tastle_wierman, plain_item.sd)
        )
