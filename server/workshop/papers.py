"""Paper ballots: the letter that is printed beside their number. Pure; what stands on a paper is decided in `running`.

The letter is that of the number modulo 23, a prime, as on Spanish identity cards: every single wrong digit and every
swap of two neighbours changes it. Each workshop starts the row elsewhere, so that a sheet of another one, of its
rehearsal above all, is noticed.
"""

from __future__ import annotations

import hashlib

from server.workshop.rehearsals import rehearses

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"  # without I, L and O, which look like digits


def check_letter(workshop: str, ballot: int) -> str:
    """The letter of a ballot in its workshop."""
    return LETTERS[(ballot + _start(workshop)) % len(LETTERS)]


def _start(workshop: str) -> int:
    """Where the row of letters begins: for a rehearsal beside its workshop, never on the same letter."""
    own = rehearses(workshop)
    if own is not None:
        number = int(workshop.rpartition("-")[2])
        return _start(own) + 1 + (number - 1) % (len(LETTERS) - 1)
    return int.from_bytes(hashlib.sha256(workshop.encode()).digest()[:4])
