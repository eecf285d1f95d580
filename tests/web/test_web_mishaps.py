"""An error as a page: in the reader's language, with what would work, without its insides; programs get a problem."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web_hall import Hall, problem

LOOKS = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
LOST = {"id": "Halaman ini tidak ada.", "en": "There is no such page."}
FAILED = {"id": "Ini belum berhasil.", "en": "This did not work just now."}


def seen(browser: FlaskClient, path: str, language: str, status: int) -> str:
    """The main heading of a page that this address gives."""
    told = browser.get(path, headers={**LOOKS, "Accept-Language": language})
    assert (told.status_code, told.content_type) == (status, "text/html; charset=utf-8")
    assert f'<html lang="{language}"' in told.text and "default-src 'none'" in told.headers["Content-Security-Policy"]
    [heading] = re.findall(r"<h1[^>]*>(.*?)</h1>", told.text)
    return str(heading)


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_address_without_a_page_says_so_and_leads_to_the_start(hall: Hall, language: str) -> None:
    browser = hall.browser()
    assert seen(browser, "/nowhere", language, 404) == LOST[language]
    assert 'href="/">' in browser.get("/nowhere", headers=LOOKS).text
    for asked in ({}, {"Accept": "application/json"}):
        problem(browser.get("/nowhere", headers=asked), 404, "not_found")
    problem(browser.get("/api/v1/nowhere", headers=LOOKS), 404, "not_found")
    problem(browser.post("/nowhere", headers=LOOKS), 404, "not_found")
    problem(browser.get("/nowhere", headers={**LOOKS, "Host": "elsewhere.example"}), 400, "wrong_host")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_fault_of_ours_on_a_page_of_staff_is_calm_and_tells_nothing_of_its_insides(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the password is 12345")

    browser = hall.browser()
    browser.set_cookie("mufakat_staff", hall.organiser.headers["Authorization"].removeprefix("Bearer "))
    monkeypatch.setattr(hall.app.engine, "workshops", fail)
    assert seen(browser, "/console", language, 500) == FAILED[language]
    told = browser.get("/console", headers=LOOKS).text
    assert "12345" not in told and "ZeroDivision" not in told and 'href="/console"' in told
    assert re.search("fault [0-9a-f]{16}|gangguan [0-9a-f]{16}", told)
