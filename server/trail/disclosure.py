"""What a bundle opens: everything but what was erased, or only what no few people can be recognised by.

Owns the public rule of TRAIL.md. Never writes or reads a bundle; it is told what happened and names openings.

A content opens whole or not at all, and an item's stability stands inside its content. So an item that was voted on
before opens only where both conditions hold: its own (enough raters, and those of the earlier round or at least three
others), and that of stability (every item of its round, and of the one compared, opens).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import msgspec

from server.workshop.contents import EndingContent, ItemFigures
from server.workshop.freezing import latest_votes
from server.workshop.state import Group, State

FEWEST_OTHERS = 3
VOTING = {"workshop": "dimension", "plenary": "plenary", "agreed": "dimension"}  # streams that rest on ratings
NEVER_OPENED = ("paper.entered", "paper.confirmed")  # which seat handed in a paper; no bundle says

Level = Literal["public", "full"]
Name = tuple[int, str]


class Disclosure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`disclosure.json`: how much a bundle opens, and below how many raters a public one withholds figures."""

    disclose: Level
    suppress_below: int


class Told(msgspec.Struct, frozen=True):
    """One assessed round as the rule needs it.

    `raters` are the voices that rated each item, None where a ballot of the round has been erased. `compared` holds,
    by item, the round its stability was measured against; `earlier` every round whose ratings the group's W may use.
    """

    seq: int
    group: str
    number: int
    items: Mapping[str, ItemFigures]
    raters: Mapping[str, frozenset[str]] | None
    compared: Mapping[str, int]
    earlier: tuple[int, ...]


def opened_figures(rounds: Collection[Told], suppress_below: int) -> frozenset[Name]:
    """The contents of `round.assessed` that a public bundle opens, as (seq, name)."""
    names: set[Name] = set()
    for group in {told.group for told in rounds}:
        mine = {told.number: told for told in rounds if told.group == group}
        open_items = _open_items(mine, suppress_below)
        for told in mine.values():
            names |= {(told.seq, f"item/{item}") for number, item in open_items if number == told.number}
            if all(_whole(mine, number, open_items) for number in (told.number, *told.earlier)):
                names.add((told.seq, "group"))
    return frozenset(names)


def _open_items(rounds: Mapping[int, Told], suppress_below: int) -> set[tuple[int, str]]:
    """The largest set of (round, item) in which every condition holds for all at once."""
    open_items: set[tuple[int, str]] = set()
    for number in sorted(rounds):
        for item, figures in rounds[number].items.items():
            earlier = [rounds[n] for n in sorted(rounds) if n < number and (n, item) in open_items]
            if figures.n >= suppress_below and all(_apart(rounds[number], told, item) for told in earlier):
                open_items.add((number, item))
    while True:
        shut = {(number, item) for number, item in open_items if not _stability(rounds, number, item, open_items)}
        if not shut:
            return open_items
        open_items -= shut


def _apart(later: Told, earlier: Told, item: str) -> bool:
    """Whether two rounds' figures of an item, laid side by side, leave nobody alone."""
    if later.raters is None or earlier.raters is None:
        return False
    change = len(later.raters[item] ^ earlier.raters[item])
    return change == 0 or change >= FEWEST_OTHERS


def _stability(rounds: Mapping[int, Told], number: int, item: str, open_items: set[tuple[int, str]]) -> bool:
    if rounds[number].items[item].stability is None:
        return True
    before = rounds[number].compared.get(item)
    return before is not None and all(_whole(rounds, n, open_items) for n in (number, before))


def _whole(rounds: Mapping[int, Told], number: int, open_items: set[tuple[int, str]]) -> bool:
    told = rounds.get(number)
    return told is not None and all((number, item) in open_items for item in told.items)


def opens_ending(group: Group, item: str, content: EndingContent, suppress_below: int) -> bool:
    """Whether a public bundle opens an ending: it rests on no vote, or on one of enough raters."""
    if content.round is None or content.ending == "decided":
        return True
    return all(figures.n >= suppress_below for number, figures in group.votes(item) if number == content.round)


def opens_node(state: State, name: str, suppress_below: int) -> bool:
    """Whether a public bundle opens `node/ID/STREAM`: no leaf under it rests on a vote of too few.

    One such leaf shuts every node above it, since the others would give it away by subtraction.
    """
    node, stream = name.removeprefix("node/").rsplit("/", 1)
    if stream not in VOTING:
        return True
    votes = latest_votes(state, VOTING[stream])
    return all(votes[leaf].n >= suppress_below for leaf in state.tree.leaves_under(node) if leaf in votes)


def public_view(state: State, names: Collection[Name], seqs: Mapping[tuple[str, int], int],
                endings: Mapping[str, Iterable[str]]) -> State:  # fmt: skip
    """The state as a reader folds it who has only these figures and endings (by group, the items opened)."""
    groups = {}
    for group in state.groups.values():
        rounds = []
        for r in group.rounds:
            seq = seqs.get((group.id, r.number), -1)
            figures = {item: f for item, f in r.figures.items() if (seq, f"item/{item}") in names}
            order = r.order if (seq, "group") in names else None
            rounds.append(msgspec.structs.replace(r, figures=figures, order=order))
        told = set(endings.get(group.id, ()))
        kept = {item: ending for item, ending in group.endings.items() if item in told}
        groups[group.id] = msgspec.structs.replace(group, rounds=tuple(rounds), endings=kept)
    return msgspec.structs.replace(state, groups=groups)
