"""Bytes in, records out: bodies, uploads and query values, read strictly and within their limits. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from server.workshop.commands import PutAnswers
from server.workshop.refusals import Refusal

T = TypeVar("T")
JSON = "application/json"
MOST_ANSWERS = 64
FRAME = 16 * 1024  # what a form adds around its file


def body(kind: type[T] | Any, limit: int) -> T:
    """The JSON body read strictly as `kind`, no more than `limit` bytes of it.

    Refusal: wrong_content_type, too_large, malformed (naming the field).
    """
    if request.mimetype != JSON:
        raise Refusal("wrong_content_type")
    read: T = decode(raw(limit), kind)
    return read


def decode(data: bytes, kind: type[T] | Any) -> T:
    """JSON read strictly. Refusal: malformed, naming the field and what is wrong with it."""
    try:
        read: T = msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise Refusal("malformed", problem=str(fault).rstrip(".") or "the JSON is too deep") from None
    return read


def answers(limit: int) -> PutAnswers:
    """The body of `PUT /answers`. Refusal: as `body`, and too_many_answers."""
    try:
        return body(PutAnswers, limit)
    except Refusal as refusal:
        if refusal.code == "malformed" and (count := _answers_in(raw(limit))) > MOST_ANSWERS:
            raise Refusal("too_many_answers", count=count) from None
        raise


def _answers_in(data: bytes) -> int:
    try:
        told: dict[str, list[msgspec.Raw]] = msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return 0
    given = told.get("answers")
    return len(given) if isinstance(given, list) else 0


def raw(limit: int) -> bytes:
    """The body's bytes. Refusal: too_large, before more than the limit is read."""
    # One byte more than is allowed: a body without a length ends quietly at the bound, and that byte gives it away.
    data = _within(limit + 1, limit, lambda: request.get_data(cache=True))
    if len(data) > limit:
        raise Refusal("too_large", limit=limit)
    return data


def _within(most: int, limit: int, read: Callable[[], T]) -> T:
    """Read the body, but never more than `most` bytes of it."""
    request.max_content_length = most
    try:
        if (request.content_length or 0) > most:
            raise RequestEntityTooLarge
        return read()
    except RequestEntityTooLarge:
        raise Refusal("too_large", limit=limit) from None


def upload(limit: int) -> tuple[bytes, str]:
    """A file and its name: the body itself (`?filename=`), or the first file of a form.

    Refusal: too_large, malformed.
    """
    if request.mimetype != "multipart/form-data":
        return raw(limit), request.args.get("filename", "upload")
    file = _within(limit + FRAME, limit, lambda: next(iter(request.files.values()), None))
    if file is None:
        raise Refusal("malformed", problem="the form holds no file; send one, or the file as the body")
    data = file.read()
    if len(data) > limit:
        raise Refusal("too_large", limit=limit)
    return data, file.filename or "upload"


def choice(name: str, among: tuple[str, ...], default: str) -> str:
    """A value of the query, or of an upload's form, that is one of a few. Refusal: malformed."""
    value = request.args.get(name) or request.form.get(name) or default
    if value not in among:
        raise Refusal("malformed", problem=f"{name} is one of {', '.join(among)}")
    return value


def whole(name: str, default: int) -> int:
    """A query value that is a whole number from 0. Refusal: malformed."""
    value = request.args.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and len(value) <= 15):
        raise Refusal("malformed", problem=f"{name} is a whole number from 0")
    return int(value)
