"""The facilitator's whole day in a browser: by keyboard alone, and with a plenary whose ballot comes to the phones."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import console
from tests.browser.hall import PASSWORD, Hall, onward, pick, wait_state
from tests.browser.test_console_story import await_primary

PLENARY = "plenary"


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, as somebody without a mouse would."""
    for _ in range(150):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def choose(page: Page, menu: str, action: str) -> None:
    """Open a menu and take an entry of it, by keyboard."""
    reach(page, f"[data-key={menu}] summary")
    page.keyboard.press("Enter")
    reach(page, f"[data-do={action}]")
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_the_whole_job_is_done_by_keyboard(fresh: Callable[..., Hall]) -> None:
    hall = fresh()
    hall.seat_others(1, 2, 3, 4, 5, 6, 7)
    page = hall.phone(size=(1440, 900))
    page.goto(f"/sign-in?next=/console/{hall.workshop}")
    reach(page, "[name=name]")
    page.keyboard.type("Ani")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".groups").wait_for()

    page.keyboard.press("3")
    await_primary(page, "Buka putaran 1")
    page.keyboard.press("Space")
    await_primary(page, "Tutup putaran 1")
    hall.vote_others()
    expect(page.locator('tr[data-key="D3"] .seat--done')).to_have_count(7)
    reach(page, "[data-do=pause_round]")
    page.keyboard.press("Enter")
    await_primary(page, "Lanjutkan putaran 1")
    page.keyboard.press("Space")
    reach(page, '[data-do=extend_round][data-minutes="2"]')
    page.keyboard.press("Enter")
    reach(page, "#machine [data-do=ask-close]")
    for key in ("Enter", "Tab", "Enter"):  # asked, past the button that keeps it open, closed
        page.keyboard.press(key)
    await_primary(page, "Tampilkan hasil kepada saya")
    reach(page, "#machine [data-do=disclose]")
    page.keyboard.press("Enter")
    await_primary(page, "Tampilkan hasil ke aula")

    first = page.locator(".case h2").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".case h2")).not_to_have_text(first)
    reach(page, ".case [data-do=pin]")
    page.keyboard.press("Space")
    expect(page.locator(".case [data-do=pin]")).to_have_attribute("aria-pressed", "true")
    reach(page, "[data-do=ask-gap]")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")  # the first cause
    page.keyboard.press("Tab")
    page.keyboard.type("Data baru.")
    reach(page, "dialog .button--primary")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    page.get_by_text("bukti baru").first.wait_for()
    page.keyboard.press("r")
    await_primary(page, "Buka putaran 2 untuk 13 indikator")

    reach(page, "[data-do=ask-decide]")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Keputusan pimpinan.")
    reach(page, "dialog .button--primary")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    for at in (1, 2, 4, 3):
        page.keyboard.press(str(at))
        choose(page, "others", "ask-conclude")
        reach(page, "dialog .button--primary")
        page.keyboard.press("Enter")
        expect(page.locator("dialog")).to_have_count(0)
    reach(page, "[data-do=ask-freeze]")
    page.keyboard.press("Enter")
    reach(page, "dialog [name=sure]")
    page.keyboard.press("Space")
    reach(page, "dialog .button--stop")
    page.keyboard.press("Enter")
    page.locator(".wheel").wait_for()
    group = hall.state()["groups"][2]
    assert hall.state()["phase"] == "frozen"
    assert [why["note"] for why in group["explained"]] == ["Data baru."]
    assert [end["ending"] for end in group["endings"].values()].count("decided") == 1


@pytest.mark.slow
def test_a_contested_indicator_goes_to_the_plenary_and_its_score_stands_beside_the_groups(
    fresh: Callable[..., Hall],
) -> None:
    hall = fresh(plenary=True)
    phone = hall.seated(1)
    hall.seat_others(2, 3, 4, 5, 6, 7, 8)
    hall.group_order("open_round", items=["7.1"])
    for place, other in enumerate(hall.others):
        answer = {"item": "7.1", "rev": 1, "key": f"a{place}", "value": (1, 5)[place % 2]}
        other.call("PUT", "/answers", {"round": 1, "answers": [answer]})
    hall.show()
    phone.get_by_role("heading", name="Hasil kelompok").wait_for()

    page = console(hall)
    page.get_by_role("button", name="Ke pleno").click()
    page.locator(f'.groups__pick[data-group="{PLENARY}"]').click()
    expect(page.locator(".agenda__list input:checked")).to_have_count(1)
    await_primary(page, "Buka pleno untuk 1 indikator")
    page.keyboard.press("Space")
    await_primary(page, "Tutup putaran 1")
    expect(phone.locator(".phone__head b")).to_have_text("Pleno")
    pick(phone, 4)
    wait_state(phone, "saved")
    for place, other in enumerate(hall.others):
        answer = {"item": "7.1", "rev": 1, "key": f"p{place}", "value": 4}
        other.call("PUT", "/answers", {"round": 1, "group": PLENARY, "answers": [answer]})
    onward(phone)
    for command in ("close_round", "disclose"):
        hall.order(command, group=PLENARY)
    phone.get_by_role("heading", name="Penilaian Anda ikut dihitung").wait_for()  # in the plenary
    hall.order("reveal", group=PLENARY, baseline=True, reasons=False)
    expect(phone.locator(".phone__head b")).to_have_text("Pleno")
    phone.get_by_role("heading", name="Hasil kelompok").wait_for()

    beside = page.locator(".beside tbody tr")
    expect(beside).to_have_count(2)
    told = [row.locator("th, td").all_inner_texts() for row in beside.all()]
    assert [(row[0], row[2], row[3]) for row in told] == [
        ("Infrastruktur & ekosistem", "1", "7 suara, 57 % sepasang"), ("Pleno", "4", "8 suara, 100 % sepasang"),
    ]  # fmt: skip
    for group in hall.state()["groups"][:4]:
        hall.order("conclude", group=group["id"])
    await_primary(page, "Selesaikan pleno")
    page.locator("#machine .button--primary").click()
    page.locator("dialog .button--primary").click()
    phone.get_by_role("heading", name="Kelompok Anda sudah selesai").wait_for()
    assert hall.state()["groups"][2]["endings"]["7.1"]["ending"] == "not_agreed"  # the plenary changes none
    page.locator("[data-do=ask-freeze]").click()
    page.locator("dialog [name=sure]").check()
    page.locator("dialog .button--stop").click()
    row = page.locator(".advised tbody tr")
    expect(row.locator("td")).to_have_text(["Tidak sepakat", "–", re.compile("^4 n 8$")])
