"""`verify` and `export` as a person runs them: real processes, real files, a real database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import Settings
from server.app import build
from tests import house
from tests.trail import forge
from tests.trail.forge import saved
from tests.trail.story import SIGNER, STRANGER, Kept, told


def shell(*words: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server", *map(str, words)],
        cwd=house.ROOT, capture_output=True, text=True, check=False, env={**os.environ, **env},
    )  # fmt: skip


def damaged() -> bytes:
    return forge.packed({**forge.members(forge.write(told())), "report.html": b"<p>lies"}, repair=False)


@pytest.mark.parametrize(
    ("data", "status", "word"),
    [
        (forge.write(told()), 0, "VALID"),
        (damaged(), 1, "INVALID"),
        (forge.write(told(), "public"), 2, "INCOMPLETE"),
        (b"PK", 3, "UNREADABLE"),
    ],
    ids=["valid", "invalid", "incomplete", "unreadable"],
)
def test_the_exit_status_and_the_first_word_are_the_verdict(
    data: bytes, status: int, word: str, tmp_path: Path
) -> None:
    done = shell("verify", saved(tmp_path, data))
    assert (done.returncode, done.stdout.split("\n")[0]) == (status, word)
    assert len(done.stderr.splitlines()) == (status == 3)
    told_ = json.loads(shell("verify", tmp_path / "bundle.zip", "--json").stdout)
    assert told_["status"] == word


def test_the_key_and_the_head_of_the_day_are_taken_from_the_command_line(tmp_path: Path) -> None:
    bundle, note = saved(tmp_path, forge.write(told())), tmp_path / "photographed.note"
    note.write_text(told().notes[2], "utf-8")
    done = shell("verify", bundle, "--key", SIGNER.verifier.vkey, "--head", note)
    assert done.returncode == 0
    assert "extends the head of 72 entries that was given" in done.stdout and "(the one given)" in done.stdout
    assert shell("verify", bundle, "--key", STRANGER.verifier.vkey).returncode == 1
    assert shell("verify", bundle, "--key", "nonsense").returncode == 3
    assert shell("verify", bundle, "--head", tmp_path / "none.note").returncode == 3


def test_a_bundle_cut_before_the_head_of_the_day_is_invalid(tmp_path: Path) -> None:
    bundle, note = saved(tmp_path, forge.write(Kept(told().stored, told().notes[:3]))), tmp_path / "late.note"
    note.write_text(told().notes[-1], "utf-8")
    assert shell("verify", bundle).returncode == 0
    done = shell("verify", bundle, "--head", note)
    assert (done.returncode, done.stdout.split("\n")[1]) == (
        1, "  The head that was given covers 125 entries, the bundle holds 72.",
    )  # fmt: skip


def test_a_frozen_workshop_is_exported_and_its_full_bundle_noted_in_the_trail(tmp_path: Path) -> None:
    app = build(Settings.from_env({"MUFAKAT_DATA_DIR": str(tmp_path / "data")}), ticking=False)
    made = app.create({"title": "Uji", "framework": "cri", "language": "id"})["workshop"]
    early = shell("export", made, "--out", tmp_path, "--data-dir", tmp_path / "data")
    assert early.returncode == 2 and early.stderr.endswith("[not_frozen]\n")
    app.command(made, {"command": "issue_seats", "group": "D1", "count": 1})
    app.command(made, {"command": "start"})
    for group in ("D1", "D2", "D3", "D4"):
        app.command(made, {"command": "conclude", "group": group})
    app.command(made, {"command": "freeze"})
    app.close()
    sizes = []
    for _ in range(2):
        done = shell("export", made, "--disclose", "full", "--out", tmp_path, "--data-dir", tmp_path / "data")
        assert (done.returncode, done.stderr) == (0, "")
        report = json.loads(shell("verify", tmp_path / f"{made}-full.zip", "--json").stdout)
        assert report["status"] == "VALID"
        sizes.append(report["size"])
    assert sizes[1] == sizes[0] + 1  # the first bundle is noted in the second
    assert [path.name for path in tmp_path.glob("*.part")] == []
