"""The galleries of figures and components are for staff, marked as invented, and bring along all that they draw."""

import json
import re

import pytest

from server.web.gallery import CASES
from tests.web_hall import Hall


@pytest.mark.parametrize("role", ["organiser", "facilitator", "observer"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_whoever_watches_a_workshop_sees_the_gallery_marked_as_synthetic(hall: Hall, role: str, theme: str) -> None:
    browser = hall.browser()
    browser.set_cookie("mufakat_staff", hall.staff("Budi", role).headers["Authorization"].removeprefix("Bearer "))
    told = browser.get(f"/console/gallery?theme={theme}", headers={"Accept-Language": "en"})
    assert (told.status_code, told.content_type) == (200, "text/html; charset=utf-8")
    assert f'data-theme="{theme}"' in told.text and "synthetic data" in told.text
    [cases] = re.findall(r'id="cases"[^>]*>(.*?)</script>', told.text, flags=re.S)
    assert json.loads(cases) == json.loads(CASES.read_text("utf-8"))


def test_whoever_is_no_staff_is_shown_the_door(voting: Hall) -> None:
    browser = voting.browser()
    told = browser.get("/console/gallery")
    assert (told.status_code, told.headers["Location"]) == (303, "/sign-in?next=/console/gallery")
    browser.set_cookie("mufakat_seat", voting.seats[0].headers["Authorization"].removeprefix("Bearer "))
    assert browser.get("/console/gallery").status_code == 303


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_components_is_for_staff_marked_and_in_the_theme_asked_for(hall: Hall, theme: str) -> None:
    browser = hall.browser()
    assert browser.get("/console/components").headers["Location"] == "/sign-in?next=/console/components"
    browser.set_cookie("mufakat_staff", hall.organiser.headers["Authorization"].removeprefix("Bearer "))
    told = browser.get(f"/console/components?theme={theme}", headers={"Accept-Language": "en"})
    assert (told.status_code, told.content_type) == (200, "text/html; charset=utf-8")
    assert f'data-theme="{theme}"' in told.text and "synthetic data" in told.text
