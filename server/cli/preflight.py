"""`preflight`: looks at everything that a workshop day stands on, and says what to do where something is amiss.

It opens the house as an order from the shell does and asks the server that runs beside it, if one does.
"""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import asdict

import segno

from server.app import preflight
from server.cli.common import add_house, add_json, settings, show, telling
from server.locale import Language
from server.preflight import Told, kind_sentence, tell

HELP = "look whether this machine is ready for the day"
SIGNS = {"fine": "✓", "look": "!", "mend": "✗", "yours": "→"}
LANGUAGES: tuple[Language, ...] = ("id", "en")


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--language", choices=LANGUAGES, default="id")
    parser.add_argument("--host", help="address the server listens on (MUFAKAT_HOST)")
    parser.add_argument("--port", help="port it listens on (MUFAKAT_PORT)")
    add_house(parser)
    add_json(parser)


@telling
def run(args: argparse.Namespace) -> int:
    """Look; 0 where nothing must be mended, else 1."""
    looked = preflight(settings(args, ("data_dir", "host", "port")))
    told = [tell(line, args.language) for line in looked.lines]
    ready = not any(line.state == "mend" for line in told)
    addresses = [
        {"address": one.address, "interface": one.interface, "kind": one.kind, "usable": one.usable,
         "reason": kind_sentence(one.kind, args.language)}
        for one in looked.candidates
    ]  # fmt: skip
    rows = [*map(_row, told), "", *(f"  {a['address']} ({a['interface']}): {a['reason']}" for a in addresses)]
    lines = [asdict(line) for line in told]
    check = f"{looked.origin}/phone-check" if looked.origin else None
    show(args, {"ready": ready, "lines": lines, "addresses": addresses, "phone_check": check}, "\n".join(rows))
    if check and not args.json:
        sys.stdout.write(_drawn(check))
    return 0 if ready else 1


def _row(line: Told) -> str:
    return f"{SIGNS[line.state]} {line.title} – {line.word}: {line.sentence}"


def _drawn(check: str) -> str:
    """The address of the phones' check, as people and as cameras read it."""
    drawn = io.StringIO()
    segno.make(check, micro=False).terminal(out=drawn, compact=True)
    return f"\n{check}\n{drawn.getvalue()}"
