"""Beside every drawing stands a table of the data that were drawn, and files that need nothing beside them."""

import re
import xml.etree.ElementTree as ET
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gallery import CASES, DATA, KEYS, marks

SVG = "{http://www.w3.org/2000/svg}"


def flat(said: str) -> str:
    """A text of a page on one line, its spaces plain."""
    return " ".join(said.split())


def twins(page: Page) -> dict[str, list[list[str]]]:
    """By figure, the rows of its table."""
    read: Any = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.gallery__case')].map(one => [
        one.id, [...one.querySelectorAll('table tbody tr')].map(row => [...row.children].map(cell => cell.textContent)),
    ]))""")
    return {key: [[flat(cell) for cell in row] for row in rows] for key, rows in read.items()}


# --- the table beside each drawing ------------------------------------------------------------------------------------


def said(value: Any) -> str:
    """A number as Indonesian writes it."""
    if value is None:
        return "–"
    text = f"{float(value):.2f}"
    return text.rstrip("0").rstrip(".").replace(".", ",")


def text(name: Any) -> str:
    return name["id"] if isinstance(name, dict) else str(name)


def span(low: Any, high: Any) -> str:
    return f"{said(low)}–{said(high)}"


def difference(point: dict[str, Any]) -> float | None:
    before = point["interview"] if point["interview"] is not None else point["metric"]
    return None if point["value"] is None or before is None else float(point["value"]) - float(before)


def signed(value: float | None) -> str:
    return "–" if value is None else ("+" if value > 0 else "−" if value < 0 else "±") + said(abs(value))


def rows_of(figure: str, data: dict[str, Any]) -> list[list[str]]:
    """The table that a case's data make, in Indonesian."""
    match figure:
        case "strip":
            counts = data["figures"]["counts"] or []
            scale = data.get("scale", [1, 2, 3, 4, 5])
            return [[said(value), said(count)] for value, count in zip(scale, counts, strict=bool(counts))]
        case "diverging":
            hidden = ["–"] * len(data.get("scale", [1, 2, 3, 4, 5]))
            return [[f"{item['item']} {text(item['name'])}",
                     *(hidden if item["withheld"] else map(said, item["counts"])),
                     "<5" if item["withheld"] else said(sum(item["counts"])), said(item["median"])]
                    for item in data["items"]]  # fmt: skip
        case "dumbbell":
            ordered = sorted(data["points"], key=lambda point: -abs(d) if (d := difference(point)) is not None else 1)
            return [[f"{p['item']} {text(p['name'])}", said(p["interview"]), said(p["metric"]),
                     "tidak ditampilkan" if p["withheld"] else said(p["value"]),
                     "–" if p["value"] is None else span(p["q1"], p["q3"]), signed(difference(p))]
                    for p in ordered]  # fmt: skip
        case "slopes":
            return [[said(v["round"]), said(v["n"]), said(v["median"]), span(v["q1"], v["q3"])] for v in data["votes"]]
        case "intervals":
            end = " %" if data.get("unit") == "%" else ""
            return [[f"{goal['id']} {text(goal['name'])}",
                     *("tidak ditampilkan" if goal["withheld"] else "–" if goal["value"] is None or goal[part] is None
                       else said(goal[part]) + end for part in ("value", "low", "high")),
                     *([span(goal["from"], goal["to"]) if goal["from"] and goal["from"] < goal["to"] else "–"]
                       if "from" in goal else []),
                     "–" if goal["interview"] is None else said(goal["interview"]) + end]
                    for goal in data["goals"]]  # fmt: skip
        case "tornado":
            end = " %" if data.get("unit") == "%" else ""
            ordered = sorted(data["choices"], key=lambda c: (-round(c["high"] - c["low"], 9), -c["moved"]))
            return [[text(c["name"]), said(c["low"]) + end, said(c["high"]) + end,
                     f"{c['moved']} kategori berubah" if c["moved"] else "kategori tetap"]
                    for c in ordered]  # fmt: skip
        case "orders":
            return [[said(at), said(value)] for at, value in enumerate(sorted(map(float, data["values"])), 1)]
        case "matrix":
            counts = {(link["goal"], link["pillar"]): link["count"] for link in data["links"]}
            each = [[counts.get((goal["id"], pillar["id"]), 0) for pillar in data["pillars"]] for goal in data["goals"]]
            holes = [("lemah, tanpa inisiatif" if goal["weak"] else "tanpa inisiatif") for goal in data["goals"]]
            return [[f"{goal['id']} {text(goal['name'])}", *map(said, row), said(sum(row)) if sum(row) else hole]
                    for goal, row, hole in zip(data["goals"], each, holes, strict=True)]  # fmt: skip
    raise AssertionError(figure)


