"""Socket events in, commands out: who may send what, strictly decoded, answered once it is on the disk.

Owns the table of events and their access rules, and the translation between messages and the engine. No rule of the
workshop lives here, and Flask's request context is never entered.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from socketio.exceptions import ConnectionRefusedError as Refused

from server.engine import Engine
from server.live import rooms
from server.live.channel import Channel, Event
from server.live.nudges import Nudges
from server.live.presence import Presence
from server.live.rooms import BALLOT, CONSOLE, DISPLAY, HALL
from server.live.session import Session
from server.live.snapshots import Snapshots, place
from server.passes import Identity, Passes
from server.workshop.commands import AnyCommand, GroupCommand, PutAnswers
from server.workshop.refusals import Refusal

log = logging.getLogger("mufakat.live")

RULES: dict[Event, tuple[str, ...]] = {
    (BALLOT, "connect"): ("seat",),
    (BALLOT, "disconnect"): ("seat",),
    (BALLOT, "sync"): ("seat",),
    (BALLOT, "answers.put"): ("seat",),
    (BALLOT, "*"): ("seat",),
    (CONSOLE, "connect"): ("staff",),
    (CONSOLE, "disconnect"): ("staff",),
    (CONSOLE, "sync"): ("staff",),
    (CONSOLE, "command"): ("staff",),
    (CONSOLE, "nudge"): ("staff",),
    (CONSOLE, "*"): ("staff",),
    (DISPLAY, "connect"): ("display", "staff"),
    (DISPLAY, "disconnect"): ("display", "staff"),
    (DISPLAY, "sync"): ("display", "staff"),
    (DISPLAY, "*"): ("display", "staff"),
}
MOST_ANSWERS = 64
WATCHERS = ("organiser", "facilitator", "observer")
_SHOWS_STATE = ("stale", "lease_held", "wrong_phase", "being_assessed", "nothing_to_open")


class Sync(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number of the last message that was seen."""

    since: int = -1


class Wanted(msgspec.Struct, frozen=True):
    """What a console or display asks for on connecting; other fields are the client's own affair.

    `group`: a display stands for this group instead of the whole hall.
    """

    workshop: str | None = None
    group: str | None = None


