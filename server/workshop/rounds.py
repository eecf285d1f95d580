"""What an entry means to its group: rounds, figures, decisions and endings, one small function a kind.

The phase has been checked before (`fold`); here only what the tables cannot say is held against the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from server.workshop import events as e
from server.workshop.history import Entry, ImpossibleHistory, seconds
from server.workshop.state import Explained, Group, Round


def fold_group(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    """The group after an entry of its own, phase and version left as they were.

    Raises
    ------
    ImpossibleHistory
        If the entry names another round than the current one, an unknown item, or a round out of order.
    """
    return _MEANING[entry.kind](group, entry, contents)


def _current(group: Group, entry: Entry) -> Round:
    current, named = group.current, getattr(entry.body, "round", None)
    if current is None or current.number != named:
        raise ImpossibleHistory(entry.seq, f"round {named} is not the current round of {group.id}")
    return current


def _with(group: Group, changed: Round) -> Group:
    return replace(group, rounds=tuple(changed if r.number == changed.number else r for r in group.rounds))


def _opened(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    body: e.RoundOpened = entry.body  # type: ignore[assignment]  # the kind names the type
    if body.round != len(group.rounds) + 1:
        raise ImpossibleHistory(entry.seq, f"round {body.round} of {group.id} follows round {len(group.rounds)}")
    if not body.items or len(set(body.items)) != len(body.items) or not set(body.items) <= set(group.items):
        raise ImpossibleHistory(entry.seq, f"round {body.round} opens items that are not {group.id}'s")
    at = seconds(entry.at)
    deadline = None if body.minutes is None else at + 60 * body.minutes
    opened = Round(number=body.round, items=body.items, opened_at=at, deadline=deadline)
    return replace(group, rounds=(*group.rounds, opened))


def _extended(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    body: e.RoundExtended = entry.body  # type: ignore[assignment]  # the kind names the type
    r, at = _current(group, entry), seconds(entry.at)
    base = max(at, r.deadline) if r.deadline is not None else at
    return _with(group, replace(r, deadline=base + 60 * body.minutes))


def _paused(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    return _with(group, replace(_current(group, entry), paused_at=seconds(entry.at)))


def _unpaused(r: Round, at: int) -> Round:
    if r.paused_at is None:
        return r
    deadline = None if r.deadline is None else r.deadline + max(0, at - r.paused_at)
    return replace(r, paused_at=None, deadline=deadline)


def _resumed(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    return _with(group, _unpaused(_current(group, entry), seconds(entry.at)))


def _closed(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    body: e.RoundClosed = entry.body  # type: ignore[assignment]  # the kind names the type
    at = seconds(entry.at)
    closed = replace(_unpaused(_current(group, entry), at), closed_at=at)
    return _with(group, replace(closed, seated=body.seated, answered=body.answered))


def _reopened(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    r, at = _current(group, entry), seconds(entry.at)
    # the seconds spent closed are given back
    lost = max(0, at - r.closed_at) if r.closed_at is not None else 0
    deadline = None if r.deadline is None else max(r.deadline + lost, at)
    return _with(group, replace(r, closed_at=None, seated=0, answered=0, deadline=deadline))


def _ballot(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    r = _current(group, entry)
    return _with(group, replace(r, ballots=r.ballots + 1))


def _paper(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    r = _current(group, entry)
    return _with(group, replace(r, papers=r.papers + 1))


def _assessed(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    body: e.RoundAssessed = entry.body  # type: ignore[assignment]  # the kind names the type
    r = _current(group, entry)
    if body.ballots != r.ballots:
        raise ImpossibleHistory(entry.seq, f"{body.ballots} ballots are assessed, {r.ballots} are in the trail")
    figures = {figures.item: figures for name, figures in contents.items() if name.startswith("item/")}
    return _with(group, replace(r, assessed=True, figures=figures, order=contents.get("group")))


def _revealed(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    body: e.FiguresRevealed = entry.body  # type: ignore[assignment]  # the kind names the type
    r = _current(group, entry)
    shown = replace(
        r, revealed=True, baseline_revealed=r.baseline_revealed or body.baseline,
        reasons_revealed=r.reasons_revealed or body.reasons,
    )  # fmt: skip
    return _with(group, shown)


def _voided(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    return _with(group, replace(_current(group, entry), voided=True))


def _moderated(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    body: e.ReasonModerated = entry.body  # type: ignore[assignment]  # the kind names the type
    _known(group, entry, body.item)
    return replace(group, moderated=group.moderated | {f"{body.round}/{body.item}/{body.reason}"})


def _known(group: Group, entry: Entry, item: str) -> None:
    if item not in group.items:
        raise ImpossibleHistory(entry.seq, f"{item} is not an item of {group.id}")


def _explained(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    body: e.GapExplained = entry.body  # type: ignore[assignment]  # the kind names the type
    _known(group, entry, body.item)
    told = Explained(cause=body.cause, note=contents.get("note"))
    return replace(group, explained={**group.explained, f"{body.item}/{body.stream}": told})


def _decided(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    body: e.ItemDecided = entry.body  # type: ignore[assignment]  # the kind names the type
    _known(group, entry, body.item)
    rest = {item: value for item, value in group.decided.items() if item != body.item}
    return replace(group, decided=rest if body.value is None else {**rest, body.item: body.value})


def _minority(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    body: e.MinorityAttached = entry.body  # type: ignore[assignment]  # the kind names the type
    _known(group, entry, body.item)
    stated = (*group.minorities.get(body.item, ()), (contents.get("text"), body.public))
    return replace(group, minorities={**group.minorities, body.item: stated})


def _concluded(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    endings = {name.removeprefix("item/"): ending for name, ending in contents.items()}
    return replace(group, endings=endings)


def _group_reopened(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    return replace(group, endings={})


def _unchanged(group: Group, entry: Entry, contents: Mapping[str, Any]) -> Group:
    _current(group, entry)
    return group


_MEANING: dict[str, Callable[[Group, Entry, Mapping[str, Any]], Group]] = {
    "round.opened": _opened,
    "round.extended": _extended,
    "round.paused": _paused,
    "round.resumed": _resumed,
    "round.closed": _closed,
    "round.reopened": _reopened,
    "ballot.cast": _ballot,
    "round.assessed": _assessed,
    "figures.revealed": _revealed,
    "round.voided": _voided,
    "reason.moderated": _moderated,
    "paper.entered": _unchanged,
    "paper.confirmed": _paper,
    "gap.explained": _explained,
    "item.decided": _decided,
    "minority.attached": _minority,
    "group.concluded": _concluded,
    "group.reopened": _group_reopened,
}
