"""Phones that were away: locked, joined late, in two tabs, without storage, in a window that forgets."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import axe
from tests.browser.hall import BALLOT, Hall, enter, onward, pick, saved, sideways, unsent, wait_state

SMALL = (320, 640)
SIGN_IN = ("Mozilla/5.0 (Linux; Android 10; SM-A105F Build/QP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
           "Version/4.0 Chrome/83.0 Mobile Safari/537.36")  # fmt: skip


class Lock:
    """The lock key of a phone: its page stands still, script and timers and all, until it is unlocked.

    This is the state into which Chrome itself puts the page of a locked phone, not an imitation: no timer fires, no
    message is handled, and on the way back `resume` and `visibilitychange` are told. Ten seconds in it are for the page
    as one instant, because nothing of it runs; what differs is how far its clock has jumped, and that the network lets
    go, which the story does by itself. Real time away, with forty phones, is `benchmarks/faults/phones.py`.
    """

    def __init__(self, page: Page) -> None:
        self.devtools = page.context.new_cdp_session(page)

    def __enter__(self) -> None:
        self.devtools.send("Page.setWebLifecycleState", {"state": "frozen"})

    def __exit__(self, *_: object) -> None:
        self.devtools.send("Page.setWebLifecycleState", {"state": "active"})


@pytest.mark.slow
def test_a_phone_locked_in_the_middle_of_a_round_comes_back_to_what_has_become_of_it(hall: Hall) -> None:
    hall.seat_others(2, 3, 4, 5, 6, 7)
    hall.group_order("open_round", items=["7.1", "7.2"], minutes=20)
    page = hall.seated(1)
    pick(page, 2)
    wait_state(page, "saved")
    onward(page)
    page.context.set_offline(True)  # a locked phone lets go of the Wi-Fi as well
    pick(page, 4)
    with Lock(page):
        hall.group_order("pause_round")
        page.context.set_offline(False)
    unsent(page, 1)
    expect(page.locator(".banner--note strong")).to_have_text("Putaran dijeda.")
    with Lock(page):
        hall.group_order("resume_round")
    wait_state(page, "saved")
    assert saved(page) == {"7.1": 2, "7.2": 4}
    with Lock(page):
        hall.vote_others()
        hall.show()
    page.get_by_role("heading", name="Hasil kelompok").wait_for()
    with Lock(page):
        hall.group_order("open_round", items=["7.1", "7.2"], minutes=20)
    page.get_by_role("button", name="Tetap 2").wait_for()

    late = hall.seated(8, size=SMALL)  # comes in when the others vote for the second time
    late.get_by_role("heading", name="Kelompok di putaran 1").wait_for()
    expect(late.locator("[data-key=next]")).to_have_text("Lewati dulu")  # nothing of its own to keep
    pick(late, 3)
    wait_state(late, "saved")
    late.get_by_text("perjalanan nilai Anda dimulai di sini").wait_for()
    assert (saved(late), sideways(late)) == ({"7.1": 3}, 0)


@pytest.mark.slow
def test_two_tabs_of_one_browser_send_each_answer_once_and_show_the_same_at_once(hall: Hall) -> None:
    hall.group_order("open_round", items="all", minutes=20)
    page = hall.seated(1)
    other = page.context.new_page()
    under_way: list[Route] = []
    keys: Counter[str] = Counter()

    def arrive(count: int) -> None:
        """Wait until a message is under way, see that it is the only one, and let it through."""
        while not under_way:
            page.wait_for_timeout(20)
        page.wait_for_timeout(400)  # long enough for the other tab to have sent it as well
        [message] = under_way
        told = json.loads(message.request.post_data or "")["answers"]
        keys.update(answer["key"] for answer in told)
        assert len(told) == count
        under_way.clear()
        message.continue_()

    for tab in (page, other):
        tab.route_web_socket("**/socket.io/**", lambda socket: socket.close())
        tab.add_init_script("window.shaken = []; navigator.vibrate = (ms) => window.shaken.push(ms);")
    page.context.route("**/api/v1/answers", lambda route: under_way.append(route))
    page.reload()
    other.goto("/ballot")
    page.bring_to_front()  # a tab behind another paints once a second, and a message's patience ends after eight
    pick(page, 2)
    other.locator('.scale__key input[value="2"]:checked').wait_for(state="attached")
    wait_state(other, "sending")  # by the other tab
    arrive(1)
    wait_state(page, "saved")
    wait_state(other, "saved")
    assert (page.evaluate("shaken"), other.evaluate("shaken")) == ([25], [])  # only the tab that sent it
    expect(page.locator("[aria-live=polite]")).to_contain_text("Tersimpan")
    page.locator("textarea").fill("Dari tab pertama.")
    page.locator("textarea").blur()
    expect(other.locator("textarea")).to_have_value("Dari tab pertama.")
    other.bring_to_front()
    pick(other, 5)  # while the first tab's message is still under way
    page.locator('.scale__key input[value="5"]:checked').wait_for(state="attached")
    arrive(1)
    arrive(1)
    wait_state(page, "saved")
    wait_state(other, "saved")
    assert (saved(page), set(keys.values()), len(keys)) == ({"7.1": 5}, {1}, 3)


@pytest.mark.slow
def test_what_waits_stays_in_sight_while_one_scrolls_and_on_the_way_back_through_the_door(hall: Hall) -> None:
    hall.group_order("open_round", items="all", minutes=20)
    page = hall.seated(1, size=SMALL)
    page.context.set_offline(True)
    pick(page, 2)
    unsent(page, 1)
    page.locator(".withdraw").scroll_into_view_if_needed()
    expect(page.locator(".banner--offline")).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") > 0
    other = hall.seated(1)
    pick(other, 4)
    wait_state(other, "saved")
    page.context.set_offline(False)
    page.get_by_text("Telepon ini tidak lagi memegang kursi Anda.").wait_for()
    page.get_by_text("1 jawaban di telepon ini belum terkirim.").wait_for()
    page.get_by_role("link", name="Gabung kembali").click()
    page.get_by_text("1 jawaban kursi 1 menunggu di telepon ini.").wait_for()
    page.fill("#code", hall.cards[0]["code"])
    enter(page)
    page.evaluate("location.hash = '#1'")
    # The other phone's answer came first and stands; this one says so instead of losing the matter.
    expect(page.locator(".save--refused").first).to_contain_text("sudah tersimpan")
    assert saved(page) == {"7.1": 4}
    hall.expect("401")


@pytest.mark.slow
def test_windows_that_keep_nothing_say_so_before_anybody_votes_and_shut_nobody_out(hall: Hall) -> None:
    hall.group_order("open_round", items="all", minutes=20)
    blocked = hall.phone()
    blocked.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('blocked', 'SecurityError'); }})"
    )
    blocked.goto(f"/join#{hall.cards[0]['secret']}")
    blocked.get_by_text("Peramban ini tidak menyimpan apa pun setelah halaman ditutup.").wait_for()
    blocked.get_by_role("button", name="Setuju dan masuk").click()
    blocked.get_by_text("Peramban ini tidak menyimpan apa pun.").wait_for()
    pick(blocked, 3)
    wait_state(blocked, "saved")
    blocked.reload()
    expect(blocked.locator('.scale__key input[value="3"]')).to_be_checked()
    assert saved(blocked) == {"7.1": 3}

    for seat, script in ((2, True), (3, False)):
        page = hall.phone(size=SMALL, script=script, agent=SIGN_IN)
        card = hall.cards[seat - 1]
        page.goto(f"/join#{card['secret']}")
        expect(page.locator("h1")).to_have_text("Silakan buka halaman ini di peramban Anda.")
        expect(page.locator(".address")).to_have_text(f"{hall.url.removeprefix('http://')}/join")
        assert page.get_by_role("button", name="Setuju dan masuk").is_hidden() and sideways(page) == 0
        assert page.url.endswith(card["secret"])  # a browser opened from this window's own menu finds the card
        if script:
            assert axe.faults(page) == []
        page.locator("summary", has_text="Tetap lanjutkan di jendela ini").click()
        if not script:
            page.fill("#code", card["code"])
        page.get_by_role("button", name="Setuju dan masuk").click()
        page.wait_for_url(BALLOT)
        assert page.request.get("/api/v1/ballot").json()["seat"] == seat
