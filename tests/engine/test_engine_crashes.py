"""A killed process loses nothing that was told and doubles nothing: the day ends as it would have without the kill.

Witness: the same day played without interruption; every head and the whole trail are checked anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from crashing import KILLED, play, prepare
from small_hall import W, running
from sqlalchemy import text

from server.engine import Engine
from server.trail.checkpoint import open_note
from server.trail.commitment import opens
from server.trail.tree import leaf_hash, root_of

ROOT = Path(__file__).parents[2]
# commits after the look at the start (the first): ballots, figures and head, reveal, conclude, conclude, freeze, note
STEPS = [f"{when}:{number}" for number in range(2, 9) for when in ("before", "after")] + ["mark:2", "mark:3", "mark:4"]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    prepare(folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("undisturbed") / "day"
    shutil.copytree(prepared, folder)
    assert played(folder, "none") == 0
    with running(folder) as engine:
        return outcome(engine)


def played(folder: Path, step: str) -> int:
    env = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, str(Path(__file__).with_name("crashing.py")), str(folder), step]
    return subprocess.run(command, env=env, check=False, timeout=120).returncode


def outcome(engine: Engine) -> dict[str, Any]:
    """All that must not depend on a kill: kinds, figures, endings, profile, ballots as a bag; heads are checked."""
    remembered, lines = engine.entries(W), engine.lines(W)
    commitments = {(r.entry.seq, name): sealed for r in remembered for name, sealed in r.entry.sealed.items()}
    openings = engine.openings(W)
    assert {(o.seq, o.name) for o in openings} == set(commitments)
    assert all(opens(o, commitments[o.seq, o.name]) for o in openings)
    verifier = engine._key.signer(f"mufakat/{W}").verifier
    leaves = [leaf_hash(line) for line in lines]
    for head in engine.heads(W):
        signed = open_note(head.note, verifier)
        assert (signed.size, signed.root) == (head.size, root_of(leaves[: head.size]))
    cast = [r.contents["ballot"] for r in remembered if r.entry.kind == "ballot.cast"]
    told = [r.contents for r in remembered if r.entry.kind in ("round.assessed", "group.concluded", "index.frozen")]
    return {
        "kinds": [r.entry.kind for r in remembered],
        "told": told,
        "ballots": sorted(tuple((a.item, a.value) for a in ballot.answers) for ballot in cast),
        "heads": [head.size for head in engine.heads(W)],
        "last head covers": engine.heads(W)[-1].size == len(lines),
        "answers": engine.progress(W)["D1"]["started"],
    }


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_day_killed_at_any_step_ends_like_an_undisturbed_one(
    prepared: Path, undisturbed: dict[str, Any], tmp_path: Path, step: str
) -> None:
    folder = tmp_path / "day"
    shutil.copytree(prepared, folder)
    assert played(folder, step) == KILLED
    with running(folder) as engine:
        play(engine)
        assert outcome(engine) == undisturbed
    with running(folder) as engine:
        assert outcome(engine) == undisturbed


def test_the_undisturbed_day_has_what_a_kill_could_spoil(undisturbed: dict[str, Any]) -> None:
    assert undisturbed["kinds"][-12:] == [
        *["ballot.cast"] * 6, "round.assessed", "figures.revealed", "group.concluded", "group.concluded",
        "index.frozen", "note.added",
    ]  # fmt: skip
    assert len(undisturbed["ballots"]) == 12 and undisturbed["answers"] == 0
    assert len(undisturbed["heads"]) == 4 and undisturbed["last head covers"]


def test_without_snapshots_the_day_is_folded_anew_to_the_same_state(prepared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "day"
    shutil.copytree(prepared, folder)
    with running(folder) as engine:
        play(engine)
        state = engine.state(W)
        with engine._database.write() as connection:
            assert connection.execute(text("SELECT count(*) FROM snapshots")).scalar() == 1
    with running(folder) as engine:
        assert engine.state(W) == state
        with engine._database.write() as connection:
            connection.execute(text("DELETE FROM snapshots"))
    with running(folder) as engine:
        assert engine.state(W) == state
