"""The hall display in a real browser: it shows what the hall may see, large enough, and admits when it is late."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.trail.checkpoint import Checkpoint, short
from server.trail.note import body_of
from tests.browser import axe
from tests.browser.desk import display, least_contrast, smallest_text
from tests.browser.hall import Hall

SMALLEST = 1080 / 40


def check(page: Page) -> None:
    """Large enough for the last row, within the projector, marked as synthetic, and nothing for axe to find."""
    assert smallest_text(page) >= SMALLEST - 0.01
    assert least_contrast(page)[0] >= 7
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate("""[...document.querySelectorAll('.screen *')].every(
        one => one.getBoundingClientRect().right <= innerWidth + 1)""")
    assert page.locator(".stamp").inner_text().strip() in ("data sintetis", "synthetic data")
    assert axe.faults(page) == []


@pytest.mark.slow
@pytest.mark.parametrize(("language", "theme"), [("id", "dark"), ("en", "light")])
def test_the_hall_sees_lobby_round_results_and_the_sealed_profile(hall: Hall, language: str, theme: str) -> None:
    heard: list[str] = []
    page = display(hall, theme=theme, heard=heard, language=language)
    code = page.locator(".lobby__code")
    expect(code).to_have_text(f"{hall.room_code[:4]} {hall.room_code[-4:]}")
    check(page)

    hall.seat_others(1, 2, 3, 4, 5, 6, 7)
    hall.group_order("open_round", items="all", minutes=10)
    page.locator(".lanes").wait_for()
    hall.vote_others()
    lane = page.locator('tr[data-key="D3"]')
    expect(lane.locator(".seat--done")).to_have_count(7)
    expect(lane.locator(".seat--open")).to_have_count(1)
    assert [text for text in lane.locator(".seat").all_inner_texts() if text] == []  # a cell is nobody's
    check(page)
    assert [frame for frame in heard if '"counts"' in frame or '"median"' in frame] == []

    hall.group_order("close_round")
    hall.group_order("disclose")
    page.locator(".seal__code").wait_for()  # what was just signed comes first
    assert seal_of(page) == head_of(hall)
    expect(page.locator(".results")).to_have_count(0)
    assert [frame for frame in heard if '"counts"' in frame or '"median"' in frame] == []
    hall.group_order("reveal", baseline=True, reasons=True)
    page.locator(".results").wait_for()
    told = hall.staff.call("GET", f"/workshops/{hall.workshop}/rounds/D3/1")
    assert rows(page) == [(f["item"], [count for count in f["counts"] if count]) for f in told["items"]]
    assert [frame for frame in heard if '"short_by":' in frame and '"short_by":null' not in frame] == []
    check(page)
    page.keyboard.press("%")
    expect(page.locator(".ramp__share")).to_have_text({"id": "batang 100 %", "en": "bars as 100%"}[language])
    assert rows(page) == [(f["item"], [count for count in f["counts"] if count]) for f in told["items"]]
    whole = [round(sum(widths)) for widths in lengths(page)]
    assert max(whole) - min(whole) <= 1 and len(whole) == 13
    check(page)
    page.keyboard.press("%")
    expect(page.locator(".ramp__share")).to_have_count(0)
    page.keyboard.press("ArrowRight")  # the seal of what stands so far takes turns with the results
    assert seal_of(page) == head_of(hall)
    check(page)
    first = picture(page)
    hall.group_order("open_round", items="all", minutes=10)
    hall.vote_others(2)
    hall.group_order("close_round")
    hall.group_order("disclose")
    expect(page.locator(".seal__code span").first).not_to_have_text(" ".join(first[1][:2]))
    assert seal_of(page) == head_of(hall)
    assert picture(page)[0] != first[0]  # never the picture of an earlier head beside the text of this one
    hall.group_order("reveal", baseline=True, reasons=True)

    hall.group_order("decide_item", item="8.3", value=4, reason="Data PDAM 2017.")
    for group in hall.state()["groups"]:
        hall.order("conclude", group=group["id"])
    hall.order("freeze")
    page.locator(".wheel").wait_for()
    expect(page.locator(".wheel .w-ray, .wheel .w-open, .wheel .w-withheld")).to_have_count(51)
    expect(page.locator(".wheel .w-decided")).to_have_count(1)
    assert page.locator(".key-list li").all_inner_texts()[1] == {"id": "pimpinan", "en": "chair"}[language]
    note = hall.staff.download(f"/workshops/{hall.workshop}/checkpoint").decode()
    head = Checkpoint.parse(note.partition("\n\n")[0] + "\n")
    assert " ".join(page.locator(".head-code .code").inner_text().split()) == short(head.root)
    expect(page.locator(".head-code img")).to_have_js_property("complete", True)
    assert page.locator(".head-code img").evaluate("image => image.naturalWidth") > 0
    check(page)
    page.keyboard.press("ArrowRight")
    page.locator(".seal__code").wait_for()
    check(page)


def head_of(hall: Hall) -> list[str]:
    note = hall.staff.download(f"/workshops/{hall.workshop}/checkpoint").decode()
    return short(Checkpoint.parse(body_of(note)).root).split()


def seal_of(page: Page) -> list[str]:
    return page.locator(".seal__code").inner_text().split()


def picture(page: Page) -> tuple[str, list[str]]:
    """The QR code that is drawn, as the browser has it in pixels, and the text beside it."""
    image = page.locator(".seal__qr")
    expect(image).to_have_js_property("complete", True)
    drawn: str = image.evaluate("""image => {
        const sheet = Object.assign(document.createElement("canvas"), {width: 200, height: 200});
        sheet.getContext("2d").drawImage(image, 0, 0, 200, 200);
        return sheet.toDataURL();
    }""")
    return drawn, seal_of(page)


def rows(page: Page) -> list[tuple[str, list[int]]]:
    """Each row of the results: its item, and the counts written in its bar."""
    read: Any = page.evaluate("""() => [...document.querySelectorAll('.results tbody tr')].map(row => [
        row.querySelector('th b').textContent,
        [...row.querySelectorAll('.results__bar text')].map(text => Number(text.textContent))])""")
    return [(item, counts) for item, counts in read]


def lengths(page: Page) -> list[list[float]]:
    """How long each part of each bar is, with the gap that parts it from the next."""
    read: Any = page.evaluate("""() => [...document.querySelectorAll('.results__bar svg')].map(
        svg => [...svg.querySelectorAll('rect')].map(part => part.getBBox().width + 2))""")
    return [list(widths) for widths in read]


@pytest.mark.slow
def test_a_display_out_of_reach_keeps_its_picture_and_says_how_old_it_is(own: Hall) -> None:
    page = display(own)
    page.locator(".lobby__code").wait_for()
    own.kill()
    expect(page.locator("#late")).to_contain_text("Server tidak terjangkau. Terakhir diperbarui")
    assert page.locator(".lobby__code").is_visible()
    check(page)
    page.evaluate("document.body.dataset.theme = 'light'")
    check(page)
    own.restart()
    expect(page.locator("#late")).to_be_hidden(timeout=15_000)
