"""Which lines of the trail somebody may read. Lines go out as they are; what they seal stays sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.state import State

Viewer = Literal["staff", "seat", "display"]

# What the hall may read of the trail before the freeze. Not the earlier survey (raters are not to lean on it), not
# who sits where, not decisions and notes that the facilitator has not shown.
HALL_KINDS = frozenset(
    {"workshop.created", "framework.fixed", "rule.fixed", "settings.fixed", "workshop.started", "round.opened",
     "round.extended", "round.paused", "round.resumed", "round.closed", "round.reopened", "ballot.cast",
     "round.assessed", "figures.revealed", "round.voided", "group.concluded", "group.reopened", "index.frozen"}
)  # fmt: skip


class Line(Protocol):
    @property
    def kind(self) -> str: ...


L = TypeVar("L", bound=Line)


def entries_for(state: State, viewer: Viewer, entries: Iterable[L]) -> list[L]:
    """The entries of the trail that somebody may read, as they are: staff all, the hall all after the freeze."""
    everything = viewer == "staff" or state.phase is Phase.FROZEN
    return [entry for entry in entries if everything or entry.kind in HALL_KINDS]


def own_ballot(state: State, group: str, number: int) -> bool:
    """Whether a seat may open its own ballot of this round: from its disclosure until the freeze, already_frozen."""
    if state.phase is Phase.FROZEN:
        raise Refusal("already_frozen")
    return any(r.number == number and r.assessed for r in state.groups[group].rounds)
