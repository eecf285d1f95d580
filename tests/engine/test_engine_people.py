"""Seats through the engine: cards, phones, paper and erasure. Witness: the protocol and the trust page, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_hall import ORGANISER, FakeClock, W, ballot, hold, kinds, order, refused, running, vote
from sqlalchemy import text

from server.engine import Engine
from server.passes import Passes
from server.workshop import commands as c
from server.workshop.given import Actor

FIRST, SECOND = Actor("staff/7", "officer"), Actor("staff/8", "officer")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with running(tmp_path) as engine:
        yield engine


def passes(engine: Engine) -> Passes:
    return Passes(engine._database, FakeClock(), pepper=engine._house.pepper)


def rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    with engine._database.read() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]


def paper(*values: int) -> list[c.PaperAnswer]:
    return [c.PaperAnswer(item=f"1.{i}", value=value) for i, value in enumerate(values, 1)]


def test_cards_are_told_once_and_kept_only_as_hashes(engine: Engine) -> None:
    engine.create(order(), ORGANISER)
    told = engine.submit(W, ORGANISER, c.IssueSeats(group="D1", count=3))
    assert [(card["seat"], card["group"]) for card in told["cards"]] == [(1, "D1"), (2, "D1"), (3, "D1")]
    stored = str(rows(engine, "cards")) + str(engine.entries(W))
    for card in told["cards"]:
        assert passes(engine).door(card["code"], None) == passes(engine).door(card["secret"], None) == (W, card["seat"])
        assert card["code"] not in stored and card["secret"] not in stored


def test_names_an_organiser_imports_stay_out_of_the_trail(engine: Engine) -> None:
    engine.create(order(), ORGANISER)
    row = c.SeatRow(group="D2", name="Ibu\u0000 Sri ", agency="Bappeda")
    engine.submit(W, ORGANISER, c.IssueSeats(rows=[row, c.SeatRow(group="D1")]))
    assert rows(engine, "names") == [
        {"workshop": W, "seat": 1, "name": "Ibu Sri", "sector": None, "agency": "Bappeda", "gender": None}
    ]
    assert not any(b"Sri" in line for line in engine.lines(W))


def test_a_card_takes_its_seat_and_a_second_phone_moves_it_and_ends_the_first_pass(engine: Engine) -> None:
    engine.create(order(), ORGANISER)
    engine.submit(W, ORGANISER, c.IssueSeats(group="D1", count=1))
    first = engine.join(W, 1, None, "card")
    assert passes(engine).who(first["pass"]).seat == 1
    second = engine.join(W, 1, None, "card")
    assert kinds(engine)[-2:] == ["seat.taken", "seat.moved"]
    refused("pass_revoked", passes(engine).who, first["pass"])
    assert second | {"pass": ""} == {"pass": "", "seat": 1, "group": "D1", "workshop": W}
    assert passes(engine).who(second["pass"]).workshop == W


def test_the_room_code_makes_an_open_seat_where_open_join_is_on(engine: Engine) -> None:
    code = engine.create(order(), ORGANISER)["join_code"]
    assert passes(engine).door(code.lower(), None) == (W, None)
    refused("choose_group", engine.join, W, None, None, "open")
    assert engine.join(W, None, "D2", "open")["seat"] == 1
    assert kinds(engine)[-2:] == ["seat.issued", "seat.taken"]


def test_a_revoked_seat_ends_its_pass_at_once(engine: Engine) -> None:
    engine.create(order(), ORGANISER)
    engine.submit(W, ORGANISER, c.IssueSeats(group="D1", count=1))
    told = engine.join(W, 1, None, "card")
    engine.submit(W, ORGANISER, c.RevokeSeat(seat=1, reason="card lost"))
    refused("pass_revoked", passes(engine).who, told["pass"])
    refused("seat_revoked", engine.join, W, 1, None, "card")


def test_a_paper_ballot_counts_once_a_second_officer_confirms_it(engine: Engine) -> None:
    hold(engine)
    engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
    engine.submit(W, FIRST, c.EnterPaper(group="D1", ballot=4, answers=paper(5, 4, 3)))
    assert [engine.progress(W)["D1"][what] for what in ("started", "unconfirmed")] == [0, 1]
    refused("same_officer", engine.submit, W, FIRST, c.ConfirmPaper(group="D1", ballot=4))
    refused("no_such_paper", engine.submit, W, SECOND, c.ConfirmPaper(group="D1", ballot=5))
    engine.submit(W, SECOND, c.ConfirmPaper(group="D1", ballot=4))
    refused("no_such_paper", engine.submit, W, SECOND, c.ConfirmPaper(group="D1", ballot=4))
    assert engine.progress(W)["D1"]["seats"][4] == "finished" and rows(engine, "papers") == []
    assert engine.progress(W)["D1"]["unconfirmed"] == 0
    refused("seat_has_answered", engine.submit, W, FIRST, c.EnterPaper(group="D1", ballot=4, answers=paper(1)))
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    assert engine.state(W).groups["D1"].rounds[0].figures["1.1"].counts == (0, 0, 0, 0, 1)


def test_a_phone_that_answers_before_its_paper_is_confirmed_counts_and_the_paper_does_not(engine: Engine) -> None:
    hold(engine)
    engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
    engine.submit(W, FIRST, c.EnterPaper(group="D1", ballot=4, answers=paper(5)))
    engine.put_answers(W, 4, ballot(2))
    assert engine.progress(W)["D1"]["unconfirmed"] == 0  # it waits for nobody any more
    refused("seat_has_answered", engine.submit, W, SECOND, c.ConfirmPaper(group="D1", ballot=4))
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    [played] = engine.state(W).groups["D1"].rounds
    assert (played.figures["1.1"].counts, played.papers, rows(engine, "papers")) == ((0, 1, 0, 0, 0), 0, [])


def test_a_phone_that_answers_after_its_paper_replaces_that_answer_and_the_seat_counts_once(engine: Engine) -> None:
    hold(engine)
    engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
    engine.submit(W, FIRST, c.EnterPaper(group="D1", ballot=4, answers=paper(5, 4)))
    engine.submit(W, SECOND, c.ConfirmPaper(group="D1", ballot=4))
    [stale] = engine.put_answers(W, 4, ballot(1))["refused"]  # a phone that had not heard of the paper
    assert (stale["code"], stale["rev"]) == ("superseded", 1)
    engine.put_answers(W, 4, ballot(2, rev=2))
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    [played] = engine.state(W).groups["D1"].rounds
    assert (played.ballots, played.answered, played.papers) == (1, 1, 1)
    assert [played.figures[item].counts for item in ("1.1", "1.2")] == [(0, 1, 0, 0, 0), (0, 0, 0, 1, 0)]


def test_a_paper_over_a_withdrawn_answer_takes_a_higher_revision(engine: Engine) -> None:
    hold(engine)
    engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
    engine.put_answers(W, 4, ballot(2, rev=7))
    engine.put_answers(W, 4, ballot(None, rev=8))
    engine.submit(W, FIRST, c.EnterPaper(group="D1", ballot=4, answers=paper(5)))
    engine.submit(W, SECOND, c.ConfirmPaper(group="D1", ballot=4))
    assert (engine.answers_of(W, 4)["1.1"]["rev"], engine.answers_of(W, 4)["1.1"]["value"]) == (9, 5)


def test_a_reason_is_moderated_by_its_number_in_the_trails_order(engine: Engine) -> None:
    hold(engine)
    engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
    for seat in (1, 2):
        answer = c.AnswerIn(item="1.2", rev=1, key="a", value=3, reason=f"because {seat}")
        engine.put_answers(W, seat, c.PutAnswers(round=1, answers=[answer]))
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    for wrong in ("1/1.2/3", "1/1.1/1", "2/1.2/1"):
        refused("unknown_reason", engine.submit, W, ORGANISER, c.Moderate(group="D1", reason_id=wrong, why="names"))
    engine.submit(W, ORGANISER, c.Moderate(group="D1", reason_id="1/1.2/2", why="names"))
    assert engine.state(W).groups["D1"].moderated == {"1/1.2/2"}


def test_erasing_a_person_empties_every_table_and_opening_and_leaves_proofs_whole(engine: Engine) -> None:
    engine.create(order(), ORGANISER)
    row = c.SeatRow(group="D1", name="Ibu Sri")
    secret = engine.submit(W, ORGANISER, c.IssueSeats(rows=[row] * 6))["cards"][1]["secret"]
    engine.submit(W, ORGANISER, c.Start())
    told = [engine.join(W, seat, None, "card")["pass"] for seat in range(1, 7)][1]
    vote(engine)
    engine.submit(W, ORGANISER, c.Disclose(group="D1"))
    engine.submit(W, ORGANISER, c.Reveal(group="D1"))
    engine.submit(W, ORGANISER, c.OpenRound(group="D1", items="all"))
    engine.put_answers(W, 2, ballot(1, number=2))
    figures, lines = engine.state(W).groups["D1"].rounds[0].figures, engine.lines(W)
    engine.submit(W, ORGANISER, c.EraseSeat(seat=2))

    erased = engine.entries(W)[-1]
    assert erased.entry.kind == "content.erased" and len(erased.entry.body.openings) == 1  # type: ignore[attr-defined]
    [(seq, name)] = erased.entry.body.openings  # type: ignore[attr-defined]
    assert name == "ballot" and [o for o in engine.openings(W) if o.seq == seq] == []
    assert len([o for o in engine.openings(W) if o.name == "ballot"]) == 5
    for table in ("names", "cards", "voices", "answers"):
        assert 2 not in {r["seat"] for r in rows(engine, table)}, table
    assert passes(engine).card(secret) is None
    refused("pass_revoked", passes(engine).who, told)
    assert rows(engine, "snapshots") == []
    assert engine.state(W).groups["D1"].rounds[0].figures == figures  # recorded figures stand
    proof = engine.proof(W, seq)
    assert proof.check(lines[seq], engine._key.signer(f"mufakat/{W}").verifier).size <= len(lines)
    assert engine.lines(W)[: len(lines)] == lines


def test_an_erased_trail_is_folded_anew_to_the_same_state(tmp_path: Path) -> None:
    with running(tmp_path) as engine:
        hold(engine)
        vote(engine)
        engine.submit(W, ORGANISER, c.Disclose(group="D1"))
        engine.submit(W, ORGANISER, c.EraseSeat(seat=2))
        state = engine.state(W)
    with running(tmp_path) as engine:
        assert engine.state(W) == state
