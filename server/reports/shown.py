"""What of the trail a report may print: figures that are opened here and rest on enough raters. Formats nothing.

A report is handed on and printed, so it withholds figures of too few raters even where its copy of the trail opens
them; by subtraction too, as in a public bundle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from server.reports.account import Account
from server.trail.disclosure import opens_ending, opens_node
from server.workshop.contents import EndingContent, GroupFigures, ItemFigures, NodeFigures
from server.workshop.freezing import freeze_drafts
from server.workshop.phases import Phase
from server.workshop.state import Group, Round, State

Status = Literal["shown", "withheld", "insufficient", "never"]


@dataclass(frozen=True)
class Vote:
    """An item's latest counted vote. `figures` only where `shown`, or where `insufficient` and still printable.

    `insufficient`: no vote reached the quorum; `never`: no round that stands has had the item.
    """

    status: Status
    round: int | None = None
    figures: ItemFigures | None = None


def vote_of(state: State, group: Group, item: str) -> Vote:
    """The latest counted vote of an item, as far as it may be printed."""
    few = state.settings.suppress_below
    last: Vote | None = None
    for r in reversed(group.rounds):
        if r.voided or not r.assessed or item not in r.items:
            continue
        figures = r.figures.get(item)
        if figures is None:
            return Vote("withheld", r.number)
        enough = figures.n >= few
        if figures.counted:
            return Vote("shown", r.number, figures) if enough else Vote("withheld", r.number)
        last = last or Vote("insufficient", r.number, figures if enough else None)
    return last or Vote("never")


def ending_of(state: State, group: Group, item: str) -> EndingContent | None:
    """How an item ended; None where that is not opened, or rests on too few."""
    ending = group.endings.get(item)
    if ending is None or not opens_ending(group, item, ending, state.settings.suppress_below):
        return None
    return ending


def order_of(state: State, group: Group) -> GroupFigures | None:
    """How alike the panel orders the items, by its latest round; None where too few rated an item that it rests on.

    It rests on counted votes alone: an item that never reached the quorum is no part of it and withholds nothing.
    """
    r, few = latest_round(group), state.settings.suppress_below
    enough = all(f.n >= few for each in group.rounds if not each.voided for f in each.figures.values() if f.counted)
    return r.order if r is not None and enough else None


def latest_round(group: Group) -> Round | None:
    """The latest round that stands and has figures."""
    return next((r for r in reversed(group.rounds) if r.assessed and not r.voided), None)


def steady(state: State, figures: ItemFigures) -> bool:
    """Whether what an item's raters did between two votes may be printed."""
    return figures.stability is not None and figures.stability.paired >= state.settings.suppress_below


class Profile:
    """The profile by node and stream: frozen, or as it would be frozen now where every figure is at hand."""

    def __init__(self, account: Account) -> None:
        self._state = account.state
        self._nodes = account.nodes if account.final else _standing(account.state)
        self.streams = [
            stream for stream in ("interview", "metric", "workshop", "plenary", "agreed") if self._has(stream)
        ]

    def _has(self, stream: str) -> bool:
        kinds = {group.kind for group in self._state.groups.values()}
        rows = {row.stream for row in self._state.baseline}
        return {"interview": "interview" in rows, "metric": "metric" in rows, "plenary": "plenary" in kinds}.get(
            stream, True
        )

    @property
    def known(self) -> bool:
        """Whether there is any profile at all to print."""
        return bool(self._nodes)

    def node(self, node: str, stream: str) -> NodeFigures | None:
        """A node in a stream; None where it is withheld."""
        name = f"node/{node}/{stream}"
        figures = self._nodes.get(name)
        if figures is None or not opens_node(self._state, name, self._state.settings.suppress_below):
            return None
        return figures


def _standing(state: State) -> dict[str, NodeFigures]:
    """The profile of an index that is not frozen, which is only known where nothing is withheld."""
    if state.phase is not Phase.RUNNING:
        return {}
    for group in state.groups.values():
        if any(r.assessed and not r.voided and r.figures.keys() != set(r.items) for r in group.rounds):
            return {}
    return dict(freeze_drafts(state)[0].contents)
