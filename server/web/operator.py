"""What the operator asks: does it live, can it write, how much is going on. Numbers only; nobody is in them."""

from __future__ import annotations

from flask import Blueprint, Response

from server.web import replies
from server.web.access import rule
from server.web.messages import Fine
from server.web.routes import about
from server.web.services import services

api = Blueprint("operator", __name__)

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@api.get("/healthz")
@rule("operator")
@about(gives=Fine)
def healthz() -> Response:
    """Say that the process answers."""
    return replies.json(Fine("alive"))


@api.get("/readyz")
@rule("operator")
@about(gives=Fine, refuses=("not_saved",))
def readyz() -> Response:
    """Write to the database and say whether it took it."""
    services().probe()
    return replies.json(Fine("ready"))


@api.get("/metrics")
@rule("operator")
@about(media=PROMETHEUS)
def metrics() -> Response:
    """Give counts of workshops, seats, rounds and entries as Prometheus text."""
    lines = []
    for name, value in sorted(services().figures().items()):
        lines += [f"# TYPE mufakat_{name} gauge", f"mufakat_{name} {value:g}"]
    return replies.text("\n".join(lines) + "\n", PROMETHEUS)
