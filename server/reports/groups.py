"""Each group's part of the report: who took part, its line, its items, and what was said where people differed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from consensus.endings import AGREED
from server.reports.account import Account
from server.reports.goals import dims
from server.reports.numerals import Numerals
from server.reports.rows import Row, Rows
from server.reports.shown import latest_round, order_of
from server.reports.vocabulary import CHANNELS, ENDINGS, METHODS, strength
from server.reports.words import Words
from server.workshop.contents import GroupFigures
from server.workshop.state import Group

ORDER_ITEMS, ORDER_RATERS = 5, 7  # below, the shared order is not said


@dataclass(frozen=True)
class RoundLine:
    """One round: how many items it had and how many of those seated answered; `voided` holds why it was cancelled."""

    number: int
    items: int
    seated: int
    answered: int
    voided: bool
    why: str | None


@dataclass(frozen=True)
class Statement:
    """A text about an item; `text` is None where it is not opened or not cleared for publication."""

    item: str
    name: str
    text: str | None


@dataclass(frozen=True)
class GroupPage:
    id: str
    name: str
    dim: int
    plenary: bool
    concluded: bool
    agreed: int
    of: int
    line: str
    order: str | None
    order_detail: str | None
    order_withheld: bool
    issued: int
    taken: int
    channels: str
    rounds: tuple[RoundLine, ...]
    rows: tuple[Row, ...]
    minorities: tuple[Statement, ...]
    decisions: tuple[Statement, ...]


def group_pages(account: Account, words: Words, numerals: Numerals) -> tuple[GroupPage, ...]:
    """One page a group, in the order of the workshop's creation."""
    rows = Rows(account.state, words, numerals)
    return tuple(_page(account, group, rows, words, numerals) for group in account.state.groups.values())


def endings_of(pages: Sequence[GroupPage], words: Words) -> tuple[tuple[str, str, int], ...]:
    """How many items ended how, as (key, word, count); what is not opened is counted as withheld."""
    rows = [row for page in pages if not page.plenary and page.concluded for row in page.rows]
    found = Counter(row.ending.key if row.ending else "withheld" for row in rows)
    kinds = {**ENDINGS, "withheld": "withheld"}
    return tuple((key, words.say(word), found[key]) for key, word in kinds.items() if found[key])


def _page(account: Account, group: Group, rows: Rows, words: Words, numerals: Numerals) -> GroupPage:
    state = account.state
    told = tuple(rows.row(group, item) for item in group.items)
    name = {row.id: row.name for row in told}
    seats = state.seats_of(group.id)
    channels = Counter(seat.channel for seat in seats if seat.number in account.taken)
    order = order_of(state, group)
    agreed = sum(row.ending is not None and row.ending.key in AGREED for row in told)
    return GroupPage(
        id=group.id, name=words.named(group.name, group.id),
        dim=dims(state).get(state.tree.path(group.node)[0], 1) if group.node else 1,
        plenary=group.kind == "plenary", concluded=bool(group.endings) or group.phase == "concluded",
        agreed=agreed, of=len(told), line=_line(group, agreed, told, words),
        order=None if order is None else _order(order, words, numerals),
        order_detail=None if order is None else _detail(order, words, numerals),
        order_withheld=latest_round(group) is not None and order is None,
        issued=len(seats), taken=sum(seat.number in account.taken for seat in seats),
        channels=", ".join(f"{count} {words.say(CHANNELS[channel])}" for channel, count in sorted(channels.items())),
        rounds=tuple(
            RoundLine(r.number, len(r.items), r.seated, r.answered, r.voided, account.voided.get((group.id, r.number)))
            for r in group.rounds
        ),
        rows=told,
        minorities=tuple(
            Statement(item, name[item], text if public else None)
            for item, stated in group.minorities.items()
            for text, public in stated
        ),
        decisions=tuple(
            Statement(item, name[item], account.decisions.get((group.id, item)))
            for item in group.items
            if item in group.decided
        ),
    )  # fmt: skip


def _line(group: Group, agreed: int, rows: Sequence[Row], words: Words) -> str:
    if group.kind == "plenary":
        return words.count(
            "the plenary scored {n} item; its scores advise and give no endings",
            "the plenary scored {n} items; its scores advise and give no endings",
            len(rows),
        )
    if group.phase != "concluded":
        return words.say("this group has not concluded yet")
    hidden = sum(row.ending is None for row in rows)
    if hidden:
        return words.say("{agreed} of {of} agreed, {hidden} withheld", agreed=agreed, of=len(rows), hidden=hidden)
    return words.say("{agreed} of {of} agreed", agreed=agreed, of=len(rows))


def _order(order: GroupFigures, words: Words, numerals: Numerals) -> str | None:
    """The shared order in words; nothing from few items or few raters, where it says little."""
    if order.w is None or order.items < ORDER_ITEMS or order.raters < ORDER_RATERS:
        return None
    values = {"w": numerals.fixed(order.w), "strength": words.say(strength(float(order.w)))}
    if float(order.w) >= 0.6:
        return words.say("the panel orders the items alike: W* {w}, {strength}", **values)
    if float(order.w) >= 0.4:
        return words.say("the panel orders the items somewhat alike: W* {w}, {strength}", **values)
    return words.say("the panel orders the items differently: W* {w}, {strength}", **values)


def _detail(order: GroupFigures, words: Words, numerals: Numerals) -> str | None:
    if order.w is None or order.items < ORDER_ITEMS or order.raters < ORDER_RATERS:
        return None
    told = [words.say("{raters} raters, {items} items", raters=order.raters, items=order.items)]
    if order.low is not None and order.high is not None:
        low, high = numerals.fixed(order.low), numerals.fixed(order.high)
        told.append(words.say("95% interval {low} to {high}", low=low, high=high))
    if order.mean_spearman is not None:
        told.append(words.say("mean rank correlation {rho}", rho=numerals.fixed(order.mean_spearman)))
    if order.p_value is not None and order.method is not None:
        method = words.say(METHODS.get(order.method, order.method))
        told.append(words.say("p {p} {method}", p=numerals.chance(order.p_value), method=method))
    return "; ".join(told)
