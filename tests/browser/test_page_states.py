"""What a view says while it is empty, while it loads, while nobody answers and where it failed; see docs/pages.md.

The other states stand in the walks of phone, console and display, which stop at each.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import axe
from tests.browser.desk import LOCALES, sit, wider
from tests.browser.hall import Hall

LOST = {"id": "Halaman ini tidak ada.", "en": "There is no such page."}
AWAY = {"id": "Server tidak terjangkau.", "en": "The server is out of reach."}
EMPTY = {"/console": {"id": "Belum ada lokakarya", "en": "No workshop yet"},
         "/replay": {"id": "Belum ada lokakarya yang final", "en": "No workshop is final yet"}}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_views_say_that_they_load_hear_nothing_or_are_not_there(
    fresh: Callable[..., Hall], language: str
) -> None:
    hall = fresh(seats=1)
    page = sit(hall, size=(768, 900), language=language)
    page.route("**/*.js", lambda route: route.abort())  # what stands there until the script has come
    hall.expect("ERR_FAILED")
    for path in (f"/console/{hall.workshop}", f"/display/{hall.workshop}", "/console/gallery", "/console/components"):
        page.goto(path)
        expect(page.locator("main [role=status]").first).to_be_visible()
    page.unroute_all()
    page.goto(f"/preflight?workshop={hall.workshop}")
    expect(page.locator("#line > p")).to_be_hidden()
    page.route("**/preflight/phone", lambda route: route.abort())
    expect(page.locator("#line > p")).to_contain_text(AWAY[language])
    assert axe.faults(page) == []
    page.unroute_all()
    expect(page.locator("#line > p")).to_be_hidden()

    hall.expect("404")
    page.goto("/nowhere")
    expect(page.locator("h1")).to_have_text(LOST[language])
    assert page.locator("html").get_attribute("lang") == language
    assert (wider(page), axe.faults(page)) == (0, [])
    page.locator(".button--primary").click()
    page.wait_for_url(f"{hall.url}/")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_house_without_a_workshop_says_what_fills_its_lists(
    chromium: Browser, at: tuple[str, str], language: str
) -> None:
    url, bearer = at
    context = chromium.new_context(base_url=url, locale=LOCALES[language])
    context.add_cookies([{"name": "mufakat_staff", "value": bearer, "url": url}])
    page = context.new_page()
    for path, words in EMPTY.items():
        page.goto(path)
        expect(page.locator(".empty b")).to_have_text(words[language])
        assert axe.faults(page) == []
    context.close()