@pytest.mark.slow
def test_every_table_holds_the_data_that_were_drawn(light: Page) -> None:
    found = twins(light)
    for case, key in zip(CASES, KEYS, strict=True):
        if case["figure"] not in ("wheel", "goals"):
            assert found[key] == rows_of(case["figure"], case["data"]), key


WORDS = {"x": "tidak ditampilkan (kurang dari lima)", ".": "tidak dinilai", "-": "belum ada angka"}


@pytest.mark.slow
@pytest.mark.parametrize("key", ["wheel-usual", "wheel-missing"])
def test_the_wheels_table_says_of_every_indicator_what_its_ray_shows(light: Page, key: str) -> None:
    def shown(score: str) -> list[str]:
        result, before = score.split() if " " in score else (score, "-")
        if result not in WORDS and "-" in result:
            low, high = result.split("-")
            word = f"tidak sepakat, antara {said(low)} dan {said(high)}"
        elif result.startswith("c"):
            word = f"diputuskan pimpinan: {said(result[1:])}"
        else:
            word = WORDS.get(result) or f"disepakati {said(result)}"
        return [word, "–" if before == "-" else said(before)]

    assert [row[1:3] for row in twins(light)[key]] == [shown(score) for score in DATA[key]["scores"]]


@pytest.mark.slow
def test_a_goal_is_drawn_as_the_mean_of_its_indicators_or_the_span_that_they_allow(light: Page) -> None:
    rows = twins(light)["goals-usual"]
    # by hand from the case: goal 1 holds 3 3 3 3 4, goal 2 one indicator between 2 and 4, goal 5 a withheld one
    assert [row[1] for row in (rows[0], rows[1], rows[4])] == ["3,2", "3,6–4", "–"]
    assert [row[3] for row in (rows[0], rows[1], rows[4])] == ["5/5", "4/5", "2/4"]


@pytest.mark.slow
def test_up_to_forty_scores_are_a_dot_each_and_more_are_columns(light: Page) -> None:
    found = marks(light)
    for key in (key for key in KEYS if key.startswith("strip-")):
        counts = DATA[key]["figures"]["counts"] or [0]
        dots = [mark for mark in found[key] if mark[0] == "circle"]
        assert len(dots) == (sum(counts) if sum(counts) <= 40 else 0), key
    ink = [box for tag, look, _, box in found["strip-many"] if tag == "rect" and look.startswith("#544f47")]
    columns = [bottom - top for _, top, _, bottom in ink]
    for height, count in zip(columns, DATA["strip-many"]["figures"]["counts"], strict=True):
        assert height / max(columns) == pytest.approx(count / 71, abs=0.01)


