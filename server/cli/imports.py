"""`import`: reads the earlier survey from CSV or XLSX into a workshop; all of it or nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from server.app import StartError
from server.cli.common import add_house, add_json, house, show, telling
from server.locale import percent_text

HELP = "import an earlier survey from CSV or XLSX"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("kind", choices=("baseline",))
    parser.add_argument("file", type=Path)
    parser.add_argument("--workshop", required=True, metavar="ID")
    parser.add_argument("--synthetic", action="store_true", help="mark the figures as invented")
    add_house(parser)
    add_json(parser)


@telling
def run(args: argparse.Namespace) -> int:
    """Import, or name every fault by row and column and import nothing."""
    data = contents(args.file)
    with house(args) as app:
        try:
            told = app.import_baseline(args.workshop, data, args.file.name, args.synthetic)
        except StartError as fault:
            if fault.fields is None:
                raise
            sys.stderr.write(f"{fault}\nNothing was imported; mend these and import the file again. [{fault.code}]\n")
            return 2
    lines = [
        f"{stream}: {n['rows']} rows, {n['answered']} of {n['asked']} ({percent_text(n['answered'], n['asked'], 'en')})"
        for stream, n in told["completeness"].items()
    ]
    show(args, told, "\n".join(lines))
    return 0


def contents(path: Path) -> bytes:
    """The bytes of a file. StartError file_unreadable."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise StartError("file_unreadable", f"Cannot read {path} ({fault.strerror}); name another file.") from None
