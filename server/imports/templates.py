"""The tables that people fill in: ids and titles of one workshop, one row an indicator or a group, as CSV or XLSX.

Owns which columns a template has and how they are called; the readers beside it take every template as it is. Knows no
answer and invents none: what is to be filled in is empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Literal

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from consensus.framework import Framework
from server.imports.seats import GROUP_NAMES

Form = Literal["csv", "xlsx"]
Rows = list[list[str]]

BOM = b"\xef\xbb\xbf"  # by which spreadsheets know UTF-8
_FORMULA = ("=", "+", "-", "@", "\t")
_WIDE = 36  # characters, of a column that holds names or a hint

_SURVEY = {
    "en": [
        *("indicator", "indicator name", "interview score", "interview answered", "interview asked"),
        *("interview respondents", "metric score", "metric obtained", "metric asked", "year", "source", "note"),
    ],
    "id": [
        *("kode indikator", "nama indikator", "nilai wawancara", "terjawab wawancara", "pertanyaan wawancara"),
        *("responden wawancara", "nilai terukur", "diperoleh terukur", "diminta terukur", "tahun", "sumber", "catatan"),
    ],
}
_SEATS = {
    "en": ["group", GROUP_NAMES["en"], "seats", "name", "sector", "agency", "gender", "note"],
    "id": ["kelompok", GROUP_NAMES["id"], "jumlah kursi", "nama", "sektor", "instansi", "jenis kelamin", "catatan"],
}
_HINTS = {
    "survey": {
        "en": "Scores from {low} to {high}, for example {example}. Leave empty what was not asked.",
        "id": "Nilai dari {low} sampai {high}, misalnya {example}. Kosongkan yang tidak ditanyakan.",
    },
    "seats": {
        "en": "Either so many seats, or one row for each person.",
        "id": "Isi jumlah kursi, atau satu baris untuk setiap orang.",
    },
}


def survey(framework: Framework, language: str, *, comma: bool) -> Rows:
    """The earlier survey of a framework, one row an indicator; `comma` shows scores with a decimal comma."""
    head = _SURVEY[language]
    low, high = (f"{end(framework.scale.categories):g}" for end in (min, max))
    example = f"{low}{',' if comma else '.'}5"
    hint = _HINTS["survey"][language].format(low=low, high=high, example=example)
    names = [[leaf, _said(framework.node(leaf).name, language, leaf)] for leaf in framework.leaves]
    return [head, *([*name, *[""] * (len(head) - 3), hint if at == 0 else ""] for at, name in enumerate(names))]


def seats(groups: Mapping[str, Mapping[str, str]], language: str) -> Rows:
    """The seats of a workshop's groups (names by language), one row a group."""
    head, hint = _SEATS[language], _HINTS["seats"][language]
    names = [[group, _said(name, language, group)] for group, name in groups.items()]
    return [head, *([*name, *[""] * (len(head) - 3), hint if at == 0 else ""] for at, name in enumerate(names))]


def _said(name: Mapping[str, str], language: str, otherwise: str) -> str:
    """A title to read beside its id: never anything that a spreadsheet would run."""
    text = name.get(language) or next(iter(name.values()), otherwise)
    return f"'{text}" if text.startswith(_FORMULA) else text


def written(rows: Rows, form: Form, *, comma: bool) -> bytes:
    """A template as a file; with decimal commas, semicolons part the cells of CSV, as spreadsheets there expect."""
    return _workbook(rows) if form == "xlsx" else _text(rows, ";" if comma else ",")


def _text(rows: Rows, separator: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return BOM + out.getvalue().encode("utf-8")


def _workbook(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, column)
                cell.value, cell.data_type = text, "s"  # 1.10 is an id and no number, = begins no formula
                cell.number_format = "@"
                cell.font = Font(bold=number == 1)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, head in enumerate(rows[0], 1):
        titles = column in (2, len(rows[0]))
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE if titles else max(12, len(head) + 2)
    sheet.freeze_panes = "C2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
