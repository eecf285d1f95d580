"""What is printed: cards, table cards, poster, Wi-Fi; who may, in which languages, and that nothing typed is kept."""

import json
import logging
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.web import qr, wifi
from server.workshop.papers import check_letter
from tests.web_hall import Caller, Hall

FROM_HERE = {"Origin": "http://localhost", "Accept-Language": "id"}
SECRET = 'ketahanan;kota:"2026'


def signed_in(hall: Hall, caller: Caller | None = None) -> FlaskClient:
    browser = hall.browser()
    bearer = (caller or hall.organiser).headers["Authorization"].removeprefix("Bearer ")
    browser.set_cookie("mufakat_staff", bearer)
    return browser


def printed(hall: Hall, what: str, browser: FlaskClient | None = None, **typed: str) -> TestResponse:
    """The page that a form of the hub opens."""
    browser = browser or signed_in(hall)
    hub = browser.get(f"/console/{hall.workshop}/prints", headers=FROM_HERE).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', hub)
    form = {"csrf_token": token[1] if token else ""} | typed
    return browser.post(f"/console/{hall.workshop}/{what}", data=form, headers=FROM_HERE)


def both(text: str) -> set[tuple[str, str]]:
    """What a sheet says, with its language."""
    return {(lang, said.strip()) for lang, said in re.findall(r'<span class="tongue" lang="(\w+)">(.*?)</span>', text)}


def test_seat_cards_name_the_seat_the_group_and_the_way_in_in_both_languages(hall: Hall) -> None:
    hall.hold(seats=11)
    told = printed(hall, "cards", cards=json.dumps(hall.cards))
    text = told.text
    assert told.status_code == 200 and text.count('class="card"') == 11 and text.count('class="sheet ') == 2
    assert re.findall(r'card__code">(\w{4}) (\w{4})<', text) == [(c["code"][:4], c["code"][4:]) for c in hall.cards]
    wanted = {("id", "Kursi"), ("en", "Seat"), ("id", "Pindai, atau buka ini dan ketik kodenya:"), ("en", "D1")}
    assert both(text) >= wanted
    assert not any(card["secret"] in text for card in hall.cards), "a secret stands on paper only inside its QR code"
    assert told.headers["Cache-Control"] == "no-store"


def test_a_card_that_is_none_and_a_group_that_is_none_are_not_printed(hall: Hall) -> None:
    hall.hold(seats=1)
    strange = [{**hall.cards[0], "group": "D9"}]
    assert 'class="card"' not in printed(hall, "cards", cards=json.dumps(strange)).text
    for wrong in ('[{"seat": 1}]', "no json", json.dumps([{**hall.cards[0], "code": "<b>"}])):
        told = printed(hall, "cards", cards=wrong)
        assert told.status_code == 422 and "kartu" in told.text


def test_table_cards_stand_for_every_group_twice_and_name_the_wifi(hall: Hall) -> None:
    hall.hold()
    text = printed(hall, "tables", wifi="Aula; Merapi", note="Ruang <1>").text
    assert text.count('class="tent ') == 4 and text.count("Aula; Merapi") == 4 and "Ruang &lt;1&gt;" in text
    assert ("id", "Sambungkan ke Wi-Fi ini:") in both(text)
    assert "tent__qr" not in text  # without open join no code lets anybody in


def test_a_poster_carries_the_room_code_only_where_anybody_may_join(hall: Hall) -> None:
    hall.hold(settings={"open_join": True})
    code = hall.organiser.get(hall.here).json["join_code"]
    text = printed(hall, "poster").text
    assert f"{code[:4]} {code[4:]}" in text and "localhost/join" in text
    hall.hold()
    closed = printed(hall, "poster").text
    code = hall.organiser.get(hall.here).json["join_code"]
    assert code[:4] not in closed and "kartu kursi" in closed


def test_nothing_of_a_wifi_is_kept_in_files_or_logs(
    hall: Hall, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hall.hold()
    caplog.set_level(logging.DEBUG)
    told = printed(hall, "wifi", wifi="AulaRahasia", password=SECRET, security="WPA")
    assert told.status_code == 200 and "AulaRahasia" in told.text and told.headers["Cache-Control"] == "no-store"
    refused = printed(hall, "wifi", wifi="AulaRahasia", password="pendek", security="WPA")
    assert refused.status_code == 422 and "pendek" not in refused.text and "8 sampai 63" in refused.text
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert b"AulaRahasia" not in kept and SECRET.encode() not in kept
    assert "AulaRahasia" not in caplog.text and SECRET not in caplog.text


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("facilitator", {"tables", "poster", "wifi"}), ("officer", set()), ("observer", set())],
)  # fmt: skip
def test_facilitators_print_what_lets_nobody_in_and_others_nothing(hall: Hall, role: str, allowed: set[str]) -> None:
    hall.hold()
    browser = signed_in(hall, hall.staff(role, role))
    fields = {"cards": "[]", "wifi": "Aula", "password": "ketahanan"}
    # The token of a form is of the browser, whoever signs in with it.
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/join").text)[1]  # type: ignore[index]  # it is there
    told = {
        what: browser.post(f"/console/{hall.workshop}/{what}", data=fields | {"csrf_token": token}, headers=FROM_HERE)
        for what in ("cards", "ballots", "tables", "poster", "wifi")
    }
    assert {what for what, response in told.items() if response.status_code == 200} == allowed
    assert {response.status_code for what, response in told.items() if what not in allowed} == {403}
    assert browser.get(f"/console/{hall.workshop}/prints").status_code == (200 if allowed else 403)


