"""Uploads become rows of text with the numbers a spreadsheet shows; expected rows are written by hand."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.faults import Fault, ImportFault
from server.imports.grid import letter
from server.imports.limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS
from server.imports.tables import Table, read_table
from tests.imports.sheets import saved, with_shared_strings, workbook


def cells(table: Table) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in table.rows]


def faults_of(table: Table) -> tuple[Fault, ...]:
    with pytest.raises(ImportFault) as caught:
        table.stop_if_any()
    return caught.value.faults


def refusal(data: bytes, filename: str = "sheet.csv") -> ImportFault:
    with pytest.raises(ImportFault) as caught:
        read_table(data, filename)
    assert len(caught.value.faults) == 1
    return caught.value


TEXT = "kode;nama;nilai\r\n1.1;Kesiapan café — größer;2,10\r\n"
ROWS = [(2, ("1.1", "Kesiapan café — größer", "2,10"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_csv_reads_the_same_in_every_encoding_that_spreadsheets_write(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding), "nilai.csv")
    assert (table.columns, cells(table)) == (("kode", "nama", "nilai"), ROWS)
    table.stop_if_any()


def test_a_csv_in_latin_1_is_read_as_it_was_written() -> None:
    assert cells(read_table("a,b\n1,é£ß\n".encode("latin-1"), "x.csv")) == [(2, ("1", "é£ß"))]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separator_and_line_ending_are_found(separator: str, ending: str) -> None:
    text = ending.join([separator.join("abc"), separator.join(["1", '"x, y; z"', "3"])])
    assert cells(read_table(text.encode(), "x.csv")) == [(2, ("1", "x, y; z", "3"))]


def test_a_semicolon_file_keeps_its_decimal_commas() -> None:
    assert cells(read_table(b"item;score\n1.1;2,5\n", "x.csv")) == [(2, ("1.1", "2,5"))]


def test_the_separator_hint_of_a_spreadsheet_is_obeyed_and_keeps_its_row_number() -> None:
    table = read_table(b"sep=;\na;b\n1;2\n", "x.csv")
    assert (table.header, cells(table)) == (2, [(3, ("1", "2"))])


def test_blank_rows_are_passed_over_but_counted() -> None:
    table = read_table(b"\n\na,b\n\n1,2\n,\n3,4\n", "x.csv")
    assert (table.header, cells(table)) == (3, [(5, ("1", "2")), (7, ("3", "4"))])


def test_spaces_around_a_value_and_line_breaks_inside_it_become_single_spaces() -> None:
    assert cells(read_table('a,b\n  1\u00a0 ,"x\n  y "\n'.encode(), "x.csv")) == [(2, ("1", "x y"))]


def test_a_value_beyond_the_named_columns_is_a_fault_at_its_letter() -> None:
    found = faults_of(read_table(b"item,score\n1.1,2,5\n", "x.csv"))
    assert [(fault.row, fault.column, fault.code) for fault in found] == [(2, "C", "unnamed_column")]


def test_an_open_quotation_mark_is_one_fault_at_its_row() -> None:
    error = refusal(b'a,b\n1,2\n3,"x\n')
    assert [(fault.row, fault.column, fault.code) for fault in error.faults] == [(3, None, "unreadable_row")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n \n", "empty"),
        (b"a,b\n", "no_rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old_excel"),
        (b"\xff\xfea", "unreadable"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        (b"a\n" + b"1\n" * MAX_ROWS, "too_many_rows"),
        (b"a," * MAX_COLUMNS + b"a\n1\n", "too_many_columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault_with_a_stable_code(data: bytes, code: str) -> None:
    error = refusal(data)
    assert (error.code, error.faults[0].code, error.faults[0].row) == (code, code, None)


def test_an_upload_of_exactly_the_most_rows_and_columns_is_read() -> None:
    header = ",".join(f"c{number}" for number in range(MAX_COLUMNS)) + "\n"
    table = read_table((header + "1\n" * (MAX_ROWS - 1)).encode(), "x.csv")
    assert (len(table.rows), table.rows[-1].number, len(table.columns)) == (MAX_ROWS - 1, MAX_ROWS, MAX_COLUMNS)


def test_the_file_name_is_told_without_its_path() -> None:
    message = refusal(b"", "../../etc/C:\\secret\\nilai.csv").faults[0].message
    assert message == "nilai.csv is empty; save the sheet again and upload that file."


def test_control_characters_and_overlong_texts_are_faults_of_their_cell() -> None:
    found = faults_of(read_table(f"a,b\nx\x07y,{'z' * (MAX_CELL + 1)}\n".encode(), "x.csv"))
    assert [(fault.row, fault.column, fault.code) for fault in found] == [
        (2, "a", "control_character"),
        (2, "b", "too_long"),
    ]


def test_a_workbook_gives_numbers_dates_and_truth_values_as_plain_text() -> None:
    day = dt.datetime(2017, 9, 1)
    data = workbook([["a", "b", "c", "d", "e"], [1, 2.0, 2.1, True, day], [None, " x ", 1e-7, 7 / 3, -0.5]])
    assert cells(read_table(data, "x.xlsx")) == [
        (2, ("1", "2", "2.1", "TRUE", "2017-09-01")),
        (3, ("", "x", "0.0000001", "2.333333333333333", "-0.5")),
    ]


def test_texts_that_stand_once_and_are_pointed_at_are_read_as_excel_writes_them() -> None:
    sheet = (
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>'
        '<row r="5"><c r="A5" t="s"><v>2</v></c><c r="C5"><v>2.5</v></c></row>'
    )
    table = read_table(with_shared_strings(sheet, ["item", "score", "1.1"]), "x.xlsx")
    assert (table.header, table.columns, cells(table)) == (2, ("item", "B", "score"), [(5, ("1.1", "", "2.5"))])


def test_only_the_first_visible_sheet_is_read() -> None:
    book = openpyxl.Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.append(["hidden"])
    hidden.sheet_state = "hidden"
    for title in ("seen", "later"):
        book.create_sheet(title).append([title])
        book[title].append([1])
    assert read_table(saved(book), "x.xlsx").columns == ("seen",)


def test_a_formula_is_refused_at_its_cell_even_where_its_value_is_known() -> None:
    found = faults_of(read_table(workbook([["item", "score"], ["1.1", "=1+1"], ["1.2", 3]]), "x.xlsx"))
    assert [(fault.row, fault.column, fault.code) for fault in found] == [(2, "score", "formula")]


def test_an_error_value_is_refused_at_its_cell() -> None:
    found = faults_of(read_table(workbook([["item", "score"], ["1.1", "#N/A"]]), "x.xlsx"))
    assert [(fault.row, fault.column, fault.code) for fault in found] == [(2, "score", "error_cell")]


def test_merged_cells_are_refused_at_their_first_cell() -> None:
    data = workbook([["item", "score"], ["1.1", 2], [None, 3], ["1.2", 3]], lambda sheet: sheet.merge_cells("A2:A3"))
    (found,) = faults_of(read_table(data, "x.xlsx"))
    assert (found.row, found.column, found.code) == (2, "item", "merged_cells")
    assert found.message == "The cells A2:A3 are merged; split them and write the value into each."


def test_a_workbook_wider_or_longer_than_the_caps_is_refused() -> None:
    assert refusal(workbook([["a"] * (MAX_COLUMNS + 1), [1]])).code == "too_many_columns"
    far = workbook([["a"], [1]], lambda sheet: sheet.cell(MAX_ROWS + 1, 1, "far"))
    assert refusal(far).code == "too_many_rows"


def test_columns_are_lettered_as_spreadsheets_letter_them() -> None:
    # witness: openpyxl's own table
    assert [letter(n) for n in range(800)] == [openpyxl.utils.get_column_letter(n + 1) for n in range(800)]


plain_text = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=12).filter(
    lambda text: not text.startswith("\ufeff")
)


@given(st.lists(st.tuples(plain_text, plain_text), min_size=1, max_size=8))
def test_whatever_a_csv_writer_writes_is_read_back_in_normal_form(rows: list[tuple[str, str]]) -> None:
    import csv
    import io
    import unicodedata

    sheet = io.StringIO(newline="")
    csv.writer(sheet, delimiter=";").writerows([("first", "second"), *rows])
    expected = [tuple(" ".join(unicodedata.normalize("NFC", cell).split()) for cell in row) for row in rows]
    assert [row.cells for row in read_table(sheet.getvalue().encode(), "x.csv").rows] == expected


@given(st.binary(max_size=400))
def test_no_bytes_whatever_raise_anything_but_named_faults(data: bytes) -> None:
    try:
        table = read_table(data, "x.csv")
    except ImportFault as error:
        assert all(fault.message.endswith(".") for fault in error.faults)
    else:
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
