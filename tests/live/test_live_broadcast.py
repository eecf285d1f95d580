"""Who hears what, and in which order: numbered changes, snapshots, progress without values, nothing before its time.

A leak test holds something that could leak, and compares everything that was heard by equality.
"""

import contextlib
import sqlite3
from typing import Any

import pytest

from server.live import MissingRule
from tests.live.floor import Floor, answers, eventually
from tests.live.wire import Wire


def events(heard: list[tuple[str, str, Any]]) -> list[tuple[str, Any]]:
    return [(data[1][0], data[1][1]) for kind, _, data in heard if kind == "2"]


@pytest.fixture
def hall(floor: Floor) -> Floor:
    """A fresh workshop on the same server, its seats taken."""
    floor.workshop, floor.cards, floor.passes = floor.held()
    return floor


def console(floor: Floor) -> Wire:
    wire = floor.console()
    wire.first = wire.enter("/console", {"workshop": floor.workshop})  # type: ignore[attr-defined]  # kept for the test
    return wire


def test_each_channel_counts_its_messages_without_a_gap(hall: Floor) -> None:
    with hall.phone(1) as phone, console(hall) as desk, hall.display() as screen:
        numbers = {"/ballot": [phone.enter("/ballot")["n"]], "/display": [screen.enter("/display")["n"]],
                   "/console": [desk.first["n"]]}  # fmt: skip
        hall.group("open_round", items="all", minutes=5)
        hall.group("extend_round", minutes=1)
        for name in ("pause_round", "resume_round", "close_round", "reopen_round"):
            hall.group(name)
        hall.order("annotate", text="only the staff read this")
        kinds = {}
        for wire, space in ((phone, "/ballot"), (desk, "/console"), (screen, "/display")):
            told = [wire.hear(space, "change") for _ in range(7)]
            numbers[space] += [change["n"] for change in told]
            kinds[space] = [change["kind"] for change in told]
    every = ["opened", "extended", "paused", "resumed", "closed", "reopened", "noted"]
    assert kinds == dict.fromkeys(kinds, every)
    assert numbers == {space: list(range(5, 13)) for space in numbers}


def test_sync_tells_nothing_to_who_is_up_to_date_and_a_snapshot_to_who_missed_something(hall: Floor) -> None:
    with hall.phone(1) as phone:
        first = phone.enter("/ballot")["n"]
        assert phone.ask("/ballot", "sync", {"since": first}) == {"ok": True, "n": first}
        assert phone.quiet(0.2) == []
        hall.group("open_round", items="all")
        phone.hear("/ballot", "change")
        assert phone.ask("/ballot", "sync", {"since": first}) == {"ok": True, "n": first + 1}
        shown = phone.hear("/ballot", "snapshot")
        assert (shown["n"], shown["phase"], len(shown["items"])) == (first + 1, "open", 3)


def test_a_change_of_one_group_is_not_told_to_another(hall: Floor) -> None:
    cards = hall.order("issue_seats", group="D2", count=1)["cards"]
    secret = hall.door.call("POST", "/join", {"code": cards[0]["secret"]})["pass"]
    with Wire(hall.url, secret) as other:
        assert other.enter("/ballot")["group"] == "D2"
        hall.group("open_round", items="all")
        assert other.quiet(0.5) == []


def test_progress_tells_the_console_who_is_how_far_and_the_display_only_how_many(hall: Floor) -> None:
    hall.group("open_round", items="all")
    with hall.phone(1) as one, hall.phone(2) as two, console(hall) as desk, hall.display() as screen:
        for wire, space in ((one, "/ballot"), (two, "/ballot"), (screen, "/display")):
            wire.enter(space)
        one.ask("/ballot", "answers.put", answers(5, 4, 3))
        two.ask("/ballot", "answers.put", answers(2))
        last: dict[str, Any] = {}
        for wire, space in ((desk, "/console"), (screen, "/display")):
            heard = eventually(lambda wire=wire: [told for told in events(wire.quiet(0.3)) if told[0] == "progress"])
            last[space] = eventually(lambda wire=wire, heard=heard: (heard + events(wire.quiet(0.7)))[-1][1])
        phones = one.quiet(0.2) + two.quiet(0.1)
    nobody = {"round": None, "seated": 0, "started": 0, "finished": 0}
    stages = {"1": "finished", "2": "started"} | dict.fromkeys("3456", "joined")
    assert last["/console"] == {
        "n": 6, "connected": [1, 2], "leases": {}, "displays": {"workshop": 1}, "shows": {}, "notes": {}, "groups": {
            "D1": {"round": 1, "seated": 6, "started": 2, "finished": 1, "items": {"1.1": 2, "1.2": 1, "1.3": 1},
                   "seats": stages, "unconfirmed": 0},
            "D2": nobody | {"items": {}, "seats": {}, "unconfirmed": 0},
        },
    }  # fmt: skip
    assert last["/display"] == {
        "n": 6, "connected": 2, "shows": {},
        "groups": {"D1": {"round": 1, "seated": 6, "started": 2, "finished": 1}, "D2": nobody},
    }  # fmt: skip
    assert phones == []


