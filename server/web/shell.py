"""What every page shares: its language, sheet and script, the words its script says, and what it may load.

Owns the policy that a browser enforces on pages (no inline code, nothing from elsewhere). Draws no page by itself.
"""

from __future__ import annotations

import gzip
import secrets
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from server.locale import decimal_text
from server.web import i18n
from server.web.assets import NotBuilt, assets
from server.web.tongues import spoken

HTML = "text/html; charset=utf-8"
TEMPLATES = Path(__file__).parents[2] / "templates"

def install(app: Flask, secret: bytes | None = None) -> None:
    """Let pages be drawn; `secret` signs forms, and a random one makes forms drawn before a restart out of date."""
    app.secret_key = secret or secrets.token_bytes(32)
    app.config.update(
        SESSION_COOKIE_NAME="mufakat_form", SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
    )  # fmt: skip
    app.template_folder = str(TEMPLATES)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_shared)
    app.register_error_handler(NotBuilt, _not_built)


def page(template: str, *, sheet: str, script: str | None = None, status: int = 200, **given: Any) -> Response:
    """A page as HTML; `sheet` and `script` are names of built files (`phone.css`, `ballot.js`)."""
    built = assets()
    g.nonce = secrets.token_urlsafe(16)
    spoken = built.manifest.words[script] if script else []
    html = render_template(
        template, sheet=built.url(sheet), script=built.url(script) if script else None,
        words=i18n.words(spoken), build=built.manifest.build, **given,
    )  # fmt: skip
    return guard(_compressed(html, Response(status=status, content_type=HTML)))


def document(template: str, *, sheet: str, **given: Any) -> str:
    """A page that stands by itself, without a script and with its sheet inside, to be kept as a file."""
    style = assets().text(sheet)
    return render_template(template, style=Markup(style), standalone=True, build=assets().manifest.build, **given)


def _compressed(html: str, response: Response) -> Response:
    """A ballot with its form is mostly markup: a tenth of it goes over the air."""
    body = html.encode()
    if request.accept_encodings["gzip"] > 0:
        body = gzip.compress(body, 6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    response.set_data(body)
    return response


def guard(response: Response) -> Response:
    """Tell the browser what this page may do: nothing but what it names, and from here alone."""
    host = request.host  # one of the allowed hosts: the guard of every call has seen to it
    response.headers["Content-Security-Policy"] = "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{g.nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            f"connect-src 'self' ws://{host} wss://{host}",  # older browsers do not count sockets to 'self'
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"  # else a form would come from nowhere (Origin: null)
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = i18n.language()
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    return response


def framing(response: Response) -> Response:
    """Let a page hold frames of pages from here."""
    return _said(response, "base-uri 'none'", "base-uri 'none'; frame-src 'self'")


def framed(response: Response) -> Response:
    """Let a page stand in a frame of a page from here, and of no other."""
    return _said(response, "frame-ancestors 'none'", "frame-ancestors 'self'")


def _said(response: Response, before: str, after: str) -> Response:
    policy = response.headers["Content-Security-Policy"]
    response.headers["Content-Security-Policy"] = policy.replace(before, after)
    return response


def _shared() -> dict[str, Any]:
    return {
        "csrf_token": generate_csrf,
        "asset": lambda name: assets().url(name),
        "language": i18n.language(),
        "languages": i18n.ENDONYMS,
        "nonce": lambda: g.nonce,
        "decimal": _decimal,
        "spoken": spoken,
    }


def _decimal(value: str | None) -> str:
    """A figure as people write it, at most two decimals and none that are zero: 3, 2,5, 3,75."""
    places = 0 if value is None else len(f"{Decimal(value):.2f}".rstrip("0").partition(".")[2])
    return decimal_text(value, places, i18n.language())


def _not_built(fault: NotBuilt) -> Response:
    text = gettext("The pages are not built yet; run `make setup` and start again.")
    return Response(text + "\n", 503, content_type="text/plain; charset=utf-8")
