"""What experts ask over HTTP: rules with their chances, every measure, how sure the profile is, and who may ask."""

import json
import re
from typing import Any

import jsonschema
import pytest
from werkzeug.test import TestResponse

from consensus import PRESETS, Rule, describe_item
from server.reports.sheet import MEANINGS
from tests.web_hall import Hall, problem


def test_the_rules_are_told_with_the_voices_they_ask_for_and_their_chances(hall: Hall) -> None:
    told = {rule["preset"]: rule["chance"] for rule in hall.organiser.get("/rules?raters=8").json}
    # Witness: STATISTICS.md, "7 of 8" on five points; docs/statistics.md, .033 and .401.
    assert (told["workshop"]["needed"], round(float(told["workshop"]["random"]), 3)) == (7, 0.033)
    assert (told["within-one"]["needed"], round(float(told["within-one"]["random"]), 3)) == (6, 0.401)
    assert told["workshop"] == {"raters": 8, "needed": 7, "possible": True, **{
        panel: told["workshop"][panel] for panel in ("random", "ceiling", "two_camps")}}  # fmt: skip


def test_the_rules_refuse_sizes_that_say_nothing(hall: Hall) -> None:
    for query in ("raters=0", "raters=41", "raters=x", "categories=1", "categories=12"):
        problem(hall.organiser.get(f"/rules?{query}"), 422, "malformed")
    problem(hall.caller().get("/rules"), 401, "not_signed_in")


def test_a_group_is_explained_to_staff_alone_once_a_round_is_disclosed(hall: Hall) -> None:
    hall.hold()
    here = f"{hall.here}/groups/D1/expert"
    problem(hall.organiser.get(here), 404, "not_yet")
    hall.round(1, 2, 3, 3, 4, 5)
    problem(hall.seats[0].get(here), 403, "not_allowed")
    problem(hall.organiser.get(f"{hall.here}/groups/D9/expert"), 404, "unknown_group")
    told = hall.organiser.get(here).json
    assert (told["group"], told["round"], told["raters"], told["items"]) == ("D1", 1, 6, 3)
    # By hand: six must agree; were it five, two single steps (2 to 3, 5 to 4) would do and the items be "near".
    assert (told["withheld"], told["conformity"], told["fragile"]) == (False, None, ["1.1", "1.2", "1.3"])


def test_a_new_round_is_explained_anew(hall: Hall) -> None:
    hall.hold()
    hall.round(1, 2, 3, 3, 4, 5)
    assert hall.organiser.get(f"{hall.here}/groups/D1/expert").json["round"] == 1
    hall.round(3, 3, 3, 3, 4, 5, number=2)
    told = hall.organiser.get(f"{hall.here}/groups/D1/expert").json
    # By hand: seats 1 and 2 move onto the middle 3 of every one of three items.
    assert (told["round"], told["conformity"]["toward"], told["conformity"]["away"]) == (2, 6, 0)


def test_a_group_in_which_a_person_was_erased_is_explained_no_more(hall: Hall) -> None:
    hall.hold()
    hall.round(1, 2, 3, 3, 4, 5)
    here = f"{hall.here}/groups/D1/expert"
    assert hall.organiser.get(here).json["withheld"] is False
    hall.ok("erase_seat", seat=1)
    told = hall.organiser.get(here).json
    assert (told["withheld"], told["chances"], told["concordances"], told["alpha"]) == (True, {}, [], None)


# --- one rule ---------------------------------------------------------------------------------------------------------


def test_a_rule_of_ones_own_is_written_out_with_its_digest_and_its_chances(hall: Hall) -> None:
    told = hall.organiser.post("/rules", {"rule": {"share_percent": 80, "chance_percent": None}, "raters": 10}).json
    assert told["rule"] == Rule.from_document({"share_percent": 80, "chance_percent": None}).document()
    assert (told["chance"]["needed"], told["fewest"], told["settles_from"]) == (8, 5, 2)
    named = hall.organiser.post("/rules", {"rule": "workshop"}).json
    assert named["chance"] == next(r for r in hall.organiser.get("/rules").json if r["preset"] == "workshop")["chance"]
    # The digest is the one that the record fixes when a workshop is made by that rule.
    hall.create(rule={"share_percent": 80, "chance_percent": None})
    made = hall.organiser.get("/workshops").json["workshops"][-1]["workshop"]
    assert hall.organiser.get(f"/workshops/{made}").json["digests"]["rule"] == told["digest"]


