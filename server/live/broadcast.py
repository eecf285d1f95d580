"""What was committed, told to whoever may hear it: numbered changes, fresh pictures, and progress at 2 Hz at most.

Owns the order and the audience of what goes out by itself. Everything passes through `visibility`, and each receiver is
looked at again when something is sent to it. Never asks the workshop for anything but its present.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import gevent
import msgspec
from gevent.event import Event as Signal
from gevent.queue import SimpleQueue

from server import visibility
from server.desk import Desk
from server.engine import Engine
from server.live import rooms
from server.live.channel import Channel
from server.live.handlers import Handlers, Joined
from server.live.presence import Presence
from server.live.rooms import BALLOT, CONSOLE, DISPLAY
from server.live.session import Session
from server.workshop.refusals import Refusal

log = logging.getLogger("mufakat.live")

PROGRESS_SECONDS = 0.5
LOOK_SECONDS = 2.0  # after which progress is looked at although this process saw no answer come


class Broadcast:
    """Listens to the engine, and tells.

    `channel`, `handlers` and `presence` are those of the same process.
    """

    def __init__(
        self, channel: Channel, engine: Engine, desk: Desk, handlers: Handlers, presence: Presence
    ) -> None:
        self._channel, self._engine, self._desk = channel, engine, desk
        self._handlers, self._presence = handlers, presence
        self._committed: SimpleQueue[tuple[str, Any, Sequence[Any]]] = SimpleQueue()
        self._moved: set[str] = set()  # workshops whose progress may have changed
        self._stirred = Signal()
        self._last: dict[tuple[str, str], bytes] = {}
        engine.subscribe(self._hear)
        handlers.stirred = self.stir
        presence.changed = self.stir
        desk.changed = self.stir

    def start(self) -> list[Any]:
        """The greenlets that tell; they run until they are killed."""
        return [gevent.spawn(self._tell_on), gevent.spawn(self._progress_on)]

    def stir(self, workshop: str) -> None:
        """Somebody answered, came or went."""
        self._moved.add(workshop)
        self._stirred.set()

    # --- what happened --------------------------------------------------------------------------------------------

    def _hear(self, workshop: str, told: list[Any]) -> None:
        """After a commit, in the engine's writer: remember, and let it go on."""
        self._committed.put((workshop, self._engine.state(workshop), [remembered.entry for remembered in told]))

    def _tell_on(self) -> None:
        while True:
            workshop, state, entries = self._committed.get()
            try:
                self.tell(workshop, state, entries)
            except Exception:
                log.exception("what happened in %s was not told", workshop)

    def tell(self, workshop: str, state: Any, entries: Sequence[Any]) -> None:
        """Tell every channel of a workshop what has just been committed, `state` being the one after it."""
        for entry in entries:
            if entry.kind in ("seat.moved", "seat.revoked", "seat.taken"):
                self._reseat(workshop, state, entry)
        for group in state.groups:
            self._tell_ballots(workshop, group, visibility.ballot_changes(state, group, entries), state, entries)
        self._tell_screens(CONSOLE, rooms.staff(workshop), visibility.staff_changes(state, entries))
        self._tell_screens(DISPLAY, rooms.hall(workshop), visibility.hall_changes(state, entries))
        self.stir(workshop)

    def _reseat(self, workshop: str, state: Any, entry: Any) -> None:
        """End the sockets of a seat whose pass has ended, or that votes in another group now."""
        seat, kind = entry.body.seat, "revoked" if entry.kind == "seat.revoked" else "moved"
        for session in self._presence.of_seat(workshop, seat):
            joined: Joined | None = session.session.get(BALLOT)
            try:
                self._handlers.who(session, ("seat",))
            except Refusal:
                if joined is not None:
                    n = visibility.ballots_number(state, joined.group or "")
                    self._channel.tell((session,), BALLOT, "change", {"n": n, "kind": kind})
                session.close()
            else:
                if joined is not None and joined.group != state.seats[seat].group:
                    session.close()  # it comes back at once, to the ballot of its new group

    def _tell_ballots(
        self, workshop: str, group: str, changes: Iterable[Any], state: Any, entries: Sequence[Any]
    ) -> None:
        listening = self._listening(rooms.ballots(workshop, group), state)
        if not listening:
            return
        for change in changes:
            if change.kind == "disclosed" and change.round is not None:
                self._tell_receipts(workshop, change, listening)
            else:
                self._channel.tell(listening, BALLOT, "change", change)

    def _listening(self, room: str, state: Any) -> list[Session]:
        """The phones of a room whose seat is still theirs."""
        found = []
        for session in self._channel.members(BALLOT, room):
            seat = state.seats.get(session.passes["seat"].identity.seat)
            if seat is not None and seat.status != "revoked" and rooms.ballots(state.workshop, seat.group) == room:
                found.append(session)
        return found

    def _tell_receipts(self, workshop: str, change: Any, listening: list[Session]) -> None:
        """The ballots are in the trail: to each phone where its own stands, its tracker, and the signed head."""
        receipts = self._engine.receipts(workshop, change.group, change.round)
        head = self._engine.head(workshop)
        plain = msgspec.to_builtins(change) | {"head": head.note if head else None}
        for session in listening:
            seq, tracker = receipts.get(session.passes["seat"].identity.seat, (None, None))
            self._channel.tell((session,), BALLOT, "change", plain | {"seq": seq, "tracker": tracker})

    def _tell_screens(self, namespace: str, room: str, changes: Sequence[Any]) -> None:
        """Consoles and displays: what happened, then how it stands, as far as each pass reaches now."""
        pictures: dict[str, msgspec.Raw] = {}  # by language, painted once for all screens
        for session in self._channel.members(namespace, room) if changes else ():
            self._guarded(session, namespace, partial(self._show_changes, session, namespace, changes, pictures))

    def _show_changes(
        self, session: Session, namespace: str, changes: Sequence[Any], pictures: dict[str, msgspec.Raw]
    ) -> None:
        for change in changes:
            self._channel.tell((session,), namespace, "change", change)
        if session.language not in pictures:
            _, shown = self._handlers.picture(namespace, session.session[namespace], session.language)
            pictures[session.language] = msgspec.Raw(msgspec.json.encode(shown))
        self._channel.tell((session,), namespace, "snapshot", pictures[session.language])

    def _guarded(self, session: Session, namespace: str, send: Callable[[], Any]) -> None:
        """Send if the pass still holds; else say so and end the session."""
        joined: Joined = session.session[namespace]
        try:
            self._handlers.who(session, (joined.kind,))
            send()
        except Refusal:
            self._channel.tell((session,), namespace, "change", {"n": 0, "kind": "revoked"})
            session.close()

    # --- who is how far -------------------------------------------------------------------------------------------

    def _progress_on(self) -> None:
        while True:
            self._stirred.wait(LOOK_SECONDS)
            self._stirred.clear()
            moved, self._moved = self._moved, set()
            for workshop in moved or self._watched():
                try:
                    self._tell_progress(workshop)
                except Exception:
                    log.exception("the progress of %s was not told", workshop)
            gevent.sleep(PROGRESS_SECONDS)

    def _watched(self) -> set[str]:
        """Workshops that some console or display looks at."""
        spaces = (space for space in (CONSOLE, DISPLAY))
        return {
            joined.workshop
            for space in spaces
            for session in self._channel.everybody(space)
            if (joined := session.session.get(space))
        }

    def _tell_progress(self, workshop: str) -> None:
        staff = self._channel.members(CONSOLE, rooms.staff(workshop))
        hall = self._channel.members(DISPLAY, rooms.hall(workshop))
        if not staff and not hall:
            return
        told = self._engine.progress(workshop)
        n = visibility.hall_number(self._engine.state(workshop))
        connected = list(self._presence.connected(workshop))
        kept = self._desk.kept(workshop)
        self._send_progress(CONSOLE, workshop, staff, {
            "n": n, "groups": told, "connected": connected, "leases": self._engine.leases(workshop),
            "displays": self._handlers.displays(workshop), "shows": kept.shows, "notes": kept.notes,
        })  # fmt: skip
        totals = visibility.hall_progress(told)
        self._send_progress(DISPLAY, workshop, hall, {
            "n": n, "groups": totals, "connected": len(connected), "shows": kept.shows,
        })  # fmt: skip

    def _send_progress(self, namespace: str, workshop: str, screens: Iterable[Session], told: Any) -> None:
        encoded = msgspec.json.encode(told)
        if self._last.get((namespace, workshop)) == encoded:
            return
        self._last[namespace, workshop] = encoded
        for session in screens:
            send = partial(self._channel.tell, (session,), namespace, "progress", msgspec.Raw(encoded))
            self._guarded(session, namespace, send)
