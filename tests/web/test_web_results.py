"""What came out, over HTTP: rounds, profile, trail, proofs, bundles, reports, and whom each is told to."""

import csv
import hashlib
import io
import zipfile
from typing import Any

import pytest

from server.reports.spreadsheet import Style, styled
from server.trail.note import Verifier
from server.trail.proof import ProofFile
from server.trail.verify import verify
from tests.web_hall import Caller, Hall, problem

VALUES = (3, 3, 3, 3, 4, 4)


def frozen(hall: Hall, **more: Any) -> Hall:
    hall.hold(**more)
    hall.round(*VALUES)
    for group in ("D1", "D2"):
        hall.ok("conclude", group=group)
    hall.ok("freeze")
    return hall


def fetched(by: Caller, path: str) -> tuple[int, str, bytes]:
    with by.get(path) as told:
        return told.status_code, told.content_type, told.data


def test_a_round_is_the_staffs_once_disclosed_and_the_seats_once_revealed(voting: Hall) -> None:
    here, seat = f"{voting.here}/rounds/D1/1", voting.seats[0]
    voting.vote(*VALUES)
    problem(voting.organiser.get(here), 404, "not_yet")
    voting.ok("close_round", group="D1")
    problem(voting.organiser.get(here), 404, "not_yet")
    voting.ok("disclose", group="D1")
    body = problem(seat.get(here), 404, "not_yet")
    assert body["detail"] == "This is not shown before round 1 is shown to the hall."
    item = voting.organiser.get(here).json["items"][0]
    # By hand: four threes and two fours; nearest-rank-free medians of STATISTICS.md on six values.
    assert (item["n"], item["counts"], item["median"], item["in_pair"]) == (6, [0, 0, 4, 2, 0], "3.000000", 6)
    voting.ok("reveal", group="D1")
    assert seat.get(here).json["items"][0]["median"] == "3.000000"


def test_a_seat_sees_the_rounds_of_its_own_group_alone(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES)
    card = hall.ok("issue_seats", group="D2", count=1)["cards"][0]
    other = hall.caller(hall.caller().post("/join", {"code": card["code"]}).json["pass"])
    problem(other.get(f"{hall.here}/rounds/D1/1"), 403, "other_group")
    problem(hall.seats[0].get(f"{hall.here}/rounds/D9/1"), 404, "unknown_group")


def test_a_moderated_reason_is_gone_from_the_hall_and_still_named_to_staff(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES, reveal=False, reasons={0: "nama pejabat", 1: "data 2023"})
    here = f"{hall.here}/rounds/D1/1"
    told = {r["text"]: r["id"] for r in hall.organiser.get(here).json["items"][0]["reasons"]}
    assert set(told.values()) == {"1/1.1/1", "1/1.1/2"}
    hall.ok("moderate", group="D1", reason_id=told["nama pejabat"], why="names a person")
    hall.ok("reveal", group="D1", reasons=True)
    seen = hall.seats[0].get(here).json["items"][0]["reasons"]
    assert seen == [{"id": told["data 2023"], "text": "data 2023", "moderated": False}]
    staff = hall.organiser.get(here).json["items"][0]["reasons"]
    assert {(r["text"], r["moderated"]) for r in staff} == {("nama pejabat", True), ("data 2023", False)}
    problem(hall.command("moderate", group="D1", reason_id="1/1.1/9", why="x"), 422, "unknown_reason")


def test_the_profile_is_the_staffs_until_the_freeze_and_then_everybodys(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES)
    here = f"{hall.here}/profile"
    problem(hall.seats[0].get(here), 404, "not_yet")
    before = hall.organiser.get(here).json
    assert before["final"] is False
    for group in ("D1", "D2"):
        hall.ok("conclude", group=group)
    hall.ok("freeze")
    told = hall.seats[0].get(here).json
    assert (told["final"], told["frozen_at"]) == (True, "2026-11-22T02:15:09Z")
    assert told == hall.organiser.get(here).json | {"language": "en"}
    [dimension] = [node for node in told["nodes"] if node["id"] == "D1"]
    # By hand: three items with median 3 on 1-5; (3 - 1) / 4 = 50 %, where the band "good" begins.
    assert dimension["streams"]["workshop"] == {
        "value": "3.000000", "low": None, "high": None, "percent": "50.000000",
        "band": {"key": "good", "name": "Good"}, "agreed": 3, "of": 3, "withheld": False, "completeness": None,
    }  # fmt: skip


