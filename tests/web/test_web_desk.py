"""What staff keep beside the record: displays, working notes, who answers for a dimension; and who may see people."""

from typing import Any

import msgspec
import pytest

from server.visibility.present import breakdown
from server.workshop.views import Breakdown, Count
from tests.web_hall import Caller, Hall, problem

NOTES = {"pinned": ["1.2"], "skipped": ["1.1"], "plenary": ["1.3"], "talk": {"until": 1795314309, "left": None},
         "box": {"item": "1.2", "until": 1795313889}}  # fmt: skip
NOBODY = {"counts": [], "withheld": 0}


def size(hall: Hall) -> int:
    told: int = hall.organiser.get(hall.here).json["size"]
    return told


def test_working_notes_outlive_the_console_and_leave_nothing_in_the_trail(hall: Hall) -> None:
    hall.hold()
    before = size(hall)
    assert hall.organiser.get(f"{hall.here}/desk").json == {"shows": {}, "notes": {}}
    told = hall.organiser.put(f"{hall.here}/desk/notes/D1", NOTES)
    assert (told.status_code, told.json) == (200, {"shows": {}, "notes": {"D1": NOTES}})
    hall.organiser.put(f"{hall.here}/desk/notes/D1", {"pinned": []})
    empty = {"pinned": [], "skipped": [], "plenary": [], "talk": None, "box": None}
    assert hall.organiser.get(f"{hall.here}/desk").json["notes"] == {"D1": empty}
    assert size(hall) == before


