"""Answers through the engine: revisions and keys honoured, the round's state decided inside the transaction.

Witness: the rules of the protocol, worked by hand; the sixteen-thread test compares with what was acknowledged.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_hall import ORGANISER, W, ballot, hold, kinds, refused, running

from server.engine import Engine
from server.workshop import commands as c
from server.workshop.contents import Ballot


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with running(tmp_path) as engine:
        hold(engine)
        engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
        yield engine


def one(value: int | None, rev: int, key: str, item: str = "1.1", **more: Any) -> c.PutAnswers:
    return c.PutAnswers(round=1, answers=[c.AnswerIn(item=item, rev=rev, key=key, value=value, **more)])


def codes(told: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(r["item"], r["code"], r["rev"]) for r in told["refused"]]


def test_an_answer_is_saved_and_stands_in_the_seats_own_ballot_alone(engine: Engine) -> None:
    told = engine.put_answers(W, 1, one(4, 1, "a", confidence=2, reason=" jelas "))
    assert told == {"ok": True, "saved": [{"item": "1.1", "rev": 1, "key": "a"}], "refused": []}
    kept = {"rev": 1, "key": "a", "value": 4, "cannot": None, "confidence": 2, "reason": "jelas"}
    assert engine.answers_of(W, 1) == {"1.1": kept}
    assert engine.answers_of(W, 2) == {}


def test_the_same_key_and_revision_again_is_saved_and_stores_nothing(engine: Engine) -> None:
    engine.put_answers(W, 1, one(4, 1, "a"))
    assert engine.put_answers(W, 1, one(2, 1, "a"))["saved"] == [{"item": "1.1", "rev": 1, "key": "a"}]
    assert engine.answers_of(W, 1)["1.1"]["value"] == 4


def test_an_equal_revision_with_another_key_or_a_lower_one_is_superseded_by_what_stands(engine: Engine) -> None:
    engine.put_answers(W, 1, one(4, 3, "a"))
    for late in (one(1, 3, "b"), one(1, 2, "a"), one(1, 1, "c")):
        assert codes(engine.put_answers(W, 1, late)) == [("1.1", "superseded", 3)]
    assert engine.answers_of(W, 1)["1.1"]["value"] == 4
    engine.put_answers(W, 1, one(5, 4, "d"))
    assert engine.answers_of(W, 1)["1.1"]["value"] == 5


def test_good_answers_of_a_message_are_kept_and_bad_ones_named(engine: Engine) -> None:
    put = c.PutAnswers(round=1, answers=[
        c.AnswerIn(item="1.1", rev=1, key="a", value=4),
        c.AnswerIn(item="1.2", rev=1, key="b", value=6),
        c.AnswerIn(item="1.3", rev=1, key="c", value=3, cannot="no_data"),
        c.AnswerIn(item="2.1", rev=1, key="d", value=3),
        c.AnswerIn(item="1.1", rev=2, key="e", value=5),
    ])  # fmt: skip
    told = engine.put_answers(W, 1, put, "id")
    assert told["saved"] == [{"item": "1.1", "rev": 1, "key": "a"}]
    assert [(item, code) for item, code, _ in codes(told)] == [
        ("1.2", "off_scale"), ("1.3", "value_and_cannot"), ("2.1", "unknown_item"), ("1.1", "duplicate_item"),
    ]  # fmt: skip
    assert told["refused"][0]["message"] == "6 di luar skala; pilih dari 1 sampai 5."
    assert engine.answers_of(W, 1)["1.1"]["value"] == 4


def test_a_withdrawn_answer_keeps_its_revision_and_counts_for_nothing(engine: Engine) -> None:
    engine.put_answers(W, 1, one(4, 1, "a"))
    engine.put_answers(W, 1, one(None, 2, "b"))
    assert codes(engine.put_answers(W, 1, one(3, 1, "c"))) == [("1.1", "superseded", 2)]
    assert engine.progress(W)["D1"]["started"] == 0
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
    assert engine.state(W).groups["D1"].rounds[0].answered == 0


def test_answers_are_refused_while_paused_and_after_closing_and_taken_again_after_reopening(engine: Engine) -> None:
    steps = [(c.PauseRound, "round_paused"), (c.ResumeRound, None), (c.CloseRound, "round_not_open"),
             (c.ReopenRound, None)]  # fmt: skip
    for rev, (step, code) in enumerate(steps, 1):
        engine.submit(W, ORGANISER, step(group="D1"))
        told = engine.put_answers(W, 1, one(3, rev, f"k{rev}"))
        assert [r["code"] for r in told["refused"]] == ([code] if code else [])
        assert engine.answers_of(W, 1).get("1.1", {}).get("rev", 0) == (rev if code is None else rev - 1)


def test_a_round_of_another_number_is_not_open(engine: Engine) -> None:
    put = c.PutAnswers(round=2, answers=[c.AnswerIn(item="1.1", rev=1, key="a", value=3)])
    assert codes(engine.put_answers(W, 1, put)) == [("1.1", "round_not_open", 0)]


def test_a_seat_that_is_unknown_or_revoked_may_not_answer(engine: Engine) -> None:
    refused("unknown_seat", engine.put_answers, W, 99, ballot(3))
    engine.submit(W, ORGANISER, c.RevokeSeat(seat=2, reason="left"))
    refused("seat_revoked", engine.put_answers, W, 2, ballot(3))


def test_an_absent_seat_that_answers_is_taken_again_by_an_entry_before(engine: Engine) -> None:
    engine.submit(W, ORGANISER, c.MarkAbsent(seat=3))
    assert engine.state(W).seated("D1") == 5
    engine.put_answers(W, 3, ballot(6))
    assert engine.state(W).seated("D1") == 5  # nothing was kept, so nobody came back
    engine.put_answers(W, 3, ballot(3))
    assert (engine.state(W).seated("D1"), kinds(engine)[-1]) == (6, "seat.taken")


@pytest.mark.parametrize("key", ["\x00", "a\ud800", "a\nb"])
def test_a_key_that_no_database_takes_is_refused_and_hinders_nobody(engine: Engine, key: str) -> None:
    outcomes: list[dict[str, Any]] = []
    threads = [
        threading.Thread(target=lambda s=seat: outcomes.append(engine.put_answers(W, s, ballot(3))))  # type: ignore[misc]
        for seat in (2, 3)
    ]
    for thread in threads:
        thread.start()
    refused("malformed", engine.put_answers, W, 1, one(3, 1, key))
    for thread in threads:
        thread.join()
    assert [told["refused"] for told in outcomes] == [[], []]


def test_progress_tells_who_is_how_far_and_never_a_value(engine: Engine) -> None:
    engine.put_answers(W, 1, ballot(5, 5, 5))
    engine.put_answers(W, 2, ballot(1))
    assert engine.progress(W)["D1"] == {
        "round": 1, "seated": 6, "started": 2, "finished": 1, "items": {"1.1": 2, "1.2": 1, "1.3": 1},
        "seats": {1: "finished", 2: "started", 3: "joined", 4: "joined", 5: "joined", 6: "joined"},
        "unconfirmed": 0,
    }  # fmt: skip


def test_sixteen_phones_vote_while_the_round_closes_and_what_was_acknowledged_is_counted_once(engine: Engine) -> None:
    cards = engine.submit(W, ORGANISER, c.IssueSeats(group="D1", count=10))["cards"]
    for card in cards:
        engine.join(W, card["seat"], None, "card")
    last: dict[int, str] = {}  # by seat, the text of the last acknowledged answer
    refusals: list[str] = []
    voting = threading.Barrier(17)

    def phone(seat: int) -> None:
        voting.wait()
        for rev in range(1, 500):
            mark = f"{seat}/{rev}"
            told = engine.put_answers(W, seat, one(1 + rev % 5, rev, mark, reason=mark))
            if told["refused"]:
                refusals.append(told["refused"][0]["code"])
                return
            last[seat] = mark

    threads = [threading.Thread(target=phone, args=(seat,)) for seat in range(1, 17)]
    for thread in threads:
        thread.start()
    voting.wait()
    while len(last) < 16:
        time.sleep(0.001)
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
    for thread in threads:
        thread.join()
    assert refusals == ["round_not_open"] * 16
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    assert counted(engine) == sorted(last.values())
    assert engine.state(W).groups["D1"].rounds[0].answered == 16


def counted(engine: Engine) -> list[str]:
    found = [r.contents["ballot"] for r in engine.entries(W) if r.entry.kind == "ballot.cast"]
    assert all(isinstance(cast, Ballot) and len(cast.answers) == 1 for cast in found)
    return sorted(cast.answers[0].reason for cast in found)
