"""How much hangs on the threshold: the same vote judged by stricter and laxer counts. It decides nothing.

Owns the sweep over shares and over one person either way. The rule in force is the one fixed before round 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from numpy.typing import ArrayLike

from consensus.arguments import listed
from consensus.rules import CUSTOM, Rule, as_rule
from consensus.scale import Scale
from consensus.verdict import AGREEING, Bench, seat

SHARES = (60, 65, 70, 75, 80, 85, 90)
PEOPLE = (-1, 0, 1)

NO_COUNT = "this rule counts nobody, so it has no threshold to move"


@dataclass(frozen=True, slots=True)
class Step:
    """The vote judged with one threshold.

    Parameters
    ----------
    share_percent : int or str
        Percent of the ratings asked for; a guard against chance may ask for more.
    people : int
        People asked for beyond that count: −1, 0 or 1.
    agreeing : tuple of int
        Places of the items on which enough ratings lie together, settled or not.
    settled : tuple of int
        Places of those that are also confirmed: their outcome is ``consensus``.
    """

    share_percent: int | str
    people: int
    agreeing: tuple[int, ...]
    settled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sweep:
    """How many items agree and settle as the threshold moves.

    Parameters
    ----------
    items : int
        Items of the vote.
    shares : tuple of Step
        One for each share, in the order given.
    people : tuple of Step
        The rule itself with one person fewer, as it is, and with one person more.
    fragile : tuple of int
        Places of the items whose outcome differs with one person either way.
    up_to : tuple of int, str or None
        For each item the largest of the shares at which it agrees; None where at none.
    reason : str or None
        Why all steps are alike, where they must be.
    """

    items: int
    shares: tuple[Step, ...]
    people: tuple[Step, ...]
    fragile: tuple[int, ...]
    up_to: tuple[int | str | None, ...]
    reason: str | None = None


def threshold_sweep(
    ratings: ArrayLike | Sequence[Sequence[float | None]],
    rule: Rule,
    scale: Scale | Iterable[float],
    *,
    round: int | Sequence[int],
    seated: int,
    answered: int | Sequence[int] | None = None,
    before: ArrayLike | Sequence[Sequence[float | None]] | None = None,
    shares: Sequence[int | str] = SHARES,
) -> Sweep:
    """Judge a vote by the same rule at several shares, and with one person fewer and more.

    Parameters
    ----------
    ratings, rule, scale, round, seated, answered, before
        As for `judge`.
    shares : sequence of int or str
        Percentages above 50 to 100, as `Rule.share_percent`.

    Raises
    ------
    ConsensusError
        As `judge`; ``bad_rule`` for a share that no rule can have.
    """
    as_rule(rule)
    strict = [
        replace(rule, preset=CUSTOM, share_percent=share)
        for share in listed("shares", shares, "percentages above 50 to 100")
    ]
    bench = seat(ratings, rule, scale, round=round, seated=seated, answered=answered, before=before)
    by_share = tuple(_step(replace(bench, rule=other), 0) for other in strict)
    by_people = tuple(_step(bench, people) for people in PEOPLE)
    rank = {step.share_percent: step.agreeing for step in sorted(by_share, key=lambda step: _percent(step))}
    items = len(bench.counts)
    up_to = [next((share for share in reversed(rank) if item in rank[share]), None) for item in range(items)]
    return Sweep(
        items=items,
        shares=by_share,
        people=by_people,
        fragile=tuple(item for item in range(items) if "fragile" in bench.verdict(item).flags),
        up_to=tuple(up_to),
        reason=NO_COUNT if rule.location == "rand_ucla" else None,
    )


def _step(bench: Bench, people: int) -> Step:
    outcomes = [bench.outcome_with(item, people) for item in range(len(bench.counts))]
    return Step(
        share_percent=bench.rule.share_percent,
        people=people,
        agreeing=tuple(item for item, outcome in enumerate(outcomes) if outcome in AGREEING),
        settled=tuple(item for item, outcome in enumerate(outcomes) if outcome == "consensus"),
    )


def _percent(step: Step) -> float:
    return float(Rule(preset=CUSTOM, share_percent=step.share_percent).share)
