"""A rehearsal over HTTP: made from a set-up, marked on every page, its cards apart from the day's, ended for good."""

import io
import re
import zipfile
from typing import Any

import msgspec
import pytest

from server.workshop.events import KINDS
from tests.web_hall import API, Hall, problem


@pytest.fixture
def day(hall: Hall) -> Hall:
    """A workshop that is being prepared, with two seats of D1."""
    told = hall.create(rule="two-thirds", city="Semarang", settings={"disclose_after": 7, "open_join": True})
    hall.workshop = told.json["workshop"]
    hall.cards = hall.ok("issue_seats", group="D1", count=2)["cards"]
    return hall


def rehearse(hall: Hall) -> str:
    told = hall.organiser.post(f"{hall.here}/rehearsals")
    assert told.status_code == 201, told.json
    return str(told.json["workshop"])


def order(hall: Hall, workshop: str, command: str, **fields: Any) -> Any:
    told = hall.organiser.post(f"/workshops/{workshop}/commands", {"command": command, **fields})
    assert told.status_code == 200, told.json
    return told.json


def begun(hall: Hall) -> tuple[str, list[dict[str, Any]]]:
    """A rehearsal that runs, with its cards."""
    name = rehearse(hall)
    cards = order(hall, name, "issue_seats", group="D1", count=6)["cards"]
    order(hall, name, "start")
    return name, cards


def shows(hall: Hall, code: str) -> Any:
    return hall.caller().post("/join", {"code": code})


def test_a_rehearsal_is_the_same_set_up_under_a_name_that_says_so(day: Hall) -> None:
    name = rehearse(day)
    assert name == f"{day.workshop}-gladi-1"
    mine, own = (day.organiser.get(f"/workshops/{w}").json for w in (day.workshop, name))
    for field in ("framework", "rule", "settings", "city", "language"):
        assert own[field] == mine[field], field
    assert own["digests"].items() >= {k: mine["digests"][k] for k in ("framework", "rule", "settings")}.items()
    alike = ("id", "name", "kind", "node", "items")
    assert [{k: g[k] for k in alike} for g in own["groups"]] == [{k: g[k] for k in alike} for g in mine["groups"]]
    assert (own["title"], own["synthetic"], own["rehearses"]) == ("Rehearsal: Aula", True, day.workshop)
    assert (mine["synthetic"], mine["rehearses"], own["seats"], own["baseline"]) == (False, None, [], None)
    first = msgspec.json.decode(day.organiser.get(f"/workshops/{name}/trail").json["entries"][0]["line"])
    assert (first["body"]["workshop"], first["body"]["synthetic"]) == (name, True)
    assert rehearse(day) == f"{day.workshop}-gladi-2"


def test_only_an_organiser_rehearses_and_only_what_has_not_begun(day: Hall) -> None:
    for role in ("facilitator", "officer", "observer"):
        staff = day.staff(role, role)
        problem(staff.post(f"{day.here}/rehearsals"), 403, "not_allowed")
        problem(staff.post(f"{day.here}/end"), 403, "not_allowed")
    name = rehearse(day)
    assert day.workshop in problem(day.organiser.post(f"/workshops/{name}/rehearsals"), 409, "a_rehearsal")["detail"]
    day.ok("start")
    problem(day.organiser.post(f"{day.here}/rehearsals"), 409, "not_draft")


def test_cards_of_one_never_open_the_other_and_each_sentence_says_which_to_use(day: Hall) -> None:
    name, cards = begun(day)
    told = problem(shows(day, day.cards[0]["code"]), 403, "rehearsal_held")
    assert told["detail"].startswith("This belongs to the day itself, and a rehearsal is being held; use")
    assert shows(day, cards[0]["code"]).json["workshop"] == name
    room = day.organiser.get(day.here).json["join_code"]
    problem(day.caller().post("/join", {"code": room, "group": "D1"}), 403, "rehearsal_held")

    assert day.organiser.post(f"/workshops/{name}/end").json["phase"] == "frozen"
    assert shows(day, day.cards[0]["code"]).json["workshop"] == day.workshop
    told = problem(shows(day, cards[1]["secret"]), 403, "rehearsal_over")
    assert "ask the organiser for a card of the workshop itself" in told["detail"]


def test_once_the_day_has_begun_no_rehearsal_opens_or_starts(day: Hall) -> None:
    name = rehearse(day)
    cards = order(day, name, "issue_seats", group="D1", count=2)["cards"]
    assert shows(day, cards[0]["code"]).status_code == 201  # before the day anybody may try the way in
    day.ok("start")
    problem(shows(day, cards[0]["code"]), 403, "rehearsal_over")
    code = day.organiser.get(f"/workshops/{name}").json["join_code"]
    problem(day.caller().post("/join", {"code": code, "group": "D1"}), 403, "rehearsal_over")
    told = day.organiser.post(f"/workshops/{name}/commands", {"command": "start"})
    problem(told, 403, "rehearsal_over")


def test_the_day_starts_only_after_its_rehearsal_has_ended(day: Hall) -> None:
    name, _ = begun(day)
    problem(day.command("start"), 409, "rehearsal_running")
    day.organiser.post(f"/workshops/{name}/end")
    day.ok("start")


