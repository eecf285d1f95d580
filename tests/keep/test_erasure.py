"""Erasing a person reaches every byte on the disk that holds their words. Witness: each file is searched for them.

What is searched for: the name, each reason, the pseudonym under which they voted, and the salts of what was opened,
without which nobody can try out what a commitment hid. Every test first shows that the search finds them.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from halls import bundled, finish, settings, show, verdict
from small_hall import ORGANISER, W, order, running

from server.app.keeping import restore, take
from server.cli import main
from server.engine import Engine
from server.storage import ballots
from server.trail.verify import verify
from server.workshop import commands as c
from server.workshop.given import Actor

NAME, AGENCY = "Ibu Sri Rahayu Kencana", "Dinas Kelautan Rahasia"
WHY_GONE = "Ibu Sri dipindahkan karena melapor"
SEAT, SEATS = 5, 40
PAD = " panjang" * 40  # so that reasons fill pages and spill over


def reason(seat: int, number: int, item: str) -> str:
    return f"Alasan kursi {seat} putaran {number} butir {item}:{PAD}"


def answers(seat: int, number: int, rev: int = 1) -> c.PutAnswers:
    return c.PutAnswers(
        round=number,
        answers=[
            c.AnswerIn(item=f"1.{i}", rev=rev, key=f"{seat}-{number}-{i}-{rev}", value=1 + (seat + i) % 5,
                       reason=reason(seat, number, f"1.{i}"))
            for i in (1, 2, 3)
        ],
    )  # fmt: skip


def round_of(engine: Engine, number: int, seats: Iterable[int], *, close: bool = True) -> None:
    engine.submit(W, ORGANISER, c.OpenRound(group="D1", items="all"))
    for rev in (1, 2):  # everybody changes their mind once
        for seat in seats:
            engine.put_answers(W, seat, answers(seat, number, rev))
    if close:
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        show(engine)


def spoken(engine: Engine) -> Engine:
    """A disclosed round, one cancelled after it was shown, and an open one with a paper ballot."""
    engine.create(order(), ORGANISER)
    rows = [c.SeatRow(group="D1", name=f"Peserta {seat}", agency=f"Dinas {seat}") for seat in range(1, SEATS + 1)]
    rows[SEAT - 1] = c.SeatRow(group="D1", name=NAME, agency=AGENCY)
    engine.submit(W, ORGANISER, c.IssueSeats(rows=rows))
    engine.submit(W, ORGANISER, c.Start())
    for seat in range(1, SEATS + 1):
        engine.join(W, seat, None, "card")
    everyone = range(1, SEATS + 1)
    round_of(engine, 1, everyone)
    round_of(engine, 2, everyone)
    engine.submit(W, ORGANISER, c.VoidRound(group="D1", reason="x"))
    round_of(engine, 3, (seat for seat in everyone if seat != SEAT), close=False)
    paper = [c.PaperAnswer(item="1.1", value=4, reason=reason(SEAT, 3, "kertas"))]
    engine.submit(W, Actor("staff/7", "officer"), c.EnterPaper(group="D1", ballot=SEAT, answers=paper))
    engine.submit(W, Actor("staff/8", "officer"), c.ConfirmPaper(group="D1", ballot=SEAT))
    return engine


def secrets(engine: Engine) -> dict[str, bytes]:
    """Everything of this person that must go, as bytes to look for."""
    with engine._database.read() as connection:
        voice = ballots.voice_of(connection, W, SEAT)
    assert voice is not None
    found = {"name": NAME, "agency": AGENCY, "voice": voice, "paper": reason(SEAT, 3, "kertas")[:40]}
    found |= {f"reason {n}": reason(SEAT, n, "1.2")[:40] for n in (1, 2)}
    mine = [o for o in engine.openings(W) if o.name == "ballot" and o.content["voice"] == voice]
    found |= {f"salt {o.seq}": o.salt for o in mine}
    assert len(mine) == 2
    return {what: text.encode() for what, text in found.items()}


def still_on_disk(folder: Path, looked_for: dict[str, bytes]) -> dict[str, str]:
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        what: path.name for what, text in looked_for.items() for path, data in files.items() if text in data
    }


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with running(tmp_path / "data") as engine:
        yield spoken(engine)


def test_not_one_byte_of_an_erased_person_is_left_in_the_files(tmp_path: Path, engine: Engine) -> None:
    looked_for = secrets(engine)
    assert still_on_disk(tmp_path / "data", looked_for).keys() == looked_for.keys()
    engine.submit(W, ORGANISER, c.EraseSeat(seat=SEAT))
    engine.tick()  # empties the log, as a running server does
    assert still_on_disk(tmp_path / "data", looked_for) == {}
    others = {"another's name": b"Peserta 6", "another's reason": reason(6, 1, "1.2").encode()}
    assert still_on_disk(tmp_path / "data", others).keys() == others.keys()


def test_what_was_erased_is_withheld_in_the_bundle_and_everything_still_verifies(
    tmp_path: Path, engine: Engine
) -> None:
    looked_for = secrets(engine)
    engine.submit(W, ORGANISER, c.EraseSeat(seat=SEAT))
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
    show(engine)
    finish(engine)
    report = verdict(engine, tmp_path)
    assert (report.status, report.problems) == ("INCOMPLETE", ())
    assert "erased openings of ballot.cast: 2" in report.withheld
    path = bundled(engine, tmp_path)
    assert verify(path).exit_code == 2
    with zipfile.ZipFile(path) as bundle:
        inside = b"".join(bundle.read(name) for name in bundle.namelist())
    assert [what for what, text in looked_for.items() if text in inside] == []


def test_erasing_after_the_freeze_reaches_the_snapshot_too(tmp_path: Path) -> None:
    with running(tmp_path / "data") as engine:
        spoken(engine)
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        show(engine)
        finish(engine)
        looked_for = secrets_of_all_rounds(engine)
        engine.submit(W, ORGANISER, c.EraseSeat(seat=SEAT))
        engine.tick()
        assert still_on_disk(tmp_path / "data", looked_for) == {}
        state = engine.state(W)
    with running(tmp_path / "data") as engine:
        assert engine.state(W) == state


def secrets_of_all_rounds(engine: Engine) -> dict[str, bytes]:
    with engine._database.read() as connection:
        voice = ballots.voice_of(connection, W, SEAT)
    assert voice is not None
    return {"name": NAME.encode(), "voice": voice.encode(), "paper": reason(SEAT, 3, "kertas")[:40].encode()}


def test_why_a_seat_was_revoked_goes_with_the_person(tmp_path: Path, engine: Engine) -> None:
    engine.submit(W, ORGANISER, c.RevokeSeat(seat=SEAT, reason=WHY_GONE))
    engine.submit(W, ORGANISER, c.RevokeSeat(seat=SEAT + 1, reason="kartu hilang"))
    looked_for = {"why": WHY_GONE.encode()}
    assert still_on_disk(tmp_path / "data", looked_for).keys() == {"why"}
    engine.submit(W, ORGANISER, c.EraseSeat(seat=SEAT))
    engine.tick()
    assert still_on_disk(tmp_path / "data", looked_for) == {}
    assert still_on_disk(tmp_path / "data", {"other": b"kartu hilang"}).keys() == {"other"}


def test_the_verb_erases_beside_a_running_server_which_then_shows_nothing_of_it(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    looked_for = secrets(engine)
    where = ["--data-dir", str(tmp_path / "data")]
    assert main(["erase-seat", "--workshop", W, "--seat", str(SEAT), "--json", *where]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    # Two ballots, and two entries that say which seat the paper was of.
    assert (told["openings"], told["log_emptied"], told["kept"]) == (4, True, [])
    assert still_on_disk(tmp_path / "data", looked_for) == {}
    assert engine.look(W).seats[SEAT].status == "revoked" and engine.state(W).size == told["entry"] + 1
    assert NAME not in str([entry.contents for entry in engine.entries(W)])
    assert main(["erase-seat", "--workshop", W, "--seat", "99", *where]) == 2
    assert capsys.readouterr().err.endswith("[unknown_seat]\n")


def test_an_older_database_that_a_restore_put_aside_is_named_for_it_still_holds_the_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    with running(data) as engine:
        spoken(engine)
        backup, _ = take(settings(data), tmp_path / "out")
    _, _, aside = restore(settings(data), backup)
    assert main(["erase-seat", "--workshop", W, "--seat", str(SEAT), "--data-dir", str(data)]) == 0
    assert f"delete {aside}" in capsys.readouterr().out
