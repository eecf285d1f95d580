"""Who is connected: the open sessions of each seat, and how many there are in all. Memory of this process only; it
decides nothing and tells nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from server.live.session import Session
from server.passes import Identity


@dataclass(frozen=True, slots=True)
class Held:
    """A pass as it came with the handshake: whom it stood for then, and the secret, to ask again later."""

    identity: Identity
    secret: str


Place = tuple[str, int]  # workshop and seat


class Presence:
    """The sessions of this process by seat."""

    def __init__(self) -> None:
        self._all: set[Session] = set()
        self._seats: dict[Place, set[Session]] = {}
        self.changed: Callable[[str], None] = lambda workshop: None  # told when a seat comes or goes

    def __len__(self) -> int:
        return len(self._all)

    def add(self, session: Session) -> None:
        self._all.add(session)
        if place := _place(session):
            self._seats.setdefault(place, set()).add(session)
            self.changed(place[0])

    def remove(self, session: Session) -> None:
        self._all.discard(session)
        if (place := _place(session)) and (mine := self._seats.get(place)):
            mine.discard(session)
            if not mine:
                del self._seats[place]
                self.changed(place[0])

    def of_seat(self, workshop: str, seat: int) -> tuple[Session, ...]:
        """The open sessions of a seat."""
        return tuple(self._seats.get((workshop, seat), ()))

    def connected(self, workshop: str) -> Iterable[int]:
        """The seats of a workshop that have an open session, in order."""
        return sorted(seat for where, seat in self._seats if where == workshop)


def _place(session: Session) -> Place | None:
    held = session.passes.get("seat")
    if held is None or held.identity.workshop is None or held.identity.seat is None:
        return None
    return held.identity.workshop, held.identity.seat
