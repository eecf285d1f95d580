"""What is kept beside a workshop's trail, as rows of kind, scope and text. Owns the queries; what they mean is told by
`server.desk`.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from server.storage.database import Database
from server.storage.tables import desks


def rows(connection: Connection, workshop: str) -> list[tuple[str, str, str]]:
    """Everything kept, as (kind, scope, value)."""
    asked = select(desks.c.kind, desks.c.scope, desks.c.value).where(desks.c.workshop == workshop)
    return [(row[0], row[1], row[2]) for row in connection.execute(asked.order_by(desks.c.kind, desks.c.scope))]


def keep(
    database: Database, connection: Connection, workshop: str, kind: str, scope: str, value: str | None
) -> None:
    """Keep a text under kind and scope; None removes it."""
    if value is None:
        d = desks.c
        connection.execute(delete(desks).where((d.workshop == workshop) & (d.kind == kind) & (d.scope == scope)))
    else:
        row = {"workshop": workshop, "kind": kind, "scope": scope, "value": value}
        connection.execute(database.upsert(desks, ("value",)), row)
