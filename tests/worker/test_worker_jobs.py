"""Imports, reports and bundles are the same from a worker, errors come back as they were raised, and nothing leaks.

Witness: the same work done in this process.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from consensus import Framework
from consensus.errors import ConsensusError
from server.imports.baseline import read_baseline
from server.imports.faults import Excerpt, Fault, ImportFault
from server.imports.seats import read_seats
from server.reports import ReportError
from server.reports.spreadsheet import Style
from server.reports.stepping import replay
from server.storage import StorageError
from server.storage.database import Database
from server.trail import TrailError
from server.worker import jobs
from server.worker.child import answer
from server.worker.hands import Hands
from server.worker.workers import Workers
from server.workshop.refusals import Refusal
from server.workshop.state import State
from tests.small_hall import FRAMEWORK, refused
from tests.web_hall import house
from tests.worker.played import wait_until
from tests.workshop.play import table

SURVEY = b"indicator,stream,score,answered,asked\r\n1.1,interview,\"2,10\",3,3\r\n2.1,metric,,0,3\r\n"
PEOPLE = b"kelompok,nama,jenis kelamin\r\nD1,Siti Rahma,p\r\nD2,Joko,l\r\n"
GROUPS = {"D1": {"en": "One", "id": "Satu"}, "D2": {"en": "Two", "id": "Dua"}}


def test_a_survey_and_a_list_of_people_are_read_alike(workers: Workers) -> None:
    framework, hands = Framework.from_document(FRAMEWORK), Hands(workers)
    assert hands.read_baseline(SURVEY, "s.csv", framework) == read_baseline(SURVEY, "s.csv", framework)
    assert hands.read_seats(PEOPLE, "p.csv", GROUPS) == read_seats(PEOPLE, "p.csv", GROUPS)


def test_every_fault_of_a_file_comes_back_by_row_and_column(workers: Workers) -> None:
    with pytest.raises(ImportFault) as here:
        read_seats(b"group,gender\r\nD9,x\r\n", "p.csv", GROUPS)
    with pytest.raises(ImportFault) as there:
        Hands(workers).read_seats(b"group,gender\r\nD9,x\r\n", "p.csv", GROUPS)
    assert len(here.value.faults) == 2
    assert (there.value.faults, there.value.code, str(there.value)) == (
        here.value.faults, here.value.code, str(here.value),
    )  # fmt: skip


@pytest.mark.parametrize(
    "fault",
    [ImportFault((Fault(2, "group", "unknown_group", {"written": "D9", "choices": "D1"}),),
                 Excerpt(1, ("group",), ((2, ("D9",)),))), Refusal("not_allowed", allowed="organiser"),
     StorageError("database_locked", "Another program holds it."), TrailError("not_nfc", "A text is not NFC."),
     ReportError("report_empty", "Nothing is disclosed."), ConsensusError("ratings", "off_scale", "6 is off.", row=1)],
    ids=lambda fault: type(fault).__name__,
)  # fmt: skip
def test_an_error_that_is_an_answer_comes_back_as_it_was_raised(fault: Exception) -> None:
    job = jobs.ReadSeats(b"", "", {})
    with pytest.raises(type(fault)) as caught:
        jobs.result(job, jobs.packed_error(fault))
    assert (vars(caught.value), str(caught.value)) == (vars(fault), str(fault))


def test_a_job_that_breaks_down_is_told_apart_from_a_worker_that_dies(workers: Workers) -> None:
    broken = jobs.AssessRound(State(), "no such group", {})
    with pytest.raises(jobs.WorkFailed, match="KeyError"):
        workers.do(broken)
    first = workers.figures.pid
    with pytest.raises(jobs.WorkFailed):
        workers.do(broken)
    assert workers.figures.pid == first


def test_bytes_that_are_no_job_are_answered_and_not_believed() -> None:
    with pytest.raises(jobs.WorkFailed, match="ValidationError"):
        jobs.result(jobs.ReadSeats(b"", "", {}), answer(b"\x93\xa5shell\x01\x02"))


def test_report_and_bundles_of_a_worker_are_byte_for_byte_those_made_here(tmp_path: Path, workers: Workers) -> None:
    with house(tmp_path) as hall:
        hall.hold()
        hall.round(1, 2, 3, 4, 4, 5, reasons={0: "karena banjir"})
        for group in ("D1", "D2"):
            hall.ok("conclude", group=group)
        hall.ok("freeze")
        made = hall.app.services
        source = jobs.Source(hall.app.settings.database_url, hall.workshop, hall.app.engine.vkey(hall.workshop))
        assert workers.do(jobs.MakeReport(source, "id")) == made.reports["report.html"](hall.workshop, "id")
        style = Style(bom=True, decimal_comma=True, semicolons=True)
        assert workers.do(jobs.MakeTable(source, 5, style)) == made.results(hall.workshop, style)
        for disclose in ("public", "full"):
            path, digest = made.bundle(hall.workshop, disclose)
            there = tmp_path / f"{disclose}.zip"
            job: Any = jobs.MakeBundle(source, disclose, 5, "en", str(there))  # type: ignore[arg-type]  # a literal
            assert workers.do(job) == digest and there.read_bytes() == path.read_bytes()
            told = replay(there, "en", handed_in=True)
            assert workers.do(jobs.StepThrough(str(there), "en")) == told and told.told is not None


def test_a_database_opened_for_reading_takes_no_change(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mufakat.db'}"
    Database(url).close()
    reading = Database(url, reading=True)
    with reading.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM workshops")).scalar() == 0
    with pytest.raises(StorageError) as caught, reading.write() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    assert caught.value.code == "directory_unwritable"  # SQLite calls it read-only
    reading.close()


def test_a_worker_knows_no_setting_of_the_server(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUFAKAT_KEY_PASSPHRASE", "rahasia-sekali")
    workers.start()
    for worker in (workers.figures, workers.documents):
        told = Path(f"/proc/{worker.pid}/environ")
        wait_until(lambda told=told: b"PYTHONPATH=" in told.read_bytes())  # type: ignore[misc]  # until it has begun
        assert b"MUFAKAT" not in told.read_bytes() and b"rahasia" not in told.read_bytes()


def test_what_a_library_prints_does_not_get_among_the_answers(
    workers: Workers, beginning: Callable[[str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    beginning(
        "import sys\n"
        "class Loud:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'consensus': print('loud library', flush=True)\n"
        "sys.meta_path.insert(0, Loud())\n"
    )
    assert Hands(workers).read_seats(PEOPLE, "p.csv", GROUPS) == read_seats(PEOPLE, "p.csv", GROUPS)
    assert capfd.readouterr() == ("", "loud library\n")


def test_what_experts_ask_comes_from_a_worker_as_from_here(workers: Workers) -> None:
    played = table(seats=8)
    played.round("D1", {seat: {"1.1": 1 + seat % 5, "1.2": 3} for seat in range(1, 9)}, items=["1.1", "1.2"])
    cast = {number: tuple(given) for number, given in played.ballots["D1"].items()}
    for job in (
        jobs.ExplainGroup(played.state, "D1", cast), jobs.MeasureGroup(played.state, "D1", cast),
        jobs.WeighProfile(played.state, {"D1": cast}, 7), jobs.WeighRules(6, 5), jobs.WeighRule({"quorum": 6}, 6, 5),
    ):  # fmt: skip
        here = Hands().do(job)
        assert here is not None and Hands(workers).do(job) == here


def test_a_rule_that_will_not_do_is_refused_by_a_worker_as_here(workers: Workers) -> None:
    for hands in (Hands(), Hands(workers)):
        refusal = refused("bad_rule", hands.do, jobs.WeighRule({"quorum": 1}, 6, 5))
        problem = "`quorum` cannot be 1; use a whole number from 2 to 1000"
        assert refusal.detail == {"clause": "quorum", "problem": problem}
