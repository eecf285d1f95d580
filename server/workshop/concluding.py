"""Which items a round may open, and how each item ends when its group concludes. Rules across rounds live here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consensus import Decision, Rule, Scale, ending
from consensus.agreed import agreed_value
from consensus.decimals import six
from consensus.location import camps
from server.workshop.contents import EndingContent, ItemFigures
from server.workshop.figures import decimal
from server.workshop.refusals import Refusal
from server.workshop.state import Group


def pending(group: Group, cap: int) -> tuple[str, ...]:
    """Items that still wait for agreement: nothing decided, votes left, latest verdict not `consensus`."""
    return tuple(
        item
        for item in _openable(group, cap)
        if (latest := group.latest(item)) is None or latest.outcome != "consensus"
    )


def _openable(group: Group, cap: int) -> tuple[str, ...]:
    return tuple(item for item in group.items if item not in group.decided and len(group.votes(item)) < cap)


def open_items(group: Group, asked: Literal["all", "pending"] | list[str], cap: int) -> tuple[str, ...]:
    """The items of the next round, in the group's order.

    Round 2 reopens every item; later rounds the pending ones, unless items are named.

    Raises
    ------
    Refusal
        `unknown_item`, `duplicate_item`, `item_decided`, `cap_reached` or `nothing_to_open`.
    """
    if isinstance(asked, list):
        for item in asked:
            _may_open(group, item, cap)
            if asked.count(item) > 1:
                raise Refusal("duplicate_item", item=item)
        items = tuple(item for item in group.items if item in asked)
    else:
        standing = sum(not r.voided for r in group.rounds)
        items = _openable(group, cap) if asked == "all" or standing <= 1 else pending(group, cap)
    if not items:
        raise Refusal("nothing_to_open")
    return items


def _may_open(group: Group, item: str, cap: int) -> None:
    if item not in group.items:
        raise Refusal("unknown_item", item=item, choices=", ".join(group.items))
    if item in group.decided:
        raise Refusal("item_decided", item=item)
    if len(group.votes(item)) >= cap:
        raise Refusal("cap_reached", item=item, cap=cap)


def conclusion(group: Group, scale: Scale, rule: Rule) -> dict[str, EndingContent]:
    """The ending of every item, from its latest vote with quorum; a plenary concludes without endings."""
    if group.kind == "plenary":
        return {}
    return {item: item_ending(group, item, scale, rule) for item in group.items}


def item_ending(group: Group, item: str, scale: Scale, rule: Rule) -> EndingContent:
    """How one item ends, by the rule of `consensus.ending`, with the round in which it did."""
    votes = [_standing(number, figures, scale, rule) for number, figures in group.votes(item)]
    decided = Decision(decimal(group.decided[item])) if item in group.decided else None
    end = ending(votes, decided=decided, minority=len(group.minorities.get(item, ())))
    return EndingContent(ending=end.kind, value=end.value, camps=end.camps, round=end.vote)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Vote:
    """A counted vote as `consensus.ending` reads it; `vote` is the round here, so that the ending names it."""

    outcome: str
    vote: int
    value: str | None
    camps: tuple[int | str, int | str] | None


def _standing(number: int, figures: ItemFigures, scale: Scale, rule: Rule) -> _Vote:
    counts = list(figures.counts)
    value = agreed_value(counts, scale, rule.agreed_value)
    sides = camps(counts)
    parted = None if sides is None else (int(scale.categories[sides[0]]), int(scale.categories[sides[1]]))
    return _Vote(figures.outcome, number, None if value is None else six(value), parted)