def test_a_rule_that_will_not_do_is_refused_by_its_clause(hall: Hall) -> None:
    refused = problem(hall.organiser.post("/rules", {"rule": {"quorum": 1}}), 422, "bad_rule")
    assert "`quorum` cannot be 1" in refused["detail"]
    told = hall.organiser.post("/rules", {"rule": {"quorum": 1}}, headers={"Accept-Language": "id"}).json
    assert told["detail"] == (
        "Aturan tidak sesuai pada quorum; nilai yang berlaku ada dalam skema aturan "
        "(`quorum` cannot be 1; use a whole number from 2 to 1000)."
    )
    problem(hall.organiser.post("/rules", {"rule": "nobody"}), 422, "bad_rule")
    problem(hall.organiser.post("/rules", {"rule": "workshop", "raters": 41}), 422, "malformed")
    problem(hall.caller().post("/rules", {"rule": "workshop"}), 401, "not_signed_in")


def test_the_schema_of_rules_is_served_to_anybody_and_every_preset_satisfies_it(hall: Hall) -> None:
    schema = hall.caller().get("/rules/schema").json
    assert schema == Rule.schema()
    for rule in PRESETS.values():
        jsonschema.Draft202012Validator(schema).validate(rule.document())


# --- measures and certainty -------------------------------------------------------------------------------------------

EXPERT = ("/groups/D1/measures", "/certainty")
PAGES = ("experts/D1", "certainty")


def test_measures_and_certainty_are_the_staffs_alone_and_wait_for_a_disclosed_round(hall: Hall) -> None:
    hall.hold()
    observer = hall.staff("Budi", "observer")
    for path in EXPERT:
        problem(observer.get(hall.here + path), 404, "not_yet")
    hall.ok("open_round", group="D1", items="all")
    hall.vote(1, 2, 3, 3, 4, 5)
    hall.ok("close_round", group="D1")
    for path in EXPERT:
        problem(observer.get(hall.here + path), 404, "not_yet")  # closed, and still sealed
    hall.ok("disclose", group="D1")
    for path in EXPERT:
        assert observer.get(hall.here + path).status_code == 200
        problem(hall.seats[0].get(hall.here + path), 403, "not_allowed")
        problem(hall.caller().get(hall.here + path), 401, "not_signed_in")
    problem(observer.get(f"{hall.here}/groups/D9/measures"), 404, "unknown_group")


def test_a_measure_over_http_is_that_of_the_arithmetic(hall: Hall) -> None:
    hall.hold()
    hall.round(1, 2, 3, 3, 4, 5)
    told = hall.organiser.get(f"{hall.here}/groups/D1/measures").json
    here = describe_item([1, 2, 3, 3, 4, 5], range(1, 6))
    first = told["spreads"][0]
    assert (first["item"], first["tastle_wierman"]) == ("1.1", f"{here.tastle_wierman:.6f}")
    assert first["counts"] == [1, 1, 2, 1, 1]
    # By hand: everybody rates all three items alike, so no order can be measured.
    assert (told["agreement"]["order"]["w"], told["agreement"]["order"]["why"]) == (None, "no_order")


def test_a_new_round_and_a_decision_are_weighed_anew(hall: Hall) -> None:
    hall.hold()
    hall.round(1, 2, 3, 3, 4, 5)
    first = hall.organiser.get(f"{hall.here}/certainty").json
    assert first["goals"][0]["value"] == "3.000000" and first["goals"][1]["value"] is None
    hall.round(4, 4, 4, 4, 4, 5, number=2)
    second = hall.organiser.get(f"{hall.here}/certainty").json
    assert second["goals"][0]["value"] == "4.000000"
    assert hall.organiser.get(f"{hall.here}/certainty").json == second


