"""One Engine.IO session over one WebSocket, with no queue and no greenlet of its own beyond the one that reads.

Owns OPEN, PING, PONG, MESSAGE and CLOSE, the pulse of all sessions, and whose passes a session carries (fixed when it
was opened). Stands where `engineio.Server` keeps its sockets. Never reads a Socket.IO packet.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import engineio
import gevent
import msgspec
from engineio.packet import Packet
from websockets.frames import CloseCode

from server.live.websocket import WebSocket, framed

log = logging.getLogger(__name__)

PING_SECONDS = 25
PONG_SECONDS = 20
PROBE_SECONDS = 3  # for a session whose place somebody else wants
BEAT_SECONDS = 1.0
REASON = engineio.Server.reason


class Monotonic(Protocol):
    def monotonic(self) -> float: ...


class Session:
    """What `engineio.Server` knows as a socket.

    Parameters
    ----------
    server : engineio.Server
    websocket : WebSocket
    passes : mapping of str to Any
        The identity of each kind of pass (`seat`, `staff`, `display`) that came with the handshake.
    language : str
        Of the sentences this session is told.
    clock : Monotonic
    """

    __slots__ = ("_asked", "_clock", "_next_ping", "_server", "_websocket", "allowance", "allowed_at", "asking",
                 "closed", "closing", "connected", "language", "passes", "session", "sid", "upgraded")  # fmt: skip

    def __init__(
        self, server: engineio.Server, websocket: WebSocket, passes: Mapping[str, Any], language: str, clock: Monotonic
    ) -> None:
        self._server, self._websocket, self._clock = server, websocket, clock
        self.passes, self.language = passes, language
        self.sid: str = server.generate_id()
        self.session: dict[str, Any] = {}
        self.connected = self.upgraded = True
        self.closing = self.closed = False
        self.asking: int | None = None  # the acknowledgement that the event at hand waits for
        self.allowance, self.allowed_at = 0.0, float("-inf")
        self._asked: float | None = None
        self._next_ping = clock.monotonic() + PING_SECONDS

    def run(self) -> None:
        """Serve the session until one side ends it."""
        hello = {"sid": self.sid, "upgrades": [], "pingInterval": PING_SECONDS * 1000,
                 "pingTimeout": PONG_SECONDS * 1000, "maxPayload": self._server.max_http_buffer_size}  # fmt: skip
        self._server.sockets[self.sid] = self
        self._websocket.send(framed(b"0" + msgspec.json.encode(hello)))
        try:
            self._server.handlers["connect"](self.sid, {})
            while not self.closed and (messages := self._websocket.receive()) is not None:
                for message in messages:
                    self._take(message)
        except Exception:
            log.exception("a session failed")
            self._websocket.fail(CloseCode.INTERNAL_ERROR)
        finally:
            self.close(abort=True, reason=REASON.TRANSPORT_CLOSE)

    def _take(self, message: str | bytes) -> None:
        if self.closed:
            return
        kind = message[:1]
        if kind == "4":
            self._server.handlers["message"](self.sid, message[1:])
        elif kind == "3":
            self._asked = None
            self._next_ping = self._clock.monotonic() + PING_SECONDS
        elif kind == "1":
            self.close(reason=REASON.CLIENT_DISCONNECT)
        else:
            self.refuse()

    def send(self, packet: Packet) -> None:
        """Send an Engine.IO packet; one packet for many receivers is framed once."""
        if not self.closed:
            frame = getattr(packet, "frame", None)
            if frame is None:
                frame = packet.frame = framed(packet.encode())
            self._websocket.send(frame)

    def push(self, frame: bytes) -> None:
        """Send a frame that is made already."""
        if not self.closed:
            self._websocket.send(frame)

    def refuse(self) -> None:
        """Drop a peer that does not speak the protocol."""
        self._websocket.fail(CloseCode.POLICY_VIOLATION, "malformed")
        self.close(abort=True, reason=REASON.TRANSPORT_ERROR)

    def close(self, wait: bool = False, abort: bool = False, reason: str | None = None) -> None:
        """End the session: tell whoever listens, and the peer unless `abort`."""
        if self.closing:
            return
        self.closing = True
        try:
            self._server.handlers["disconnect"](self.sid, reason or REASON.SERVER_DISCONNECT)
        except Exception:
            log.exception("a session did not end cleanly")
        self.closed = True
        self._server.sockets.pop(self.sid, None)
        if not abort:
            self._websocket.close()

    # --- the pulse ------------------------------------------------------------------------------------------------

    def beat(self, now: float) -> None:
        """Ask a quiet peer whether it is there; let one go that did not answer in time."""
        if self._asked is not None and now > self._asked:
            self.close(abort=True, reason=REASON.PING_TIMEOUT)
            self._websocket.abort()
        elif self._asked is None and now >= self._next_ping:
            self._ask(now + PONG_SECONDS)

    def probe(self) -> None:
        """Ask now, and give less time to answer: somebody else wants this place."""
        until = self._clock.monotonic() + PROBE_SECONDS
        if self._asked is None or self._asked > until:
            self._ask(until)

    def _ask(self, until: float) -> None:
        self._asked = until
        self._websocket.send(PING)


PING = framed(b"2")


def pulse(server: engineio.Server, clock: Monotonic, sleep: Callable[[float], None] = gevent.sleep) -> None:
    """Let every session beat, once a second, for ever."""
    while True:
        sleep(BEAT_SECONDS)
        now = clock.monotonic()
        for session in list(server.sockets.values()):
            session.beat(now)
