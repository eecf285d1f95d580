"""A backup taken while somebody writes: one moment of the database, nothing of the keys. Witness: what it holds."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from small_hall import ORGANISER, W, ballot, hold, order, running, vote

from config import Settings
from server.app import StartError
from server.app.keeping import take
from server.cli import main
from server.storage import StorageError, backup
from server.workshop import commands as c


def settings(folder: Path) -> Settings:
    return Settings.from_env({"MUFAKAT_DATA_DIR": str(folder)})


def taken(folder: Path, out: Path) -> tuple[Path, backup.Manifest]:
    return take(settings(folder), out)


def rows(copy: Path, query: str) -> list[Any]:
    database = sqlite3.connect(copy / backup.COPY)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def test_a_backup_says_what_it_holds_and_holds_it(tmp_path: Path) -> None:
    with running(tmp_path / "data") as engine:
        hold(engine)
        vote(engine)
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
        folder, manifest = taken(tmp_path / "data", tmp_path / "out")
        [held], head = manifest.workshops, engine.head(W)
        assert head is not None
        assert (held.workshop, held.size, held.phase) == (W, engine.state(W).size, "running")
        assert (held.head_size, held.head, held.vkey) == (head.size, head.note, engine.vkey(W))
        assert [line for (line,) in rows(folder, "SELECT line FROM trail ORDER BY seq")] == engine.lines(W)
    assert manifest.sha256 == hashlib.sha256((folder / backup.COPY).read_bytes()).hexdigest()
    assert backup.read(folder) == manifest


def test_neither_the_key_nor_its_heads_nor_the_pepper_are_in_a_backup_and_only_its_owner_reads_it(
    tmp_path: Path,
) -> None:
    with running(tmp_path / "data") as engine:
        hold(engine)
        folder, _ = taken(tmp_path / "data", tmp_path / "out")
    assert sorted(path.name for path in folder.iterdir()) == [backup.MANIFEST, backup.COPY]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    secret = (tmp_path / "data" / "signing.pem").read_bytes().splitlines()[1]
    pepper = (tmp_path / "data" / "pepper").read_bytes()
    for path in folder.iterdir():
        assert secret not in path.read_bytes() and pepper not in path.read_bytes()


def test_a_backup_taken_while_seats_vote_holds_every_answer_acknowledged_before_it(tmp_path: Path) -> None:
    """Witness: each voter's own count of what it was told is saved, read just before the backup begins."""
    with running(tmp_path / "data") as engine:
        hold(engine)
        engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
        told, stop = dict.fromkeys(range(1, 7), 0), threading.Event()

        def change_mind(seat: int) -> None:
            while not stop.is_set():
                rev = told[seat] + 1
                engine.put_answers(W, seat, ballot(1 + rev % 5, rev=rev, key=f"{seat}-{rev}-"))
                told[seat] = rev

        voters = [threading.Thread(target=change_mind, args=(seat,)) for seat in told]
        for voter in voters:
            voter.start()
        copies = []
        for _ in range(5):
            while min(told.values()) < 5 * (len(copies) + 1):
                pass
            before = dict(told)
            copies.append((before, taken(tmp_path / "data", tmp_path / "out")[0], dict(told)))
        stop.set()
        for voter in voters:
            voter.join()
    assert len({folder for _, folder, _ in copies}) == 5
    for before, folder, after in copies:
        found = dict(rows(folder, "SELECT seat, rev FROM answers WHERE item = '1.1'"))
        assert all(before[seat] <= found[seat] <= after[seat] + 1 for seat in told)


def test_a_server_that_runs_never_notices_and_its_log_stays_where_it_was(tmp_path: Path) -> None:
    with running(tmp_path / "data") as engine:
        hold(engine)
        before = sorted(path.name for path in (tmp_path / "data").iterdir())
        taken(tmp_path / "data", tmp_path / "out")
        assert sorted(path.name for path in (tmp_path / "data").iterdir()) == before
        vote(engine)


def test_a_workshop_without_a_head_and_a_locked_key_are_said_to_be_so(tmp_path: Path) -> None:
    with running(tmp_path / "data") as engine:
        engine.create(order(), ORGANISER)
        (tmp_path / "data" / "signing.pem").chmod(0o644)  # exposed, and therefore not used
        [held] = taken(tmp_path / "data", tmp_path / "out")[1].workshops
    assert (held.head_size, held.head, held.vkey) == (None, None, None)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("backup_missing", lambda folder: (folder / backup.COPY).unlink()),
        ("backup_missing", lambda folder: (folder / backup.MANIFEST).unlink()),
        ("backup_malformed", lambda folder: (folder / backup.MANIFEST).write_bytes(b"{")),
        ("backup_malformed", lambda folder: edit(folder, format="mufakat-backup/9")),
        ("backup_changed", lambda folder: (folder / backup.COPY).write_bytes(b"another")),
        ("database_newer", lambda folder: edit(folder, schema="9999")),
    ],
)
def test_a_backup_that_is_not_what_it_was_is_refused(tmp_path: Path, code: str, change: Any) -> None:
    with running(tmp_path / "data") as engine:
        engine.create(order(), ORGANISER)
        folder, _ = taken(tmp_path / "data", tmp_path / "out")
    change(folder)
    with pytest.raises(StorageError) as caught:
        backup.read(folder)
    assert caught.value.code == code


def edit(folder: Path, **changed: Any) -> None:
    manifest = json.loads((folder / backup.MANIFEST).read_bytes())
    (folder / backup.MANIFEST).write_text(json.dumps(manifest | changed))


def test_no_database_a_damaged_one_and_another_kind_end_in_a_sentence_and_leave_nothing(tmp_path: Path) -> None:
    def code(env: dict[str, str]) -> str:
        with pytest.raises(StartError) as caught:
            take(Settings.from_env({"MUFAKAT_DATA_DIR": str(tmp_path)} | env), tmp_path / "out")
        assert list((tmp_path / "out").glob("*")) == []
        return str(caught.value.code)

    assert code({}) == "database_missing"
    (tmp_path / "mufakat.db").write_bytes(b"no database at all" * 400)
    assert code({}) == "database_damaged"
    assert code({"MUFAKAT_DATABASE_URL": "postgresql+psycopg://u@h/d"}) == "backup_unsupported"


def test_the_verb_prints_one_object_with_the_folder_and_the_manifest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(tmp_path / "data") as engine:
        engine.create(order(), ORGANISER)
        where = ["--data-dir", str(tmp_path / "data")]
        assert main(["backup", "--out", str(tmp_path / "out"), "--json", *where]) == 0
        told = json.loads(capsys.readouterr().out)
        assert json.loads((Path(told["backup"]) / backup.MANIFEST).read_bytes()) | {"backup": told["backup"]} == told
        assert main(["backup", "--out", str(tmp_path / "data" / "pepper"), *where]) == 2
        assert capsys.readouterr().err.endswith("[backup_unwritable]\n")
