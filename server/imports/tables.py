"""Any uploaded table to rows of text with their row numbers and column names.

Owns the limits at the door and what every import has in common: one header row, then rows. Knows no column's meaning
and never touches the disk; the file name is used to name the file and for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.imports.faults import Excerpt, Faults, ImportFault, refuse
from server.imports.grid import Grid, letter
from server.imports.limits import MAX_BYTES
from server.imports.text import read_text
from server.imports.workbook import read_workbook

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
MOST_SHOWN = 20  # faults whose rows are shown again; whoever mends these sees the rest next time
_MOST_CELL = 80  # characters of a cell that is shown again


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

    def stop_if_any(self) -> None:
        """Raise `ImportFault` with everything noted and the rows it stands in; do nothing where all is well."""
        if found := self.faults.ordered():
            wrong = {fault.row for fault in found[:MOST_SHOWN]}
            shown = tuple((row.number, tuple(map(_cut, row.cells))) for row in self.rows if row.number in wrong)
            raise ImportFault(found, Excerpt(self.header, tuple(map(_cut, self.columns)), shown))


def read_table(data: bytes, filename: str) -> Table:
    """Read a CSV or XLSX upload; the first row that is not blank is the header.

    Raises
    ------
    ImportFault
        The file as a whole is refused: `too_large`, `empty`, `old_excel`, `no_rows`, or what the readers refuse.
    """
    name = plain_name(filename)
    if len(data) > MAX_BYTES:
        raise refuse("too_large", file=name, most=MAX_BYTES // 2**20)
    if not data.strip():
        raise refuse("empty", file=name)
    if data.startswith(_OLD_EXCEL):
        raise refuse("old_excel", file=name)
    grid = read_workbook(data) if data.startswith(_ZIP) else read_text(data)
    if len(grid.rows) < 2:
        raise refuse("no_rows", file=name)
    return _table(grid)


def plain_name(filename: str) -> str:
    """The file's own name without its folders."""
    return filename.replace("\\", "/").rsplit("/", 1)[-1][:80] or "upload"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CELL else text[: _MOST_CELL - 1] + "…"


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
            faults.add(complaint.row, place, complaint.said, **complaint.values)
    rows = tuple(Row(number, tuple(cells + [""] * (width - len(cells)))) for number, cells in grid.rows[1:])
    for row in rows:
        for column, text in enumerate(row.cells):
            if text and column in unnamed:
                faults.add(row.number, columns[column], "unnamed_column", written=text[:40])
    return Table(header, columns, unnamed, rows, faults)
