"""Who may enter: cards, passes, names, staff and leases as rows. Owns their queries; decides and hashes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from server.storage.database import Database
from server.storage.tables import cards, leases, meta, names, passes, staff
from server.workshop.commands import SeatRow
from server.workshop.given import Role


class Pass(NamedTuple):
    """A pass as stored; the staff fields are those of the account today."""

    kind: Literal["seat", "staff", "display"]
    workshop: str | None
    seat: int | None
    staff: int | None
    revoked_at: str | None
    why: str | None
    name: str | None
    role: Role | None
    groups: list[str] | None
    active: bool | None


_PASS = (  # made once: it is asked for every call and every socket
    select(
        passes.c.kind, passes.c.workshop, passes.c.seat, passes.c.staff, passes.c.revoked_at, passes.c.why,
        staff.c.name, staff.c.role, staff.c.groups, staff.c.active,
    )
    .select_from(passes.outerjoin(staff, passes.c.staff == staff.c.id))
    .where(passes.c.hash == bindparam("hashed"))
)  # fmt: skip


class Account(NamedTuple):
    id: int
    name: str
    password_hash: str | None
    role: Role
    groups: list[str] | None
    active: bool


# --- seats --------------------------------------------------------------------------------------------------------


def add_cards(connection: Connection, workshop: str, hashes: Mapping[int, tuple[str, str]]) -> None:
    """Keep, by seat, the hash of the card's secret and that of its code."""
    rows = [{"workshop": workshop, "seat": seat, "secret_hash": secret, "code_hash": code}
            for seat, (secret, code) in hashes.items()]  # fmt: skip
    if rows:
        connection.execute(insert(cards), rows)


def add_names(connection: Connection, workshop: str, rows: Mapping[int, SeatRow]) -> None:
    known = [
        {"workshop": workshop, "seat": seat, "name": r.name, "sector": r.sector, "agency": r.agency, "gender": r.gender}
        for seat, r in rows.items()
        if r.name or r.sector or r.agency or r.gender
    ]
    if known:
        connection.execute(insert(names), known)


def names_of(connection: Connection, workshop: str) -> dict[int, dict[str, Any]]:
    """What an organiser imported of each seat, by number."""
    n = names.c
    asked = select(n.seat, n.name, n.sector, n.agency, n.gender).where(n.workshop == workshop).order_by(n.seat)
    return {row.pop("seat"): row for row in map(dict, connection.execute(asked).mappings())}


def card(connection: Connection, *, secret_hash: str, code_hash: str | None) -> tuple[str, int] | None:
    """Workshop and seat of a card, by its secret or its code."""
    mine = cards.c.secret_hash == secret_hash
    if code_hash is not None:
        mine |= cards.c.code_hash == code_hash
    row = connection.execute(select(cards.c.workshop, cards.c.seat).where(mine)).first()
    return (row[0], row[1]) if row else None


def forget_seat(connection: Connection, workshop: str, seat: int) -> None:
    """Delete the seat's names and card."""
    for table in (names, cards):
        connection.execute(delete(table).where((table.c.workshop == workshop) & (table.c.seat == seat)))


# --- passes -------------------------------------------------------------------------------------------------------


def add_pass(
    connection: Connection, *, hashed: str, kind: str, at: str, workshop: str | None = None, seat: int | None = None,
    staff_id: int | None = None,
) -> None:  # fmt: skip
    row = {"hash": hashed, "kind": kind, "workshop": workshop, "seat": seat, "staff": staff_id, "issued_at": at}
    connection.execute(insert(passes), row)


def pass_of(connection: Connection, hashed: str) -> Pass | None:
    row = connection.execute(_PASS, {"hashed": hashed}).first()
    return Pass._make(row) if row else None


def revoke_seat_passes(connection: Connection, workshop: str, seat: int, at: str, why: str) -> None:
    p = passes.c
    mine = (p.workshop == workshop) & (p.seat == seat) & p.revoked_at.is_(None)
    connection.execute(update(passes).where(mine).values(revoked_at=at, why=why))


def revoke_pass(connection: Connection, hashed: str, at: str, why: str) -> bool:
    """Revoke one pass; False if it was not valid any more."""
    mine = (passes.c.hash == hashed) & passes.c.revoked_at.is_(None)
    return bool(connection.execute(update(passes).where(mine).values(revoked_at=at, why=why)).rowcount)


# --- staff --------------------------------------------------------------------------------------------------------


def staff_count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(staff)).scalar_one())


def add_staff(connection: Connection, name: str, role: Role, groups: list[str] | None, password: str | None) -> int:
    row = {"name": name, "role": role, "groups": groups, "password_hash": password, "active": True}
    key = connection.execute(insert(staff), row).inserted_primary_key
    assert key is not None  # an insert of one row tells its key
    return int(key[0])


def account(connection: Connection, name: str) -> Account | None:
    s = staff.c
    asked = select(s.id, s.name, s.password_hash, s.role, s.groups, s.active).where(s.name == name)
    row = connection.execute(asked).first()
    return Account._make(row) if row else None


def accounts(connection: Connection) -> list[Account]:
    s = staff.c
    asked = select(s.id, s.name, s.password_hash, s.role, s.groups, s.active).order_by(s.id)
    return [Account._make(row) for row in connection.execute(asked)]


def set_password(connection: Connection, staff_id: int, password: str) -> None:
    connection.execute(update(staff).where(staff.c.id == staff_id).values(password_hash=password))


def set_active(connection: Connection, staff_id: int, active: bool) -> None:
    connection.execute(update(staff).where(staff.c.id == staff_id).values(active=active))


# --- leases and notes ---------------------------------------------------------------------------------------------


def lease(connection: Connection, workshop: str, group: str) -> str | None:
    """Who runs the group now, as the trail would name them."""
    mine = (leases.c.workshop == workshop) & (leases.c.grp == group)
    by: str | None = connection.execute(select(leases.c.by).where(mine)).scalar()
    return by


def all_leases(connection: Connection, workshop: str) -> dict[str, str]:
    asked = select(leases.c.grp, leases.c.by).where(leases.c.workshop == workshop)
    return dict(map(tuple, connection.execute(asked)))


def hold_lease(database: Database, connection: Connection, workshop: str, group: str, by: str, at: str) -> None:
    row = {"workshop": workshop, "grp": group, "by": by, "at": at}
    connection.execute(database.upsert(leases, ("by", "at")), row)


def note(connection: Connection, name: str) -> str | None:
    value: str | None = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    return value


def set_note(database: Database, connection: Connection, name: str, value: str | None) -> None:
    """Keep a small text under a name; None removes it."""
    if value is None:
        connection.execute(delete(meta).where(meta.c.name == name))
    else:
        connection.execute(database.upsert(meta, ("value",)), {"name": name, "value": value})
