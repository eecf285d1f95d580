"""Story (b), first half: a phone at 320 px without JavaScript joins by typed code and votes; and how a door says no."""

from collections.abc import Callable

import pytest

from tests.browser.hall import BALLOT, Hall, saved, sideways, tick

SMALL = (320, 640)


@pytest.mark.slow
def test_a_small_phone_without_a_script_joins_by_typed_code_votes_and_sees_its_answers_kept(hall: Hall) -> None:
    page = hall.phone(size=SMALL, script=False)
    page.goto("/join")
    page.fill("#code", hall.cards[0]["code"].lower())
    page.get_by_role("button", name="Setuju dan masuk").click()
    assert page.locator("h1").inner_text() == "Anda sudah masuk. Mohon tunggu."

    hall.group_order("open_round", items="all", minutes=10)
    page.get_by_role("link", name="Muat ulang").click()
    assert page.locator(".plain__item").count() == 13 and sideways(page) == 0
    tick(page, "7.1", 4)
    tick(page, "7.2", 2)
    page.locator("#item-3 summary").first.click()
    page.locator('[name="answer:7.3"][value="no_data"]').check()
    page.get_by_role("button", name="Simpan jawaban saya").click()
    assert page.locator(".sentence").inner_text() == "3 jawaban tersimpan."
    assert page.locator("h1").inner_text() == "3 dari 13 sudah dinilai"
    assert page.locator('[name="answer:7.1"][value="4"]').is_checked()
    assert page.locator('[name="answer:7.3"][value="no_data"]').is_checked()
    assert saved(page) == {"7.1": 4, "7.2": 2, "7.3": None}

    tick(page, "7.1", 5)
    hall.group_order("close_round")
    page.get_by_role("button", name="Simpan jawaban saya").click()
    assert "Putaran 1 tidak dibuka" in page.locator(".sentence").inner_text()
    hall.group_order("reopen_round")
    page.goto("/ballot")
    assert saved(page) == {"7.1": 4, "7.2": 2, "7.3": None}


@pytest.mark.slow
def test_without_a_script_reasons_are_asked_for_and_results_are_read_to_the_end(hall: Hall) -> None:
    hall.seat_others(2, 3, 4, 5, 6, 7)
    page = hall.phone(size=SMALL, script=False)
    page.goto("/join")
    page.fill("#code", hall.cards[0]["code"])
    page.get_by_role("button", name="Setuju dan masuk").click()
    page.goto("/results")
    page.get_by_text("Belum ada yang ditampilkan.").wait_for()
    hall.group_order("open_round", items=["7.1", "7.2"])
    page.goto("/ballot")
    tick(page, "7.1", 1)
    page.locator("#item-1 summary").last.click()
    page.locator('[name="confidence:7.1"]').select_option("2")
    page.get_by_role("button", name="Simpan jawaban saya").click()
    assert page.request.get("/api/v1/ballot").json()["items"][0]["mine"] == {
        "value": 1, "cannot": None, "confidence": 2, "reason": None,
    }  # fmt: skip
    assert page.locator(".ask").count() == 0  # nobody is asked on the first vote
    hall.vote_others()
    hall.show()
    page.goto("/ballot")
    page.get_by_role("link", name="Lihat hasil putaran 1").click()
    page.locator("summary").first.click()
    # 1 by this phone, then 2, 3, 4 twice over by the six others: by hand.
    assert [row.inner_text().split("\t")[1] for row in page.locator(".counts").first.locator("tr").all()] == [
        "1", "2", "2", "2", "0",
    ]  # fmt: skip
    assert "nilai tengah (median) 3, separuh tengah 2 sampai 3,5" in page.locator("details").first.inner_text()
    assert page.locator("details").first.locator(".reasons li").count() == 6 and sideways(page) == 0

    hall.group_order("open_round", items=["7.1", "7.2"])
    page.get_by_role("link", name="Kembali ke penilaian saya").click()
    assert page.locator("#item-1 .reasons li").count() == 6
    tick(page, "7.1", 5)
    page.get_by_role("button", name="Simpan jawaban saya").click()
    assert "di luar separuh tengah kelompok (2 sampai 3,5)" in page.locator("#item-1 .ask").inner_text()
    page.fill('[name="reason:7.1"]', "Genset sudah diuji.")
    page.get_by_role("button", name="Simpan jawaban saya").click()
    assert page.locator(".ask").count() == 0
    hall.group_order("void_round", reason="salah buka")
    page.goto("/ballot")
    assert "Putaran 2 dibatalkan." in page.locator(".sentence--note").inner_text()
    for group in ("D1", "D2", "D3", "D4"):
        hall.order("conclude", group=group)
    hall.order("freeze")
    page.goto("/ballot")
    page.get_by_role("link", name="Lihat profil akhir").click()
    shown = page.locator("main").inner_text()
    assert "Profil yang disepakati" in shown and "Kesehatan & kesejahteraan" in shown and sideways(page) == 0
    nodes = {node["id"]: node for node in hall.staff.call("GET", f"/workshops/{hall.workshop}/profile")["nodes"]}
    goal = nodes[nodes["7.1"]["parent"]]
    row = page.locator(".row--node", has_text=goal["name"]).first
    agreed = goal["streams"]["agreed"]
    assert f"{agreed['agreed']} dari {agreed['of']} indikator sepakat" in row.inner_text()


@pytest.mark.slow
def test_an_old_form_neither_undoes_what_was_answered_meanwhile_nor_counts_twice(hall: Hall) -> None:
    hall.group_order("open_round", items="all")
    page = hall.phone(script=False)
    page.goto("/join")
    page.fill("#code", hall.cards[0]["code"])
    page.get_by_role("button", name="Setuju dan masuk").click()
    other = page.context.new_page()
    other.goto("/ballot")
    tick(page, "7.1", 4)
    page.get_by_role("button", name="Simpan jawaban saya").click()
    tick(other, "7.2", 3)
    tick(other, "7.1", 1)
    other.get_by_role("button", name="Simpan jawaban saya").click()
    other.locator(".sentence").nth(1).wait_for()
    assert other.locator(".sentence").all_inner_texts() == [
        "Jawaban yang lebih baru untuk 7.1 sudah tersimpan; jawaban itu tetap.", "1 jawaban tersimpan.",
    ]  # fmt: skip
    assert saved(page) == {"7.1": 4, "7.2": 3}


@pytest.mark.slow
@pytest.mark.parametrize("way", ["typed", "room"])
def test_a_door_tells_what_is_wrong_in_the_language_of_the_person(open_hall: Callable[..., Hall], way: str) -> None:
    hall = open_hall(open_join=way == "room")
    page = hall.phone(language="en-GB")
    page.goto("/join" if way == "typed" else f"/join?code={hall.room_code}")
    if way == "room":
        page.get_by_role("button", name="Agree and join").click()
        page.get_by_text("Economy & society").click()
        page.get_by_role("button", name="Agree and join").click()
        page.wait_for_url(BALLOT)
        page.locator("header b", has_text="Economy & society").wait_for()
        return
    for _ in range(5):
        page.fill("#code", "ZZZZ 9999")
        page.get_by_role("button", name="Agree and join").click()
        assert "No seat or room has this code" in page.locator(".sentence >> nth=0").inner_text()
    page.get_by_role("button", name="Agree and join").click()
    assert page.locator(".sentence >> nth=0").inner_text() == "Too many wrong codes; wait a minute and try again."
    page.get_by_role("button", name="Indonesia").click()
    assert page.locator("html").get_attribute("lang") == "id"
    hall.expect("422")
    hall.expect("429")
