"""Heads: what a trail was at one size, signed, and short enough for a wall.

Owns the C2SP *tlog-checkpoint* body, origins and the eight groups of four. Never decides when to sign
(`highwater` says whether one may) and never computes a root.
"""

import re

import msgspec

from server.trail.crockford import crockford
from server.trail.note import NoteError, Signer, Verifier, from_base64, open_signed, sign_note, to_base64
from server.trail.tree import EMPTY_ROOT, HASH_BYTES, LARGEST_SIZE

SHOWN_BYTES = 20  # 160 bits: nobody finds a second trail with the same eight groups

_workshop = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}", re.ASCII)
_decimal = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


class Checkpoint(msgspec.Struct, frozen=True):
    """The trail `origin` had `size` entries (0 … size − 1) and the root hash `root` (32 bytes).

    NoteError (checkpoint_malformed) for a size below 0 or above 2^53 − 1, a root of another length, or an
    empty trail with another root than SHA-256 of nothing.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        fits = 0 <= self.size <= LARGEST_SIZE and len(self.root) == HASH_BYTES
        if not self.origin or not fits or (self.size == 0 and self.root != EMPTY_ROOT):
            raise _malformed()

    @property
    def text(self) -> str:
        """Body of the note: origin, size and base64 root, one a line."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read a note's body; NoteError (checkpoint_malformed) unless it is exactly these three lines."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not _decimal.fullmatch(lines[1]):
            raise _malformed()
        return cls(lines[0], int(lines[1]), from_base64(lines[2]) or b"")


def origin_of(workshop: str) -> str:
    """Origin of a workshop's trail, `mufakat/<workshop>`, which is its key's name too.

    `workshop`: up to 100 letters, digits and . _ / - ; NoteError (origin) otherwise.
    """
    if not _workshop.fullmatch(workshop):
        raise NoteError("origin", "A workshop's id has up to 100 letters, digits, dots, dashes and slashes.")
    return f"mufakat/{workshop}"


def sign(checkpoint: Checkpoint, signer: Signer) -> str:
    """Sign a head as a note; NoteError (note_origin) unless the key bears the origin's name."""
    _same_name(checkpoint, signer.verifier)
    return sign_note(checkpoint.text, signer)


def open_note(note: str, verifier: Verifier) -> Checkpoint:
    """Read a head that `verifier` signed.

    NoteError: note_malformed, note_unsigned, note_forged, checkpoint_malformed, or note_origin where the head
    belongs to another trail than the key's name says.
    """
    checkpoint = Checkpoint.parse(open_signed(note, verifier))
    _same_name(checkpoint, verifier)
    return checkpoint


def short(root: bytes) -> str:
    """Eight groups of four Crockford characters, as people compare heads: the first 160 bits of `root`."""
    if len(root) != HASH_BYTES:
        raise ValueError(f"a root has {HASH_BYTES} bytes, not {len(root)}")
    shown = crockford(root[:SHOWN_BYTES])
    return " ".join(shown[at : at + 4] for at in range(0, len(shown), 4))


def _same_name(checkpoint: Checkpoint, verifier: Verifier) -> None:
    if checkpoint.origin != verifier.name:
        raise NoteError(
            "note_origin",
            f"The head is of {checkpoint.origin}, the key of {verifier.name}; give the key of this trail.",
        )


def _malformed() -> NoteError:
    return NoteError("checkpoint_malformed", "A head has three lines: origin, size and root in base64.")
