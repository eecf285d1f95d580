"""What experts are told beside the verdicts, shape by shape: chances of rules, and a group's figures that gate nothing.

Shapes only, as in `views`. Shares and coefficients are strings with six places, people and items are counts.
"""

from __future__ import annotations

from typing import Any

from server.workshop.records import Record


class RuleChance(Record, frozen=True):
    """A rule in a panel of one size; `random`, `ceiling` and `two_camps`: how often such panels pass in one vote.

    `needed` is null for a rule that counts nobody; not `possible` where even unanimity would not do.
    """

    raters: int
    needed: int | None
    possible: bool
    random: str
    ceiling: str
    two_camps: str


class PresetView(Record, frozen=True):
    preset: str
    location: str
    chance: RuleChance


class RuleView(Record, frozen=True):
    """A rule as it would be fixed: every clause written out, and the digest that will stand in the record.

    `fewest`: ratings from which on it can agree at all, null where no number will do. `settles_from`: the first vote
    that may settle an item.
    """

    rule: dict[str, Any]
    digest: str
    fewest: int | None
    settles_from: int
    chance: RuleChance


class ConformityView(Record, frozen=True):
    """Where ratings went after the group's middle score was shown; shares null without moves."""

    paired: int
    moves: int
    toward: int
    away: int
    share_toward: str | None
    share_away: str | None
    expected_toward: str | None
    nearly_all_toward: bool
    enough: bool


class StepView(Record, frozen=True):
    """The latest votes judged with another threshold; `people`: asked for beyond the rule's count."""

    share_percent: str
    people: int
    agreeing: int
    settled: int


class ExpertView(Record, frozen=True):
    """A group after its latest disclosed round; everything below `items` is empty where `withheld`.

    `chances`: by item, how often a random panel of its size passes. `concordances`: each rater's mean rank correlation
    with the others, sorted and nameless; empty below five raters. Coefficients are null where they are not defined.
    """

    group: str
    round: int
    raters: int
    items: int
    withheld: bool
    chances: dict[str, str]
    conformity: ConformityView | None
    concordances: tuple[str, ...]
    against: int
    alpha: str | None
    ac2: str | None
    shares: tuple[StepView, ...]
    people: tuple[StepView, ...]
    fragile: tuple[str, ...]


def kept_back(group: str, round_number: int, raters: int, items: int) -> ExpertView:
    """The view of a group of which nothing may be told."""
    return ExpertView(group, round_number, raters, items, True, {}, None, (), 0, None, None, (), (), ())
