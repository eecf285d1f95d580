"""A real browser and served halls for the stories. Debian's Chromium drives them; where it is missing, they say so."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from config import Settings
from tests.browser.gallery import open_gallery, staffed
from tests.browser.hall import Hall

CHROMIUM = Settings.from_env(os.environ).chromium or Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"There is no browser at {CHROMIUM}; install chromium, or name one in MUFAKAT_CHROMIUM.")
    expect.set_options(timeout=20_000)  # a busy machine is no fault of the page
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_hall(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Hall]]:
    """Opens halls, each on a server of its own; a script error on any of their pages fails the story."""
    opened: list[Hall] = []

    def make(**more: Any) -> Hall:
        opened.append(Hall(tmp_path / f"hall{len(opened)}", chromium, **more))
        return opened[-1]

    yield make
    for hall in opened:
        hall.close()
    assert [error for hall in opened for error in hall.errors] == []


@pytest.fixture(scope="session")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One server for many stories, each with a workshop of its own."""
    hall = Hall(tmp_path_factory.mktemp("house"), chromium, seats=1)
    yield hall
    hall.close()


@pytest.fixture
def fresh(house: Hall, chromium: Browser) -> Iterator[Callable[..., Hall]]:
    """Opens workshops on the one server; a script error on any of their pages fails the story."""
    opened: list[Hall] = []

    def make(**more: Any) -> Hall:
        opened.append(Hall(house.folder, chromium, house=house, **more))
        return opened[-1]

    yield make
    for hall in opened:
        hall.close()
    assert [error for hall in opened for error in hall.errors] == []


@pytest.fixture
def own(open_hall: Callable[..., Hall]) -> Hall:
    """A hall on a server of its own, for a story that takes the server away."""
    return open_hall()


@pytest.fixture
def hall(fresh: Callable[..., Hall]) -> Hall:
    return fresh()


# --- the gallery of figures -------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Where a gallery is served, and the pass that opens it."""
    with staffed(tmp_path_factory.mktemp("gallery")) as found:
        yield found


@pytest.fixture(scope="session")
def light(chromium: Browser, at: tuple[str, str]) -> Iterator[Page]:
    page = open_gallery(chromium, at, "id", "light")
    yield page
    page.context.close()
    assert page.errors == []  # type: ignore[attr-defined]  # what went wrong on it


@pytest.fixture(scope="session")
def dark(chromium: Browser, at: tuple[str, str]) -> Iterator[Page]:
    page = open_gallery(chromium, at, "en", "dark")
    yield page
    page.context.close()
    assert page.errors == []  # type: ignore[attr-defined]  # as above


@pytest.fixture(scope="session")
def table(chromium: Browser) -> Iterator[Page]:
    """A blank page on which pictures are laid side by side."""
    page = chromium.new_page()
    yield page
    page.close()
