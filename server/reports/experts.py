"""The annex for experts: what moved people, who shares the order, agreement in value, thresholds, and how sure it is.

Owns when it may be computed at all: every ballot opened, and no figure that rests on too few. Chance is seeded by the
head of the trail, so that the same copy gives the same page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from consensus import GroupRatings, Sensitivity, sensitivity, uncertainty
from consensus.resampling import seeded
from server.reports.account import Account
from server.reports.numerals import Numerals
from server.reports.seal import Seal
from server.reports.shown import latest_round, order_of
from server.reports.words import Words, mark
from server.workshop.expert import expert, latest_ratings
from server.workshop.expert_views import ConformityView, ExpertView
from server.workshop.figures import decimal
from server.workshop.state import Group

DRAWS, WEAKEST = 1024, 5

CHOICES = {
    "aggregation": mark("another kind of mean"),
    "percent": mark("percent counted from zero or from the lowest point"),
    "agreed_value": mark("mean or Hodges–Lehmann estimate as agreed value"),
    "threshold": mark("one person more or fewer asked to agree"),
    "rater": mark("one person left out"),
    "group": mark("one group left out"),
    "weights": mark("other weights"),
}


@dataclass(frozen=True)
class Step:
    threshold: str
    agree: int
    settle: int


@dataclass(frozen=True)
class Explained:
    """One group: sentences in order, then the thresholds."""

    name: str
    sentences: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Sure:
    """One goal: its workshop score, how far it may lie by who was in the room, and which choices change its band."""

    name: str
    value: str
    interval: str
    sentence: str


@dataclass(frozen=True)
class Annex:
    """`groups` and `goals` are empty where ballots are withheld; `weakest` says whether the weakest goals change."""

    known: bool
    groups: tuple[Explained, ...]
    goals: tuple[Sure, ...]
    weakest: str | None


def annex(account: Account, seal: Seal | None, words: Words, numerals: Numerals) -> Annex:
    """Everything the annex prints; not `known` where this copy withholds a ballot, or a figure rests on too few."""
    state = account.state
    held = [group for group in state.groups.values() if latest_round(group)]
    whole = account.sealed["ballot.cast"] == account.opened["ballot.cast"]
    few = state.settings.suppress_below
    orders = [order_of(state, group) for group in held]
    if not held or not whole or any(order is None or order.raters < few for order in orders):
        return Annex(False, (), (), None)
    told = [(group, expert(state, group.id, account.ballots.get(group.id, {}))) for group in held]
    groups = tuple(_group(group, found, words, numerals) for group, found in told if found is not None)
    rated = [_ratings(account, group) for group in held if group.kind == "dimension"]
    goals, weakest = _profile(account, [one for one in rated if one.items], seal, words, numerals)
    return Annex(True, groups, goals, weakest)


# --- a group ----------------------------------------------------------------------------------------------------------


def _group(group: Group, found: ExpertView, words: Words, numerals: Numerals) -> Explained:
    say = words.say
    sentences = [*_moves(found.conformity, words, numerals), *_raters(found, words, numerals)]
    if found.alpha is not None and found.ac2 is not None:
        alpha, ac2 = numerals.fixed(found.alpha), numerals.fixed(found.ac2)
        sentences.append(
            say(
                "Agreement in value beyond chance: Krippendorff's alpha {alpha}, Gwet's AC2 {ac2}.",
                alpha=alpha, ac2=ac2,
            )
        )
    else:
        sentences.append(say("Agreement in value beyond chance is not defined: all scores are the same, or too few."))
    if found.fragile:
        items = ", ".join(found.fragile)
        sentences.append(say("One person more or fewer asked to agree would change: {items}.", items=items))
    people = {-1: say("one person fewer"), 0: say("the rule as it is"), 1: say("one person more")}
    steps = [Step(numerals.percent(step.share_percent), step.agreeing, step.settled) for step in found.shares]
    steps += [Step(people[step.people], step.agreeing, step.settled) for step in found.people]
    return Explained(words.named(group.name, group.id), tuple(sentences), tuple(steps))


def _moves(found: ConformityView | None, words: Words, numerals: Numerals) -> list[str]:
    say = words.say
    if found is None or not found.moves or found.expected_toward is None:
        return [say("Nobody moved after seeing what the group said.")]
    expected = numerals.percent(str(round(100 * float(found.expected_toward))))
    told = [
        say(
            "After seeing what the group said, {toward} of {moves} moves went toward the middle score and {away} away "
            "from it; random moves would give {expected} toward it.",
            toward=found.toward, moves=found.moves, away=found.away, expected=expected,
        )
    ]  # fmt: skip
    if found.nearly_all_toward:
        told.append(
            say("Nearly all moves went toward the middle score: conviction or conformity, which counts cannot tell.")
        )
    if not found.enough:
        told.append(say("Fewer than twenty moves are too few to call a pattern."))
    return told


def _raters(found: ExpertView, words: Words, numerals: Numerals) -> list[str]:
    if not found.concordances:
        return []
    values = "; ".join(numerals.fixed(value) for value in found.concordances)
    told = mark("Each person's mean rank correlation with the others, sorted and without names: {values}.")
    return [words.say(told, values=values)]


# --- the profile ------------------------------------------------------------------------------------------------------


def _ratings(account: Account, group: Group) -> GroupRatings:
    items, ratings = latest_ratings(group, account.ballots.get(group.id, {}))
    return GroupRatings(group.id, items, ratings)


def _profile(
    account: Account, rated: Sequence[GroupRatings], seal: Seal | None, words: Words, numerals: Numerals
) -> tuple[tuple[Sure, ...], str | None]:
    if not rated:
        return (), None
    state = account.state
    groups = [group for group in state.groups.values() if group.kind == "dimension"]
    fixed = {item: value for group in groups for item, value in group.decided.items()}
    latest = {item: group.latest(item) for group in groups for item in group.items}
    unsettled = [item for item, figures in latest.items() if figures is None or figures.outcome != "consensus"]
    seed = int.from_bytes(blake2b("".join(seal.groups if seal else ()).encode(), digest_size=8).digest())
    rule = state.consensus_rule
    sure = uncertainty(state.tree, rated, rng=seeded(seed), value=rule.agreed_value, fixed=fixed)
    moved = sensitivity(
        state.tree, rated, rule, rng=seeded(seed + 1), draws=DRAWS, weakest=WEAKEST, fixed=fixed, unsettled=unsettled
    )
    bands = {band.key: words.named(band.name, band.key) for band in state.tree.bands}

    def score(value: float) -> str:
        written = decimal(value)
        return "–" if written is None else numerals.fixed(written)

    goals = []
    for node, found in moved.nodes.items():
        interval = sure[node]
        known = decimal(interval.low) is not None
        told = words.say("{low} to {high}", low=score(interval.low), high=score(interval.high)) if known else "–"
        names = [bands[key] for key in found.bands]
        goals.append(
            Sure(words.named(state.tree.node(node).name, node), score(interval.value), told,
                 _stays(names, found.changed_by, words))
        )  # fmt: skip
    return tuple(goals), _weakest(moved, words)


def _stays(bands: Sequence[str], changed_by: Sequence[str], words: Words) -> str:
    if not bands:
        return "–"
    band = " – ".join(bands)
    if not changed_by:
        return words.say("stays {band} under every choice", band=band)
    choices = "; ".join(words.say(CHOICES[choice]) for choice in changed_by)
    return words.say("{band}; would change with: {choices}", band=band, choices=choices)


def _weakest(moved: Sensitivity, words: Words) -> str | None:
    if len(moved.nodes) <= WEAKEST:
        return None
    if not moved.weakest_changed_by:
        return words.say("The five weakest goals stay the same under every choice.")
    choices = "; ".join(words.say(CHOICES[choice]) for choice in moved.weakest_changed_by)
    return words.say("The list of the five weakest goals would change with: {choices}.", choices=choices)