def test_progress_comes_at_most_twice_a_second(hall: Floor) -> None:
    hall.group("open_round", items="all")
    with hall.display() as screen:
        screen.enter("/display")
        for seat in range(1, 7):
            with hall.phone(seat) as phone:
                phone.enter("/ballot")
                phone.ask("/ballot", "answers.put", answers(3, 3, 3))
        heard = [told for told in events(screen.quiet(2.0)) if told[0] == "progress"]
    assert 1 <= len(heard) <= 6


def test_the_hall_and_the_phones_hear_no_figure_before_the_reveal_and_never_what_would_point_at_people(
    hall: Floor,
) -> None:
    with hall.phone(1) as phone, hall.display() as screen, console(hall) as desk:
        phone.enter("/ballot"), screen.enter("/display")
        hall.group("open_round", items="all")
        hall.vote()
        hall.group("close_round")
        hall.group("disclose")
        wait = [desk.hear("/console", "change")["kind"] for _ in range(3)]
        shown = eventually(lambda: next((told for name, told in events(desk.quiet(0.3)) if name == "snapshot"
                                         and told["figures"]), None))  # fmt: skip
        before = events(screen.quiet(0.5)), events(phone.quiet(0.2))
        hall.group("reveal", baseline=True, reasons=True)
        after = eventually(lambda: [told for name, told in events(screen.quiet(0.3)) if name == "snapshot"])[-1]
        ballot = phone.hear("/ballot", "change")
        phone.ask("/ballot", "sync", {"since": 0})
        feedback = phone.hear("/ballot", "snapshot")["items"]
    assert wait == ["opened", "closed", "disclosed"]
    # There is something to leak: the console has every count, and by how many voices each item fell short.
    figures = {item["item"]: item for item in shown["figures"]["D1"]["items"]}
    assert figures["1.1"]["counts"] == [0, 0, 3, 3, 0] and figures["1.3"]["counts"] == [1, 2, 1, 1, 1]
    assert [figures[item]["short_by"] for item in figures] != [None, None, None]
    assert [told["groups"][0]["figures"] for name, told in before[0] if name == "snapshot"] == [None] * 3
    assert [set(told) for name, told in before[0] if name == "progress"] == [
        {"n", "groups", "connected", "shows"} for name, _ in before[0] if name == "progress"
    ]
    head = before[1][-1][1].pop("head")
    tracker, seq = before[1][-1][1].pop("tracker"), before[1][-1][1].pop("seq")
    base = {"group": "D1", "round": 1, "deadline": None}
    assert before[1] == [("change", {"n": 6 + at, "kind": kind, "phase": phase} | base) for at, (kind, phase) in
                         enumerate([("opened", "open"), ("closed", "closed"), ("disclosed", "disclosed")])]  # fmt: skip
    assert head.startswith("mufakat") or "\n" in head
    assert len(tracker) == 8 and seq > 0
    assert ballot == {"n": 9, "kind": "revealed", "phase": "revealed"} | base
    told = {item["item"]: item for item in after["groups"][0]["figures"]["items"]}
    assert {item: told[item]["counts"] for item in told} == {item: figures[item]["counts"] for item in figures}
    assert [(told[item]["short_by"], told[item]["needed"]) for item in told] == [(None, None)] * 3
    assert [item["feedback"]["counts"] for item in feedback] == [figures[item]["counts"] for item in figures]
    assert {"short_by", "needed"} & set(feedback[0]["feedback"]) == set()


def test_a_tracker_is_the_one_of_the_seats_own_ballot(hall: Floor) -> None:
    hall.group("open_round", items="all")
    phones = [hall.phone(seat) for seat in range(1, 7)]
    for seat, phone in enumerate(phones, 1):
        phone.enter("/ballot")
        phone.ask("/ballot", "answers.put", answers(seat % 5 + 1, 3, 3))
    hall.group("close_round")
    hall.group("disclose")
    receipts = [[phone.hear("/ballot", "change") for _ in range(2)][-1] for phone in phones]
    for phone in phones:
        phone.close()
    own = {seat: (told["seq"], told["tracker"]) for seat, told in enumerate(receipts, 1)}
    assert own == _trackers(hall)


