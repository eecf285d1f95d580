"""The facilitator's work in a real browser: from the first-run link to a revealed round, by keyboard and in races."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from server.cli.stage.served import Served
from tests.browser.conftest import CHROMIUM
from tests.browser.desk import Deaf, console, sit
from tests.browser.hall import BALLOT, PASSWORD, TITLE, Hall

FAULTY = b"indicator,stream,score,answered,asked\n1.1,interview,7,3,3\n9.9,interview,3,3,3\n"
SOUND = b"indicator,stream,score,answered,asked\n1.1,interview,\"2,5\",3,3\n1.2,interview,4,3,3\n"


def primary(page: Page) -> str:
    """The label of the one primary button on the machine, without its key."""
    button = page.locator("#machine .button--primary")
    assert button.count() == 1
    return button.inner_text().split("\n")[0]


def await_primary(page: Page, label: str) -> None:
    expect(page.locator("#machine .button--primary").first).to_contain_text(label)


@pytest.mark.slow
def test_a_first_run_link_leads_to_printed_seat_cards_and_a_started_workshop(chromium: Browser, tmp_path: Path) -> None:
    assert CHROMIUM.exists()
    with Served(tmp_path) as served:
        context = chromium.new_context(base_url=served.url, locale="id-ID", viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(f"/first-run#{served.token}")
        assert page.evaluate("location.hash") == "", "the one-time token stays in the address"
        page.fill("[name=name]", "Rina Wijaya")
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Buat akun saya dan lanjutkan").click()
        page.wait_for_url("**/console")

        page.get_by_role("link", name="Siapkan lokakarya").click()
        page.fill("[name=title]", "Lokakarya Indeks Ketahanan Kota")
        page.fill("[name=city]", "Semarang")
        page.get_by_label("Gladi dengan data sintetis").check()
        page.get_by_role("button", name="Buat lokakarya").click()
        page.wait_for_url(re.compile(r"/console/w[0-9a-f]+$"))
        assert page.locator(".bar .stamp").inner_text().strip() == "data sintetis"

        survey = page.locator("[data-form=baseline] [name=file]")
        survey.set_input_files({"name": "survei.csv", "mimeType": "text/csv", "buffer": FAULTY})
        page.locator(".faults .is-wrong").first.wait_for()
        assert page.locator(".faults tbody th").all_inner_texts() == ["2", "3"]
        survey.set_input_files({"name": "baik.csv", "mimeType": "text/csv", "buffer": SOUND})
        page.get_by_role("button", name="Impor", exact=True).click()
        page.get_by_text("2 nilai diimpor.").wait_for()
        assert page.locator(".faults").count() == 0

        for field, count in zip(page.locator("[data-form=seats] input").all(), (2, 1, 1, 8), strict=True):
            field.fill(str(count))
        page.get_by_role("button", name="Terbitkan kursi", exact=True).click()
        button = page.get_by_role("button", name="Cetak 12 kartu kursi")
        button.wait_for()
        page.reload()  # cards are told once; the tab must not lose them
        with context.expect_page() as popped:
            button.click()
        cards = popped.value
        cards.locator(".card").first.wait_for()
        assert cards.locator(".sheet").count() == 2 and cards.locator(".card").count() == 12
        cards.wait_for_load_state()  # the sheet hides the other language
        assert cards.locator(".card__group").last.inner_text().strip() == "Kepemimpinan & strategi"
        code = cards.locator(".card__code").first.inner_text()

        page.get_by_role("button", name="Mulai lokakarya").click()
        page.locator(".groups tbody tr").nth(3).wait_for()
        phone = chromium.new_context(base_url=served.url, locale="id-ID")
        joining = phone.new_page()
        joining.goto("/join")
        joining.fill("#code", code)
        joining.get_by_role("button", name="Setuju dan masuk").click()
        joining.wait_for_url(BALLOT)
        expect(page.locator(".seat--joined")).to_have_count(1)
        for opened in (phone, context):
            opened.close()


@pytest.mark.slow
def test_a_round_is_run_by_keyboard_and_no_single_key_closes_it(hall: Hall) -> None:
    hall.seat_others(1, 2, 3, 4, 5, 6, 7)
    page = console(hall)
    await_primary(page, "Buka putaran 1")
    page.keyboard.press("Space")  # choosing the group has put the focus on its next step
    await_primary(page, "Tutup putaran 1")
    hall.vote_others()
    expect(page.locator('tr[data-key="D3"] .seat--done')).to_have_count(7)
    expect(page.locator("#work svg")).to_have_count(0)  # sealed looks sealed

    page.locator("#work").focus()
    page.keyboard.press("Space")
    question = page.locator(".machine__ask")
    expect(question).to_have_text("7 dari 7 sudah selesai. Tutup putaran 1 sekarang?")
    page.keyboard.press("Space")  # stands on the button that keeps it open
    expect(question).to_have_count(0)
    assert hall.state()["groups"][2]["phase"] == "open"

    page.locator("#work").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    await_primary(page, "Tampilkan hasil kepada saya")
    page.locator(".toast").get_by_role("button", name="Urungkan").click()
    await_primary(page, "Tutup putaran 1")
    assert hall.state()["groups"][2]["phase"] == "open"

    page.locator("#work").focus()
    for key in ("Space", "Tab", "Enter"):
        page.keyboard.press(key)
    await_primary(page, "Tampilkan hasil kepada saya")
    page.locator("#machine .button--primary").click()
    await_primary(page, "Tampilkan hasil ke aula")
    told = hall.staff.call("GET", f"/workshops/{hall.workshop}/rounds/D3/1")
    widest = max(told["items"], key=lambda f: float(f["iqr"]))
    shown = page.locator(".queue tbody tr").first.locator("small").inner_text()
    assert shown.startswith(f"lebar {float(widest['iqr']):g}".replace(".", ","))
    first = page.locator(".case h2").inner_text()
    page.locator("#work").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".case h2")).not_to_have_text(first)
    page.keyboard.press("r")
    await_primary(page, "Buka putaran 2 untuk 13 indikator")
    assert hall.state()["groups"][2]["rounds"][0]["revealed"]


@pytest.mark.slow
def test_how_many_would_have_to_move_stands_on_the_console_as_the_server_counts_it(hall: Hall) -> None:
    hall.seat_others(1, 2, 3, 4, 5, 6, 7, 8)
    hall.group_order("open_round", items="all")
    hall.vote_others(spread=3)
    hall.group_order("close_round")
    hall.group_order("disclose")
    page = console(hall)
    page.locator(".queue").wait_for()
    told = hall.staff.call("GET", f"/workshops/{hall.workshop}/rounds/D3/1")
    short = next(f for f in told["items"] if f["short_by"])
    page.locator(f'.queue [data-item="{short["item"]}"]').click()
    must = f"Dengan {short['n']} suara, {short['needed']} harus sepakat"
    step = f"{short['short_by']} orang perlu bergeser satu langkah."
    expect(page.locator(".case__sentence b")).to_have_text(f"{must}; {step}")


@pytest.mark.slow
def test_the_figures_of_an_indicator_are_the_servers_and_can_be_taken_home(hall: Hall) -> None:
    hall.seat_others(1, 2, 3, 4, 5, 6, 7)
    for round_number in (1, 2):
        hall.group_order("open_round", items="all")
        hall.vote_others(round_number, spread=1 + round_number)
        hall.show()
    page = console(hall)
    page.locator(".queue").wait_for()
    rounds = [hall.staff.call("GET", f"/workshops/{hall.workshop}/rounds/D3/{n}")["items"] for n in (1, 2)]
    now = {figures["item"]: figures for figures in rounds[1]}
    item = page.locator('.queue [aria-current="true"]').get_attribute("data-item")
    figures = now[item]
    counts = [[str(count)] for count in figures["counts"]]
    assert cells(page, f"strip-{item}-2") == counts
    assert len(page.locator(f'[data-key="strip-{item}-2"] circle').all()) == sum(figures["counts"]) == 7
    assert [row[0] for row in cells(page, f"slopes-{item}-2")] == ["7", "7"]
    assert cells(page, f"dumbbell-{item}-2")[0][2] == said(figures["median"])
    order = sorted((f for f in now.values() if f["gap"]["interview"]["difference"] is not None),
                   key=lambda f: -abs(float(f["gap"]["interview"]["difference"])))  # fmt: skip
    page.locator("[data-do=gaps]").click()  # the widest stand there at once
    expect(page.locator(".gaps tbody tr")).to_have_count(len(order))
    assert len(cells(page, "gaps-D3")) == len(order)
    widest = page.locator(".gaps tbody .number").all_inner_texts()
    far = [said(f["gap"]["interview"]["difference"].lstrip("-")) for f in order]
    assert [text.lstrip("+−±") for text in widest] == far

    page.locator('[data-key="gaps-D3"] summary').click()
    with page.expect_download() as coming:
        page.locator('[data-key="gaps-D3"] [data-save=svg]').click()
    text = Path(coming.value.path()).read_text("utf-8")
    assert coming.value.suggested_filename == "mufakat-gaps-D3.svg"
    assert f"data sintetis · {TITLE} · mufakat" in text and "var(" not in text
    assert text.count("<circle") >= 2 * len(order)

    for group in hall.state()["groups"]:
        hall.order("conclude", group=group["id"])
    hall.order("freeze")
    page.locator('[data-key="goals"] summary').click()
    with page.expect_download() as coming:
        page.locator('[data-key="goals"] [data-save=png]').click()
    assert Path(coming.value.path()).read_bytes().startswith(b"\x89PNG")

    page.get_by_role("link", name="Seberapa pasti profil ini?").click()
    page.locator('[data-key="tornado"]').wait_for()
    sure = hall.staff.call("GET", f"/workshops/{hall.workshop}/certainty")["goals"]
    ends = [[said(goal[end]) if goal[end] else "–" for end in ("value", "low", "high")] for goal in sure]
    assert [row[:3] for row in cells(page, "intervals")] == ends
    tried = {(choice["choice"], choice["option"]) for goal in sure for choice in goal["choices"]}
    changed = [sum((c["choice"], c["option"]) == one and bool(c["becomes"]) for goal in sure for c in goal["choices"])
               for one in tried]  # fmt: skip
    shown = sorted(row[2] for row in cells(page, "tornado"))
    assert shown == sorted(f"{goals} kategori berubah" if goals else "kategori tetap" for goals in changed)


def cells(page: Page, key: str) -> list[list[str]]:
    """The numbers in the table of a figure."""
    rows = page.locator(f'[data-key="{key}"] .table--twin tbody tr').all()
    return [row.locator("td").all_text_contents() for row in rows]


def said(text: str) -> str:
    """A decimal as Indonesian writes it, at most two places."""
    return f"{float(text):.2f}".rstrip("0").rstrip(".").replace(".", ",")


@pytest.mark.slow
def test_the_loser_of_a_race_sees_the_new_state_and_changes_nothing(hall: Hall) -> None:
    hall.seat_others(1, 2)
    page = sit(hall)
    line = Deaf(page)
    page.goto(f"/console/{hall.workshop}")
    page.locator('.groups__pick[data-group="D3"]').click()
    await_primary(page, "Buka putaran 1")
    line.deaf = True
    hall.group_order("open_round", items="all", minutes=5)
    page.locator("#machine .button--primary").click()
    expect(page.locator(".toast")).to_contain_text("Keadaan sudah berubah")
    await_primary(page, "Tutup putaran 1")
    assert [len(group["rounds"]) for group in hall.state()["groups"]] == [0, 0, 1, 0]
