"""Secrets that people carry: made, written down only as hashes, and read back as people type them.

Owns the forms of passes, card codes and room codes, and the pepper that guards the short ones. Stores nothing but
the pepper's file, and knows nobody.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from server.storage import StorageError
from server.trail import durable
from server.trail.crockford import ALPHABET, crockford

SECRET_BYTES = 32  # 256 bits: nothing more than a hash is needed to keep it
CODE_BYTES = 5  # 40 bits, eight characters: kept under the pepper, and guesses are counted
CODE_LENGTH = 8
PEPPER_BYTES = 32

_misread = str.maketrans("ILO", "110", " -\t\u2010\u2011\u2013")


def new_secret(draw: Callable[[int], bytes]) -> str:
    """A bearer secret of 256 bits, 43 characters that fit a URL."""
    return base64.urlsafe_b64encode(draw(SECRET_BYTES)).rstrip(b"=").decode()


def new_code(draw: Callable[[int], bytes]) -> str:
    """A code that is read aloud and typed: 8 Crockford characters, none of them I, L, O or U."""
    return crockford(draw(CODE_BYTES))


def hashed(secret: str) -> str:
    """What is stored of a bearer secret: lower-case hex SHA-256."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def peppered(code: str, pepper: bytes) -> str:
    """What is stored of a typed code: HMAC-SHA-256 under the pepper, lest a stolen table be searched."""
    return hmac.new(pepper, code.encode(), hashlib.sha256).hexdigest()


def tidy(typed: str) -> str | None:
    """A code as it was printed, from one as people type it; None if it cannot be one.

    Lower case, spaces and dashes are forgiven; I and L are read as 1, O as 0.
    """
    code = typed.strip().upper().translate(_misread)
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def open_pepper(path: Path, draw: Callable[[int], bytes]) -> bytes:
    """The pepper at `path`, made at the first start (mode 0600, beside the signing key, never in the database).

    StorageError: pepper_unusable.
    """
    try:
        if not path.exists():
            with suppress(FileExistsError):  # another process was first; its pepper is the one
                durable.create(path, draw(PEPPER_BYTES))
        pepper = path.read_bytes()
    except OSError as fault:
        raise StorageError("pepper_unusable", f"Cannot use {path} ({fault.strerror}); make its folder yours.") from None
    if len(pepper) != PEPPER_BYTES:
        raise StorageError("pepper_unusable", f"{path} is no pepper; restore it from its copy beside the key.")
    return pepper
