"""One database, opened, migrated and guarded: transactions in, one clear sentence out when it cannot be used.

The only file that knows which database it is (SQLite now, PostgreSQL where a hall outgrows one process). Owns files,
connections, locks and the translation of faults. Never knows what a row means.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RootTransaction, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import SQLAlchemyError as DatabaseFault  # what any statement may raise

__all__ = ["Connection", "Database", "DatabaseFault"]

from server.storage import StorageError
from server.storage.migrations import STEPS

BUSY_SECONDS = 5.0
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_MIGRATION_LOCK = 0x6D756661  # two processes that start at once migrate one after the other


class Database:
    """An open database. One writer at a time in this process; any number of readers.

    With `reading` it is taken as it is, and every statement that would change it fails.

    StorageError from the constructor: directory_unwritable, database_locked, database_damaged, database_newer,
    database_unreachable, database_url.
    """

    def __init__(self, url: str, *, reading: bool = False) -> None:
        try:
            parsed = make_url(url)
        except ArgumentError:
            problem = "The database URL cannot be read; use sqlite:///path/to/file.db."
            raise StorageError("database_url", problem) from None
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.path = Path(parsed.database) if self.is_sqlite and parsed.database else None
        self._writing = threading.Lock()  # waits politely under gevent, where SQLite's own wait would stop everybody
        if self.path and not reading:
            _prepare(self.path)
        self._engine = _connected(url, self.is_sqlite, reading)
        if not reading:
            self._migrate()

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: one unchanging picture.

        StorageError (database_unreadable and others) where the database fails.
        """
        with self._faults("database_unreadable"), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes, durable once the block has been left; any exception leaves nothing behind.

        StorageError (not_saved and others) where the database fails, at the commit too.
        """
        with self._faults("not_saved"), self._writing, self._engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            transaction = connection.begin()
            try:
                yield connection
                self._commit(transaction)
            except BaseException:
                transaction.rollback()
                raise

    def upsert(self, table: Table, changed: tuple[str, ...]) -> Any:
        """An insert that overwrites the `changed` columns of the row that has the same primary key."""
        dialect = sqlite if self.is_sqlite else postgresql
        insert = dialect.insert(table)
        key = list(table.primary_key.columns)
        return insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in changed})

    def forget_pages(self) -> bool:
        """Empty the write-ahead log, so that deleted rows do not live on in it; False while a reader holds it."""
        if not self.is_sqlite:
            return True
        with self._faults("not_saved"), self._writing, self._engine.connect() as connection:
            dbapi: Any = connection.connection
            dbapi.execute("PRAGMA busy_timeout=0")  # votes do not wait for this
            try:
                busy = dbapi.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                dbapi.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}")
        return not busy

    def _commit(self, transaction: RootTransaction) -> None:
        transaction.commit()

    def _migrate(self) -> None:
        with self.write() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            step = None
            if inspect(connection).has_table("alembic_version"):
                step = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if step is not None and step not in STEPS:
                raise StorageError(
                    "database_newer", f"The database is of a newer version ({step}); start it with that version."
                )
            if step != STEPS[-1]:
                _upgrade(connection)

    @contextmanager
    def _faults(self, otherwise: str) -> Iterator[None]:
        try:
            yield
        except DatabaseFault as fault:
            raise self._explained(fault, otherwise) from fault

    def _explained(self, fault: DatabaseFault, otherwise: str) -> StorageError:
        said = str(fault.orig if isinstance(fault, DBAPIError) else fault).lower()
        where = self.path or "the server"
        if self.is_sqlite and any(word in said for word in ("malformed", "not a database", "could not decode")):
            return StorageError("database_damaged", f"The database {where} is damaged; restore it from a backup.")
        if self.is_sqlite and ("locked" in said or "busy" in said):
            return StorageError("database_locked", f"Another program holds {where}; stop it and try again.")
        if self.is_sqlite and ("unable to open" in said or "readonly" in said):
            return StorageError("directory_unwritable", f"Cannot write {where}; make the file and its folder writable.")
        if not self.is_sqlite and isinstance(fault, DBAPIError) and fault.connection_invalidated:
            return StorageError("database_unreachable", "The database server does not answer; start it and try again.")
        return StorageError(otherwise, f"The database did not take it ({said.splitlines()[0]}); mend it and try again.")


def _prepare(path: Path) -> None:
    """Make the folder and an empty file that only its owner may read (SQLite's log files inherit the mode)."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as fault:
        raise StorageError(
            "directory_unwritable", f"Cannot write {path} ({fault.strerror}); choose a folder that is writable."
        ) from None


def _connected(url: str, is_sqlite: bool, reading: bool) -> Engine:
    if not is_sqlite:
        options = {"postgresql_readonly": True} if reading else {}
        return create_engine(url, pool_pre_ping=True, execution_options=options)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_size=8, max_overflow=24)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; `_begin` does
        for pragma in (*_PRAGMAS, *(("query_only=ON",) if reading else ())):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _upgrade(connection: Connection) -> None:
    # Alembic is slow to import and needed once in the life of a version.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
