"""CSV bytes to a grid: finds encoding and separator, and never guesses what a value means."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from server.imports.faults import Fault, ImportFault, refuse
from server.imports.grid import Grid
from server.imports.limits import MAX_COLUMNS, MAX_ROWS

_SEPARATORS = ";,\t"  # a semicolon before a comma: it is what a spreadsheet with decimal commas writes


def read_text(data: bytes) -> Grid:
    """Read CSV in UTF-8, UTF-16 or Windows-1252 (which holds Latin-1), separated by semicolon, comma or tab.

    Raises
    ------
    ImportFault
        `unreadable`, `unreadable_row`, `too_many_rows` or `too_many_columns`.
    """
    text = decode(data)
    grid = Grid()
    for number, cells in enumerate(_records(text, _separator(text)), 1):
        if number > MAX_ROWS:
            raise refuse("too_many_rows", most=MAX_ROWS)
        if len(cells) > MAX_COLUMNS:
            raise refuse("too_many_columns", number=number, most=MAX_COLUMNS)
        grid.add(number, cells)
    return grid


def decode(data: bytes) -> str:
    """The text of a file whose encoding nobody states: by its mark, else UTF-8, else Windows-1252."""
    try:
        if data.startswith(codecs.BOM_UTF8):
            return data.decode("utf-8-sig")
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        if b"\0" in data:
            # Without a mark, UTF-16 shows itself by the zero half of its ASCII letters.
            return data.decode("utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be")
    except UnicodeDecodeError as error:
        raise refuse("unreadable.text") from error
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _separator(text: str) -> str:
    first, _, _ = text.lstrip().partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first[4]
    return max(_SEPARATORS, key=lambda separator: _width(text, separator))


def _width(text: str, separator: str) -> int:
    try:
        return next((len(cells) for cells in _records(text, separator) if any(cells)), 0)
    except ImportFault:
        return 0


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            hint = number == 1 and len(cells) == 2 and cells[0].lower() == "sep="
            yield [] if hint else cells
    except csv.Error as error:
        raise ImportFault((Fault(number + 1, None, "unreadable_row", {"problem": str(error)}),)) from error
