"""The database is opened, migrated and guarded, or refused in one sentence. Witness: SQLite and Alembic themselves."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import server.storage.migrations
from server.storage import StorageError
from server.storage import database as module
from server.storage.database import Database
from server.storage.lines import Workshop, add_workshop, all_workshops
from server.storage.migrations import STEPS
from server.storage.tables import meta, metadata

NEW = Workshop("w", "2026-11-22T02:15:09Z", "AAAAAAAA", "draft", "Aula")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = opened(tmp_path)
    yield database
    database.close()


def opened(folder: Path) -> Database:
    return Database(f"sqlite:///{folder / 'data' / 'mufakat.db'}")


def fault(code: str, folder: Path) -> str:
    with pytest.raises(StorageError) as caught:
        opened(folder)
    assert caught.value.code == code
    assert caught.value.sentence.count(". ") == 0 and caught.value.sentence.endswith(".")
    return caught.value.sentence


def test_its_files_are_for_the_owner_alone(database: Database, tmp_path: Path) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
    assert modes == {"mufakat.db": 0o600, "mufakat.db-wal": 0o600, "mufakat.db-shm": 0o600}
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_every_connection_is_durable_and_erases_what_it_deletes(database: Database) -> None:
    with database.read() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_the_migrations_make_exactly_the_tables_the_code_knows(database: Database) -> None:
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_the_steps_it_knows_are_those_of_the_folder() -> None:
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(server.storage.migrations.__file__).parent))
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == STEPS


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET kind = 'x'",
        "DELETE FROM trail",
        "REPLACE INTO trail SELECT * FROM trail",
        "INSERT INTO trail SELECT * FROM trail WHERE true ON CONFLICT DO UPDATE SET line = x'01'",
    ],
)
def test_the_trail_refuses_to_be_changed_even_by_another_program(tmp_path: Path, statement: str) -> None:
    database = opened(tmp_path)
    with database.write() as connection:
        add_workshop(connection, NEW)
        connection.execute(text("INSERT INTO trail VALUES ('w', 0, 'k', 's', x'00', x'00')"))
    database.close()
    other = sqlite3.connect(tmp_path / "data" / "mufakat.db")
    with pytest.raises(sqlite3.IntegrityError, match="the trail is append-only"):
        other.execute(statement)
    other.close()


def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    first = opened(tmp_path)
    with first.write() as connection:
        add_workshop(connection, NEW)
    first.close()
    second = opened(tmp_path)
    with second.read() as connection:
        assert all_workshops(connection) == [NEW]
    second.close()


def test_two_that_start_at_once_both_find_the_tables(tmp_path: Path) -> None:
    found: list[Database] = []
    threads = [threading.Thread(target=lambda: found.append(opened(tmp_path))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    for database in found:
        database.close()


def test_a_transaction_that_raises_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        add_workshop(connection, NEW)
        _ = 1 / 0
    with database.read() as connection:
        assert all_workshops(connection) == []


def test_a_reader_keeps_its_picture_while_another_writes(database: Database) -> None:
    with database.read() as reading:
        assert all_workshops(reading) == []
        with database.write() as writing:
            add_workshop(writing, NEW)
        assert all_workshops(reading) == []
    with database.read() as reading:
        assert all_workshops(reading) == [NEW]


def test_an_upsert_overwrites_what_it_names(database: Database) -> None:
    with database.write() as connection:
        for value in ("a", "b"):
            connection.execute(database.upsert(meta, ("value",)), {"name": "n", "value": value})
        assert [tuple(row) for row in connection.execute(meta.select())] == [("n", "b")]


def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    database = opened(tmp_path)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    assert "newer version (9999)" in fault("database_newer", tmp_path)
    other = sqlite3.connect(tmp_path / "data" / "mufakat.db")
    assert other.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    other.close()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should be")
    fault("directory_unwritable", tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mufakat.db").write_bytes(b"not a database at all" * 500)
    fault("database_damaged", tmp_path)


def test_a_torn_database_is_refused(tmp_path: Path) -> None:
    database = opened(tmp_path)
    database.close()
    path = tmp_path / "data" / "mufakat.db"
    path.write_bytes(path.read_bytes()[:9000])
    fault("database_damaged", tmp_path)


def test_a_database_that_another_program_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    opened(tmp_path).close()
    other = sqlite3.connect(tmp_path / "data" / "mufakat.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    fault("database_locked", tmp_path)
    other.close()


def test_an_address_that_is_none_is_refused_without_being_repeated() -> None:
    with pytest.raises(StorageError) as caught:
        Database("postgresql//user:secret@host")
    assert caught.value.code == "database_url" and "secret" not in caught.value.sentence


def test_pages_are_not_waited_for_while_a_reader_holds_them(database: Database) -> None:
    with database.read() as reading:
        all_workshops(reading)
        with database.write() as writing:
            add_workshop(writing, NEW)
        begun = time.monotonic()
        assert not database.forget_pages()
        assert time.monotonic() - begun < 1
    assert database.forget_pages()
