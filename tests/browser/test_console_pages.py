"""Every page and state of staff, in both languages and at every width: fits, named, marked, nothing for axe to find."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.desk import console, sit, wider
from tests.browser.hall import PASSWORD, Hall

# Witness: consensus.chance_of_consensus, eight voices on five points; 7 of 8 as in STATISTICS.md.
CHANCE = {
    "en": re.compile(r"^With 8 voices, 7 must agree. With nothing to agree on it passes: at random 3%, .*"),
    "id": re.compile(r"^Dengan 8 suara, 7 harus sepakat. .* asal-asalan 3 %, .*"),
}


def check(page: Page, language: str) -> None:
    assert wider(page) == 0, page.url
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1:visible").count() == 1
    assert axe.faults(page) == []


def press(page: Page, action: str) -> None:
    """Do what a menu or a button offers."""
    if not page.locator(f"[data-do={action}]").first.is_visible():
        page.locator(f"details.menu:has([data-do={action}]) summary").click()
    page.locator(f"[data-do={action}]").first.click()


def asked(page: Page, action: str) -> Page:
    press(page, action)
    page.locator("dialog[open]").wait_for()
    return page


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), [("id", 360), ("en", 768), ("id", 1440)])
def test_every_state_of_the_console_is_accessible_and_fits(
    open_hall: Callable[..., Hall], language: str, width: int
) -> None:
    hall = open_hall()
    for page in states(hall, language, width):
        check(page, language)
        if page.url.endswith(hall.workshop):
            expect(page.locator(".bar .stamp")).to_have_text("data sintetis" if language == "id" else "synthetic data")


def states(hall: Hall, language: str, width: int) -> Iterator[Page]:
    """The console through a group's whole work, stopping at each state."""
    listed = sit(hall, size=(width, 900), language=language)
    listed.goto("/console")
    expect(listed.locator("[data-chance=workshop]")).to_have_text(CHANCE[language])
    yield listed
    listed.goto("/about/statistics")
    yield listed
    hall.seat_others(1, 2, 3, 4, 5, 6, 7)
    page = console(hall, size=(width, 900), language=language)
    yield page
    page.locator("#machine [data-do=open_round]").click()
    page.locator("[data-do=pause_round]").wait_for()
    hall.vote_others()
    yield page
    press(page, "ask-close")
    page.locator(".machine__ask").wait_for()
    yield page
    page.locator("#machine [data-do=close_round]").click()
    page.locator("[data-do=disclose]").wait_for()
    yield page
    page.locator("[data-do=disclose]").click()
    page.locator(".queue").wait_for()
    yield page
    page.locator(".case .fig__twin summary").first.click()
    page.locator(".expert > summary").click()
    yield page
    page.locator("#machine [data-do=reveal]").click()
    page.locator("#machine [data-do=open_round]").wait_for()
    yield page
    for action in ("ask-gap", "ask-minority", "ask-decide", "ask-open", "ask-conclude", "ask-void", "ask-note", "ask-erase",
                   "help"):
        yield asked(page, action)
        page.keyboard.press("Escape")
        page.locator("dialog").wait_for(state="detached")
    hall.group_order("void_round", reason="Gladi")
    page.locator(".sealed").wait_for()
    for group in hall.state()["groups"]:
        hall.order("conclude", group=group["id"])
    page.locator("[data-do=ask-freeze]").wait_for()
    yield page
    yield asked(page, "ask-freeze")
    page.locator("dialog [name=sure]").check()
    page.locator("dialog .button--stop").click()
    page.locator(".wheel").wait_for()
    yield page


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_whoever_is_not_signed_in_is_shown_the_door_and_led_back(hall: Hall, language: str) -> None:
    page = hall.phone(size=(768, 900), language={"id": "id-ID", "en": "en-GB"}[language])
    page.goto(f"/console/{hall.workshop}")
    assert page.url.endswith(f"/sign-in?next=/console/{hall.workshop}")
    check(page, language)
    page.fill("[name=name]", "Ani")
    page.fill("[name=password]", "salah sekali")
    page.locator("form .button--primary").click()
    wrong = {"id": "Nama atau kata sandi salah; coba lagi.", "en": "Name or password is wrong; try again."}
    expect(page.locator(".sentence span").last).to_have_text(wrong[language])
    hall.expect("401")
    page.fill("[name=password]", PASSWORD)
    page.locator("form .button--primary").click()
    page.locator(".groups").wait_for()
    assert page.url.endswith(f"/console/{hall.workshop}")
    page.goto("/first-run")
    check(page, language)
    page.goto("/console/w000")
    hall.expect("404")
    check(page, language)
