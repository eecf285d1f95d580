"""Every figure against its committed picture, in both languages and themes; a figure that shows other data is found."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe
from tests.browser.desk import wider
from tests.browser.gallery import CASES, DATA, KEYS, displaced, marks, open_gallery, pictures, reference, unlike


def wrong(page: Page, table: Page, language: str, theme: str) -> tuple[dict[str, list[str]], set[str]]:
    """Figures whose marks are not those committed, and figures whose small pictures are not."""
    held, strip = reference(language, theme)
    found = marks(page)
    assert list(found) == list(held) == KEYS
    moved = {key: faults for key in KEYS if (faults := displaced(found[key], held[key]))}
    return moved, set(unlike(pictures(page, table), strip, table))


# --- as they should look ----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("language", "theme"), [("id", "light"), ("en", "dark")])
def test_every_figure_looks_as_its_committed_picture(
    request: pytest.FixtureRequest, table: Page, language: str, theme: str
) -> None:
    page: Page = request.getfixturevalue(theme)
    assert wrong(page, table, language, theme) == ({}, set())


@pytest.mark.slow
def test_other_fonts_change_no_mark_and_no_picture(chromium: Browser, at: tuple[str, str], table: Page) -> None:
    page = open_gallery(chromium, at, "id", "light")
    page.evaluate("document.documentElement.style.setProperty('--face', 'monospace')")
    width = "document.querySelector('#strip-usual svg text').getBBox().width"
    assert page.evaluate(width) > 60  # "median 4" is 53 wide in the house's own face
    assert wrong(page, table, "id", "light") == ({}, set())
    page.context.close()


# One figure of each kind, with one number of its data changed.
CHANGES = {
    "strip-usual": lambda d: d["figures"].update(counts=[0, 1, 3, 4, 3]),
    "strip-many": lambda d: d["figures"]["counts"].__setitem__(0, 24),
    "diverging-usual": lambda d: d["items"][0].update(counts=[0, 0, 5, 5, 1]),
    "dumbbell-usual": lambda d: d["points"][2].update(interview="2.60"),
    "slopes-usual": lambda d: d["votes"][1].update(median="3.5"),
    "wheel-usual": lambda d: d["scores"].__setitem__(7, "1 3.1"),
    "goals-usual": lambda d: d["scores"].__setitem__(0, "5 3.1"),
    "intervals-usual": lambda d: d["goals"][3].update(high="4.60"),
    "tornado-usual": lambda d: d["choices"][0].update(low=2.7),
    "matrix-usual": lambda d: d["links"].pop(),
    "orders-usual": lambda d: d["values"].__setitem__(1, "-0.52"),
}


@pytest.mark.slow
def test_a_figure_that_shows_other_data_is_found_by_its_marks_and_by_its_picture(
    chromium: Browser, at: tuple[str, str], table: Page
) -> None:
    def change(cases: list[dict[str, Any]]) -> None:
        for case in cases:
            CHANGES.get(f"{case['figure']}-{case['name']}", lambda data: None)(case["data"])

    page = open_gallery(chromium, at, "id", "light", change=change)
    moved, unlike_picture = wrong(page, table, "id", "light")
    assert set(moved) == unlike_picture == set(CHANGES)
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "theme", "width"), [("id", "light", 1280), ("en", "dark", 320)])
def test_the_gallery_fits_and_leaves_axe_nothing_to_find(
    request: pytest.FixtureRequest, language: str, theme: str, width: int
) -> None:
    page: Page = request.getfixturevalue(theme)
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(".fig__twin summary").first.click()
    assert wider(page) == 0
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator(".bar .stamp").inner_text().strip() == {"id": "data sintetis", "en": "synthetic data"}[language]
    assert axe.faults(page) == []


# --- the cases --------------------------------------------------------------------------------------------------------


def test_the_cases_hold_what_the_edges_are() -> None:
    names = {case["name"] for case in CASES}
    assert {"usual", "one", "equal", "camps", "many", "long", "nothing", "missing", "withheld"} <= names
    assert sum(DATA["strip-many"]["figures"]["counts"]) == 200
    assert len(DATA["strip-long"]["title"]["id"]) == 200
    assert json.dumps(CASES).count('"withheld": true') > 3
