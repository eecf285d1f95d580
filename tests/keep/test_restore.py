"""A backup goes on: as it was where nothing later was published, else under a new name that cites the last head.

Witness: both sides of each restore are engines on real files, and the bundle that the restored one ends in is verified.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from halls import code_of, finish, settings, show, verdict
from small_hall import ORGANISER, W, hold, kinds, refused, running, vote

from server.app.keeping import restore, take
from server.trail.checkpoint import open_note
from server.trail.note import Verifier
from server.workshop import commands as c


def test_the_newest_backup_on_the_same_key_simply_goes_on(tmp_path: Path, data: Path) -> None:
    with running(data) as engine:
        hold(engine)
        vote(engine)
        show(engine)
        backup, _ = take(settings(data), tmp_path / "out")
        lines, head = engine.lines(W), engine.head(W)
    [restored], _, aside = restore(settings(data), backup)
    assert (restored.workshop, restored.size, restored.continued) == (W, len(lines), None)
    assert aside is not None and (aside / "mufakat.db").exists()
    with running(data) as engine:
        assert (engine.lines(W), engine.head(W)) == (lines, head)
        finish(engine)
        report = verdict(engine, tmp_path)
    assert (report.status, report.continued) == ("VALID", ())


def test_a_backup_older_than_its_published_head_goes_on_under_a_new_name_that_cites_it(
    tmp_path: Path, data: Path, early: Path
) -> None:
    with running(data) as engine:
        published, vkey = engine.head(W), engine.vkey(W)
    assert published is not None
    assert code_of(data, early) == "restore_newer"
    [restored], keys, _ = restore(settings(data), early, replace=True)
    went_on = restored.continued
    assert went_on is not None and not keys.fresh
    assert (went_on.origin, went_on.former.origin, went_on.former.size) == (
        f"mufakat/{W}/2", f"mufakat/{W}", published.size,
    )  # fmt: skip

    with running(data) as engine:
        assert kinds(engine)[went_on.seq :] == ["origin.continued"]
        body: Any = engine.entries(W, went_on.seq)[0].entry.body
        assert (body.origin, body.head, body.key) == (f"mufakat/{W}/2", published.note, vkey)
        head = engine.head(W)
        assert head is not None and head.size == went_on.seq + 1
        assert open_note(head.note, Verifier.parse(engine.vkey(W))).origin == f"mufakat/{W}/2"
        # The answers of the open round stand, and the day is finished on them.
        assert engine.progress(W)["D1"]["finished"] == 6
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        show(engine)
        finish(engine)
        for how in ({}, {"vkey": engine.vkey(W)}, {"vkey": vkey}):
            report = verdict(engine, tmp_path, **how)
            assert (report.status, report.problems) == ("VALID", ()), how
        assert report.continued == (went_on.sentence,) and "are not here" in went_on.sentence
        public = verdict(engine, tmp_path, "public")
        assert (public.status, public.continued) == ("INCOMPLETE", report.continued)


def test_a_head_of_the_lost_part_is_not_extended_and_one_of_the_kept_part_is(tmp_path: Path, data: Path) -> None:
    with running(data) as engine:
        hold(engine)
        vote(engine)
        show(engine)
        kept = engine.head(W)
        backup, _ = take(settings(data), tmp_path / "out")
        vote(engine, number=2, items="all")
        show(engine)
        lost = engine.head(W)
    assert kept is not None and lost is not None
    restore(settings(data), backup, replace=True)
    with running(data) as engine:
        finish(engine)
        held = verdict(engine, tmp_path, head=kept.note)
        assert (held.status, held.extends) == ("VALID", kept.size)
        report = verdict(engine, tmp_path, head=lost.note)
    assert report.status == "INVALID"
    [problem] = report.problems
    assert problem.startswith(f"The head that was given covers {lost.size} entries, of which this trail kept ")
    assert f"went on as mufakat/{W}/2" in problem


def test_a_head_of_another_tree_under_the_old_name_is_not_extended(tmp_path: Path, data: Path, early: Path) -> None:
    """The old key signs a second history of the same length: whoever holds the first head sees it."""
    restore(settings(data), early, replace=True)
    other = tmp_path / "other"
    shutil.copytree(data, other, ignore=shutil.ignore_patterns("mufakat.db*", "*.heads.json", "replaced*"))
    (other / "signing.pem.heads.json").write_bytes(b"{}")
    with running(other) as engine:
        hold(engine, seats=5)
        vote(engine, seats=5)
        show(engine)
        foreign = engine.head(W)
    assert foreign is not None
    with running(data) as engine:
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        show(engine)
        finish(engine)
        report = verdict(engine, tmp_path, head=foreign.note)
    assert report.status == "INVALID" and len(report.problems) == 1


def test_a_copy_put_back_by_hand_is_refused_rather_than_forked(tmp_path: Path, data: Path, early: Path) -> None:
    for path in data.glob("mufakat.db*"):
        path.unlink()
    shutil.copyfile(early / "mufakat.db", data / "mufakat.db")
    with running(data) as engine:
        refused("fork_refused", engine.submit, W, ORGANISER, c.Annotate(text="x"))
    [restored], _, _ = restore(settings(data), early)
    assert restored.continued is not None


def test_the_old_database_found_again_after_the_restore_is_refused_too(data: Path, early: Path) -> None:
    """It extends every head of its own name, but its trail went on under another."""
    _, _, aside = restore(settings(data), early, replace=True)
    assert aside is not None
    (data / "mufakat.db").unlink()
    shutil.copyfile(aside / "mufakat.db", data / "mufakat.db")
    with running(data) as engine:
        refused("fork_refused", engine.submit, W, ORGANISER, c.Annotate(text="x"))


def test_a_second_restore_of_the_same_backup_takes_a_third_name_and_cites_the_second(
    tmp_path: Path, data: Path, early: Path
) -> None:
    restore(settings(data), early, replace=True)
    with running(data) as engine:
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        show(engine)
        second = engine.head(W)
    assert second is not None
    [restored], _, _ = restore(settings(data), early, replace=True)
    assert restored.continued is not None
    assert (restored.continued.origin, restored.continued.former.origin) == (f"mufakat/{W}/3", f"mufakat/{W}/2")
    assert restored.continued.former.size == second.size
    with running(data) as engine:
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        show(engine)
        finish(engine)
        assert verdict(engine, tmp_path).status == "VALID"
        report = verdict(engine, tmp_path, head=second.note)
        assert report.status == "INVALID" and f"went on as mufakat/{W}/3" in report.problems[0]


def test_a_trail_that_was_restored_twice_in_a_row_keeps_both_citations(tmp_path: Path, data: Path, early: Path) -> None:
    restore(settings(data), early, replace=True)
    with running(data) as engine:
        again, _ = take(settings(data), tmp_path / "again")
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        show(engine)
    [restored], _, _ = restore(settings(data), again, replace=True)
    assert restored.continued is not None and restored.continued.origin == f"mufakat/{W}/3"
    with running(data) as engine:
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        show(engine)
        finish(engine)
        report = verdict(engine, tmp_path)
    assert (report.status, len(report.continued)) == ("VALID", 2)


def test_a_copied_key_may_not_know_the_last_head_so_its_trail_takes_a_new_name_at_once(
    tmp_path: Path, data: Path
) -> None:
    with running(data) as engine:
        hold(engine)
        vote(engine)
        show(engine)
        backup, _ = take(settings(data), tmp_path / "out")
        vkey = engine.vkey(W)
    [restored], keys, aside = restore(settings(tmp_path / "new"), backup, keys=data)
    assert restored.continued is not None and aside is None
    assert (keys.fresh, keys.copied) == (False, True)
    assert (tmp_path / "new" / "pepper").read_bytes() == (data / "pepper").read_bytes()
    with running(tmp_path / "new") as engine:
        finish(engine)
        assert verdict(engine, tmp_path, vkey=vkey).status == "VALID"
    assert code_of(tmp_path / "new", backup, keys=data, replace=True) == "key_exists"


def test_without_the_key_a_new_one_signs_under_a_new_name_and_says_whose_head_it_cites(
    tmp_path: Path, data: Path
) -> None:
    with running(data) as engine:
        hold(engine)
        vote(engine)
        show(engine)
        backup, _ = take(settings(data), tmp_path / "out")
        head, vkey = engine.head(W), engine.vkey(W)
    assert head is not None
    [restored], keys, _ = restore(settings(tmp_path / "new"), backup)
    assert keys.fresh and restored.continued is not None
    assert restored.continued.former == open_note(head.note, Verifier.parse(vkey))
    with running(tmp_path / "new") as engine:
        finish(engine)
        assert verdict(engine, tmp_path).status == "VALID"
        assert verdict(engine, tmp_path, head=head.note).extends == head.size
        assert verdict(engine, tmp_path, vkey=vkey).status == "INVALID"  # another key, and nobody can say it is ours


def test_a_head_brought_from_the_day_is_cited_though_the_copied_marks_never_heard_of_it(
    tmp_path: Path, data: Path, early: Path
) -> None:
    with running(data) as engine:
        head = engine.head(W)
    assert head is not None
    stale = tmp_path / "stale"
    stale.mkdir()
    shutil.copy2(data / "signing.pem", stale)
    (stale / "signing.pem.heads.json").write_bytes(b"{}")
    [restored], _, _ = restore(settings(stale), early, heads=(head.note,))
    assert restored.continued is not None and restored.continued.former.size == head.size
    assert code_of(stale, early, heads=(head.note.replace("— ", "— x"),), replace=True) == "note_unsigned"
