"""The first tables, and the triggers that keep the trail append-only on both databases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE = """
CREATE TRIGGER trail_is_never_{past} BEFORE {verb} ON trail
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
"""
# REPLACE deletes without asking the trigger above, unless each connection asks for that.
_SQLITE_REPLACE = """
CREATE TRIGGER trail_is_never_replaced BEFORE INSERT ON trail
WHEN EXISTS (SELECT 1 FROM trail WHERE workshop = NEW.workshop AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
"""
_POSTGRESQL = """
CREATE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$;
CREATE TRIGGER trail_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON trail
FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()
"""


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("grp", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item", sa.String(length=128), nullable=False),
        sa.Column("seat", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.SmallInteger(), nullable=True),
        sa.Column("cannot", sa.String(length=16), nullable=True),
        sa.Column("confidence", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workshop", "grp", "round", "item", "seat"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("groups", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "workshops",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("created_at", sa.String(length=20), nullable=False),
        sa.Column("room_code", sa.String(length=8), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("room_code"),
    )
    op.create_table(
        "cards",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("seat", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["workshops.id"]),
        sa.PrimaryKeyConstraint("workshop", "seat"),
        sa.UniqueConstraint("code_hash"),
        sa.UniqueConstraint("secret_hash"),
    )
    op.create_table(
        "heads",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("size", SEQ, autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["workshops.id"]),
        sa.PrimaryKeyConstraint("workshop", "size"),
    )
    op.create_table(
        "leases",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("grp", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["workshops.id"]),
        sa.PrimaryKeyConstraint("workshop", "grp"),
    )
    op.create_table(
        "names",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("seat", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("agency", sa.Text(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workshop"], ["workshops.id"]),
        sa.PrimaryKeyConstraint("workshop", "seat"),
    )
    op.create_table(
        "papers",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("grp", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["workshops.id"]),
        sa.PrimaryKeyConstraint("workshop", "grp", "round", "seat"),
    )
    op.create_table(
        "passes",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("workshop", sa.String(length=128), nullable=True),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.String(length=20), nullable=False),
        sa.Column("revoked_at", sa.String(length=20), nullable=True),
        sa.Column("why", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"]),
        sa.ForeignKeyConstraint(["workshop"], ["workshops.id"]),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("passes_of_a_seat", "passes", ["workshop", "seat"], unique=False)
    op.create_index("passes_of_staff", "passes", ["staff"], unique=False)
    op.create_table(
        "snapshots",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("size", SEQ, nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["workshops.id"]),
        sa.PrimaryKeyConstraint("workshop"),
    )
    op.create_table(
        "trail",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("seq", SEQ, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("nodes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["workshops.id"]),
        sa.PrimaryKeyConstraint("workshop", "seq"),
    )
    op.create_index("trail_of_a_kind", "trail", ["workshop", "kind", "scope", "seq"], unique=False)
    op.create_table(
        "voices",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("seat", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("voice", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["workshops.id"]),
        sa.PrimaryKeyConstraint("workshop", "seat"),
    )
    op.create_table(
        "openings",
        sa.Column("workshop", sa.String(length=128), nullable=False),
        sa.Column("seq", SEQ, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workshop", "seq"], ["trail.workshop", "trail.seq"]),
        sa.PrimaryKeyConstraint("workshop", "seq", "name"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SQLITE.format(past="changed", verb="UPDATE"))
        op.execute(_SQLITE.format(past="deleted", verb="DELETE"))
        op.execute(_SQLITE_REPLACE)
    else:
        op.execute(_POSTGRESQL)
