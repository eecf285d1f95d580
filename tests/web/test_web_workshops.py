"""Workshops over HTTP: creation, state, commands and their conflicts."""

from typing import Any

import pytest

from tests.small_hall import FRAMEWORK
from tests.web_hall import Hall, problem

OPENED = 1795313709  # 2026-11-22T02:15:09Z in seconds since the epoch, by `date -u +%s -d`


def test_a_workshop_from_the_catalogue_has_a_group_for_each_dimension(hall: Hall) -> None:
    told = hall.organiser.post("/workshops", {"title": "IKK", "framework": "cri"})
    assert told.status_code == 201 and set(told.json) == {"workshop", "version", "join_code"}
    state = hall.organiser.get(f"/workshops/{told.json['workshop']}").json
    assert [(g["id"], g["kind"], len(g["items"]), g["phase"], g["version"], g["round"], g["lease"])
            for g in state["groups"]] == [(f"D{n}", "dimension", size, "waiting", 0, None, None)
                                          for n, size in zip((1, 2, 3, 4), (14, 13, 13, 12), strict=True)]  # fmt: skip
    assert (state["phase"], state["join_code"], state["version"]) == ("draft", told.json["join_code"], 4)
    assert state["settings"] == {"open_join": False, "baseline_seen": "after_round_1", "disclose_after": 10,
                                 "deadline_closes": False, "suppress_below": 5}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "code", "named"),
    [
        ({"framework": "nist"}, "unknown_framework", "choose from cri"),
        ({"framework": {"id": "x"}}, "bad_framework", "does not hold together"),
        ({"groups": [{"id": "A", "node": "D9"}]}, "bad_groups", "D9"),
        ({"groups": []}, "bad_groups", "at least one group"),
        ({"rule": "loud"}, "bad_rule", "loud"),
        ({"rule": {"quorum": 1}}, "bad_rule", "quorum"),
        ({"settings": {"suppress_below": 4}}, "malformed", "$.settings.suppress_below"),
        ({"colour": "red"}, "malformed", "`colour`"),
        ({"title": ""}, "malformed", "$.title"),
        ({"language": "jv"}, "malformed", "$.language"),
    ],
)
def test_what_makes_no_workshop_is_refused_and_nothing_is_made(
    hall: Hall, more: dict[str, Any], code: str, named: str
) -> None:
    assert named in problem(hall.create(**more), 422, code)["detail"]
    assert hall.organiser.get("/workshops").json == {"workshops": []}


def test_a_plenary_stands_beside_the_groups(hall: Hall) -> None:
    groups = [{"id": "D1", "node": "D1"}, {"id": "P", "kind": "plenary", "items": ["1.1", "2.1"]}]
    hall.workshop = hall.create(groups=groups).json["workshop"]
    assert [(g["id"], g["kind"], g["items"]) for g in hall.organiser.get(hall.here).json["groups"]] == [
        ("D1", "dimension", ["1.1", "1.2", "1.3"]), ("P", "plenary", ["1.1", "2.1"]),
    ]  # fmt: skip


def test_a_plenary_over_every_indicator_is_added_on_request(hall: Hall) -> None:
    hall.workshop = hall.create(plenary=True).json["workshop"]
    every = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    groups = hall.organiser.get(hall.here).json["groups"]
    assert [(g["id"], g["kind"], g["name"]["id"], g["items"]) for g in groups] == [
        ("D1", "dimension", "D1", every[:3]), ("D2", "dimension", "D2", every[3:]),
        ("plenary", "plenary", "Pleno", every),
    ]  # fmt: skip
    hall.command("issue_seats", group="D1", count=1)
    assert hall.command("start").status_code == 200
    told = hall.ok("open_round", group="plenary", items=["2.3", "1.2"])
    assert told["events"][0]["kind"] == "round.opened"
    assert hall.organiser.get(hall.here).json["groups"][2]["rounds"][0]["items"] == ["1.2", "2.3"]


def test_an_unknown_workshop_is_not_found(hall: Hall) -> None:
    for method, path in (("GET", ""), ("POST", "/commands"), ("GET", "/profile"), ("GET", "/rounds/D1/1")):
        told = hall.organiser.ask(method, f"/workshops/w0{path}", json={"command": "start"})
        assert problem(told, 404, "unknown_workshop")["detail"] == "There is no workshop w0; check the address."


def test_a_command_answers_with_version_and_events(hall: Hall) -> None:
    hall.hold()
    told = hall.ok("open_round", group="D1", items=["1.2"], expects=0)
    assert (told["ok"], told["version"]) == (True, 1)
    [event] = told["events"]
    assert (event["kind"], event["scope"]) == ("round.opened", "D1")
    group = hall.organiser.get(hall.here).json["groups"][0]
    assert (group["phase"], group["round"], group["rounds"][0]["items"]) == ("open", 1, ["1.2"])


