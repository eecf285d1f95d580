"""A backup put in place: every trail checked, continued where it must be, and only then given the database's name.

Owns the order of that work, so that a restore which fails leaves the data folder as it was. Never throws a database
away (the one that stood there is put aside), and never signs a head that forks a published one.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from server.storage import StorageError, backup, lines, trails
from server.storage.backup import Held
from server.storage.continuing import Cited, cite, go_on
from server.storage.database import Database
from server.trail import durable
from server.trail.checkpoint import Checkpoint, open_note
from server.trail.highwater import HighWater
from server.trail.keys import SigningKey
from server.trail.note import NoteError, Verifier
from server.trail.origins import Continued

BESIDE = ("", "-wal", "-shm", "-journal")


class Keys(NamedTuple):
    """What signs from now on.

    `fresh`: made just now, for want of the old one. `copied`: brought in from a copy, which may not know the last head.
    """

    key: SigningKey
    marks: HighWater
    fresh: bool
    copied: bool


class Restored(NamedTuple):
    """One workshop: the entries it has now, and how it went on under a new name, None where it just goes on."""

    workshop: str
    title: str
    size: int
    continued: Continued | None


def check_place(database: Path, folder: Path, *, replace: bool) -> None:
    """Whether a backup may take the place of what stands at `database`.

    StorageError: database_in_use; restore_newer where entries or answers stand there that the backup lacks, unless
    `replace`.
    """
    if not database.exists():
        return
    try:
        where = f"{database.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(where, uri=True, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # granted to whoever is alone with the file
            connection.execute("ATTACH ? AS kept", (f"{(folder / backup.COPY).absolute().as_uri()}?mode=ro",))
            entries, answers = (connection.execute(lacking).fetchone()[0] for lacking in _LACKING)
    except sqlite3.DatabaseError as fault:
        if "locked" in str(fault) or "busy" in str(fault):
            sentence = f"A program uses {database}; stop the server, then restore."
            raise StorageError("database_in_use", sentence) from None
        return  # what cannot be read is what a backup is for
    if (entries or answers) and not replace:
        raise StorageError(
            "restore_newer",
            f"{database} holds {entries} entries and {answers} answers that the backup lacks; start the server on it, "
            "or put it aside with --replace.",
        )


_LACKING = (
    "SELECT count(*) FROM main.trail AS o LEFT JOIN kept.trail AS b USING (workshop, seq) WHERE b.line IS NOT o.line",
    """SELECT count(*) FROM main.answers AS o LEFT JOIN kept.answers AS b USING (workshop, grp, round, item, seat)
    WHERE (b.rev IS NULL OR b.rev < o.rev) AND (SELECT max(seq) FROM main.trail AS t WHERE t.workshop = o.workshop)
    >= (SELECT max(seq) FROM kept.trail AS t WHERE t.workshop = o.workshop)""",
)


def restore(
    folder: Path, database: Path, keys: Keys, *, at: str, draw: Callable[[int], bytes]
) -> tuple[list[Restored], Path | None]:
    """Put the backup in `folder` at `database`: the workshops, oldest first, and where the old database was put aside.

    Ask `check_place` before. StorageError: as `backup.read`; restore_key, trail_damaged, restore_unwritable. TrailError
    where the file of marks cannot be used.
    """
    manifest = backup.read(folder)
    held = {one.workshop: one for one in manifest.workshops}
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=database.parent, prefix=".restoring-"))
    except OSError as fault:
        raise _unwritable(database, fault) from None
    try:
        copy = work / backup.COPY
        durable.create(copy, b"")
        shutil.copyfile(folder / backup.COPY, copy)
        done = _taken_up(copy, held, keys, at, draw)
        aside = _put_aside(database, at)
        copy.replace(database)
        durable.sync(database.parent)
    except OSError as fault:
        raise _unwritable(database, fault) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for _, head in done:
        if head is not None:
            keys.marks.raise_to(head)
    return [restored for restored, _ in done], aside


def _taken_up(
    copy: Path, held: dict[str, Held], keys: Keys, at: str, draw: Callable[[int], bytes]
) -> list[tuple[Restored, Checkpoint | None]]:
    database = Database(f"sqlite:///{copy}")
    try:
        with database.write() as connection:
            return [
                _workshop(connection, one, held[one.id], keys, at, draw) for one in lines.all_workshops(connection)
            ]
    finally:
        database.close()


def _workshop(
    connection: Connection, one: lines.Workshop, held: Held, keys: Keys, at: str, draw: Callable[[int], bytes]
) -> tuple[Restored, Checkpoint | None]:
    verifier = _verifier(connection, held, keys)
    loaded = trails.load(connection, one.id, lambda origin: Verifier(origin, verifier.public))
    cited = _cited(connection, held, loaded, keys, verifier)
    if cited is None:
        return Restored(one.id, one.title, loaded.ledger.size, None), loaded.head
    head, continued = go_on(connection, one.id, loaded.ledger, cited, keys.key, keys.marks, at=at, draw=draw)
    return Restored(one.id, one.title, head.size, continued), head


def _verifier(connection: Connection, held: Held, keys: Keys) -> Verifier:
    """The key that signed the heads of this copy: ours, or a lost one, of which the backup kept the public half."""
    own = keys.key.verifier(trails.origin(connection, held.workshop))
    head = lines.last_head(connection, held.workshop)
    if head is None or _signed(head.note, own):
        return own
    if keys.fresh and held.vkey is not None and _signed(head.note, Verifier.parse(held.vkey)):
        return Verifier.parse(held.vkey)
    raise StorageError(
        "restore_key",
        f"The heads of {held.workshop} were signed by another key; name the folder that holds it with --keys, and an "
        "empty data folder.",
    )


def _signed(note: str, verifier: Verifier) -> bool:
    try:
        open_note(note, verifier)
    except NoteError:
        return False
    return True


def _cited(
    connection: Connection, held: Held, loaded: trails.Loaded, keys: Keys, verifier: Verifier
) -> Cited | None:
    """The head that this copy must cite before it goes on; None where nothing later can have been published."""
    mine, mark = loaded.head, keys.marks.latest(verifier.name)
    if mark is not None and trails.behind(connection, held.workshop, loaded.ledger, keys.marks):
        return cite(mark, keys.key)
    if mine is None or not (keys.fresh or keys.copied):
        return None
    return Cited(lines.last_head(connection, held.workshop).note, verifier)  # type: ignore[union-attr]  # it was loaded


def _put_aside(database: Path, at: str) -> Path | None:
    there = [path for end in BESIDE if (path := database.with_name(database.name + end)).exists()]
    if not there:
        return None
    stem = "replaced-" + at.replace("-", "").replace(":", "")
    folder = next(f for n in range(1, 1000) if not (f := database.with_name(f"{stem}-{n}" if n > 1 else stem)).exists())
    folder.mkdir(mode=0o700)
    for path in there:
        path.rename(folder / path.name)
    return folder


def _unwritable(database: Path, fault: OSError) -> StorageError:
    sentence = f"Cannot write {database.parent} ({fault.strerror}); name a folder with room by --data-dir."
    return StorageError("restore_unwritable", sentence)
