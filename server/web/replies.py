"""How answers leave: records as JSON, texts as texts, and whom a browser should not remember them for."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Response

from server.web.routes import JSON, TEXT

_encoder = msgspec.json.Encoder()


def json(told: Any, status: int = 200) -> Response:
    return Response(_encoder.encode(told), status, content_type=JSON)


def text(told: str, media: str = TEXT) -> Response:
    return Response(told, content_type=media)
