"""An error as a page, for whoever looks with a browser: an address that is not there, a fault of ours, a refusal.

Programs get the problem itself (`problems`), and so does a browser as long as no page can be drawn. Decides nothing.
"""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from flask import Flask, Response, request

from server.web import problems
from server.web.assets import NotBuilt
from server.web.shell import page

NO_PAGE = ("wrong_host",)  # a page names the host it may call, and this one is not ours


def install(app: Flask) -> None:
    """Answer every refusal, every HTTP error and every unexpected fault, as a page where one is looked at."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """The answer to whatever was raised."""
    told = problems.answer(error)
    return shown(told, again=request.path) if _looked_at() else told


def shown(told: Response, again: str) -> Response:
    """A problem as a page; `again` is where to try once more after a fault of ours."""
    problem = msgspec.json.decode(told.data)
    if problem["code"] in NO_PAGE:
        return told
    ident = problem.get("id") if told.status_code == HTTPStatus.INTERNAL_SERVER_ERROR else None
    try:
        return page(
            "trouble.html", sheet="phone.css", status=told.status_code, ident=ident, again=again,
            lost=told.status_code == HTTPStatus.NOT_FOUND, sentence=problem["detail"],
        )  # fmt: skip
    except NotBuilt:
        return told


def _looked_at() -> bool:
    """Whether a person looks: a browser asks for pages by name, programs for anything."""
    asked_for = request.accept_mimetypes.values()
    return request.method == "GET" and not request.path.startswith("/api/") and "text/html" in asked_for