def _trackers(hall: Floor) -> dict[int, tuple[int, str]]:
    """Seat to place and tracker of its ballot, straight from the tables: a second way, for the test alone."""
    database = sqlite3.connect(f"file:{hall.served.data_dir / 'mufakat.db'}?mode=ro", uri=True)
    with contextlib.closing(database):
        rows = database.execute(
            "SELECT v.seat, o.seq, json_extract(CAST(t.line AS TEXT), '$.body.sealed.ballot') FROM openings o"
            " JOIN voices v ON v.workshop = o.workshop AND v.voice = json_extract(o.content, '$.voice')"
            " JOIN trail t ON t.workshop = o.workshop AND t.seq = o.seq WHERE o.workshop = ? AND o.name = 'ballot'",
            (hall.workshop,),
        ).fetchall()
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    bits = {seat: (seq, int(commitment[:10], 16)) for seat, seq, commitment in rows}
    return {
        seat: (seq, "".join(alphabet[value >> shift & 31] for shift in range(35, -1, -5)))
        for seat, (seq, value) in bits.items()
    }


def test_the_loser_of_a_race_is_told_what_is_newer_and_nothing_has_happened(hall: Floor) -> None:
    with console(hall) as one, console(hall) as two:
        orders = {"command": "open_round", "group": "D1", "items": "all", "expects": 0}
        first, second = one.put("/console", "command", orders), two.put("/console", "command", orders)
        told = sorted((one.answered(first), two.answered(second)), key=lambda answer: not answer["ok"])
    assert [(answer["ok"], answer.get("code"), answer["version"]) for answer in told] == [
        (True, None, 1), (False, "stale", 1),
    ]  # fmt: skip
    assert told[1]["state"]["groups"][0]["rounds"][0]["number"] == 1
    assert len(hall.state()["groups"][0]["rounds"]) == 1


@pytest.mark.parametrize(
    "order",
    [{"command": "open_round"}, {"command": "explode"}, {}, {"command": "open_round", "group": "D1", "itmes": "all"},
     {"command": "close_round", "group": 1}, [], None, "close_round"],
    ids=str,
)  # fmt: skip
def test_a_command_that_does_not_fit_is_malformed_by_name(hall: Floor, order: Any) -> None:
    with console(hall) as desk:
        told = desk.ask("/console", "command", order)
    assert (told["ok"], told["code"]) == (False, "malformed")


def test_an_observer_sees_the_console_and_may_order_nothing(hall: Floor) -> None:
    from tests.live.conftest import add_staff

    secret = add_staff(hall, "observer")
    with Wire(hall.url, secret) as desk:
        assert desk.enter("/console", {"workshop": hall.workshop})["state"]["workshop"] == hall.workshop
        told = desk.ask("/console", "command", {"command": "open_round", "group": "D1", "items": "all"})
    assert (told["ok"], told["code"]) == (False, "not_allowed")


def test_a_seat_that_moves_to_another_phone_ends_the_older_one(hall: Floor) -> None:
    with hall.phone(1) as older, hall.phone(2) as other:
        older.enter("/ballot"), other.enter("/ballot")
        fresh = hall.door.call("POST", "/join", {"code": hall.cards[0]["secret"]})["pass"]
        assert older.hear("/ballot", "change") == {"n": 5, "kind": "moved"}
        assert older.closed_with() == 1000
        with Wire(hall.url, fresh) as newer:
            assert newer.enter("/ballot")["seat"] == 1
        assert other.quiet(0.2) == []


def test_a_seat_that_is_revoked_is_told_so_and_its_socket_ends(hall: Floor) -> None:
    with hall.phone(6) as phone:
        phone.enter("/ballot")
        hall.order("revoke_seat", seat=6, reason="left")
        assert phone.hear("/ballot", "change") == {"n": 5, "kind": "revoked"}
        assert phone.closed_with() == 1000


def test_a_display_whose_pass_ends_goes_dark_with_the_next_message(hall: Floor) -> None:
    secret = hall.staff.call("POST", f"/workshops/{hall.workshop}/displays")["pass"]
    with Wire(hall.url, secret) as screen:
        screen.enter("/display")
        hall.staff.call("POST", f"/workshops/{hall.workshop}/displays/revoke", {"pass": secret})
        hall.group("open_round", items="all")
        assert screen.hear("/display", "change") == {"n": 0, "kind": "revoked"}
        assert screen.closed_with() == 1000
        assert [name for name, _ in events(screen.heard) if name != "progress"] == []


def test_a_console_of_a_workshop_that_does_not_exist_is_refused(hall: Floor) -> None:
    with hall.console() as desk, pytest.raises(Exception, match="unknown_workshop"):
        desk.enter("/console", {"workshop": "nowhere"})


def test_the_server_does_not_start_with_a_socket_event_that_has_no_access_rule() -> None:
    from config import Settings
    from server.clock import SystemClock
    from server.live.channel import Channel
    from server.live.handlers import RULES

    channel = Channel(Settings.from_env({}), SystemClock())
    channel.server.on("answers.peek", lambda sid: None, namespace="/display")
    with pytest.raises(MissingRule, match=r"answers\.peek in /display"):
        channel.check(RULES)
