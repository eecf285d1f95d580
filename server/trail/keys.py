"""The signing key: born at first start, kept in a file of its own, outside the database and its backups.

Owns that file: its creation, its mode, its passphrase. Never signs a head by itself and never prints a key.
"""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from server.trail import TrailError, durable
from server.trail.highwater import HighWater
from server.trail.note import Signer, Verifier

LARGEST_FILE = 64 * 1024


class KeyFileError(TrailError):
    """A key file that is missing, exposed, locked or no key."""


class SigningKey:
    """An Ed25519 private key; it signs under the name of each trail."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    def signer(self, origin: str) -> Signer:
        """This key under the name of one trail; NoteError (key_name) for a name no note can bear."""
        return Signer(origin, self._private)

    def verifier(self, origin: str) -> Verifier:
        """Its public half under that name; NoteError as `signer`."""
        return self.signer(origin).verifier

    @classmethod
    def generate(cls, path: Path, passphrase: str | None = None) -> "SigningKey":
        """Make a new key and store it at `path` (PKCS #8, PEM, mode 0600), encrypted if `passphrase`.

        KeyFileError: key_exists (the old key stands), key_passphrase_empty, key_unwritable.
        """
        private = Ed25519PrivateKey.generate()
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _encryption(passphrase))
        try:
            durable.create(path, pem)
        except FileExistsError:
            raise KeyFileError("key_exists", f"A key is already at {path}; use it, or name another.") from None
        except OSError as fault:
            raise KeyFileError(
                "key_unwritable", f"Cannot write the key {path} ({fault.strerror}); make its folder writable."
            ) from None
        return cls(private)

    @classmethod
    def load(cls, path: Path, passphrase: str | None = None) -> "SigningKey":
        """Read the key at `path`.

        KeyFileError: key_missing, key_unreadable, key_exposed (others may read it), key_locked (a passphrase
        is needed), key_not_locked (one was given without need), key_passphrase (wrong), key_malformed,
        key_type.
        """
        pem = _read_private(path)
        secret = _encoded(passphrase)
        try:
            private = load_pem_private_key(pem, secret)
        except TypeError:
            if secret is None:
                raise KeyFileError("key_locked", f"The key {path} is encrypted; give its passphrase.") from None
            raise KeyFileError(
                "key_not_locked", f"The key {path} is not encrypted; start without a passphrase."
            ) from None
        except (ValueError, UnsupportedAlgorithm):
            if secret is not None and b"ENCRYPTED" in pem:
                raise KeyFileError(
                    "key_passphrase", f"The passphrase does not open the key {path}; give the right one."
                ) from None
            raise KeyFileError("key_malformed", f"{path} holds no PEM private key; restore the file.") from None
        if not isinstance(private, Ed25519PrivateKey):
            raise KeyFileError("key_type", f"The key {path} is not of type Ed25519; give one that is.")
        return cls(private)


def open_keys(path: Path, passphrase: str | None = None) -> tuple[SigningKey, HighWater]:
    """Open the key at `path` and the marks beside it (`<name>.heads.json`); make both at the first start.

    Two processes that start at once end with the same key. A key without marks is refused when they are first
    asked for (marks_missing), because nothing would then stop a fork; marks without their key are refused at
    once (key_missing). KeyFileError as `load` and `generate`, HighWaterError as `HighWater.create`.
    """
    marks = HighWater(path.with_name(path.name + ".heads.json"))
    if not path.exists():
        marks.create()
        if not marks.is_empty():
            raise KeyFileError(
                "key_missing",
                f"Heads were signed by the key {path}, which is gone; restore it from its copy.",
            )
        try:
            return SigningKey.generate(path, passphrase), marks
        except KeyFileError as fault:
            if fault.code != "key_exists":
                raise
    return SigningKey.load(path, passphrase), marks


def _read_private(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # Asked of the open file, so that it cannot be exchanged between question and reading.
            # Windows keeps rights elsewhere: there the folder's owner guards the key (docs/commands.md).
            exposed = os.name != "nt" and os.fstat(file.fileno()).st_mode & 0o077
            pem = file.read(LARGEST_FILE)
    except FileNotFoundError:
        raise KeyFileError("key_missing", f"No key is at {path}; restore it, or start once to make one.") from None
    except OSError as fault:
        raise KeyFileError("key_unreadable", f"Cannot read the key {path} ({fault.strerror}); make it yours.") from None
    if exposed:
        raise KeyFileError("key_exposed", f"Others may read the key {path}; run: chmod 600 {path}")
    return pem


def _encoded(passphrase: str | None) -> bytes | None:
    if passphrase == "":
        raise KeyFileError("key_passphrase_empty", "An empty passphrase protects nothing; give one or leave it out.")
    return None if passphrase is None else passphrase.encode("utf-8", "surrogateescape")


def _encryption(passphrase: str | None) -> KeySerializationEncryption:
    secret = _encoded(passphrase)
    return NoEncryption() if secret is None else BestAvailableEncryption(secret)
