"""The house's own page on its statistics, in the reader's language, to which console and reports refer.

Owns the little of Markdown that `docs/statistics.md` and its Indonesian twin use. Both have the same sections under the
same addresses, so that a link leads to its section in either. It reads no other file and no text of anybody's.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Response
from markupsafe import Markup, escape

from server.locale import Language
from server.web.access import rule
from server.web.i18n import language
from server.web.routes import about
from server.web.shell import HTML, page

blueprint = Blueprint("reading", __name__)

_DOCS = Path(__file__).parents[2] / "docs"
SOURCES: dict[Language, Path] = {"en": _DOCS / "statistics.md", "id": _DOCS / "statistics.id.md"}

_SECTION = re.compile(r'<h2 id="([\w-]+)">(.*?)</h2>')
_NAMED = re.compile(r'<a id="([\w-]+)"></a>')
_FACT = re.compile(r"^\*\*([^*]+)\*\*: ", re.M)
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
    title, end, text = _drawn(language()).partition("</h1>")
    sections = _SECTION.findall(text)
    return page("reading.html", sheet="staff.css", title=title + Markup(end), text=text, sections=sections)


@cache
def _drawn(tongue: Language) -> Markup:
    return markup(SOURCES[tongue].read_text("utf-8"))


def anchor(heading: str) -> str:
    """The address of a section, as readers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def anchors(source: str) -> list[str]:
    """The addresses of a page's sections in order."""
    return [address for address, _ in _SECTION.findall(markup(source))]


def markup(source: str) -> Markup:
    """Headings, paragraphs, facts, numbered lists and code of a Markdown text; all else stays as it is written."""
    parts, named = list[Markup](), None
    for block in re.split(r"(^```[^\n]*\n.*?^```$)", source, flags=re.M | re.S):
        if block.startswith("```"):
            code = block.split("\n", 1)[1].removesuffix("```").strip("\n")
            parts.append(Markup('<pre tabindex="0"><code>{}</code></pre>').format(code))
            continue
        for text in re.split(r"\n\s*\n", block.strip()):
            if found := _NAMED.fullmatch(text):
                named = found[1]  # the address of the heading that follows
            elif text.strip():
                parts.append(_block(text, named))
                named = None
    return Markup("\n").join(parts)


def _block(text: str, named: str | None) -> Markup:
    heading = re.match(r"(#{1,3}) (.+)$", text)
    if heading:
        level, name = len(heading[1]), heading[2]
        return Markup('<h{0} id="{1}">{2}</h{0}>').format(level, named or anchor(name), _inline(name))
    if _FACT.match(text):
        facts = list(_FACT.finditer(text))
        ends = [fact.start() for fact in facts[1:]] + [len(text)]
        told = [
            Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(fact[1], _inline(text[fact.end() : end].strip()))
            for fact, end in zip(facts, ends, strict=True)
        ]
        return Markup("<dl>{}</dl>").format(Markup("").join(told))
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
