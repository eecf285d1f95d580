"""Paper ballots over HTTP: who sees what of them, sheet by sheet, counted once and kept in the record as paper."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from server.trail.verify import verify
from server.workshop.papers import check_letter
from tests.web_hall import API, ITEMS, Caller, Hall, problem


@pytest.fixture
def officers(voting: Hall) -> tuple[Caller, Caller]:
    """Two officers of an open round; seats 7 and 8 have joined with no phone."""
    voting.ok("issue_seats", group="D1", count=2)
    return voting.staff("Budi", "officer"), voting.staff("Citra", "officer")


def typed(*values: int) -> list[dict[str, Any]]:
    return [{"item": item, "value": value} for item, value in zip(ITEMS, values, strict=False)]


def letter(hall: Hall, ballot: int) -> str:
    return check_letter(hall.workshop, ballot)


def enter(hall: Hall, by: Caller, ballot: int, *values: int) -> None:
    fields = {"group": "D1", "ballot": ballot, "check": letter(hall, ballot), "answers": typed(*values)}
    told = hall.command("enter_paper", by, **fields)
    assert told.status_code == 200, told.json


def sheet(hall: Hall, by: Caller, ballot: int, check: str | None = None) -> Any:
    return by.get(f"{hall.here}/papers/D1/{ballot}?check={check or letter(hall, ballot)}")


def test_the_desk_tells_numbers_and_who_entered_what_and_no_answer(
    voting: Hall, officers: tuple[Caller, Caller]
) -> None:
    first, second = officers
    voting.vote(3, 3)
    enter(voting, first, 7, 5, 4, 3)
    enter(voting, first, 3, 1)
    voting.seats[2].put("/answers", {"round": 1, "answers": [{"item": "1.1", "rev": 1, "key": "k", "value": 2}]})
    told = second.get(f"{voting.here}/papers").json
    assert set(told) == {"workshop", "title", "synthetic", "rehearsal", "phase", "scale", "groups"}
    budi = next(f"staff/{a.id}" for a in voting.app.passes.accounts() if a.name == "Budi")
    waits = {"by": budi, "mine": False}
    assert told["groups"][0] == {
        "id": "D1", "name": told["groups"][0]["name"], "kind": "dimension", "dimension": 1, "open": True, "round": 1,
        "items": told["groups"][0]["items"], "ballots": [1, 2, 3, 4, 5, 6, 7, 8], "papers": 0,
        "waiting": [{"ballot": 3, "answered": True} | waits, {"ballot": 7, "answered": False} | waits],
    }  # fmt: skip
    assert [item["id"] for item in told["groups"][0]["items"]] == list(ITEMS)
    shut = told["groups"][1]
    assert [shut[name] for name in ("open", "round", "items", "ballots", "waiting")] == [False, None, [], [], []]
    assert [w["mine"] for w in first.get(f"{voting.here}/papers").json["groups"][0]["waiting"]] == [True, True]


def test_what_one_officer_read_is_told_to_another_who_holds_the_sheet_and_to_nobody_else(
    voting: Hall, officers: tuple[Caller, Caller]
) -> None:
    first, second = officers
    blank = {"group": "D1", "round": 1, "ballot": 7, "by": None, "mine": False, "seen": None, "answers": []}
    assert sheet(voting, second, 7).json == blank
    enter(voting, first, 7, 5)
    mine, theirs = sheet(voting, first, 7).json, sheet(voting, second, 7).json
    assert (mine["mine"], mine["seen"], mine["answers"]) == (True, None, [])
    read = {"item": "1.1", "value": 5, "cannot": None, "confidence": None, "reason": None}
    assert (theirs["mine"], theirs["answers"], len(theirs["seen"])) == (False, [read], 64)
    wrong = "A" if letter(voting, 7) != "A" else "B"
    for check in (wrong, "?"):
        problem(sheet(voting, second, 7, check), 422, "wrong_check")
    problem(sheet(voting, second, 99), 422, "unknown_seat")
    problem(second.get(f"{voting.here}/papers/D9/7?check={letter(voting, 7)}"), 404, "unknown_group")
    for role in ("facilitator", "observer"):
        problem(sheet(voting, voting.staff(role, role), 7), 403, "not_allowed")
        problem(voting.staff(role + "2", role).get(f"{voting.here}/papers"), 403, "not_allowed")
    problem(sheet(voting, voting.seats[0], 7), 403, "not_allowed")
    assert sheet(voting, voting.organiser, 7).json["answers"] == [read]


def test_a_second_officer_confirms_what_they_saw_or_sends_it_back(
    voting: Hall, officers: tuple[Caller, Caller]
) -> None:
    first, second = officers
    enter(voting, first, 7, 5, 4, 3)
    problem(voting.command("confirm_paper", first, group="D1", ballot=7), 403, "same_officer")
    seen = sheet(voting, second, 7).json["seen"]
    enter(voting, first, 7, 5, 4, 2)
    told = voting.command("confirm_paper", second, group="D1", ballot=7, seen=seen)
    body = problem(told, 409, "paper_changed")
    assert "hold it against the sheet once more" in body["detail"] and "state" not in body
    enter(voting, second, 7, 5, 4, 1)  # sent back, corrected
    problem(voting.command("confirm_paper", second, group="D1", ballot=7), 403, "same_officer")
    seen = sheet(voting, first, 7).json["seen"]
    assert voting.command("confirm_paper", first, group="D1", ballot=7, seen=seen).status_code == 200
    problem(sheet(voting, second, 7), 409, "seat_has_answered")
    assert second.get(f"{voting.here}/papers").json["groups"][0]["papers"] == 1


def test_a_late_paper_says_what_would_work(voting: Hall, officers: tuple[Caller, Caller]) -> None:
    first, second = officers
    enter(voting, first, 7, 5)
    voting.ok("close_round", group="D1")
    for told in (sheet(voting, second, 7), voting.command("confirm_paper", second, group="D1", ballot=7),
                 voting.command("enter_paper", first, group="D1", ballot=8, answers=typed(3))):  # fmt: skip
        assert "may open the round again" in problem(told, 409, "paper_late")["detail"]
    assert second.get(f"{voting.here}/papers").json["groups"][0]["waiting"] == []
    voting.ok("reopen_round", group="D1")
    assert voting.command("confirm_paper", second, group="D1", ballot=7).status_code == 200


# --- the role ---------------------------------------------------------------------------------------------------------


def test_an_officer_has_paper_ballots_and_nothing_else(voting: Hall, officers: tuple[Caller, Caller]) -> None:
    budi, here = officers[0], voting.here
    for path in ("", "/trail", "/profile", "/rounds/D1/1", "/desk", "/people", "/bundle", "/checkpoint", "/certainty",
                 "/groups/D1/expert"):  # fmt: skip
        problem(budi.get(here + path), 403, "not_allowed")
    problem(budi.get("/preflight"), 403, "not_allowed")
    problem(voting.command("close_round", budi, group="D1"), 403, "not_allowed")
    assert "state" not in problem(voting.command("confirm_paper", budi, group="D1", ballot=7), 409, "no_such_paper")
    browser = voting.browser()
    browser.set_cookie("mufakat_staff", budi.headers["Authorization"].removeprefix("Bearer "))
    w = voting.workshop
    told = {path: browser.get(path).status_code for path in (
        f"/console/{w}", f"/console/{w}/prints", f"/display/{w}", "/console/gallery", "/console/accounts", "/replay",
        "/preflight", f"/console/{w}/experts/D1", f"/console/{w}/certainty", "/paper", f"/paper/{w}",
    )}  # fmt: skip
    assert told == dict.fromkeys(told, 403) | {"/paper": 200, f"/paper/{w}": 200}
    assert browser.get("/console").location == "/paper"
    assert budi.post("/sign-out").status_code == 204


@pytest.mark.parametrize(("role", "status"), [("organiser", 200), ("facilitator", 403), ("observer", 403)])
def test_of_others_only_the_organiser_sees_the_officers_pages(voting: Hall, role: str, status: int) -> None:
    browser = voting.browser()
    assert browser.get("/paper").location == "/sign-in?next=/paper"
    browser.set_cookie("mufakat_staff", voting.staff(role, role).headers["Authorization"].removeprefix("Bearer "))
    assert [browser.get(path).status_code for path in ("/paper", f"/paper/{voting.workshop}")] == [status, status]


# --- the record -------------------------------------------------------------------------------------------------------


def test_a_paper_is_counted_once_recorded_as_paper_and_the_bundle_verifies_twice(
    voting: Hall, officers: tuple[Caller, Caller], tmp_path: Path
) -> None:
    first, second = officers
    voting.vote(3, 3, 3, 3, 4)  # seat 6 has joined, and votes on paper
    for ballot in (6, 7):
        enter(voting, first, ballot, 4, 4, 4)
        assert voting.command("confirm_paper", second, group="D1", ballot=ballot).status_code == 200
    state = voting.organiser.get(voting.here).json
    assert state["groups"][0]["rounds"][0]["papers"] == 2
    assert {s["seat"]: (s["channel"], s["status"]) for s in state["seats"]}[7] == ("paper", "taken")
    voting.ok("close_round", group="D1")
    voting.ok("disclose", group="D1")
    figures = voting.organiser.get(f"{voting.here}/rounds/D1/1").json["items"][0]
    assert (figures["seated"], figures["answered"], figures["counts"]) == (7, 7, [0, 0, 4, 3, 0])
    voting.ok("reveal", group="D1", baseline=True, reasons=True)
    for group in ("D1", "D2"):
        voting.ok("conclude", group=group)
    voting.ok("freeze")
    for disclose in ("full", "public"):
        file = tmp_path / f"{disclose}.zip"
        with voting.organiser.get(f"{voting.here}/bundle?disclose={disclose}") as told:
            file.write_bytes(told.data)
        with zipfile.ZipFile(file) as packed:
            (tmp_path / "verify.py").write_bytes(packed.read("verify.py"))
            lines = [json.loads(line) for line in packed.read("trail.jsonl").splitlines()]
            report = packed.read("report.html").decode()
        own = subprocess.run([sys.executable, "-I", tmp_path / "verify.py", file], capture_output=True, check=False)
        assert (verify(file).status, own.returncode) == {"full": ("VALID", 0), "public": ("INCOMPLETE", 2)}[disclose]
        channels = [line["body"]["channel"] for line in lines if line["kind"] == "seat.taken"]
        assert channels == ["card"] * 6 + ["paper"]
        assert sum(line["kind"] == "paper.confirmed" for line in lines) == 2
        assert "putaran 1: 2. Masing-masing dimasukkan" in report or "round 1: 2. Each was entered" in report


# --- accounts ---------------------------------------------------------------------------------------------------------


def test_an_organiser_makes_officers_who_sign_in_and_closes_their_accounts(hall: Hall) -> None:
    asked = {"name": "Budi", "role": "officer", "password": "kertas-kertas"}
    told = hall.organiser.post("/staff", asked)
    made = {"staff": "staff/2", "name": "Budi", "role": "officer", "groups": None, "active": True, "password": True}
    assert (told.status_code, told.json[1]) == (201, made)
    problem(hall.organiser.post("/staff", asked), 409, "name_taken")
    problem(hall.organiser.post("/staff", asked | {"name": "Dewi", "groups": ["D1"]}), 422, "malformed")
    problem(hall.organiser.post("/staff", asked | {"name": "Dewi", "password": "pendek"}), 422, "malformed")
    signed = hall.caller().post("/sign-in", {"name": "Budi", "password": "kertas-kertas"}).json
    budi = hall.caller(signed["pass"])
    assert signed["role"] == "officer" and budi.get("/workshops").status_code == 200
    for method, path in (("GET", "/staff"), ("POST", "/staff"), ("POST", "/staff/1/close")):
        problem(budi.ask(method, path, json=asked if method == "POST" else None), 403, "not_allowed")
    problem(hall.organiser.post("/staff/1/close", {}), 409, "own_account")
    problem(hall.organiser.post("/staff/9/close", {}), 404, "unknown_account")
    assert hall.organiser.post("/staff/2/close", {}).json[1] == made | {"active": False}
    problem(budi.get("/workshops"), 401, "pass_revoked")
    assert f"{API}/staff" in hall.organiser.get("/openapi.json").json["paths"]
