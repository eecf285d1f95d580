"""The whole work of a participant with a keyboard alone: joining, scoring, saying why not, checking, reading."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hall import Hall, saved


def focus(page: Page, selector: str, most: int = 25) -> None:
    """Press Tab until the focus stands on what a selector names, visibly."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            ring = page.evaluate(
                "() => { const at = document.activeElement, face = at.nextElementSibling || at;"
                " return [at, face].some((one) => getComputedStyle(one).outlineStyle !== 'none'); }"
            )
            assert ring, f"nothing shows that {selector} has the focus"
            return
    raise AssertionError(f"Tab does not reach {selector}")


def beside_the_foot(page: Page) -> bool:
    """Whether what has the focus is in sight, not under the foot or the line that waits."""
    return bool(page.evaluate("""() => {
        const at = document.activeElement.getBoundingClientRect();
        const seen = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
        return document.activeElement.closest("label, main, footer").contains(seen);
    }"""))


@pytest.mark.slow
def test_a_participant_joins_scores_checks_and_reads_results_by_keyboard_alone(hall: Hall) -> None:
    hall.seat_others(2, 3, 4, 5, 6, 7)
    hall.group_order("open_round", items=["7.1", "7.2", "7.3"], minutes=20)
    page = hall.phone(size=(320, 640))
    page.goto("/join")
    focus(page, "#code")
    page.keyboard.type(hall.cards[0]["code"])
    page.keyboard.press("Enter")
    page.locator("[data-key=next]").wait_for()

    focus(page, "input[name=value]")
    assert beside_the_foot(page)
    for key in ("ArrowRight", "ArrowRight", "ArrowRight"):  # a native radio group: from 1 to 4
        page.keyboard.press(key)
    page.keyboard.press("Space")
    expect(page.locator('.save[data-state="saved"]')).to_have_count(1)
    focus(page, "textarea")
    assert beside_the_foot(page)
    page.keyboard.type("Menurut data.")
    focus(page, "input[name=confidence]")
    page.keyboard.press("Space")
    focus(page, "[data-key=next]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()

    focus(page, "#cannot")
    page.keyboard.press("Space")
    page.keyboard.press("Space")  # stands on the first reason
    page.keyboard.press("ArrowDown")
    focus(page, "[data-key=next]")
    page.keyboard.press("Enter")
    expect(page.locator(".item__place b")).to_have_text("3 / 3")
    focus(page, "[data-key=next]")
    page.keyboard.press("Enter")  # to the review: one is missing
    expect(page.locator("h1")).to_have_text("2 dari 3 sudah dinilai")
    focus(page, '.answers--missing a[data-key="7.3"]')
    page.keyboard.press("Enter")
    focus(page, "input[name=value]")
    page.keyboard.press("Space")
    focus(page, "[data-key=next]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Terima kasih. Penilaian Anda sudah tersimpan.")
    told = page.request.get("/api/v1/ballot").json()["items"]
    assert [(item["mine"]["value"], item["mine"]["cannot"]) for item in told] == [
        (4, None), (None, "no_data"), (1, None),
    ]  # fmt: skip
    assert told[0]["mine"]["reason"] == "Menurut data." and told[0]["mine"]["confidence"] == 1

    hall.vote_others()
    hall.show()
    page.get_by_role("heading", name="Hasil kelompok").wait_for()
    focus(page, "summary")
    page.keyboard.press("Enter")
    page.locator("details[open] svg.figure").wait_for()
    hall.group_order("open_round", items=["7.1", "7.2", "7.3"], minutes=20)
    page.get_by_role("button", name="Tetap 4").wait_for()
    for _ in range(3):  # keep all three, one key each
        focus(page, "[data-key=next]")
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Terima kasih. Penilaian Anda sudah tersimpan.")
    assert saved(page) == {"7.1": 4, "7.2": None, "7.3": 1}
