"""What a restore refuses, and that it changes nothing then. Witness: the files of the folder, before and after."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from halls import code_of, settings, show
from small_hall import W, hold, running, vote

from server.app.keeping import restore, take
from server.cli import main
from server.workshop.phases import Phase


def test_a_backup_of_another_key_a_running_server_and_a_full_folder_are_refused_and_change_nothing(
    tmp_path: Path, data: Path, early: Path
) -> None:
    with running(tmp_path / "other") as engine:
        hold(engine)
        vote(engine)
        show(engine)
        foreign, _ = take(settings(tmp_path / "other"), tmp_path / "out2")
    before = {path: path.read_bytes() for path in data.iterdir()}
    assert code_of(data, foreign, replace=True) == "restore_key"
    assert code_of(data, early) == "restore_newer"
    assert {path: path.read_bytes() for path in data.iterdir()} == before
    with running(data):
        assert code_of(data, early, replace=True) == "database_in_use"
    assert code_of(data, tmp_path) == "backup_missing"


def test_a_damaged_database_gives_way_to_a_backup(data: Path, early: Path) -> None:
    for path in data.glob("mufakat.db-*"):
        path.unlink()
    (data / "mufakat.db").write_bytes(b"spoiled" * 5000)
    _, _, aside = restore(settings(data), early)
    assert aside is not None and (aside / "mufakat.db").read_bytes()[:7] == b"spoiled"
    with running(data) as engine:
        assert engine.state(W).groups["D1"].phase is Phase.OPEN


def test_a_damaged_trail_in_a_backup_is_not_put_in_place(tmp_path: Path, data: Path, early: Path) -> None:
    database = sqlite3.connect(early / "mufakat.db")
    database.executescript("DROP TRIGGER trail_is_never_deleted; DELETE FROM trail WHERE seq = 4;")
    database.close()
    manifest = json.loads((early / "manifest.json").read_bytes())
    manifest["sha256"] = hashlib.sha256((early / "mufakat.db").read_bytes()).hexdigest()
    (early / "manifest.json").write_text(json.dumps(manifest))
    assert code_of(tmp_path / "new", early, keys=data) == "trail_damaged"
    assert not (tmp_path / "new" / "mufakat.db").exists()
    assert [path.name for path in (tmp_path / "new").iterdir() if path.name.startswith(".restoring")] == []


def test_the_verb_tells_people_and_programs_how_each_workshop_goes_on(
    data: Path, early: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--data-dir", str(data)]
    assert main(["restore", str(early), *where]) == 2
    assert capsys.readouterr().err.endswith("[restore_newer]\n")
    assert main(["restore", str(early), "--replace", "--json", *where]) == 0
    told = json.loads(capsys.readouterr().out)
    [workshop] = told["workshops"]
    assert (workshop["origin"], workshop["former"]) == (f"mufakat/{W}/2", f"mufakat/{W}") and not told["new_key"]
    assert main(["restore", str(early), "--replace", *where]) == 0
    assert f"signed as mufakat/{W}/3 since" in capsys.readouterr().out
