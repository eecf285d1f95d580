"""`demo`: a workshop with an invented city and a simulated panel, played to its verified end in the terminal."""

from __future__ import annotations

import argparse
from pathlib import Path

from server.cli import rehearse

HELP = "show a whole workshop with a simulated panel"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the bundle (default out)")
    parser.add_argument("--participants", type=int, default=48, help="people in the hall, 4 to 400 (default 48)")
    parser.add_argument("--seed", type=int, default=7, help="of everything that is drawn (default 7)")
    parser.add_argument("--language", choices=("id", "en"), default="id")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")


def run(args: argparse.Namespace) -> int:
    """As `rehearse`."""
    return rehearse.run(args)
