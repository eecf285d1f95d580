"""Arithmetic on ratings: arrays in, figures and verdicts out.

No clock, file, network or global randomness.
"""

from consensus.errors import ConsensusError
from consensus.ratings import Scale

__all__ = [
    "ConsensusError",
    "Scale",
]
