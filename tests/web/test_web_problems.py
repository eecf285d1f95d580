"""What is said when something will not do: one form, one table of statuses, no insides."""

import logging

import pytest

from server.storage import StorageError
from server.storage.database import Database
from server.web.problems import STATUS
from server.workshop.refusals import CODES
from tests.web_hall import API, Hall, problem


def test_every_refusal_has_one_status() -> None:
    assert set(STATUS) == set(CODES)
    assert set(STATUS.values()) == {400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503}


def test_an_address_that_is_not_there_is_a_problem_too(hall: Hall) -> None:
    for path in ("/nowhere", "/workshops/w1/rounds/D1/first", "/workshops/w1/proof/-1"):
        body = problem(hall.organiser.get(path), 404, "not_found")
        assert body["detail"] == "There is nothing at this address; see /api/v1/docs."


def test_a_method_that_is_not_taken_says_which_are(hall: Hall) -> None:
    told = hall.organiser.ask("DELETE", "/answers")
    assert problem(told, 405, "method_not_allowed")["detail"].startswith("This address does not take DELETE")
    assert told.headers["Allow"] == "PUT"
    problem(hall.organiser.ask("OPTIONS", "/answers"), 405, "method_not_allowed")


def test_a_problem_is_never_kept_guessed_or_framed(hall: Hall) -> None:
    headers = hall.caller().get("/ballot").headers
    assert {name: headers[name] for name in ("Cache-Control", "X-Content-Type-Options", "Referrer-Policy")} == {
        "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    }  # fmt: skip
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_an_unexpected_fault_is_logged_with_an_id_and_tells_the_caller_nothing(
    hall: Hall, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the password is 12345")

    monkeypatch.setattr(hall.app.engine, "workshops", fail)
    with caplog.at_level(logging.ERROR):
        told = hall.organiser.get("/workshops")
    body = problem(told, 500, "internal")
    assert "12345" not in told.text and "ZeroDivision" not in told.text
    assert body["id"] in caplog.text and "ZeroDivisionError" in caplog.text


def test_a_disk_that_takes_nothing_is_said_so_and_readiness_really_writes(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.hold()
    hall.ok("open_round", group="D1", items="all")
    browser = hall.browser()
    assert browser.get("/readyz").json == {"status": "ready"}

    def full(*_: object) -> None:
        raise StorageError("not_saved", "The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(Database, "_commit", full)
        problem(browser.get("/readyz"), 503, "not_saved")
        told = hall.seats[0].put(
            "/answers", {"round": 1, "answers": [{"item": "1.1", "rev": 1, "key": "k", "value": 3}]}
        )
        problem(told, 503, "not_saved")
        problem(hall.command("pause_round", group="D1"), 503, "not_saved")
        assert browser.get("/healthz").status_code == 200
    assert hall.seats[0].get("/ballot").json["items"][0]["mine"] is None
    assert browser.get("/readyz").status_code == 200


def test_metrics_are_counts_of_what_is_there(hall: Hall) -> None:
    hall.hold()
    hall.round(3, 3, 3, 4, 4, 5)
    hall.ok("open_round", group="D1", items="all")
    hall.vote(3, 3, number=2)
    text = hall.browser().get("/metrics").text
    told = dict(line.removeprefix("mufakat_").split(" ") for line in text.splitlines() if not line.startswith("#"))
    size = hall.organiser.get(hall.here).json["size"]
    assert told == {
        "workshops": "1", "workshops_running": "1", "trail_entries": str(size), "seats": "6", "seats_taken": "6",
        "rounds_open": "1", "rounds_disclosed": "1", "ballots_started": "2", "ballots_finished": "2",
        "phone_checks_passed": "0",
    }  # fmt: skip


def test_the_language_is_that_of_the_call_then_of_the_browser_then_of_the_house(hall: Hall) -> None:
    browser = hall.browser()

    def said(path: str = "/nowhere", **headers: str) -> str:
        return str(browser.get(API + path, headers=headers).json["detail"])

    indonesian, english = CODES["not_found"]["id"], CODES["not_found"]["en"]
    assert said() == indonesian
    assert said(**{"Accept-Language": "en-GB,en;q=0.8"}) == english
    assert said(**{"Accept-Language": "fr, de;q=0.5"}) == indonesian
    browser.set_cookie("mufakat_language", "en")
    assert said(**{"Accept-Language": "id"}) == english
    assert said("/nowhere?language=id") == indonesian
