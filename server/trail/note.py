"""Signed notes: a text, an Ed25519 signature, and the key as one line that people can pass on.

Owns the C2SP *signed-note* format, key names and verifier keys (vkey). Never knows what the text means, and
never reads a key file.
"""

import base64
import binascii
import hashlib
import re

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from server.trail import TrailError

ED25519 = b"\x01"  # signature type byte of the C2SP registry
PUBLIC_BYTES, SIGNATURE_BYTES, KEY_ID_BYTES = 32, 64, 4
MOST_BYTES = 64 * 1024
MOST_SIGNATURES = 64  # C2SP asks for at least 16
DASH = "— "

_PRIME = 2**255 - 19
_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
# y of the points of order 1, 2, 4 and 8
SMALL_ORDER = frozenset({0, 1, _PRIME - 1, _ORDER_8, _PRIME - _ORDER_8})

_forbidden_in_name = re.compile(r"[\s+\x00-\x1f\ud800-\udfff]")
_forbidden_in_note = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")


class NoteError(TrailError):
    """A note, a key or a name that will not do; the text must not be believed."""


class Verifier(msgspec.Struct, frozen=True):
    """A public key under a name. `name`: not empty, no space, no plus; `public`: 32 bytes of RFC 8032.

    NoteError for another name or length, for a key that is not canonical, and for one of small order (under
    which a stranger can forge).
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or _forbidden_in_name.search(self.name):
            raise NoteError("key_name", "A key name is not empty and has neither spaces nor a plus sign.")
        height = int.from_bytes(self.public, "little") & (1 << 255) - 1
        if len(self.public) != PUBLIC_BYTES or height >= _PRIME or height in SMALL_ORDER:
            raise NoteError("key_malformed", "The key is no sound Ed25519 public key; ask for it again.")

    @property
    def key_id(self) -> bytes:
        """First 4 bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The key as one line: name+id+base64, id in hex."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(ED25519 + self.public)}"

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read a vkey (surrounding white space is allowed); NoteError if it is none or of another type."""
        parts = vkey.strip().split("+", 2)  # base64 may hold a plus itself
        key = from_base64(parts[2]) if len(parts) == 3 else None
        if not key:
            raise NoteError("key_malformed", "A verifier key reads name+hash+base64; copy the whole line.")
        if key[:1] != ED25519:
            raise NoteError("key_type", f"The key is of type {key[0]}; only Ed25519 (type 1) is read here.")
        verifier = cls(parts[0], key[1:])
        if parts[1] != verifier.key_id.hex():
            raise NoteError("key_hash", "The hash in the verifier key does not fit its key; copy it again.")
        return verifier

    def verifies(self, text: bytes, signature: bytes) -> bool:
        """Tell whether `signature` (64 bytes) is this key's over `text`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """A private key under a name; `verifier` is its public half."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.verifier = Verifier(name, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, text: bytes) -> bytes:
        """Signature over `text`, 64 bytes; the same text gives the same bytes (RFC 8032)."""
        return self._private.sign(text)


def sign_note(text: str, signer: Signer) -> str:
    """Sign `text`, which ends in a newline and has no other control character; NoteError otherwise."""
    if not text.endswith("\n") or _forbidden_in_note.search(text):
        raise NoteError("note_malformed", "A note ends in a newline and holds no other control character.")
    stamp = to_base64(signer.verifier.key_id + signer.sign(text.encode()))
    return f"{text}\n{DASH}{signer.verifier.name} {stamp}\n"


def open_signed(note: str, verifier: Verifier) -> str:
    """Return the text of `note`, newline included, once a signature of `verifier` holds.

    Signatures of other keys are passed over, one of this key that fails condemns the note. NoteError with
    code note_malformed, note_unsigned or note_forged.
    """
    border = note.rfind("\n\n")
    if border < 1 or not note.endswith("\n") or len(note) > MOST_BYTES or _forbidden_in_note.search(note):
        raise _malformed("it has no text, blank line and signatures, or is too long")
    text, lines = note[: border + 1], note[border + 2 : -1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise _malformed(f"it has more than {MOST_SIGNATURES} signatures")
    ours = [stamp for name, stamp in map(_signature, lines) if name == verifier.name]
    ours = [stamp for stamp in ours if stamp[:KEY_ID_BYTES] == verifier.key_id]
    if not ours:
        raise NoteError("note_unsigned", f"The note carries no signature of the key {verifier.name}; give its own key.")
    if not all(verifier.verifies(text.encode(), stamp[KEY_ID_BYTES:]) for stamp in ours):
        raise NoteError("note_forged", f"The signature of {verifier.name} does not fit; do not trust it.")
    return text


def body_of(note: str) -> str:
    """What a note says, whoever signed it; nothing in it may be believed before `open_signed`."""
    return note.partition("\n\n")[0] + "\n"


def _signature(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(DASH).partition(" ")
    stamp = from_base64(encoded)
    if not (line.startswith(DASH) and name and space) or _forbidden_in_name.search(name):
        raise _malformed("a signature line does not read “— name base64”")
    if stamp is None or len(stamp) <= KEY_ID_BYTES:
        raise _malformed("a signature is not base64 of a key hash and a signature")
    return name, stamp


def _malformed(why: str) -> NoteError:
    return NoteError("note_malformed", f"This is no signed note: {why}; copy it whole.")


def to_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648, 4), as every C2SP text uses it."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes | None:
    """Decode base64 strictly, so that one value has one text; None if it is not that text."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if to_base64(data) == text else None
