"""Joins the rooms; the only part that knows them all. No rule, no query and no wording of a page lives here."""

from server.app.house import App, StartError, build
from server.app.looking import Looked, preflight
from server.app.serving import serve

__all__ = ["App", "Looked", "StartError", "build", "preflight", "serve"]
