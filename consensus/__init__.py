"""Arithmetic on ratings: arrays in, figures and verdicts out.

No clock, file, network or global randomness.
"""

from consensus.agreement import spearman, weighted_kappa
from consensus.appropriateness import Appropriateness, ram
from consensus.bands import band, percent
from consensus.calibration import chance_of_consensus
from consensus.chance import needed_in_pair
from consensus.concordance import Concordance, kendall_w
from consensus.conformity import Conformity, Direction, conformity
from consensus.contributions import Contributions, rater_concordance
from consensus.counts import PairCounts, pair_counts
from consensus.endings import Decision, Ending, ending
from consensus.errors import ConsensusError
from consensus.findings import Effect, NodeSensitivity, Sensitivity
from consensus.framework import Framework
from consensus.gap import Gap, adjust, gap
from consensus.index import NodeValue, Profile, completeness, profile
from consensus.intraclass import Intraclass, icc
from consensus.panel import Panel, simulate_panel
from consensus.panels import GroupRatings
from consensus.ratings import Scale
from consensus.records import PerItem
from consensus.reliability import Alpha, Gwet, gwet_ac, krippendorff_alpha
from consensus.resampling import bootstrap
from consensus.rules import PRESETS, Rule
from consensus.sensitivity import sensitivity
from consensus.signed import Equivalence, SignedRank, equivalence, signed_rank
from consensus.spread import ItemSpread, describe, describe_item
from consensus.stability import Stability, stability
from consensus.sweep import Step, Sweep, threshold_sweep
from consensus.uncertainty import NodeInterval, Uncertainty, uncertainty
from consensus.verdict import Clause, Verdict, judge

__all__ = [
    "PRESETS",
    "Alpha",
    "Appropriateness",
    "Clause",
    "Concordance",
    "Conformity",
    "ConsensusError",
    "Contributions",
    "Decision",
    "Direction",
    "Effect",
    "Ending",
    "Equivalence",
    "Framework",
    "Gap",
    "GroupRatings",
    "Gwet",
    "Intraclass",
    "ItemSpread",
    "NodeInterval",
    "NodeSensitivity",
    "NodeValue",
    "PairCounts",
    "Panel",
    "PerItem",
    "Profile",
    "Rule",
    "Scale",
    "Sensitivity",
    "SignedRank",
    "Stability",
    "Step",
    "Sweep",
    "Uncertainty",
    "Verdict",
    "adjust",
    "band",
    "bootstrap",
    "chance_of_consensus",
    "completeness",
    "conformity",
    "describe",
    "describe_item",
    "ending",
    "equivalence",
    "gap",
    "gwet_ac",
    "icc",
    "judge",
    "kendall_w",
    "krippendorff_alpha",
    "needed_in_pair",
    "pair_counts",
    "percent",
    "profile",
    "ram",
    "rater_concordance",
    "sensitivity",
    "signed_rank",
    "simulate_panel",
    "spearman",
    "stability",
    "threshold_sweep",
    "uncertainty",
    "weighted_kappa",
]