def test_a_stale_command_is_refused_with_the_new_version_and_state_and_nothing_happens(voting: Hall) -> None:
    told = voting.command("close_round", group="D1", expects=0)
    body = problem(told, 409, "stale")
    assert (body["ok"], body["version"]) == (False, 1)
    assert body["state"] == voting.organiser.get(voting.here).json
    assert body["state"]["groups"][0]["phase"] == "open"


def test_a_command_out_of_its_phase_says_when_it_works(voting: Hall) -> None:
    body = problem(voting.command("reveal", group="D1"), 409, "wrong_phase")
    assert body["detail"].endswith("while the group is open; it can be done when it is disclosed / revealed.")
    assert body["version"] == 1


def test_a_facilitator_needs_the_lease_and_only_runs_the_groups_they_have(voting: Hall) -> None:
    ani, budi = voting.staff("Ani F", "facilitator", "D1"), voting.staff("Budi", "facilitator", "D2")
    problem(voting.command("close_round", ani, group="D1"), 409, "lease_held")
    problem(voting.command("take_lease", budi, group="D1"), 403, "other_group")
    assert voting.command("take_lease", ani, group="D1").status_code == 200
    assert voting.organiser.get(voting.here).json["groups"][0]["lease"] == "staff/2"
    assert voting.command("pause_round", ani, group="D1").status_code == 200
    assert voting.command("close_round", group="D1").status_code == 200  # the organiser needs none


def test_an_observer_looks_and_orders_nothing(voting: Hall) -> None:
    eye = voting.staff("Mata", "observer")
    assert eye.get(voting.here).status_code == 200
    notes = {"command": "annotate", "text": "x"}
    for command in ({"command": "close_round", "group": "D1"}, {"command": "freeze"}, notes):
        problem(eye.post(f"{voting.here}/commands", command), 403, "not_allowed")


@pytest.mark.parametrize(
    "body",
    [{}, {"command": "explode"}, {"command": "open_round"}, {"command": "open_round", "group": "D1", "items": "some"},
     {"command": "freeze", "really": True}, {"command": "issue_seats", "group": "D1", "count": 2001},
     {"command": "open_round", "group": "D1", "minutes": 0}, {"command": "mark_absent", "seat": "1"},
     {"command": "freeze", "expects": 1.5}, {"command": "set_rule", "rule": 7}],
)  # fmt: skip
def test_a_malformed_command_is_refused_by_name(voting: Hall, body: dict[str, Any]) -> None:
    problem(voting.organiser.post(f"{voting.here}/commands", body), 422, "malformed")


def test_an_unknown_group_is_refused_with_the_choices(voting: Hall) -> None:
    body = problem(voting.command("close_round", group="D9"), 404, "unknown_group")
    assert body["detail"] == "There is no group D9; choose from D1, D2."


def test_the_order_to_start_without_a_baseline_says_so(hall: Hall) -> None:
    hall.workshop = hall.create().json["workshop"]
    problem(hall.command("start"), 409, "no_seats")
    hall.ok("issue_seats", group="D1", count=1)
    assert hall.ok("start")["notices"] == ["started_without_baseline"]


def test_staff_state_lists_its_fields_and_no_others(voting: Hall) -> None:
    voting.vote(1, 2, 3, 4, 5, 5, reasons={0: "rahasia"})
    told = voting.organiser.get(voting.here)
    assert "rahasia" not in told.text
    state = told.json
    assert set(state) == {
        "workshop", "title", "city", "language", "synthetic", "phase", "version", "size", "join_code", "indicative",
        "framework", "rule", "settings", "digests", "baseline", "initiatives", "frozen_at", "groups", "seats",
        "rehearses",
    }  # fmt: skip
    assert state["groups"][0] == {
        "id": "D1", "name": FRAMEWORK["nodes"][0]["name"], "kind": "dimension", "node": "D1",
        "items": ["1.1", "1.2", "1.3"], "version": 1, "phase": "open", "round": 1, "deadline": OPENED + 600,
        "lease": None, "seats": {"issued": 0, "taken": 6, "absent": 0, "revoked": 0}, "seated": 6,
        "rounds": [{"number": 1, "items": ["1.1", "1.2", "1.3"], "opened_at": OPENED,
                    "deadline": OPENED + 600, "paused_at": None, "closed_at": None, "seated": 0, "answered": 0,
                    "papers": 0, "disclosed": False, "revealed": False, "voided": False}],
        "decided": {}, "explained": [], "minorities": {}, "endings": {},
    }  # fmt: skip
    assert state["seats"][0] == {"seat": 1, "group": "D1", "channel": "card", "status": "taken"}
