"""Becoming the first organiser of a fresh server, by the one-time link that it printed."""

from __future__ import annotations

from server.cli.stage.served import Caller, Served, ServedError


def sign_up(served: Served, name: str) -> Caller:
    """A caller with an organiser's pass; the password is the token itself, which nobody else has seen."""
    if served.token is None:
        raise ServedError("The server printed no first-run link; its data folder is already in use.")
    with Caller(served.url) as door:
        told = door.call("POST", "/first-run", {"token": served.token, "name": name, "password": served.token})
    return Caller(served.url, told["pass"])
