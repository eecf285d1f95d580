"""A trail taken up again: loaded, held against its head, caught up with what others wrote, and signed anew.

Owns the questions that a start asks of the database and the order of work for a head. Never decides, and never
believes a snapshot that its head does not vouch for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from server.storage import StorageError, lines
from server.trail import TrailError
from server.trail.checkpoint import Checkpoint, open_note, origin_of, sign
from server.trail.entries import Remembered, read
from server.trail.highwater import HighWater, HighWaterError
from server.trail.keys import SigningKey
from server.trail.ledger import Ledger
from server.trail.note import Verifier
from server.trail.origins import current
from server.trail.tree import Edge, TreeError, consistency
from server.workshop.events import OriginContinued
from server.workshop.given import WORKSHOP
from server.workshop.history import ImpossibleHistory
from server.workshop.phases import Phase
from server.workshop.state import State

FORM = hashlib.sha256(msgspec.json.encode(msgspec.json.schema(State), order="sorted")).hexdigest()

HEADED = frozenset({"round.assessed", OriginContinued.kind})


class Loaded(NamedTuple):
    """A workshop taken up again: its last signed head, and the kinds of the entries after it."""

    ledger: Ledger
    head: Checkpoint | None
    kinds: list[str]


def load(connection: Connection, workshop: str, key: Callable[[str], Verifier]) -> Loaded:
    """The workshop as its trail says, checked from its last head on (from its first line where no snapshot stands).

    A whole fold leaves a snapshot at the head, so that only the first start after an upgrade is slow.

    `key` gives the public half of the signing key under an origin, as `SigningKey.verifier`.

    StorageError (trail_damaged) where edge, head, stored hashes or lines do not fit each other.
    """
    head = lines.last_head(connection, workshop)
    head_edge = _checked_edge(connection, workshop, head, key(origin(connection, workshop))) if head else Edge()
    ledger, kinds = _from_snapshot(connection, workshop, head_edge) or Ledger(), []
    try:
        for line, nodes, openings in lines.read(connection, workshop, ledger.size):
            ledger, written = ledger.read(line, openings)
            if written.nodes != nodes:
                raise _damaged(workshop, f"entry {written.entry.seq} does not fit the hashes stored beside it")
            if ledger.size == head_edge.size:  # no snapshot stood: the next start is to have one
                if ledger.edge != head_edge:
                    raise _damaged(workshop, f"the lines do not lead to the signed head of {ledger.size} entries")
                _keep(connection, workshop, ledger)
            if ledger.size > head_edge.size:
                kinds.append(written.entry.kind)
    except (TrailError, ImpossibleHistory) as fault:
        raise _damaged(workshop, str(fault).rstrip(".")) from fault
    if ledger.size < head_edge.size or ledger.size != lines.size(connection, workshop):
        raise _damaged(workshop, f"{ledger.size} entries are left where a head or a later entry says there were more")
    signed = Checkpoint(current(ledger.state), head_edge.size, head_edge.root) if head else None
    return Loaded(ledger, signed, kinds)


def origin(connection: Connection, workshop: str) -> str:
    """The name the trail is signed under, which is a new one since its last restore."""
    found = lines.lines_as(connection, workshop, OriginContinued.kind, WORKSHOP)
    body = read(found[-1][1]).body if found else None
    return body.origin if isinstance(body, OriginContinued) else origin_of(workshop)


def catch_up(connection: Connection, workshop: str, ledger: Ledger) -> tuple[Ledger, list[Remembered]]:
    """Fold what another process has appended meanwhile."""
    told = []
    for line, _, openings in lines.read(connection, workshop, ledger.size):
        ledger, written = ledger.read(line, openings)
        told.append(written.remembered)
    return ledger, told


def owes_head(kinds: list[str], phase: Phase) -> bool:
    """Whether entries of these kinds call for a signed head: at every disclosure and restore, at freeze, ever after."""
    return bool(kinds) and (phase is Phase.FROZEN or not HEADED.isdisjoint(kinds))


def behind(connection: Connection, workshop: str, ledger: Ledger, marks: HighWater) -> bool:
    """Whether a head was signed that this trail does not extend: the database is an older copy."""
    checkpoint = Checkpoint(current(ledger.state), ledger.size, ledger.edge.root)
    try:
        _check(connection, workshop, checkpoint, marks)
    except HighWaterError as fault:
        if fault.code in ("head_behind", "head_fork"):
            return True
        raise
    return False


def sign_head(
    connection: Connection, workshop: str, ledger: Ledger, key: SigningKey, marks: HighWater, at: str
) -> Checkpoint:
    """Sign the trail as it stands in this transaction, and keep the state beside it for a quick start.

    The caller raises the mark after the commit and before anybody is told. HighWaterError as `HighWater.check`.
    """
    checkpoint = Checkpoint(current(ledger.state), ledger.size, ledger.edge.root)
    _check(connection, workshop, checkpoint, marks)
    note = sign(checkpoint, key.signer(checkpoint.origin))
    lines.add_head(connection, workshop, note, ledger.edge, at)
    _keep(connection, workshop, ledger)
    return checkpoint


def _keep(connection: Connection, workshop: str, ledger: Ledger) -> None:
    lines.keep_snapshot(connection, workshop, ledger.size, FORM, msgspec.json.encode(ledger.state))


def _check(connection: Connection, workshop: str, checkpoint: Checkpoint, marks: HighWater) -> None:
    node = lines.nodes(connection, workshop)
    marks.check(checkpoint, lambda first, second: consistency(first, second, node))


def _checked_edge(connection: Connection, workshop: str, head: lines.Head, verifier: Verifier) -> Edge:
    try:
        edge = Edge.from_bytes(head.edge)
        signed = open_note(head.note, verifier)
    except (TreeError, TrailError) as fault:
        raise _damaged(workshop, str(fault).rstrip(".")) from fault
    if (edge.size, edge.root) != (signed.size, signed.root) or edge.size != head.size:
        raise _damaged(workshop, f"the stored edge is not that of the signed head of {signed.size} entries")
    node, at = lines.nodes(connection, workshop), 0
    for stored in edge.hashes:
        level = (edge.size - at).bit_length() - 1
        if node(level, at >> level) != stored:
            raise _damaged(workshop, f"the hashes stored beside the lines do not lead to the head of {edge.size}")
        at += 1 << level
    return edge


def _from_snapshot(connection: Connection, workshop: str, edge: Edge) -> Ledger | None:
    kept = lines.snapshot(connection, workshop, FORM)
    if kept is None or kept[0] != edge.size:
        return None
    try:
        state = msgspec.json.decode(kept[1], type=State)
    except msgspec.DecodeError:
        return None
    return Ledger(state, edge) if (state.workshop, state.size) == (workshop, edge.size) else None


def _damaged(workshop: str, why: str) -> StorageError:
    return StorageError("trail_damaged", f"The trail of {workshop} is damaged: {why}; restore a backup.")
