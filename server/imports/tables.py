"""Any uploaded table to rows of text with their row numbers and column names.

Owns the limits at the door and what every import has in common: one header row, then rows. Knows no column's meaning
and never touches the disk; the file name is used to name the file and for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.imports.faults import Faults, refuse
from server.imports.grid import Grid, letter
from server.imports.limits import MAX_BYTES
from server.imports.text import read_text
from server.imports.workbook import read_workbook

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a spreadsheet numbers it; `cells` has one text for every column of the table, empty where blank."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows; `columns` are named as the file writes them, or by letter where it names none.

    `faults` holds what is wrong with single cells already; a reader of the table adds its own and then stops.
    """

    header: int
    columns: tuple[str, ...]
    unnamed: frozenset[int]
    rows: tuple[Row, ...]
    faults: Faults


def read_table(data: bytes, filename: str) -> Table:
    """Read a CSV or XLSX upload; the first row that is not blank is the header.

    Raises
    ------
    ImportFault
        The file as a whole is refused: `too_large`, `empty`, `old_excel`, `no_rows`, or what the readers refuse.
    """
    name = filename.replace("\\", "/").rsplit("/", 1)[-1][:80] or "The file"
    if len(data) > MAX_BYTES:
        raise refuse("too_large", f"{name} is larger than {MAX_BYTES // 2**20} MiB; remove what is not to be imported.")
    if not data.strip():
        raise refuse("empty", f"{name} is empty; save the sheet again and upload that file.")
    if data.startswith(_OLD_EXCEL):
        raise refuse("old_excel", f"{name} is locked or an old XLS workbook; save it as XLSX without a password.")
    grid = read_workbook(data) if data.startswith(_ZIP) else read_text(data)
    if len(grid.rows) < 2:
        raise refuse("no_rows", f"{name} has no rows under its header; write column names first, then one row each.")
    return _table(grid)


def _table(grid: Grid) -> Table:
    header, names = grid.rows[0]
    width = max(len(cells) for _, cells in grid.rows)
    written = names + [""] * (width - len(names))
    columns = tuple(name or letter(column) for column, name in enumerate(written))
    unnamed = frozenset(column for column, name in enumerate(written) if not name)
    faults = Faults()
    for complaint in grid.complaints:
        place = columns[complaint.column] if complaint.column < width else letter(complaint.column)
        if complaint.row >= header:
            faults.add(complaint.row, place, complaint.code, complaint.message)
    rows = tuple(Row(number, tuple(cells + [""] * (width - len(cells)))) for number, cells in grid.rows[1:])
    for row in rows:
        for column, text in enumerate(row.cells):
            if text and column in unnamed:
                faults.add(
                    row.number,
                    columns[column],
                    "unnamed_column",
                    f"{text[:40]!r} stands beyond the named columns; name the column, or put quotation marks around "
                    "a value that holds the separator.",
                )
    return Table(header, columns, unnamed, rows, faults)
