"""What is set up before each picture: a demo workshop that goes on, and a day that is over. It names no file's size."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from server.cli.stage.city import draw_city
from server.cli.stage.living import CAMPS, TALKING, VOTING, Living
from server.cli.stage.script import Day
from server.cli.stage.served import Served
from server.cli.stage.sign_up import sign_up

if TYPE_CHECKING:
    from docs.screens.take import Camera

PHONE, SMALL, LAPTOP, TABLET, HALL = (390, 780), (320, 640), (1440, 900), (768, 1024), (1920, 1080)
DESK, WALL = 0.75, 0.5  # scales


def morning(camera: Camera, folder: Path) -> None:
    """Preparing, the door, a round, what a group talks about, and the hall's displays."""
    with Served(folder) as served:
        organiser = sign_up(served, "Ani")
        assert organiser.bearer
        staff = (organiser.bearer, served.url)
        prepare(camera, organiser, staff)
        hall = Living(organiser, served.url, draw_city(48, 7), camera.language, 7, 0.4)
        hall.set_the_scene(threading.Event())
        console(camera, hall, staff)
        walls(camera, hall, staff)
        phones(camera, hall)
        hall.end()
        organiser.close()


def prepare(camera: Camera, organiser: Any, staff: tuple[str, str]) -> None:
    """The guided form, a workshop being set up, and the machine before the day."""
    desk = camera.window(*LAPTOP, scale=DESK, bearer=staff)
    desk.goto(f"{staff[1]}/console/new")
    camera.take(desk, "begin")
    made = organiser.call("POST", "/workshops", {
        "title": {"id": "Lokakarya (data sintetis)", "en": "Workshop (synthetic data)"}[camera.language],
        "city": "Semarang", "framework": "cri", "language": camera.language, "synthetic": True, "plenary": True,
    })["workshop"]  # fmt: skip
    desk.goto(f"{staff[1]}/console/{made}")
    camera.take(desk, "set-up")
    desk.goto(f"{staff[1]}/preflight?workshop={made}")
    camera.take(desk, "pre-flight")
    desk.goto(f"{staff[1]}/console/gallery")
    camera.take(desk, "gallery")
    desk.goto(f"{staff[1]}/console/components")
    camera.take(desk, "components")
    desk.goto(f"{staff[1]}/console/accounts")
    camera.take(desk, "accounts")
    wall = camera.window(*HALL, scale=WALL, bearer=staff)
    wall.goto(f"{staff[1]}/display/{made}")
    wall.locator(".screen .lobby").first.wait_for()
    camera.take(wall, "display-lobby")
    wall.context.close()
    desk.context.close()


def console(camera: Camera, hall: Living, staff: tuple[str, str]) -> None:
    """A round that is open, and a discussion with its queue."""
    desk = camera.window(*LAPTOP, scale=DESK, bearer=staff)
    desk.goto(f"{hall.url}/console/{hall.workshop}")
    for group, name in ((VOTING, "console-round"), (TALKING, "console"), (CAMPS, "console-camps")):
        desk.locator(f'.groups__pick[data-group="{group}"]').click()
        desk.locator("#machine h2").wait_for()
        camera.take(desk, name)
    desk.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    camera.take(desk, "console-tablet")
    desk.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    desk.goto(f"{hall.url}/console/{hall.workshop}/prints")
    camera.take(desk, "prints")
    desk.goto(f"{hall.url}/paper/{hall.workshop}")
    desk.locator(f'[data-group="{VOTING}"]').click()
    camera.take(desk, "paper")
    desk.context.close()


def walls(camera: Camera, hall: Living, staff: tuple[str, str]) -> None:
    """What the hall sees: participation and time, never a distribution; then a group's result."""
    for name, asked in (("display-round", ""), ("display-results", f"?group={TALKING}")):
        wall = camera.window(*HALL, scale=WALL, bearer=staff)
        wall.goto(f"{hall.url}/display/{hall.workshop}{asked}")
        wall.locator(".screen h1, .screen .lobby").first.wait_for()
        camera.take(wall, name)
        wall.context.close()


def phones(camera: Camera, hall: Living) -> None:
    """The door, a score that is saved, what cannot be scored, what is missing, and the plain form at 320 pixels."""
    phone = camera.window(*PHONE)
    phone.goto(f"{hall.url}/join#{hall.spare['secret']}")
    phone.locator("#scanned").wait_for()
    camera.take(phone, "join")
    phone.locator("button.button--primary").click()
    phone.wait_for_url(re.compile("/ballot"))
    phone.locator(".plain__item").first.wait_for(state="detached")  # the form without a script is gone
    phone.locator('.scale__key:has(input[value="2"])').click()
    phone.locator('.save[data-state="saved"]').first.wait_for()
    camera.take(phone, "phone")
    phone.locator(".phone__foot [data-key=next]").click()
    phone.locator("label.cannot").click()
    camera.take(phone, "phone-cannot")
    phone.evaluate("location.hash = '#review'")
    camera.take(phone, "phone-review")
    plain = camera.browser.new_context(
        viewport={"width": SMALL[0], "height": SMALL[1]}, java_script_enabled=False,
        storage_state=phone.context.storage_state(), locale=phone.evaluate("navigator.language"),
    )  # fmt: skip
    page = plain.new_page()
    page.goto(f"{hall.url}/ballot")
    camera.take(page, "phone-plain")
    plain.close()
    for order in ("close_round", "disclose"):
        hall.command(order, group=VOTING)
    hall.command("reveal", group=VOTING, baseline=True, reasons=True)
    phone.evaluate("location.hash = ''")
    phone.locator(".tracker").wait_for()
    camera.take(phone, "phone-results", whole=True)
    hall.command("open_round", group=VOTING, minutes=10)
    phone.locator(".scale").wait_for()
    phone.locator('.scale__key:has(input[value="3"])').click()
    phone.locator(".path svg").wait_for()
    camera.take(phone, "phone-path", whole=True)
    other = camera.window(*PHONE)
    other.goto(f"{hall.url}/join#{hall.spare['secret']}")
    other.locator("#scanned").wait_for()
    other.locator("button.button--primary").click()
    phone.locator(".still__big").wait_for()
    camera.take(phone, "phone-moved")
    other.context.close()
    phone.context.close()


def evening(camera: Camera, folder: Path) -> None:
    """The profile with its seal, how sure it is, and how anybody steps through what happened."""
    with Served(folder) as served:
        organiser = sign_up(served, "Ani")
        assert organiser.bearer
        day = Day(organiser, served.url, draw_city(48, 7), camera.language, lambda line: None)
        day.play()
        staff = (organiser.bearer, served.url)
        wall = camera.window(*HALL, scale=WALL, bearer=staff)
        wall.goto(f"{served.url}/display/{day.workshop}")
        wall.locator(".screen h1").first.wait_for()
        camera.take(wall, "display-profile")
        wall.context.close()
        desk = camera.window(*LAPTOP, scale=DESK, bearer=staff)
        for address, name in (
            (f"console/{day.workshop}", "console-final"), (f"console/{day.workshop}/experts/D1", "experts"),
            (f"console/{day.workshop}/certainty", "certainty"), ("verify", "verify"), ("replay", "replay"),
        ):  # fmt: skip
            desk.goto(f"{served.url}/{address}")
            desk.locator("h1, #machine h2").first.wait_for()
            camera.take(desk, name)
        desk.context.close()
        organiser.close()

