"""`report`: a bundle's report again, in the language asked for. Verifies first; needs no database and no server."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from server.reports import bundled
from server.reports.report import render
from server.reports.words import LANGUAGES
from server.trail.archive import open_archive
from server.trail.verify import verify

HELP = "write the report of a bundle again, in the language asked for"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="the zip to read")
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="folder to write to (default: here)")
    parser.add_argument("--language", choices=LANGUAGES, default="id", help="language of the report")
    parser.add_argument("--key", metavar="VKEY", help="the key shown on the day; without it the bundle's own is taken")


def run(args: argparse.Namespace) -> int:
    """Verify, then write `report-<language>.html`; 1 or 3 as `verify` where the bundle is not to be believed."""
    found = verify(args.bundle, vkey=args.key)
    if found.status not in ("VALID", "INCOMPLETE"):
        print(f"{found.problems[0]} [report_{found.status.lower()}]", file=sys.stderr)
        return found.exit_code
    with open_archive(args.bundle) as archive:
        page = render(
            bundled.entries(archive), note=bundled.last_head(archive), vkey=bundled.key(archive), language=args.language
        )
    target = args.out / f"report-{args.language}.html"
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page)
    except OSError as fault:
        print(f"Cannot write {target} ({fault.strerror}); name a folder that is yours. [unwritable]", file=sys.stderr)
        return 2
    print(target)
    return 0
