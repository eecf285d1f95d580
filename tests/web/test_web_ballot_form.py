"""The ballot as a plain form: it keeps what changed, counts once, and a meddled one breaks nothing."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web_browser import Page, open_page, send
from tests.web_hall import Hall


def answered(phone: FlaskClient) -> dict[str, object]:
    mine = {item["id"]: item["mine"] for item in phone.get("/api/v1/ballot").json["items"]}
    return {item: (own["value"], own["cannot"], own["reason"]) for item, own in mine.items() if own}


def test_without_a_pass_the_ballot_leads_to_the_door(hall: Hall) -> None:
    response = open_page(hall.browser(), "/ballot")
    assert (response.status_code, response.location) == (303, "/join")


def test_a_form_keeps_what_changed_and_says_how_much(phone: FlaskClient) -> None:
    form = Page(open_page(phone, "/ballot")).fields
    changed = {"answer:1.1": "4", "answer:1.2": "no_data", "reason:1.1": " Karena.\r\nSungguh. "}
    told = send(phone, "/ballot", form | changed)
    assert (told.status_code, told.location) == (303, "/ballot")
    assert "2 answers are saved." in open_page(phone, "/ballot").text
    assert answered(phone) == {"1.1": (4, None, "Karena.\nSungguh."), "1.2": (None, "no_data", None)}


def test_a_form_sent_twice_counts_once_and_sent_again_otherwise_is_superseded(phone: FlaskClient) -> None:
    form = Page(open_page(phone, "/ballot")).fields | {"answer:1.1": "4"}
    send(phone, "/ballot", form)
    send(phone, "/ballot", form)
    assert "1 answer is saved." in open_page(phone, "/ballot").text
    send(phone, "/ballot", form | {"answer:1.1": "2"})
    assert "A newer answer to 1.1 is saved" in open_page(phone, "/ballot").text
    assert answered(phone) == {"1.1": (4, None, None)}


def test_an_answer_can_be_withdrawn_in_the_form(phone: FlaskClient) -> None:
    send(phone, "/ballot", Page(open_page(phone, "/ballot")).fields | {"answer:1.1": "4"})
    send(phone, "/ballot", Page(open_page(phone, "/ballot")).fields | {"answer:1.1": ""})
    assert answered(phone) == {}


@pytest.mark.parametrize(
    "wrong",
    [{"answer:1.1": "6"}, {"answer:1.1": "abc"}, {"answer:1.1": "9" * 400}, {"rev:1.1": "x", "answer:1.1": "3"},
     {"round": "9", "answer:1.1": "3"}, {"round": "-1", "answer:1.1": "3"}, {"token": "", "answer:1.1": "3"}],
)  # fmt: skip
def test_a_meddled_form_saves_nothing_and_breaks_nothing(phone: FlaskClient, wrong: dict[str, str]) -> None:
    response = send(phone, "/ballot", Page(open_page(phone, "/ballot")).fields | wrong)
    assert (response.status_code, answered(phone)) == (303, {})


def test_a_reason_with_a_script_in_it_stays_text(phone: FlaskClient) -> None:
    evil = "</textarea></script><script>alert(1)</script>"
    send(phone, "/ballot", Page(open_page(phone, "/ballot")).fields | {"answer:1.1": "4", "reason:1.1": evil})
    response = open_page(phone, "/ballot")
    assert "<script>alert" not in response.text and evil not in response.text
    assert answered(phone)["1.1"] == (4, None, evil)


def test_a_fault_of_ours_is_a_calm_page_with_the_id_that_the_operator_finds_it_by(
    phone: FlaskClient, voting: Hall, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the password is 12345")

    monkeypatch.setattr(voting.app.engine, "look", fail)
    for address in ("/ballot", "/results"):
        response = open_page(phone, address)
        assert response.status_code == 500 and "This did not work just now." in response.text
        [ident] = re.findall(r"fault ([0-9a-f]{16})", response.text)
        assert ident in caplog.text and "12345" not in response.text and "ZeroDivision" not in response.text


def test_a_revoked_pass_says_so_and_offers_the_door(voting: Hall, phone: FlaskClient) -> None:
    voting.ok("revoke_seat", seat=1, reason="lost")
    response = open_page(phone, "/ballot")
    assert response.status_code == 401 and "no longer valid" in response.text and 'id="code"' in response.text
