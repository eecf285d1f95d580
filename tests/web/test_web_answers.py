"""Answers over HTTP: what is saved, what is refused, and every bad input by its code."""

import io
import json
from typing import Any

import pytest

from tests.web_hall import Caller, Hall, problem


def answer(item: str = "1.1", rev: int = 1, key: str = "k1", value: Any = 3, **more: Any) -> dict[str, Any]:
    return {"item": item, "rev": rev, "key": key, "value": value, **more}


def put(seat: Caller, *answers: dict[str, Any], number: int = 1, **more: Any) -> Any:
    return seat.put("/answers", {"round": number, "answers": list(answers), **more})


def test_an_answer_is_acknowledged_and_stands_in_the_next_snapshot(voting: Hall) -> None:
    told = put(voting.seats[0], answer(reason="dekat", confidence=2))
    assert (told.status_code, told.json) == (
        200, {"ok": True, "saved": [{"item": "1.1", "rev": 1, "key": "k1"}], "refused": []}
    )  # fmt: skip
    item = voting.seats[0].get("/ballot").json["items"][0]
    assert (item["rev"], item["mine"]) == (1, {"value": 3, "cannot": None, "confidence": 2, "reason": "dekat"})
    assert voting.seats[1].get("/ballot").json["items"][0]["mine"] is None


def test_the_same_rev_and_key_again_is_saved_and_a_lower_rev_or_another_key_is_superseded(voting: Hall) -> None:
    seat = voting.seats[0]
    assert put(seat, answer(rev=2, key="a")).json["saved"] == [{"item": "1.1", "rev": 2, "key": "a"}]
    assert put(seat, answer(rev=2, key="a")).json["saved"] == [{"item": "1.1", "rev": 2, "key": "a"}]
    for rev, key in ((1, "a"), (1, "b"), (2, "b")):
        told = put(seat, answer(rev=rev, key=key, value=5))
        assert told.status_code == 200
        assert [(r["code"], r["rev"], r["key"]) for r in told.json["refused"]] == [("superseded", 2, key)]
    assert seat.get("/ballot").json["items"][0]["mine"]["value"] == 3


def test_a_value_off_the_scale_is_refused_with_the_scale(voting: Hall) -> None:
    told = put(voting.seats[0], answer(value=6))
    body = problem(told, 422, "off_scale")
    assert body["detail"] == "6 is off the scale; choose from 1 to 5."
    assert (body["ok"], body["saved"]) == (False, [])
    assert body["refused"] == [{"item": "1.1", "key": "k1", "code": "off_scale", "message": body["detail"], "rev": 0}]


def test_an_item_of_another_group_is_refused_by_name(voting: Hall) -> None:
    body = problem(put(voting.seats[0], answer(item="2.1")), 422, "unknown_item")
    assert body["detail"] == "2.1 is not an indicator of this group; choose from 1.1, 1.2, 1.3."


def test_one_bad_answer_does_not_take_the_others_with_it(voting: Hall) -> None:
    told = put(voting.seats[0], answer(), answer(item="1.2", key="k2", value=9))
    assert told.status_code == 200
    assert [s["item"] for s in told.json["saved"]] == ["1.1"]
    assert [(r["item"], r["code"]) for r in told.json["refused"]] == [("1.2", "off_scale")]


@pytest.mark.parametrize(("command", "code"), [("pause_round", "round_paused"), ("close_round", "round_not_open")])
def test_a_paused_or_closed_round_refuses_with_its_state(voting: Hall, command: str, code: str) -> None:
    version = voting.ok(command, group="D1")["version"]
    body = problem(put(voting.seats[0], answer()), 409, code)
    phase = {"pause_round": "paused", "close_round": "closed"}[command]
    assert (body["version"], body["state"]) == (version, {"group": "D1", "phase": phase, "round": 1})
    assert [(r["item"], r["code"]) for r in body["refused"]] == [("1.1", code)]


