"""A console and a hall display in a browser: who sits at them, and what they were told. No test here."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

from tests import house
from tests.browser.hall import Hall

LAPTOP, PROJECTOR = (1440, 900), (1920, 1080)
LOCALES = {"id": "id-ID", "en": "en-GB"}


def sit(hall: Hall, bearer: str | None = None, size: tuple[int, int] = LAPTOP, language: str = "id") -> Page:
    """A browser in which staff are signed in already (the organiser, or whose pass is given)."""
    page = hall.phone(size=size, language=LOCALES[language])
    page.context.add_cookies([{"name": "mufakat_staff", "value": bearer or hall.bearer, "url": hall.url}])
    return page


def console(hall: Hall, **more: Any) -> Page:
    """A console of the hall's workshop with its group chosen."""
    page = sit(hall, **more)
    page.goto(f"/console/{hall.workshop}")
    page.locator(f'.groups__pick[data-group="{hall.group}"]').click()
    return page


def display(
    hall: Hall, theme: str = "dark", heard: list[str] | None = None, group: str | None = None,
    size: tuple[int, int] = PROJECTOR, **more: Any,
) -> Page:  # fmt: skip
    """A hall display, or a group's, with every frame it is sent kept in `heard`."""
    page = sit(hall, size=size, **more)
    if heard is not None:
        page.on("websocket", lambda socket: socket.on("framereceived", lambda told: heard.append(str(told))))
    page.goto(f"/display/{hall.workshop}?theme={theme}" + (f"&group={group}" if group else ""))
    page.locator(".screen h1, .screen .lobby").first.wait_for()
    return page


def staff(hall: Hall, name: str, *groups: str) -> str:
    """The pass of a new facilitator, made from the shell while the server runs."""
    chosen = [part for group in groups for part in ("--group", group)]
    command = [sys.executable, "-m", "server", "staff", "add", "--name", name, "--role", "facilitator", *chosen,
               "--data-dir", str(hall.folder), "--json"]  # fmt: skip
    told = subprocess.run(command, cwd=house.ROOT, capture_output=True, text=True, check=True, timeout=60)
    return str(json.loads(told.stdout)["pass"])


class Deaf:
    """A line on which, once `deaf`, only answers to one's own orders still arrive: news is lost, as in a bad hall."""

    def __init__(self, page: Page) -> None:
        self.deaf = False
        page.route_web_socket("**/socket.io/**", self._route)

    def _route(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda told: None if self.deaf and str(told).startswith("42") else socket.send(told))


def smallest_text(page: Page) -> float:
    """Height in pixels of the smallest visible text on the page, drawings included."""
    return float(page.evaluate("""() => {
        let least = Infinity;
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const at = walk.currentNode.parentElement;
            const unseen = at.closest(".unseen, script, noscript, template, title, desc");
            if (!walk.currentNode.data.trim() || unseen) continue;
            const box = document.createRange(); box.selectNode(walk.currentNode);
            if (!box.getClientRects().length) continue;
            const svg = at.closest("svg");
            const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
            least = Math.min(least, parseFloat(getComputedStyle(at).fontSize) * scale);
        }
        return least;
    }"""))


def least_contrast(page: Page) -> tuple[float, str]:
    """The least contrast of any visible text with what lies beneath it, whatever its size, and that text."""
    worst: list[Any] = page.evaluate("""() => {
        const parts = (paint) => (paint.match(/[\\d.]+/g) || []).map(Number);
        const solid = (paint) => paint.startsWith("rgb") && (parts(paint)[3] ?? 1) === 1;
        const light = (paint) => parts(paint).slice(0, 3).map((n) => n / 255)
            .map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4))
            .reduce((sum, n, at) => sum + n * [0.2126, 0.7152, 0.0722][at], 0);
        const drawn = (one) => one instanceof SVGElement && !["svg", "g"].includes(one.tagName);
        const ground = (one) => getComputedStyle(one)[drawn(one) ? "fill" : "backgroundColor"];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [[99, ""]];
        while (walk.nextNode()) {
            const at = walk.currentNode.parentElement, box = document.createRange();
            box.selectNode(walk.currentNode);
            const { left, top, width, height } = box.getBoundingClientRect();
            const unseen = at.closest(".unseen, script, noscript, template, title, desc");
            if (!walk.currentNode.data.trim() || unseen || !width) continue;
            const paint = getComputedStyle(at)[at.closest("svg") ? "fill" : "color"];
            const beneath = document.elementsFromPoint(left + width / 2, top + height / 2)
                .filter((one) => one.tagName !== "text" && one.tagName !== "tspan").find((one) => solid(ground(one)));
            const [dark, bright] = [light(paint), light(ground(beneath || document.body))].sort((a, b) => a - b);
            found.push([(bright + 0.05) / (dark + 0.05), walk.currentNode.data]);
        }
        return found.reduce((a, b) => (b[0] < a[0] ? b : a));
    }""")
    return float(worst[0]), str(worst[1])


def wider(page: Page) -> int:
    """Pixels by which the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
