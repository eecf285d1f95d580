"""A replay as one HTML file that asks no server: the page's own script and sheet inside it, each allowed by its hash.

Owns how the page is packed. What it tells was verified and chosen before, and everything of a bundle goes in as data.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

import msgspec
from flask import Flask, g, render_template
from markupsafe import Markup

from server.locale import Language
from server.reports.stepping import Replay
from server.web import assets, i18n, shell

SHEET, SCRIPT = "replay.css", "replay.js"


def replay_file(told: Replay, language: Language) -> bytes:
    """The file in one language. NotBuilt where the pages are not built."""
    app = Flask("server.web", static_folder=None)
    shell.install(app)
    i18n.install(app)
    assets.install(app)
    with app.test_request_context():
        g.language = language
        built = assets.assets()
        style, script = built.text(SHEET), built.text(SCRIPT)
        page = render_template(
            "replay_file.html", replay=told, told=msgspec.to_builtins(told),
            words=i18n.words(built.manifest.words[SCRIPT]), style=Markup(style), script=Markup(script),  # our own build
            style_hash=_hash(style), script_hash=_hash(script),
        )  # fmt: skip
    return page.encode("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
