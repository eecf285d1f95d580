"""What a console does to screens beside its orders: displays by scope, a reminder to phones, notes for consoles."""

from typing import Any

import pytest

from tests.live.conftest import add_staff
from tests.live.floor import Floor, answers, eventually
from tests.live.test_live_broadcast import events
from tests.live.wire import Wire


@pytest.fixture
def hall(floor: Floor) -> Floor:
    """A fresh workshop on the same server, its seats taken."""
    floor.workshop, floor.cards, floor.passes = floor.held()
    return floor


def console(floor: Floor, bearer: str | None = None) -> Wire:
    wire = Wire(floor.url, bearer or floor.bearer)
    wire.enter("/console", {"workshop": floor.workshop})
    return wire


def becomes(wire: Wire, name: str, value: Any) -> bool:
    """Wait until a field of the progress is this."""
    return bool(eventually(lambda: value in [data[name] for event, data in events(wire.quiet(0.1)) if name in data]))


def test_a_display_is_told_what_it_stands_on_at_once_and_after_it_came_back(hall: Floor) -> None:
    with hall.display() as screen, console(hall) as desk:
        assert screen.enter("/display", {"group": "D1"})["shows"] == {}
        assert becomes(desk, "displays", {"D1": 1})
        hall.staff.call("PUT", f"/workshops/{hall.workshop}/desk/show", {"scope": "D1", "show": "blank"})
        assert becomes(screen, "shows", {"D1": "blank"})
        assert becomes(desk, "shows", {"D1": "blank"})
    with hall.display() as screen:
        assert screen.enter("/display")["shows"] == {"D1": "blank"}
        assert screen.ask("/display", "sync", {"since": -1})["n"] == 5  # its numbers are the hall's, not a ballot's


def test_working_notes_reach_every_console_and_no_display(hall: Floor) -> None:
    with hall.display() as screen, console(hall) as desk:
        screen.enter("/display")
        hall.staff.call("PUT", f"/workshops/{hall.workshop}/desk/notes/D1", {"pinned": ["1.2"]})
        empty = {"skipped": [], "plenary": [], "talk": None, "box": None}
        assert becomes(desk, "notes", {"D1": {"pinned": ["1.2"], **empty}})
        heard = screen.quiet(1.2)
    assert [data for _, data in events(heard) if "notes" in data] == []


def test_a_reminder_reaches_the_phones_that_have_not_finished_and_nobody_else(hall: Floor) -> None:
    hall.group("open_round", items="all")
    before = hall.state()["size"]
    with (
        hall.phone(1) as done, hall.phone(2) as half, hall.phone(3) as idle,
        hall.display() as screen, console(hall) as desk,
    ):  # fmt: skip
        for wire, space in ((done, "/ballot"), (half, "/ballot"), (idle, "/ballot"), (screen, "/display")):
            wire.enter(space)
        done.ask("/ballot", "answers.put", answers(1, 2, 3))
        half.ask("/ballot", "answers.put", answers(4))
        # Seats 4 to 6 are seated, but their phones are away.
        assert desk.ask("/console", "nudge", {"group": "D1"}) == {"ok": True, "waiting": 5, "reached": 2}
        for phone in (half, idle):
            assert phone.hear("/ballot", "nudge") == {"group": "D1", "round": 1}
        again = desk.ask("/console", "nudge", {"group": "D1"})
        assert (again["ok"], again["code"]) == (False, "just_nudged")
        quiet = {name: [event for event, _ in events(wire.quiet(0.3)) if event != "progress"]
                 for name, wire in (("done", done), ("half", half), ("screen", screen))}  # fmt: skip
    assert quiet == {"done": [], "half": [], "screen": []}
    assert hall.state()["size"] == before


def test_a_reminder_needs_control_and_an_open_round(hall: Floor) -> None:
    observer = add_staff(hall, "observer")
    facilitator = add_staff(hall, "facilitator")
    with console(hall) as desk, console(hall, observer) as watching, console(hall, facilitator) as helping:
        refused = [wire.ask("/console", "nudge", {"group": group})["code"] for wire, group in
                   ((desk, "D1"), (desk, "D9"), (watching, "D1"), (helping, "D1"))]  # fmt: skip
        assert desk.ask("/console", "nudge", {"grp": "D1"})["code"] == "malformed"
    assert refused == ["wrong_phase", "unknown_group", "not_allowed", "lease_held"]


def test_taking_over_is_told_to_the_other_console_within_a_second(hall: Floor) -> None:
    with console(hall) as desk:
        hall.group("take_lease")
        assert becomes(desk, "leases", {"D1": "staff/1"})
