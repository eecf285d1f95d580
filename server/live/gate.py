"""The door before Engine.IO: who may open a socket at all, found out before it costs anything.

Owns the checks of a handshake (WebSocket only, host, origin, pass, caps), each refusal a short HTTP answer, and hands
what passes over to a session. Everything that is not under /socket.io goes on to the web. Decides nothing about what a
session may do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

import engineio
import msgspec
from werkzeug.http import parse_cookie

from config import Settings
from server.live.presence import Held, Presence
from server.live.session import Monotonic, Session
from server.live.websocket import CONNECTION, WebSocket, answer_to, framed
from server.passes import Passes
from server.workshop.refusals import Refusal

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]

PATH = "/socket.io"
TRIAL = "/phone-check/socket"
HELLO = "mufakat"  # what the trial says
SMALLEST = 256  # bytes that a phone may send on trial
COOKIES = {"seat": "mufakat_seat", "staff": "mufakat_staff", "display": "mufakat_display"}
STATUS = {"malformed": 400, "wrong_host": 400, "not_signed_in": 401, "pass_revoked": 401, "wrong_origin": 403,
          "staff_elsewhere": 403, "too_many_requests": 429, "too_many_sockets": 503}  # fmt: skip
LANGUAGE = "mufakat_language"
RETRY_SECONDS = "5"


class Gate:
    """WSGI in front of the web and of Engine.IO.

    Parameters
    ----------
    web : WSGI application
        Gets every request that is not for the socket.
    server : engineio.Server
    settings, passes, presence, clock
        As everywhere.
    known_host : callable
        Whether a host (without its port, lower case) is one of ours.
    """

    def __init__(
        self, web: Wsgi, server: engineio.Server, settings: Settings, passes: Passes, presence: Presence,
        clock: Monotonic, known_host: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self._web, self._server, self._settings, self._known_host = web, server, settings, known_host
        self._passes, self._presence, self._clock = passes, presence, clock

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == TRIAL:
            return self._try(environ, start_response)
        if path != PATH and not path.startswith(PATH + "/"):
            return self._web(environ, start_response)
        try:
            query = parse_qs(environ.get("QUERY_STRING", ""))
            welcome = _check_transport(environ, query)
            _check_origin(environ, self._settings, self._known_host)
            if len(self._presence) >= self._settings.max_sockets:
                raise Refusal("too_many_sockets")
            held = self._identify(environ)
            self._check_seat(held)
        except Refusal as refusal:
            return _refused(refusal, environ, start_response, self._settings)
        self._serve(environ, held, welcome, _language(environ, self._settings))
        return ()

    def _try(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Open a WebSocket, say one word and close it: so a phone without a seat sees whether its network has one.

        No pass is needed because it holds and hears nothing; host, origin and the cap are looked at all the same.
        """
        try:
            welcome = _check_handshake(environ)
            if "HTTP_ORIGIN" not in environ:
                raise Refusal("wrong_origin")
            _check_origin(environ, self._settings, self._known_host)
            if len(self._presence) >= self._settings.max_sockets:
                raise Refusal("too_many_sockets")
        except Refusal as refusal:
            return _refused(refusal, environ, start_response, self._settings)
        connection, early = environ[CONNECTION].take_over()
        connection.sendall(welcome)
        websocket = WebSocket(connection, early, max_size=SMALLEST)
        websocket.send(framed(HELLO))
        websocket.close()
        websocket.receive()
        return ()

    def _serve(self, environ: Environ, held: dict[str, Held], welcome: bytes, language: str) -> None:
        connection, early = environ[CONNECTION].take_over()
        connection.sendall(welcome)
        environ.clear()  # it would live as long as the session, cookies and all
        websocket = WebSocket(connection, early, max_size=self._settings.max_message_bytes)
        session = Session(self._server, websocket, held, language, self._clock)
        self._presence.add(session)
        try:
            session.run()
        finally:
            self._presence.remove(session)

    # --- who ------------------------------------------------------------------------------------------------------

    def _identify(self, environ: Environ) -> dict[str, Held]:
        """Every valid pass that came along, by kind; Refusal where there is none."""
        held: dict[str, Held] = {}
        refused = Refusal("not_signed_in")
        for secret in _secrets(environ):
            try:
                identity = self._passes.who(secret)
                if identity.kind == "staff" and not (self._settings.staff_on_lan or _on_this_machine(environ)):
                    raise Refusal("staff_elsewhere")
            except Refusal as refusal:
                refused = refusal
            else:
                held[identity.kind] = Held(identity, secret)
        if not held:
            raise refused
        return held

    def _check_seat(self, held: dict[str, Held]) -> None:
        """A seat has few sockets. One too many makes the others prove that they still listen, for the next try."""
        if set(held) != {"seat"}:
            return
        identity = held["seat"].identity
        mine = self._presence.of_seat(identity.workshop or "", identity.seat or 0)
        if len(mine) >= self._settings.sockets_per_seat:
            for session in mine:
                session.probe()
            raise Refusal("too_many_requests")


