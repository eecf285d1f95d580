"""The Socket.IO server of the house: Flask-SocketIO's, fed by our sessions, and strict about what is a packet.

Owns what reaches an event: text packets of the kinds a client may send, in namespaces that exist, no faster than
allowed, and only events with an access rule. The one event that comes in masses has a lane past the library; whatever
is unusual about it takes the library's way. Never enters Flask's request context, and decides nothing.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Container, Iterable
from typing import Any

import gevent
import msgspec
from flask_socketio import SocketIO
from socketio import packet

from config import Settings
from server.live.rooms import BALLOT, NAMESPACES
from server.live.session import REASON, Monotonic, Session, pulse
from server.live.websocket import framed
from server.workshop.commands import PutAnswers
from server.workshop.refusals import Refusal

Event = tuple[str, str]  # namespace and name

log = logging.getLogger("mufakat.socketio")
log.setLevel(logging.WARNING)  # the libraries narrate every packet
RESERVED = ("connect", "disconnect", "*")  # the library's own, never a client's
LANE = re.compile(r'2/ballot,([0-9]{1,15})\["answers\.put",(?=\{.*\}\]\Z)', re.S)  # as every client writes it
PATIENCE_SECONDS = 10.0  # of events beyond the allowance, after which a socket is dropped


class MissingRule(Exception):
    """A socket event says nothing about who may send it; the server does not start."""

    code = "missing_rule"


class Json:
    """msgspec where python-socketio expects the json module."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return msgspec.json.encode(value).decode()

    @staticmethod
    def loads(text: str, **_: Any) -> Any:
        return msgspec.json.decode(text)


class Channel:
    """Socket.IO over our sessions; `server` is the python-socketio server on which events are registered."""

    def __init__(self, settings: Settings, clock: Monotonic) -> None:
        self.io = SocketIO()
        # The gate checks origins, and is the only door: Flask-SocketIO's own stays unbuilt.
        self.io.init_app(
            None, async_mode="gevent", async_handlers=False, transports=["websocket"], http_compression=False,
            cors_allowed_origins=list(settings.allowed_origins) or None, json=Json, monitor_clients=False,
            max_http_buffer_size=settings.max_message_bytes, logger=log, engineio_logger=log,
            namespaces=list(NAMESPACES),
        )  # fmt: skip
        self.server = self.io.server
        self.server.eio.on("message", self._message)
        self._clock, self._rate = clock, float(settings.events_per_second)
        self._lane_reader = msgspec.json.Decoder(PutAnswers)
        self.lane: Callable[[Session, int, PutAnswers], None]
        self.welcome: Callable[[Session, str], None] = lambda session, namespace: None  # after a namespace is entered

    def check(self, rules: Container[Event]) -> None:
        """MissingRule where a registered event has no access rule, naming all of them."""
        registered = {(space, name) for space, names in self.server.handlers.items() for name in names}
        bare = sorted(f"{name} in {space}" for space, name in registered if (space, name) not in rules)
        if bare:
            raise MissingRule(f"Give these socket events an access rule: {', '.join(bare)}.")

    def start(self) -> Any:
        """Let the sessions beat, in a greenlet of its own."""
        return gevent.spawn(pulse, self.server.eio, self._clock)

    def close(self) -> None:
        """End every session."""
        for session in list(self.server.eio.sockets.values()):
            session.close()

    # --- out ------------------------------------------------------------------------------------------------------

    def session(self, sid: str, namespace: str) -> Session:
        """The session behind a Socket.IO id; KeyError where it has gone."""
        found: Session = self.server.eio.sockets[self.server.manager.eio_sid_from_sid(sid, namespace)]
        return found

    def everybody(self, namespace: str) -> list[Session]:
        """The sessions in a namespace."""
        return self.members(namespace, None)

    def members(self, namespace: str, room: str | None) -> list[Session]:
        """The sessions in a room."""
        sockets = self.server.eio.sockets
        inside = self.server.manager.get_participants(namespace, room)
        return [sockets[eio_sid] for _, eio_sid in inside if eio_sid in sockets]

    def tell(self, sessions: Iterable[Session], namespace: str, event: str, told: Any) -> None:
        """Send one event to these sessions, encoded and framed once."""
        frame = framed(b'42%s,["%s",%s]' % (namespace.encode(), event.encode(), msgspec.json.encode(told)))
        for session in sessions:
            session.push(frame)

    def answer(self, session: Session, namespace: str, asking: int | None, told: Any) -> None:
        """Acknowledge the event that came with the number `asking`."""
        if asking is not None:
            session.push(framed(b"43%s,%d[%s]" % (namespace.encode(), asking, msgspec.json.encode(told))))

    # --- in -------------------------------------------------------------------------------------------------------

    def _message(self, eio_sid: str, text: str) -> None:
        session: Session = self.server.eio.sockets[eio_sid]
        if (found := LANE.match(text)) and self._in_lane(session, int(found[1]), text[found.end() : -1]):
            return
        try:
            got = packet.Packet(encoded_packet=text)
            space = got.namespace or "/"
            if got.packet_type == packet.EVENT:
                name, *payload = got.data
                if not isinstance(name, str) or name in RESERVED or len(payload) > 1:
                    raise ValueError(name)
        except (msgspec.MsgspecError, ValueError, TypeError, IndexError, RecursionError):
            session.refuse()
            return
        if not self._within_rate(session):
            self._hold_back(session, space, got.id)
        elif got.packet_type == packet.EVENT:
            session.asking = got.id
            self.server._handle_event(eio_sid, space, got.id, [name, *payload])
        elif got.packet_type == packet.CONNECT:
            self.server._handle_connect(eio_sid, space, got.data)
            if self.server.manager.sid_from_eio_sid(eio_sid, space):
                self.welcome(session, space)
        elif got.packet_type == packet.DISCONNECT:
            self.server._handle_disconnect(eio_sid, space, REASON.CLIENT_DISCONNECT)
        else:
            session.refuse()

    def _in_lane(self, session: Session, asking: int, payload: str) -> bool:
        """Take the one event that comes in masses past the library; False where anything about it is unusual."""
        if BALLOT not in session.session:
            return False
        try:
            record = self._lane_reader.decode(payload)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return False
        if self._within_rate(session):
            self.lane(session, asking, record)
        else:
            self._hold_back(session, BALLOT, asking)
        return True

    def _within_rate(self, session: Session) -> bool:
        now = self._clock.monotonic()
        filled = session.allowance + (now - session.allowed_at) * self._rate
        session.allowance, session.allowed_at = min(self._rate, filled) - 1.0, now
        return session.allowance >= 0.0

    def _hold_back(self, session: Session, space: str, asking: int | None) -> None:
        if session.allowance < -PATIENCE_SECONDS * self._rate:
            session.refuse()
            return
        refusal = Refusal("too_many_requests")
        told = {"ok": False, "code": refusal.code, "message": refusal.sentence(session.language)}
        self.answer(session, space, asking, told)
