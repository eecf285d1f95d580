"""The head of the trail as a reader compares it: eight groups, the signed note as a QR code, the key and the command.

Checks the note's signature where a key is given; that the head fits the entries is the verifier's question.
"""

from __future__ import annotations

from dataclasses import dataclass

import segno
from markupsafe import Markup

from server.reports import ReportError
from server.trail.checkpoint import Checkpoint, open_note, short
from server.trail.note import NoteError, Verifier


@dataclass(frozen=True)
class Seal:
    """`groups` are four and four; `qr` holds the whole signed note."""

    origin: str
    size: int
    groups: tuple[str, ...]
    note: str
    vkey: str | None
    qr: Markup


def seal_of(note: str | None, vkey: str | None) -> Seal | None:
    """Read a signed head; None where there is none yet. ReportError (report_head) where it will not do."""
    if note is None:
        return None
    try:
        head = (
            Checkpoint.parse(note.partition("\n\n")[0] + "\n")
            if vkey is None
            else open_note(note, Verifier.parse(vkey))
        )
    except NoteError as fault:
        raise ReportError("report_head", f"The head to be printed will not do: {fault}") from None
    # trusted markup: segno writes paths of numbers only, whatever the note says
    drawn = segno.make(note, error="m", micro=False).svg_inline(border=3, omitsize=True, svgclass="qr", lineclass=None)
    return Seal(head.origin, head.size, tuple(short(head.root).split(" ")), note, vkey, Markup(drawn))
