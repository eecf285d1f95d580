"""What the doors to a workshop's picture share: a language's text, and the tests of "may this be shown"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from server.workshop import views as v
from server.workshop.contents import EndingContent, ItemFigures
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


def verdict(figures: ItemFigures, shown: bool) -> tuple[str | None, tuple[str, ...]]:
    """Outcome and flags for the hall; a verdict on too few people would tell their scores, so it is kept back."""
    if shown or not figures.counted:
        return figures.outcome, figures.flags if shown else ()
    return None, ()


def ending(end: EndingContent | None) -> v.EndingView | None:
    return None if end is None else v.EndingView(end.ending, end.value, end.camps, end.round)


def indicative(state: State) -> bool:
    return any(seat.channel == "open" for seat in state.seats.values())


def group_of(state: State, group: str) -> Group:
    if group not in state.groups:
        raise Refusal("unknown_group", group=group, choices=", ".join(state.groups))
    return state.groups[group]


def dimension(state: State, node: str | None) -> int | None:
    """The place of a node's branch among the top nodes, from 1: screens give each its colour and shape."""
    return None if node is None else state.tree.top.index(state.tree.path(node)[0]) + 1
