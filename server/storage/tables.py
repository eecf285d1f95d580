"""The tables, as SQLAlchemy Core knows them. Owns names and keys only: migrations make them, others query them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

metadata = MetaData()

NAME = String(128)
HASH = String(64)  # lower-case hex SHA-256
STAMP = String(20)  # as the trail writes time
SEQ = BigInteger().with_variant(Integer, "sqlite")


def _workshop() -> Column[str]:
    return Column("workshop", NAME, ForeignKey("workshops.id"), primary_key=True)


workshops = Table(
    "workshops",
    metadata,
    Column("id", NAME, primary_key=True),
    Column("created_at", STAMP, nullable=False),
    Column("room_code", String(8), nullable=False, unique=True),
    Column("phase", String(16), nullable=False),
    Column("title", Text, nullable=False),
)

# --- the trail: lines may only be added ---------------------------------------------------------------------------

trail = Table(
    "trail",
    metadata,
    _workshop(),
    Column("seq", SEQ, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("scope", String(64), nullable=False),
    Column("line", LargeBinary, nullable=False),
    Column("nodes", LargeBinary, nullable=False),  # hashes of the perfect subtrees this leaf completes, level 0 first
    Index("trail_of_a_kind", "workshop", "kind", "scope", "seq"),
)
openings = Table(
    "openings",
    metadata,
    Column("workshop", NAME, primary_key=True),
    Column("seq", SEQ, primary_key=True, autoincrement=False),
    Column("name", String(100), primary_key=True),
    Column("salt", String(32), nullable=False),
    Column("content", Text, nullable=False),  # canonical JSON
    ForeignKeyConstraint(["workshop", "seq"], ["trail.workshop", "trail.seq"]),
)
heads = Table(
    "heads",
    metadata,
    _workshop(),
    Column("size", SEQ, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("edge", LargeBinary, nullable=False),
    Column("at", STAMP, nullable=False),
)
snapshots = Table(
    "snapshots",
    metadata,
    _workshop(),
    Column("size", SEQ, nullable=False),
    Column("form", HASH, nullable=False),  # of the state's own shape, so that a newer program folds anew
    Column("state", LargeBinary, nullable=False),
)

# --- the open round: sealed answers, deleted at disclosure ----------------------------------------------------------

answers = Table(
    "answers",
    metadata,
    Column("workshop", NAME, primary_key=True),
    Column("grp", String(32), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("item", NAME, primary_key=True),
    Column("seat", Integer, primary_key=True, autoincrement=False),
    Column("rev", BigInteger, nullable=False),
    Column("key", String(64), nullable=False),
    Column("value", SmallInteger),
    Column("cannot", String(16)),
    Column("confidence", SmallInteger),
    Column("reason", Text),
    sqlite_with_rowid=False,
)
papers = Table(
    "papers",
    metadata,
    _workshop(),
    Column("grp", String(32), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("seat", Integer, primary_key=True, autoincrement=False),
    Column("by", String(32), nullable=False),
    Column("answers", JSON, nullable=False),
)
leases = Table(
    "leases",
    metadata,
    _workshop(),
    Column("grp", String(32), primary_key=True),
    Column("by", String(32), nullable=False),
    Column("at", STAMP, nullable=False),
)

desks = Table(
    "desks",  # what staff keep for the running day; not evidence
    metadata,
    _workshop(),
    Column("kind", String(16), primary_key=True),
    Column("scope", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

# --- people: nothing of this is in the trail, all of it can be erased ------------------------------------------------

voices = Table(
    "voices",
    metadata,
    _workshop(),
    Column("seat", Integer, primary_key=True, autoincrement=False),
    Column("voice", String(32), nullable=False),
)
names = Table(
    "names",
    metadata,
    _workshop(),
    Column("seat", Integer, primary_key=True, autoincrement=False),
    Column("name", Text),
    Column("sector", Text),
    Column("agency", Text),
    Column("gender", Text),
)
cards = Table(
    "cards",
    metadata,
    _workshop(),
    Column("seat", Integer, primary_key=True, autoincrement=False),
    Column("secret_hash", HASH, nullable=False, unique=True),
    Column("code_hash", HASH, nullable=False, unique=True),
)
staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", NAME, nullable=False, unique=True),
    Column("password_hash", Text),
    Column("role", String(16), nullable=False),
    Column("groups", JSON(none_as_null=True)),  # null: every group
    Column("active", Boolean, nullable=False),
)
passes = Table(
    "passes",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("kind", String(8), nullable=False),  # seat, staff, display
    Column("workshop", NAME, ForeignKey("workshops.id")),
    Column("seat", Integer),
    Column("staff", Integer, ForeignKey("staff.id")),
    Column("issued_at", STAMP, nullable=False),
    Column("revoked_at", STAMP),
    Column("why", String(16)),  # moved, revoked, signed_out
    Index("passes_of_a_seat", "workshop", "seat"),
    Index("passes_of_staff", "staff"),
)
meta = Table(
    "meta",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)
