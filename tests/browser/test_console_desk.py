"""What a facilitator does beside the orders, in a browser: take over, steer the hall, remind, note, read reasons."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.cli.stage.served import Caller
from tests.browser.desk import console, display, staff
from tests.browser.hall import Hall
from tests.browser.test_console_story import await_primary

SCRIPT = "<img src=x onerror=\"document.title='taken'\"> & <b>tebal</b>"


def voted(hall: Hall, seats: int = 8) -> None:
    """A disclosed first round of everybody, without a browser."""
    hall.seat_others(*range(1, seats + 1))
    hall.group_order("open_round", items="all")
    hall.vote_others()
    hall.group_order("close_round")
    hall.group_order("disclose")


def said(page: Page, text: str) -> None:
    """Wait for a toast that says so."""
    expect(page.locator(".toast", has_text=text).last).to_be_visible()


@pytest.mark.slow
def test_whoever_is_taken_over_is_told_at_once_after_a_reload_and_a_restart_and_takes_it_back(
    open_hall: Callable[..., Hall],
) -> None:
    hall = open_hall()  # a server of its own: it is killed
    budi = console(hall, bearer=staff(hall, "Budi", "D3"))
    budi.locator("#machine .button--primary").click()
    await_primary(budi, "Buka putaran 1")
    sari = console(hall, bearer=staff(hall, "Sari", "D3"))
    await_primary(sari, "Ambil alih dari Budi")
    sari.locator("#machine .button--primary").click()
    banner = budi.locator(".banner strong", has_text="Sari kini memegang kendali Infrastruktur & ekosistem")
    said(budi, "Sari mengambil alih Infrastruktur & ekosistem.")
    expect(banner).to_be_visible()
    expect(budi.locator('tr[data-key="D3"] .groups__phase small')).to_have_text("kendali: Sari")

    budi.reload()  # as a browser that crashed would come back
    expect(banner).to_be_visible()
    hall.kill()
    expect(budi.locator(".banner--offline strong")).to_have_text("Sambungan langsung terputus; sedang dicoba lagi")
    expect(banner).to_be_visible()
    hall.restart()
    expect(budi.locator(".banner--offline")).to_have_count(0, timeout=15_000)
    expect(banner).to_be_visible()
    budi.get_by_role("button", name="Ambil kembali").click()
    await_primary(budi, "Buka putaran 1")
    expect(banner).to_have_count(0)

    told = sari.locator(".banner strong", has_text="Budi kini memegang kendali Infrastruktur & ekosistem")
    expect(told).to_be_visible()  # perhaps beside the word that the line has gone
    sari.get_by_role("button", name="Mengerti").click()
    expect(sari.locator(".banner")).to_have_count(0)
    sari.reload()
    await_primary(sari, "Ambil alih dari Budi")
    expect(sari.locator(".banner")).to_have_count(0)


@pytest.mark.slow
def test_b_and_j_steer_the_hall_and_a_group_by_its_own_display(fresh: Callable[..., Hall]) -> None:
    hall = fresh()
    wall, page = display(hall), console(hall)
    group = display(hall, group="D3")  # a second projector, of the group
    hall.group_order("open_round", items="all")
    wall.locator(".lanes").wait_for()

    dark = re.compile("is-blank")
    page.locator('.groups__pick[data-group="D1"]').click()
    page.keyboard.press("b")
    expect(wall.locator("html")).to_have_class(dark)
    said(page, "Layar aula digelapkan.")
    expect(group.locator("html")).not_to_have_class(dark)
    wall.reload()
    expect(wall.locator("html")).to_have_class(dark)  # a projector that was switched off stays dark
    page.keyboard.press("j")
    wall.locator(".lobby__code").wait_for()
    expect(wall.locator("html")).not_to_have_class(dark)
    expect(page.locator('[data-key="display"] summary')).to_have_text("Layar aula: kode ruang")
    page.keyboard.press("j")
    wall.locator(".lanes").wait_for()

    page.locator('.groups__pick[data-group="D3"]').click()
    page.keyboard.press("b")
    expect(group.locator("html")).to_have_class(dark)
    said(page, "Layar Infrastruktur & ekosistem digelapkan.")
    expect(wall.locator("html")).not_to_have_class(dark)


@pytest.mark.slow
def test_a_reminder_is_gentle_rare_and_says_whom_it_reached_without_naming_anybody(fresh: Callable[..., Hall]) -> None:
    hall = fresh()
    phone, wall, page = hall.seated(1), display(hall), console(hall)
    hall.seat_others(2, 3)
    hall.group_order("open_round", items=["7.1"])
    hall.others[0].call("PUT", "/answers", {"round": 1, "answers": [{"item": "7.1", "rev": 1, "key": "a", "value": 3}]})
    phone.locator(".scale").wait_for()
    page.get_by_role("button", name="Ingatkan 2 kursi").click()
    expect(phone.locator(".banner strong")).to_have_text("Fasilitator meminta Anda menyelesaikan.")
    expect(phone.locator(".banner")).to_contain_text("1 indikator belum Anda jawab.")
    said(page, "1 telepon diingatkan. 1 kursi tidak terjangkau; teleponnya tidak tersambung.")
    page.get_by_role("button", name="Ingatkan 2 kursi").click()
    said(page, "Kelompok ini baru saja diingatkan")
    assert "ingat" not in wall.locator("body").inner_text().lower()
    phone.locator('.scale__key:has(input[value="4"])').click()
    expect(phone.locator(".banner")).to_have_count(0)


@pytest.mark.slow
def test_notes_clocks_and_place_outlive_a_reload_and_are_seen_by_the_other_console(fresh: Callable[..., Hall]) -> None:
    hall = fresh()
    voted(hall)
    page = console(hall)
    rows = page.locator(".queue tbody tr")
    before = [row.get_attribute("data-key") for row in rows.all()]
    last, first = before[-1], before[0]
    page.locator(f'.queue [data-item="{first}"]').click()
    page.get_by_role("button", name="Sisihkan").click()
    page.locator(f'.queue [data-item="{last}"]').click()
    page.get_by_role("button", name="Sematkan", exact=True).click()
    page.get_by_role("button", name="3 menit untuk butir ini").click()
    page.get_by_role("button", name="10 menit waktu bicara").click()
    order = [last, *before[1:-1], first]
    page.wait_for_load_state("networkidle")  # what was pressed is on its way
    kept = hall.staff.call("GET", f"/workshops/{hall.workshop}/desk")["notes"]["D3"]
    assert (kept["pinned"], kept["skipped"], kept["box"]["item"]) == ([last], [first], last)
    other = console(hall, bearer=staff(hall, "Tono"))
    page.reload()
    for screen in (page, other):
        expect(rows if screen is page else screen.locator(".queue tbody tr")).to_have_count(len(before))
        assert [row.get_attribute("data-key") for row in screen.locator(".queue tbody tr").all()] == order
        expect(screen.locator('.talk [data-timer="talk/D3"]')).to_have_text(clock_under(10))
    expect(page.locator(".case h2")).to_contain_text(f"{last} ")  # where this tab was
    expect(page.locator('.case [data-timer="box/D3"]')).to_have_text(clock_under(3))
    expect(other.get_by_role("button", name="Sematkan", exact=True)).to_have_count(0)  # who is not in control only sees


def clock_under(minutes: int) -> re.Pattern[str]:
    """A clock that has begun to run: 09.xx of ten minutes."""
    return re.compile(rf"^{minutes - 1:02d}\.[0-5]\d$")


@pytest.mark.slow
def test_what_is_worth_the_time_left_is_said_with_its_grounds(fresh: Callable[..., Hall]) -> None:
    hall = fresh()
    voted(hall)
    told = hall.staff.call("GET", f"/workshops/{hall.workshop}/rounds/D3/1")["items"]
    page = console(hall)
    rows = page.locator(".triage li").all()
    named = {row.get_attribute("data-key"): row.locator("small").inner_text() for row in rows}
    figures = {item["item"]: item for item in told}
    assert len(named) == 3

    def words(item: dict[str, Any]) -> str:
        wide = item["gap"]["interview"]["size"] == "wide"
        grounds = {
            f"{item['short_by']} orang selangkah lagi": True, "bergantung pada satu suara": "fragile" in item["flags"],
            f"{len(item['reasons'])} alasan untuk didengar": True, "jauh dari wawancara, sebab belum diisi": wide,
        }  # fmt: skip
        return " · ".join(ground for ground, holds in grounds.items() if holds)

    assert named == {item: words(figures[item]) for item in named}
    # nothing that is left out would be settled by fewer people
    left = [f["short_by"] for f in told if f["short_by"] and f["item"] not in named]
    assert max(figures[item]["short_by"] for item in named) <= min(left, default=99)
    first = next(iter(named))
    page.locator(f'.queue [data-item="{first}"]').click()
    page.get_by_role("button", name="Sisihkan").click()
    expect(page.locator(f'.triage [data-item="{first}"]')).to_have_count(0)


@pytest.mark.slow
def test_after_a_second_vote_the_console_says_where_people_moved_as_the_server_counts_it(
    fresh: Callable[..., Hall],
) -> None:
    hall = fresh()
    voted(hall)
    page = console(hall)
    page.locator(".queue").wait_for()
    assert page.locator(".pairs").count() == 0  # one vote says nothing about moving
    hall.group_order("reveal", baseline=True, reasons=False)
    hall.group_order("open_round", items="pending")
    hall.vote_others(2, spread=1)
    hall.group_order("close_round")
    hall.group_order("disclose")
    told = hall.staff.call("GET", f"/workshops/{hall.workshop}/groups/D3/expert")["conformity"]
    said_of = page.locator('[data-key="conformity"] .pairs dd')
    share, chance = (round(100 * float(told[name])) for name in ("share_toward", "expected_toward"))
    assert told["enough"] and told["moves"] > 20
    forced = "ya" if told["nearly_all_toward"] else "tidak"
    expect(said_of).to_have_text([f"{told['toward']} dari {told['moves']} ({share} %)", f"{chance} %", forced])


@pytest.mark.slow
def test_reasons_are_read_before_the_hall_sees_them_and_script_stays_text(fresh: Callable[..., Hall]) -> None:
    hall = fresh()
    hall.seat_others(1, 2, 3, 4, 5)
    hall.group_order("open_round", items=["7.1"])
    texts = [SCRIPT, "Camat Budi selalu memberi 5.", "Pompa punya cadangan.", None, None]
    for place, (other, text) in enumerate(zip(hall.others, texts, strict=True)):
        answer = {"item": "7.1", "rev": 1, "key": f"k{place}", "value": 2 + place % 3, "reason": text}
        other.call("PUT", "/answers", {"round": 1, "answers": [answer]})
    hall.group_order("close_round")
    hall.group_order("disclose")
    page, wall = console(hall), display(hall)
    asked = page.get_by_label("dengan 3 alasan")
    expect(asked).not_to_be_checked()  # off until somebody has thought of it
    asked.check()
    page.keyboard.press("r")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator(".said li > span")).to_have_count(3)
    assert sorted(dialog.locator(".said li > span").all_inner_texts()) == sorted(text for text in texts if text)
    row = dialog.locator(".said li", has_text="Camat Budi")
    row.get_by_role("button", name="Sembunyikan").click()
    row.get_by_role("button", name="Menunjuk seseorang.").click()
    expect(dialog.locator(".ask__tally")).to_have_text("2 alasan akan ditampilkan, 1 disembunyikan.")
    assert hall.state()["groups"][2]["rounds"][0]["revealed"] is False
    dialog.get_by_role("button", name="Tampilkan hasil dan alasan ke aula").click()
    wall.locator(".results").wait_for()
    told = hall.others[0].call("GET", f"/workshops/{hall.workshop}/rounds/D3/1")["items"][0]["reasons"]
    assert sorted(reason["text"] for reason in told) == sorted([SCRIPT, "Pompa punya cadangan."])
    assert page.title() != "taken" and page.locator("img[src=x]").count() == 0
    kept = next(e for e in trail(hall.staff, hall.workshop) if '"reason.moderated"' in e)
    assert "Camat" not in kept


def trail(staff_of: Caller, workshop: str) -> list[str]:
    return [entry["line"] for entry in staff_of.call("GET", f"/workshops/{workshop}/trail")["entries"]]


@pytest.mark.slow
def test_undo_counts_down_where_it_can_be_seen_and_goes_when_it_is_over(fresh: Callable[..., Hall]) -> None:
    hall = fresh(disclose_after=60)
    hall.seat_others(1, 2)
    page = console(hall)
    hall.group_order("open_round", items=["7.1"])
    hall.vote_others()
    await_primary(page, "Tutup putaran 1")
    page.locator("#work").focus()
    for key in ("Space", "Tab", "Enter"):
        page.keyboard.press(key)
    await_primary(page, "Tampilkan hasil kepada saya")
    shown = page.locator(".undo")
    first = int(shown.inner_text())
    assert 1 <= first <= 60
    expect(shown).not_to_have_text(str(first))
    assert int(shown.inner_text()) < first
    expect(page.locator(".toast [data-do=reopen_round]")).to_be_visible()
    hall.group_order("disclose")
    await_primary(page, "Tampilkan hasil ke aula")
    expect(page.locator(".toast [data-do=reopen_round]")).to_have_count(0)


@pytest.mark.slow
def test_who_is_in_the_room_is_counted_and_a_group_of_the_answerable_agency_alone_is_pointed_out(
    fresh: Callable[..., Hall],
) -> None:
    known = {"agency": "BAPPEDA", "sector": "pemerintah"}
    hall = fresh(people=[{"name": f"Orang {n}", "gender": "female"} | known for n in range(6)])
    hall.seat_others(*range(1, 7))
    page = console(hall)
    people = page.locator(".people")
    expect(people.locator("dd")).to_have_text(["pemerintah 6", "BAPPEDA 6", "perempuan 6"])
    expect(people.locator(".sentence")).to_have_count(0)
    people.get_by_role("button", name="Sebut instansi penanggung jawab").click()
    page.locator("dialog [name=agency]").fill("Bappeda")
    page.keyboard.press("Enter")
    expect(people.locator(".sentence")).to_contain_text("Semua yang hadir berasal dari Bappeda")
    assert "Orang" not in page.locator("body").inner_text()
