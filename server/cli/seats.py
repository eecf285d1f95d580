"""`seats`: issues seats and writes their cards as a page to print; the secrets are shown this once."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from server.app import App, StartError
from server.cli.common import add_house, add_json, house, show, telling
from server.cli.imports import contents

HELP = "issue seats and print their cards"
LANGUAGES = ("id", "en", "both")


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--workshop", required=True, metavar="ID")
    parser.add_argument("--group", help="group of the seats, with --count")
    parser.add_argument("--count", type=int, help="how many seats")
    parser.add_argument("--file", type=Path, help="a CSV or XLSX list of people instead")
    parser.add_argument("--out", type=Path, help="page to write the cards to (default cards-ID.html)")
    parser.add_argument("--tables", action="store_true", help="add a card for each table")
    parser.add_argument("--language", choices=LANGUAGES, default="id")
    add_house(parser)
    add_json(parser)


@telling
def run(args: argparse.Namespace) -> int:
    """Issue and write."""
    if (args.file is None) == (args.count is None):
        raise StartError("malformed", "Give either --group and --count, or --file.")
    out = args.out or Path(f"cards-{args.workshop}.html")
    # The page is opened first: seats whose cards cannot be written must not be issued.
    with _new(out) as page:
        try:
            with house(args) as app:
                app.printable()
                told = _issued(app, args)
                page.write(app.cards_page(args.workshop, told["cards"], args.language, with_tables=args.tables))
        except StartError:
            out.unlink()
            raise
    show(args, {"cards": told["cards"], "page": str(out)}, f"{len(told['cards'])} cards written to {out}")
    return 0


def _issued(app: App, args: argparse.Namespace) -> dict[str, Any]:
    if args.file is not None:
        return app.import_seats(args.workshop, contents(args.file), args.file.name)
    return app.command(args.workshop, {"command": "issue_seats", "group": args.group, "count": args.count})


def _new(path: Path) -> Any:
    """A file that only we may read, and that is not there yet: cards are never overwritten."""
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
    except FileExistsError:
        raise StartError("file_exists", f"{path} is there already; name another with --out.") from None
    except OSError as fault:
        sentence = f"Cannot write {path} ({fault.strerror}); name another with --out."
        raise StartError("file_unwritable", sentence) from None
