"""`report`: a bundle's report again in the language asked for, or its tables for a spreadsheet. Verifies first.

Needs no database and no server.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from server.reports import bundled
from server.reports.report import render
from server.reports.spreadsheet import Style, styled
from server.reports.words import LANGUAGES
from server.trail.archive import Archive, open_archive
from server.trail.sheets import RATINGS, RESULTS
from server.trail.verify import verify

HELP = "write the report of a bundle again, in the language asked for, or its tables"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="the zip to read")
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="folder to write to (default: here)")
    parser.add_argument("--language", choices=LANGUAGES, default="id", help="language of the report")
    parser.add_argument("--csv", action="store_true", help="write its tables instead: results.csv, and ratings.csv")
    parser.add_argument("--bom", action="store_true", help="with --csv: mark the text as UTF-8 for spreadsheets")
    parser.add_argument("--decimal-comma", action="store_true", help="with --csv: write 2,5 for 2.5")
    parser.add_argument("--semicolons", action="store_true", help="with --csv: part the cells by semicolons")
    parser.add_argument("--key", metavar="VKEY", help="the key shown on the day; without it the bundle's own is taken")


def run(args: argparse.Namespace) -> int:
    """Verify, then write; 1 or 3 as `verify` where the bundle is not to be believed."""
    found = verify(args.bundle, vkey=args.key)
    if found.status not in ("VALID", "INCOMPLETE"):
        print(f"{found.problems[0]} [report_{found.status.lower()}]", file=sys.stderr)
        return found.exit_code
    with open_archive(args.bundle) as archive:
        made = _tables(args, archive) if args.csv else _report(args, archive)
    for name, content in made.items():
        target = args.out / name
        try:
            args.out.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        except OSError as fault:
            sentence = f"Cannot write {target} ({fault.strerror}); name a folder that is yours. [unwritable]"
            print(sentence, file=sys.stderr)
            return 2
        print(target)
    return 0


def _report(args: argparse.Namespace, archive: Archive) -> dict[str, bytes]:
    page = render(
        bundled.entries(archive), note=bundled.last_head(archive), vkey=bundled.key(archive), language=args.language
    )
    return {f"report-{args.language}.html": page}


def _tables(args: argparse.Namespace, archive: Archive) -> dict[str, bytes]:
    style = Style(args.bom, args.decimal_comma, args.semicolons)
    there = [name for name in (RESULTS, RATINGS) if name in archive.names]
    return {name: styled(b"".join(archive.chunks(name)), style) for name in there}
