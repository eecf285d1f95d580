"""Sealed content: a salted commitment stands in the trail, its opening beside it.

Owns the commitment's bytes, the opening's line and the tracker people compare. Never decides what is sealed
or who may open it, and never draws a salt: chance comes in as an argument.
"""

import hashlib
import re
from typing import Any, Self

import msgspec

from server.trail import TrailError
from server.trail.canonical import CanonicalError, decode, encode
from server.trail.crockford import crockford

SALT_BYTES = 16
PREFIX = b"\x02"  # leaves have 0x00 and nodes 0x01, so that no commitment is ever a hash of the tree

_salt_hex = re.compile(r"[0-9a-f]{32}", re.ASCII)
_hash_hex = re.compile(r"[0-9a-f]{64}", re.ASCII)


class OpeningError(TrailError):
    """A line of openings that cannot be read."""


class Opening(msgspec.Struct, frozen=True):
    """Content that one commitment seals: entry `seq`, `name` in its body, `salt` in hex, the content."""

    seq: int
    name: str
    salt: str
    content: Any

    def line(self) -> bytes:
        """Canonical line of `openings.jsonl`, without its newline; CanonicalError as `encode`."""
        return encode({"content": self.content, "name": self.name, "salt": self.salt, "seq": self.seq})

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Read a line of `openings.jsonl`; CanonicalError or OpeningError if it is not exactly one."""
        value = decode(line)
        if type(value) is not dict or set(value) != {"content", "name", "salt", "seq"}:
            raise OpeningError("opening_fields", "An opening has exactly content, name, salt and seq.")
        seq, name, salt = value["seq"], value["name"], value["salt"]
        if type(seq) is not int or seq < 0:
            raise OpeningError("opening_seq", "The seq of an opening is a whole number from 0.")
        if type(name) is not str or not name:
            raise OpeningError("opening_name", "The name of an opening is a text that is not empty.")
        if type(salt) is not str or not _salt_hex.fullmatch(salt):
            raise OpeningError("opening_salt", "The salt of an opening is 32 lower-case hex digits.")
        return cls(seq=seq, name=name, salt=salt, content=value["content"])


def commit(content: object, salt: bytes) -> str:
    """Commitment to `content`: lower-case hex SHA-256(0x02 ‖ salt ‖ canonical content).

    `salt`: 16 random bytes of its own for every commitment; another length is a ValueError, because the
    border between salt and content would no longer be fixed. CanonicalError as `encode`.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(PREFIX + salt + encode(content)).hexdigest()


def opens(opening: Opening, commitment: str) -> bool:
    """Tell whether `opening` is what `commitment` (64 lower-case hex digits) seals; False if malformed."""
    if not _salt_hex.fullmatch(opening.salt):
        return False
    try:
        return commit(opening.content, bytes.fromhex(opening.salt)) == commitment
    except CanonicalError:
        return False


def tracker(commitment: str) -> str:
    """Eight Crockford characters, the first 40 bits of `commitment` (64 lower-case hex digits).

    ValueError for anything else. Short enough to read aloud, long enough to find one's line: not a proof.
    """
    if not _hash_hex.fullmatch(commitment):
        raise ValueError("a commitment is 64 lower-case hex digits")
    return crockford(bytes.fromhex(commitment)[:5])
