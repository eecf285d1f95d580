"""Backup and restore from settings, without a house: where the files lie, whose key it is, and what time it is.

Owns how keys come into a folder that is restored. Decides nothing about trails (`storage` does), and a server that runs
beside a backup never notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from config import Settings
from server.app.house import KEY, PEPPER, StartError
from server.clock import Clock, SystemClock
from server.storage import StorageError, backup, restoring
from server.storage.backup import Manifest
from server.storage.chance import SYSTEM
from server.storage.restoring import Keys, Restored
from server.trail import TrailError, durable
from server.trail.checkpoint import Checkpoint, open_note
from server.trail.highwater import HighWater
from server.trail.keys import SigningKey, open_keys
from server.trail.note import body_of

FILES = (KEY, f"{KEY}.heads.json", PEPPER)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (StorageError, TrailError) as fault:
        raise StartError(fault.code, str(fault)) from None


def take(settings: Settings, out: Path, clock: Clock | None = None) -> tuple[Path, Manifest]:
    """Make a backup: its folder and its manifest. StartError as `backup.take`."""
    with _told():
        return backup.take(_database(settings), out, (clock or SystemClock()).stamp(), _vkeys(settings))


def restore(
    settings: Settings, folder: Path, *, keys: Path | None = None, heads: tuple[str, ...] = (), replace: bool = False,
    clock: Clock | None = None,
) -> tuple[list[Restored], Keys, Path | None]:  # fmt: skip
    """Put a backup into the data folder: its workshops, the keys used, and where an older database was put aside.

    `keys`: folder of a copy of the key, brought in where the data folder has none. `heads`: notes published since the
    backup, which are never forked. StartError: as `backup.read`, `restoring.check_place` and `restoring.restore`, and
    key_exists, key_missing, key_unreadable and what `open_keys` and `open_note` raise.
    """
    with _told():
        database = _database(settings)
        if database is None:
            raise StorageError("backup_unsupported", "Only SQLite is restored here; use pg_restore for this database.")
        backup.read(folder)
        restoring.check_place(database, folder, replace=replace)
        opened = _keys(settings, keys)
        for note in heads:
            _mark(note, opened.key, opened.marks)
        done, aside = restoring.restore(
            folder, database, opened, at=(clock or SystemClock()).stamp(), draw=SYSTEM.draw
        )
        return done, opened, aside


def _database(settings: Settings) -> Path | None:
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _vkeys(settings: Settings) -> Callable[[str], str | None]:
    """The public key under a name, as far as the private one is at hand and opens: a backup needs none."""
    try:
        key = SigningKey.load(settings.data_dir / KEY, settings.key_passphrase)
    except TrailError:
        return lambda origin: None
    return lambda origin: key.verifier(origin).vkey


def _keys(settings: Settings, source: Path | None) -> Keys:
    path = settings.data_dir / KEY
    if source is not None:
        _bring(source, settings.data_dir)
    fresh = not path.exists()
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        sentence = f"Cannot write {settings.data_dir} ({fault.strerror}); name another with --data-dir."
        raise StorageError("directory_unwritable", sentence) from None
    return Keys(*open_keys(path, settings.key_passphrase), fresh=fresh, copied=source is not None)


def _bring(source: Path, target: Path) -> None:
    """Copy the key, its file of heads and the pepper into a folder that has none of them."""
    there = [name for name in FILES if (target / name).exists()]
    if there:
        raise StorageError("key_exists", f"{target / there[0]} is there already; leave --keys out.")
    try:
        contents = {name: (source / name).read_bytes() for name in FILES if name != PEPPER or (source / name).exists()}
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in contents.items():
            durable.create(target / name, content)
    except OSError as fault:
        sentence = f"Cannot copy {' and '.join(FILES[:2])} from {source} ({fault.strerror}); name their folder."
        raise StorageError("key_unreadable", sentence) from None


def _mark(note: str, key: SigningKey, marks: HighWater) -> None:
    """Never fork a head that somebody brings from the day."""
    claimed = Checkpoint.parse(body_of(note))
    head = open_note(note, key.verifier(claimed.origin))
    mark = marks.mark(head.origin)
    if mark is None or mark.size < head.size:
        marks.raise_to(head)
