"""A browser without a script, as the tests of pages play it: opening, reading and sending forms. No test here."""

from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HOME = "http://localhost"
LIKES = {"id": {"Accept-Language": "id"}, "en": {"Accept-Language": "en"}}


class Page(HTMLParser):
    """What stands in a page: its elements with their attributes, and its fields."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(response.text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def fields(self) -> dict[str, str]:
        """The form as a browser would send it untouched: hidden and text fields, checked radios."""
        sent: dict[str, str] = {}
        for field in self.all("input"):
            chosen = field.get("type") != "radio" or "checked" in field
            if field.get("name") and chosen and field["name"] not in ("next",):
                sent[str(field["name"])] = field.get("value") or ""
        return sent


def open_page(browser: FlaskClient, path: str, language: str = "en") -> TestResponse:
    return browser.get(path, headers=LIKES[language])


def send(browser: FlaskClient, path: str, form: dict[str, str], origin: str | None = HOME) -> TestResponse:
    return browser.post(path, data=form, headers=LIKES["en"] | ({"Origin": origin} if origin else {}))


def join(browser: FlaskClient, code: str, **more: str) -> TestResponse:
    return send(browser, "/join", Page(open_page(browser, "/join")).fields | {"code": code} | more)
