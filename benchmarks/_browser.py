"""A cheap phone in a real browser: Debian's Chromium on a slow processor and line. It measures nothing itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from config import Settings

FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
SIZE = (360, 740)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; SystemExit with one sentence where there is none."""
    path = Settings.from_env(os.environ).chromium or Path("/usr/bin/chromium")
    if not path.exists():
        raise SystemExit(f"There is no browser at {path}; install chromium, or name one in MUFAKAT_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def phone(browser: Browser, url: str) -> Page:
    """A phone with cookies and storage of its own."""
    context = browser.new_context(
        viewport={"width": SIZE[0], "height": SIZE[1]}, device_scale_factor=2, is_mobile=True, has_touch=True,
        locale="id-ID", base_url=url, reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(120_000)
    return context.new_page()


def slow(page: Page, slowdown: float, mbit: float, latency: float) -> CDPSession:
    """Slow a phone's processor and line, with nothing in its cache."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": latency, "downloadThroughput": mbit * 125_000, "uploadThroughput": mbit * 62_500,
    })  # fmt: skip
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    return devtools
