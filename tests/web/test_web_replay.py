"""A bundle stepped through over HTTP: who may hand one in, what is answered, and that nothing of it stays."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.trail import forge
from tests.trail.story import told
from tests.web_hall import Hall, problem

VALUES = (3, 3, 4, 4, 5, 1)


@pytest.fixture(scope="module")
def bundle() -> bytes:
    return forge.write(told())


def passing(hall: Hall) -> list[Path]:
    return list(hall.app.settings.data_dir.glob("passing-*"))


def test_staff_hand_in_a_bundle_as_body_or_form_and_are_told_its_verdict_and_its_steps(
    hall: Hall, bundle: bytes
) -> None:
    observer = hall.staff("Oki", "observer")
    for more in (
        {"data": bundle, "content_type": "application/zip"},
        {"data": {"file": (io.BytesIO(bundle), "x.zip")}, "content_type": "multipart/form-data"},
    ):
        found = observer.ask("POST", "/replay", **more)
        assert (found.status_code, found.json["verdict"]["status"]) == (200, "VALID")
        kinds = [step["kind"] for step in found.json["told"]["steps"]]
        assert (kinds[0], kinds[-1]) == ("workshop.created", "index.frozen")
    assert passing(hall) == []


def test_what_is_no_sound_bundle_is_told_by_its_verdict_alone(hall: Hall, bundle: bytes) -> None:
    files = forge.members(bundle)
    files["trail.jsonl"] = files["trail.jsonl"].replace(b'"round":1', b'"round":2', 1)
    for data, status in ((forge.packed(files), "INVALID"), (b"a photograph", "UNREADABLE"), (b"", "UNREADABLE")):
        found = hall.organiser.ask("POST", "/replay", data=data, content_type="application/zip")
        assert (found.status_code, found.json["verdict"]["status"], found.json["told"]) == (200, status, None)
        assert found.json["verdict"]["problems"] and "Traceback" not in found.text
    assert passing(hall) == []


def test_what_is_too_large_is_refused_before_it_is_read(hall: Hall) -> None:
    large = hall.organiser.ask("POST", "/replay", data=b"P" * (5 * 2**20 + 1), content_type="application/zip")
    said = problem(large, 413, "bundle_too_large")
    assert "python -m server replay" in said["detail"]


def test_nobody_but_staff_hands_in_or_steps_through(hall: Hall, bundle: bytes) -> None:
    hall.hold()
    problem(hall.caller().ask("POST", "/replay", data=bundle), 401, "not_signed_in")
    problem(hall.seats[0].ask("POST", "/replay", data=bundle), 403, "not_allowed")
    problem(hall.seats[0].get(f"{hall.here}/replay"), 403, "not_allowed")
    display = hall.caller(hall.organiser.post(f"{hall.here}/displays").json["pass"])
    problem(display.get(f"{hall.here}/replay"), 403, "not_allowed")


def test_the_public_bundle_of_a_workshop_is_stepped_through_once_it_is_final(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES)
    problem(hall.organiser.get(f"{hall.here}/replay"), 409, "not_frozen")
    for group in ("D1", "D2"):
        hall.ok("conclude", group=group)
    version = hall.ok("freeze")["version"]
    observer = hall.staff("Oki", "observer")
    found = observer.get(f"{hall.here}/replay").json
    assert (found["verdict"]["status"], found["verdict"]["disclose"]) == ("INCOMPLETE", "public")
    [shown] = [step for step in found["told"]["steps"] if step["distributions"]]
    counts = [VALUES.count(value) for value in range(1, 6)]
    assert [vote["counts"] for vote in shown["distributions"]] == [counts] * 3
    assert hall.organiser.get(hall.here).json["version"] == version  # the record notes nothing: anybody may have it
    assert passing(hall) == []
    problem(observer.get("/workshops/w000/replay"), 404, "unknown_workshop")


@pytest.mark.parametrize("address", ["/replay", "/replay/{workshop}"])
def test_the_page_is_for_those_who_are_signed_in(hall: Hall, address: str) -> None:
    hall.hold()
    path = address.format(workshop=hall.workshop)
    browser = hall.browser()
    door = browser.get(path)
    assert (door.status_code, door.headers["Location"]) == (303, f"/sign-in?next={path}")
    browser.set_cookie("mufakat_staff", hall.organiser.headers["Authorization"].removeprefix("Bearer "))
    page = browser.get(path, headers={"Accept-Encoding": "identity", "Accept-Language": "en"})
    assert page.status_code == 200 and "<h1" in page.text and "replay-" in page.text
    assert f'data-workshop="{hall.workshop if "w" in address[8:] else ""}"' in page.text
    assert browser.get("/sign-in?next=/replay/w1").text.count('data-following="/replay/w1"') == 1