def test_a_rehearsal_is_ended_from_any_point_and_the_day_never_is(day: Hall) -> None:
    name, cards = begun(day)
    seats = [day.caller(shows(day, card["code"]).json["pass"]) for card in cards]
    order(day, name, "open_round", group="D1", items="all")
    for seat in seats:
        seat.put("/answers", {"round": 1, "answers": [{"item": "1.1", "rev": 1, "key": "k", "value": 3}]})
    order(day, name, "close_round", group="D1")
    order(day, name, "disclose", group="D1")
    order(day, name, "open_round", group="D2", items="all")
    told = day.organiser.post(f"/workshops/{name}/end")
    assert (told.status_code, told.json["phase"]) == (200, "frozen")
    kept, cancelled = told.json["groups"]
    assert (kept["rounds"][0]["revealed"], cancelled["rounds"][0]["voided"]) == (True, True)
    assert day.organiser.post(f"/workshops/{name}/end").json["size"] == told.json["size"]  # once more changes nothing
    day.ok("start")
    problem(day.organiser.post(f"{day.here}/end"), 409, "not_a_rehearsal")


def test_nothing_turns_a_rehearsal_into_the_day(day: Hall) -> None:
    name = rehearse(day)
    for command in ({"command": "set_settings", "settings": {"synthetic": False}}, {"command": "set_synthetic"},
                    {"command": "start", "synthetic": False}):  # fmt: skip
        problem(day.organiser.post(f"/workshops/{name}/commands", command), 422, "malformed")
    body = {"title": "x", "synthetic": False, "workshop": f"{day.workshop}-gladi-9"}
    problem(day.organiser.post("/workshops", body), 422, "malformed")
    # Whether scores are invented is said once, in the first line; no later event carries it for the workshop.
    carry = {kind for kind, event in KINDS.items() if "synthetic" in event.__struct_fields__}
    assert carry == {"workshop.created", "baseline.imported", "initiatives.imported", "plan.imported"}


# --- what people see --------------------------------------------------------------------------------------------------


def pages(hall: Hall, name: str, card: dict[str, Any]) -> dict[str, str]:
    """Every page of a workshop, in Indonesian."""
    staff, phone, like = hall.browser(), hall.browser(), {"Accept-Language": "id"}
    staff.set_cookie("mufakat_staff", hall.organiser.headers["Authorization"].removeprefix("Bearer "))
    phone.post(f"{API}/join", json={"code": card["code"]}, headers={"Origin": "http://localhost"})
    hub = staff.get(f"/console/{name}/prints", headers=like).text
    token = {"csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', hub)[1]}  # type: ignore[index]  # it is there
    forms = {"cards": {"cards": msgspec.json.encode([card]).decode()}, "tables": {}, "poster": {},
             "wifi": {"wifi": "Aula", "password": "ketahanan"}}  # fmt: skip
    ours = like | {"Origin": "http://localhost"}
    found = {what: staff.post(f"/console/{name}/{what}", data=form | token, headers=ours).text
             for what, form in forms.items()}  # fmt: skip
    found |= {path: staff.get(path, headers=like).text for path in (f"/console/{name}", f"/display/{name}")}
    return found | {"prints": hub, "/join": phone.get("/join", headers=like).text,
                    "/ballot": phone.get("/ballot", headers=like).text}  # fmt: skip


def test_every_page_of_a_rehearsal_says_so_and_none_of_the_day_does(day: Hall) -> None:
    name, cards = begun(day)
    said = pages(day, name, cards[0])
    silent = {path for path, text in said.items() if "icon--rehearsal" not in text or "gladi" not in text.lower()}
    assert silent == set()
    strips = {path for path, text in said.items() if '<aside class="rehearsal"' in text}
    assert strips == {f"/console/{name}", "prints", "/join", "/ballot"}
    assert " data-rehearsal" in said[f"/display/{name}"]
    day.organiser.post(f"/workshops/{name}/end")
    day.ok("start")
    said = pages(day, day.workshop, day.cards[0])
    marked = {path for path, text in said.items() if "icon--rehearsal" in text}
    assert marked == set()


def test_the_list_keeps_rehearsals_and_demonstrations_apart(day: Hall) -> None:
    name = rehearse(day)
    demo = day.create(synthetic=True, title="Peragaan").json["workshop"]
    browser = day.browser()
    browser.set_cookie("mufakat_staff", day.organiser.headers["Authorization"].removeprefix("Bearer "))
    real, _, apart = browser.get("/console", headers={"Accept-Language": "id"}).text.partition('class="apart"')
    assert re.findall(r'href="/console/(w[^"]*)"', real) == [day.workshop]
    assert set(re.findall(r'href="/console/(w[^"]*)"', apart)) == {name, demo}


def test_what_a_rehearsal_exports_says_so_too(day: Hall) -> None:
    name, _ = begun(day)
    day.organiser.post(f"/workshops/{name}/end")
    told = day.organiser.get(f"/workshops/{name}/bundle?disclose=public")
    assert f"filename={name}-public.zip" in told.headers["Content-Disposition"]
    data = told.data
    told.close()
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        assert f"mufakat/{name}" in bundle.read("README.txt").decode()
        report = bundle.read("report.html").decode()
        assert all(f"mufakat/{name}" in bundle.read(p).decode() for p in bundle.namelist() if p.endswith(".note"))
    for text in (report, day.organiser.get(f"/workshops/{name}/reports/report.html?language=en").text):
        assert "Rehearsal, not the day itself" in text and "none of them counts" in text
        assert "made up by a program" not in text
