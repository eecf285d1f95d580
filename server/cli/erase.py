"""`erase-seat`: erases what a person said, their name and their card, for good; proofs and recorded figures stand."""

from __future__ import annotations

import argparse
import time
from typing import Any

from server.app import App
from server.cli.common import add_house, add_json, house, settings, show, telling

HELP = "erase a person: words, ratings, name and card of one seat"
WAIT_SECONDS = 10.0


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--workshop", required=True, metavar="ID")
    parser.add_argument("--seat", required=True, type=int, metavar="N", help="number of the seat")
    add_house(parser)
    add_json(parser)


@telling
def run(args: argparse.Namespace) -> int:
    """Erase, beside a server that may be running, and see to it that nothing lives on in the database's log."""
    with house(args) as app:
        told = app.command(args.workshop, {"command": "erase_seat", "seat": args.seat})
        erased = app.engine.entries(args.workshop, told["events"][-1]["seq"])[0].entry.body
        gone = _forget(app)
    kept = sorted(str(path) for path in settings(args).data_dir.glob("replaced-*"))
    told = {
        "workshop": args.workshop, "seat": args.seat, "openings": len(erased.openings),  # type: ignore[attr-defined]  # content.erased
        "entry": told["events"][-1]["seq"], "log_emptied": gone, "kept": kept,
    }  # fmt: skip
    show(args, told, "\n".join(_said(told)))
    return 0


def _forget(app: App) -> bool:
    """Empty the log; others who are reading keep it for a moment."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not app.database.forget_pages():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _said(told: dict[str, Any]) -> list[str]:
    seat, openings, entry = told["seat"], told["openings"], told["entry"]
    lines = [
        f"Seat {seat} is erased: {openings} openings, its name, its card and its answers.",
        f"Entry {entry} says so; every proof holds, and recorded figures stand.",
        "It cannot be recalled from exports, backups and prints handed out before, nor from the person's own phone.",
    ]
    if not told["log_emptied"]:
        lines.append("A program is reading the database and keeps its log; stop the server to have it emptied.")
    return lines + [f"An older database still holds it: delete {path}" for path in told["kept"]]
