"""An organiser erases a person from the console, in two steps. Witness: the bytes of every file of the server."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.desk import console, staff
from tests.browser.hall import Hall

WORDS = b"Alasan 2 untuk"  # said by seat 2 alone


def holds(hall: Hall) -> list[str]:
    """The files of the server, its database's log included, in which the person's words stand."""
    files = [path for path in hall.folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if WORDS in path.read_bytes())


def ask(page: Page) -> None:
    page.get_by_text("Lainnya").click()
    page.get_by_role("button", name="Hapus data seorang peserta").click()
    page.locator("dialog[open] select").wait_for()


def second_step(page: Page) -> None:
    page.locator("dialog [name=seat]").select_option("2")
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_role("heading", name="Hapus data kursi 2?").wait_for()


@pytest.mark.slow
def test_an_organiser_erases_a_person_in_two_steps_and_their_words_leave_screen_and_disk(own: Hall) -> None:
    own.seat_others(1, 2, 3, 4, 5, 6)
    for number in (1, 2):
        own.group_order("open_round", items="all")
        own.vote_others(number)
        own.show()
    page = console(own)
    said = page.get_by_text("Alasan 2 untuk")
    expect(said).to_have_count(1)
    assert holds(own)

    ask(page)
    assert axe.faults(page) == []
    page.get_by_role("button", name="Lanjutkan").click()  # nobody is chosen yet
    assert page.locator("dialog[open]").count() == 1
    second_step(page)
    assert axe.faults(page) == []
    page.get_by_role("button", name="Hapus selamanya").click()  # not without the tick
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert {seat["seat"]: seat["status"] for seat in own.state()["seats"]}[2] == "taken" and holds(own)

    ask(page)
    second_step(page)
    page.get_by_label("Yang saya maksud kursi 2.").check()
    page.get_by_role("button", name="Hapus selamanya").click()
    page.get_by_role("heading", name="Data kursi 2 sudah dihapus").wait_for()
    page.locator("dialog").get_by_role("button", name="Tutup").click()
    expect(said).to_have_count(0)
    expect(page.get_by_text("Alasan 3 untuk")).to_have_count(1)
    until = time.monotonic() + 20
    while holds(own) and time.monotonic() < until:  # the server empties the log at its next tick
        time.sleep(0.2)
    assert holds(own) == []

    # It can be done after the freeze too, and the console then shows the newest seal.
    for group in own.state()["groups"]:
        own.order("conclude", group=group["id"])
    own.order("freeze")
    seal = page.locator(".seal .code")
    seal.wait_for()
    before, picture = seal.inner_text(), page.locator(".seal img").get_attribute("src")
    own.order("erase_seat", seat=3)
    expect(page.locator(".seal img")).not_to_have_attribute("src", picture or "")
    assert seal.inner_text() != before


@pytest.mark.slow
def test_nobody_but_the_organiser_is_offered_to_erase(hall: Hall) -> None:
    page = console(hall, bearer=staff(hall, "Budi"))
    page.get_by_text("Lainnya").click()
    page.get_by_role("button", name="Keluar").wait_for()
    assert page.locator("[data-do=ask-erase]").count() == 0
