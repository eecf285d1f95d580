"""What is said when something will not do: RFC 9457 problems, and the one table from refusal code to HTTP status.

Every error leaves as `application/problem+json` in the caller's language; a stack trace never leaves at all.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

import msgspec
from flask import Response, g, request
from werkzeug.exceptions import HTTPException

from server.workshop.refusals import Refusal

MEDIA_TYPE = "application/problem+json"
STATUS: dict[str, int] = {
    "wrong_host": 400,
    **dict.fromkeys(("not_signed_in", "pass_revoked", "wrong_password"), 401),
    **dict.fromkeys(
        ("not_allowed", "other_group", "wrong_origin", "seat_revoked", "open_join_off", "same_officer", "bad_token",
         "staff_elsewhere", "rehearsal_over", "rehearsal_held"), 403),
    **dict.fromkeys(
        ("not_found", "not_yet", "unknown_workshop", "unknown_group", "unknown_account", "wrong_code"), 404),
    "method_not_allowed": 405,
    **dict.fromkeys(
        ("stale", "lease_held", "wrong_phase", "not_draft", "not_running", "not_frozen", "already_frozen", "no_seats",
         "groups_open", "being_assessed", "nothing_to_open", "cap_reached", "item_decided", "item_agreed",
         "item_not_voted", "nothing_decided", "no_baseline", "plenary_advises", "round_not_open", "round_paused",
         "superseded", "seat_has_answered", "seat_not_taken", "no_such_paper", "already_erased", "name_taken",
         "own_account", "paper_late", "paper_changed", "rehearsal_running", "not_a_rehearsal", "a_rehearsal"), 409),
    **dict.fromkeys(("too_large", "bundle_too_large"), 413),
    "wrong_content_type": 415,
    **dict.fromkeys(
        ("unknown_item", "unknown_node", "unknown_seat", "unknown_reason", "unknown_initiative", "unknown_framework",
         "unknown_address", "wrong_check", "item_not_in_round", "off_scale", "value_and_cannot", "too_many_answers",
         "duplicate_item", "choose_group", "bad_rule", "bad_framework", "bad_groups", "bad_import", "malformed"), 422),
    **dict.fromkeys(("too_many_codes", "too_many_requests", "just_nudged"), 429),
    "internal": 500,
    **dict.fromkeys(("not_saved", "not_finished", "fork_refused", "too_many_sockets"), 503),
}  # fmt: skip
# What Werkzeug finds wrong by itself, in our words.
_OF_HTTP = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "wrong_content_type",
            429: "too_many_requests"}  # fmt: skip

log = logging.getLogger("mufakat.web")


def problem(refusal: Refusal, **extra: Any) -> Response:
    """The answer to a refusal, with `extra` fields (`fields`, `version`, `state`, an acknowledgement) beside it."""
    return told(refusal.code, refusal.sentence(language()), **extra)


def told(code: str, detail: str, **extra: Any) -> Response:
    """A problem whose sentence is made already."""
    status = STATUS[code]
    body = {
        "type": f"/api/v1/docs#{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
        **extra,
    }
    response = Response(msgspec.json.encode(body), status, content_type=MEDIA_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="mufakat"'
    if status == 429:
        response.headers["Retry-After"] = "60"
    return response


def language() -> str:
    """The language of this call, as far as it is known already."""
    return str(g.get("language", "en"))


def answer(error: Exception) -> Response:
    """The answer to whatever was raised; a fault of ours is logged, and the answer carries the id it is found by."""
    if isinstance(error, Refusal):
        return problem(error)
    return _http(error) if isinstance(error, HTTPException) else _unexpected(error)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status >= 500:
        return _unexpected(error)
    code = _OF_HTTP.get(status, "malformed")
    limit = request.max_content_length or 0
    details: dict[str, dict[str, Any]] = {
        "method_not_allowed": {"method": request.method}, "too_large": {"limit": limit},
        "malformed": {"problem": error.name},
    }  # fmt: skip
    detail = details.get(code, {})
    response = problem(Refusal(code, **detail))
    if status == 405 and (allowed := getattr(error, "valid_methods", None)):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _unexpected(error: Exception) -> Response:
    # Whoever runs the server finds the fault by this id; whoever called learns nothing of its insides.
    ident = secrets.token_hex(8)
    log.error("fault %s in %s %s", ident, request.method, request.path, exc_info=error)
    return problem(Refusal("internal"), id=ident)


