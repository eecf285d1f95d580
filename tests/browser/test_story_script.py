"""Somebody writes a script for a reason: every screen shows it as the text it is, and none runs it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.desk import console, display
from tests.browser.hall import Hall, pick, wait_state

EVIL = "<img src=x onerror=\"window.ran='img'\"><script>window.ran='script'</script> {{7*7}}"


def shows(page: Page) -> None:
    """The text is there, letter by letter, and nothing in it has run."""
    page.wait_for_function("text => document.body.innerText.includes(text)", arg=EVIL)
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src='x']").count() == 0


@pytest.mark.slow
def test_a_reason_that_contains_a_script_is_text_on_console_display_and_phones(hall: Hall) -> None:
    hall.seat_others(3, 4, 5, 6, 7, 8)
    hall.group_order("open_round", items=["7.1"], minutes=20)
    author, reader = hall.seated(1), hall.seated(2)
    pick(author, 5)
    author.locator("textarea").fill(EVIL)
    author.locator("textarea").blur()
    wait_state(author, "saved")
    hall.vote_others()
    hall.show()
    reader.locator("details summary").first.click()
    shows(reader)
    plain = hall.phone(script=False)
    plain.context.add_cookies(reader.context.cookies())
    plain.goto("/results")
    plain.locator("details summary").first.click()
    assert EVIL in plain.locator("main").inner_text()
    desk = console(hall)
    shows(desk)
    hall.group_order("open_round", items=["7.1"], minutes=20)
    author.locator("summary", has_text="alasan lagi").click()
    shows(author)
    wall = display(hall)
    assert wall.evaluate("window.ran") is None and wall.locator("img[src='x']").count() == 0
