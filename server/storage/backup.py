"""A backup: a copy of the database taken while it is in use, in a folder with a manifest that says what it holds.

Owns that folder, and what is asked of one before it is believed. Never touches the signing key, its file of heads or
the pepper, never writes to the database it copies, and never puts a copy in anybody's place (`restoring` does).
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
from sqlalchemy import create_engine, text

from server.storage import StorageError, lines, trails
from server.storage.migrations import STEPS
from server.trail import durable

FORMAT = "mufakat-backup/1"
COPY, MANIFEST = "mufakat.db", "manifest.json"
LARGEST_MANIFEST = 64 * 2**20  # a head is half a kilobyte


class Held(msgspec.Struct, frozen=True):
    """One workshop of a backup: `size` entries, and its last published head, `head_size` of them, null before any.

    `vkey` is the public key of its heads under the name `origin`, null where the key was not at hand.
    """

    workshop: str
    title: str
    phase: str
    size: int
    origin: str
    head_size: int | None
    head: str | None
    vkey: str | None


class Manifest(msgspec.Struct, frozen=True):
    """What a backup says of itself; `schema` is the step of the migrations, `sha256` that of the copy."""

    format: str
    at: str
    schema: str
    bytes: int
    sha256: str
    workshops: tuple[Held, ...]


def take(database: Path | None, out: Path, at: str, vkey_of: Callable[[str], str | None]) -> tuple[Path, Manifest]:
    """Copy the database at `database` into a new folder of `out`, named by the time `at`, beside whoever is using it.

    One unchanging picture is copied in one step, and nobody who writes waits for it. `vkey_of(origin)` is the public
    key, as far as it is known. StorageError: backup_unsupported, database_missing, database_damaged, backup_unwritable;
    nothing is left behind then.
    """
    if database is None:
        raise StorageError("backup_unsupported", "Only SQLite is copied here; copy this database with pg_dump.")
    if not database.is_file():
        raise StorageError("database_missing", f"There is no database {database}; name its folder with --data-dir.")
    folder = _folder(out, at)
    try:
        _copy(database, folder / COPY)
        manifest = _describe(folder / COPY, at, vkey_of)
        durable.create(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    except BaseException as fault:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(fault, OSError):
            raise _unwritable(folder, fault) from None
        raise
    return folder, manifest


def read(folder: Path) -> Manifest:
    """The manifest of a backup, once the copy has been held to it.

    StorageError: backup_missing, backup_malformed, backup_changed, database_newer.
    """
    try:
        with (folder / MANIFEST).open("rb") as file:
            manifest = msgspec.json.decode(file.read(LARGEST_MANIFEST), type=Manifest)
        digest = _digest(folder / COPY)
    except OSError:
        raise StorageError(
            "backup_missing", f"{folder} holds no {MANIFEST} with a {COPY}; name a folder that `backup` made."
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        manifest, digest = None, ""
    if manifest is None or manifest.format != FORMAT:
        raise StorageError("backup_malformed", f"{folder / MANIFEST} is no manifest of a backup; name another backup.")
    if digest != manifest.sha256:
        raise StorageError("backup_changed", f"{folder / COPY} is not what its manifest says; name another backup.")
    if manifest.schema not in STEPS:
        sentence = f"The backup is of a newer version ({manifest.schema}); restore it with that version."
        raise StorageError("database_newer", sentence)
    return manifest


def _folder(out: Path, at: str) -> Path:
    stem = "mufakat-" + at.replace("-", "").replace(":", "")
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in (stem, *(f"{stem}-{number}" for number in range(2, 100))):
            try:
                (out / name).mkdir(mode=0o700)
            except FileExistsError:
                continue
            return out / name
    except OSError as fault:
        raise _unwritable(out, fault) from None
    raise StorageError("backup_unwritable", f"{out} holds a hundred backups of this second; wait for the next.")


def _unwritable(path: Path, fault: OSError) -> StorageError:
    return StorageError("backup_unwritable", f"Cannot write {path} ({fault.strerror}); name a folder with room.")


def _copy(source: Path, target: Path) -> None:
    durable.create(target, b"")  # before anything is in it: nobody else may read it
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as old,
            closing(sqlite3.connect(target, isolation_level=None)) as new,
        ):
            new.execute("PRAGMA synchronous=FULL")
            old.backup(new)  # all pages at once: pieces would begin anew with every vote
            new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            [found] = new.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as fault:
        if any(word in str(fault) for word in ("malformed", "not a database")):
            raise _damaged(source) from None
        raise StorageError("backup_unwritable", f"The copy could not be written ({fault}); make room.") from None
    if found != "ok":
        raise _damaged(source)


def _damaged(source: Path) -> StorageError:
    return StorageError("database_damaged", f"The database {source} is damaged; restore an earlier backup.")


def _describe(copy: Path, at: str, vkey_of: Callable[[str], str | None]) -> Manifest:
    engine = create_engine(f"sqlite:///{copy}")
    try:
        with engine.connect() as connection:
            schema = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
            held = []
            for workshop in lines.all_workshops(connection):
                origin, head = trails.origin(connection, workshop.id), lines.last_head(connection, workshop.id)
                held.append(
                    Held(workshop.id, workshop.title, workshop.phase, lines.size(connection, workshop.id), origin,
                         head.size if head else None, head.note if head else None, vkey_of(origin))
                )  # fmt: skip
    finally:
        engine.dispose()
    return Manifest(FORMAT, at, schema, copy.stat().st_size, _digest(copy), tuple(held))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
