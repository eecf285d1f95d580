"""The gap review: where the room and the earlier survey differ, widest first, with the cause that the group named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from server.reports.groups import GroupPage
from server.reports.numerals import Numerals
from server.reports.rows import Difference, Row
from server.reports.strips import Ruler, dumbbell, scale_head
from server.reports.words import Words

WIDTH = 150.0


@dataclass(frozen=True)
class GapRow:
    item: str
    name: str
    dim: int
    drawn: Markup
    told: Difference


@dataclass(frozen=True)
class GapReview:
    """`rows`: every gap that is not close, and every one that was explained. `counts`: how many of each size."""

    rows: tuple[GapRow, ...]
    counts: tuple[tuple[str, int], ...]
    ruler: Markup


def gap_review(pages: Sequence[GroupPage], categories: Sequence[float], words: Words, numerals: Numerals) -> GapReview:
    """Every difference of the latest votes, widest first; a plenary's are in its own table."""
    ruler = Ruler(categories[0], categories[-1], WIDTH)
    found = [
        (page, row, told)
        for page in pages
        if not page.plenary
        for row in page.rows
        for told in row.differences
        if told.difference is not None
    ]
    found.sort(key=lambda each: -each[2].magnitude)
    sizes = [told.size for _, _, told in found]
    named = {told.size: told.size_word for _, _, told in found}
    return GapReview(
        tuple(
            GapRow(row.id, row.name, page.dim, _drawn(row, told, ruler, categories, words), told)
            for page, row, told in found
            if told.size != "close" or told.explained
        ),
        tuple((named[size], sizes.count(size)) for size in ("wide", "slight", "close") if size in named),
        scale_head(ruler, categories, [numerals.score(category) for category in categories]),
    )


def _drawn(row: Row, told: Difference, ruler: Ruler, categories: Sequence[float], words: Words) -> Markup:
    text = words.say(
        "{stream} {score}, workshop {middle}", stream=told.word, score=told.score,
        middle=row.figures.middle if row.figures else "",
    )  # fmt: skip
    return dumbbell(
        ruler, categories, earlier=told.earlier, middle=told.middle or 0.0, diamond=told.stream == "metric", text=text
    )
