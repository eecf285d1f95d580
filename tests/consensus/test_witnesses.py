"""No published example and no peer's figure of our measures may lie unused."""

import importlib
from pathlib import Path

from tests.consensus import witnesses

# Not in the interface, so nobody here computes them.
OTHER_MEASURES = {
    "fleiss_kappa",
    "stuart_maxwell",
    "mcnemar",
    "hartigan_dip",
    "cliffs_delta",
    "percent_agreement_all_raters",
    "kendall_w_uncorrected",
}
OTHER_FIGURES = {"fleiss_kappa", "item_dip", "item_leik", "item_wilcoxon_p_asym_pratt", "W_uncorrected"}


def test_every_case_of_our_measures_is_called():
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        importlib.import_module(f"tests.consensus.{path.stem}")
    assert witnesses.called_references == {case["measure"] for case in witnesses.load("references")} - OTHER_MEASURES
    known = {key for case in witnesses.load("crosscheck") for key in witnesses.figures(case)}
    assert witnesses.called_crosschecks == known - OTHER_FIGURES
