"""Fixtures of the HTTP tests: a house with an organiser, and one whose workshop has a round to answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web_browser import join
from tests.web_hall import Hall, house


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with house(tmp_path) as made:
        yield made


@pytest.fixture
def voting(hall: Hall) -> Hall:
    """Six seats of D1 taken, round 1 open with its three items."""
    hall.hold()
    hall.ok("open_round", group="D1", items="all", minutes=10)
    return hall


@pytest.fixture
def phone(voting: Hall) -> FlaskClient:
    """A browser that sits on seat 1 while round 1 is open."""
    browser = voting.browser()
    assert join(browser, voting.cards[0]["code"]).location == "/ballot"
    return browser
