"""The guided form and its previews: for organisers, drawn by the real rules, and nothing is made of what is typed."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.small_hall import FRAMEWORK
from tests.web_hall import Caller, Hall, problem


def seated(hall: Hall, who: Caller) -> FlaskClient:
    browser = hall.browser()
    browser.set_cookie("mufakat_staff", who.headers["Authorization"].removeprefix("Bearer "))
    return browser


def test_the_guided_form_is_the_organisers_alone(hall: Hall) -> None:
    assert hall.browser().get("/console/new").headers["Location"] == "/sign-in?next=/console/new"
    told = seated(hall, hall.organiser).get("/console/new", headers={"Accept-Language": "en"})
    assert told.status_code == 200
    assert "Dimension: 4 · Goal: 12 · Indicator: 52 · scored on 5 points" in told.text
    budi = seated(hall, hall.staff("Budi", "facilitator"))
    assert budi.get("/console/new").status_code == 403
    lists = [browser.get("/console").text for browser in (seated(hall, hall.organiser), budi)]
    assert ["/console/new" in text for text in lists] == [True, False]


@pytest.mark.parametrize("surface", ["phone", "display", "console"])
def test_a_surface_stands_in_a_frame_of_ours_alone_and_can_not_be_used(hall: Hall, surface: str) -> None:
    browser = seated(hall, hall.organiser)
    told = browser.get(f"/console/new/{surface}")
    assert told.status_code == 200
    assert "frame-ancestors 'self'" in told.headers["Content-Security-Policy"]
    assert "<body inert" in told.text
    form = browser.get("/console/new").headers["Content-Security-Policy"]
    assert "frame-src 'self'" in form and "frame-ancestors 'none'" in form
    assert hall.browser().get(f"/console/new/{surface}").status_code == 303


def test_a_surface_that_does_not_exist_is_not_found(hall: Hall) -> None:
    assert seated(hall, hall.organiser).get("/console/new/wall").status_code == 404


def test_every_surface_follows_what_is_typed_and_nothing_is_made(hall: Hall) -> None:
    typed = {"title": "Aula uji", "city": "Semarang", "language": "id", "framework": "cri", "seats": 6,
             "settings": {"open_join": True}, "plenary": True}  # fmt: skip
    told = hall.organiser.post("/previews", typed)
    assert told.status_code == 200, told.json
    phone, display, console = (told.json[name] for name in ("phone", "display", "console"))
    assert (phone["group_name"], phone["round"], phone["items"][0]["title"]) == (
        "Kesehatan & kesejahteraan", 1, "Hunian yang aman dan terjangkau",
    )  # fmt: skip
    assert (display["told"]["title"], display["told"]["join_code"]) == ("Aula uji", "00000000")
    assert [group["issued"] for group in display["told"]["groups"]] == [6, 6, 6, 6, 24]
    assert (console["state"]["title"], console["state"]["city"]) == ("Aula uji", "Semarang")
    assert [group["phase"] for group in console["state"]["groups"]] == ["open", *["waiting"] * 4]
    assert console["frame"]["groups"][0]["name"] == "Health & wellbeing"  # the console speaks its reader's language
    assert told.json["framework"]["levels"] == [
        {"name": "Dimension", "count": 4}, {"name": "Goal", "count": 12}, {"name": "Indicator", "count": 52},
    ]  # fmt: skip
    assert hall.organiser.get("/workshops").json == {"workshops": []}


def test_what_is_not_typed_yet_is_named_in_the_halls_language(hall: Hall) -> None:
    assert hall.organiser.post("/previews", {"language": "id"}).json["display"]["told"]["title"] == "Judul lokakarya"


def test_a_framework_of_ones_own_is_shown_or_refused_by_its_fault(hall: Hall) -> None:
    told = hall.organiser.post("/previews", {"framework": FRAMEWORK})
    assert (told.json["framework"]["title"], told.json["framework"]["leaves"]) == ("Small", 6)
    problem(hall.organiser.post("/previews", {"framework": {**FRAMEWORK, "scale": {}}}), 422, "bad_framework")
    problem(hall.organiser.post("/previews", {"framework": "weather"}), 422, "unknown_framework")


def test_a_framework_of_the_catalogue_is_a_file_from_which_a_workshop_can_be_made(hall: Hall) -> None:
    document = hall.organiser.get("/frameworks/cri").json
    assert (document["id"], "about" in document) == ("cri", False)
    assert hall.create(framework=document).status_code == 201
    problem(hall.organiser.get("/frameworks/weather"), 422, "unknown_framework")


def test_previews_are_the_organisers_alone(hall: Hall) -> None:
    problem(hall.staff("Budi", "facilitator").post("/previews", {}), 403, "not_allowed")
