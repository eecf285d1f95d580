"""Many phones in one cheap loop: hand-packed packets over raw sockets and epoll, so that the server is measured.

Frames are masked with a key of zeros, which RFC 6455 allows and which costs nothing.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Callable, Sequence

WINDOW = 64  # handshakes under way at one time
HANDSHAKE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
    "Authorization: Bearer {secret}\r\n\r\n"
)


def masked(text: bytes) -> bytes:
    """One text frame of a client."""
    size = len(text)
    head = bytes((0x81, 0x80 | size)) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size)
    return head + b"\0\0\0\0" + text


class Phone:
    """One seat's socket; `waiting` is when its message under way was sent."""

    __slots__ = ("buffer", "ready", "seat", "sent", "socket", "waiting")

    def __init__(self, seat: int) -> None:
        self.seat, self.buffer, self.ready, self.sent, self.waiting = seat, b"", False, 0, 0.0
        self.socket = socket.socket()

    def frames(self) -> list[bytes]:
        """What has arrived whole."""
        found, data, at = [], self.buffer, 0
        while len(data) - at >= 2:
            size, head = data[at + 1], 2
            if size == 126:
                head = 4
            elif size == 127:
                head = 10
            if len(data) - at < head:
                break
            if head > 2:
                size = int.from_bytes(data[at + 2 : at + head], "big")
            if len(data) - at < head + size:
                break
            found.append(data[at + head : at + head + size])
            at += head + size
        self.buffer = data[at:]
        return found


class Hall:
    """Phones on one server; every method returns when what it measures is over."""

    def __init__(self, port: int, secrets: Sequence[str]) -> None:
        self._port, self._secrets = port, secrets
        self._poll = select.epoll()
        self.phones = [Phone(seat) for seat in range(1, len(secrets) + 1)]
        self._by_fd = {phone.socket.fileno(): phone for phone in self.phones}

    def close(self) -> None:
        for phone in self.phones:
            phone.socket.close()
        self._poll.close()

    def connect(self) -> float:
        """Open every socket and enter the ballot, up to the snapshot: seconds."""
        began, waiting, ready = time.perf_counter(), list(reversed(self.phones)), 0
        under_way = 0
        while ready < len(self.phones):
            while waiting and under_way < WINDOW:
                self._open(waiting.pop())
                under_way += 1
            for phone, frames in self._arrived(1.0):
                for frame in frames:
                    if frame.startswith(b'42/ballot,["snapshot"'):
                        phone.ready, under_way, ready = True, under_way - 1, ready + 1
        return time.perf_counter() - began

    def _open(self, phone: Phone) -> None:
        phone.socket.connect(("127.0.0.1", self._port))
        phone.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        phone.socket.setblocking(False)
        request = HANDSHAKE.format(port=self._port, secret=self._secrets[phone.seat - 1]).encode()
        phone.socket.send(request)
        self._poll.register(phone.socket.fileno(), select.EPOLLIN)

    def _arrived(self, patience: float) -> list[tuple[Phone, list[bytes]]]:
        found = []
        for fd, _ in self._poll.poll(patience):
            phone = self._by_fd[fd]
            data = phone.socket.recv(65536)
            if not data:
                raise ConnectionError(f"the server closed the socket of seat {phone.seat}: {phone.buffer[:200]!r}")
            phone.buffer += data
            if not phone.ready and phone.buffer.startswith(b"HTTP/1.1"):
                head, found_end, rest = phone.buffer.partition(b"\r\n\r\n")
                if not found_end:
                    continue
                if not head.startswith(b"HTTP/1.1 101"):
                    raise ConnectionError(f"the handshake of seat {phone.seat} was refused: {phone.buffer[:300]!r}")
                phone.buffer = rest
                phone.socket.send(masked(b"40/ballot,"))
            frames = phone.frames()
            if b"2" in frames:
                phone.socket.send(masked(b"3"))
            if frames:
                found.append((phone, frames))
        return found

    def flat_out(self, seconds: float, message: Callable[[int, int], bytes], fits: Callable[[bytes], bool]) -> float:
        """Every phone sends its next message as soon as the one before is acknowledged: acknowledgements a second."""
        began = time.perf_counter()
        ends, answered, silent = began + seconds, 0, 0
        for phone in self.phones:
            self._send(phone, message)
        while silent < len(self.phones):
            for phone, frames in self._arrived(5.0):
                for frame in frames:
                    if frame.startswith(b"43/ballot,"):
                        if not fits(frame):
                            raise AssertionError(f"not what was asked for: {frame!r}")
                        if (now := time.perf_counter()) < ends:
                            answered += 1
                            self._send(phone, message)
                        else:
                            silent += 1
                            del now
        return answered / seconds

    def paced(self, seconds: float, rate: float, message: Callable[[int, int], bytes]) -> list[float]:
        """So many messages a second in all, phones in turn: the seconds from sending to acknowledgement, sorted."""
        began = time.perf_counter()
        due, total, times = 0, int(seconds * rate), []
        while len(times) < total:
            now = time.perf_counter()
            while due < total and began + due / rate <= now:
                phone = self.phones[due % len(self.phones)]
                phone.waiting = now
                self._send(phone, message)
                due += 1
            wait = max(0.0, began + due / rate - time.perf_counter()) if due < total else 5.0
            for phone, frames in self._arrived(wait):
                now = time.perf_counter()
                times += [now - phone.waiting for frame in frames if frame.startswith(b"43/ballot,")]
        return sorted(times)

    def in_turn(self, pause: float, message: Callable[[int, int], bytes], over: Callable[[], bool]) -> list[float]:
        """The first phone asks, waits for its acknowledgement, pauses and asks again until it is over: seconds each."""
        phone, times = self.phones[0], list[float]()
        while not over():
            began = time.perf_counter()
            self._send(phone, message)
            while not any(frame.startswith(b"43/ballot,") for _, frames in self._arrived(5.0) for frame in frames):
                pass
            times.append(time.perf_counter() - began)
            time.sleep(pause)
        return times

    @staticmethod
    def _send(phone: Phone, message: Callable[[int, int], bytes]) -> None:
        phone.sent += 1
        phone.socket.send(masked(message(phone.seat, phone.sent)))
