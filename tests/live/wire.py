"""A Socket.IO client that shows every packet: for tests that look at the wire. It hides and repeats nothing."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import websocket

PACKET = re.compile(r"4([0-6])(?:(/[^,]+),)?(\d+)?(.*)", re.S)
PATIENCE = 5.0


class Refused(Exception):
    """The handshake was answered with something else than 101."""

    def __init__(self, status: int, problem: Any) -> None:
        super().__init__(f"{status}: {problem}")
        self.status, self.problem = status, problem


class Gone(Exception):
    """The server closed the socket, with this code."""

    def __init__(self, code: int | None) -> None:
        super().__init__(str(code))
        self.code = code


class Wire:
    """One WebSocket to a server at `http://host:port`; `heard` keeps what was not waited for."""

    def __init__(
        self, url: str, bearer: str | None = None, query: str = "EIO=4&transport=websocket", **more: Any
    ) -> None:
        header = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        header |= more.pop("header", {})
        self.socket = websocket.WebSocket(sockopt=more.pop("sockopt", ()))
        self.socket.settimeout(PATIENCE)
        more |= {"header": header, "suppress_origin": "origin" not in more}
        try:
            self.socket.connect(f"ws{url[4:]}/socket.io/?{query}", **more)
        except websocket.WebSocketBadStatusException as fault:
            self.socket.shutdown()
            body = fault.resp_body
            raise Refused(fault.status_code, json.loads(body) if body else None) from None
        self.heard: list[tuple[str, str, Any]] = []
        self._asked = 0
        self.compact, self.base = True, 0  # JSON as browsers write it, or with spaces; lowest revision to send
        hello = self.socket.recv()
        assert isinstance(hello, str) and hello[0] == "0"
        self.hello = json.loads(hello[1:])

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave; websocket-client keeps a socket open that the server closed first."""
        self.socket.close(timeout=1)
        self.socket.shutdown()

    def send(self, text: str) -> None:
        self.socket.send(text)

    def enter(self, namespace: str, auth: Any = None) -> Any:
        """Enter a namespace: its first snapshot; Refused (status 0) with the server's reason."""
        self.send(f"40{namespace},{json.dumps(auth) if auth is not None else ''}")
        kind, found = self.until(lambda kind, space, _: kind in "04" and space == namespace)
        if kind == "4":
            raise Refused(0, found)
        return self.hear(namespace, "snapshot")

    def ask(self, namespace: str, event: str, payload: Any) -> Any:
        """Send an event and wait for its acknowledgement."""
        return self.answered(self.put(namespace, event, payload))

    def put(self, namespace: str, event: str, payload: Any) -> str:
        """Send an event that asks for an acknowledgement, without waiting: the number it asks under."""
        self._asked += 1
        separators = (",", ":") if self.compact else None
        self.send(f"42{namespace},{self._asked}{json.dumps([event, payload], separators=separators)}")
        return str(self._asked)

    def answered(self, asked: str) -> Any:
        """Wait for the acknowledgement of an event."""
        return self.until(lambda kind, space, data: kind == "3" and data[0] == asked)[1][1][0]

    def hear(self, namespace: str, event: str) -> Any:
        """Wait for the next such event that was not waited for yet: its payload."""
        return self.until(lambda kind, space, data: kind == "2" and space == namespace and data[1][0] == event)[1][1][1]

    def until(self, fits: Any) -> tuple[str, Any]:
        for at, (kind, space, data) in enumerate(self.heard):
            if fits(kind, space, data):
                del self.heard[at]
                return kind, data
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            kind, space, data = self.packet()
            if fits(kind, space, data):
                return kind, data
            self.heard.append((kind, space, data))
        raise AssertionError(f"never heard; instead {self.heard}")

    def packet(self) -> tuple[str, str, Any]:
        """The next Socket.IO packet: kind, namespace, and payload (with its number for acknowledgements)."""
        while True:
            text = self.frame()
            if text == "2":
                self.send("3")
                continue
            found = PACKET.fullmatch(text)
            assert found, text
            kind, space, number, rest = found.groups()
            data = json.loads(rest) if rest else None
            return kind, space or "/", (number, data) if kind in "23" else data

    def frame(self) -> str:
        """The next text frame; Gone once the server closed."""
        opcode, data = self.socket.recv_data()
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            raise Gone(int.from_bytes(data[:2], "big") if data else None)
        return bytes(data).decode()

    def quiet(self, seconds: float) -> list[tuple[str, str, Any]]:
        """Everything that is heard within these seconds."""
        self.socket.settimeout(seconds)
        try:
            while True:
                self.heard.append(self.packet())
        except websocket.WebSocketTimeoutException:
            pass
        finally:
            self.socket.settimeout(PATIENCE)
        heard, self.heard = self.heard, []
        return heard

    def closed_with(self) -> int | None:
        """Read until the server closes: the code it gives."""
        try:
            while True:
                self.packet()
        except Gone as gone:
            return gone.code
        except (ConnectionError, websocket.WebSocketConnectionClosedException):
            return None
