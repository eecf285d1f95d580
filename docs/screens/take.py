"""Takes the pictures of the README from the running program: `python -m docs.screens.take`, with Chromium installed.

A demo workshop gives console, phone and round; a rehearsed day gives the sealed profile. Everything shown is synthetic.
"""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from server.cli.stage.city import draw_city
from server.cli.stage.living import Living
from server.cli.stage.script import Day
from server.cli.stage.served import Served
from server.cli.stage.sign_up import sign_up

HERE = Path(__file__).parent
LANGUAGE = "id"
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def page(browser: Browser, width: int, height: int, scale: float = 1) -> Page:
    """A window of this size; a smaller scale keeps a wide picture small."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="id-ID", reduced_motion="reduce", device_scale_factor=scale
    )
    return context.new_page()


def living(browser: Browser, folder: Path) -> None:
    """Console, phone and the hall during a round."""
    with Served(folder) as served:
        organiser = sign_up(served, "Ani")
        hall = Living(organiser, served.url, draw_city(48, 7), LANGUAGE, 7, 0.4)
        hall.set_the_scene(threading.Event())
        desk = page(browser, 1440, 900, 0.75)
        desk.goto(f"{served.url}/sign-in?next=/console/{hall.workshop}#{organiser.bearer}")
        desk.locator("#machine h2").wait_for()
        desk.wait_for_timeout(1500)
        desk.screenshot(path=HERE / "console.png")
        desk.set_viewport_size({"width": 1920, "height": 1080})
        desk.goto(f"{served.url}/display/{hall.workshop}")
        desk.wait_for_timeout(2000)
        desk.screenshot(path=HERE / "display-round.png")
        phone = page(browser, 390, 780)
        phone.goto(f"{served.url}/join#{hall.spare['secret']}")
        phone.locator("button.button--primary").click()
        phone.wait_for_function("document.querySelectorAll('.scale').length === 1")  # the form without a script is gone
        phone.locator('.scale__key:has(input[value="2"])').click()
        phone.locator('.save[data-state="saved"]').first.wait_for()
        phone.screenshot(path=HERE / "phone.png")
        hall.end()
        organiser.close()


def sealed(browser: Browser, folder: Path) -> None:
    """The profile and its seal on the hall's display."""
    with Served(folder) as served:
        organiser = sign_up(served, "Ani")
        day = Day(organiser, served.url, draw_city(48, 7), LANGUAGE, lambda line: None)
        day.play()
        wall = page(browser, 1920, 1080, 0.6)
        wall.goto(f"{served.url}/sign-in?next=/display/{day.workshop}#{organiser.bearer}")
        wall.wait_for_url("**/display/*")
        wall.wait_for_timeout(3000)
        wall.screenshot(path=HERE / "display-profile.png")
        organiser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        living(browser, Path(folder) / "living")
        sealed(browser, Path(folder) / "sealed")
        browser.close()


if __name__ == "__main__":
    main()
