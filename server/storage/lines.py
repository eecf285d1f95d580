"""The trail at rest: workshops, lines, openings, heads and snapshots, each as plain rows.

Owns their queries. Never folds, signs or decides; lines go in and are never changed (the database sees to that).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from server.storage.tables import heads, openings, snapshots, trail, workshops
from server.trail.canonical import encode
from server.trail.commitment import Opening
from server.trail.ledger import Written
from server.trail.tree import HASH_BYTES, Edge, Node, completed_by
from server.workshop import rehearsals

CHUNK = 2_000  # lines read at a time: a long trail is never whole in memory


class Workshop(NamedTuple):
    id: str
    created_at: str
    room_code: str
    phase: str
    title: str


class Head(NamedTuple):
    """A signed head as stored; `edge` is the tree's right edge at that size."""

    size: int
    note: str
    edge: bytes
    at: str


def all_workshops(connection: Connection) -> list[Workshop]:
    """Every workshop, oldest first."""
    found = connection.execute(select(workshops).order_by(workshops.c.created_at, workshops.c.id))
    return [Workshop._make(row) for row in found]


def workshop_of(connection: Connection, workshop: str) -> Workshop | None:
    row = connection.execute(select(workshops).where(workshops.c.id == workshop)).first()
    return Workshop._make(row) if row else None


def workshop_with_code(connection: Connection, room_code: str) -> str | None:
    asked = select(workshops.c.id).where(workshops.c.room_code == room_code)
    workshop: str | None = connection.execute(asked).scalar()
    return workshop


def kin(connection: Connection, workshop: str) -> dict[str, str]:
    """Phases of the workshop that this one rehearses, or of its rehearsals, by id."""
    begins = workshops.c.id.startswith(rehearsals.rehearses(workshop) or workshop, autoescape=True)
    found = connection.execute(select(workshops.c.id, workshops.c.phase).where(begins))
    return rehearsals.kin(workshop, dict(map(tuple, found)))


def add_workshop(connection: Connection, new: Workshop) -> None:
    connection.execute(insert(workshops), new._asdict())


def set_phase(connection: Connection, workshop: str, phase: str) -> None:
    connection.execute(update(workshops).where(workshops.c.id == workshop).values(phase=phase))


def lock(connection: Connection, workshop: str) -> bool:
    """Hold the workshop until the transaction ends (SQLite holds the whole database already); False if unknown."""
    row = select(workshops.c.id).where(workshops.c.id == workshop).with_for_update()
    return connection.execute(row).first() is not None


# --- lines --------------------------------------------------------------------------------------------------------


def append(connection: Connection, workshop: str, written: Sequence[Written]) -> None:
    """Store entries and their openings."""
    if not written:
        return
    connection.execute(
        insert(trail),
        [{"workshop": workshop, "seq": w.entry.seq, "kind": w.entry.kind, "scope": w.entry.scope, "line": w.line,
          "nodes": w.nodes} for w in written],
    )  # fmt: skip
    sealed = [
        {"workshop": workshop, "seq": o.seq, "name": o.name, "salt": o.salt, "content": encode(o.content).decode()}
        for w in written
        for o in w.openings
    ]
    if sealed:
        connection.execute(insert(openings), sealed)


def size(connection: Connection, workshop: str) -> int:
    """How many lines there are, as the highest number says."""
    last = connection.execute(select(func.max(trail.c.seq)).where(trail.c.workshop == workshop)).scalar()
    return 0 if last is None else int(last) + 1


def read(connection: Connection, workshop: str, start: int) -> Iterator[tuple[bytes, bytes, list[Opening]]]:
    """Lines from `start` on, in order, each with its stored nodes and the openings that still stand."""
    while True:
        mine = (trail.c.workshop == workshop) & (trail.c.seq >= start) & (trail.c.seq < start + CHUNK)
        rows = connection.execute(select(trail.c.seq, trail.c.line, trail.c.nodes).where(mine).order_by(trail.c.seq))
        lines = rows.all()
        if not lines:
            return
        opened: dict[int, list[Opening]] = {}
        for opening in opened_between(connection, workshop, start, start + CHUNK):
            opened.setdefault(opening.seq, []).append(opening)
        for seq, line, nodes in lines:
            yield line, nodes, opened.get(seq, [])
        start += CHUNK


def line_of(connection: Connection, workshop: str, seq: int) -> bytes | None:
    mine = (trail.c.workshop == workshop) & (trail.c.seq == seq)
    line: bytes | None = connection.execute(select(trail.c.line).where(mine)).scalar()
    return line


