"""A seat's own ballot and the proof between heads, over HTTP: who gets them, when, and that they prove."""

import base64
import json

from server.trail.checkpoint import open_note
from server.trail.commitment import Opening, opens, tracker
from server.trail.note import Verifier
from server.trail.proof import ProofFile
from server.trail.tree import verify_consistency
from tests.web_hall import ITEMS, Caller, Hall, problem

VALUES = (3, 3, 4, 4, 5, 1)
OWN = "/ballot/opening?round=1"


def values(seat: Caller) -> set[int]:
    return {answer["value"] for answer in seat.get(OWN).json["content"]["answers"]}


def test_a_seat_gets_its_own_ballot_and_it_is_proved_under_the_signed_head(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES, reasons={2: "data 2023"})
    seat = hall.seats[2]
    told, receipt = seat.get(OWN).json, seat.get("/ballot/receipt").json
    assert set(told) == {"round", "seq", "line", "salt", "content"}
    assert [(a["item"], a["value"], a["reason"]) for a in told["content"]["answers"]] == [
        (item, 4, "data 2023") for item in ITEMS
    ]
    line = json.loads(told["line"])
    sealed = line["body"]["sealed"]["ballot"]
    assert opens(Opening(told["seq"], "ballot", told["salt"], told["content"]), sealed)
    assert (told["seq"], tracker(sealed)) == (receipt["seq"], receipt["tracker"])
    proof = ProofFile.parse(seat.get(f"{hall.here}/proof/{told['seq']}").text)
    assert proof.check(told["line"].encode(), Verifier.parse(hall.app.engine.vkey(hall.workshop))).size > told["seq"]


def test_every_seat_gets_its_own_ballot_and_never_another_ones(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES)
    assert [values(seat) for seat in hall.seats] == [{value} for value in VALUES]
    assert len({seat.get(OWN).json["seq"] for seat in hall.seats}) == len(VALUES)
    # Whatever else is asked for, the pass alone says whose ballot it is.
    assert values(hall.caller(hall.seats[0].headers["Authorization"].removeprefix("Bearer "))) == {3}
    told = hall.seats[0].get(OWN + "&seat=6&voice=x&seq=1")
    assert {answer["value"] for answer in told.json["content"]["answers"]} == {3}


def test_no_ballot_is_opened_before_its_round_is_disclosed(voting: Hall) -> None:
    voting.vote(*VALUES)
    problem(voting.seats[0].get(OWN), 404, "not_yet")
    voting.ok("close_round", group="D1")
    problem(voting.seats[0].get(OWN), 404, "not_yet")
    voting.ok("disclose", group="D1")
    assert values(voting.seats[0]) == {3}
    problem(voting.seats[0].get("/ballot/opening?round=2"), 404, "not_yet")
    problem(voting.seats[0].get("/ballot/opening?round=x"), 422, "malformed")


def test_a_ballot_is_still_opened_while_the_next_round_is_open(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES)
    hall.ok("open_round", group="D1", items="all")
    assert values(hall.seats[5]) == {1}
    problem(hall.seats[5].get("/ballot/opening"), 404, "not_yet")  # by default the round at hand


def test_a_seat_without_a_ballot_in_the_round_gets_none(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES[:5])
    problem(hall.seats[5].get(OWN), 404, "not_yet")


def test_nobody_gets_a_ballot_after_the_freeze(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES)
    for group in ("D1", "D2"):
        hall.ok("conclude", group=group)
    hall.ok("freeze")
    for seat in hall.seats:
        problem(seat.get(OWN), 409, "already_frozen")


def test_an_opening_is_for_seats_alone(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES)
    display = hall.caller(hall.organiser.post(f"{hall.here}/displays").json["pass"])
    for other in (hall.organiser, display):
        problem(other.get(OWN), 403, "not_allowed")
    problem(hall.caller().get(OWN), 401, "not_signed_in")


# --- heads ------------------------------------------------------------------------------------------------------------


def test_a_later_head_is_proved_to_extend_an_earlier_one(hall: Hall) -> None:
    hall.hold()
    verifier_of = Verifier.parse(hall.app.engine.vkey(hall.workshop))
    heads = []
    for number in (1, 2):
        hall.round(*VALUES, number=number)
        heads.append(open_note(hall.seats[0].get(f"{hall.here}/checkpoint").text, verifier_of))
    first, second = heads
    told = hall.seats[0].get(f"{hall.here}/consistency?from={first.size}&to={second.size}").json
    assert (told["from"], told["to"]) == (first.size, second.size)
    path = [base64.b64decode(text) for text in told["hashes"]]
    assert verify_consistency(first.size, second.size, path, first.root, second.root)
    assert not verify_consistency(first.size, second.size, path, bytes(32), second.root)


def test_only_signed_heads_are_compared_so_that_no_hidden_line_is_told_by_its_hash(hall: Hall) -> None:
    hall.hold()
    hall.round(*VALUES)
    size = int(hall.seats[0].get(f"{hall.here}/checkpoint").text.split("\n")[1])
    for first, second in ((size - 1, size), (1, size), (0, size), (size, size + 1), (size, 0)):
        problem(hall.seats[0].get(f"{hall.here}/consistency?from={first}&to={second}"), 404, "not_yet")
    assert hall.seats[0].get(f"{hall.here}/consistency?from={size}&to={size}").json["hashes"] == []
    problem(hall.seats[0].get(f"{hall.here}/consistency?from=-1&to={size}"), 422, "malformed")
    problem(hall.caller().get(f"{hall.here}/consistency?from={size}&to={size}"), 401, "not_signed_in")
    other = hall.create().json["workshop"]
    problem(hall.seats[0].get(f"/workshops/{other}/consistency?from=1&to=1"), 404, "unknown_workshop")
