"""`backup`: copies the database into a folder of its own, beside a server that may run. Keys stay where they are."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from server.app.keeping import take
from server.cli.common import add_house, add_json, settings, show, telling

HELP = "copy the database while voting goes on; never the signing key"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder in which a new one is made")
    add_house(parser)
    add_json(parser)


@telling
def run(args: argparse.Namespace) -> int:
    """Copy, and say what the copy holds."""
    folder, manifest = take(settings(args), args.out)
    lines = [str(folder), f"{manifest.bytes:,} bytes, {len(manifest.workshops)} workshops"]
    for held in manifest.workshops:
        head = "no head yet" if held.head_size is None else f"last head covers {held.head_size}"
        lines.append(f"  {held.workshop}  {held.size} entries, {held.phase}, {head}: {held.title}")
    lines.append("It holds sealed answers: keep it as safe as the database. Keys are not in it; copy those apart.")
    show(args, {"backup": str(folder), **msgspec.to_builtins(manifest)}, "\n".join(lines))
    return 0
