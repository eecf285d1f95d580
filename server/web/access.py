"""Who may call what: every route names it with `rule`, one guard holds it, and a route without a rule stops the start.

Owns host, origin and content checks, the cookies, and the reading of passes. Never decides what a role may do inside
a workshop (the rules do) nor what it may see (`visibility` does).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request

from server.passes import Identity
from server.web import languages
from server.web.services import services
from server.workshop.refusals import Refusal

F = TypeVar("F", bound=Callable[..., Any])

STAFF = ("organiser", "facilitator", "officer", "observer")
WATCHERS = ("organiser", "facilitator", "observer")  # `staff` in a rule: an officer sees paper ballots and is named
WHO = ("anyone", "operator", "seat", "display", "staff", *STAFF)
COOKIES = {"seat": "mufakat_seat", "staff": "mufakat_staff", "display": "mufakat_display"}
DEVICE = "mufakat_device"
YEAR = 365 * 24 * 3600
SAFE = ("GET", "HEAD", "OPTIONS")


class MissingRule(Exception):
    """A route says nothing about who may call it; the server does not start."""

    code = "missing_rule"


def rule(*who: str) -> Callable[[F], F]:
    """Name everybody who may call a view: `anyone`, `operator`, `seat`, `display`, `staff`, or roles of staff.

    `staff` are those who watch a whole workshop; an officer, who handles paper ballots alone, is named beside them.
    """
    unknown = set(who) - set(WHO)
    if unknown or not who:
        raise MissingRule(f"rule takes some of {', '.join(WHO)}, not {', '.join(sorted(unknown)) or 'nothing'}.")

    def mark(view: F) -> F:
        view.who = who  # type: ignore[attr-defined]  # functions carry what routes must say about themselves
        return view

    return mark


def who_may(view: Any) -> tuple[str, ...]:
    """Whom a view names; empty where it says nothing."""
    who: tuple[str, ...] = getattr(view, "who", ())
    return who


def install(app: Flask) -> None:
    """Put the guard before every call."""
    app.before_request(_guard)


def check_routes(app: Flask) -> None:
    """Refuse to start with a route that nobody has given a rule: MissingRule, naming all of them."""
    bare = sorted(
        f"{route.rule} ({route.endpoint})"
        for route in app.url_map.iter_rules()
        if not who_may(app.view_functions[route.endpoint])
    )
    if bare:
        raise MissingRule(f"Give these routes an access rule with @rule(...): {', '.join(bare)}.")


def _guard() -> None:
    settings = services().settings
    g.language = languages.of_call(settings.language)
    if not services().addresses.known_host(_host(request.host)):
        raise Refusal("wrong_host")
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return  # no such address: Flask says so
    _check_origin()
    who = who_may(view)
    if who == ("anyone",):
        if getattr(view, "staff_door", False):
            _check_machine()
        return
    if who == ("operator",):
        if not _on_this_machine():
            g.identity = _identify(("organiser",))
        return
    g.identity = _identify(tuple(role for name in who for role in (WATCHERS if name == "staff" else (name,))))


# --- where a call comes from ------------------------------------------------------------------------------------------


def _host(netloc: str) -> str:
    """The host without its port."""
    return netloc.rsplit(":", 1)[0].lower() if not netloc.endswith("]") else netloc.lower()


def _check_origin() -> None:
    """A page of another site may not give orders; a browser says where a page comes from, a program says nothing."""
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    if origin is not None:
        same = urlsplit(origin).netloc.lower() == request.host.lower()
        if not same and origin.lower() not in services().settings.allowed_origins:
            raise Refusal("wrong_origin")
    elif request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Refusal("wrong_origin")


def _on_this_machine() -> bool:
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return not forwarded and (request.remote_addr or "").removeprefix("::ffff:").startswith(("127.", "::1"))


def _check_machine() -> None:
    if not services().settings.staff_on_lan and not _on_this_machine():
        raise Refusal("staff_elsewhere")


# --- who calls --------------------------------------------------------------------------------------------------------


def _identify(roles: tuple[str, ...]) -> Identity:
    """The identity behind the pass, read from the database on every call; Refusal where it may not call this."""
    bearer = request.headers.get("Authorization", "")
    if bearer:
        scheme, _, secret = bearer.partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise Refusal("not_signed_in")
        g.secret = secret.strip()
        return _allowed(services().passes.who(g.secret), roles)
    refused: Refusal | None = None
    for kind in ("staff", "display", "seat"):
        secret = request.cookies.get(COOKIES[kind], "")
        if not secret or not any(_kind(role) == kind for role in roles):
            continue
        try:
            identity = _allowed(services().passes.who(secret), roles)
        except Refusal as refusal:
            refused = refused or refusal
            continue
        _check_cookie_call()
        g.secret = secret
        return identity
    raise refused or Refusal("not_signed_in" if not any(map(request.cookies.get, COOKIES.values())) else "not_allowed",
                             allowed=" / ".join(roles))  # fmt: skip


def _kind(role: str) -> str:
    return "staff" if role in STAFF else role


def _allowed(identity: Identity, roles: tuple[str, ...]) -> Identity:
    if (identity.role if identity.kind == "staff" else identity.kind) not in roles:
        raise Refusal("not_allowed", allowed=" / ".join(roles))
    if identity.kind == "staff":
        _check_machine()
    return identity


def _check_cookie_call() -> None:
    """A cookie travels by itself, so an order that comes with one must say that it comes from our own page."""
    if request.method not in SAFE and not ("Origin" in request.headers or "Sec-Fetch-Site" in request.headers):
        raise Refusal("wrong_origin")


def set_pass(response: Response, kind: str, secret: str) -> Response:
    """Give a browser the pass of a role."""
    _cookie(response, COOKIES[kind], secret)
    return response


def drop_pass(response: Response, kind: str) -> Response:
    response.delete_cookie(COOKIES[kind], httponly=True, samesite="Lax", secure=_over_tls())
    return response


def set_device(response: Response, device: str) -> Response:
    """Remember a browser that has shown a wrong code, so that a hall behind one address is not shut out."""
    _cookie(response, DEVICE, device)
    return response


def _cookie(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=_over_tls())


def _over_tls() -> bool:
    return request.is_secure or (services().settings.public_url or "").startswith("https://")
