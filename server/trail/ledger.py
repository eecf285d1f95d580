"""A trail and the present folded from it, side by side: what may be added, and what it then is.

Owns the one step from drafts to lines, and from lines read back to the same state and edge. Never stores a line and
never decides what is drafted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from server.trail.commitment import Opening
from server.trail.entries import Entry, Remembered, open_contents, read, seal
from server.trail.tree import Edge, leaf_hash
from server.workshop.fold import apply
from server.workshop.given import Draft
from server.workshop.state import State


class Written(msgspec.Struct, frozen=True):
    """An entry about to be stored: its line, the hashes its leaf completes (joined, level 0 first), its openings."""

    remembered: Remembered
    line: bytes
    nodes: bytes
    openings: tuple[Opening, ...]

    @property
    def entry(self) -> Entry:
        return self.remembered.entry


class Ledger(msgspec.Struct, frozen=True):
    """One workshop up to some entry: the state its entries fold into, and the right edge of their tree."""

    state: State = State()
    edge: Edge = Edge()

    @property
    def size(self) -> int:
        return self.edge.size

    def write(
        self, drafts: Sequence[Draft], *, at: str, by: str, random_bytes: Callable[[int], bytes]
    ) -> tuple[Ledger, tuple[Written, ...]]:
        """Add drafts: the ledger after them and what is to be stored. The state is folded from the lines as written.

        EntryError and CanonicalError as `entries.seal`; ImpossibleHistory where an entry cannot follow.
        """
        after, written = self, []
        for draft in drafts:
            line, _, openings = seal(draft, seq=after.size, at=at, by=by, random_bytes=random_bytes)
            after, new = after.read(line, openings)
            written.append(new)
        return after, tuple(written)

    def read(self, line: bytes, openings: Sequence[Opening]) -> tuple[Ledger, Written]:
        """Fold one stored line, with those of its openings that still stand.

        EntryError and CanonicalError as `entries.read`; ImpossibleHistory where it cannot follow.
        """
        contents: Mapping[str, Any] = {opening.name: opening.content for opening in openings}
        remembered = open_contents(read(line), contents)
        edge, completed = self.edge.append(leaf_hash(line))
        state = apply(self.state, remembered.entry, remembered.contents)
        return Ledger(state, edge), Written(remembered, line, b"".join(completed), tuple(openings))
