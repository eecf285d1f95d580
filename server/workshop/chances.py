"""How easily each rule passes a panel with nothing to agree on: what an organiser should know before choosing one.

Pure, and heavy for large panels, so that a worker process does it. Recommends no rule.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from consensus import PRESETS, Rule, chance_of_consensus
from server.workshop.expert_views import PresetView, RuleChance, RuleView
from server.workshop.figures import decimal
from server.workshop.setup import read_rule


def preset_chances(raters: int, categories: int) -> tuple[PresetView, ...]:
    """Every preset with the count it asks of so many raters, and its chances on so many categories."""
    return tuple(PresetView(name, rule.location, chances(rule, raters, categories)) for name, rule in PRESETS.items())


def weighed(
    asked: str | dict[str, Any], raters: int, categories: int, digest: Callable[[Any], str]
) -> RuleView:
    """A rule from a preset's name or a document, with its chances. Refusal: bad_rule, naming the clause."""
    rule = read_rule(asked)
    document = rule.document()
    return RuleView(
        rule=document, digest=digest(document), fewest=rule.fewest_raters(categories),
        settles_from=rule.settle_from_vote, chance=chances(rule, raters, categories),
    )  # fmt: skip


def chances(rule: Rule, raters: int, categories: int) -> RuleChance:
    """What a rule asks of so many raters, and how often panels pass that have nothing to agree on."""
    needed, scale = rule.needed(raters, categories), range(1, categories + 1)
    return RuleChance(
        raters=raters,
        needed=needed,
        possible=raters >= rule.quorum and (needed is None or needed <= raters),
        random=decimal(chance_of_consensus(rule, raters, scale, panel="random")) or "",
        ceiling=decimal(chance_of_consensus(rule, raters, scale, panel="ceiling")) or "",
        two_camps=decimal(chance_of_consensus(rule, raters, scale, panel="two_camps")) or "",
    )
