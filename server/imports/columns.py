"""Which column of a table holds which field, and the values that a cell can hold. Notes faults; decides nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from server.imports.tables import Row, Table

Places = dict[str, int]

_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,12}(?:[.,][0-9]{0,30})?|[.,][0-9]{1,30})")
_COUNT = re.compile(r"[0-9]{1,6}")
_BLANK = ("", "-", "–", "—")
_PLACES = 6


def plain(header: str) -> str:
    """A header without case, accents of writing or signs: `Nilai (Wawancara)` is `nilai_wawancara`."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[^a-z0-9]+", "_", folded).strip("_")


def place_columns(table: Table, aliases: Mapping[str, Iterable[str]], skipped: Iterable[str]) -> Places:
    """Find the column of each field by its aliases.

    A column that is neither known nor among the `skipped` names is a fault, so that a misspelt one is never dropped in
    silence; so is a second column for one field.
    """
    fields = {plain(alias): field for field, names in aliases.items() for alias in (field, *names)}
    passed = {plain(name) for name in skipped}
    places: Places = {}
    used = {index for row in table.rows for index, text in enumerate(row.cells) if text}
    for index, column in enumerate(table.columns):
        field = fields.get(plain(column))
        if field is None:
            if plain(column) not in passed and index in used and index not in table.unnamed:
                known = ", ".join(aliases)
                table.faults.add(table.header, column, "unknown_column", known=known)
        elif field in places:
            first = table.columns[places[field]]
            table.faults.add(table.header, column, "duplicate_column", first=first)
        else:
            places[field] = index
    return places


def require(table: Table, places: Places, fields: Iterable[str]) -> None:
    """Note every field that has no column."""
    for field in fields:
        if field not in places:
            table.faults.add(table.header, field, "missing_column", name=field)


class Cells:
    """One row seen by field. A field without a column reads as empty; a cell with a fault reads as None."""

    def __init__(self, table: Table, row: Row, places: Places) -> None:
        self._table = table
        self._row = row
        self._places = places

    def fault(self, field: str, said: str, **values: str | int) -> None:
        """Note a fault at the field's cell."""
        column = self._table.columns[self._places[field]] if field in self._places else field
        self._table.faults.add(self._row.number, column, said, **values)

    def sound(self, field: str) -> bool:
        """Whether the field has a column and its cell no fault."""
        index = self._places.get(field)
        return index is not None and not self._table.faults.at(self._row.number, self._table.columns[index])

    def text(self, field: str) -> str:
        """The cell's text; empty where blank, dashed, faulty or without a column."""
        index = self._places.get(field)
        if index is None or not self.sound(field):
            return ""
        return "" if self._row.cells[index] in _BLANK else self._row.cells[index]

    def count(self, field: str) -> int | None:
        """A whole number from 0 to 999999; None where empty or, with a fault noted, anything else."""
        text = self.text(field)
        if not text:
            return None
        if not _COUNT.fullmatch(text):
            self.fault(field, "not_a_count", written=text[:40])
            return None
        return int(text)

    def decimal(self, field: str) -> str | None:
        """A number with a decimal point or comma as a plain decimal string, its zeros as written, at most six places.

        More places, as a mean pasted from a spreadsheet has them, are rounded half to even.
        """
        text = self.text(field)
        if not text:
            return None
        if not _DECIMAL.fullmatch(text):
            self.fault(field, "not_a_number", written=text[:40])
            return None
        value = Decimal(text.replace(",", "."))
        if int(value.as_tuple().exponent) < -_PLACES:
            value = value.quantize(Decimal(1).scaleb(-_PLACES), ROUND_HALF_EVEN)
        return format(value if value else abs(value), "f")
