"""Where an older copy of a trail goes on under a new name: the entry that says so, read and held to its signature.

Owns the question under which name a trail is signed. Never decides that it must go on under a new one
(`storage.continuing` does), and never signs.
"""

from typing import NamedTuple

from server.trail import TrailError
from server.trail.checkpoint import Checkpoint, open_note, origin_of
from server.trail.names import numbered
from server.trail.note import Verifier
from server.workshop.events import OriginContinued
from server.workshop.state import State


class Continued(NamedTuple):
    """Where a trail went on under a new name: the entry that says so, that name, and the head it cites."""

    seq: int
    origin: str
    former: Checkpoint
    verifier: Verifier

    def ends(self, origin: str) -> bool:
        """Whether this is where heads of that origin, an earlier name of the same trail, ended."""
        old, new = numbered(origin), numbered(self.origin)
        return old.first == new.first and old.number < new.number

    @property
    def sentence(self) -> str:
        """What a reader must know of it."""
        lost = max(0, self.former.size - self.seq)
        after = f"; the last {lost} of them are not here" if lost else ""
        return (
            f"Restored from a backup at entry {self.seq} and signed as {self.origin} since; the last head published as "
            f"{self.former.origin} covers {self.former.size} entries{after}."
        )


def current(state: State) -> str:
    """The origin of the trail that folds to this state; NoteError (origin) for an id that no origin can bear."""
    return state.origin or origin_of(state.workshop)


def check_continued(before: str, body: OriginContinued, seq: int) -> Continued:
    """Read entry `seq`, by which a trail leaves the name `before`.

    TrailError (origin_continued, or as Verifier.parse and open_note) unless the new name is a later one of the same
    trail, and the head is one that the key beside it signed under this or a later name than `before`.
    """
    verifier = Verifier.parse(body.key)
    old, cited, new = numbered(before), numbered(verifier.name), numbered(body.origin)
    if not old.first == cited.first == new.first or not old.number <= cited.number < new.number:
        raise TrailError("origin_continued", f"{body.origin} cannot follow {before} with a head of {verifier.name}.")
    return Continued(seq, body.origin, open_note(body.head, verifier), verifier)