def test_completeness_is_written_the_way_the_language_writes_it(hall: Hall) -> None:
    hall.workshop = hall.create().json["workshop"]
    head = "indicator,stream,score,answered,asked\r\n"
    rows = "".join(f"{item},interview,3,52,52\r\n{item},metric,3,{got},52\r\n"
                   for item, got in (("1.1", 52), ("1.2", 51), ("1.3", 0)))  # fmt: skip
    data = head + rows.replace("1.3,metric,3,0", "1.3,metric,,0")
    told = hall.organiser.ask("POST", f"{hall.here}/imports/baseline", data=data.encode(), content_type="text/csv")
    assert told.status_code == 200, told.json

    def shares(language: str) -> dict[str, Any]:
        return hall.organiser.get(f"{hall.here}/profile", headers={"Accept-Language": language}).json["completeness"]

    # Semarang's own figures: 156 of 156 interview questions, 103 of 156 metrics.
    assert shares("id") == {"interview": {"answered": 156, "asked": 156, "text": "100 %"},
                            "metric": {"answered": 103, "asked": 156, "text": "66,03 %"}}  # fmt: skip
    assert shares("en")["metric"]["text"] == "66.03%"


# --- the trail --------------------------------------------------------------------------------------------------------


def test_an_entry_is_proved_under_the_signed_head(hall: Hall) -> None:
    hall.hold()
    problem(hall.seats[0].get(f"{hall.here}/checkpoint"), 404, "not_yet")
    problem(hall.seats[0].get(f"{hall.here}/proof/0"), 404, "not_yet")
    hall.round(*VALUES)
    note = hall.seats[0].get(f"{hall.here}/checkpoint").text
    verifier = Verifier.parse(hall.app.engine.vkey(hall.workshop))
    lines = hall.organiser.get(f"{hall.here}/trail").json["entries"]
    told = hall.seats[0].get(f"{hall.here}/proof/3")
    assert told.content_type == "text/plain; charset=utf-8"
    proof = ProofFile.parse(told.text)
    head = proof.check(lines[3]["line"].encode(), verifier)
    assert (proof.checkpoint, head.size) == (note, int(note.split("\n")[1]))
    problem(hall.seats[0].get(f"{hall.here}/proof/{head.size}"), 404, "not_yet")


def test_staff_read_the_whole_trail_and_the_hall_what_it_may(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES, reasons={0: "rahasia"})
    staff = hall.organiser.get(f"{hall.here}/trail").json
    assert [entry["seq"] for entry in staff["entries"]] == list(range(staff["size"]))
    assert (staff["next"], "rahasia" in str(staff)) == (None, False)
    seen = hall.seats[0].get(f"{hall.here}/trail").json
    kinds = {entry["seq"]: entry["line"].split('"kind":"')[1].split('"')[0] for entry in staff["entries"]}
    assert [e["seq"] for e in seen["entries"]] == [s for s, kind in kinds.items() if not kind.startswith("seat.")]
    assert hall.organiser.get(f"{hall.here}/trail?from={staff['size'] - 1}").json["entries"] == staff["entries"][-1:]
    problem(hall.organiser.get(f"{hall.here}/trail?from=-1"), 422, "malformed")


# --- files ------------------------------------------------------------------------------------------------------------


def test_the_bundle_waits_for_the_freeze(voting: Hall) -> None:
    body = problem(voting.organiser.get(f"{voting.here}/bundle"), 409, "not_frozen")
    assert body["detail"] == "The index is not frozen yet; this can be done afterwards."
    problem(voting.seats[0].get(f"{voting.here}/bundle"), 403, "not_allowed")


