"""The gallery of figures as a browser shows it: the marks of every figure, and small pictures of them. No test here.

    python -m tests.browser.gallery      takes the references in tests/browser/pictures anew; look before you commit

Marks are read in the drawing's own units and pictures are taken without letters, so that neither depends on the fonts
of a machine; letters are compared as text with their places.
"""

from __future__ import annotations

import json
import re
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from server.cli.stage.served import Caller, Served
from tests import house

PICTURES = Path(__file__).with_name("pictures")
CASES = json.loads((house.ROOT / "server/web/gallery.json").read_text("utf-8"))
SCRIPT = Path(__file__).with_name("gallery.js").read_text("utf-8").partition("\n")[2]
KEYS = [f"{case['figure']}-{case['name']}" for case in CASES]
DATA = {key: case["data"] for key, case in zip(KEYS, CASES, strict=True)}
VARIANTS = (("id", "light"), ("en", "dark"))
NEAR = 1.0  # units of a drawing
SCALE = 0.5  # of a screenshot: a quarter of the pixels says as much
SHRUNK = 10  # a picture's cell is 10 × 10 pixels of the page
WORST, MEAN = 40.0, 1.5  # of 255: the furthest cell, and all cells of a picture together


@contextmanager
def staffed(folder: Path) -> Iterator[tuple[str, str]]:
    """A served house without a workshop: its address, and the pass of its organiser."""
    with Served(folder) as served, Caller(served.url) as door:
        told = door.call("POST", "/first-run", {"token": served.token, "name": "Ani", "password": "tujuh-belas-8"})
        yield served.url, told["pass"]


def open_gallery(
    browser: Browser, at: tuple[str, str], language: str, theme: str, width: int = 1280,
    change: Callable[[list[dict[str, Any]]], None] | None = None,
) -> Page:  # fmt: skip
    """The gallery drawn; `change` alters the cases on their way to the browser."""
    url, bearer = at
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale={"id": "id-ID", "en": "en-GB"}[language], base_url=url,
        reduced_motion="reduce", device_scale_factor=SCALE,
    )  # fmt: skip
    context.add_cookies([{"name": "mufakat_staff", "value": bearer, "url": url}])
    page = context.new_page()
    page.errors = []  # type: ignore[attr-defined]  # what went wrong on it, for whoever asks
    page.on("pageerror", lambda fault: page.errors.append(str(fault)))  # type: ignore[attr-defined]
    page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)  # type: ignore[attr-defined]
    if change is not None:
        page.route(re.compile(r"/console/gallery"), lambda route: _changed(route, change))
    page.goto(f"/console/gallery?theme={theme}")
    page.locator(".gallery__case").last.wait_for()
    return page


def _changed(route: Route, change: Callable[[list[dict[str, Any]]], None]) -> None:
    answer = route.fetch()
    before, cases, after = re.split(r'(?<=id="cases")([^>]*>.*?)(?=</script>)', answer.text(), maxsplit=1, flags=re.S)
    opening, _, body = cases.partition(">")
    held = json.loads(body)
    change(held)
    packed = ("content-encoding", "content-length")
    headers = {name: value for name, value in answer.headers.items() if name not in packed}
    route.fulfill(status=200, headers=headers, body=f"{before}{opening}>{json.dumps(held)}{after}")


def _asked(page: Page, what: str, given: Any = None) -> Any:
    return page.evaluate(f"given => {SCRIPT.strip()}.{what}(given)", given)


def marks(page: Page) -> dict[str, list[list[Any]]]:
    """By figure, every mark of its drawings in their order: tag, look, text, numbers."""
    found: dict[str, list[list[Any]]] = _asked(page, "marks")
    return found


def pictures(page: Page, table: Page) -> dict[str, Any]:
    """Small pictures of every figure in one strip: `png` in base64, and `rows` saying where each lies."""
    rows = _asked(page, "stage")
    clip = {"x": 0, "y": 0, "width": 960, "height": rows[-1][1] + rows[-1][3]}
    png = page.screenshot(full_page=True, clip=clip, animations="disabled")
    page.evaluate("unstage()")
    found: dict[str, Any] = _asked(table, "strip", [b64encode(png).decode(), rows, SCALE, SHRUNK])
    return found


def displaced(ours: list[list[Any]], theirs: list[list[Any]]) -> list[str]:
    """What tells one figure's marks from another's, mark by mark; empty where they are the same."""
    wrong = [] if len(ours) == len(theirs) else [f"{len(ours)} marks instead of {len(theirs)}"]
    for (tag, look, text, numbers), (tag2, look2, text2, numbers2) in zip(ours, theirs, strict=False):
        far = [abs(a - b) for a, b in zip(numbers, numbers2, strict=False)]
        if (tag, look, text) != (tag2, look2, text2) or max(far, default=0) > NEAR:
            wrong.append(f"{tag} {look} {text!r} {numbers} instead of {tag2} {look2} {text2!r} {numbers2}")
    return wrong


def unlike(taken: dict[str, Any], reference: bytes, table: Page) -> dict[str, list[float]]:
    """By figure, worst and mean difference of small pictures, where beyond what may be."""
    given = [taken["png"], b64encode(reference).decode(), taken["rows"]]
    found: dict[str, list[float]] = _asked(table, "differ", given)
    return {key: pair for key, pair in found.items() if pair[0] > WORST or pair[1] > MEAN}


def kept(found: list[list[Any]]) -> list[list[Any]]:
    """Marks as they are committed: those that look alike and follow each other share a line."""
    held: list[list[Any]] = []
    for tag, look, text, numbers in found:
        if not held or held[-1][0] != f"{tag} {look}":
            held.append([f"{tag} {look}"])
        held[-1] += [text, *numbers] if tag == "text" else numbers
    return held


def told(held: list[list[Any]]) -> list[list[Any]]:
    """The marks again, of what `kept` made of them."""
    size = {"svg": 2, "text": 3}
    found = []
    for (name, *rest) in held:
        tag, _, look = name.partition(" ")
        each = size.get(tag, 4)
        runs = [rest[at : at + each] for at in range(0, len(rest), each)]
        found += [[tag, look, run[0] if tag == "text" else "", run[1:] if tag == "text" else run] for run in runs]
    return found


def reference(language: str, theme: str) -> tuple[dict[str, list[list[Any]]], bytes]:
    """The marks and the strip of pictures that are committed."""
    name = f"{language}-{theme}"
    held = json.loads((PICTURES / f"{name}.json").read_text("utf-8"))
    return {key: told(lines) for key, lines in held.items()}, (PICTURES / f"{name}.png").read_bytes()


def main() -> None:
    from base64 import b64decode

    from tests.browser.conftest import CHROMIUM, FLAGS

    with tempfile.TemporaryDirectory() as folder, staffed(Path(folder)) as at, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for language, theme in VARIANTS:
            page = open_gallery(browser, at, language, theme)
            lines = ",\n".join(
                f"{json.dumps(key)}: [\n" + ",\n".join(
                    json.dumps(run, ensure_ascii=False, separators=(",", ":")) for run in kept(found)) + "\n]"
                for key, found in marks(page).items()
            )  # fmt: skip
            (PICTURES / f"{language}-{theme}.json").write_text("{\n" + lines + "\n}\n", "utf-8")
            taken = pictures(page, browser.new_page())
            (PICTURES / f"{language}-{theme}.png").write_bytes(b64decode(taken["png"]))
        browser.close()


if __name__ == "__main__":
    main()
