"""`demo`: a Semarang-shaped workshop in the browser, with a simulated panel voting over real sockets at human pace.

The server runs in a process of its own on fresh files; this process sets the scene over HTTP and plays the phones.
Whoever sits at the console runs the rounds; the panel answers every round that opens.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType

from server.cli.stage.city import draw_city
from server.cli.stage.doors import doors, own_address
from server.cli.stage.living import Living
from server.cli.stage.served import Served, ServedError, free_port, is_free
from server.cli.stage.sign_up import sign_up

HELP = "open a living workshop with a simulated panel in the browser"
PORT = 8000
PACE, FAST = 2.5, 0.05  # usual seconds a simulated person takes for one answer


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--participants", type=int, default=48, help="people in the hall, 20 to 200 (default 48)")
    parser.add_argument("--seed", type=int, default=7, help="of everything that is drawn (default 7)")
    parser.add_argument("--fast", action="store_true", help="let the simulated people answer at once")
    parser.add_argument("--language", choices=("id", "en"), default="id")
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (default all, so that phones can join)")
    parser.add_argument("--port", type=int, default=None, help=f"port (default {PORT}, or a free one)")
    parser.add_argument("--data-dir", type=Path, help="keep database and keys here (default: thrown away at the end)")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C; 0 after a clean end."""
    if not 20 <= args.participants <= 200:
        print("demo: --participants must be from 20 to 200, five in each group at least.", file=sys.stderr)
        return 2
    ended = threading.Event()

    def end(signum: int, frame: FrameType | None) -> None:
        ended.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    try:
        with tempfile.TemporaryDirectory(prefix="mufakat-demo-") as scratch:
            show(args, args.data_dir or Path(scratch), ended)
    except (ServedError, OSError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 2
    print("\nThe demo has ended.")
    return 0


def show(args: argparse.Namespace, data: Path, ended: threading.Event) -> None:
    """Set the scene, print the doors, and let the panel live until the end."""
    port = args.port or (PORT if is_free(PORT) else free_port())
    address = own_address() if args.host == "0.0.0.0" else args.host
    city = draw_city(args.participants, args.seed)
    outside = f"http://{address}:{port}"
    with Served(data, port, MUFAKAT_HOST=args.host, MUFAKAT_PUBLIC_URL=outside) as served:
        print(f"Server started at {served.url}; setting the scene with {args.participants} simulated participants ...")
        organiser = sign_up(served, "demo")
        living = Living(organiser, served.url, city, args.language, args.seed, FAST if args.fast else PACE)
        try:
            living.set_the_scene(ended)
            if not ended.is_set():
                print(doors(served.url, outside, living, args.language), flush=True)
            ended.wait()
        finally:
            living.end()
            organiser.close()