@pytest.mark.parametrize("what", ["cards", "ballots", "tables", "poster", "wifi"])
def test_a_form_of_another_page_prints_nothing(hall: Hall, what: str) -> None:
    hall.hold()
    browser = signed_in(hall)
    told = browser.post(f"/console/{hall.workshop}/{what}", data={"wifi": "Aula"}, headers=FROM_HERE)
    assert told.status_code == 422
    foreign = browser.post(f"/console/{hall.workshop}/{what}", data={}, headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 403


# --- paper ballots ----------------------------------------------------------------------------------------------------


def ballots_of(text: str) -> list[str]:
    """The numbers with their letters, one a sheet."""
    return re.findall(r'paper-ballot__number"><small>.*?</small><b>(.+?)</b>', text)


def test_a_paper_ballot_bears_number_letter_and_rows_and_no_secret_of_its_seat(hall: Hall) -> None:
    hall.hold(seats=3, city="Semarang")
    hall.ok("revoke_seat", seat=2, reason="lost")
    told = printed(hall, "ballots", group="D1", items="all")
    text, letters = told.text, {n: check_letter(hall.workshop, n) for n in (1, 3)}
    assert told.status_code == 200 and ballots_of(text) == [f"{n} {letter}" for n, letter in letters.items()]
    assert both(text) >= {("id", "Lembar"), ("en", "Ballot"), ("id", "Tidak ada data"), ("en", "There is no data")}
    assert re.findall(r'paper-ballot__name"><b>(.+?)</b>', text) == ["1.1", "1.2", "1.3"] * 2
    assert text.count("<i>") == 2 * 3 * (5 + 4) and "Aula · Semarang" in text
    for card in hall.cards:
        assert card["secret"] not in text and card["code"] not in text and card["code"][:4] not in text
    for n, letter in letters.items():
        leads = f"http://localhost/paper/{hall.workshop}#D1/{n}{letter}"
        assert str(qr.svg(leads, f"Kode QR lembar {n} {letter}")) in text


def test_the_ballots_of_a_round_hold_its_indicators_for_the_seats_that_were_named(hall: Hall) -> None:
    hall.hold(seats=5)
    asked = {"group": "D1", "items": "round", "numbers": "1-2, 5"}
    assert "tidak ada putaran" in printed(hall, "ballots", **asked).text
    hall.ok("open_round", group="D1", items=["1.2"])
    text = printed(hall, "ballots", **asked).text
    assert [ballot.split()[0] for ballot in ballots_of(text)] == ["1", "2", "5"]
    assert set(re.findall(r'paper-ballot__name"><b>(.+?)</b>', text)) == {"1.2"} and "</small><b>1</b>" in text


@pytest.mark.parametrize("numbers", ["9", "4-2", "x", "1-9999", "0"])
def test_numbers_that_no_seat_of_the_group_has_print_nothing_and_say_what_would(hall: Hall, numbers: str) -> None:
    hall.hold(seats=2)
    told = printed(hall, "ballots", group="D1", numbers=numbers)
    assert (told.status_code, ballots_of(told.text)) == (422, [])
    assert "1-4, 9" in told.text or "nomor lain" in told.text


# --- the text of a Wi-Fi code -----------------------------------------------------------------------------------------


def read_back(text: str) -> dict[str, str]:
    """A second reading of the form, as phones do it: fields by `;`, a backslash takes the next sign as it is."""
    assert text.startswith("WIFI:") and text.endswith(";;")
    fields, field, signs = dict[str, str](), "", iter(text[len("WIFI:") : -1])
    for sign in signs:
        if sign == "\\":
            field += next(signs)
        elif sign == ";":
            name, _, value = field.partition(":")
            fields[name], field = value, ""
        else:
            field += sign
    return fields


@pytest.mark.parametrize(
    ("name", "password"),
    [("Aula", "ketahanan"), ("Aula; \"2\": a,b\\c", 'p;a:s,s"\\word'), ("Balai Kota ☕", "12345678"),
     (";;::", "\\\\\\\\;;;;")],
)  # fmt: skip
def test_a_wifi_code_reads_back_as_it_was_typed(name: str, password: str) -> None:
    assert read_back(wifi.text(name, password, "WPA", False)) == {"T": "WPA", "S": name, "P": password}
    assert read_back(wifi.text(name, password, "WPA", True))["H"] == "true"
    assert read_back(wifi.text(name, "", "nopass", False)) == {"T": "nopass", "S": name}


def test_a_wifi_code_has_the_form_that_cameras_know() -> None:
    told = wifi.text('A;1,"b":c\\d', "x:y;z,w!", "WPA", True)
    assert told == 'WIFI:T:WPA;S:A\\;1\\,\\"b\\"\\:c\\\\d;P:x\\:y\\;z\\,w!;H:true;;'


@pytest.mark.parametrize(
    ("name", "password", "security", "fits"),
    [("Aula", "12345678", "WPA", True), ("Aula", "1234567", "WPA", False), ("Aula", "x" * 63, "WPA", True),
     ("Aula", "x" * 64, "WPA", False), ("", "12345678", "WPA", False), ("é" * 16, "12345678", "WPA", True),
     ("é" * 17, "12345678", "WPA", False), ("Aula", "kata sandi ☕", "WPA", False), ("Aula", "", "nopass", True),
     ("Au\nla", "12345678", "WPA", False)],
)  # fmt: skip
def test_a_network_that_cannot_be_is_refused(name: str, password: str, security: wifi.Security, fits: bool) -> None:
    assert wifi.fits(name, password, security) is fits
