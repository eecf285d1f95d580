"""The live channel: sockets for phones, consoles and displays. `Live` joins its parts; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from config import Settings
from server.desk import Desk
from server.engine import Engine
from server.live.broadcast import Broadcast
from server.live.channel import Channel, MissingRule
from server.live.gate import Gate, Wsgi
from server.live.handlers import RULES, Handlers
from server.live.nudges import Nudges
from server.live.presence import Presence
from server.live.session import Monotonic
from server.live.snapshots import Snapshots
from server.live.websocket import Handler
from server.passes import Passes

__all__ = ["Handler", "Live", "MissingRule"]


class Live:
    """Sockets in front of a web application.

    Attributes
    ----------
    wsgi : WSGI application
        To be served by gevent's pywsgi with `Handler`.
    channel, presence
        For what else may be told or counted.

    Notes
    -----
    `reasons` and `nodes`: as `Snapshots`; `known_host`: as `Gate`. MissingRule from `start` where a socket event has
    no access rule.
    """

    def __init__(
        self, web: Wsgi, settings: Settings, engine: Engine, passes: Passes, desk: Desk, clock: Monotonic,
        reasons: Callable[[str, str], Mapping[str, str]], nodes: Callable[[str], Mapping[str, Any]],
        known_host: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self.presence, self.channel = Presence(), Channel(settings, clock)
        snapshots = Snapshots(engine, desk, reasons, nodes)
        nudges = Nudges(self.channel, engine, desk, self.presence, clock)
        self.handlers = Handlers(self.channel, engine, passes, snapshots, self.presence, nudges)
        self.broadcast = Broadcast(self.channel, engine, desk, self.handlers, self.presence)
        self.wsgi = Gate(web, self.channel.server.eio, settings, passes, self.presence, clock, known_host)
        self._running: list[Any] = []

    def check(self) -> None:
        """Refuse to start with a socket event that nobody has given a rule: MissingRule, naming all of them."""
        self.channel.check(RULES)

    def start(self) -> None:
        """Let the sessions beat and the engine's commits be told."""
        self._running = [self.channel.start(), *self.broadcast.start()]

    def stop(self) -> None:
        """End every session, then the greenlets."""
        self.channel.close()
        for greenlet in self._running:
            greenlet.kill()
        self._running = []
