"""The listening process: binds first, then builds, tells where it is, serves until it is asked to stop, and drains."""

from __future__ import annotations

import errno
import gc
import logging
import resource
import signal
import sys
from typing import Any

from gevent import signal_handler
from gevent.event import Event
from gevent.pywsgi import WSGIServer

from config import Settings
from server.app.house import App, StartError, build
from server.app.readings import sweep
from server.clock import SystemClock
from server.live import Handler, Live, MissingRule
from server.worker.workers import Workers

log = logging.getLogger("mufakat.serve")

STOP_SECONDS = 5
COLLECT_AFTER = (50_000, 20, 100)  # objects; Python's own 700 stop a hall of sockets for a tenth of a second


def serve(settings: Settings) -> None:
    """Listen on host and port until SIGTERM or SIGINT.

    StartError: port_in_use, address_unusable, workers_need_postgresql, and those of `build`.
    """
    if settings.workers > 1:
        raise StartError(
            "workers_need_postgresql", "Several workers cannot share this database; start with --workers 1."
        )
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    server = WSGIServer((settings.host, settings.port), _starting, log=None, error_log=log, handler_class=Handler)
    _bind(server, settings)
    workers = Workers(settings.worker_seconds, settings.log_level)
    try:
        app = build(settings, workers=workers)
        sweep(settings.data_dir)
    except BaseException:
        workers.stop()
        server.close()
        raise
    try:
        server.set_environ({"wsgi.multithread": True})
        live = live_of(app)
        server.application = live.wsgi
        live.start()
        settle()
        asked = Event()  # before anybody hears of us: who stops a server at once must not be overheard
        for name in (signal.SIGTERM, signal.SIGINT):
            signal_handler(name, asked.set)
        tell(app, server.server_port)
        workers.start()  # after we listen: nobody waits for them to load
        server.start()
        asked.wait()
        live.stop()  # says goodbye on every socket, or the server would wait for each of them
        server.stop(STOP_SECONDS)
    finally:
        app.close()


def settle() -> None:
    """Make the process ready for a full hall: as many sockets as the system gives, and few pauses to collect garbage.

    What is here now stays for good and is never looked at again.
    """
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def live_of(app: App) -> Live:
    """The sockets in front of the web, not yet running. StartError: missing_rule."""
    told = app.services
    live = Live(
        app.wsgi, app.settings, app.engine, app.passes, told.desk, SystemClock(), told.reasons, told.nodes,
        told.addresses.known_host,
    )  # fmt: skip
    try:
        live.check()
    except MissingRule as fault:
        raise StartError(fault.code, str(fault)) from None
    return live


def _starting(environ: Any, start_response: Any) -> list[bytes]:
    """What is answered between binding and building; nobody is accepted before that, so nobody sees it."""
    start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b"starting"]


def _bind(server: WSGIServer, settings: Settings) -> None:
    try:
        server.init_socket()
    except OSError as fault:
        where = f"{settings.host}:{settings.port}"
        if fault.errno == errno.EADDRINUSE:
            raise StartError(
                "port_in_use", f"Another program listens on {where}; stop it, or choose another with --port."
            ) from None
        raise StartError(
            "address_unusable", f"Cannot listen on {where} ({fault.strerror}); choose another --host or --port."
        ) from None


def tell(app: App, port: int) -> None:
    """Say where the server is, and the one-time link while there is no organiser."""
    settings = app.settings
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "[::]") else settings.host
    url = settings.public_url or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    lines = [f"Mufakat serves at {url}"]
    where = app.services.addresses.printed(f"http://127.0.0.1:{port}")
    if where.how in ("chosen", "guessed"):
        lines.append(f"Phones join at {where.origin}/join")
    if token := app.passes.first_run_token():
        lines.append(f"First organiser, this link works once: {url}/first-run#{token}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
