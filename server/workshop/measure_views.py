"""Every measure of a group, and how sure its profile is, as experts are told them. Shapes only, as in `views`.

Coefficients are strings with six places, people and ratings are counts. What cannot be computed is null, and `why` is
a code of `server.workshop.whys`. A row that is `withheld` rests on too few people, and then no figure stands in it.
"""

from __future__ import annotations

from server.workshop.records import Record

# --- a group ----------------------------------------------------------------------------------------------------------


class OrderView(Record, frozen=True):
    """Kendall's W (W* where ratings are missing) with its test, its interval, and whom it rests on."""

    w: str | None
    mean_spearman: str | None
    statistic: str | None
    p_value: str | None
    method: str
    low: str | None
    high: str | None
    raters: int
    items: int
    constant_raters: int
    complete: bool
    why: str | None


class AlphaView(Record, frozen=True):
    """Krippendorff's alpha at one `level`; `pairable` ratings it rests on."""

    level: str
    value: str | None
    pairable: int
    why: str | None


class GwetView(Record, frozen=True):
    """Gwet's AC1 (`identity`) or AC2 (`ordinal`), with the agreement seen and that expected by chance."""

    weights: str
    value: str | None
    observed: str | None
    expected: str | None
    why: str | None


class IntraclassView(Record, frozen=True):
    """One intraclass correlation, `icc1` to `icc3k`, with its interval."""

    name: str
    value: str | None
    low: str | None
    high: str | None


class IntraclassesView(Record, frozen=True):
    """All six, and the F test for differences between items."""

    six: tuple[IntraclassView, ...]
    f: str | None
    p_value: str | None
    why: str | None


class AgreementView(Record, frozen=True):
    """A panel as a whole: does it order alike, and does it agree in value? All of it rests on the same ratings."""

    order: OrderView
    alphas: tuple[AlphaView, ...]
    gwets: tuple[GwetView, ...]
    intraclass: IntraclassesView


# --- an item ----------------------------------------------------------------------------------------------------------


class SpreadView(Record, frozen=True, kw_only=True):
    """An item's latest counted vote, as `describe_item` has it; `round` is null where it never counted."""

    item: str
    round: int | None
    n: int
    withheld: bool
    counts: tuple[int, ...] | None = None
    median: str | None = None
    q1: str | None = None
    q3: str | None = None
    iqr: str | None = None
    mean: str | None = None
    sd: str | None = None
    cv: str | None = None
    mad: str | None = None
    average_deviation: str | None = None
    pair: tuple[float, float] | None = None
    in_pair: int | None = None
    share_in_pair: str | None = None
    wilson_low: str | None = None
    wilson_high: str | None = None
    share_low: str | None = None
    share_high: str | None = None
    r_wg: str | None = None
    r_wg_star: str | None = None
    a_wg: str | None = None
    tastle_wierman: str | None = None
    van_der_eijk: str | None = None
    two_camps: bool | None = None
    why: str | None = None


class RamView(Record, frozen=True, kw_only=True):
    """The same vote by the RAND/UCLA manual, moved onto 1 to 9 and not `validated` where the scale is another."""

    item: str
    n: int
    withheld: bool
    validated: bool
    agreement: bool | None = None
    disagreement: bool | None = None
    p30: str | None = None
    p70: str | None = None
    ipr: str | None = None
    ipras: str | None = None
    index: str | None = None
    disagreement_ipras: bool | None = None
    why: str | None = None


class StabilityView(Record, frozen=True, kw_only=True):
    """An item's two latest counted votes, over those who rated it in both."""

    item: str
    rounds: tuple[int, int]
    paired: int
    withheld: bool
    changed_share: str | None = None
    net_change: str | None = None
    toward_median: str | None = None
    left_pair: int | None = None
    median_shift: str | None = None
    iqr_change: str | None = None
    kappa: str | None = None
    spearman: str | None = None
    p_value: str | None = None
    why: str | None = None


class GapView(Record, frozen=True, kw_only=True):
    """An item's first counted vote against one stream of the earlier survey; corrected within `stream`.

    `seen`: the survey was shown before that vote, so that a test says nothing; then the item is no part of any family.
    `equivalence_low` and `equivalence_high` are the 90 % interval of the mean, `equivalent` within half a category.
    """

    item: str
    stream: str
    round: int
    baseline: str
    n: int
    withheld: bool
    seen: bool
    difference: str | None = None
    size: str | None = None
    above: int | None = None
    same: int | None = None
    below: int | None = None
    hodges_lehmann: str | None = None
    low: str | None = None
    high: str | None = None
    p_value: str | None = None
    p_holm: str | None = None
    p_bh: str | None = None
    rank_biserial: str | None = None
    why: str | None = None
    equivalence_p: str | None = None
    equivalence_low: str | None = None
    equivalence_high: str | None = None
    equivalent: bool | None = None
    equivalence_why: str | None = None


class MeasuresView(Record, frozen=True):
    """A group after its latest disclosed round, measure by measure; `agreement` is null where withheld."""

    group: str
    round: int
    agreement: AgreementView | None
    spreads: tuple[SpreadView, ...]
    rams: tuple[RamView, ...]
    stabilities: tuple[StabilityView, ...]
    gaps: tuple[GapView, ...]


# --- the profile ------------------------------------------------------------------------------------------------------


class Elsewhere(Record, frozen=True):
    """Bands a goal would have, lowest first: one where both ends of its span lie in it. `times`: in how many tries."""

    bands: tuple[str, ...]
    times: int


class ChoiceView(Record, frozen=True):
    """One option taken otherwise: how far it moves a goal at most, in percent of the scale, and where to.

    `option` names the group where one rater, or the whole group, is left out. `tried`: raters, or drawn weights.
    """

    choice: str
    option: str
    tried: int
    moves: str | None
    becomes: tuple[Elsewhere, ...]


class GoalView(Record, frozen=True):
    """One goal of the workshop stream: its value, its interval over redrawn raters, its span, and every choice.

    `low`, `high`: the 95 % interval. `span_low`, `span_high`: where it may lie, items without agreement at their
    quartiles; `bands` are those of the two ends. `share`: of the redraws in its own band. `combined_bands`: every band
    met in any combination of choices, `combined_same` the share of them that leaves its bands as they are.
    """

    node: str
    withheld: bool
    value: str | None
    low: str | None
    high: str | None
    share: str | None
    span_low: str | None
    span_high: str | None
    bands: tuple[str, ...]
    combined_bands: tuple[str, ...]
    combined_same: str | None
    choices: tuple[ChoiceView, ...]
    why: str | None

    @property
    def stays(self) -> bool:
        """Whether no option changes its bands."""
        return not any(choice.becomes for choice in self.choices)


class WeakestChange(Record, frozen=True):
    """An option that changes the list of the weakest: who comes onto it and who goes off it, in how many tries."""

    choice: str
    option: str
    tried: int
    times: int
    entered: tuple[str, ...]
    left: tuple[str, ...]


class CertaintyView(Record, frozen=True):
    """How sure the profile is; `weakest` is empty where a goal is withheld or there are too few to list.

    `combined_same` and `weighted_same`: shares of the `combinations` of choices, and of the drawn weights, that leave
    the list of the weakest as it is; null where there is none.
    """

    goals: tuple[GoalView, ...]
    weakest: tuple[str, ...]
    weakest_changes: tuple[WeakestChange, ...]
    combined_same: str | None
    weighted_same: str | None
    resamples: int
    combinations: int
    draws: int
    not_tried: dict[str, str]
