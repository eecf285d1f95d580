"""XLSX bytes to a grid, read-only: the first visible sheet, values only; formulas and merged cells are refused.

Never evaluates anything, never follows a link, and never opens an archive that `archive.look_over` did not pass.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries

from server.imports.archive import look_over
from server.imports.faults import ImportFault, refuse
from server.imports.grid import Grid
from server.imports.limits import MAX_COLUMNS, MAX_ROWS

if not openpyxl.DEFUSEDXML:  # pragma: no cover - only a broken installation gets here
    raise ImportError("Reading workbooks needs defusedxml; install it from requirements.txt.")

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


def read_workbook(data: bytes) -> Grid:
    """Read the first visible sheet of an XLSX file as text.

    Raises
    ------
    ImportFault
        Whatever `look_over` refuses, `unreadable`, `too_many_rows` or `too_many_columns`.
    """
    archive = look_over(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions and styles, which are not read
            return _read(data, archive)
    except ImportFault:
        raise
    except Exception as error:  # openpyxl meets a malformed file with any exception there is
        raise refuse("unreadable.workbook") from error


def _read(data: bytes, archive: zipfile.ZipFile) -> Grid:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    sheet: Any = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
    if sheet is None:
        raise refuse("unreadable.hidden")
    sheet.reset_dimensions()  # the stated size of a sheet may lie
    grid = Grid()
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), 1):
        if number > MAX_ROWS:
            raise refuse("too_many_rows", most=MAX_ROWS)
        filled = max((column for column, cell in enumerate(cells, 1) if cell.value is not None), default=0)
        if filled > MAX_COLUMNS:
            raise refuse("too_many_columns", number=number, most=MAX_COLUMNS)
        grid.add(number, [_text(grid, number, column, cell) for column, cell in enumerate(cells[:filled])])
    _refuse_merged(grid, archive.read(sheet._worksheet_path))
    return grid


def _text(grid: Grid, row: int, column: int, cell: Any) -> str:
    value, kind = cell.value, cell.data_type
    if kind == "f":
        grid.complain(row, column, "formula")
        return "="  # not blank: a row of formulas is still a row
    if kind == "e":
        grid.complain(row, column, "error_cell", value=str(value))
        return "="
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def _refuse_merged(grid: Grid, sheet: bytes) -> None:
    # Read-only sheets do not tell merged ranges, and all cells of a range but the first would pass as empty.
    for found in _MERGED.findall(sheet):
        reference = found.decode("ascii")
        left, top, _, _ = range_boundaries(reference)
        grid.complain(top or 1, (left or 1) - 1, "merged_cells", cells=reference)
