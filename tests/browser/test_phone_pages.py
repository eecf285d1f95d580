"""Every state of the phone, in both languages: light to load, nothing for axe to find, never wider than the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from server.catalog import load
from tests.browser import axe
from tests.browser.hall import Hall, onward, pick, sideways, wait_state

LONG = (
    "Kesinambungan penyelenggaraan pelayanan dasar perkotaan yang mempertimbangkan ketidakterjangkauan masyarakat "
    "berpenghasilan rendah serta mempertanggungjawabkan pengelolaan risiko antarwilayah"
).ljust(200, ".")  # as long as an indicator's name may get
MOST_BYTES, MOST_REQUESTS = 60 * 1024, 12


def check(page: Page, language: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1:visible").count() == 1
    assert page.get_by_text("data sintetis" if language == "id" else "synthetic data").first.is_visible()
    assert axe.faults(page) == []


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), [("id", 320), ("en", 360), ("id", 390), ("en", 1440)])
def test_every_state_of_the_phone_is_accessible_and_fits(
    open_hall: Callable[..., Hall], language: str, width: int
) -> None:
    hall = open_hall(framework=wordy() if width == 320 else "cri")
    page = hall.phone(size=(width, 740), language={"id": "id-ID", "en": "en-GB"}[language])
    for visit in states(hall, page):
        check(visit, language)
        if width == 320:  # enlarged to 200 %
            visit.set_viewport_size({"width": 160, "height": 370})
            assert sideways(visit) == 0, visit.locator("h1:visible").inner_text()
            visit.set_viewport_size({"width": 320, "height": 740})
    hall.expect("401")  # of the passes that were taken away


def wordy() -> dict[str, Any]:
    """The index with an indicator and a goal whose names are as long as they get."""
    framework = load("cri")
    for node in framework["nodes"]:
        if node["id"] in ("7.1", "7.2", "G7"):
            node["name"]["id"] = LONG
    return framework


def states(hall: Hall, page: Page) -> Iterator[Page]:
    """The phone through a whole group's work, stopping at each state."""
    page.goto("/join")
    yield page
    page.goto(f"/join?code={hall.room_code}")
    page.locator("button.button--primary").click()
    page.locator("input[name=group]").first.wait_for()
    yield page
    page.goto("about:blank")
    page.goto(f"/join#{hall.cards[0]['secret']}")
    page.locator("#scanned").wait_for()
    assert page.evaluate("location.hash") == "", "the secret stays in the address"
    yield page
    page.locator("button.button--primary").click()
    page.locator(".still__big").wait_for()
    yield page
    hall.seat_others(2, 3, 4, 5, 6)
    hall.group_order("open_round", items="all", minutes=20)
    page.locator(".scale").wait_for()
    yield page
    pick(page, 2)
    wait_state(page, "saved")
    yield page
    onward(page)
    page.locator("label.cannot").click()
    wait_state(page, "draft")
    yield page
    page.locator(".choices label").nth(1).click()
    wait_state(page, "saved")
    page.evaluate("location.hash = '#review'")
    page.locator(".answers--missing").wait_for()
    yield page
    page.evaluate("location.hash = '#done'")
    page.locator(".still__big").wait_for()
    yield page
    page.evaluate("location.hash = '#3'")
    hall.group_order("pause_round")
    page.locator(".banner--note").wait_for()
    yield page
    hall.group_order("resume_round")
    page.locator(".banner--note").wait_for(state="detached")
    page.context.set_offline(True)
    pick(page, 5)
    page.locator(".banner--offline").wait_for()
    yield page
    page.context.set_offline(False)
    wait_state(page, "saved")
    hall.vote_others()
    hall.group_order("close_round")
    page.locator(".icon--locked").wait_for()
    yield page
    hall.group_order("disclose")
    page.locator(".tracker").wait_for()
    yield page
    hall.group_order("reveal", baseline=True, reasons=True)
    page.locator("details summary").nth(2).click()
    page.locator(".reasons").first.wait_for(state="attached")
    yield page
    hall.group_order("open_round", items="all", minutes=20)
    page.locator(".scale").wait_for()
    page.locator(".reasons").first.wait_for()
    pick(page, 5)
    wait_state(page, "saved")
    page.locator(".path svg").wait_for()
    yield page
    page.evaluate("location.hash = '#results'")
    page.locator("details summary").first.click()
    yield page
    gone = hall.seated(7, size=(320, 740), language=spoken(page))
    gone.locator(".scale").wait_for()
    hall.order("revoke_seat", seat=7, reason="kartu hilang")
    gone.locator(".still__big", has_text=re.compile("ditutup|closed|tidak lagi|no longer")).wait_for()  # told, or asked
    yield gone
    gone.close()
    other = hall.seated(1)
    page.locator(".still__big").wait_for()  # moved to the other phone
    yield page
    other.close()
    page.goto(f"/join#{hall.cards[0]['secret']}")
    page.locator("#scanned").wait_for()
    page.locator("button.button--primary").click()
    page.locator("[data-key=next]").wait_for()
    hall.vote_others(2)
    hall.show()
    hall.group_order("open_round", items=["7.1"], minutes=20)
    page.locator(".scale").wait_for()
    hall.group_order("void_round", reason="salah buka")
    page.get_by_text(re.compile("Putaran 3 dibatalkan|Round 3 was cancelled")).first.wait_for()
    yield page
    hall.group_order("conclude")
    page.locator(".answers .icon--unsettled, .answers .icon--consensus, .answers .icon--near").first.wait_for()
    yield page
    for group in ("D1", "D2", "D4"):
        hall.order("conclude", group=group)
    hall.order("freeze")
    page.get_by_text(re.compile("Hasil sudah final|The results are final")).first.wait_for()
    yield page
    page.locator("[href='/results']").click()
    page.wait_for_url("**/results")
    for more in page.locator("summary").all():
        more.click()
    yield page


