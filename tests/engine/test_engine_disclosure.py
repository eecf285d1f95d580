"""Disclosure, figures, heads and time: from sealed answers to a signed head. Witness: the trail's rules, by hand."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from small_hall import ORGANISER, FakeClock, W, ballot, hold, kinds, order, refused, running, vote
from sqlalchemy import text

from server.batch import run
from server.engine import Engine
from server.jobs import Order
from server.storage.archive import Archive
from server.trail import TrailError
from server.trail.checkpoint import open_note
from server.trail.highwater import HighWater
from server.trail.keys import open_keys
from server.trail.tree import leaf_hash, root_of
from server.workshop import commands as c
from server.workshop.assess import assess
from server.workshop.contents import Ballot
from server.workshop.given import Draft
from server.workshop.phases import Phase
from server.workshop.state import State


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with running(tmp_path) as engine:
        hold(engine)
        yield engine


def signed(engine: Archive, size: int) -> None:
    """The last head covers exactly `size` entries and opens under the workshop's key. Witness: all leaves anew."""
    head = engine.head(W)
    assert head is not None and head.size == size
    opened = open_note(head.note, engine._key.signer(f"mufakat/{W}").verifier)
    assert (opened.size, opened.root) == (size, root_of(map(leaf_hash, engine.lines(W)[:size])))


def test_ballots_enter_the_trail_shuffled_at_one_time_and_the_answers_are_gone(tmp_path: Path) -> None:
    clock = FakeClock()
    with running(tmp_path, clock=clock) as engine:
        cards = hold(engine, seats=40)
        engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
        for card in cards:
            clock.pass_by(1)
            answer = c.AnswerIn(item="1.1", rev=1, key="a", value=3, reason=str(card["seat"]))
            engine.put_answers(W, card["seat"], c.PutAnswers(round=1, answers=[answer]))
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
        cast = [r for r in engine.entries(W) if r.entry.kind == "ballot.cast"]
        seats = [int(r.contents["ballot"].answers[0].reason) for r in cast]
        assert sorted(seats) == list(range(1, 41)) and seats != sorted(seats)
        assert {r.entry.at for r in cast} == {clock.stamp()} and {r.entry.by for r in cast} == {"staff/1"}
        voices = [r.contents["ballot"].voice for r in cast]
        assert len(set(voices)) == 40
        assert engine.answers_of(W, 1) == {} and engine.progress(W)["D1"]["started"] == 0


def test_whoever_discloses_is_answered_after_the_figures_and_the_signed_head(engine: Engine) -> None:
    vote(engine)
    told = engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    assert [event["kind"] for event in told["events"]] == ["ballot.cast"] * 6 + ["round.assessed"]
    group = engine.state(W).groups["D1"]
    assert (group.phase, told["version"]) == (Phase.DISCLOSED, group.version)
    assert group.rounds[0].figures["1.1"].counts == (0, 0, 3, 3, 0)  # six seats, 3 + seat % 2, by hand
    signed(engine, engine.state(W).size)


def test_a_second_round_compares_the_same_voices_with_the_first(engine: Engine) -> None:
    vote(engine)
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    engine.submit(W, ORGANISER, c.Reveal(group="D1"))
    engine.submit(W, ORGANISER, c.OpenRound(group="D1", items="all"))
    for seat in range(1, 7):
        engine.put_answers(W, seat, ballot(4, 4, 4, number=2))
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    moved = engine.state(W).groups["D1"].rounds[1].figures["1.1"].stability
    assert moved is not None and (moved.paired, moved.changed) == (6, 3)  # the three that said 3 say 4 now


def test_a_void_round_enters_no_figure_and_drops_its_answers(engine: Engine) -> None:
    vote(engine)
    engine.submit(W, ORGANISER, c.VoidRound(group="D1", reason="wrong items"))
    assert engine.progress(W)["D1"]["started"] == 0
    vote(engine, number=2)
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    first, second = engine.state(W).groups["D1"].rounds
    assert (first.voided, first.ballots, second.ballots) == (True, 0, 6)
    assert second.figures["1.1"].stability is None


