"""Templates as people download them, filled in and brought back; what is expected of them is written by hand."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from consensus.framework import Framework
from server.catalog import load
from server.imports import templates
from server.imports.baseline import read_baseline
from server.imports.faults import ImportFault
from server.imports.seats import read_seats
from server.imports.tables import read_table
from server.workshop.commands import SeatRow
from server.workshop.records import BaselineRow
from tests.imports.sheets import saved

CRI = Framework.from_document(load("cri"))
GROUPS = {
    "D1": {"en": "Health & wellbeing", "id": "Kesehatan & kesejahteraan"},
    "D2": {"en": "Economy & society", "id": "Ekonomi & sosial"},
}
EVERY = pytest.mark.parametrize(
    ("language", "form", "comma"),
    [(language, form, comma) for language in ("id", "en") for form in ("csv", "xlsx") for comma in (True, False)],
)


def filled(data: bytes, form: str, comma: bool, cells: dict[tuple[int, int], str | float]) -> bytes:
    """The file with values typed into cells (row and column from 1), as a spreadsheet saves it."""
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        for (row, column), value in cells.items():
            book.worksheets[0].cell(row, column).value = value  # type: ignore[union-attr]  # no cell of it is merged
        return saved(book)
    separator = ";" if comma else ","
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))
    for (row, column), value in cells.items():
        rows[row - 1][column - 1] = str(value).replace(".", ",") if comma else str(value)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode()


def survey(language: str, form: str, comma: bool) -> bytes:
    return templates.written(templates.survey(CRI, language, comma=comma), form, comma=comma)  # type: ignore[arg-type]  # parametrized


@EVERY
def test_a_survey_filled_in_comes_back_as_its_rows(language: str, form: str, comma: bool) -> None:
    typed: dict[tuple[int, int], str | float] = {
        (2, 3): 2.5, (2, 4): 3, (2, 5): 3, (2, 6): 5, (2, 10): 2017, (2, 11): "BPS",
        (53, 7): 4, (53, 8): 2, (53, 9): 3,
    }  # fmt: skip
    data = filled(survey(language, form, comma), form, comma, typed)
    assert read_baseline(data, f"survey.{form}", CRI) == (
        BaselineRow("1.1", "interview", "2.5", 3, 3, 5, 2017, "BPS"),
        BaselineRow("12.4", "metric", "4", 2, 3, None, None, None),
    )


@EVERY
def test_a_survey_has_one_row_an_indicator_with_its_id_and_title(language: str, form: str, comma: bool) -> None:
    rows = read_table(survey(language, form, comma), f"survey.{form}").rows
    assert [row.cells[:2] for row in rows] == [(leaf, CRI.node(leaf).name[language]) for leaf in CRI.leaves]


@EVERY
def test_a_survey_that_nobody_filled_in_is_refused_by_that_name(language: str, form: str, comma: bool) -> None:
    with pytest.raises(ImportFault) as caught:
        read_baseline(survey(language, form, comma), f"survey.{form}", CRI)
    assert caught.value.code == "nothing_filled"


@pytest.mark.parametrize(("comma", "example"), [(True, "1,5"), (False, "1.5")])
def test_the_hint_shows_a_score_as_it_is_to_be_written(comma: bool, example: str) -> None:
    first = templates.survey(CRI, "id", comma=comma)[1]
    assert first[-1] == f"Nilai dari 1 sampai 5, misalnya {example}. Kosongkan yang tidak ditanyakan."


@EVERY
def test_seats_filled_in_come_back_as_seats(language: str, form: str, comma: bool) -> None:
    data = templates.written(templates.seats(GROUPS, language), form, comma=comma)  # type: ignore[arg-type]  # parametrized
    data = filled(data, form, comma, {(2, 3): 2, (3, 4): "Siti", (3, 5): "pemerintah", (3, 6): "BPBD", (3, 7): "p"})
    assert read_seats(data, f"seats.{form}", GROUPS) == (
        SeatRow("D1"), SeatRow("D1"), SeatRow("D2", "Siti", "pemerintah", "BPBD", "female"),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_title_that_a_spreadsheet_would_run_is_no_formula(form: str) -> None:
    rows = templates.seats({"D1": {"id": "=1+1", "en": "@x"}}, "id")
    table = read_table(templates.written(rows, form, comma=True), f"seats.{form}")  # type: ignore[arg-type]  # parametrized
    assert table.rows[0].cells[:2] == ("D1", "'=1+1")
    assert table.faults.ordered() == ()