# --- the request ------------------------------------------------------------------------------------------------------


def _check_transport(environ: Environ, query: dict[str, list[str]]) -> bytes:
    """The answer to a good handshake."""
    if query.get("EIO") != ["4"] or query.get("transport") != ["websocket"] or "sid" in query:
        raise Refusal("malformed", problem="ask for EIO=4 and transport=websocket")
    return _check_handshake(environ)


def _check_handshake(environ: Environ) -> bytes:
    answer = answer_to(environ)
    if answer.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
        raise Refusal("malformed", problem="this address takes WebSocket handshakes only")
    return answer.serialize()


def _check_origin(environ: Environ, settings: Settings, known_host: Callable[[str], bool]) -> None:
    """A page says where it comes from, and it must be ours; what says nothing is a program and shows its pass."""
    netloc = environ.get("HTTP_HOST", "").lower()
    host = netloc if netloc.endswith("]") else netloc.rsplit(":", 1)[0]
    if not known_host(host):
        raise Refusal("wrong_host")
    origin = environ.get("HTTP_ORIGIN")
    if origin is None:
        if "HTTP_AUTHORIZATION" not in environ:
            raise Refusal("not_signed_in")
    elif urlsplit(origin.lower()).netloc != netloc and origin.lower() not in settings.allowed_origins:
        raise Refusal("wrong_origin")


def _secrets(environ: Environ) -> list[str]:
    bearer = environ.get("HTTP_AUTHORIZATION")
    if bearer is not None:
        scheme, _, secret = bearer.partition(" ")
        return [secret.strip()] if scheme.lower() == "bearer" else []
    cookies = parse_cookie(environ)
    return [cookies[name] for name in COOKIES.values() if cookies.get(name)]


def _language(environ: Environ, settings: Settings) -> str:
    """As on pages: `?language=`, else what this browser chose, else what it likes best, else the house's own."""
    asked = parse_qs(environ.get("QUERY_STRING", "")).get("language", [""])[0]
    chosen = parse_cookie(environ).get(LANGUAGE, "")
    liked = environ.get("HTTP_ACCEPT_LANGUAGE", "")[:2].lower()
    return next((known for known in (asked, chosen, liked) if known in ("id", "en")), settings.language)


def _on_this_machine(environ: Environ) -> bool:
    forwarded = any(name in environ for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"))
    return not forwarded and environ.get("REMOTE_ADDR", "").removeprefix("::ffff:").startswith(("127.", "::1"))


def _refused(
    refusal: Refusal, environ: Environ, start_response: StartResponse, settings: Settings
) -> Iterable[bytes]:
    status = HTTPStatus(STATUS[refusal.code])
    detail = refusal.sentence(_language(environ, settings))
    told = {"type": f"/api/v1/docs#{refusal.code}", "title": refusal.code.replace("_", " ").capitalize(),
            "status": status.value, "code": refusal.code, "detail": detail}  # fmt: skip
    body = msgspec.json.encode(told)
    headers = [("Content-Type", "application/problem+json"), ("Content-Length", str(len(body))),
               ("Connection", "close")]  # fmt: skip
    if status == HTTPStatus.UNAUTHORIZED:
        headers.append(("WWW-Authenticate", 'Bearer realm="mufakat"'))
    elif status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        headers.append(("Retry-After", RETRY_SECONDS))
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
