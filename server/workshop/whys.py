"""Why a figure is missing, as codes that every language has a sentence for. Owns the list; words nothing.

The reasons of `consensus` are English sentences for programmers; people are told in their own language.
"""

from __future__ import annotations

from consensus.appropriateness import NO_RATINGS, OTHER_SIZE
from consensus.concordance import (
    F_NEEDS_COMPLETE,
    F_NEEDS_DEGREES,
    FEW_FOR_BOOTSTRAP,
    FEW_FOR_JACKKNIFE,
    NO_ORDER,
    NOTHING_DRAWN,
    ONE_CARRIES,
    ONE_RATER,
)
from consensus.gap import NO_BASELINE
from consensus.intraclass import ALL_ALIKE, FAR_BELOW, NEEDS_COMPLETE, NO_BETWEEN
from consensus.orders import UNCHECKED, UNLINKED
from consensus.reliability import NO_PAIRS, ONE_VALUE
from consensus.sensitivity import FEW_GOALS, NO_MEAN, NO_PERCENT, NO_THRESHOLD, ONE_GROUP
from consensus.sensitivity import ONE_RATER as ONE_RATER_IN_GROUP
from consensus.signed import FEW_FOR_INTERVAL, FEW_FOR_T, NO_DIFFERENCE, NO_SPREAD
from consensus.signed import NO_RATINGS as NOTHING_TO_COMPARE
from consensus.spread import NO_MEAN as MEAN_OF_NOTHING
from consensus.spread import ONE_RATING
from consensus.stability import NO_CHANGE, NO_VARIATION
from consensus.stability import NO_PAIRS as NOBODY_TWICE
from consensus.uncertainty import NO_VALUE, SOME_ALONE
from consensus.uncertainty import ONE_RATING as ONE_RATING_ALONE

CODES = {
    NO_RATINGS: "no_ratings",
    OTHER_SIZE: "other_size",
    ONE_RATER: "one_rater",
    NO_ORDER: "no_order",
    F_NEEDS_COMPLETE: "f_needs_complete",
    F_NEEDS_DEGREES: "f_needs_degrees",
    FEW_FOR_JACKKNIFE: "few_for_jackknife",
    FEW_FOR_BOOTSTRAP: "few_for_bootstrap",
    NOTHING_DRAWN: "nothing_drawn",
    ONE_CARRIES: "one_carries",
    UNLINKED: "unlinked",
    UNCHECKED: "unchecked",
    NO_PAIRS: "no_pairs",
    ONE_VALUE: "one_value",
    NEEDS_COMPLETE: "needs_complete",
    ALL_ALIKE: "all_alike",
    NO_BETWEEN: "no_between",
    FAR_BELOW: "far_below",
    ONE_RATING: "one_rating",
    MEAN_OF_NOTHING: "mean_of_nothing",
    NOBODY_TWICE: "nobody_twice",
    NO_CHANGE: "no_change",
    NO_VARIATION: "no_variation",
    NO_BASELINE: "no_baseline",
    NOTHING_TO_COMPARE: "nothing_to_compare",
    NO_DIFFERENCE: "no_difference",
    FEW_FOR_INTERVAL: "few_for_interval",
    FEW_FOR_T: "few_for_t",
    NO_SPREAD: "no_spread",
    NO_VALUE: "no_value",
    ONE_RATING_ALONE: "one_rating_alone",
    SOME_ALONE: "some_alone",
    NO_THRESHOLD: "no_threshold",
    NO_MEAN: "no_mean",
    NO_PERCENT: "no_percent",
    ONE_GROUP: "one_group",
    ONE_RATER_IN_GROUP: "one_rater_in_group",
    FEW_GOALS: "few_goals",
}

# What this house says by itself: a panel or a vote that no measure can be asked of.
TOO_SMALL = "too_small"
SHORT_SCALE = "short_scale"
OWN_GROUP = "own_group"
OWN = (TOO_SMALL, SHORT_SCALE, OWN_GROUP)


def why(reason: str | None) -> str | None:
    """The code of a reason that `consensus` gives."""
    return None if reason is None else CODES[reason]
