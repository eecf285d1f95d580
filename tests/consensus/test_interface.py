"""The public calls with their names, defaults and fields, as the page of the interface has them. It checks no figure.

Other fields and arguments may come; none of these may go, move or change its default.
"""

from __future__ import annotations

import dataclasses
import inspect
import pickle

import numpy as np
import pytest

import consensus
from consensus import PRESETS, Scale

FIVE = (1, 2, 3, 4, 5)
RATINGS = [[1, 2, 4], [2, 2, 5], [1, 3, 4], [2, 3, 5], [1, 2, 5]]
NO_DEFAULT = inspect.Parameter.empty

# Positional arguments, a star, then arguments by keyword; "=" gives the default.
CALLS = {
    "kendall_w": "ratings, *, p='auto', interval='jackknife', rng=None, resamples=9999",
    "krippendorff_alpha": "ratings, *, level='ordinal', categories=None",
    "gwet_ac": "ratings, *, categories, weights='ordinal'",
    "icc": "ratings",
    "describe_item": "column, scale",
    "ram": "column, *, points=9",
    "stability": "before, after, scale",
    "weighted_kappa": "a, b, *, categories, weights='quadratic'",
    "signed_rank": "column, reference, *, method='exact'",
    "equivalence": "column, reference, *, margin=0.5",
    "gap": "ratings, baseline, scale",
    "adjust": "p_values, method",
    "bootstrap": "ratings, statistic, *, rng, resamples",
    "judge": "ratings, rule, scale, *, round, seated, answered=None, before=None",
    "needed_in_pair": "raters, categories, *, share=0.75, chance=0.05",
    "chance_of_consensus": "rule, raters, scale, *, panel='random'",
    "threshold_sweep": "ratings, rule, scale, *, round, seated, answered=None, before=None",
    "conformity": "before, after, scale",
    "profile": "framework, values",
    "uncertainty": "framework, groups, *, rng",
    "sensitivity": "framework, groups, rule, *, rng",
    "simulate_panel": "rng, *, raters, items, scale, rounds",
}

RESULTS = {
    "w mean_spearman statistic p_value method low high raters items constant_raters complete": lambda: (
        consensus.kendall_w(RATINGS)
    ),
    "value pairable": lambda: consensus.krippendorff_alpha(RATINGS),
    "value observed expected": lambda: consensus.gwet_ac(RATINGS, categories=FIVE),
    "icc1 icc2 icc3 icc1k icc2k icc3k icc1_low icc1_high icc2_low icc2_high icc3_low icc3_high icc1k_low icc1k_high "
    "icc2k_low icc2k_high icc3k_low icc3k_high": lambda: consensus.icc(RATINGS),
    "n counts median q1 q3 iqr mean sd cv mad average_deviation pair in_pair share_in_pair wilson_low wilson_high "
    "share_low share_high r_wg r_wg_star a_wg tastle_wierman van_der_eijk two_camps": lambda: (
        consensus.describe_item([1, 2, 2], FIVE)
    ),
    "agreement disagreement ipr ipras index disagreement_ipras validated": lambda: consensus.ram([7, 8, 9]),
    "paired changed_share net_change toward_median left_pair median_shift iqr_change kappa spearman p_value": lambda: (
        consensus.stability(RATINGS, RATINGS, FIVE)[0]
    ),
    "statistic p_value hodges_lehmann low high rank_biserial": lambda: consensus.signed_rank([1, 2, 4], 3),
    "p_value equivalent low high": lambda: consensus.equivalence([1, 2, 4], 3),
    "difference size above same below hodges_lehmann low high p_value p_holm": lambda: (
        consensus.gap(RATINGS, [2, 2, 2], FIVE)[0]
    ),
    "outcome flags clauses short_by": lambda: (
        consensus.judge(RATINGS, PRESETS["workshop"], FIVE, round=1, seated=5)[0]
    ),
}


def asked(signature: str) -> list[tuple[str, bool, object]]:
    """Name, whether by keyword alone, and default of each argument."""
    spelled = inspect.signature(eval(f"lambda {signature}: None"))
    return [(p.name, p.kind is p.KEYWORD_ONLY, p.default) for p in spelled.parameters.values()]


@pytest.mark.parametrize("name", CALLS)
def test_a_call_takes_the_arguments_of_the_page(name: str) -> None:
    given = inspect.signature(getattr(consensus, name)).parameters
    for argument, by_keyword, default in asked(CALLS[name]):
        assert given[argument].kind is (
            inspect.Parameter.KEYWORD_ONLY if by_keyword else inspect.Parameter.POSITIONAL_OR_KEYWORD
        )
        # Where the page has no default, one may be offered.
        assert default is NO_DEFAULT or given[argument].default == default
    positional = [argument for argument, by_keyword, _ in asked(CALLS[name]) if not by_keyword]
    assert list(given)[: len(positional)] == positional


@pytest.mark.parametrize("name", CALLS)
def test_whatever_else_a_call_takes_may_be_left_out(name: str) -> None:
    known = {argument for argument, _, _ in asked(CALLS[name])}
    others = [p for key, p in inspect.signature(getattr(consensus, name)).parameters.items() if key not in known]
    assert [p.name for p in others if p.default is NO_DEFAULT] == []


@pytest.mark.parametrize("fields", RESULTS)
def test_a_result_has_the_fields_of_the_page_and_is_frozen(fields: str) -> None:
    record = RESULTS[fields]()
    names = [field.name for field in dataclasses.fields(record)]
    wanted = fields.split()
    assert [name for name in wanted if name not in names] == []
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, wanted[0], None)
    # A worker process hands it back, in plain numbers.
    assert pickle.loads(pickle.dumps(record)) == record or any(value != value for value in dataclasses.astuple(record))
    assert [name for name in names if isinstance(getattr(record, name), np.generic | np.ndarray)] == []


def test_the_presets_are_those_of_the_page() -> None:
    assert sorted(PRESETS) == ["iqr", "rand-ucla", "two-thirds", "within-one", "workshop"]


def test_a_scale_may_be_a_record_or_a_plain_sequence() -> None:
    scale = Scale(categories=(1, 2, 3, 4, 5), labels=("a", "b", "c", "d", "e"))
    assert consensus.describe_item([1, 2, 5], scale) == consensus.describe_item([1, 2, 5], range(1, 6))
    assert consensus.describe_item([0, 1], (0, 1)).counts == (1, 1)


def test_results_per_item_are_tuples_in_item_order() -> None:
    items = consensus.stability(RATINGS, RATINGS, FIVE)
    assert (isinstance(items, tuple), len(items)) == (True, 3)
    assert consensus.gap(RATINGS, [1, 2, 3], FIVE).difference == (0, 0, 2)
