"""What a page of figures for experts is made of: questions, answered in sentences, a picture and tables.

Shapes only, with every text made already, so that the report and the pages of staff draw the same. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from server.reports.words import Words, mark

# The sections of docs/statistics.md by their addresses, as a reader finds them there.
MEANINGS = {
    "spread-of-one-item": mark("Spread of one item"),
    "agreement-on-one-item": mark("Agreement on one item"),
    "two-camps": mark("Two camps"),
    "randucla": mark("RAND/UCLA"),
    "verdicts": mark("Verdicts"),
    "thresholds-moved": mark("Thresholds moved"),
    "kendalls-w": mark("Kendall's W"),
    "single-raters-in-the-order": mark("Single raters in the order"),
    "krippendorffs-alpha": mark("Krippendorff's alpha"),
    "gwets-ac1-and-ac2": mark("Gwet's AC1 and AC2"),
    "intraclass-correlations": mark("Intraclass correlations"),
    "stability": mark("Stability"),
    "conformity": mark("Conformity"),
    "gap-to-the-earlier-survey": mark("Gap to the earlier survey"),
    "uncertainty-of-the-profile": mark("Uncertainty of the profile"),
    "sensitivity-of-the-profile": mark("Sensitivity of the profile"),
}


@dataclass(frozen=True)
class Picture:
    """A figure that is drawn already, and what it says in words."""

    drawn: Markup
    text: str


@dataclass(frozen=True)
class Point:
    """What is said of one thing: its name, how it stands, and sentences that go on from there."""

    name: str
    stands: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row: what heads it (`id` in bold where there is one), its cells, or one text `across` all of them.

    `dim` is the number of its dimension's colour, where it has one.
    """

    id: str
    name: str
    cells: tuple[str | Picture, ...] = ()
    across: str | None = None
    dim: int | None = None


@dataclass(frozen=True)
class Table:
    """`heads` name the column of row heads and then each cell; `text` holds the places of cells that are words."""

    caption: str
    heads: tuple[str | Picture, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    text: frozenset[int] = frozenset()

    @property
    def narrow(self) -> bool:
        """Whether it has so few columns that it would be torn apart over the whole width."""
        return len(self.heads) < 6 and not any(isinstance(head, Picture) for head in self.heads)


@dataclass(frozen=True)
class Meaning:
    """A section of the page on statistics: its address there and its heading."""

    anchor: str
    name: str


@dataclass(frozen=True)
class Section:
    """One question. `warnings` are sentences that stand out, `points` what is said of one thing after the other.

    `named` is its address on the page it stands on, where that is not the address of its meaning.
    """

    title: str
    meanings: tuple[Meaning, ...]
    sentences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    figure: Picture | None = None
    tables: tuple[Table, ...] = ()
    named: str | None = None

    @property
    def anchor(self) -> str:
        """Its address on the page it stands on."""
        return self.named or self.meanings[0].anchor


def meanings(words: Words, *anchors: str) -> tuple[Meaning, ...]:
    return tuple(Meaning(anchor, words.say(MEANINGS[anchor])) for anchor in anchors)


def notes(told: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    """One sentence for each reason, with the rows it is about: `1.1, 2.3: one score has no spread.`"""
    found: dict[str, list[str]] = {}
    for row, sentence in told:
        if sentence is not None:
            found.setdefault(sentence, []).append(row)
    return tuple(f"{joined(rows)}: {sentence}" for sentence, rows in found.items())


def joined(texts: Sequence[str]) -> str:
    return ", ".join(texts)
