"""Receipts: one entry's inclusion under one signed head, as a file that is checked offline.

Owns the C2SP *tlog-proof* text. Never fetches a node or a head, and never believes `extra`.
"""

import re

import msgspec

from server.trail import TrailError
from server.trail.checkpoint import Checkpoint, open_note
from server.trail.note import MOST_BYTES, Verifier, from_base64, to_base64
from server.trail.tree import HASH_BYTES, LARGEST_SIZE, leaf_hash, verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
LONGEST_PATH = 63

_index = re.compile(r"index (0|[1-9][0-9]{0,15})", re.ASCII)


class ProofError(TrailError):
    """A proof file that cannot be read, or that does not prove."""


class ProofFile(msgspec.Struct, frozen=True):
    """Entry `index`, its path (`hashes`, sibling first), the signed head verbatim, and unsigned `extra`."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def render(self) -> str:
        """The file's text; suffix `.tlog-proof`."""
        lines = [HEADER]
        if self.extra:
            lines.append(f"extra {to_base64(self.extra)}")
        lines += [f"index {self.index}", *map(to_base64, self.hashes)]
        return "\n".join([*lines, "", self.checkpoint])

    @classmethod
    def parse(cls, text: str) -> "ProofFile":
        """Read a proof file; ProofError (proof_malformed) if it is none. Nothing is verified yet."""
        if len(text) > 2 * MOST_BYTES:
            raise _malformed("it is too long")
        above, blank, note = text.partition("\n\n")
        header, *lines = above.split("\n")
        if header != HEADER or not blank or not note:
            raise _malformed(f"it does not begin with {HEADER} and end with a signed head")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = from_base64(lines.pop(0).removeprefix("extra ")) or b""
            if not extra:
                raise _malformed("its extra line is not base64")
        index = _index.fullmatch(lines[0]) if lines else None
        if index is None or int(index[1]) > LARGEST_SIZE:
            raise _malformed("it names no entry")
        hashes = tuple(from_base64(line) or b"" for line in lines[1:])
        if len(hashes) > LONGEST_PATH or any(len(value) != HASH_BYTES for value in hashes):
            raise _malformed("a line of its path is no hash")
        return cls(int(index[1]), hashes, note, extra)

    def check(self, line: bytes, verifier: Verifier) -> Checkpoint:
        """Return the head under which `line` (without its newline) stands as entry `index`.

        NoteError as `open_note`; ProofError (proof_fails) if the line is not that entry under that head.
        """
        head = open_note(self.checkpoint, verifier)
        if not verify_inclusion(self.index, head.size, leaf_hash(line), self.hashes, head.root):
            raise ProofError(
                "proof_fails",
                f"This line is not entry {self.index} under the head of size {head.size}; fetch both again.",
            )
        return head


def _malformed(why: str) -> ProofError:
    return ProofError("proof_malformed", f"This is no proof file: {why}; copy it whole.")
