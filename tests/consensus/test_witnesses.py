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

# Built next.
OTHER_MEASURES |= {"krippendorff_alpha", "gwet_ac1", "gwet_ac2", "icc", "rand_ipras", "rand_classic_and_ipras"}
OTHER_FIGURES |= {"alpha_nominal", "alpha_ordinal", "alpha_interval", "ICC1", "ICC2", "ICC3"}
OTHER_FIGURES |= {"ICC1k", "ICC2k", "ICC3k", "ICC2_lo", "ICC2_hi"}


def test_every_case_of_our_measures_is_called():
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        importlib.import_module(f"tests.consensus.{path.stem}")
    assert witnesses.called_references == {case["measure"] for case in witnesses.load("references")} - OTHER_MEASURES
    known = {key for case in witnesses.load("crosscheck") for key in witnesses.figures(case)}
    assert witnesses.called_crosschecks == known - OTHER_FIGURES