def test_another_round_than_the_open_one_is_refused(voting: Hall) -> None:
    problem(put(voting.seats[0], answer(), number=2), 409, "round_not_open")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"round": 1, "answers": [], "seat": 4}, "`seat`"),
        ({"round": 1, "answers": [answer(colour="red")]}, "`colour`"),
        ({"round": "1", "answers": []}, "$.round"),
        ({"round": 1, "answers": [answer(value="3")]}, "$.answers[0].value"),
        ({"round": 1, "answers": [answer(value=True)]}, "$.answers[0].value"),
        ({"round": 1, "answers": [answer(value=2.5)]}, "$.answers[0].value"),
        ({"round": 1, "answers": [answer(confidence=4)]}, "$.answers[0].confidence"),
        ({"round": 1, "answers": [answer(cannot="tired", value=None)]}, "$.answers[0].cannot"),
        ({"round": 1, "answers": [answer(reason="x" * 501)]}, "$.answers[0].reason"),
        ({"round": 1, "answers": [{"item": "1.1", "rev": 1, "key": "k"}]}, "`value`"),
        ({"round": 0, "answers": []}, "$.round"),
        ({"answers": []}, "`round`"),
        ([], "Expected `object`"),
    ],
)
def test_an_unknown_field_or_a_wrong_type_is_refused_by_name(voting: Hall, body: Any, named: str) -> None:
    told = voting.seats[0].put("/answers", body)
    assert named in problem(told, 422, "malformed")["detail"]
    assert voting.seats[0].get("/ballot").json["items"][0]["mine"] is None


@pytest.mark.parametrize(
    "data",
    [b'{"round": 1, "answers": [{"item": "1.1", "rev": 1, "key": "k", "value": NaN}]}',
     b'{"round": 1, "answers": [{"item": "1.1", "rev": 1, "key": "k", "value": Infinity}]}',
     b'{"round": 1, "answers": ', b"", b"\xff\xfe", b"[" * 16000],
    ids=["nan", "infinity", "cut", "nothing", "not utf-8", "deep"],
)  # fmt: skip
def test_what_is_no_json_is_refused(voting: Hall, data: bytes) -> None:
    told = voting.seats[0].ask("PUT", "/answers", data=data, content_type="application/json")
    problem(told, 422, "malformed")


def test_65_answers_are_too_many_and_64_are_not(voting: Hall) -> None:
    many = [answer(key=f"k{n}", rev=n) for n in range(1, 66)]
    body = problem(put(voting.seats[0], *many), 422, "too_many_answers")
    assert body["detail"] == "Send at most 64 answers in one message; 65 came."
    told = put(voting.seats[0], *many[:64])
    assert (told.status_code, len(told.json["saved"]), len(told.json["refused"])) == (200, 1, 63)


def test_17_kib_are_too_large_and_16_kib_are_not(voting: Hall) -> None:
    def padded(size: int) -> bytes:
        data = json.dumps({"round": 1, "answers": [answer()]}).encode()
        return data + b" " * (size - len(data))

    seat = voting.seats[0]
    body = problem(
        seat.ask("PUT", "/answers", data=padded(17 * 1024), content_type="application/json"), 413, "too_large"
    )
    assert body["detail"] == "The message is larger than 16384 bytes; send it in parts."
    told = seat.ask("PUT", "/answers", data=padded(16 * 1024), content_type="application/json")
    assert (told.status_code, len(told.json["saved"])) == (200, 1)


def test_a_body_that_hides_its_length_is_held_to_the_same_limit(voting: Hall) -> None:
    data = json.dumps({"round": 1, "answers": [answer()]}).encode() + b" " * 17 * 1024
    told = voting.seats[0].ask(
        "PUT", "/answers", input_stream=io.BytesIO(data), content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )  # fmt: skip
    problem(told, 413, "too_large")


def test_a_form_is_not_json(voting: Hall) -> None:
    told = voting.seats[0].ask("PUT", "/answers", data={"round": "1"})
    problem(told, 415, "wrong_content_type")


def test_a_revoked_seat_is_told_so_and_nothing_of_it_is_kept(voting: Hall) -> None:
    voting.ok("revoke_seat", seat=voting.cards[0]["seat"], reason="lost card")
    problem(put(voting.seats[0], answer()), 401, "pass_revoked")
    problem(voting.seats[0].get("/ballot"), 401, "pass_revoked")


def test_a_refusal_speaks_the_callers_language(voting: Hall) -> None:
    told = voting.seats[0].ask(
        "PUT", "/answers", json={"round": 1, "answers": [answer(value=6)]},
        headers={"Accept-Language": "id-ID,id;q=0.9"},
    )  # fmt: skip
    assert problem(told, 422, "off_scale")["detail"] == "6 di luar skala; pilih dari 1 sampai 5."
