"""Story (b), offline, reloaded, killed, doubled, moved or outdated, a phone with a script loses nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.hall import Hall, onward, pick, saved, unsent, wait_state

SMALL = (320, 640)


@pytest.mark.slow
def test_nothing_is_lost_offline_on_reload_and_while_the_server_is_killed(own: Hall) -> None:
    own.group_order("open_round", items="all", minutes=20)
    page = own.seated(1, size=SMALL)
    pick(page, 3)
    wait_state(page, "saved")

    page.context.set_offline(True)
    for value in (1, 2, 3, 4, 5):
        onward(page)
        pick(page, value)
    unsent(page, 5)
    assert saved(page) == {"7.1": 3}
    page.context.set_offline(False)
    wait_state(page, "saved")
    unsent(page, 0)
    assert list(saved(page).values()) == [3, 1, 2, 3, 4, 5]

    own.kill()
    onward(page)
    pick(page, 2)
    unsent(page, 1)
    own.restart()
    wait_state(page, "saved")
    assert list(saved(page).values()) == [3, 1, 2, 3, 4, 5, 2]

    page.reload()
    page.locator(".scale").wait_for()
    expect(page.locator('.scale__key input[value="2"]')).to_be_checked()
    expect(page.locator(".item__place b")).to_have_text("7 / 13")
    own.group_order("close_round")
    page.get_by_text("7 jawaban tersimpan tepat waktu dan ikut dihitung.").wait_for()


@pytest.mark.slow
def test_answers_made_offline_survive_the_page_being_loaded_anew(own: Hall) -> None:
    own.group_order("open_round", items="all", minutes=20)
    page = own.seated(1)
    own.kill()
    for value in (1, 2, 3):
        pick(page, value)
        onward(page)
    unsent(page, 3)
    own.restart()
    page.reload()  # whatever has not gone out yet goes out from the new page
    page.locator(".scale").wait_for()
    unsent(page, 0)
    page.wait_for_function(
        "async () => (await (await fetch('/api/v1/ballot')).json()).items.filter((i) => i.mine).length === 3"
    )
    assert list(saved(page).values()) == [1, 2, 3]


@pytest.mark.slow
def test_long_reasons_in_many_answers_go_out_in_as_many_messages_as_they_need(own: Hall) -> None:
    own.group_order("open_round", items="all", minutes=20)
    page = own.seated(1)
    own.kill()
    reason = "\N{SNOWMAN}" * 500  # 1,500 bytes each: thirteen of them are more than a message may hold
    for _ in range(13):
        pick(page, 3)
        page.locator("textarea").fill(reason)
        page.locator("textarea").blur()
        onward(page)
    unsent(page, 13)
    own.restart()
    unsent(page, 0)
    told = page.request.get("/api/v1/ballot").json()["items"]
    assert [(item["mine"]["value"], item["mine"]["reason"]) for item in told] == [(3, reason)] * 13


@pytest.mark.slow
def test_where_websocket_is_blocked_the_ballot_works_over_plain_http(hall: Hall) -> None:
    page = hall.phone()
    page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page.goto(f"/join#{hall.cards[0]['secret']}")
    page.locator("#scanned").wait_for()
    page.locator("button.button--primary").click()
    page.get_by_text("Anda sudah masuk").wait_for()
    hall.group_order("open_round", items="all", minutes=20)
    page.locator(".scale").wait_for()
    pick(page, 4)
    wait_state(page, "saved")
    assert saved(page) == {"7.1": 4}


@pytest.mark.slow
def test_two_tabs_of_one_browser_are_one_voter(hall: Hall) -> None:
    hall.group_order("open_round", items="all", minutes=20)
    page = hall.seated(1)
    other = page.context.new_page()
    other.goto("/ballot")
    page.bring_to_front()  # a tab behind another paints once a second
    pick(page, 2)
    wait_state(page, "saved")
    other.locator('.scale__key input[value="2"]:checked').wait_for(state="attached")
    other.bring_to_front()
    pick(other, 5)
    wait_state(other, "saved")
    page.locator('.scale__key input[value="5"]:checked').wait_for(state="attached")
    assert saved(page) == {"7.1": 5}


@pytest.mark.slow
def test_a_seat_taken_on_another_phone_says_so_on_the_first_and_keeps_what_was_saved(hall: Hall) -> None:
    hall.group_order("open_round", items="all", minutes=20)
    first = hall.seated(1)
    pick(first, 2)
    wait_state(first, "saved")
    second = hall.seated(1)
    first.get_by_text("Kursi Anda dibuka di telepon lain.").wait_for()
    expect(second.locator(".item__place b")).to_have_text("2 / 13")  # where there is something to do
    second.locator("[data-key=back]").click()
    expect(second.locator('.scale__key input[value="2"]')).to_be_checked()
    pick(second, 4)
    wait_state(second, "saved")
    assert saved(second) == {"7.1": 4}
    hall.group_order("close_round")
    hall.group_order("disclose")
    hall.order("revoke_seat", seat=1, reason="kartu hilang")
    second.get_by_text("Kursi ini sudah ditutup.").wait_for()
    hall.expect("401")


@pytest.mark.slow
def test_a_page_of_an_older_build_asks_to_be_loaded_again_and_loses_nothing(hall: Hall) -> None:
    hall.group_order("open_round", items="all", minutes=20)
    page = hall.phone()
    page.route("**/build", lambda route: route.fulfill(body="another-build"))
    page.goto(f"/join#{hall.cards[0]['secret']}")
    page.locator("#scanned").wait_for()
    page.locator("button.button--primary").click()
    page.get_by_text("Halaman ini sudah usang.").wait_for()
    pick(page, 4)
    wait_state(page, "saved")
    page.unroute("**/build")
    page.get_by_role("button", name="Muat ulang").click()
    page.get_by_text("Halaman ini sudah usang.").wait_for(state="detached")
    expect(page.locator('.scale__key input[value="4"]')).to_be_checked()


@pytest.mark.slow
def test_the_language_can_change_in_the_middle_of_a_round(hall: Hall) -> None:
    hall.group_order("open_round", items="all", minutes=20)
    page = hall.seated(1)
    for value in (2, 3):
        pick(page, value)
        wait_state(page, "saved")
        onward(page)
    page.get_by_role("button", name="English").click()
    page.get_by_text("Choose one number").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator(".item__place b")).to_have_text("3 / 13")
    expect(page.locator("header b")).to_have_text("Infrastructure & ecosystems")
    expect(page.locator("h1")).to_have_text("Effectively managed protective ecosystems")
    assert saved(page) == {"7.1": 2, "7.2": 3}


@pytest.mark.slow
def test_round_two_shows_the_group_and_keeps_a_score_with_one_tap(hall: Hall) -> None:
    hall.seat_others(2, 3, 4, 5, 6, 7)
    hall.group_order("open_round", items="all", minutes=20)
    page = hall.seated(1)
    pick(page, 2)
    wait_state(page, "saved")
    hall.vote_others()
    hall.group_order("close_round")
    page.get_by_text("1 jawaban tersimpan tepat waktu").wait_for()
    hall.group_order("disclose")
    tracker = page.locator(".tracker__code").inner_text()
    page.reload()
    expect(page.locator(".tracker__code")).to_have_text(tracker)  # it stands in the trail, not in the phone alone
    hall.group_order("reveal", baseline=True, reasons=True)
    page.get_by_role("heading", name="Hasil kelompok").wait_for()
    hall.group_order("open_round", items="all", minutes=20)
    page.get_by_role("heading", name="Kelompok di putaran 1").wait_for()
    # 2 by this phone; the six others 2, 3, 4, 2, 3, 4: median 3, quartiles 2 and 3.5 (type 7, by hand)
    assert "7 penilaian: 1: 0, 2: 3, 3: 2, 4: 2, 5: 0; nilai tengah (median) 3" in (
        page.locator("svg.figure").get_attribute("aria-label") or ""
    )
    expect(page.locator(".f-dot, .f-dot--mine")).to_have_count(7)
    expect(page.locator(".f-dot--mine")).to_have_count(1)
    page.get_by_role("button", name="Tetap 2").click()
    page.go_back()
    wait_state(page, "saved")
    assert saved(page) == {"7.1": 2}


@pytest.mark.slow
def test_an_answer_that_comes_too_late_is_said_not_to_count(hall: Hall) -> None:
    hall.group_order("open_round", items="all", minutes=20)
    page = hall.seated(1)
    page.context.set_offline(True)
    pick(page, 2)
    unsent(page, 1)
    hall.group_order("close_round")
    page.context.set_offline(False)
    page.get_by_text("1 jawaban tidak sampai ke server sebelum putaran ditutup").wait_for()
    hall.group_order("reopen_round")  # undone in time, so it goes out after all
    wait_state(page, "saved")
    assert saved(page) == {"7.1": 2}
    hall.expect("409")  # the answer that came too late, where the phone had not heard of the close
