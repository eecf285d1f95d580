"""`db upgrade`: brings the database to this version; starting the server does the same."""

from __future__ import annotations

import argparse

from server.cli.common import add_house, add_json, house, show, telling

HELP = "bring the database to this version"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    actions = parser.add_subparsers(dest="action", required=True)
    upgrade = actions.add_parser("upgrade", help="run what migrations are due, and check every trail's end")
    add_house(upgrade)
    add_json(upgrade)


@telling
def run(args: argparse.Namespace) -> int:
    """Open the house, which migrates and checks, and close it."""
    with house(args) as app:
        count = len(app.engine.workshops())
    show(args, {"ok": True, "workshops": count}, f"The database is of this version; it holds {count} workshops.")
    return 0