def test_notes_are_written_by_who_is_in_control_and_read_by_all_staff(hall: Hall) -> None:
    hall.hold()
    sari, budi = hall.staff("Sari", "facilitator", "D1"), hall.staff("Budi", "facilitator")
    watching = hall.staff("Oka", "observer")
    here = f"{hall.here}/desk/notes/D1"
    assert problem(sari.put(here, NOTES), 409, "lease_held")
    hall.command("take_lease", by=sari, group="D1")
    assert sari.put(here, NOTES).status_code == 200
    assert "staff/2 is in control" in problem(budi.put(here, NOTES), 409, "lease_held")["detail"]
    assert problem(sari.put(f"{hall.here}/desk/notes/D2", NOTES), 403, "other_group")
    assert problem(watching.put(here, NOTES), 403, "not_allowed")
    assert watching.get(f"{hall.here}/desk").json["notes"] == {"D1": NOTES}
    assert problem(hall.seats[0].get(f"{hall.here}/desk"), 403, "not_allowed")


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("desk/notes/D9", NOTES, 404, "unknown_group"),
        ("desk/notes/D1", {"pined": []}, 422, "malformed"),
        ("desk/notes/D1", {"pinned": ["1.1"] * 501}, 422, "malformed"),
        ("desk/show", {"scope": "D9", "show": "blank"}, 404, "unknown_group"),
        ("desk/show", {"scope": "workshop", "show": "dark"}, 422, "malformed"),
        ("people/D9/answerable", {"agency": "BAPPEDA"}, 404, "unknown_group"),
        ("people/D1/answerable", {"agency": ""}, 422, "malformed"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(
    hall: Hall, path: str, body: Any, status: int, code: str
) -> None:
    hall.hold()
    problem(hall.organiser.put(f"{hall.here}/{path}", body), status, code)
    assert hall.organiser.get(f"{hall.here}/desk").json == {"shows": {}, "notes": {}}


def test_any_facilitator_darkens_the_hall_and_nobody_else(hall: Hall) -> None:
    hall.hold()
    sari = hall.staff("Sari", "facilitator", "D1")
    for scope, show in (("workshop", "blank"), ("D2", "join"), ("D1", "blank"), ("D1", None)):
        assert sari.put(f"{hall.here}/desk/show", {"scope": scope, "show": show}).status_code == 200
    assert hall.organiser.get(f"{hall.here}/desk").json["shows"] == {"workshop": "blank", "D2": "join"}
    for other in (hall.staff("Odi", "officer"), hall.staff("Oka", "observer"), hall.seats[0]):
        told = other.put(f"{hall.here}/desk/show", {"scope": "workshop", "show": None})
        assert problem(told, 403, "not_allowed")


# --- who is in the room -----------------------------------------------------------------------------------------------


def seated(hall: Hall, *rows: dict[str, str]) -> Hall:
    """A workshop whose seats were issued to these people, and taken by all but the last."""
    hall.workshop = hall.create().json["workshop"]
    hall.cards = hall.ok("issue_seats", rows=[{"group": "D1"} | row for row in rows])["cards"]
    for card in hall.cards[:-1]:
        hall.seats.append(hall.caller(hall.caller().post("/join", {"code": card["code"]}).json["pass"]))
    hall.ok("start")
    return hall


def people(by: Caller, hall: Hall) -> dict[str, Any]:
    return {told["group"]: told for told in by.get(f"{hall.here}/people").json}


def test_people_are_counts_and_small_kinds_are_withheld_with_a_further_one(hall: Hall) -> None:
    planner = {"sector": "government", "agency": " BAPPEDA ", "gender": "female"}
    planners = [{"name": f"Rahasia {n}"} | planner for n in range(6)]
    others = [{"name": "Rahasia 7", "sector": "university", "agency": "Undip", "gender": "male"},
              {"name": "Rahasia 8", "sector": "university", "agency": "bappeda", "gender": "other"}]  # fmt: skip
    seated(hall, *planners, *others, {"sector": "government"})  # the last one has not come
    told = people(hall.organiser, hall)
    assert told["D1"] == {
        "group": "D1", "seated": 8, "answerable": None, "only_answerable": None,
        "traits": {
            # two of a university: by subtraction from eight they would be told, so the six go with them
            "sector": {"counts": [], "withheld": 8},
            "agency": {"counts": [], "withheld": 8},
            "gender": {"counts": [], "withheld": 8},
        },
    }  # fmt: skip
    assert told["D2"]["traits"] == {"sector": NOBODY, "agency": NOBODY, "gender": NOBODY}
    assert "Rahasia" not in hall.organiser.get(f"{hall.here}/people").text
    assert problem(hall.seats[0].get(f"{hall.here}/people"), 403, "not_allowed")


@pytest.mark.parametrize(
    ("values", "counts", "withheld"),
    [
        ("aaaaabbbbb", [("a", 5), ("b", 5)], 0),
        ("aaaaabbbbbc", [("a", 5)], 6),
        ("aaaaaabbbbbccdd", [("a", 6)], 9),  # four in two kinds are fewer than five
        ("aaaaaaabbbbbcccdd", [("a", 7), ("b", 5)], 5),
        ("aaaa", [], 4),
        ("aaaaa-----", [("a", 5), (None, 5)], 0),
        ("aaaaaA", [("a", 6)], 0),
        ("", [], 0),
    ],
)
def test_a_breakdown_never_tells_a_kind_of_fewer_than_five_by_itself_or_by_subtraction(
    values: str, counts: list[tuple[str | None, int]], withheld: int
) -> None:
    told = breakdown([None if value == "-" else value for value in values], 5)
    assert told == Breakdown(tuple(Count(name, n) for name, n in counts), withheld)


@pytest.mark.parametrize(
    ("agencies", "only"),
    [
        (["BPBD"] * 5, True),
        (["BPBD", "bpbd ", "Bpbd", "BPBD", "BPBD"], True),
        (["BPBD"] * 5 + ["BAPPEDA"], False),
        (["BPBD"] * 5 + [None], False),
        (["BPBD"] * 4, None),  # so few may not even be told to be of one agency
    ],
)
def test_a_group_of_the_answerable_agency_alone_is_noticed(
    hall: Hall, agencies: list[str | None], only: bool | None
) -> None:
    seated(hall, *({"agency": agency} if agency else {} for agency in agencies), {"agency": "Late"})
    told = hall.organiser.put(f"{hall.here}/people/D1/answerable", {"agency": "BPBD"})
    assert (told.json[0]["answerable"], told.json[0]["only_answerable"]) == ("BPBD", only)
    assert problem(hall.staff("Sari", "facilitator").put(f"{hall.here}/people/D1/answerable", {"agency": None}),
                   403, "not_allowed")  # fmt: skip
    hall.organiser.put(f"{hall.here}/people/D1/answerable", {"agency": None})
    assert people(hall.organiser, hall)["D1"]["only_answerable"] is None


def test_a_plenary_is_left_out_lest_its_counts_tell_by_subtraction(hall: Hall) -> None:
    hall.hold(plenary=True)
    assert list(people(hall.organiser, hall)) == ["D1", "D2"]
    assert msgspec.json.encode(hall.organiser.get(hall.here).json).find(b"BPBD") == -1