@pytest.mark.slow
def test_bars_are_as_long_as_their_counts_and_by_the_toggle_all_the_same(light: Page) -> None:
    def lengths() -> list[list[float]]:
        rows: dict[float, list[float]] = {}
        for tag, look, _, box in marks(light)["diverging-usual"]:
            if tag == "rect" and not look.startswith("#d9d4c8"):  # grey is what is withheld
                rows.setdefault(box[1], []).append(box[2] - box[0] + 2)
        return [rows[top] for top in sorted(rows)]

    shown = [item["counts"] for item in DATA["diverging-usual"]["items"] if item["counts"]]
    unit = sum(map(sum, lengths())) / sum(map(sum, shown))
    assert [sum(row) / unit for row in lengths()] == pytest.approx([sum(counts) for counts in shown], abs=0.15)
    button = light.get_by_role("button", name="Batang sebagai 100 %")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    whole = [sum(row) for row in lengths()]
    assert whole == pytest.approx([whole[0]] * len(shown), abs=2)
    assert flat(light.locator("#diverging-usual tbody tr").first.inner_text()) == ""  # folded away
    assert twins(light)["diverging-usual"][0][3:6] == ["4 (36 %)", "6 (55 %)", "1 (9 %)"]
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


# --- files ------------------------------------------------------------------------------------------------------------

FILES = [key for key in KEYS if key.endswith("-usual")]


def saved(page: Page, key: str, kind: str) -> bytes:
    twin = page.locator(f"#{key} .fig__twin")
    if not twin.evaluate("twin => twin.open"):
        twin.locator("summary").click()
    with page.expect_download() as coming:
        twin.locator(f"[data-save={kind}]").click()
    assert coming.value.suggested_filename == f"mufakat-{key}.{kind}"
    return Path(coming.value.path()).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("key", [*FILES, "strip-long", "strip-withheld", "dumbbell-nothing"])
def test_a_saved_svg_stands_alone_and_says_what_it_shows_and_that_it_is_synthetic(light: Page, key: str) -> None:
    text = saved(light, key, "svg").decode()
    root = ET.fromstring(text)
    assert root.tag == f"{SVG}svg"
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "pattern", "g", "rect", "circle", "line", "path", "text", "tspan"}
    held = [value for one in root.iter() for value in one.attrib.values()]
    assert [value for value in held if "var(" in value or "//" in value or re.search(r"url\((?!#)", value)] == []
    assert [name for one in root.iter() for name in one.attrib if "href" in name or name in ("class", "style")] == []
    ids = {one.get("id") for one in root.iter()}
    assert {name for value in held for name in re.findall(r"url\(#([^)]*)\)", value)} <= ids
    words = [flat("".join(one.itertext())) for one in root.iter(f"{SVG}text")]
    title = root.findtext(f"{SVG}title")
    assert title == flat(light.locator(f"#{key} .fig__title").inner_text()) and flat(" ".join(words)).startswith(title)
    assert words[-1] == "data sintetis · Galeri gambar · mufakat"


@pytest.mark.slow
@pytest.mark.parametrize("key", ["strip-usual", "wheel-usual", "goals-usual", "matrix-usual"])
def test_a_saved_png_is_large_and_painted_as_the_svg_that_it_was_made_from(light: Page, table: Page, key: str) -> None:
    png, svg = saved(light, key, "png"), saved(light, key, "svg")
    assert png.startswith(b"\x89PNG\r\n")
    width, differ, colours = table.evaluate(
        """async ([png, svg]) => {
            const small = async (type, held) => {
                const image = new Image(); image.src = `data:image/${type};base64,${held}`; await image.decode();
                const canvas = document.createElement('canvas'); [canvas.width, canvas.height] = [200, 200];
                const brush = canvas.getContext('2d'); brush.imageSmoothingQuality = 'high';
                brush.drawImage(image, 0, 0, 200, 200);
                return [image.width, brush.getImageData(0, 0, 200, 200).data];
            };
            const [[width, a], [, b]] = [await small('png', png), await small('svg+xml', svg)];
            let sum = 0; const colours = new Set();
            for (let at = 0; at < a.length; at += 4) {
                colours.add([a[at], a[at + 1], a[at + 2]].map(n => n >> 4).join());
                for (const k of [0, 1, 2]) sum += Math.abs(a[at + k] - b[at + k]);
            }
            return [width, sum / (a.length * 0.75), colours.size];
        }""",
        [b64encode(png).decode(), b64encode(svg).decode()],
    )
    assert width >= 1800
    assert differ < 8
    assert colours > 8
