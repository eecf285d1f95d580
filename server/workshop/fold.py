"""The fold: `apply` is the one place where an entry changes anything.

It checks the phase tables and raises `ImpossibleHistory` for an entry that cannot follow; it never asks whether
somebody may do a thing (that is `decide`) and never computes a figure (that is `assess`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from server.workshop import events as e
from server.workshop.commands import Settings
from server.workshop.given import WORKSHOP
from server.workshop.history import Entry, ImpossibleHistory
from server.workshop.phases import AFTER_FIRST_BALLOT, GROUP, UNVERSIONED, Phase
from server.workshop.phases import WORKSHOP as WORKSHOP_TABLE
from server.workshop.rounds import fold_group
from server.workshop.state import Group, Seat, State


def apply(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    """Fold one entry into the state.

    Parameters
    ----------
    state : State
    entry : Entry
        The next entry; its `seq` must be `state.size`.
    contents : mapping of str to record
        What stands behind its seals, as far as it is opened.

    Raises
    ------
    ImpossibleHistory
        If the entry cannot follow.
    """
    if entry.seq != state.size:
        raise ImpossibleHistory(entry.seq, f"expected entry {state.size} here")
    meaning = _workshop_entry if entry.scope == WORKSHOP else _group_entry
    return replace(meaning(state, entry, contents), size=entry.seq + 1)


def _workshop_entry(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    if entry.kind == "workshop.created":
        if state.size:
            raise ImpossibleHistory(entry.seq, "a workshop is created once, by its first entry")
        phase = Phase.DRAFT
    else:
        row = WORKSHOP_TABLE[state.phase]
        if not state.workshop or entry.kind not in row:
            raise ImpossibleHistory(entry.seq, f"{entry.kind} cannot follow while the workshop is {state.phase}")
        phase = row[entry.kind]
    versions = 0 if entry.kind in UNVERSIONED else 1
    new = replace(state, phase=phase, version=state.version + versions)
    return _WORKSHOP_MEANING.get(entry.kind, _nothing)(new, entry, contents)


def _nothing(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    return state


def _created(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.WorkshopCreated = entry.body  # type: ignore[assignment]  # the kind names the type
    groups = {g.id: Group(id=g.id, kind=g.kind, node=g.node, items=g.items, name=g.name or {}) for g in body.groups}
    return replace(
        state, workshop=body.workshop, title=body.title, city=body.city, language=body.language,
        synthetic=body.synthetic, groups=groups,
    )  # fmt: skip


def _framework_fixed(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.FrameworkFixed = entry.body  # type: ignore[assignment]  # the kind names the type
    new = replace(state, framework=body.document, digests={**state.digests, "framework": body.digest})
    named = {g.id: replace(g, name=dict(new.tree.node(g.node).name)) if g.node and not g.name else g
             for g in state.groups.values()}  # fmt: skip
    return replace(new, groups=named)


def _rule_fixed(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.RuleFixed = entry.body  # type: ignore[assignment]  # the kind names the type
    return replace(state, rule=body.document, digests={**state.digests, "rule": body.digest})


def _settings_fixed(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.SettingsFixed = entry.body  # type: ignore[assignment]  # the kind names the type
    try:
        settings = msgspec.convert(body.document, Settings)
    except msgspec.ValidationError as fault:
        raise ImpossibleHistory(entry.seq, f"the settings do not fit: {fault}") from None
    return replace(state, settings=settings, digests={**state.digests, "settings": body.digest})


def _baseline_imported(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.BaselineImported = entry.body  # type: ignore[assignment]  # the kind names the type
    return replace(
        state, baseline=body.rows, baseline_synthetic=body.synthetic,
        digests={**state.digests, "baseline": body.digest},
    )  # fmt: skip


def _started(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.WorkshopStarted = entry.body  # type: ignore[assignment]  # the kind names the type
    fixed = {"framework": body.framework, "rule": body.rule, "settings": body.settings}
    if body.baseline is not None:
        fixed["baseline"] = body.baseline
    if fixed != state.digests:
        raise ImpossibleHistory(entry.seq, "the start cites other digests than those fixed before it")
    return state


_SEAT_STATUS = {"seat.issued": "issued", "seat.taken": "taken", "seat.absent": "absent", "seat.revoked": "revoked"}


def _seat(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.SeatIssued = entry.body  # type: ignore[assignment]  # all five have the same fields
    known = state.seats.get(body.seat)
    if (known is None) != (entry.kind == "seat.issued"):
        raise ImpossibleHistory(entry.seq, f"seat {body.seat} is {'unknown' if known is None else 'issued twice'}")
    if known is not None and known.status == "revoked":
        raise ImpossibleHistory(entry.seq, f"seat {body.seat} was revoked before")
    if body.group not in state.groups:
        raise ImpossibleHistory(entry.seq, f"there is no group {body.group}")
    status = _SEAT_STATUS.get(entry.kind) or (known.status if known else "issued")
    seat = Seat(number=body.seat, group=body.group, channel=body.channel, status=status)
    return replace(state, seats={**state.seats, body.seat: seat})


def _frozen(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    waiting = [g.id for g in state.groups.values() if g.phase is not Phase.CONCLUDED]
    if waiting:
        raise ImpossibleHistory(entry.seq, f"the index is frozen while {', '.join(waiting)} is not concluded")
    return replace(state, frozen_at=entry.at)


def _initiatives(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.InitiativesImported = entry.body  # type: ignore[assignment]  # the kind names the type
    return replace(state, initiatives={row.id: row for row in body.rows})


def _linked(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.InitiativeLinked = entry.body  # type: ignore[assignment]  # the kind names the type
    return replace(state, links=state.links | {(body.initiative, body.node)})


def _unlinked(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.InitiativeUnlinked = entry.body  # type: ignore[assignment]  # the kind names the type
    return replace(state, links=state.links - {(body.initiative, body.node)})


def _erased(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    return replace(state, erased=state.erased + 1)


def _continued(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    body: e.OriginContinued = entry.body  # type: ignore[assignment]  # the kind names the type
    return replace(state, origin=body.origin)


_WORKSHOP_MEANING = {
    "workshop.created": _created,
    "framework.fixed": _framework_fixed,
    "rule.fixed": _rule_fixed,
    "settings.fixed": _settings_fixed,
    "baseline.imported": _baseline_imported,
    "workshop.started": _started,
    "seat.issued": _seat,
    "seat.taken": _seat,
    "seat.moved": _seat,
    "seat.absent": _seat,
    "seat.revoked": _seat,
    "index.frozen": _frozen,
    "initiatives.imported": _initiatives,
    "initiative.linked": _linked,
    "initiative.unlinked": _unlinked,
    "content.erased": _erased,
    "origin.continued": _continued,
}


def _group_entry(state: State, entry: Entry, contents: Mapping[str, Any]) -> State:
    group = state.groups.get(entry.scope)
    if group is None:
        raise ImpossibleHistory(entry.seq, f"there is no group {entry.scope}")
    if state.phase is not Phase.RUNNING:
        raise ImpossibleHistory(entry.seq, f"{entry.kind} cannot follow while the workshop is {state.phase}")
    row = GROUP[group.phase]
    if entry.kind not in row:
        raise ImpossibleHistory(entry.seq, f"{entry.kind} cannot follow while {group.id} is {group.phase}")
    current = group.current
    if group.phase is Phase.CLOSED and current and current.ballots and entry.kind not in AFTER_FIRST_BALLOT:
        raise ImpossibleHistory(entry.seq, f"{entry.kind} cannot follow once ballots of {group.id} are in the trail")
    new = fold_group(group, entry, contents)
    phase = row[entry.kind]
    if phase is Phase.BACK:
        phase = Phase.REVEALED if new.current is not None else Phase.WAITING
    version = group.version + (entry.kind not in UNVERSIONED)
    return replace(state, groups={**state.groups, group.id: replace(new, phase=phase, version=version)})
