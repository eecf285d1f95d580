"""Figures, endings and profile computed again from what is opened, and held against what the trail says.

Owns which of them can be computed from a withheld or erased record. Pure; it raises `Difference` at the first lie and
returns what it could not check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from consensus import Rule
from consensus.endings import AGREED
from server.trail.differences import Difference, compare, decimal_or_none
from server.workshop.assess import assess, item_figures
from server.workshop.concluding import conclusion
from server.workshop.contents import Ballot, BallotAnswer, EndingContent, ItemFigures, StabilityFigures
from server.workshop.events import GroupConcluded, IndexFrozen, RoundAssessed
from server.workshop.freezing import freeze_drafts
from server.workshop.state import Group, Round, State

Contents = Mapping[str, Any]
Cast = Mapping[int, Sequence[Ballot] | None]  # by round; None where a ballot is withheld


def same_names(told: Mapping[str, str], due: Iterator[str] | Sequence[str]) -> None:
    """What an entry seals is what it must seal, no more and no less."""
    expected = set(due)
    for name in sorted(expected - told.keys()):
        raise Difference(f"seals no {name}")
    for name in sorted(told.keys() - expected):
        raise Difference(f"seals {name}, which is not due here")


# --- a round ---------------------------------------------------------------------------------------------------


def check_round(
    state: State, group: Group, body: RoundAssessed, sealed: Mapping[str, str], told: Contents, cast: Cast
) -> list[str]:
    """Hold an assessed round against its ballots; what is withheld of it, as plural noun phrases."""
    current = group.current
    assert current is not None  # the fold has let the assessment stand
    same_names(sealed, [*(f"item/{item}" for item in current.items), "group"])
    earlier = [r for r in group.rounds if r.assessed and not r.voided and r.number < current.number]
    figures_known = all(r.figures.keys() >= set(r.items) for r in earlier)
    if figures_known and all(cast.get(r.number) is not None for r in (current, *earlier)):
        known = {number: ballots for number, ballots in cast.items() if ballots is not None}
        found = assess(state, group.id, known)
        compare("the round", body, found.event, exact=True)
        for name in sorted(told, key=lambda name: (name == "group", name)):
            compare(name, told[name], found.contents[name])
        return []
    for name, figures in told.items():
        if name == "group":
            _check_written(name, [figures.w, figures.mean_spearman, figures.low, figures.high, figures.p_value])
        else:
            _check_item(state, group, current, name, figures, cast.get(current.number))
    return ["rounds whose ballots or earlier figures are not all here"]


def _check_written(what: str, values: Sequence[str | None]) -> None:
    """What cannot be computed from what is opened is at least written as figures are."""
    for value in values:
        if not decimal_or_none(value):
            raise Difference(f"gives {what} the value {value!r}, which is no figure")


def _check_item(
    state: State, group: Group, current: Round, name: str, told: ItemFigures, cast: Sequence[Ballot] | None
) -> None:
    """What figures say of themselves: everything but movement follows from the counts, the verdict from both."""
    item = name.removeprefix("item/")
    if told.item != item:
        raise Difference(f"says {told.item} under the name {name}")
    _check_counts(told, current)
    alone = replace(current, items=(item,))
    found = item_figures(state, group, alone, {current.number: _voices(state, told) if cast is None else cast})[0]
    known = all(item in r.figures for r in _votes_before(group, current, item))
    moved = _moved(told)
    free = replace(told, stability=found.stability, outcome=found.outcome, flags=found.flags)
    compare(name, free if known else replace(free, vote=found.vote), found)
    if not known:
        return
    if (told.stability is None) != (told.vote == 1):
        raise Difference(f"{'lacks' if told.stability is None else 'tells'} the stability of {name}, vote {told.vote}")
    rule, step = state.consensus_rule, Fraction(str(state.scale.step))
    flags = {*found.flags} - {"stable", "fragile"}
    flags |= {"stable"} if moved is not None and _stable(moved, rule, step) else set()
    compare(f"flags of {name}", sorted({*told.flags} - {"fragile"}), sorted(flags))
    outcome = found.outcome
    if outcome == "moving" and moved is not None and _settled(moved, rule, step):
        outcome = "consensus" if told.vote >= rule.settle_from_vote else "provisional"
    compare(f"outcome of {name}", told.outcome, outcome)


def _check_counts(told: ItemFigures, current: Round) -> None:
    cannot = sum(told.cannot.values())
    fits = (
        all(count >= 0 for count in told.counts)
        and sum(told.counts) == told.n
        and all(count > 0 for count in told.cannot.values())
        and told.n + cannot == told.answered
        and told.answered <= current.ballots
    )
    if not fits:
        raise Difference(f"gives counts of item/{told.item} that do not add up with {current.ballots} ballots")


def _voices(state: State, told: ItemFigures) -> list[Ballot]:
    """Ballots that give these counts; who cast them is not known and does not matter here."""
    categories = state.scale.categories
    if len(told.counts) != len(categories):
        raise Difference(f"counts {len(told.counts)} categories of item/{told.item}, the scale has {len(categories)}")
    answers = [
        BallotAnswer(told.item, int(category))
        for category, count in zip(categories, told.counts, strict=True)
        for _ in range(count)
    ]
    for reason, count in told.cannot.items():
        answers += [BallotAnswer(told.item, None, reason)] * count  # type: ignore[arg-type]  # compared as text
    return [Ballot(str(number), (answer,)) for number, answer in enumerate(answers)]


def _votes_before(group: Group, current: Round, item: str) -> list[Round]:
    return [
        r for r in group.rounds if r.assessed and not r.voided and r.number < current.number and item in r.items
    ]


def _moved(told: ItemFigures) -> StabilityFigures | None:
    moved = told.stability
    if moved is None:
        return None
    fits = 0 <= moved.paired <= told.n and 0 <= moved.left_pair <= moved.changed <= moved.paired
    written = decimal_or_none(moved.median_shift) and decimal_or_none(moved.net_change)
    if not fits or not written or (moved.paired > 0) != (moved.median_shift is not None):
        raise Difference(f"gives a stability of item/{told.item} that cannot be")
    return moved


def _settled(moved: StabilityFigures, rule: Rule, step: Fraction) -> bool:
    return _near(moved, rule, step) and moved.left_pair <= _few(moved, rule)


def _stable(moved: StabilityFigures, rule: Rule, step: Fraction) -> bool:
    return _near(moved, rule, step) and moved.changed <= _few(moved, rule)


def _near(moved: StabilityFigures, rule: Rule, step: Fraction) -> bool:
    # The figure is in units of the scale, the clause in categories.
    return moved.median_shift is not None and abs(Fraction(moved.median_shift)) <= Fraction(rule.median_shift) * step


def _few(moved: StabilityFigures, rule: Rule) -> int:
    return max(1, rule.left_percent * moved.paired // 100)


# --- the end ---------------------------------------------------------------------------------------------------


def check_endings(
    state: State, group: Group, body: GroupConcluded, sealed: Mapping[str, str], told: Contents
) -> list[str]:
    """Hold the endings of a group against the rule; items some of whose votes are withheld only as far as one can."""
    current = group.current
    compare("the last round", body.round, None if current is None else current.number)
    found = conclusion(group, state.scale, state.consensus_rule)
    same_names(sealed, [f"item/{item}" for item in found])
    withheld = []
    for name, ending in told.items():
        item = name.removeprefix("item/")
        if all_figures_known(group, item):
            compare(item, ending, found[item], exact=True)
        else:
            _check_ending(group, item, ending, found[item])
            withheld.append("endings whose votes are not all here")
    return withheld


def all_figures_known(group: Group, item: str) -> bool:
    """Whether the figures of every vote on an item that still stands are opened."""
    return all(item in r.figures for r in group.rounds if r.assessed and not r.voided and item in r.items)


def _check_ending(group: Group, item: str, told: EndingContent, found: EndingContent) -> None:
    decided = item in group.decided
    if (told.ending == "decided") != decided:
        raise Difference(f"ends {item} as {told.ending}, though the chair has {'' if decided else 'not '}decided")
    if told.ending == "decided":
        compare(f"value of {item}", told.value, found.value, exact=True)
    _check_written(item, [told.value])
    reserved, stated = told.ending == "agreed_with_reservation", bool(group.minorities.get(item))
    if reserved != stated and told.ending in AGREED:
        raise Difference(f"ends {item} as {told.ending}, though {'a' if stated else 'no'} minority statement stands")


def check_index(state: State, body: IndexFrozen, sealed: Mapping[str, str], told: Contents) -> list[str]:
    """Hold the frozen profile against endings, votes and the earlier survey; nodes that rest on withheld votes not."""
    draft = freeze_drafts(state)[0]
    compare("the index", body, draft.event, exact=True)
    same_names(sealed, list(draft.contents))
    unknown = {
        stream: {item for group in state.groups.values() if group.kind == kind for item in group.items
                 if not _leaf_known(group, item, stream)}
        for stream, kind in (("workshop", "dimension"), ("plenary", "plenary"), ("agreed", "dimension"))
    }  # fmt: skip
    withheld = []
    for name, figures in told.items():
        node, stream = name.removeprefix("node/").rsplit("/", 1)
        if unknown.get(stream) and not unknown[stream].isdisjoint(state.tree.leaves_under(node)):
            withheld.append("nodes of the profile whose votes are not all here")
            _check_written(name, [figures.value, figures.low, figures.high])
        else:
            compare(name, figures, draft.contents[name], exact=True)
    return withheld


def _leaf_known(group: Group, item: str, stream: str) -> bool:
    """Whether a leaf follows from what is opened: an agreed or decided value from its ending alone."""
    if stream == "agreed":
        if item not in group.endings:
            return False
        if group.endings[item].ending in (*AGREED, "decided"):
            return True
    return all_figures_known(group, item)
