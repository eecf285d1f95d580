"""Arithmetic on ratings: arrays in, figures and verdicts out.

No clock, file, network or global randomness.
"""

from consensus.bands import band, percent
from consensus.chance import needed_in_pair
from consensus.endings import Decision, Ending, ending
from consensus.errors import ConsensusError
from consensus.framework import Framework
from consensus.index import NodeValue, Profile, completeness, profile
from consensus.ratings import Scale
from consensus.rules import PRESETS, Rule
from consensus.verdict import Clause, Verdict, judge

__all__ = [
    "PRESETS",
    "Clause",
    "ConsensusError",
    "Decision",
    "Ending",
    "Framework",
    "NodeValue",
    "Profile",
    "Rule",
    "Scale",
    "Verdict",
    "band",
    "completeness",
    "ending",
    "judge",
    "needed_in_pair",
    "percent",
    "profile",
]