def nodes(connection: Connection, workshop: str) -> Node:
    """The hash of any perfect subtree, one row read each: what inclusion and consistency proofs ask for."""

    def node(level: int, index: int) -> bytes:
        mine = (trail.c.workshop == workshop) & (trail.c.seq == completed_by(level, index))
        stored: bytes = connection.execute(select(trail.c.nodes).where(mine)).scalar() or b""
        return stored[level * HASH_BYTES : (level + 1) * HASH_BYTES]

    return node


# --- openings -----------------------------------------------------------------------------------------------------


def opened_between(connection: Connection, workshop: str, start: int, stop: int) -> list[Opening]:
    """Openings of the entries start … stop − 1, ordered by entry and name."""
    mine = (openings.c.workshop == workshop) & (openings.c.seq >= start) & (openings.c.seq < stop)
    asked = select(openings.c.seq, openings.c.name, openings.c.salt, openings.c.content).where(mine)
    return [_opening(*row) for row in connection.execute(asked.order_by(openings.c.seq, openings.c.name))]


def opened_as(connection: Connection, workshop: str, kind: str, scope: str | None = None) -> list[Opening]:
    """Openings of all entries of a kind (and scope), in the trail's order."""
    both = trail.join(openings, (trail.c.workshop == openings.c.workshop) & (trail.c.seq == openings.c.seq))
    mine = (trail.c.workshop == workshop) & (trail.c.kind == kind)
    if scope is not None:
        mine &= trail.c.scope == scope
    asked = select(openings.c.seq, openings.c.name, openings.c.salt, openings.c.content).select_from(both).where(mine)
    return [_opening(*row) for row in connection.execute(asked.order_by(openings.c.seq, openings.c.name))]


def lines_as(connection: Connection, workshop: str, kind: str, scope: str) -> list[tuple[int, bytes]]:
    """Number and line of all entries of a kind and scope, in order."""
    mine = (trail.c.workshop == workshop) & (trail.c.kind == kind) & (trail.c.scope == scope)
    return [(seq, line) for seq, line in connection.execute(
        select(trail.c.seq, trail.c.line).where(mine).order_by(trail.c.seq))]  # fmt: skip


def erase_openings(connection: Connection, workshop: str, which: Sequence[tuple[int, str]]) -> None:
    for seq, name in which:
        mine = (openings.c.workshop == workshop) & (openings.c.seq == seq) & (openings.c.name == name)
        connection.execute(delete(openings).where(mine))


def _opening(seq: int, name: str, salt: str, content: str) -> Opening:
    return Opening(seq=seq, name=name, salt=salt, content=msgspec.json.decode(content))


# --- heads and snapshots ------------------------------------------------------------------------------------------


def last_head(connection: Connection, workshop: str) -> Head | None:
    asked = select(heads.c.size, heads.c.note, heads.c.edge, heads.c.at).where(heads.c.workshop == workshop)
    row = connection.execute(asked.order_by(heads.c.size.desc()).limit(1)).first()
    return Head._make(row) if row else None


def all_heads(connection: Connection, workshop: str) -> list[Head]:
    """Every head, smallest first."""
    asked = select(heads.c.size, heads.c.note, heads.c.edge, heads.c.at).where(heads.c.workshop == workshop)
    return [Head._make(row) for row in connection.execute(asked.order_by(heads.c.size))]


def add_head(connection: Connection, workshop: str, note: str, edge: Edge, at: str) -> None:
    row = {"workshop": workshop, "size": edge.size, "note": note, "edge": edge.to_bytes(), "at": at}
    connection.execute(insert(heads), row)


def resign_head(connection: Connection, workshop: str, size: int, note: str) -> None:
    """Put another signature on a head that stands: the same tree, under another name."""
    mine = (heads.c.workshop == workshop) & (heads.c.size == size)
    connection.execute(update(heads).where(mine).values(note=note))


def snapshot(connection: Connection, workshop: str, form: str) -> tuple[int, bytes] | None:
    """Size and text of the stored state, where it has this form."""
    mine = (snapshots.c.workshop == workshop) & (snapshots.c.form == form)
    row = connection.execute(select(snapshots.c.size, snapshots.c.state).where(mine)).first()
    return (row[0], row[1]) if row else None


def keep_snapshot(connection: Connection, workshop: str, size: int, form: str, state: bytes) -> None:
    drop_snapshot(connection, workshop)
    connection.execute(insert(snapshots), {"workshop": workshop, "size": size, "form": form, "state": state})


def drop_snapshot(connection: Connection, workshop: str) -> None:
    connection.execute(delete(snapshots).where(snapshots.c.workshop == workshop))
