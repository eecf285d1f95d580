"""The HTTP door: JSON in, commands out, and back again. No rule of a workshop lives here, only translation.

`create_app` refuses to start while a route says nothing about who may call it.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Flask, Response, g

from server.web import (
    access,
    accounts,
    assets,
    ballots,
    desk,
    display_pages,
    expert_pages,
    experts,
    gallery,
    guide,
    hall_results,
    i18n,
    imports,
    mishaps,
    openapi,
    operator,
    pages,
    paper_prints,
    papers,
    people,
    phone,
    preflight,
    prints,
    reading,
    replays,
    results,
    shell,
    staff_pages,
    verify_page,
    workshops,
)
from server.web.access import MissingRule
from server.web.services import NAME, Services

__all__ = ["MissingRule", "Services", "create_app"]

PREFIX = "/api/v1"


def create_app(services: Services, more: Iterable[Blueprint] = (), secret: bytes | None = None) -> Flask:
    """The application over the rooms behind it, with `more` blueprints mounted at the root; `secret` signs forms.

    MissingRule where a route has no access rule.
    """
    app = Flask("server.web", static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.config["MAX_CONTENT_LENGTH"] = services.settings.max_message_bytes
    app.extensions[NAME] = services
    mishaps.install(app)
    access.install(app)
    shell.install(app, secret)
    i18n.install(app)
    assets.install(app)
    for blueprint in (people.api, ballots.api, workshops.api, imports.api, guide.api, results.api, experts.api,
                      desk.api, replays.api, papers.api, accounts.api, preflight.api, openapi.api):
        app.register_blueprint(blueprint, url_prefix=PREFIX)
    screens = (pages.pages, phone.blueprint, staff_pages.blueprint, expert_pages.blueprint, display_pages.blueprint,
               verify_page.blueprint, reading.blueprint, gallery.blueprint, guide.pages, hall_results.blueprint,
               replays.blueprint, preflight.pages, prints.blueprint, paper_prints.blueprint, papers.pages,
               accounts.pages)  # fmt: skip
    for blueprint in (operator.api, *screens, *more):
        app.register_blueprint(blueprint)
    app.after_request(_guarded)
    access.check_routes(app)
    return app


def _guarded(response: Response) -> Response:
    """What every answer says to browsers: keep nothing, guess nothing, run nothing, tell nobody where you came from."""
    nonce = g.get("nonce")
    style = f"'nonce-{nonce}'" if nonce else "'none'"
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    return response
