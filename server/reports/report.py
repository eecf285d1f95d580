"""The self-contained report: one HTML file for reading and printing, rebuilt from any copy of the trail.

Owns what the page is given. It holds no script and no outside address, looks at no clock, and prints nothing that its
copy of the trail does not open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from server.reports.account import account_of
from server.reports.experts import annex
from server.reports.gaps import gap_review
from server.reports.goals import profile_page
from server.reports.groups import endings_of, group_pages
from server.reports.method import method
from server.reports.numerals import Numerals
from server.reports.ruling import ruling
from server.reports.seal import seal_of
from server.reports.strips import dots_ruler, scale_head
from server.reports.words import words
from server.trail.entries import Remembered

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "report"
SHEETS = tuple(ROOT / "static" / "css" / name for name in ("tokens.css", "figures.css", "wheel.css", "sure.css"))

_comment = re.compile(r"/\*.*?\*/", re.DOTALL)


def render(remembered: Iterable[Remembered], *, note: str | None, vkey: str | None, language: str) -> bytes:
    """Write the report of a trail as one HTML file.

    `remembered`: every entry from the first on, with what is opened of it; read once. `note`: the signed head to
    print, `vkey`: the key that signed it, in one line. `language`: `id` or `en`. The same input gives the same bytes.

    ReportError (report_empty, report_head, report_language); ImpossibleHistory for entries that cannot follow.
    """
    told = words(language)
    seal = seal_of(note, vkey)
    account = account_of(remembered)
    numerals = Numerals(told.language)
    state, categories = account.state, account.state.scale.categories
    pages = group_pages(account, told, numerals)
    rule = ruling(state.consensus_rule, state.scale, told, numerals)
    page = _environment().get_template("report.html").render(
        say=told.say, count=told.count, numerals=numerals, language=told.language, sheet=_sheet(),
        account=account, state=state, seal=seal, rule=rule, groups=pages, endings=endings_of(pages, told),
        profile=profile_page(account, told, numerals), gaps=gap_review(pages, categories, told, numerals),
        chapters=method(account, pages, rule.clauses, told, numerals),
        dots_head=scale_head(dots_ruler(categories), categories, [numerals.score(each) for each in categories]),
        annex=annex(account, seal, told, numerals), framework=told.named(state.tree.name, state.tree.id),
    )  # fmt: skip
    return page.encode("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip


@cache
def _sheet() -> Markup:
    """All styles as one text; comments stay at home."""
    parts = [path.read_text("utf-8") for path in (*SHEETS, TEMPLATES / "report.css")]
    return Markup(re.sub(r"\n\s*\n+", "\n", _comment.sub("", "\n".join(parts))))
