"""Everything wrong put into every argument: each is refused as that argument, in one sentence. No figure is checked."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from small_framework import small
from wrong import (
    BAD_COLUMNS,
    BAD_MATRICES,
    NO_GENERATORS,
    NO_LEAVES,
    NO_RECORDS,
    NO_SCALES,
    NO_VALUES,
    NOT_CHOSEN,
    NOT_SHARES,
    NOT_WHOLE,
    UNEVEN,
    Refused,
    given,
)

import consensus as c
from consensus import PRESETS, ConsensusError, Framework, GroupRatings

FIVE = (1, 2, 3, 4, 5)
RULE = PRESETS["workshop"]
RATINGS = [[1, 2, 3], [2, 3, 3], [1, 3, 2], [2, 2, 3], [3, 1, 2]]
TREE = Framework.from_document(small())
GROUPS = [GroupRatings("one", ("A1.1", "A1.2", "A2"), RATINGS)]
RNG = np.random.default_rng(1)

def at_rules(call: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda value: call(value, RULE, FIVE, round=1, seated=5)


CALLS: dict[tuple[str, str], tuple[Callable[[Any], Any], Refused]] = {
    ("kendall_w", "ratings"): (c.kendall_w, BAD_MATRICES),
    ("kendall_w", "p"): (lambda v: c.kendall_w(RATINGS, p=v), NOT_CHOSEN),
    ("kendall_w", "interval"): (
        lambda v: c.kendall_w(RATINGS, interval=v),
        given(NOT_CHOSEN),
    ),
    ("kendall_w", "rng"): (lambda v: c.kendall_w(RATINGS, p="permutation", rng=v), NO_GENERATORS),
    ("kendall_w", "resamples"): (lambda v: c.kendall_w(RATINGS, resamples=v), NOT_WHOLE | {"none": 0}),
    ("krippendorff_alpha", "ratings"): (c.krippendorff_alpha, BAD_MATRICES),
    ("krippendorff_alpha", "level"): (lambda v: c.krippendorff_alpha(RATINGS, level=v), NOT_CHOSEN),
    ("krippendorff_alpha", "categories"): (
        lambda v: c.krippendorff_alpha(RATINGS, categories=v),
        given(NO_SCALES),
    ),
    ("gwet_ac", "ratings"): (lambda v: c.gwet_ac(v, categories=FIVE), BAD_MATRICES | {"off scale": [[1, 9], [2, 3]]}),
    ("gwet_ac", "categories"): (lambda v: c.gwet_ac(RATINGS, categories=v), NO_SCALES),
    ("gwet_ac", "weights"): (lambda v: c.gwet_ac(RATINGS, categories=FIVE, weights=v), NOT_CHOSEN),
    ("icc", "ratings"): (c.icc, BAD_MATRICES),
    ("ending", "votes"): (
        c.ending,
        {"a number": 5, "text": "agreed", "nothing": None, "words": ["agreed"], "a set": {1}, "records": [RULE]},
    ),
    ("ending", "decided"): (lambda v: c.ending([], decided=v), given(NO_RECORDS)),
    ("ending", "minority"): (lambda v: c.ending([], minority=v), NOT_WHOLE | {"a statement": "no"}),
    ("describe_item", "column"): (lambda v: c.describe_item(v, FIVE), BAD_COLUMNS | {"off scale": [1, 2.5]}),
    ("describe_item", "scale"): (lambda v: c.describe_item([1, 2], v), NO_SCALES | UNEVEN),
    ("describe", "ratings"): (lambda v: c.describe(v, FIVE), BAD_MATRICES),
    ("ram", "column"): (c.ram, BAD_COLUMNS | {"off scale": [0, 3]}),
    ("ram", "points"): (lambda v: c.ram([1, 2], points=v), NOT_WHOLE | {"too few": 2}),
    ("stability", "before"): (lambda v: c.stability(v, RATINGS, FIVE), BAD_MATRICES),
    ("stability", "after"): (lambda v: c.stability(RATINGS, v, FIVE), BAD_MATRICES | {"fewer raters": RATINGS[:3]}),
    ("weighted_kappa", "a"): (lambda v: c.weighted_kappa(v, [1, 2, 3], categories=FIVE), BAD_COLUMNS),
    ("weighted_kappa", "b"): (
        lambda v: c.weighted_kappa([1, 2, 3], v, categories=FIVE),
        BAD_COLUMNS | {"fewer": [1, 2], "off scale": [1, 2, 9]},
    ),
    ("weighted_kappa", "categories"): (lambda v: c.weighted_kappa([1, 2], [1, 2], categories=v), NO_SCALES),
    ("weighted_kappa", "weights"): (
        lambda v: c.weighted_kappa([1, 2], [1, 2], categories=FIVE, weights=v),
        NOT_CHOSEN,
    ),
    ("signed_rank", "column"): (lambda v: c.signed_rank(v, 3), BAD_COLUMNS),
    ("signed_rank", "reference"): (
        lambda v: c.signed_rank([1, 2, 3], v),
        {"text": "3", "nothing": None, "true": True, "not a number": math.nan, "fewer": [1, 2],
         "words": ["a", "b", "c"], "ragged": [[1, 2], [3]]},
    ),
    ("signed_rank", "method"): (lambda v: c.signed_rank([1, 2, 3], 3, method=v), NOT_CHOSEN),
    ("equivalence", "column"): (lambda v: c.equivalence(v, 3), BAD_COLUMNS),
    ("equivalence", "margin"): (lambda v: c.equivalence([1, 2, 3], 3, margin=v), NOT_SHARES | {"nought": 0}),
    ("gap", "ratings"): (lambda v: c.gap(v, [1, 2, 3], FIVE), BAD_MATRICES),
    ("gap", "baseline"): (lambda v: c.gap(RATINGS, v, FIVE), BAD_COLUMNS | {"fewer": [1, 2], "off scale": [1, 2, 9]}),
    ("adjust", "p_values"): (lambda v: c.adjust(v, "holm"), BAD_COLUMNS | {"above one": [0.1, 1.1]}),
    ("adjust", "method"): (lambda v: c.adjust([0.1], v), NOT_CHOSEN),
    ("bootstrap", "ratings"): (lambda v: c.bootstrap(v, lambda b: b[:, 0, 0], rng=RNG, resamples=5), BAD_MATRICES),
    ("bootstrap", "statistic"): (
        lambda v: c.bootstrap(RATINGS, v, rng=RNG, resamples=5),
        {"a name": "mean", "nothing": None, "one number": lambda batch: 3.0, "words": lambda batch: ["a"] * len(batch),
         "ragged": lambda batch: [[1], [1, 2]], "too few": lambda batch: batch[:2, 0, 0]},
    ),
    ("bootstrap", "rng"): (lambda v: c.bootstrap(RATINGS, lambda b: b[:, 0, 0], rng=v, resamples=5), NO_GENERATORS),
    ("bootstrap", "resamples"): (
        lambda v: c.bootstrap(RATINGS, lambda b: b[:, 0, 0], rng=RNG, resamples=v),
        NOT_WHOLE,
    ),
    ("judge", "ratings"): (at_rules(c.judge), BAD_MATRICES),
    ("judge", "rule"): (lambda v: c.judge(RATINGS, v, FIVE, round=1, seated=5), NO_RECORDS),
    ("judge", "scale"): (lambda v: c.judge(RATINGS, RULE, v, round=1, seated=5), NO_SCALES | UNEVEN),
    ("judge", "round"): (lambda v: c.judge(RATINGS, RULE, FIVE, round=v, seated=5), NOT_WHOLE | {"none": 0}),
    ("judge", "seated"): (lambda v: c.judge(RATINGS, RULE, FIVE, round=1, seated=v), NOT_WHOLE),
    ("judge", "answered"): (
        lambda v: c.judge(RATINGS, RULE, FIVE, round=1, seated=5, answered=v),
        given(NOT_WHOLE) | {"fewer than ratings": 4},
    ),
    ("judge", "before"): (
        lambda v: c.judge(RATINGS, RULE, FIVE, round=2, seated=5, before=v),
        given(BAD_MATRICES) | {"fewer raters": RATINGS[:3]},
    ),
    ("threshold_sweep", "ratings"): (at_rules(c.threshold_sweep), BAD_MATRICES),
    ("threshold_sweep", "rule"): (lambda v: c.threshold_sweep(RATINGS, v, FIVE, round=1, seated=5), NO_RECORDS),
    ("threshold_sweep", "shares"): (
        lambda v: c.threshold_sweep(RATINGS, RULE, FIVE, round=1, seated=5, shares=v),
        {"one number": 75, "text": "75", "nothing": None, "a set": {75}},
    ),
    ("needed_in_pair", "raters"): (lambda v: c.needed_in_pair(v, 5), NOT_WHOLE),
    ("needed_in_pair", "categories"): (lambda v: c.needed_in_pair(8, v), NOT_WHOLE | {"one": 1}),
    ("needed_in_pair", "share"): (lambda v: c.needed_in_pair(8, 5, share=v), NOT_SHARES | {"a half": 0.5, "more": 1.1}),
    ("needed_in_pair", "chance"): (
        lambda v: c.needed_in_pair(8, 5, chance=v),
        given(NOT_SHARES),
    ),
    ("chance_of_consensus", "rule"): (lambda v: c.chance_of_consensus(v, 8, FIVE), NO_RECORDS | {"a list": []}),
    ("chance_of_consensus", "raters"): (lambda v: c.chance_of_consensus(RULE, v, FIVE), NOT_WHOLE | {"none": 0}),
    ("chance_of_consensus", "scale"): (lambda v: c.chance_of_consensus(RULE, 8, v), NO_SCALES | UNEVEN),
    ("chance_of_consensus", "panel"): (lambda v: c.chance_of_consensus(RULE, 8, FIVE, panel=v), NOT_CHOSEN),
    ("conformity", "before"): (lambda v: c.conformity(v, RATINGS, FIVE), BAD_MATRICES),
    ("conformity", "after"): (lambda v: c.conformity(RATINGS, v, FIVE), BAD_MATRICES),
    ("conformity", "shown"): (
        lambda v: c.conformity(RATINGS, RATINGS, FIVE, shown=v),
        given(BAD_COLUMNS) | {"fewer": [1, 2]},
    ),
    ("rater_concordance", "ratings"): (c.rater_concordance, BAD_MATRICES),
    ("percent", "x"): (lambda v: c.percent(v, FIVE), NOT_SHARES | {"beyond": 6}),
    ("percent", "rule"): (lambda v: c.percent(3, FIVE, v), NOT_CHOSEN),
    ("band", "framework"): (lambda v: c.band(v, 3), NO_RECORDS),
    ("band", "value"): (
        lambda v: c.band(TREE, v),
        given(NOT_SHARES),
    ),
    ("profile", "framework"): (lambda v: c.profile(v, {}), NO_RECORDS),
    ("profile", "values"): (lambda v: c.profile(TREE, v), NO_VALUES | {"nothing": None}),
    ("profile", "bounds"): (
        lambda v: c.profile(TREE, {}, bounds=v),
        NO_VALUES | {"one end": {"A2": (2,)}, "falling": {"A2": (4, 2)}, "three": {"A2": (1, 2, 3)},
                     "off the scale": {"A2": (0, 2)}},
    ),
    ("profile", "agreed"): (lambda v: c.profile(TREE, {}, agreed=v), NO_LEAVES),
    ("profile", "coverage"): (
        lambda v: c.profile(TREE, {}, coverage=v),
        {"a list": [1], "an unknown leaf": {"C9": (1, 2)}, "one number": {"A2": 3}, "more answered": {"A2": (3, 2)},
         "three": {"A2": (1, 2, 3)}, "floats": {"A2": (1.0, 2.0)}},
    ),
    ("profile", "left_out"): (lambda v: c.profile(TREE, {}, left_out=v), NO_LEAVES),
    ("completeness", "coverage"): (lambda v: c.completeness(TREE, v), {"nothing": None, "a list": [1]}),
    ("uncertainty", "framework"): (lambda v: c.uncertainty(v, GROUPS, rng=RNG), NO_RECORDS),
    ("uncertainty", "groups"): (
        lambda v: c.uncertainty(TREE, v, rng=RNG),
        {"nothing": None, "none": [], "names": ["one"], "a number": 5, "twice": GROUPS * 2,
         "an unknown leaf": [GroupRatings("one", ("C9",), [[1]])],
         "a number for items": [GroupRatings("one", 5, [[1]])],
         "an item twice": [GroupRatings("one", ("A2", "A2"), [[1, 2]])]},
    ),
    ("uncertainty", "ratings"): (
        lambda v: c.uncertainty(TREE, [GroupRatings("one", ("A1.1", "A2"), v)], rng=RNG, resamples=9),
        BAD_MATRICES | {"three columns": RATINGS},
    ),
    ("uncertainty", "rng"): (lambda v: c.uncertainty(TREE, GROUPS, rng=v), NO_GENERATORS),
    ("uncertainty", "resamples"): (lambda v: c.uncertainty(TREE, GROUPS, rng=RNG, resamples=v), NOT_WHOLE),
    ("uncertainty", "value"): (lambda v: c.uncertainty(TREE, GROUPS, rng=RNG, value=v), NOT_CHOSEN),
    ("uncertainty", "aggregation"): (
        lambda v: c.uncertainty(TREE, GROUPS, rng=RNG, aggregation=v),
        given(NOT_CHOSEN),
    ),
    ("uncertainty", "percent"): (
        lambda v: c.uncertainty(TREE, GROUPS, rng=RNG, percent=v),
        given(NOT_CHOSEN),
    ),
    ("uncertainty", "level"): (lambda v: c.uncertainty(TREE, GROUPS, rng=RNG, level=v), NOT_SHARES | {"all": 1}),
    ("uncertainty", "fixed"): (lambda v: c.uncertainty(TREE, GROUPS, rng=RNG, resamples=9, fixed=v), NO_VALUES),
    ("sensitivity", "framework"): (lambda v: c.sensitivity(v, GROUPS, RULE, rng=RNG), NO_RECORDS),
    ("sensitivity", "rule"): (lambda v: c.sensitivity(TREE, GROUPS, v, rng=RNG), NO_RECORDS),
    ("sensitivity", "rng"): (lambda v: c.sensitivity(TREE, GROUPS, RULE, rng=v), NO_GENERATORS),
    ("sensitivity", "draws"): (
        lambda v: c.sensitivity(TREE, GROUPS, RULE, rng=RNG, draws=v),
        NOT_WHOLE | {"no power of two": 100, "one": 1},
    ),
    ("sensitivity", "concentration"): (
        lambda v: c.sensitivity(TREE, GROUPS, RULE, rng=RNG, concentration=v),
        NOT_SHARES | {"nought": 0},
    ),
    ("sensitivity", "weakest"): (lambda v: c.sensitivity(TREE, GROUPS, RULE, rng=RNG, weakest=v), NOT_WHOLE),
    ("sensitivity", "unsettled"): (lambda v: c.sensitivity(TREE, GROUPS, RULE, rng=RNG, unsettled=v), NO_LEAVES),
    ("sensitivity", "nodes"): (
        lambda v: c.sensitivity(TREE, GROUPS, RULE, rng=RNG, nodes=v),
        {"text": "A", "a number": 5, "none": []},
    ),
    ("simulate_panel", "rng"): (lambda v: c.simulate_panel(v, raters=5, items=3, scale=FIVE, rounds=1), NO_GENERATORS),
    ("simulate_panel", "raters"): (lambda v: c.simulate_panel(RNG, raters=v, items=3, scale=FIVE, rounds=1), NOT_WHOLE),
    ("simulate_panel", "items"): (lambda v: c.simulate_panel(RNG, raters=5, items=v, scale=FIVE, rounds=1), NOT_WHOLE),
    ("simulate_panel", "rounds"): (
        lambda v: c.simulate_panel(RNG, raters=5, items=3, scale=FIVE, rounds=v),
        NOT_WHOLE,
    ),
    ("simulate_panel", "truth"): (
        lambda v: c.simulate_panel(RNG, raters=5, items=2, scale=FIVE, rounds=1, truth=v),
        given(BAD_COLUMNS) | {"off scale": [1, 9], "one": [3]},
    ),
    ("simulate_panel", "characters"): (
        lambda v: c.simulate_panel(RNG, raters=5, items=2, scale=FIVE, rounds=1, characters=v),
        {"text": "clear", "a number": 5, "one": ["clear"], "unknown": ["clear", "mild"], "numbers": [1, 2]},
    ),
    ("simulate_panel", "dropouts"): (
        lambda v: c.simulate_panel(RNG, raters=5, items=2, scale=FIVE, rounds=1, dropouts=v),
        NOT_SHARES | {"more": 1.1},
    ),
    ("Scale", "categories"): (c.Scale, NO_SCALES | UNEVEN),
    ("Scale", "labels"): (
        lambda v: c.Scale((0, 1), v),
        {"a number": 5, "text": "no", "one": ["no"], "numbers": [0, 1], "no dimension": np.array(1)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("call", "argument"), CALLS, ids=[" ".join(key) for key in CALLS])
def test_whatever_is_wrong_is_refused_as_that_argument_in_one_sentence(call: str, argument: str) -> None:
    ask, wrong = CALLS[call, argument]
    told = {}
    for name, value in wrong.items():
        try:
            ask(value)
        except ConsensusError as refusal:
            told[name] = (refusal.argument, str(refusal).endswith("."), "\n" in str(refusal), len(str(refusal)) < 300)
    assert told == dict.fromkeys(wrong, (argument, True, False, True))


def test_a_number_beyond_those_that_floats_tell_apart_is_refused_with_its_place() -> None:
    assert c.kendall_w([[2**53, 2**53 - 1], [1, 2]]).w == 0
    with pytest.raises(ConsensusError, match=r"row 1, column 0 .* is .*; give numbers up to 2") as refused:
        c.kendall_w([[1, 2], [2**53 + 2, 2]])
    assert (refused.value.code, refused.value.row, refused.value.column) == ("too_large", 1, 0)


def test_a_long_scale_is_named_by_its_ends() -> None:
    with pytest.raises(ConsensusError, match=r"use one of 1, 2, 3, 4, 5, …, 100, or nan for no rating"):
        c.describe_item([101], range(1, 101))


def test_decimals_that_differ_in_their_last_digits_are_one_category() -> None:
    # 0.1 + 0.2 is no 0.3 in binary.
    tenths, ratings = (0.1, 0.2, 0.3), [[0.1, 0.2, 0.1 + 0.2], [0.1, 0.2, 0.3]]
    assert c.weighted_kappa(*ratings, categories=tenths) == 1
    assert c.gwet_ac(ratings, categories=tenths).value == 1
    assert c.krippendorff_alpha(ratings, level="nominal", categories=tenths).value == 1
    with pytest.raises(ConsensusError, match=r"is 0\.25, which is off the scale"):
        c.gwet_ac([[0.1, 0.25], [0.1, 0.2]], categories=tenths)
