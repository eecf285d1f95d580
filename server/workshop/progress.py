"""Who is how far, without a single value: what console and display may see while a round is sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from server.workshop.state import State


def progress(
    state: State, counts: Iterable[tuple[str, int, str, int]], papers: Iterable[tuple[str, int, int]] = ()
) -> dict[str, dict[str, Any]]:
    """By group: `round`, `seated`, `started`, `finished`, `items` (answers by item), `seats` (each seat's stage) and
    `unconfirmed` (paper ballots that would count once a second officer confirmed them).

    Parameters
    ----------
    state : State
    counts : iterable of (group, round, item, seat)
        One for each answer that is given and sealed; never what it says.
    papers : iterable of (group, round, seat)
        One for each paper ballot that waits.

    Returns
    -------
    dict
        Stages are `joined`, `started` and `finished`; seats that nobody has taken, or that are absent or revoked,
        are left out unless they have answered.
    """
    answered: dict[tuple[str, int], dict[int, list[str]]] = {}
    for name, number, item, seat in counts:
        answered.setdefault((name, number), {}).setdefault(seat, []).append(item)
    waiting = Counter((name, number) for name, number, seat in papers if seat not in answered.get((name, number), {}))
    told = {}
    for group in state.groups.values():
        current = group.current
        by_seat = answered.get((group.id, current.number), {}) if current else {}
        asked = len(current.items) if current else 0
        stages = {seat.number: "joined" for seat in state.seats_of(group.id) if seat.status == "taken"}
        stages |= {seat: "finished" if len(items) >= asked else "started" for seat, items in by_seat.items()}
        every = Counter(item for items in by_seat.values() for item in items)
        told[group.id] = {
            "round": current.number if current else None,
            "seated": state.seated(group.id),
            "started": len(by_seat),
            "finished": sum(stage == "finished" for stage in stages.values()),
            "items": {item: every[item] for item in (current.items if current else ())},
            "seats": dict(sorted(stages.items())),
            "unconfirmed": waiting[group.id, current.number] if current else 0,
        }
    return told
