"""Story: from the list to printed cards by the guide alone, a faulty file first, on a laptop and a narrow window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser import axe
from tests.browser.desk import sit, wider
from tests.browser.hall import Hall

HEAD = "kode indikator;nama indikator;nilai wawancara;terjawab wawancara;pertanyaan wawancara\n"
NARROW, LAPTOP = (320, 700), (1440, 900)


def shown(page: Page, surface: str) -> FrameLocator:
    return page.frame_locator(f'[data-preview="{surface}"]')


def state(page: Page, at: int, said: str) -> None:
    expect(page.locator(f".way__step:nth-child({at}) small")).to_have_text(said)


def well(page: Page) -> None:
    assert wider(page) == 0
    assert axe.faults(page) == []


@pytest.mark.slow
def test_the_guide_leads_from_the_list_to_printed_cards(fresh: Callable[..., Hall], tmp_path: Path) -> None:
    hall = fresh(seats=1)
    page = sit(hall, size=LAPTOP)
    page.goto("/console")
    page.locator("#new").focus()
    page.keyboard.press("Enter")

    # What is typed is seen on every surface, in the hall's language.
    state(page, 2, "sekarang")
    page.fill("[name=title]", "Lokakarya uji")
    page.fill("[name=city]", "Semarang")
    state(page, 2, "selesai")
    expect(shown(page, "console").locator("#title")).to_have_text("Lokakarya uji, Semarang")
    expect(shown(page, "display").locator(".screen__side")).to_contain_text("Lokakarya uji")
    expect(shown(page, "phone").locator("h1")).to_have_text("Hunian yang aman dan terjangkau")
    page.select_option("#create [name=language]", "en")
    expect(shown(page, "phone").locator("h1")).to_have_text("Safe and affordable housing")
    expect(shown(page, "display").locator(".lobby__lead")).to_contain_text("Scan the code on your seat card")
    page.check("[name=open_join]")
    expect(shown(page, "display").locator(".lobby__code")).to_have_text("0000 0000")
    well(page)

    # No preview holds the keyboard: from the last button one step leads out of the form.
    page.locator("#create .button--primary").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.get_by_role("img", name="Pratinjau ponsel: indikator pertama dengan skalanya").count() == 1

    # A framework of one's own that is none is refused beside its field.
    page.check("[name=framework][value=own]")
    wrong = tmp_path / "kerangka.json"
    wrong.write_text('{"id": "x"}')
    hall.expect("422")
    page.set_input_files("[name=own_framework]", wrong)
    expect(page.locator("#own-framework-fault")).not_to_have_text("")
    page.check("[name=framework][value=cri]")
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    well(page)
    page.locator("#create .button--primary").click()
    page.wait_for_url("**/console/w*")
    state(page, 4, "sekarang")

    # The template as downloaded, filled in wrongly: its own rows with the wrong cells marked, and nothing imported.
    with page.expect_download() as loading:
        page.locator('[data-key="step-4"] summary').click()
        page.locator('[data-key="step-4"] a[href*="baseline.csv?language=id&decimal=comma"]').click()
    template = Path(loading.value.path()).read_text("utf-8-sig")
    assert template.splitlines()[1].startswith("1.1;Hunian yang aman dan terjangkau;")
    survey = tmp_path / "survei.csv"
    survey.write_text(HEAD + "1.1;Hunian;6,5;3;3\n1.2;Energi;3;3;3\n9.9;Entah;2;3;3\n")
    page.set_input_files('[data-form="baseline"] [name=file]', survey)
    marked = page.locator(".faults .is-wrong")
    expect(marked).to_have_text([
        "6,56,5 di luar skala; tulis angka dari 1 sampai 5, atau kosongkan.",
        "9.9'9.9' bukan indikator; cri memuat 1.1 sampai 12.4.",
    ])  # fmt: skip
    expect(page.locator(".faults tbody th")).to_have_text(["2", "4"])
    expect(page.locator('[data-form="baseline"] .button')).to_be_disabled()
    well(page)
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    well(page)

    # The same file, mended: it is looked at, then imported.
    survey.write_text(HEAD + "1.1;Hunian;4,5;3;3\n1.2;Energi;3;3;3\n")
    with page.expect_file_chooser() as choosing:
        page.locator('[data-form="baseline"] [name=file]').click()
    choosing.value.set_files(survey)
    expect(page.locator(".looked tbody tr").first).to_have_text("1.1nilai wawancara4,53 / 3–")
    page.locator('[data-form="baseline"] .button').click()
    state(page, 4, "selesai")

    # Seats from a list and by number, then their cards.
    page.locator('[data-key="listed"] > summary').click()
    people = tmp_path / "peserta.csv"
    people.write_text("kelompok;nama;instansi\nD1;Siti;Bappeda\nD1;Joko;BPBD\n")
    page.set_input_files('[data-form="list"] [name=file]', people)
    expect(page.locator(".looked tbody tr").first).to_contain_text("Siti")
    well(page)
    page.locator('[data-form="list"] .button').click()
    state(page, 5, "selesai")
    page.fill('[data-form="seats"] [name=D2]', "3")
    page.locator('[data-form="seats"] .button').click()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Cetak 5 kartu kursi").click()
    expect(opened.value.locator("svg")).to_have_count(5)
    opened.value.close()
    state(page, 6, "selesai")
    page.locator(".language [lang=en]").click()
    state(page, 6, "done")
    well(page)
