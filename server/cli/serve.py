"""`serve`: runs the server until it is stopped."""

from __future__ import annotations

import argparse

from server.app import serve
from server.cli.common import add_house, settings, telling

HELP = "run the server"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--host", help="address to listen on (MUFAKAT_HOST)")
    parser.add_argument("--port", help="port to listen on, 0 lets the system choose (MUFAKAT_PORT)")
    parser.add_argument("--workers", help="server processes (MUFAKAT_WORKERS)")
    add_house(parser)


@telling
def run(args: argparse.Namespace) -> int:
    """Serve; 0 after a clean stop."""
    serve(settings(args, ("host", "port", "workers", "data_dir")))
    return 0
