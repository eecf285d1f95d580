"""What browsers load beside pages: built scripts and sheets, compressed once, named by their content.

Owns `/static/` and the manifest that `static/build.mjs` writes. Serves nothing but what that manifest lists, and never
compresses while somebody waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, request

from server.web.access import rule
from server.workshop.refusals import Refusal

DIST = Path(__file__).parents[2] / "static" / "dist"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
FOREVER = "public, max-age=31536000, immutable"  # a file's name changes with its content
NAME = "mufakat_assets"

blueprint = Blueprint("assets", __name__)


class NotBuilt(RuntimeError):
    """The pages' scripts and sheets are not there; the sentence says how to make them."""

    code = "not_built"

    def __init__(self) -> None:
        super().__init__("The pages are not built yet; run `make setup`.")


class Manifest(msgspec.Struct, frozen=True):
    """`files` by the name a page asks for, `words` that each script says to people, `build` of them all."""

    build: str
    files: dict[str, str]
    words: dict[str, list[str | tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it goes out, by content encoding."""

    content_type: str
    bodies: dict[str, bytes]


class Assets:
    """Everything in static/dist that the manifest lists, held in memory.

    Parameters
    ----------
    dist : Path
        Where the build wrote. NotBuilt where it did not.
    """

    def __init__(self, dist: Path = DIST) -> None:
        try:
            self.manifest = msgspec.json.decode((dist / "manifest.json").read_bytes(), type=Manifest)
            self._files = {name: _read(dist / name) for name in self.manifest.files.values()}
        except FileNotFoundError:
            raise NotBuilt from None

    def url(self, name: str) -> str:
        """The address of what a page calls `ballot.js` or `phone.css`."""
        return f"/static/{self.manifest.files[name]}"

    def text(self, name: str) -> str:
        """What a page that stands by itself holds of it."""
        return self._files[self.manifest.files[name]].bodies["identity"].decode()

    def find(self, name: str) -> Asset | None:
        """A file by its name with hash."""
        return self._files.get(name)


def _read(path: Path) -> Asset:
    bodies = {"br": path.with_name(path.name + ".br"), "gzip": path.with_name(path.name + ".gz"), "identity": path}
    return Asset(TYPES[path.suffix], {coding: file.read_bytes() for coding, file in bodies.items()})


def install(app: Any, dist: Path = DIST) -> None:
    """Serve `/static/` from `dist`; where nothing is built, pages say so when they are asked for."""
    try:
        app.extensions[NAME] = Assets(dist)
    except NotBuilt:
        app.extensions[NAME] = None
        app.logger.warning("%s", NotBuilt())
    app.register_blueprint(blueprint)


def assets() -> Assets:
    """The built files. NotBuilt."""
    found: Assets | None = current_app.extensions[NAME]
    if found is None:
        raise NotBuilt
    return found


@blueprint.get("/static/<name>")
@rule("anyone")
def static(name: str) -> Response:
    """Give a built file, packed as the browser takes it."""
    found = assets().find(name)
    if found is None:
        raise Refusal("not_found")
    coding = next((c for c in ("br", "gzip") if request.accept_encodings[c] > 0), "identity")
    response = Response(found.bodies[coding], content_type=found.content_type)
    if coding != "identity":
        response.headers["Content-Encoding"] = coding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.get("/build")
@rule("anyone")
def build() -> Response:
    """Which build of the pages this server has: an older page asks to be loaded again."""
    return Response(assets().manifest.build + "\n", content_type="text/plain; charset=utf-8")
