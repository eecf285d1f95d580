"""Every building block of the interface, drawn with what the pages use: said in a sentence, fitting, for axe clean."""

import pytest
from playwright.sync_api import Browser, expect

from server.cli.stage.served import Caller
from tests.browser import axe
from tests.browser.desk import LOCALES, wider
from tests.browser.hall import PASSWORD

BLOCKS = ["colours", "type", "dimensions", "buttons", "fields", "scale", "saves", "verdicts", "phases", "machine",
          "lanes", "bar", "banners", "answers", "tables", "cards", "signs"]  # fmt: skip
STATES = {"empty": ".empty b", "loading": ".loading[role=status]", "offline": ".banner--offline strong",
          "failed": ".sentence > span:last-child", "frozen": ".banner--frozen strong"}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("language", "theme", "width"), [("id", "light", 1440), ("en", "dark", 320)])
def test_every_component_is_drawn_said_and_accessible(
    chromium: Browser, at: tuple[str, str], language: str, theme: str, width: int
) -> None:
    url, _ = at
    with Caller(url) as door:  # a pass of its own, which it gives back at the end
        bearer = door.call("POST", "/sign-in", {"name": "Ani", "password": PASSWORD})["pass"]
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale=LOCALES[language], base_url=url, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "mufakat_staff", "value": bearer, "url": url}])
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda fault: wrong.append(str(fault)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"/console/components?theme={theme}")
    page.locator("#signs").wait_for()
    assert page.locator("#components > section").evaluate_all("all => all.map(one => one.id)") == BLOCKS
    for block in BLOCKS:
        assert page.locator(f"#{block} > p").inner_text().endswith(".")  # its use, in a sentence
        assert page.locator(f"#{block} .parts").evaluate("one => one.firstElementChild.offsetHeight") > 0
    assert page.locator("#phases .save").count() == 7  # from waiting to concluded
    assert page.locator("#lanes tbody tr").count() == 4
    for state, sign in STATES.items():
        expect(page.locator(f"#{state} {sign}")).to_be_visible()
    assert wider(page) == 0
    assert page.locator("html").get_attribute("lang") == language
    assert axe.faults(page) == []
    page.locator("[data-open=dialog]").click()
    expect(page.locator("dialog[open] .button--stop")).to_be_visible()
    assert axe.faults(page) == []
    page.keyboard.press("Escape")
    page.locator("[data-open=toast]").click()
    expect(page.locator(".toast")).to_be_visible()
    page.locator(".bar [data-do=sign-out]").first.click()
    page.wait_for_url("**/sign-in")
    assert page.request.get("/api/v1/workshops", headers={"Authorization": f"Bearer {bearer}"}).status == 401
    context.close()
    assert wrong == []
