"""What time itself calls for: closed rounds to show, deadlines to keep. It never looks at a clock."""

from __future__ import annotations

from dataclasses import dataclass

from server.workshop.commands import CloseRound, Disclose
from server.workshop.phases import Phase
from server.workshop.state import State


@dataclass(frozen=True, slots=True)
class Due:
    """An order that the server gives by itself at `epoch` (seconds), `longest` seconds after it was set up at most."""

    group: str
    round: int
    command: Disclose | CloseRound
    epoch: int
    longest: int | None = None


def due(state: State) -> tuple[Due, ...]:
    """The orders that wait for their time, one a group at most."""
    if state.phase is not Phase.RUNNING:
        return ()
    found = []
    for group in state.groups.values():
        current = group.current
        if current is None:
            continue
        if group.phase is Phase.CLOSED and current.closed_at is not None and not current.ballots:
            after = state.settings.disclose_after
            order = Disclose(group=group.id, expects=group.version)
            found.append(Due(group.id, current.number, order, current.closed_at + after, after))
        elif group.phase is Phase.OPEN and current.deadline is not None and state.settings.deadline_closes:
            close = CloseRound(group=group.id, expects=group.version)
            found.append(Due(group.id, current.number, close, current.deadline))
    return tuple(found)


def unassessed(state: State) -> tuple[tuple[str, int], ...]:
    """Groups, with their version, whose ballots are in the trail and whose figures are not."""
    return tuple(
        (group.id, group.version)
        for group in state.groups.values()
        if group.phase is Phase.CLOSED and group.current is not None and group.current.ballots
    )
