"""A phone through several rounds: what the group said, one's own path, the reason asked for, a new phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hall import Hall, pick, saved, wait_state

# 1 by this phone, then 2, 3, 4 twice over by the six others (1, 2, 2, 3, 3, 4, 4): by hand, type 7.
FIRST = "putaran 1: Anda 1 · kelompok 3"


def path(page: Page) -> str:
    """What the drawing of one's path says to those who do not see it."""
    return str(page.locator(".path svg").get_attribute("aria-label"))


def open_next(hall: Hall, page: Page, number: int) -> None:
    hall.group_order("open_round", items=["7.1", "7.2"], minutes=20)
    page.get_by_role("heading", name=f"Kelompok di putaran {number - 1}").wait_for()


@pytest.mark.slow
def test_own_scores_are_shown_against_the_group_from_round_to_round_and_only_where_they_were_given(hall: Hall) -> None:
    hall.seat_others(2, 3, 4, 5, 6, 7)
    hall.group_order("open_round", items=["7.1", "7.2"], minutes=20)
    page = hall.seated(1)
    pick(page, 1)
    wait_state(page, "saved")
    page.evaluate("location.hash = '#2'")
    page.locator("label.cannot").click()
    page.locator(".choices label", has_text="Tidak ada data").click()
    wait_state(page, "saved")
    hall.vote_others()
    hall.show()

    open_next(hall, page, 2)
    page.get_by_role("button", name="Tetap 1").wait_for()
    assert page.locator(".path:visible").count() == 0  # one round is no path yet
    page.locator(".reasons li").first.wait_for()
    assert page.locator(".reasons > li:visible").count() == 3  # the others wait behind a key
    pick(page, 5)
    wait_state(page, "saved")
    # Asked for, not forced: the way onward stays open, and a written reason ends the asking.
    asked = page.locator(".ask")
    expect(asked).to_contain_text("di luar separuh tengah kelompok (2 sampai 3,5)")
    expect(page.locator("[data-key=next]")).to_have_text("Berikutnya: 7.2")
    page.get_by_role("button", name="Tulis alasan").click()
    page.keyboard.type("Genset sudah diuji.")
    page.locator("textarea").blur()
    wait_state(page, "saved")
    expect(asked).to_be_hidden()
    assert path(page) == f"{FIRST}; putaran 2: Anda 5"
    page.evaluate("location.hash = '#2'")
    page.get_by_role("button", name="Tetap: tidak dapat menilai").click()
    page.evaluate("location.hash = '#2'")
    wait_state(page, "saved")
    assert saved(page) == {"7.1": 5, "7.2": None}
    hall.vote_others(2, spread=2)
    hall.show()

    open_next(hall, page, 3)
    page.reload()  # the phone remembers, not the page
    page.locator(".path svg").wait_for()
    assert path(page) == f"{FIRST}; putaran 2: Anda 5 · kelompok 3"  # 2, 2, 2, 3, 3, 3, 5
    pick(page, 3)
    wait_state(page, "saved")
    assert path(page).endswith("; putaran 3: Anda 3")
    page.evaluate("location.hash = '#2'")
    page.get_by_role("button", name="Tetap: tidak dapat menilai").wait_for()
    unable = "Anda tidak dapat menilai"
    assert path(page) == f"putaran 1: {unable} · kelompok 3; putaran 2: {unable} · kelompok 2,5"
    page.evaluate("location.hash = '#review'")
    page.locator("[data-key=results]").click()
    page.get_by_role("heading", name="Hasil putaran 2").wait_for()
    page.get_by_role("button", name="Kembali menilai").click()

    second = hall.seated(1)
    page.get_by_text("Kursi Anda dibuka di telepon lain.").wait_for()
    page.get_by_text("pindai lagi kartu kursi Anda atau ketik kodenya").wait_for()
    second.evaluate("location.hash = '#1'")
    second.get_by_text("perjalanan nilai Anda dimulai di sini").wait_for()
    assert path(second) == "putaran 1: kelompok 3; putaran 2: kelompok 3; putaran 3: Anda 3"

    hall.group_order("void_round", reason="salah buka")
    second.get_by_text("Putaran 3 dibatalkan.").first.wait_for()
    second.get_by_role("heading", name="Hasil putaran 2").wait_for()
    hall.expect("401")


@pytest.mark.slow
def test_answers_that_missed_the_end_of_their_round_are_told_although_the_phone_was_away(hall: Hall) -> None:
    hall.seat_others(2, 3, 4, 5, 6, 7)
    hall.group_order("open_round", items=["7.1", "7.2"], minutes=20)
    page = hall.seated(1)
    pick(page, 2)
    wait_state(page, "saved")
    page.context.set_offline(True)
    pick(page, 4)
    wait_state(page, "unsent")
    hall.vote_others()
    hall.show()
    hall.group_order("open_round", items=["7.1", "7.2"], minutes=20)
    page.context.set_offline(False)
    told = page.locator(".banner--stop")
    expect(told).to_contain_text("1 jawaban putaran 1 masih menunggu di telepon ini.")
    told.get_by_role("button").click()
    expect(told).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Tetap 2").wait_for()  # what counted, not what came too late
    expect(told).to_have_count(0)
    hall.expect("409")  # sent once more before the phone knew
