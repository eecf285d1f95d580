"""How easily each rule passes a panel with nothing to agree on: what an organiser should know before choosing one.

Pure, and heavy for large panels, so that a worker process does it. Recommends no rule.
"""

from __future__ import annotations

from consensus import PRESETS, Rule, chance_of_consensus
from server.workshop.expert_views import PresetView, RuleChance
from server.workshop.figures import decimal


def preset_chances(raters: int, categories: int) -> tuple[PresetView, ...]:
    """Every preset with the count it asks of so many raters, and its chances on so many categories."""
    return tuple(PresetView(name, rule.location, chances(rule, raters, categories)) for name, rule in PRESETS.items())


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
