"""Answers over the socket: acknowledged after the commit, each counted once, refused by name; and kept through a kill.

Witnesses: PROTOCOL's rules of `rev` and `key` by hand, and the HTTP ballot as a second way to look at what is kept.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio

from server.cli.stage.served import Caller, Served
from server.live.channel import LANE
from tests.live.floor import Floor, answers, eventually
from tests.live.wire import Wire


@pytest.fixture(scope="module")
def voting(floor: Floor) -> Floor:
    floor.group("open_round", items="all")
    return floor


@pytest.fixture(params=[True, False], ids=["compact", "spaced"])
def phone(voting: Floor, request: pytest.FixtureRequest) -> Iterator[Wire]:
    """A phone whose answers take the lane that browsers take, or the library's way."""
    with voting.phone(1) as wire:
        wire.compact, wire.base = request.param, next(BASES)
        wire.enter("/ballot")
        yield wire


BASES = itertools.count(0, 1000)  # each test's revisions are higher than those of any test before it


def kept(floor: Floor, seat: int) -> dict[str, tuple[Any, int]]:
    """Value and revision by item, as HTTP tells them."""
    with Caller(floor.url, floor.passes[seat - 1]) as seen:
        items = seen.call("GET", "/ballot")["items"]
    return {item["id"]: (item["mine"] and item["mine"]["value"], item["rev"]) for item in items}


def put(wire: Wire, message: dict[str, Any]) -> Any:
    return wire.ask("/ballot", "answers.put", message)


def test_what_is_saved_is_what_http_shows_and_what_a_new_socket_is_sent(voting: Floor, phone: Wire) -> None:
    rev = phone.base + 10
    saved = [{"item": f"1.{i}", "rev": rev, "key": f"k{i}"} for i in (1, 2, 3)]
    assert put(phone, answers(3, 4, 5, rev=rev)) == {"ok": True, "saved": saved, "refused": []}
    assert kept(voting, 1) == {"1.1": (3, rev), "1.2": (4, rev), "1.3": (5, rev)}
    with voting.phone(1) as again:
        shown = again.enter("/ballot")["items"]
    assert {item["id"]: (item["mine"]["value"], item["rev"]) for item in shown} == kept(voting, 1)


def test_the_same_key_and_revision_again_is_saved_and_stores_nothing(voting: Floor, phone: Wire) -> None:
    first = put(phone, answers(1, rev=phone.base + 20))
    assert put(phone, answers(5, rev=phone.base + 20)) == first
    assert kept(voting, 1)["1.1"] == (1, phone.base + 20)


def test_an_older_or_equal_revision_with_another_key_is_superseded_and_says_what_stands(phone: Wire) -> None:
    put(phone, answers(2, rev=phone.base + 30))
    for rev in (phone.base + 30, phone.base + 29):
        told = put(phone, answers(4, rev=rev, key="other"))
        [refused] = told["refused"]
        assert (told["ok"], told["saved"]) == (True, [])
        assert {k: refused[k] for k in ("item", "key", "code", "rev")} == {
            "item": "1.1", "key": "other1", "code": "superseded", "rev": phone.base + 30,
        }  # fmt: skip


def test_null_without_a_reason_withdraws(voting: Floor, phone: Wire) -> None:
    put(phone, answers(4, rev=phone.base + 40))
    assert len(put(phone, answers(None, rev=phone.base + 41))["saved"]) == 1
    assert kept(voting, 1)["1.1"] == (None, phone.base + 41)


def test_good_answers_are_kept_beside_bad_ones_of_the_same_message(voting: Floor, phone: Wire) -> None:
    told = put(phone, answers(5, 9, 2, rev=phone.base + 50))
    assert [saved["item"] for saved in told["saved"]] == ["1.1", "1.3"]
    assert [(refused["item"], refused["code"]) for refused in told["refused"]] == [("1.2", "off_scale")]


ONE = {"item": "1.1", "rev": 1, "key": "k", "value": 3}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"round": 1, "answers": [ONE] * 65}, "too_many_answers"),
        ({"round": 1, "answers": [ONE], "seat": 2}, "malformed"),
        ({"round": 1, "answers": [ONE | {"vaule": 3}]}, "malformed"),
        ({"round": 1, "answers": [ONE | {"value": "3"}]}, "malformed"),
        ({"round": 1, "answers": [ONE | {"value": True}]}, "malformed"),
        ({"round": 1, "answers": [ONE | {"value": 3.5}]}, "malformed"),
        ({"round": 1, "answers": [ONE | {"rev": 0}]}, "malformed"),
        ({"round": 1, "answers": [ONE | {"cannot": "tired"}]}, "malformed"),
        ({"round": 1, "answers": [ONE | {"reason": "x" * 501}]}, "malformed"),
        ({"round": 1, "answers": ONE}, "malformed"),
        ({"round": True, "answers": []}, "malformed"),
        ({"answers": []}, "malformed"),
        ([], "malformed"), (None, "malformed"), ("answers", "malformed"), (7, "malformed"),
    ],
)  # fmt: skip
def test_a_message_that_does_not_fit_is_refused_by_name_and_the_socket_stays(
    voting: Floor, message: Any, code: str
) -> None:
    with voting.phone(2) as wire:
        wire.enter("/ballot")
        told = put(wire, message)
        assert (told["ok"], told["code"]) == (False, code) and told["message"].endswith(".")
        assert put(wire, answers(3, rev=9))["saved"] == [{"item": "1.1", "rev": 9, "key": "k1"}]
    assert kept(voting, 2)["1.1"] == (3, 9)


