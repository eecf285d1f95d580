"""The doors by which people come in: first run, sign-in, cards, room codes, displays."""

import pytest

from tests.web_hall import API, PASSWORD, Hall, problem


def test_the_first_run_token_works_once(hall: Hall) -> None:
    assert hall.app.passes.first_run_token() is None
    for token in ("x" * 43, ""):
        told = hall.caller().post("/first-run", {"token": token or "-", "name": "Eve", "password": PASSWORD})
        problem(told, 403, "bad_token")


def test_a_short_password_is_refused_with_the_length_that_works(hall: Hall) -> None:
    told = hall.caller().post("/first-run", {"token": "t", "name": "Eve", "password": "1234567"})
    assert "length >= 8" in problem(told, 422, "malformed")["detail"]


def test_a_wrong_password_and_an_unknown_name_are_told_alike(hall: Hall) -> None:
    tried = [hall.caller().post("/sign-in", {"name": name, "password": "salah-salah"}) for name in ("Ani", "Nobody")]
    assert [problem(told, 401, "wrong_password") for told in tried] == [tried[0].json] * 2


def test_signing_in_gives_a_pass_with_todays_role(hall: Hall) -> None:
    told = hall.caller().post("/sign-in", {"name": "Ani", "password": PASSWORD})
    body = told.json
    assert {name: body[name] for name in ("staff", "role", "groups")} == {
        "staff": "staff/1", "role": "organiser", "groups": None,
    }  # fmt: skip
    assert hall.caller(body["pass"]).get("/workshops").status_code == 200


@pytest.mark.parametrize("form", ["code", "secret", "typed"])
def test_a_card_is_taken_by_its_code_as_typed_or_by_its_secret(hall: Hall, form: str) -> None:
    hall.hold(seats=1)
    card = hall.ok("issue_seats", group="D2", count=1)["cards"][0]
    code = card["code"]
    shown = {"code": code, "secret": card["secret"], "typed": f" {code[:4].lower()}-{code[4:]} "}
    told = hall.caller().post("/join", {"code": shown[form]})
    assert (told.status_code, {k: told.json[k] for k in ("seat", "group", "workshop")}) == (
        201, {"seat": 2, "group": "D2", "workshop": hall.workshop}
    )  # fmt: skip
    ballot = hall.caller(told.json["pass"]).get("/ballot").json
    assert (ballot["group"], ballot["phase"], ballot["items"], ballot["round"]) == ("D2", "waiting", [], None)


def test_joining_again_moves_the_seat_and_the_older_phone_is_out(voting: Hall) -> None:
    told = voting.caller().post("/join", {"code": voting.cards[0]["code"]})
    assert told.status_code == 201
    problem(voting.seats[0].get("/ballot"), 401, "pass_revoked")
    assert voting.caller(told.json["pass"]).get("/ballot").json["seat"] == 1


def test_an_open_workshop_is_joined_with_the_room_code_and_a_group(hall: Hall) -> None:
    hall.hold(settings={"open_join": True})
    code = hall.organiser.get(hall.here).json["join_code"]
    body = problem(hall.caller().post("/join", {"code": code}), 422, "choose_group")
    assert body["detail"] == "Choose your group: D1, D2."
    told = hall.caller().post("/join", {"code": code, "group": "D2"})
    assert (told.status_code, told.json["group"], told.json["seat"]) == (201, "D2", 7)
    assert hall.organiser.get(hall.here).json["indicative"] is True


def test_a_browser_that_shows_the_room_code_again_keeps_its_seat(hall: Hall) -> None:
    hall.hold(settings={"open_join": True})
    code = hall.organiser.get(hall.here).json["join_code"]
    browser = hall.browser()
    told = [browser.post(f"{API}/join", json={"code": code, "group": group}).json for group in ("D1", "D2")]
    assert told == [told[0]] * 2 and told[0]["group"] == "D1"
    assert len(hall.organiser.get(hall.here).json["seats"]) == 7
    assert hall.browser().post(f"{API}/join", json={"code": code, "group": "D2"}).json["seat"] == 8


def test_the_room_code_of_a_workshop_with_cards_opens_nothing(hall: Hall) -> None:
    hall.hold()
    code = hall.organiser.get(hall.here).json["join_code"]
    problem(hall.caller().post("/join", {"code": code, "group": "D1"}), 403, "open_join_off")


def test_the_sixth_wrong_code_of_a_device_is_not_even_looked_at_and_others_go_on(voting: Hall) -> None:
    browser = voting.browser()
    english = {"Accept-Language": "en"}
    for _ in range(5):
        told = browser.post(f"{API}/join", json={"code": "00000000"}, headers=english)
        problem(told, 404, "wrong_code")
    told = browser.post(f"{API}/join", json={"code": voting.cards[0]["code"]}, headers=english)
    problem(told, 429, "too_many_codes")
    assert told.headers["Retry-After"] == "60"
    assert voting.caller().post("/join", {"code": voting.cards[0]["code"]}).status_code == 201
    voting.clock.pass_by(61)
    assert browser.post(f"{API}/join", json={"code": voting.cards[0]["code"]}).status_code == 201


def test_a_browser_keeps_its_pass_and_language_and_is_known_again_only_after_a_wrong_code(voting: Hall) -> None:
    def cookies(code: str) -> set[str]:
        told = voting.browser().post(f"{API}/join", json={"code": code, "language": "en"})
        return {line.partition("=")[0] for line in told.headers.getlist("Set-Cookie")}

    assert cookies(voting.cards[0]["code"]) == {"mufakat_seat", "mufakat_language"}
    assert cookies("00000000") == {"mufakat_device"}


def test_a_display_is_revoked_at_once(voting: Hall) -> None:
    secret = voting.organiser.post(f"{voting.here}/displays").json["pass"]
    display = voting.caller(secret)
    assert display.get(f"{voting.here}/trail").status_code == 200
    assert voting.organiser.post(f"{voting.here}/displays/revoke", {"pass": secret}).status_code == 204
    problem(display.get(f"{voting.here}/trail"), 401, "pass_revoked")
    problem(voting.organiser.post(f"{voting.here}/displays/revoke", {"pass": secret}), 401, "pass_revoked")