def test_a_round_without_any_answer_is_disclosed_too(engine: Engine) -> None:
    vote(engine, seats=0)
    told = engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    assert [event["kind"] for event in told["events"]] == ["round.assessed"]
    assert engine.state(W).groups["D1"].rounds[0].figures["1.1"].outcome == "insufficient"


def test_a_round_reopened_while_its_empty_figures_are_computed_is_not_assessed_over_new_answers(tmp_path: Path) -> None:
    gate = threading.Event()

    def slow(state: State, group: str, ballots: Mapping[int, Sequence[Ballot]]) -> Draft:
        gate.wait(10)
        return assess(state, group, ballots)

    with running(tmp_path, assessor=slow) as engine:
        hold(engine)
        vote(engine, seats=0)
        waiting = threading.Thread(target=lambda: refused("being_assessed", engine.submit, W, ORGANISER,
                                                          c.Disclose(group="D1")))  # fmt: skip
        waiting.start()
        engine.look(W)
        while not engine._figures._computing:
            pass
        engine.submit(W, ORGANISER, c.ReopenRound(group="D1"))
        engine.put_answers(W, 1, ballot(3))
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        gate.set()
        waiting.join()
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
        assert engine.state(W).groups["D1"].rounds[0].ballots == 1


def test_while_ballots_are_in_and_figures_are_not_nothing_else_happens_to_the_round(tmp_path: Path) -> None:
    gate, clock = threading.Event(), FakeClock()
    failing = iter([True])

    def broken_once(state: State, group: str, ballots: Mapping[int, Sequence[Ballot]]) -> Draft:
        if next(failing, False):
            gate.wait(10)
            raise RuntimeError("the worker died")
        return assess(state, group, ballots)

    with running(tmp_path, clock=clock, assessor=broken_once) as engine:
        hold(engine)
        vote(engine)
        waiting = threading.Thread(target=lambda: refused("being_assessed", engine.submit, W, ORGANISER,
                                                          c.Disclose(group="D1")))  # fmt: skip
        waiting.start()
        while kinds(engine)[-1] != "ballot.cast":
            pass
        for command in (c.ReopenRound(group="D1"), c.VoidRound(group="D1", reason="x"), c.Disclose(group="D1")):
            refused("being_assessed", engine.submit, W, ORGANISER, command)
        gate.set()
        waiting.join()
        engine.tick()
        assert kinds(engine)[-1] == "ballot.cast"  # not at once again
        clock.pass_by(10)
        engine.tick()
        while engine.look(W).groups["D1"].phase is not Phase.DISCLOSED:
            pass
        signed(engine, engine.state(W).size)


def test_every_entry_after_the_freeze_is_followed_by_a_head(engine: Engine) -> None:
    freeze(engine)
    signed(engine, engine.state(W).size)
    for text_ in ("one", "two"):
        engine.submit(W, ORGANISER, c.Annotate(text=text_))
        signed(engine, engine.state(W).size)
    sizes = [head.size for head in engine.heads(W)]
    assert sizes == sorted(set(sizes)) and len(sizes) == 3


def freeze(engine: Engine) -> None:
    for group in ("D1", "D2"):
        engine.submit(W, ORGANISER, c.Conclude(group=group))
    engine.submit(W, ORGANISER, c.Freeze())


def test_two_entries_of_one_batch_after_the_freeze_have_a_head_each(engine: Engine) -> None:
    freeze(engine)
    size = engine.state(W).size
    run(engine._house, engine._known, [Order(W, ORGANISER, c.Annotate(text=text)) for text in ("one", "two")])
    assert [head.size for head in engine.heads(W)][-3:] == [size, size + 1, size + 2]


