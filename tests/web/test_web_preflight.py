"""The pre-flight over HTTP: who may look and choose, what cards and display then print, and the check of a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Settings
from server.addresses import Interface, interfaces
from server.app import build
from tests.small_hall import FakeClock
from tests.web_hall import API, Caller, Hall, house, problem

OURS = {"Origin": "http://localhost"}
TWO = [Interface("lo", "127.0.0.1"), Interface("wlan0", "192.168.1.5"), Interface("docker0", "172.17.0.1"),
       Interface("eth0", "10.0.0.7")]  # fmt: skip


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[Hall]:
    """A house that listens on every address of a machine with these interfaces."""
    with house(tmp_path, MUFAKAT_HOST="0.0.0.0") as hall:
        hall.app.services.addresses._look = lambda: TWO  # type: ignore[attr-defined]  # the machine is what we say
        hall.app.checking._reach = lambda origin: ""  # nobody is called outside this machine
        yield hall


def signed_in(hall: Hall, caller: Caller) -> FlaskClient:
    """A browser in which these staff are signed in."""
    browser = hall.browser()
    browser.set_cookie("mufakat_staff", caller.headers["Authorization"].removeprefix("Bearer "))
    return browser


def looked(hall: Hall) -> TestResponse:
    return hall.organiser.get("/preflight")


def states(told: TestResponse) -> dict[str, str]:
    return {line["key"]: line["state"] for line in told.json["lines"]}


def test_a_house_on_this_machine_alone_is_told_how_to_open_it(hall: Hall) -> None:
    told = looked(hall)
    assert (told.json["ready"], states(told)["address"]) == (False, "mend")
    assert {"hosts", "reach"} & set(states(told)) == set()
    [line] = [line for line in told.json["lines"] if line["key"] == "address"]
    assert line["word"] == "mend this" and "--host 0.0.0.0" in line["sentence"]


def test_the_likeliest_address_is_printed_until_an_organiser_chooses(open_house: Hall) -> None:
    hall = open_house
    assert (looked(hall).json["origin"], looked(hall).json["how"]) == ("http://192.168.1.5", "guessed")
    assert hall.organiser.put("/preflight/address", {"address": "10.0.0.7"}).status_code == 204
    assert (looked(hall).json["origin"], looked(hall).json["how"]) == ("http://10.0.0.7", "chosen")
    hall.hold()
    browser = signed_in(hall, hall.organiser)
    assert 'data-address="10.0.0.7"' in browser.get(f"/display/{hall.workshop}").text
    assert '"http://10.0.0.7/join"' in browser.get(f"/console/{hall.workshop}").text


def test_the_choice_outlives_a_restart_and_the_operators_address_wins(open_house: Hall, tmp_path: Path) -> None:
    open_house.organiser.put("/preflight/address", {"address": "10.0.0.7"})
    env = {"MUFAKAT_DATA_DIR": str(tmp_path / "data"), "MUFAKAT_HOST": "0.0.0.0"}
    public = {"MUFAKAT_PUBLIC_URL": "https://hall.example"}
    for more, origin in (({}, "http://10.0.0.7:8000"), (public, "https://hall.example")):
        app = build(Settings.from_env(env | more), FakeClock(), ticking=False)
        assert app.services.addresses.printed().origin == origin
        app.close()


@pytest.mark.parametrize("address", ["192.168.7.7", "127.0.0.1", "evil.example"])
def test_an_address_that_phones_cannot_open_is_refused_with_those_they_can(open_house: Hall, address: str) -> None:
    told = problem(open_house.organiser.put("/preflight/address", {"address": address}), 422, "unknown_address")
    assert told["detail"].endswith("choose from 192.168.1.5, 10.0.0.7, 172.17.0.1.")
    assert looked(open_house).json["how"] == "guessed"


def test_only_an_organiser_chooses_and_an_officer_does_not_even_look(open_house: Hall) -> None:
    for role, status in (("facilitator", 200), ("observer", 200), ("officer", 403)):
        staff = open_house.staff(role, role)
        assert staff.get("/preflight").status_code == status, role
        problem(staff.put("/preflight/address", {"address": "10.0.0.7"}), 403, "not_allowed")
    problem(open_house.caller().get("/preflight"), 401, "not_signed_in")


def test_a_machine_that_lost_its_address_says_to_print_again(open_house: Hall) -> None:
    open_house.organiser.put("/preflight/address", {"address": "10.0.0.7"})
    open_house.app.services.addresses._look = lambda: TWO[:3]  # type: ignore[attr-defined]  # the cable is out
    [line] = [line for line in looked(open_house).json["lines"] if line["key"] == "address"]
    assert (line["state"], line["code"]) == ("mend", "address_gone")


def test_this_machines_own_addresses_are_answered_where_all_are_listened_on(tmp_path: Path, hall: Hall) -> None:
    own = next((one.address for one in interfaces() if ":" not in one.address and one.name != "lo"), "127.0.0.1")
    with house(tmp_path / "open", MUFAKAT_HOST="0.0.0.0") as wide:
        for host, status in ((f"{own}:8000", 200), ("laptop.local:8000", 400), ("9.9.9.9", 400)):
            assert wide.browser().get("/build", headers={"Host": host}).status_code == status, host
    if own != "127.0.0.1":
        problem(hall.browser().get("/build", headers={"Host": own}), 400, "wrong_host")


# --- what is found for real -------------------------------------------------------------------------------------------


def test_a_damaged_trail_and_a_key_that_others_may_read_are_found(hall: Hall, tmp_path: Path) -> None:
    hall.hold()
    assert {states(looked(hall))[key] for key in ("trail", "key", "database", "disk", "sync")} <= {"fine", "look"}
    (tmp_path / "data" / "signing.pem").chmod(0o644)
    with hall.app.database.write() as connection:
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger'").scalars().all()
        for name in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE trail SET line = replace(line, 'Aula', 'Alau') WHERE seq = 0")
    told = states(looked(hall))
    assert (told["trail"], told["key"], looked(hall).json["ready"]) == ("mend", "mend", False)


# --- a phone ----------------------------------------------------------------------------------------------------------


def test_a_phone_that_looked_at_itself_is_counted_and_nothing_else_of_it_is_kept(hall: Hall) -> None:
    phone, language = hall.browser(), {"Accept-Language": "en"}
    assert hall.browser().get(f"{API}/phone-check").json["cookie"] is False
    page = phone.get("/phone-check", headers=language)
    assert page.status_code == 200 and "Is this phone ready?" in page.text
    told = phone.get(f"{API}/phone-check").json
    assert (told["cookie"], told["now"]) == (True, hall.clock.now().timestamp())

    def phone_line() -> dict[str, str]:
        line: dict[str, str] = hall.organiser.get("/preflight/phone").json
        return line

    assert phone_line()["state"] == "yours"
    assert phone.post(f"{API}/phone-check", json={"faults": ["clock"]}, headers=OURS).status_code == 204
    assert (phone_line()["state"], "clock" in phone_line()["sentence"]) == ("look", True)
    assert phone.post(f"{API}/phone-check", json={"faults": []}, headers=OURS).status_code == 204
    assert (phone_line()["state"], states(looked(hall))["phone"]) == ("fine", "fine")
    problem(phone.post(f"{API}/phone-check", json={"faults": ["Ibu Sri"]}, headers=OURS | language), 422, "malformed")
    assert "mufakat_phone_checks_passed 1" in hall.browser().get("/metrics").text


def test_the_page_shows_every_line_by_word_and_icon_and_only_organisers_may_choose(open_house: Hall) -> None:
    def page(caller: Caller) -> str:
        return signed_in(open_house, caller).get("/preflight", headers={"Accept-Language": "id"}).text

    text = page(open_house.organiser)
    row = re.compile(r'<li class="check check--(\w+)" data-check="(\w+)"><span class="check__state"><span class="icon')
    assert {key: state for state, key in row.findall(text)} == states(looked(open_house))
    assert "Cetak alamat ini" in text and "http://192.168.1.5/phone-check" in text
    assert "Cetak alamat ini" not in page(open_house.staff("Budi", "facilitator"))
    assert "Peran Anda tidak dapat melakukan ini" in page(open_house.staff("Cici", "officer"))
