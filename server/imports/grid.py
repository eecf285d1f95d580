"""The cells of a sheet as text, numbered as a spreadsheet shows them. Never knows what a column means."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from server.imports.limits import MAX_CELL


@dataclass(frozen=True, slots=True)
class Complaint:
    """A cell that cannot be taken as it is: row from 1, column from 0."""

    row: int
    column: int
    said: str
    values: dict[str, str | int]


@dataclass(slots=True)
class Grid:
    """Rows that hold something, each with its number, and what is wrong with single cells."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def add(self, number: int, cells: list[str]) -> None:
        """Add a row of raw text; blank rows leave nothing behind but their number."""
        taken = [self._clean(number, column, text) for column, text in enumerate(cells)]
        if any(cells):
            self.rows.append((number, taken))

    def complain(self, row: int, column: int, said: str, **values: str | int) -> None:
        self.complaints.append(Complaint(row, column, said, values))

    def _clean(self, row: int, column: int, raw: str) -> str:
        text = " ".join(unicodedata.normalize("NFC", raw).split())
        if len(text) > MAX_CELL:
            self.complain(row, column, "too_long", length=len(text), most=MAX_CELL)
            return ""
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
            self.complain(row, column, "control_character")
            return ""
        return text


def letter(column: int) -> str:
    """The name a spreadsheet gives a column counted from 0: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
