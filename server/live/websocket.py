"""WebSocket frames over one gevent socket: whole messages in, whole frames out, nobody waits for a slow reader.

Owns the opening and closing handshake, the size of what comes in and the backlog of what goes out; the framing itself
is the sans-I/O half of `websockets`. Never compresses, never starts a greenlet while the peer keeps up, and knows
nothing of Engine.IO.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import gevent
from gevent import pywsgi
from gevent import socket as net
from websockets.datastructures import Headers
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import OPEN, Protocol, Side
from websockets.server import ServerProtocol

CONNECTION = "mufakat.connection"
GRACE_SECONDS = 3.0  # for the peer's half of the closing handshake
READ_BYTES = 16384
BACKLOG_BYTES = 131072  # a peer that leaves more than this unread is dropped
KERNEL_SEND_BYTES = 65536
HANDSHAKE = ("Connection", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version")


class Handler(pywsgi.WSGIHandler):  # type: ignore[misc]  # gevent ships no types
    """gevent's HTTP connection, which an application may take over: `environ[CONNECTION].take_over()`."""

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ[CONNECTION] = self
        return environ

    def take_over(self) -> tuple[Any, bytes]:
        """The connection's socket and what the peer sent too early; nothing of HTTP follows on it."""
        connection, reader = self.socket, self.wsgi_input.rfile
        connection.settimeout(0.0)
        early = bytes(reader.peek())
        connection.settimeout(None)
        self.close_connection = True
        self.wsgi_input.rfile = self.__dict__["rfile"] = None  # its buffer would live as long as the connection
        return connection, early

    def log_request(self) -> None:
        """A request is not logged: addresses and paths could tell who sat where."""


def framed(text: str | bytes) -> bytes:
    """One text frame (bytes are UTF-8 already), the same for every receiver."""
    return Frame(Opcode.TEXT, text.encode() if isinstance(text, str) else text).serialize(mask=False)


def answer_to(environ: dict[str, Any]) -> Response:
    """The answer to an opening handshake: 101, or the refusal that says what is wrong with it."""
    names = ((name, "HTTP_" + name.upper().replace("-", "_")) for name in HANDSHAKE)
    headers = Headers((name, environ[key]) for name, key in names if key in environ)
    version = environ.get("SERVER_PROTOCOL", "HTTP/1.1")
    return ServerProtocol().accept(Request("/", headers, environ["REQUEST_METHOD"], version))


class WebSocket:
    """One open WebSocket.

    Parameters
    ----------
    connection : gevent socket
        Ours alone from here on.
    early : bytes
        What was read from it after the handshake.
    max_size : int
        Largest message accepted, in bytes; a larger one closes the socket with 1009.
    """

    __slots__ = ("_backlog", "_connection", "_drainer", "_held", "_parts", "_protocol", "dropped")

    def __init__(self, connection: Any, early: bytes = b"", *, max_size: int) -> None:
        self._connection = connection
        self._protocol = Protocol(Side.SERVER, state=OPEN, max_size=max_size)
        self._parts: list[Frame] = []
        self._backlog: deque[bytes] = deque()
        self._held = 0
        self._drainer: Any = None
        self.dropped = False
        connection.setsockopt(net.IPPROTO_TCP, net.TCP_NODELAY, 1)
        connection.setsockopt(net.SOL_SOCKET, net.SO_SNDBUF, KERNEL_SEND_BYTES)
        if early:
            self._protocol.receive_data(early)

    # --- in -------------------------------------------------------------------------------------------------------

    def receive(self) -> list[str | bytes] | None:
        """Wait for the next messages; None once the peer is gone or the socket is closed."""
        protocol = self._protocol
        while True:
            messages = self._assembled(protocol.events_received()) if protocol.events else []
            for data in protocol.data_to_send():
                self._transmit(data)
            if messages:
                return messages
            if protocol.close_rcvd is not None and protocol.eof_sent:
                return None
            try:
                data = self._connection.recv(READ_BYTES)
            except OSError:
                data = b""
            if not data:
                protocol.receive_eof()
                return None
            protocol.receive_data(data)

    def _assembled(self, frames: list[Any]) -> list[str | bytes]:
        messages: list[str | bytes] = []
        for frame in frames:
            if frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                self._parts.append(frame)
                if frame.fin:
                    whole = b"".join(part.data for part in self._parts) if len(self._parts) > 1 else frame.data
                    text, self._parts = self._parts[0].opcode is Opcode.TEXT, []
                    try:
                        messages.append(str(whole, "utf-8") if text else bytes(whole))
                    except UnicodeDecodeError:
                        self.fail(CloseCode.INVALID_DATA)
                        break
        return messages

    # --- out ------------------------------------------------------------------------------------------------------

    def send(self, frame: bytes) -> None:
        """Send one `framed` message, whole and in order, without waiting; a peer that does not read is dropped."""
        if self._protocol.state is OPEN:
            self._transmit(frame)

    def close(self, code: int = CloseCode.NORMAL_CLOSURE, reason: str = "") -> None:
        """Begin the closing handshake; the connection ends with the peer's answer, or without it."""
        if self._protocol.state is OPEN:
            self._protocol.send_close(code, reason)
            for data in self._protocol.data_to_send():
                self._transmit(data)
            gevent.spawn_later(GRACE_SECONDS, self.abort)

    def fail(self, code: int, reason: str = "") -> None:
        """Close for a fault of the peer, naming it; what it still sends is thrown away."""
        self._protocol.fail(code, reason)
        for data in self._protocol.data_to_send():
            self._transmit(data)

    def abort(self) -> None:
        """End the connection at once; whoever reads or writes it is woken."""
        self._backlog.clear()
        self._held = 0
        try:
            self._connection.shutdown(net.SHUT_RDWR)
        except OSError:
            return  # it was gone already

    def _transmit(self, data: bytes) -> None:
        """Write what the kernel takes now; the rest waits its turn in a greenlet that lives as long as the backlog."""
        if self._drainer is None:
            if not data:
                self._end()
                return
            try:
                sent = self._connection.send(data, timeout=0.0)
            except BlockingIOError:
                sent = 0
            except OSError:
                return  # the reader learns of it
            if sent == len(data):
                return
            data = data[sent:]
        elif self._held > BACKLOG_BYTES:
            self.dropped = True
            self.abort()
            return
        self._backlog.append(data)
        self._held += len(data)
        if self._drainer is None:
            self._drainer = gevent.spawn(self._drain)

    def _drain(self) -> None:
        try:
            while self._backlog:
                data = self._backlog.popleft()
                self._held -= len(data)
                if not data:
                    self._end()
                else:
                    self._connection.sendall(data)
        except OSError:
            self._backlog.clear()  # the reader learns of it
        finally:
            self._drainer = None

    def _end(self) -> None:
        """Half-close: all has been said. To close at once would discard our close frame with what is still unread."""
        gevent.spawn_later(GRACE_SECONDS, self.abort)
        try:
            self._connection.shutdown(net.SHUT_WR)
        except OSError:
            return  # the peer was quicker
