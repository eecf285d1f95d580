"""Copies of a trail as a report may be made from: in full, as a public bundle opens it, and the page read back.

Owns a small reader of HTML for the tests. It renders nothing by itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from server.reports.report import render
from server.trail.entries import Entry, Remembered, open_contents, read
from tests.reports.city import day
from tests.trail import forge
from tests.trail.story import SIGNER, Kept, told
from tests.workshop.play import Table

VOID = {"meta", "br", "link", "img", "input", "hr"}
STORIES = {"day": day, "story": told}


def full(kept: Kept) -> list[Remembered]:
    return [open_contents(read(line), {o.name: o.content for o in openings}) for line, openings in kept.stored]


def public(kept: Kept) -> list[Remembered]:
    """What anybody remembers who has only the public bundle."""
    members = forge.members(forge.write(kept, "public"))
    opened: dict[int, dict[str, object]] = {}
    for line in members["openings.jsonl"].splitlines():
        told = json.loads(line)
        opened.setdefault(told["seq"], {})[told["name"]] = told["content"]
    entries = [read(line) for line in members["trail.jsonl"].splitlines()]
    return [open_contents(entry, opened.get(entry.seq, {})) for entry in entries]


def of_table(table: Table) -> list[Remembered]:
    """A table's entries as they would be remembered, before anything is sealed or signed."""
    return [
        Remembered(
            Entry(at=e.at, body=e.body, by="server", kind=e.kind, scope=e.scope, seq=e.seq, v=e.body.v,
                  sealed=dict.fromkeys(contents, "0" * 64)),
            contents,
        )
        for e, contents in table.entries
    ]  # fmt: skip


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: "list[Element | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, name: str = "", tag: str = "") -> "list[Element]":
        """Elements of a class and tag, in the page's order."""
        return [e for e in self.walk() if (not name or name in e.classes) and tag in ("", e.tag)]

    def one(self, name: str = "", tag: str = "") -> "Element":
        (found,) = self.all(name, tag)
        return found

    def by_id(self, name: str) -> "Element":
        (found,) = [e for e in self.walk() if e.attributes.get("id") == name]
        return found

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """What people read: styles and titles of figures left out."""
        parts = [c if isinstance(c, str) else " " + c.text + " " for c in self.children
                 if isinstance(c, str) or c.tag not in ("style", "title", "desc")]  # fmt: skip
        return " ".join("".join(parts).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: bytes) -> Element:
    """The page as a tree; every element must be closed where it belongs."""
    builder = _Builder()
    builder.feed(html.decode("utf-8"))
    (root,) = builder.open
    return root


@cache
def html(story: str, language: str, opened: str = "full") -> bytes:
    kept = STORIES[story]()
    remembered = full(kept) if opened == "full" else public(kept)
    return render(remembered, note=kept.notes[-1], vkey=SIGNER.verifier.vkey, language=language)


@cache
def page(story: str, language: str, opened: str = "full") -> Element:
    return parse(html(story, language, opened))
