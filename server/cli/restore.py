"""`restore`: puts a backup into a data folder that is empty or older; what was published since is never forked."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from server.app import StartError
from server.app.keeping import restore
from server.cli.common import add_house, add_json, settings, show, telling
from server.storage.restoring import Keys, Restored

HELP = "put a backup into an empty or older data folder"
LARGEST_NOTE = 64 * 1024


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("backup", type=Path, metavar="BACKUP", help="folder that `backup` made")
    parser.add_argument("--keys", type=Path, metavar="DIR", help="folder with a copy of the signing key")
    parser.add_argument("--head", type=Path, action="append", metavar="NOTE", help="a head published since; repeatable")
    parser.add_argument("--replace", action="store_true", help="put aside a database that holds more than the backup")
    add_house(parser)
    add_json(parser)


@telling
def run(args: argparse.Namespace) -> int:
    """Restore, and say how each workshop goes on."""
    heads = tuple(_note(path) for path in args.head or ())
    done, keys, aside = restore(settings(args), args.backup, keys=args.keys, heads=heads, replace=args.replace)
    told = {"workshops": [_told(one) for one in done], "new_key": keys.fresh, "aside": str(aside) if aside else None}
    show(args, told, "\n".join(_said(done, keys, aside)))
    return 0


def _note(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_NOTE).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise StartError("head_unreadable", f"There is no readable head in {path}; name a note.") from None


def _told(one: Restored) -> dict[str, Any]:
    went_on = one.continued
    return {
        "workshop": one.workshop, "size": one.size, "origin": went_on.origin if went_on else None,
        "cites": went_on.former.size if went_on else None,
        "former": went_on.former.origin if went_on else None, "entry": went_on.seq if went_on else None,
    }  # fmt: skip


def _said(done: list[Restored], keys: Keys, aside: Path | None) -> list[str]:
    lines = [f"{len(done)} workshops restored"]
    for one in done:
        how = one.continued.sentence if one.continued else "Goes on as it was; nothing later was signed."
        lines += [f"  {one.workshop}  {one.size} entries: {one.title}", f"    {how}"]
    if keys.fresh:
        lines.append(
            "There was no signing key here, and a new one was made: it cannot vouch for what the old one signed. "
            "If a copy of the old one exists, restore into another empty folder with --keys."
        )
    if aside:
        lines.append(f"The database that stood here is in {aside}; it holds what the restored one does.")
    lines.append("Erase again whoever was erased since the backup; whoever joined since shows the card once more.")
    return lines