def spoken(page: Page) -> str:
    return {"id": "id-ID", "en": "en-GB"}[page.locator("html").get_attribute("lang") or "id"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_plain_form_is_accessible_and_fits(hall: Hall, language: str) -> None:
    page = hall.phone(size=(320, 640), script=False, language={"id": "id-ID", "en": "en-GB"}[language])
    page.goto("/join")
    page.fill("#code", hall.cards[0]["code"])
    page.locator("button.button--primary").click()
    hall.group_order("open_round", items="all", minutes=20)
    page.goto("/ballot")
    # axe is a script itself, so the same page is looked at where scripts may run, with its own left out.
    looked = hall.phone(size=(320, 640), language={"id": "id-ID", "en": "en-GB"}[language])
    looked.route("**/static/*.js", lambda route: route.abort())
    looked.context.add_cookies(page.context.cookies())
    looked.goto("/ballot")
    assert looked.locator(".plain__item").count() == 13
    check(looked, language)
    hall.expect("net::ERR_FAILED")


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/join", "/ballot"])
def test_the_first_load_is_light(hall: Hall, address: str) -> None:
    hall.group_order("open_round", items="all", minutes=20)
    page = hall.seated(1)
    context = page.context
    first = context.new_page()
    devtools = context.new_cdp_session(first)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: dict[str, str] = {}  # by request, what was asked for; pictures within the sheet are no requests
    sizes: dict[str, float] = {}
    devtools.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]["url"]}))
    devtools.on("Network.webSocketCreated", lambda e: asked.update({e["requestId"]: e["url"]}))
    devtools.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    first.goto(address)
    first.locator(".scale" if address == "/ballot" else "#code").first.wait_for()
    first.wait_for_timeout(1000)
    real = {key: url for key, url in asked.items() if not url.startswith("data:")}
    weight = sum(sizes.get(key, 0) for key in real)
    told = {url: sizes.get(key) for key, url in real.items()}
    assert 4_000 < weight <= MOST_BYTES and 2 <= len(real) <= MOST_REQUESTS, told
