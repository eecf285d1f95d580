"""The house's own page on its statistics, drawn from `docs/statistics.md`, which console and reports refer to.

Owns the little of Markdown that this page uses. It reads no other file and no text of anybody's.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Response
from markupsafe import Markup, escape

from server.web.access import rule
from server.web.routes import about
from server.web.shell import HTML, page

blueprint = Blueprint("reading", __name__)

SOURCE = Path(__file__).parents[2] / "docs" / "statistics.md"

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)(?<!\\)\*\*|(?<!\\)\*(?P<em>[^*\\]+)\*|\[(?P<text>[^\]]+)\]\((?P<to>#[\w-]+)\)"
    r"|\\(?P<sign>[*_`])",
    re.DOTALL,
)


@blueprint.get("/about/statistics")
@rule("anyone")
@about(media=HTML)
def statistics() -> Response:
    """Give the page on what each figure means; every section has an address of its own."""
    return page("reading.html", sheet="staff.css", text=_drawn())


@cache
def _drawn() -> Markup:
    return markup(SOURCE.read_text("utf-8"))


def anchor(heading: str) -> str:
    """The address of a section, as readers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def markup(source: str) -> Markup:
    """Headings, paragraphs, numbered lists and code of a Markdown text; everything else stays as it is written."""
    parts, fenced = [], False
    for block in re.split(r"(^```[^\n]*\n.*?^```$)", source, flags=re.M | re.S):
        fenced = block.startswith("```")
        if fenced:
            code = block.split("\n", 1)[1].removesuffix("```").strip("\n")
            parts.append(Markup('<pre tabindex="0"><code>{}</code></pre>').format(code))
        else:
            parts += [_block(text) for text in re.split(r"\n\s*\n", block.strip()) if text.strip()]
    return Markup("\n").join(parts)


def _block(text: str) -> Markup:
    heading = re.match(r"(#{1,3}) (.+)$", text)
    if heading:
        level, name = len(heading[1]), heading[2]
        return Markup('<h{0} id="{1}">{2}</h{0}>').format(level, anchor(name), _inline(name))
    if re.match(r"1\. ", text):
        items = re.split(r"^\d+\. ", text, flags=re.M)[1:]
        return Markup("<ol>{}</ol>").format(Markup("").join(Markup("<li>{}</li>").format(_inline(i)) for i in items))
    return Markup("<p>{}</p>").format(_inline(text))


def _inline(text: str) -> Markup:
    told, end = Markup(""), 0
    for found in _INLINE.finditer(text):
        told += escape(text[end : found.start()]) + _span(found)
        end = found.end()
    return told + escape(text[end:])


def _span(found: re.Match[str]) -> Markup:
    match found.lastgroup:
        case "code":
            return Markup("<code>{}</code>").format(found["code"])
        case "strong":
            return Markup("<strong>{}</strong>").format(_inline(found["strong"]))
        case "em":
            return Markup("<em>{}</em>").format(found["em"])
        case "to":
            return Markup('<a href="{}">{}</a>').format(found["to"], found["text"])
    return escape(found["sign"])
