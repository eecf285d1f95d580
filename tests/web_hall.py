"""A served house for tests: the real engine on a real SQLite file, asked through Flask's own client. No test here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Settings
from server.app import App, build
from tests.small_hall import FRAMEWORK, FakeClock

API = "/api/v1"
PASSWORD = "tujuh-belas-8"
ITEMS = ("1.1", "1.2", "1.3")


class Caller:
    """One caller with a bearer pass (or none), who reads English."""

    def __init__(self, client: FlaskClient, secret: str | None = None) -> None:
        self.client = client
        self.headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {secret}"} if secret else {})

    def ask(self, method: str, path: str, **more: Any) -> TestResponse:
        headers = self.headers | more.pop("headers", {})
        return self.client.open(API + path, method=method, headers=headers, **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        return self.ask("POST", path, json=body, **more)

    def put(self, path: str, body: Any, **more: Any) -> TestResponse:
        return self.ask("PUT", path, json=body, **more)


class Hall:
    """A house with an organiser; `hold` makes a workshop of two groups with three items each."""

    def __init__(self, app: App, clock: FakeClock) -> None:
        self.app, self.clock = app, clock
        token = app.passes.first_run_token()
        told = self.caller().post("/first-run", {"token": token, "name": "Ani", "password": PASSWORD})
        assert told.status_code == 201, told.json
        self.organiser = self.caller(told.json["pass"])
        self.workshop, self.cards, self.seats = "", list[dict[str, Any]](), list[Caller]()

    def caller(self, secret: str | None = None) -> Caller:
        return Caller(self.app.wsgi.test_client(use_cookies=False), secret)

    def browser(self) -> FlaskClient:
        """A client that keeps cookies, as a browser does."""
        return self.app.wsgi.test_client()

    def staff(self, name: str, role: str, *groups: str) -> Caller:
        return self.caller(self.app.passes.add_staff(name, role, groups or None))  # type: ignore[arg-type]  # tests name roles

    @property
    def here(self) -> str:
        return f"/workshops/{self.workshop}"

    def create(self, **more: Any) -> TestResponse:
        settings = {"disclose_after": 3600}
        return self.organiser.post(
            "/workshops", {"title": "Aula", "framework": FRAMEWORK, "settings": settings, "language": "en"} | more
        )

    def hold(self, seats: int = 6, **more: Any) -> Hall:
        """Create, issue and take seats of D1, start."""
        told = self.create(**more)
        assert told.status_code == 201, told.json
        self.workshop = told.json["workshop"]
        self.cards = self.ok("issue_seats", group="D1", count=seats)["cards"]
        for card in self.cards:
            joined = self.caller().post("/join", {"code": card["code"]})
            assert joined.status_code == 201, joined.json
            self.seats.append(self.caller(joined.json["pass"]))
        self.ok("start")
        return self

    def command(self, command: str, by: Caller | None = None, **fields: Any) -> TestResponse:
        return (by or self.organiser).post(f"{self.here}/commands", {"command": command, **fields})

    def ok(self, command: str, **fields: Any) -> dict[str, Any]:
        told = self.command(command, **fields)
        assert told.status_code == 200, told.json
        body: dict[str, Any] = told.json
        return body

    def vote(self, *values: int, number: int = 1, reasons: dict[int, str] | None = None) -> None:
        """Every seat rates every item with the value of its place in the list."""
        for place, (seat, value) in enumerate(zip(self.seats, values, strict=False)):
            reason = (reasons or {}).get(place)
            told = seat.put("/answers", {"round": number, "answers": [
                {"item": item, "rev": 1, "key": f"r{number}p{place}{item}", "value": value}
                | ({"reason": reason} if reason else {})
                for item in ITEMS
            ]})  # fmt: skip
            assert (told.status_code, len(told.json["saved"])) == (200, 3), told.json

    def round(self, *values: int, number: int = 1, reveal: bool = True, **more: Any) -> None:
        """Open, vote, close, disclose, and reveal a round of D1."""
        self.ok("open_round", group="D1", items="all")
        self.vote(*values, number=number, **more)
        self.ok("close_round", group="D1")
        self.ok("disclose", group="D1")
        if reveal:
            self.ok("reveal", group="D1", baseline=True, reasons=True)


@contextmanager
def house(folder: Path, **env: str) -> Iterator[Hall]:
    """A house on this folder, closed at the end."""
    clock = FakeClock()
    app = build(Settings.from_env({"MUFAKAT_DATA_DIR": str(folder / "data"), **env}), clock, ticking=False)
    try:
        yield Hall(app, clock)
    finally:
        app.close()


def problem(told: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The body of a problem, after its form has been held against RFC 9457."""
    assert (told.status_code, told.content_type) == (status, "application/problem+json"), told.text
    body: dict[str, Any] = told.json
    assert (body["status"], body["code"], body["type"]) == (status, code, f"/api/v1/docs#{code}")
    assert body["title"] and body["detail"].endswith(".") and "Traceback" not in told.text
    return body
