"""Arithmetic on ratings: arrays in, figures and verdicts out.

No clock, file, network or global randomness.
"""

from consensus.agreement import spearman, weighted_kappa
from consensus.bands import band, percent
from consensus.calibration import chance_of_consensus
from consensus.chance import needed_in_pair
from consensus.concordance import Concordance, kendall_w
from consensus.counts import PairCounts, pair_counts
from consensus.endings import Decision, Ending, ending
from consensus.errors import ConsensusError
from consensus.framework import Framework
from consensus.gap import Gap, adjust, gap
from consensus.index import NodeValue, Profile, completeness, profile
from consensus.panel import Panel, simulate_panel
from consensus.ratings import Scale
from consensus.records import PerItem
from consensus.rules import PRESETS, Rule
from consensus.signed import Equivalence, SignedRank, equivalence, signed_rank
from consensus.spread import ItemSpread, describe, describe_item
from consensus.stability import Stability, stability
from consensus.verdict import Clause, Verdict, judge

__all__ = [
    "PRESETS",
    "Clause",
    "Concordance",
    "ConsensusError",
    "Decision",
    "Ending",
    "Equivalence",
    "Framework",
    "Gap",
    "ItemSpread",
    "NodeValue",
    "PairCounts",
    "Panel",
    "PerItem",
    "Profile",
    "Rule",
    "Scale",
    "SignedRank",
    "Stability",
    "Verdict",
    "adjust",
    "band",
    "chance_of_consensus",
    "completeness",
    "describe",
    "describe_item",
    "ending",
    "equivalence",
    "gap",
    "judge",
    "kendall_w",
    "needed_in_pair",
    "pair_counts",
    "percent",
    "profile",
    "signed_rank",
    "simulate_panel",
    "spearman",
    "stability",
    "weighted_kappa",
]
