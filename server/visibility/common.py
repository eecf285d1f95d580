"""What the doors to a workshop's picture share: a language's text, and the tests of "may this be shown"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from server.workshop import views as v
from server.workshop.contents import ItemFigures
from server.workshop.refusals import Refusal
from server.workshop.result_views import Earlier
from server.workshop.state import Group, Round, State

T = TypeVar("T")


def disclosed(told: T | None, language: str) -> T:
    """What is told once a round is disclosed. Refusal `not_yet`."""
    if told is None:
        raise Refusal("not_yet", when="a round is disclosed" if language == "en" else "satu putaran ditampilkan")
    return told


def text_in(names: Mapping[str, str] | None, language: str) -> str | None:
    """A text in `language`, or in whichever there is."""
    if not names:
        return None
    return names.get(language) or next(iter(names.values()))


def earlier(state: State, item: str) -> dict[str, Earlier]:
    return {s: Earlier(row.score, row.year, row.source) for s, row in sorted(state.baseline_of(item).items())}


def in_hall(r: Round) -> bool:
    return r.revealed and not r.voided


def withheld(state: State, figures: ItemFigures) -> bool:
    return figures.n < state.settings.suppress_below


def steady(state: State, figures: ItemFigures) -> bool:
    """Whether enough people voted on the item twice that their movement may be told."""
    return figures.stability is not None and figures.stability.paired >= state.settings.suppress_below


def flags(state: State, figures: ItemFigures) -> tuple[str, ...]:
    """The flags, without the one that tells how few people moved."""
    return tuple(flag for flag in figures.flags if flag != "stable" or steady(state, figures))


def verdict(state: State, figures: ItemFigures) -> tuple[str | None, tuple[str, ...]]:
    """Outcome and flags for the hall; a verdict on too few people would tell their scores, so it is kept back."""
    if withheld(state, figures):
        return None if figures.counted else figures.outcome, ()
    return figures.outcome, flags(state, figures)


def ending(state: State, group: Group, item: str) -> v.EndingView | None:
    """How an item ended; None before, and where its vote was of too few, whose scores it would tell."""
    end = group.endings.get(item)
    if end is None or rests_on_few(state, group, item):
        return None
    return v.EndingView(end.ending, end.value, end.camps, end.round)


def rests_on_few(state: State, group: Group, item: str) -> bool:
    """Whether what an item came to rests on a vote of too few: its ending, or its latest vote while it has none."""
    end, votes = group.endings.get(item), group.votes(item)
    if end is not None:  # a chair's decision, and that nobody rated, rest on no vote
        votes = tuple(vote for vote in votes if vote[0] == end.round and end.ending != "decided")
    return any(withheld(state, figures) for _, figures in votes[-1:])


def indicative(state: State) -> bool:
    return any(seat.channel == "open" for seat in state.seats.values())


def group_of(state: State, group: str) -> Group:
    if group not in state.groups:
        raise Refusal("unknown_group", group=group, choices=", ".join(state.groups))
    return state.groups[group]


def dimension(state: State, node: str | None) -> int | None:
    """The place of a node's branch among the top nodes, from 1: screens give each its colour and shape."""
    return None if node is None else state.tree.top.index(state.tree.path(node)[0]) + 1
