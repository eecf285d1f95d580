"""A trail taken up again is believed only where lines, hashes, edge and head fit. Witness: one change at a time."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from small_hall import ORGANISER, W, hold, opened, order, running, vote

from server.storage import StorageError
from server.trail import TrailError
from server.workshop import commands as c

LIFT = "DROP TRIGGER trail_is_never_changed; DROP TRIGGER trail_is_never_deleted;"
ANEW = "DELETE FROM snapshots;"
LAST = "(SELECT max(seq) FROM trail)"
HEAD = "(SELECT max(size) FROM heads)"


@pytest.fixture(scope="module")
def voted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A disclosed round and three entries after its head."""
    folder = tmp_path_factory.mktemp("voted")
    with running(folder) as engine:
        hold(engine)
        vote(engine)
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
        engine.submit(W, ORGANISER, c.Reveal(group="D1"))
        for text in ("one", "two"):
            engine.submit(W, ORGANISER, c.Annotate(text=text))
    return folder


def spoiled(voted: Path, folder: Path, script: str) -> Path:
    copy = folder / "copy"
    shutil.copytree(voted, copy)
    database = sqlite3.connect(copy / "mufakat.db")
    database.executescript(script)
    database.close()
    return copy


@pytest.mark.parametrize(
    "script",
    [
        f"{LIFT} UPDATE trail SET line = replace(line, 'note.added', 'note.adder') WHERE seq = {LAST}",
        f"{LIFT} UPDATE trail SET line = CAST(replace(line, 'staff/1', 'staff/2') AS BLOB) WHERE seq = {LAST}",
        f"{LIFT} UPDATE trail SET nodes = zeroblob(length(nodes)) WHERE seq = {LAST}",
        f"{LIFT} DELETE FROM trail WHERE seq = {LAST} - 1",
        f"{LIFT} DELETE FROM trail WHERE seq >= {HEAD} - 1",
        f"{LIFT} UPDATE trail SET nodes = zeroblob(length(nodes)) WHERE seq = {HEAD} - 1",
        "UPDATE heads SET edge = zeroblob(length(edge))",
        "UPDATE heads SET edge = x'00'",
        "UPDATE heads SET note = replace(note, char(10), ' ')",
        "UPDATE heads SET size = size + 1",
        f"{ANEW} {LIFT} UPDATE trail SET line = CAST(replace(line, 'f/1', 'f/2') AS BLOB) WHERE seq = 3",
        f"{ANEW} UPDATE openings SET content = '7' WHERE name = 'group'",
    ],
    ids=["a cut word", "another author", "a hash of the tail", "a gap", "a tail cut below the head",
         "a hash of the head", "no edge", "half an edge", "no note", "a head too large", "an old line",
         "an opening of another type"],
)  # fmt: skip
def test_a_trail_that_does_not_hold_together_is_refused_aloud(voted: Path, tmp_path: Path, script: str) -> None:
    engine = opened(spoiled(voted, tmp_path, script))
    with pytest.raises(StorageError) as caught:
        engine.start(ticking=False)
    assert caught.value.code == "trail_damaged" and W in caught.value.sentence
    engine._database.close()


@pytest.mark.parametrize(
    "script", ["SELECT 1", "DELETE FROM snapshots", "UPDATE snapshots SET state = '{}'",
               "UPDATE snapshots SET size = 1", "UPDATE snapshots SET form = 'older'"],
)  # fmt: skip
def test_a_snapshot_that_is_gone_or_unfit_changes_nothing(voted: Path, tmp_path: Path, script: str) -> None:
    with running(voted) as engine:
        state = engine.state(W)
    with running(spoiled(voted, tmp_path, script)) as engine:
        assert engine.state(W) == state


def test_a_start_reads_only_what_follows_the_last_head(voted: Path, tmp_path: Path) -> None:
    # An old line is changed under the snapshot: the quick start does not read it, the whole fold above does.
    copy = spoiled(voted, tmp_path, f"{LIFT} UPDATE trail SET line = x'00' WHERE seq = 3")
    with running(copy) as engine:
        assert engine.state(W).size == len(engine.lines(W))


@pytest.mark.parametrize("script", ["DELETE FROM snapshots;", "UPDATE snapshots SET form = 'older';"])
def test_after_one_whole_fold_the_next_start_is_quick_again(voted: Path, tmp_path: Path, script: str) -> None:
    copy = spoiled(voted, tmp_path, script)
    with running(copy) as engine:
        state = engine.state(W)
    database = sqlite3.connect(copy / "mufakat.db")
    database.executescript(f"{LIFT} UPDATE trail SET line = x'00' WHERE seq = 3")  # which a whole fold would read
    database.close()
    with running(copy) as engine:
        assert engine.state(W) == state


def test_a_head_under_another_key_is_refused(voted: Path, tmp_path: Path) -> None:
    copy = spoiled(voted, tmp_path, "SELECT 1")
    with running(tmp_path / "copy" / "other") as engine:
        engine.create(order(), ORGANISER)
    for name in ("signing.pem", "signing.pem.heads.json"):
        shutil.copy(copy / "other" / name, copy / name)
    engine = opened(copy)
    with pytest.raises(StorageError, match="damaged"):
        engine.start(ticking=False)
    engine._database.close()


def test_a_missing_file_of_marks_stops_the_start(voted: Path, tmp_path: Path) -> None:
    copy = spoiled(voted, tmp_path, "SELECT 1")
    (copy / "signing.pem.heads.json").unlink()
    engine = opened(copy)
    with pytest.raises(TrailError) as caught:
        engine.start(ticking=False)
    assert caught.value.code == "marks_missing"
    engine._database.close()
