"""An older copy of a trail goes on under a new name, because later heads were published under the one it had.

Owns the entry that says so and the heads signed anew. Never decides that a copy is older (`trails.behind` does), and
never lowers or raises a mark.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection

from server.storage import lines, trails
from server.trail.checkpoint import Checkpoint, open_note, sign
from server.trail.highwater import HighWater
from server.trail.keys import SigningKey
from server.trail.ledger import Ledger
from server.trail.names import numbered
from server.trail.note import Verifier
from server.trail.origins import Continued, current
from server.workshop.events import OriginContinued
from server.workshop.given import SERVER, WORKSHOP, Draft


class Cited(NamedTuple):
    """The last head published before, as far as it is known: its note, and the key that signed it under its name."""

    note: str
    verifier: Verifier


def cite(head: Checkpoint, key: SigningKey) -> Cited:
    """A head that this key has signed before; the same text gets the same signature again (RFC 8032)."""
    signer = key.signer(head.origin)
    return Cited(sign(head, signer), signer.verifier)


def go_on(
    connection: Connection, workshop: str, ledger: Ledger, cited: Cited, key: SigningKey, marks: HighWater, *, at: str,
    draw: Callable[[int], bytes],
) -> tuple[Checkpoint, Continued]:  # fmt: skip
    """Append the entry that cites the head, sign every earlier head of the copy under the new name, and then its own.

    The caller raises the mark to the returned head after the commit. TrailError as `trails.sign_head`.
    """
    was = max(current(ledger.state), cited.verifier.name, key=lambda origin: numbered(origin).number)
    body = OriginContinued(origin=numbered(was).next(), head=cited.note, key=cited.verifier.vkey)
    after, written = ledger.write((Draft(body, WORKSHOP),), at=at, by=SERVER.by, random_bytes=draw)
    lines.append(connection, workshop, written)
    _sign_anew(connection, workshop, body.origin, key, Verifier(current(ledger.state), cited.verifier.public))
    head = trails.sign_head(connection, workshop, after, key, marks, at)
    return head, Continued(ledger.size, body.origin, open_note(cited.note, cited.verifier), cited.verifier)


def _sign_anew(connection: Connection, workshop: str, origin: str, key: SigningKey, former: Verifier) -> None:
    """A bundle has one key and one name: heads of the same tree get a signature under the name it now has."""
    for head in lines.all_heads(connection, workshop):
        stood = open_note(head.note, former)
        note = sign(Checkpoint(origin, stood.size, stood.root), key.signer(origin))
        lines.resign_head(connection, workshop, head.size, note)
