"""What a bundle opens: everything but what was erased, or only what no few people can be recognised by.

Owns the public rule of TRAIL.md. Never writes or reads a bundle; it is told what happened and names openings.

A content opens whole or not at all, and an item's stability stands inside its content. So an item that was voted on
before opens only where both conditions hold: its own (enough raters, and no few people left alone by laying it beside
other votes on the item), and that of stability (enough voted twice, and every item of its round, and of the one
compared, opens).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import msgspec

from server.workshop.contents import EndingContent, ItemFigures
from server.workshop.state import Group, State

FEWEST_OTHERS = 3
VOTING = {"workshop": "dimension", "plenary": "plenary", "agreed": "dimension"}  # streams that rest on ratings
NEVER_OPENED = ("paper.entered", "paper.confirmed")  # which seat handed in a paper; no bundle says

Level = Literal["public", "full"]
Name = tuple[int, str]
Vote = tuple[str, int]  # a group and the number of its round


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
    every = {(told.group, told.number): told for told in rounds}
    open_items = _open_items(every, suppress_below)
    names = {(every[vote].seq, f"item/{item}") for vote, item in open_items}
    for told in rounds:
        if all(_whole(every, (told.group, number), open_items) for number in (told.number, *told.earlier)):
            names.add((told.seq, "group"))
    return frozenset(names)


def _open_items(rounds: Mapping[Vote, Told], few: int) -> set[tuple[Vote, str]]:
    """The largest set of votes in which every condition holds for all at once."""
    open_items = set(votes_apart(rounds.values(), few))
    while True:
        shut = {(vote, item) for vote, item in open_items if not _movement(rounds, vote, item, open_items, few)}
        if not shut:
            return open_items
        open_items -= shut


def votes_apart(rounds: Collection[Told], suppress_below: int) -> frozenset[tuple[Vote, str]]:
    """The votes, each with its item, of enough raters whose figures may lie beside those of every earlier such vote."""
    apart: set[tuple[Vote, str]] = set()
    panels: dict[str, set[frozenset[str] | None]] = {}
    for told in sorted(rounds, key=lambda told: told.seq):
        for item, figures in told.items.items():
            before, raters = panels.setdefault(item, set()), None if told.raters is None else told.raters[item]
            fits = figures.n >= suppress_below and _beside(raters, before)
            if fits:
                apart.add(((told.group, told.number), item))
            if fits or raters is None:  # an erased ballot must not open what was shut while it stood
                before.add(raters)
    return frozenset(apart)


def _beside(raters: frozenset[str] | None, before: Collection[frozenset[str] | None]) -> bool:
    """Whether this panel's figures, laid beside those of the panels before it, never leave one or two people alone.

    Two panels leave those who are in one of them. Among three that differ, sums and parities can tell of one person
    though any two lie far apart: (a+b+e+f+h) − (b+d+f+g+h) + (a+c+d+e+g) is c and an even number.
    """
    known = [panel for panel in before if panel is not None]
    if not before or raters is None or len(known) < len(before):
        return not before
    return raters in known or (len(known) == 1 and len(raters ^ known[0]) >= FEWEST_OTHERS)


def _movement(rounds: Mapping[Vote, Told], vote: Vote, item: str, open_items: set[tuple[Vote, str]], few: int) -> bool:
    told = rounds[vote]
    stability = told.items[item].stability
    if stability is None:
        return True
    before = told.compared.get(item)
    return (
        stability.paired >= few
        and before is not None
        and all(_whole(rounds, (told.group, number), open_items) for number in (told.number, before))
    )


def _whole(rounds: Mapping[Vote, Told], vote: Vote, open_items: set[tuple[Vote, str]]) -> bool:
    told = rounds.get(vote)
    return told is not None and all((vote, item) in open_items for item in told.items)


def opens_ending(group: Group, item: str, content: EndingContent, suppress_below: int) -> bool:
    """Whether a public bundle opens an ending: it rests on no vote, or on one of enough raters."""
    if content.round is None or content.ending == "decided":
        return True
    return all(figures.n >= suppress_below for number, figures in group.votes(item) if number == content.round)


def opens_node(state: State, name: str, suppress_below: int, shut: Collection[tuple[Vote, str]] = ()) -> bool:
    """Whether a public bundle opens `node/ID/STREAM`: no leaf under it rests on a vote of too few, or on one in `shut`.

    One such leaf shuts every node above it, since the others would give it away by subtraction.
    """
    node, stream = name.removeprefix("node/").rsplit("/", 1)
    if stream not in VOTING:
        return True
    under = set(state.tree.leaves_under(node))
    groups = [group for group in state.groups.values() if group.kind == VOTING[stream]]
    for voted, item in ((group, item) for group in groups for item in group.items if item in under):
        votes, end = voted.votes(item), voted.endings.get(item)
        if not votes or (stream == "agreed" and end is not None and end.ending == "decided"):
            continue
        number, figures = votes[-1]
        if figures.n < suppress_below or ((voted.id, number), item) in shut:
            return False
    return True


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
