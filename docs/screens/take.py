"""Takes the pictures of README and guide from the running program: `python -m docs.screens.take`, Chromium installed.

A demo workshop that goes on gives everything up to its end, a rehearsed day what comes after; in both languages.
Everything shown is synthetic. Owns sizes and file names; what is set up before a picture stands in `scenes`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from docs.screens import scenes

HERE = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
LOCALES = {"id": "id-ID", "en": "en-GB"}
SETTLED_MS = 1200  # until pictures of a page are drawn and its one motion is over


class Camera:
    """Windows of one language, and the folder into which their pictures go."""

    def __init__(self, browser: Browser, language: str) -> None:
        self.browser, self.language, self.folder = browser, language, HERE / language
        self.folder.mkdir(exist_ok=True)

    def window(self, width: int, height: int, scale: float = 1, bearer: tuple[str, str] | None = None) -> Page:
        """A window of this size, a small scale keeping a wide picture small; `bearer` is a staff pass and its host."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale=LOCALES[self.language], reduced_motion="reduce",
            device_scale_factor=scale, has_touch=width < 600,
        )  # fmt: skip
        if bearer:
            context.add_cookies([{"name": "mufakat_staff", "value": bearer[0], "url": bearer[1]}])
        return context.new_page()

    def take(self, page: Page, name: str, whole: bool = False) -> None:
        """A picture of what stands there, small enough for a page of documentation."""
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=self.folder / f"{name}.jpg", type="jpeg", quality=72, full_page=whole)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=LOCALES, action="append", help="only this one")
    languages = parser.parse_args().language or list(LOCALES)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for language in languages:
            camera = Camera(browser, language)
            scenes.morning(camera, Path(folder) / f"{language}-morning")
            scenes.evening(camera, Path(folder) / f"{language}-evening")
        browser.close()


if __name__ == "__main__":
    main()