def of_page(hall: Hall, path: str, language: str = "en", bearer: bool = True) -> TestResponse:
    browser = hall.browser()
    if bearer:
        browser.set_cookie("mufakat_staff", hall.organiser.headers["Authorization"].removeprefix("Bearer "))
    return browser.get(f"/console/{hall.workshop}/{path}", headers={"Accept-Language": language})


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_for_experts_show_the_door_to_strangers_and_one_sentence_before_a_round_is_shown(
    hall: Hall, path: str
) -> None:
    hall.hold()
    shut = of_page(hall, path, bearer=False)
    assert (shut.status_code, shut.location) == (303, f"/sign-in?next=/console/{hall.workshop}/{path}")
    seat = hall.browser()
    seat.set_cookie("mufakat_seat", hall.seats[0].headers["Authorization"].removeprefix("Bearer "))
    assert seat.get(f"/console/{hall.workshop}/{path}").status_code == 303
    early = of_page(hall, path)
    assert early.status_code == 404 and "This is not shown before a round is disclosed." in early.text


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_page_answers_every_question_and_leads_to_what_each_means(hall: Hall, language: str) -> None:
    hall.hold()
    hall.round(1, 2, 3, 3, 4, 5)
    for path, asked in (("experts/D1", 11), ("certainty", 4)):
        told = of_page(hall, path, language)
        assert (told.status_code, told.headers["Content-Language"]) == (200, language)
        assert len(re.findall(r'<section class="sheet__section"', told.text)) == asked
        meant = set(re.findall(r'href="/about/statistics#([\w-]+)"', told.text))
        assert meant and meant <= set(MEANINGS)
        assert set(re.findall(r'href="#([\w-]+)"', told.text)) == set(
            re.findall(r'<section class="sheet__section" id="([\w-]+)"', told.text))  # fmt: skip
        assert not re.search(r"\bnan\b|\bNone\b", told.text)


def test_four_people_leave_no_figure_on_any_page_for_experts(hall: Hall) -> None:
    lax = {"quorum": 3, "answered_percent": 0, "chance_percent": None}
    hall.hold(seats=4, rule=lax)
    hall.round(1, 2, 2, 5)
    assert hall.organiser.get(f"{hall.here}/rounds/D1/1").json["items"][0]["n"] == 4  # there is something to leak
    told = hall.organiser.get(f"{hall.here}/groups/D1/measures").json
    assert told["agreement"] is None and all(row["withheld"] and row["counts"] is None for row in told["spreads"])
    page = of_page(hall, "experts/D1").text
    assert page.count("hidden (fewer than 5)") == 9 and "Figures of the panel as a whole are hidden" in page
    assert '<td class="number">' not in page
    sure = of_page(hall, "certainty").text
    assert "hidden (fewer than 5)" in sure and "would " not in sure
    assert figures(page) == {"orders": []}
    assert {goal["value"] for goal in figures(sure)["intervals"]["goals"]} == {None}
    assert figures(sure)["tornado"]["choices"] == []


def figures(page: str) -> Any:
    """What a page brings along for its script to draw."""
    block = re.search(r'<script type="application/json" id="figures"[^>]*>(.*?)</script>', page, flags=re.S)
    assert block
    return json.loads(block[1])["drawn"]


def test_what_a_script_draws_is_what_the_page_says(hall: Hall) -> None:
    hall.hold(seats=7)
    hall.round(1, 2, 3, 3, 4, 5, 5)
    page, told = of_page(hall, "certainty").text, hall.organiser.get(f"{hall.here}/certainty").json
    drawn = figures(page)
    assert [goal["low"] for goal in drawn["intervals"]["goals"]] == [goal["low"] for goal in told["goals"]]
    assert [band["from"] for band in drawn["intervals"]["bands"]] == [1.0, 3.0]
    rows = re.findall(r'<th scope="row">([^<]+)</th>\s*<td class="drawn">', page)
    assert [choice["name"] for choice in drawn["tornado"]["choices"]] == [name.strip() for name in rows if name.strip()]
