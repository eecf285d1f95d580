"""The API page: OpenAPI 3.1 from the routes and their message types, and the same to read. It only describes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from flask import Blueprint, Flask, Response, current_app, g, render_template_string

from server.web import replies
from server.web.access import rule, who_may
from server.web.messages import Problem
from server.web.problems import MEDIA_TYPE, STATUS
from server.web.routes import JSON, About, about
from server.workshop.refusals import CODES

api = Blueprint("openapi", __name__)

HTML = "text/html; charset=utf-8"
PLACE = "#/components/schemas/{name}"
OF_ANY = ("wrong_host", "internal")
OF_A_PASS = ("not_signed_in", "pass_revoked", "not_allowed")
OF_A_BODY = ("malformed", "wrong_content_type", "too_large", "wrong_origin")


@api.get("/openapi.json")
@rule("anyone")
@about(gives=dict[str, Any])
def document() -> Response:
    """Give this description."""
    return replies.json(describe(current_app))


@api.get("/docs")
@rule("anyone")
@about(media=HTML)
def docs() -> Response:
    """Show this description as a page."""
    g.nonce = secrets.token_urlsafe(16)  # for the page's own style; nothing else is allowed
    html = render_template_string(
        _PAGE, nonce=g.nonce, language=g.language, operations=list(_operations(current_app)), codes=sorted(CODES),
        status=STATUS, said=CODES,
    )  # fmt: skip
    return Response(html, content_type=HTML)


def describe(app: Flask) -> dict[str, Any]:
    """The whole description of an application, as plain data."""
    operations = list(_operations(app))
    types = [kind for op in operations for kind in (op["about"].takes, op["about"].gives) if kind is not None]
    shapes, schemas = _schemas(types)
    paths: dict[str, dict[str, Any]] = {}
    for op in operations:
        paths.setdefault(op["path"], {})[op["method"]] = _operation(op, shapes)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Mufakat", "version": "1", "summary": "Sealed rating rounds and a trail anybody can check."},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                **{kind: {"type": "apiKey", "in": "cookie", "name": f"mufakat_{kind}"}
                   for kind in ("seat", "staff", "display")},
            },
        },
    }  # fmt: skip


@cache
def _schema_of(kinds: tuple[Any, ...]) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    return msgspec.json.schema_components(kinds, ref_template=PLACE)


def _schemas(kinds: list[Any]) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    """The schema of each type, by its identity, and the components they refer to."""
    unique = list({id(kind): kind for kind in (*kinds, Problem)}.values())
    shapes, components = _schema_of(tuple(unique))
    return {id(kind): shape for kind, shape in zip(unique, shapes, strict=True)}, components


def _operations(app: Flask) -> Iterator[dict[str, Any]]:
    for route in sorted(app.url_map.iter_rules(), key=lambda route: route.rule):
        view = app.view_functions[route.endpoint]
        for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
            yield {
                "id": route.endpoint.replace(".", "_"),
                "path": re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule),
                "method": method.lower(),
                "names": [(name, type(route._converters[name]).__name__) for name in sorted(route.arguments)],
                "summary": re.split(r"(?<=\.)\s", " ".join((view.__doc__ or "").split()))[0],
                "who": who_may(view),
                "about": getattr(view, "about", About()),
            }


def _operation(op: dict[str, Any], shapes: dict[int, dict[str, Any]]) -> dict[str, Any]:
    told: About = op["about"]
    described: dict[str, Any] = {
        "operationId": op["id"],
        "summary": op["summary"],
        "description": f"Who: {', '.join(op['who'])}.",
        "x-who": list(op["who"]),
        "parameters": [
            {"name": name, "in": "path", "required": True,
             "schema": {"type": "integer" if kind == "IntegerConverter" else "string"}}
            for name, kind in op["names"]
        ] + [
            {"name": name, "in": "query", "description": what, "schema": {"type": "string"}}
            for name, what in told.query
        ],
        "responses": _responses(op, shapes),
    }  # fmt: skip
    if told.takes is not None:
        content = {JSON: {"schema": shapes[id(told.takes)]}}
        described["requestBody"] = {"required": True, "content": content}
    if told.upload:
        file = {"schema": {"type": "string", "format": "binary"}}
        described["requestBody"] = {"required": True, "content": {
            "text/csv": file, "application/octet-stream": file,
            "multipart/form-data": {"schema": {"type": "object", "properties": {"file": file["schema"]}}},
        }}  # fmt: skip
    if op["who"] not in (("anyone",), ("operator",)):
        kinds = {"seat": "seat", "display": "display"}
        described["security"] = [{"bearer": []}, *({kind: []} for kind in
                                 sorted({kinds.get(who, "staff") for who in op["who"]}))]  # fmt: skip
    return described


def codes_of(op: dict[str, Any]) -> tuple[str, ...]:
    """Every code this operation may answer, in the order of their status."""
    told: About = op["about"]
    codes = {*OF_ANY, *told.refuses}
    codes |= set() if op["who"] == ("anyone",) else set(OF_A_PASS)
    codes |= set(OF_A_BODY) if told.takes is not None or told.upload else set()
    return tuple(sorted(codes, key=lambda code: (STATUS[code], code)))


def _responses(op: dict[str, Any], shapes: dict[int, dict[str, Any]]) -> dict[str, Any]:
    told: About = op["about"]
    fine: dict[str, Any] = {"description": "Done."}
    if told.status != 204:
        fine["content"] = {told.media: {"schema": shapes[id(told.gives)] if told.gives is not None else {}}}
    responses = {str(told.status): fine}
    by_status: dict[int, list[str]] = {}
    for code in codes_of(op):
        by_status.setdefault(STATUS[code], []).append(code)
    for status, codes in by_status.items():
        responses[str(status)] = {
            "description": ", ".join(f"`{code}`" for code in codes),
            "content": {MEDIA_TYPE: {"schema": shapes[id(Problem)]}},
        }
    return responses


_PAGE = """<!doctype html>
<html lang="{{ language }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mufakat API</title>
<style nonce="{{ nonce }}">body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ccc;padding:.4rem;text-align:left;vertical-align:top}
code{white-space:nowrap}</style></head>
<body><h1>Mufakat API</h1>
<p>OpenAPI 3.1: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>
<table><thead><tr><th>call</th><th>who</th><th>what</th></tr></thead><tbody>
{% for op in operations %}<tr><td><code>{{ op.method|upper }} {{ op.path }}</code></td><td>{{ op.who|join(", ") }}</td>
<td>{{ op.summary }}</td></tr>
{% endfor %}</tbody></table>
<h2>Problems</h2>
<table><thead><tr><th>code</th><th>status</th><th>sentence</th></tr></thead><tbody>
{% for code in codes %}<tr id="{{ code }}"><td><code>{{ code }}</code></td><td>{{ status[code] }}</td>
<td>{{ said[code][language] }}</td></tr>
{% endfor %}</tbody></table></body></html>
"""