class Nudge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The group whose phones are reminded."""

    group: str


class Joined(NamedTuple):
    """Where a session stands in one namespace; `group` is that of a seat, or the one a display stands for."""

    sid: str
    workshop: str
    group: str | None
    kind: str
    who: Identity


class Handlers:
    """The events of the three namespaces, registered on the python-socketio server."""

    def __init__(
        self, channel: Channel, engine: Engine, passes: Passes, snapshots: Snapshots, presence: Presence,
        nudges: Nudges,
    ) -> None:  # fmt: skip
        self._channel, self._engine, self._passes = channel, engine, passes
        self._snapshots, self._presence, self._nudges = snapshots, presence, nudges
        self.stirred: Callable[[str], None] = lambda workshop: None  # told when progress may have changed
        channel.welcome, channel.lane = self._welcome, self._offer
        for namespace in rooms.NAMESPACES:
            self._on(namespace, "connect", lambda sid, environ, auth, space=namespace: self._connect(space, sid, auth))
            self._on(namespace, "disconnect", lambda sid, reason, space=namespace: self._left(space, sid))
            unknown = self._answering(namespace, self._unknown)
            self._on(namespace, "*", lambda event, sid, *payload, answer=unknown: answer(sid))
            self._on(namespace, "sync", self._answering(namespace, self._sync))
        self._on(CONSOLE, "command", self._answering(CONSOLE, self._command))
        self._on(CONSOLE, "nudge", self._answering(CONSOLE, self._nudge))
        self._on(BALLOT, "answers.put", self._answering(BALLOT, self._put))

    def _on(self, namespace: str, event: str, handler: Callable[..., Any]) -> None:
        self._channel.server.on(event, handler, namespace=namespace)

    # --- coming and going -----------------------------------------------------------------------------------------

    def _connect(self, namespace: str, sid: str, auth: Any) -> None:
        session = self._channel.session(sid, namespace)
        try:
            wanted = _read(auth if isinstance(auth, dict) else {}, Wanted)
            kind, who = self.who(session, RULES[namespace, "connect"])
            workshop = who.workshop or wanted.workshop or self._only_workshop()
            state = self._engine.state(workshop)
            group = state.seats[place(who)[1]].group if kind == "seat" else None
            if namespace == DISPLAY and wanted.group in state.groups:
                group = wanted.group
        except Refusal as refusal:
            raise Refused(refusal.sentence(session.language), {"code": refusal.code}) from None
        session.session[namespace] = Joined(sid, workshop, group, kind, who)
        room = {BALLOT: rooms.ballots(workshop, group or ""), CONSOLE: rooms.staff(workshop),
                DISPLAY: rooms.hall(workshop)}[namespace]  # fmt: skip
        self._channel.server.manager.enter_room(sid, namespace, room)
        if namespace == DISPLAY:
            self.stirred(workshop)  # consoles are told which displays there are

    def _left(self, namespace: str, sid: str) -> None:
        self._channel.session(sid, namespace).session.pop(namespace, None)

    def who(self, session: Session, kinds: tuple[str, ...]) -> tuple[str, Identity]:
        """The kind of pass that admits a session, and whom the pass stands for today; Refusal."""
        refused = Refusal("not_allowed", allowed=" / ".join(kinds))
        for kind in kinds:
            if held := session.passes.get(kind):
                try:
                    who = self._passes.who(held.secret)
                    if who.role == "officer":  # paper ballots have a page of their own, and nothing else is theirs
                        raise Refusal("not_allowed", allowed=" / ".join(WATCHERS))
                    return kind, who
                except Refusal as refusal:
                    refused = refusal
        raise refused

    def _only_workshop(self) -> str:
        known = self._engine.workshops()
        if len(known) != 1:
            raise Refusal("unknown_workshop", workshop="?")
        return known[0].id

    def _welcome(self, session: Session, namespace: str) -> None:
        try:
            self._show(session, namespace)
        except Refusal:
            session.close()

    def show(self, session: Session, namespace: str) -> int:
        """Send a session the snapshot of its screen, as far as its pass reaches now: the snapshot's number; Refusal."""
        joined: Joined = session.session[namespace]
        self.who(session, (joined.kind,))
        return self._show(session, namespace)

    def _show(self, session: Session, namespace: str) -> int:
        joined: Joined = session.session[namespace]
        number, shown = self.picture(namespace, joined, session.language)
        self._channel.tell((session,), namespace, "snapshot", shown)
        return number

    def picture(self, namespace: str, joined: Joined, language: str) -> tuple[int, Any]:
        """The number and the snapshot of a screen: of one seat's ballot, else the same for all who share a language."""
        if namespace == BALLOT:
            shown = self._snapshots.ballot(joined.who, language)
            return shown.n, shown
        if namespace == CONSOLE:
            connected = list(self._presence.connected(joined.workshop))
            told = self._snapshots.console(joined.workshop, connected, self.displays(joined.workshop), language)
            return told["n"], told
        shown = self._snapshots.display(joined.workshop, language)
        return shown.n, shown

    def displays(self, workshop: str) -> dict[str, int]:
        """How many displays are connected, by the group they stand for, or `workshop` for the whole hall."""
        screens = self._channel.members(DISPLAY, rooms.hall(workshop))
        stand = [screen.session[DISPLAY].group or HALL for screen in screens if DISPLAY in screen.session]
        return dict(Counter(stand))

    # --- events ---------------------------------------------------------------------------------------------------

    def _answering(self, namespace: str, handle: Callable[..., Any]) -> Callable[..., Any]:
        """A handler whose refusals are answers, and whose faults are logged and told as nothing but `internal`."""

        def handler(sid: str, payload: Any = None) -> Any:
            session = self._channel.session(sid, namespace)
            try:
                return handle(session, namespace, payload)
            except Refusal as refusal:
                return _refused(refusal, session.language)
            except Exception:
                log.exception("an event of %s failed", namespace)
                return _refused(Refusal("internal"), session.language)

        return handler

    def _unknown(self, session: Session, namespace: str, payload: Any) -> Any:
        raise Refusal("malformed", problem="there is no such event")

    def _sync(self, session: Session, namespace: str, payload: Any) -> dict[str, Any]:
        asked = _read({} if payload is None else payload, Sync)
        joined: Joined = session.session[namespace]
        self._engine.look(joined.workshop)
        number = self._snapshots.number(namespace, joined.workshop, joined.group)
        if asked.since != number:
            number = self.show(session, namespace)
        return {"ok": True, "n": number}

    def _put(self, session: Session, namespace: str, payload: Any) -> Any:
        given = payload.get("answers") if isinstance(payload, dict) else None
        if isinstance(given, list) and len(given) > MOST_ANSWERS:
            raise Refusal("too_many_answers", count=len(given))
        self._offer(session, session.asking, _read(payload, PutAnswers))
        return self._channel.server.not_handled  # the acknowledgement follows the commit

    def _offer(self, session: Session, asking: int | None, put: PutAnswers) -> None:
        workshop, seat = place(session.passes["seat"].identity)
        language = session.language

        def told(reply: dict[str, Any] | None, fault: Exception | None) -> None:
            if reply is None:
                refusal = fault if isinstance(fault, Refusal) else Refusal("internal")
                reply = _refused(refusal, language)
            self._channel.answer(session, BALLOT, asking, reply)

        try:
            self._engine.offer_answers(workshop, seat, put, language, told)
        except Refusal as refusal:  # the engine is stopping
            told(None, refusal)
        self.stirred(workshop)

    def _nudge(self, session: Session, namespace: str, payload: Any) -> dict[str, Any]:
        asked = _read(payload, Nudge)
        _, who = self.who(session, ("staff",))
        return self._nudges.nudge(session.session[namespace].workshop, who, asked.group)

    def _command(self, session: Session, namespace: str, payload: Any) -> dict[str, Any]:
        workshop = session.session[namespace].workshop
        order: Any = _read(payload, AnyCommand)
        _, who = self.who(session, ("staff",))
        try:
            told = {"ok": True, **self._engine.submit(workshop, who.actor, order)}
            self.stirred(workshop)  # who is in control is not in the trail, so no commit tells it
            return told
        except Refusal as refusal:
            return _refused(refusal, session.language) | self._as_it_stands(workshop, order, refusal, session)

    def _as_it_stands(self, workshop: str, order: Any, refusal: Refusal, session: Session) -> dict[str, Any]:
        """What a loser of a race needs to decide again: the version, and the state where it is not what was thought."""
        state = self._engine.state(workshop)
        group = state.groups.get(order.group) if isinstance(order, GroupCommand) else None
        told: dict[str, Any] = {"version": group.version if group else state.version}
        if refusal.code in _SHOWS_STATE:
            told["state"] = self._snapshots.console(workshop, [], {}, session.language)["state"]
        return told


def _read(payload: Any, kind: Any) -> Any:
    try:
        return msgspec.convert(payload, kind)
    except (msgspec.ValidationError, RecursionError) as fault:
        raise Refusal("malformed", problem=str(fault).rstrip(".") or "the JSON is too deep") from None


def _refused(refusal: Refusal, language: str) -> dict[str, Any]:
    return {"ok": False, "code": refusal.code, "message": refusal.sentence(language)}
