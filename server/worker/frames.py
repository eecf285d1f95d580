"""Frames on a pipe between two of our own processes: four bytes of length, then so many bytes. Knows no meaning."""

from __future__ import annotations

import struct
from typing import IO

_LENGTH = struct.Struct("!I")


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write one frame and flush it. OSError where nobody reads any more."""
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next frame; None at the end of the pipe, also where that comes in the middle of a frame."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    return data if len(data) == length else None
