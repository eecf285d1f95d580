"""`export`: the audit bundle of a frozen workshop, written to a file beside a server that may be running."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from server.app import StartError
from server.cli.common import add_house, add_json, house, show, telling

HELP = "write the audit bundle of a frozen workshop"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("workshop", metavar="WORKSHOP", help="id of the workshop; `workshop list` tells it")
    parser.add_argument("--disclose", choices=("public", "full"), default="public", help="how much is opened")
    parser.add_argument("--out", type=Path, default=Path(), metavar="PATH", help="file or folder (default: here)")
    add_house(parser)
    add_json(parser)


@telling
def run(args: argparse.Namespace) -> int:
    """Write the bundle; a full one is noted in the trail."""
    target = args.out / f"{args.workshop}-{args.disclose}.zip" if args.out.is_dir() else args.out
    part = target.with_name(f"{target.name}.part")
    try:
        part.touch()  # before anything is noted in the trail
        with house(args) as app:
            path, digest = app.export(args.workshop, args.disclose)
            try:
                shutil.copyfile(path, part)
            finally:
                path.unlink()
        part.replace(target)
    except OSError as fault:
        sentence = f"Cannot write {target} ({fault.strerror}); name a folder that is yours."
        raise StartError("unwritable", sentence) from None
    finally:
        part.unlink(missing_ok=True)
    told = {"bundle": str(target), "disclose": args.disclose, "manifest": digest}
    show(args, told, f"{target}\nSHA-256 of its manifest  {digest}")
    return 0