def test_a_full_bundle_verifies_and_is_noted_in_the_trail_with_its_digest(hall: Hall, tmp_path: Any) -> None:
    frozen(hall)
    size = hall.organiser.get(hall.here).json["size"]
    status, kind, data = fetched(hall.organiser, f"{hall.here}/bundle?disclose=full")
    assert (status, kind) == (200, "application/zip")
    file = tmp_path / "full.zip"
    file.write_bytes(data)
    report = verify(file)
    assert (report.status, report.problems) == ("VALID", ())
    [noted] = hall.organiser.get(f"{hall.here}/trail?from={size}").json["entries"]
    digest = hashlib.sha256(zipfile.ZipFile(io.BytesIO(data)).read("MANIFEST.sha256")).hexdigest()
    assert f'"digest":"{digest}","disclose":"full"' in noted["line"]


def test_a_public_bundle_is_every_staffs_and_two_of_them_are_the_same_bytes(hall: Hall) -> None:
    frozen(hall)
    eye = hall.staff("Mata", "observer")
    first, second = fetched(eye, f"{hall.here}/bundle"), fetched(eye, f"{hall.here}/bundle?disclose=public")
    assert (first[0], first == second) == (200, True)
    names = zipfile.ZipFile(io.BytesIO(first[2])).namelist()
    assert "ratings.csv" not in names and "results.csv" in names
    problem(eye.get(f"{hall.here}/bundle?disclose=full"), 403, "not_allowed")
    problem(eye.get(f"{hall.here}/bundle?disclose=some"), 422, "malformed")


def test_no_file_of_a_bundle_is_left_behind(hall: Hall) -> None:
    frozen(hall)
    assert fetched(hall.organiser, f"{hall.here}/bundle")[0] == 200
    assert [path.name for path in hall.app.settings.data_dir.glob("*.zip")] == []


@pytest.mark.parametrize(
    ("name", "code"), [("minutes.docx", "not_yet"), ("workbook.xlsx", "not_yet"), ("x.pdf", "not_found")]
)
def test_a_report_that_does_not_exist_yet_says_so(voting: Hall, name: str, code: str) -> None:
    problem(voting.organiser.get(f"{voting.here}/reports/{name}"), 404, code)
    problem(voting.staff("Mata", "observer").get(f"{voting.here}/reports/{name}"), 403, "not_allowed")


# --- tables -----------------------------------------------------------------------------------------------------------


def test_the_table_of_results_is_the_one_of_the_public_bundle_in_the_style_asked_for(hall: Hall) -> None:
    frozen(hall)
    table = f"{hall.here}/reports/results.csv"
    status, kind, plain = fetched(hall.organiser, table)
    assert (status, kind) == (200, "text/csv; charset=utf-8")
    with zipfile.ZipFile(io.BytesIO(fetched(hall.organiser, f"{hall.here}/bundle")[2])) as bundle:
        assert plain == bundle.read("results.csv")
    asked = fetched(hall.organiser, f"{table}?bom=true&decimal=comma&separator=semicolon")[2]
    assert asked == styled(plain, Style(True, True, True)) != plain
    named = hall.organiser.get(table).headers["Content-Disposition"]
    assert named == f'attachment; filename="{hall.workshop}-results.csv"'
    problem(hall.organiser.get(f"{table}?decimal=point,"), 422, "malformed")
    problem(hall.staff("Mata", "observer").get(table), 403, "not_allowed")


def test_the_table_leaves_out_what_too_few_people_said_and_waits_for_a_disclosure(hall: Hall) -> None:
    hall.hold()
    table = f"{hall.here}/reports/results.csv"
    problem(hall.organiser.get(table), 404, "not_yet")
    hall.ok("open_round", group="D1", items="all")
    hall.vote(*VALUES[:4])  # four people: their figures are nobody's to hand on
    hall.ok("close_round", group="D1")
    hall.ok("disclose", group="D1")
    rows = list(csv.DictReader(io.StringIO(fetched(hall.organiser, table)[2].decode(), newline="")))
    assert [row["median"] for row in rows] == [""] * len(rows) and len(rows) == 6
    hall.ok("void_round", group="D1", reason="gladi")
    hall.round(*VALUES, number=2)
    rows = list(csv.DictReader(io.StringIO(fetched(hall.organiser, table)[2].decode(), newline="")))
    shown = [(row["round"], row["n"], row["median"]) for row in rows if row["group"] == "D1"]
    assert shown == [("2", "6", "3.000000")] * 3