def test_an_event_that_does_not_exist_is_malformed_by_name(phone: Wire) -> None:
    for event in ("answers.get", "command", "snapshot", ""):
        told = phone.ask("/ballot", event, {})
        assert (told["ok"], told["code"]) == (False, "malformed")


def test_refusals_speak_the_language_of_the_phone(voting: Floor) -> None:
    told = {}
    for language in ("id", "en"):
        with Wire(voting.url, voting.passes[2], f"EIO=4&transport=websocket&language={language}") as wire:
            wire.enter("/ballot")
            told[language] = put(wire, answers(9))["refused"][0]["message"]
    assert told == {"en": "9 is off the scale; choose from 1 to 5.", "id": "9 di luar skala; pilih dari 1 sampai 5."}


def test_a_paused_round_and_a_closed_one_refuse_each_answer_and_tell_the_phones(voting: Floor, phone: Wire) -> None:
    steps = {
        "pause_round": ("paused", "round_paused"),
        "resume_round": ("resumed", None),
        "close_round": ("closed", "round_not_open"),
        "reopen_round": ("reopened", None),
    }
    for order, (change, code) in steps.items():
        voting.group(order)
        assert phone.hear("/ballot", "change")["kind"] == change
        told = put(phone, answers(4, rev=phone.base + 60 + len(order)))
        assert [refused["code"] for refused in told["refused"]] == ([code] if code else [])


def test_one_phone_may_have_many_messages_under_way(voting: Floor, phone: Wire) -> None:
    asked = [phone.put("/ballot", "answers.put", answers(1 + n % 5, rev=phone.base + n)) for n in range(10)]
    assert [phone.answered(number)["saved"][0]["rev"] for number in asked] == list(range(phone.base, phone.base + 10))
    assert kept(voting, 1)["1.1"] == (5, phone.base + 9)


def test_only_what_browsers_write_takes_the_lane_and_the_rest_takes_the_librarys_way() -> None:
    written = '2/ballot,7["answers.put",{"round":1,"answers":[]}]'
    assert (found := LANE.match(written)) and (found[1], written[found.end() : -1]) == (
        "7", '{"round":1,"answers":[]}',
    )  # fmt: skip
    for other in ('2/ballot,["answers.put",{}]', '2/ballot,7["answers.put", {}]', '2/console,7["answers.put",{}]',
                  '2/ballot,7["answers.put",{}', '2/ballot,7["answers.put",[]]', '5/ballot,7["answers.put",{}]',
                  '2/ballot,7["answers.put",{}] ', '2/ballot,7["sync",{}]'):  # fmt: skip
        assert LANE.match(other) is None


def test_the_library_that_programs_use_speaks_with_us(voting: Floor) -> None:
    client, shown = socketio.Client(reconnection=False), []
    client.on("snapshot", shown.append, namespace="/ballot")
    client.connect(
        voting.url, headers={"Authorization": f"Bearer {voting.passes[3]}"}, namespaces=["/ballot"],
        transports=["websocket"], wait_timeout=5,
    )  # fmt: skip
    try:
        told = client.call("answers.put", answers(2, 2, 2), namespace="/ballot", timeout=5)
        assert [saved["rev"] for saved in told["saved"]] == [1, 1, 1]
        assert eventually(lambda: shown)[0]["seat"] == 4
        assert client.call("sync", {"since": -1}, namespace="/ballot", timeout=5)["n"] == shown[0]["n"]
    finally:
        client.disconnect()


def test_what_was_acknowledged_survives_a_killed_server_and_phones_come_back_to_it(tmp_path: Path) -> None:
    with Served(tmp_path) as first:
        floor = Floor(first)
        floor.group("open_round", items="all")
        phones = [floor.phone(seat) for seat in range(1, 7)]
        for phone in phones:
            phone.enter("/ballot")
        told = [put(phone, answers(seat % 5 + 1, 4, 3)) for seat, phone in enumerate(phones, 1)]
        in_flight = [phone.put("/ballot", "answers.put", answers(1, 1, 1, rev=2, key="late")) for phone in phones]
        first.kill()
        for phone in phones:
            assert phone.closed_with() is None
            phone.close()
    with Served(tmp_path, first.port):
        for seat, answer in enumerate(told, 1):
            with floor.phone(seat) as again:
                items = again.enter("/ballot")["items"]
                stands = [(item["mine"]["value"], item["rev"]) for item in items]
                # All three of a message are kept or none: the late one may have reached the disk unacknowledged.
                assert stands in ([(seat % 5 + 1, 1), (4, 1), (3, 1)], [(1, 2)] * 3), answer
                assert put(again, answers(1, 1, 1, rev=2, key="late"))["refused"] == []
        assert len(in_flight) == 6
        floor.close()