def test_a_proof_shows_any_covered_entry_and_none_beyond_the_head(engine: Engine) -> None:
    refused("not_yet", engine.proof, W, 0)
    vote(engine)
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    size = engine.state(W).size
    engine.submit(W, ORGANISER, c.Reveal(group="D1"))
    verifier = engine._key.signer(f"mufakat/{W}").verifier
    stored = engine.lines(W)
    for seq in range(size):
        assert engine.proof(W, seq).check(stored[seq], verifier).size == size
    with pytest.raises(TrailError):
        engine.proof(W, 3).check(stored[4], verifier)
    refused("not_yet", engine.proof, W, size)


def test_an_older_copy_of_the_database_is_refused_before_it_could_sign_a_fork(tmp_path: Path) -> None:
    with running(tmp_path) as engine:
        hold(engine)
        vote(engine)
    old = tmp_path / "old.db"
    shutil.copy(tmp_path / "mufakat.db", old)
    with running(tmp_path) as engine:
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    shutil.copy(old, tmp_path / "mufakat.db")
    with running(tmp_path) as engine:
        assert refused("fork_refused", engine.submit, W, ORGANISER, c.Disclose(group="D1")).detail == {"workshop": W}
        refused("fork_refused", engine.put_answers, W, 1, ballot(3))
        assert engine.head(W) is None and kinds(engine)[-1] == "round.closed"
        engine.create(order(workshop="other"), ORGANISER)  # the other workshops go on


def test_a_head_whose_mark_was_lost_in_a_crash_raises_it_at_the_next_start(tmp_path: Path) -> None:
    with running(tmp_path) as engine:
        hold(engine)
        vote(engine)
        before = (tmp_path / "signing.pem.heads.json").read_bytes()
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
        head = engine.head(W)
    (tmp_path / "signing.pem.heads.json").write_bytes(before)
    with running(tmp_path):
        mark = HighWater(tmp_path / "signing.pem.heads.json").mark(f"mufakat/{W}")
        assert head is not None and mark is not None and mark.size == head.size


def test_a_head_that_is_owed_is_signed_at_the_start(tmp_path: Path) -> None:
    with running(tmp_path) as engine:
        hold(engine)
        vote(engine)
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
        size = engine.state(W).size
        with engine._database.write() as connection:
            connection.execute(text("DELETE FROM heads"))
            connection.execute(text("DELETE FROM snapshots"))
    with running(tmp_path) as engine:
        signed(engine, size)


def test_nobody_hears_of_a_head_before_its_mark_is_on_the_disk(tmp_path: Path) -> None:
    with running(tmp_path) as engine:
        hold(engine)
        vote(engine)
        marks = tmp_path / "signing.pem.heads.json"
        lock = marks.with_name(marks.name + ".lock")
        lock.unlink(missing_ok=True)
        lock.mkdir()  # the file that guards the marks cannot be opened
        told: list[object] = []
        waiting = threading.Thread(target=lambda: told.append(engine.submit(W, ORGANISER, c.Disclose(group="D1"))))
        waiting.start()
        while engine.head(W) is None:
            pass
        waiting.join(0.3)
        assert told == [] and engine.state(W).groups["D1"].phase is Phase.CLOSED
        lock.rmdir()
        waiting.join()
        assert len(told) == 1
        mark = open_keys(tmp_path / "signing.pem")[1].mark(f"mufakat/{W}")
        assert mark is not None and mark.size == engine.state(W).size


def test_deleted_answers_do_not_live_on_in_the_files_of_the_database(engine: Engine, tmp_path: Path) -> None:
    engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
    secret = "kalimat-yang-hanya-ada-di-satu-jawaban"
    answer = c.AnswerIn(item="1.1", rev=1, key="a", value=3, reason=secret)
    engine.put_answers(W, 1, c.PutAnswers(round=1, answers=[answer]))

    def found() -> list[str]:
        return sorted(p.name for p in tmp_path.iterdir() if p.is_file() and secret.encode() in p.read_bytes())

    assert found() == ["mufakat.db-wal"]
    engine.submit(W, ORGANISER, c.VoidRound(group="D1", reason="wrong"))
    engine.tick()
    assert found() == []
