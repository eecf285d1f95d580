"""An audit file stepped through in a real browser: as a page of staff, and as one file without any server.

Witness: the counts in the bundle itself, read here with `json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from server.cli import main
from tests.browser import axe
from tests.browser.desk import sit, wider
from tests.browser.hall import Hall
from tests.trail import forge
from tests.trail.story import told


@pytest.fixture(scope="module")
def bundles() -> dict[str, bytes]:
    whole, public = forge.write(told()), forge.write(told(), "public")
    files = forge.members(whole)
    files["trail.jsonl"] = files["trail.jsonl"].replace(b'"round":1', b'"round":2', 1)
    return {"full": whole, "public": public, "forged": forge.packed(files)}


def assessed(bundle: bytes) -> dict[str, list[int]]:
    """What the first disclosed round counted, by item."""
    files = forge.members(bundle)
    seq = next(entry["seq"] for entry in map(json.loads, files["trail.jsonl"].splitlines())
               if entry["kind"] == "round.assessed")  # fmt: skip
    opened = [opening for opening in map(json.loads, files["openings.jsonl"].splitlines()) if opening["seq"] == seq]
    return {o["content"]["item"]: o["content"]["counts"] for o in opened if o["name"].startswith("item/")}


def bars(page: Page) -> dict[str, list[int]]:
    """Each row of the step at hand: its item and the counts written in its bar, zeros left out."""
    read: Any = page.evaluate("""() => [...document.querySelectorAll('.votes tbody tr')].map(row => [
        row.querySelector('th b').textContent,
        [...row.querySelectorAll('.drawn svg text')].map(text => Number(text.textContent))])""")
    return dict(read)


def check(page: Page, language: str) -> None:
    assert wider(page) == 0
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1:visible").count() == 1
    assert axe.faults(page) == []


@pytest.fixture
def alone(chromium: Browser) -> Iterator[Any]:
    """Opens a file in a browser without a network; whatever goes wrong on the page fails the test."""
    contexts, faults = [], list[str]()

    def open_file(path: Path, width: int) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or faults.append(asked.url))
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width", "copy"), [("id", 1280, "full"), ("en", 320, "public")])
def test_one_file_steps_through_a_workshop_by_keys_and_buttons_and_asks_nobody(
    tmp_path: Path, alone: Any, bundles: dict[str, bytes], language: str, width: int, copy: str
) -> None:
    bundle, target = forge.saved(tmp_path, bundles[copy]), tmp_path / "replay.html"
    assert main(["replay", str(bundle), "--html", str(target), "--language", language]) == 0
    page = alone(target, width)
    verdict = {"full": "VALID", "public": "INCOMPLETE"}[copy]
    assert page.locator(".judged").get_attribute("data-verdict") == verdict
    first = page.locator("main *:visible").first.bounding_box()
    judged = page.locator(".judged").bounding_box()
    assert first and judged and first["y"] == judged["y"], "the verdict stands above everything"
    check(page, language)

    current = page.locator(".timeline [aria-current=step]")
    expect(page.locator(".timeline button")).to_have_count(len(json.loads(shown(target))["told"]["steps"]))
    at = current.get_attribute("data-step")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert (at, current.get_attribute("data-step")) == ("0", "1")
    page.locator("[data-key=shown]").click()
    counted = assessed(bundles["full"])
    withheld = assessed(bundles[copy]) if copy == "public" else counted
    assert bars(page) == {
        item: [n for n in counts if n] if item in withheld else [] for item, counts in counted.items()
    }  # fmt: skip
    words = {"id": "ditahan dalam salinan ini", "en": "withheld in this copy"}[language]
    assert page.locator(".votes .hidden").all_inner_texts() == [words] * (len(counted) - len(withheld))
    check(page, language)

    last = page.locator(".timeline button").last
    last.click()
    expect(page.locator("[data-key=next]")).to_be_disabled()
    assert page.locator("[data-slide]").input_value() == last.get_attribute("data-step")
    for group in page.locator(".ways__groups button").all():
        group.click()
        expect(group).to_have_attribute("aria-pressed", "true")
    page.locator(".ways__groups button").first.click()
    expect(page.locator(".way")).to_have_count(5)
    if copy == "full":
        # By the story: a2 was scored 3 by seven of eight, then by all; a person saw it lower and said so.
        way = page.locator('.way[data-key="A/a2"]')
        assert way.locator("svg circle").count() == 2
        assert [row.inner_text().split()[:4] for row in way.locator(".way__votes tbody tr").all()] == [
            ["1", "8", "3", "3–3"], ["2", "8", "3", "3–3"]
        ]  # fmt: skip
        expect(way.locator(".way__end")).to_contain_text("Sepakat dengan catatan")
        way.locator(".fig__twin summary").click()
        with page.expect_download() as kept:  # a figure is kept as a file without any server
            way.locator("[data-save=svg]").click()
        assert kept.value.suggested_filename == "mufakat-slopes-A-a2.svg"
    check(page, language)


def shown(target: Path) -> str:
    return target.read_text("utf-8").partition('id="replay">')[2].partition("</script>")[0]


@pytest.mark.slow
def test_staff_hand_in_a_file_or_choose_a_final_workshop(hall: Hall, bundles: dict[str, bytes]) -> None:
    language, page = "id", sit(hall, size=(1280, 900))
    page.goto("/console")
    page.locator('a[href="/replay"]').click()
    page.locator("#choose h1").wait_for()
    check(page, language)

    def hand_in(name: str, data: bytes) -> None:
        page.set_input_files("#file", {"name": name, "mimeType": "application/zip", "buffer": data})

    for name, data, verdict in (
        ("forged.zip", bundles["forged"], "INVALID"), ("photo.zip", b"no zip", "UNREADABLE"),
    ):  # fmt: skip
        hand_in(name, data)
        page.locator(f"[data-verdict={verdict}]").wait_for()
        assert page.locator(".stage").count() == 0 and page.locator("#file").is_visible()
        check(page, language)
    hand_in("large.zip", b"P" * (5 * 2**20 + 1))
    page.locator("#refused:visible", has_text="python -m server replay").wait_for()
    hall.expect("413")
    hand_in("full.zip", bundles["full"])
    page.locator("[data-verdict=VALID]").wait_for()
    expect(page.locator(".timeline button").first).to_have_attribute("aria-current", "step")
    assert page.locator("#choose").is_hidden()
    check(page, language)

    for group in hall.state()["groups"]:
        hall.order("conclude", group=group["id"])
    hall.order("freeze")
    page.goto("/replay")
    page.locator(f'a[href="/replay/{hall.workshop}"]').click()
    page.locator("[data-verdict]").wait_for()
    page.locator(".stage").wait_for()
    expect(page.locator("h1:visible")).to_contain_text("Lokakarya Indeks Ketahanan Kota")
    check(page, language)
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".language [value=en]").click()
    page.locator(".stage").wait_for()  # the address names the workshop, so the other language comes back to it
    assert page.url.endswith(f"/replay/{hall.workshop}")
    check(page, "en")
