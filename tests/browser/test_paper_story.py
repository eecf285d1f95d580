"""A ballot on paper: printed, entered by one officer with the keyboard alone, sent back, confirmed, and counted once
beside the phones. Witness: the counts of the round, by hand.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from server.workshop.papers import check_letter
from tests.browser import axe
from tests.browser.desk import console, sit, wider
from tests.browser.hall import Hall, pick, wait_state

ITEMS = ["7.1", "7.2", "7.3", "7.4"]


def signed_in(hall: Hall, name: str) -> str:
    """The pass of an officer who signs in."""
    return str(hall.staff.call("POST", "/sign-in", {"name": name, "password": f"kertas-{name}"})["pass"])


def sound(page: Page) -> None:
    """Nothing for axe to find and nothing wider than the screen, on a narrow phone."""
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    assert (wider(page), axe.faults(page)) == (0, [])
    page.set_viewport_size(size or {"width": 1280, "height": 800})


def desk(hall: Hall, bearer: str, language: str, sheet: str = "") -> Page:
    page = sit(hall, bearer, size=(1280, 800), language=language)
    page.goto(f"/paper/{hall.workshop}{sheet}")
    page.locator("#enter form, #enter .empty").first.wait_for()
    return page


def said(page: Page, words: str) -> None:
    expect(page.locator("#said")).to_contain_text(words)


@pytest.mark.slow
def test_a_paper_ballot_is_printed_entered_corrected_confirmed_and_counted_once(fresh: Callable[..., Hall]) -> None:
    hall = fresh()
    hall.seat_others(5, 6, 7, 8)
    four = f"4{check_letter(hall.workshop, 4)}"
    organiser = sit(hall)
    organiser.goto("/console/accounts")
    for name in ("Lestari", "Wibowo"):
        organiser.get_by_label("Nama", exact=True).fill(name)
        organiser.get_by_label("Kata sandi").fill(f"kertas-{name}")
        organiser.get_by_role("button", name="Buat akun").click()
        organiser.locator("#list").get_by_text(name, exact=True).wait_for()
    sound(organiser)

    # The sheet, as it lies in the hall.
    organiser.goto(f"/console/{hall.workshop}/prints")
    form = organiser.locator("form[action$='/ballots']")
    form.locator("[name=group]").select_option("D3")
    form.locator("[name=numbers]").fill("4")
    with organiser.context.expect_page() as opened:
        form.locator("button").click()
    paper = opened.value
    expect(paper.locator(".paper-ballot__number b")).to_have_text(f"4 {four[1]}")
    sound(paper)
    paper.close()

    # One officer enters it without a mouse. Before the round nothing counts.
    first = desk(hall, signed_in(hall, "Lestari"), "id")
    said_shut = first.get_by_text("Tidak ada putaran kelompok ini yang dibuka")
    expect(said_shut).to_be_visible()
    hall.group_order("open_round", items=ITEMS)
    expect(first.locator("#number")).to_be_visible()
    wrong = "A" if four[1] != "A" else "B"
    hall.expect("422")
    first.locator("#number").focus()
    first.keyboard.type(f"4{wrong}\n")
    said(first, f"Huruf {wrong} bukan milik lembar penilaian 4")
    first.keyboard.type(f"{four}\n")
    first.locator(".paper__rows").wait_for()
    first.keyboard.type("37")  # 7 is not on the scale, and 2 replaces it
    expect(first.locator("[aria-invalid]")).to_have_value("7")
    sound(first)
    first.keyboard.type("2b4")
    first.keyboard.press("Enter")
    said(first, f"Lembar 4 {four[1]} menunggu petugas lain")
    expect(first.locator("#waiting")).to_contain_text("Anda yang memasukkan")

    # The facilitator is told before closing that one waits.
    page = console(hall)
    count = page.locator("tr.is-open .groups__count")
    expect(count).to_contain_text("1 kertas belum dikonfirmasi")
    page.locator("[data-do=ask-close]").click()
    expect(page.locator(".machine__ask")).to_contain_text("1 lembar penilaian menunggu petugas kedua")
    page.locator("[data-do=cancel]").click()

    # Another holds it against the sheet, on the way of its QR code; a row differs, so it goes back.
    second = desk(hall, signed_in(hall, "Wibowo"), "en", f"#D3/{four}")
    values = second.locator(".paper__value")
    expect(values).to_have_text(["3 · Moderate", "2 · Weak", "There is no data", "4 · Strong"])
    second.keyboard.press("Space")
    second.locator(".paper__value .paper__cell").wait_for()
    sound(second)
    second.keyboard.type("5")
    second.keyboard.press("Enter")
    said(second, "was sent back; another officer confirms your corrections")
    hall.expect("403")
    assert second.request.get("/api/v1/workshops/" + hall.workshop).status == 403  # nothing but paper is theirs

    first.locator("#number").focus()
    first.keyboard.type(f"{four}\n")
    expect(first.locator(".paper__value").first).to_have_text("5 · Sangat kuat")
    first.keyboard.press("Enter")
    said(first, f"Lembar 4 {four[1]} sudah dihitung")
    expect(second.locator("#waiting")).to_contain_text("1 paper ballot counts in this round.")

    # A phone beside it votes by itself; a paper of the same seat is not counted twice.
    hall.vote_others()
    phone = hall.seated(1)
    pick(phone, 1)
    wait_state(phone, "saved")
    hall.expect("409")
    first.locator("#number").focus()
    first.keyboard.type(f"1{check_letter(hall.workshop, 1)}\n")
    said(first, "Kursi 1 sudah menjawab")

    expect(count).to_contain_text("1 lewat kertas")
    hall.show()
    told = hall.staff.call("GET", f"/workshops/{hall.workshop}/rounds/D3/1")["items"]
    assert {item["item"]: (item["answered"], item["n"], item["counts"]) for item in told} == {
        "7.1": (6, 6, [1, 2, 1, 1, 1]), "7.2": (5, 5, [0, 2, 2, 1, 0]), "7.3": (5, 4, None),
        "7.4": (5, 5, [0, 2, 1, 2, 0]),
    }  # fmt: skip
    expect(first.locator("#enter")).to_contain_text("Serahkan lembar yang terlambat")
