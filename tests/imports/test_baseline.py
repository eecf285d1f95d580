"""The earlier survey as files really bring it, good and bad; expected rows and faults are written by hand."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.framework import Framework
from server.catalog import load
from server.imports.baseline import read_baseline
from server.imports.faults import MOST_FAULTS, ImportFault
from server.workshop.events import BaselineRow
from tests.imports.sheets import workbook

CRI = Framework.from_document(load("cri"))
HEADER = "indicator,stream,score,answered,asked,respondents,year,source\n"


def read(text: str, encoding: str = "utf-8") -> tuple[BaselineRow, ...]:
    return read_baseline(text.encode(encoding), "baseline.csv", CRI)


def faults(data: str | bytes) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(ImportFault) as caught:
        read_baseline(data if isinstance(data, bytes) else data.encode(), "baseline.csv", CRI)
    return [(fault.row, fault.column, fault.code) for fault in caught.value.faults]


def test_a_latin_1_file_with_semicolons_decimal_commas_and_indonesian_headers_is_accepted() -> None:
    text = (
        "Kode Indikator ;ALIRAN;Nilai;Terjawab;Pertanyaan;Responden;Tahun;Sumber;Keterangan\r\n"
        "1.1;Wawancara;2,10;3;3;5;2017;Survei rumah tangga é;abaikan\r\n"
        "1.1;Data terukur;;0;3;;;;\r\n"
    )
    assert read(text, "latin-1") == (
        BaselineRow("1.1", "interview", "2.10", 3, 3, 5, 2017, "Survei rumah tangga é"),
        BaselineRow("1.1", "metric", None, 0, 3, None, None, None),
    )


def test_a_row_is_the_row_of_the_trail() -> None:
    (row,) = read(HEADER + "1.1,interview,2.10,3,3,5,2017,survey\n")
    assert msgspec.to_builtins(row) == {
        "item": "1.1",
        "stream": "interview",
        "score": "2.10",
        "answered": 3,
        "asked": 3,
        "respondents": 5,
        "year": 2017,
        "source": "survey",
    }


WIDE = (
    "indicator,interview_score,interview_answered,interview_asked,interview_respondents,"
    "metric_score,metric_obtained,metric_asked,year,source\n"
)


def test_a_wide_file_gives_a_row_for_each_stream_that_says_something() -> None:
    text = WIDE + "1.1,2.5,3,3,4,3.1,2,3,2017,survey\n1.2,4,3,3,,,,,2016,\n1.3,,,,,,0,3,,\n"
    assert read(text) == (
        BaselineRow("1.1", "interview", "2.5", 3, 3, 4, 2017, "survey"),
        BaselineRow("1.1", "metric", "3.1", 2, 3, None, 2017, "survey"),
        BaselineRow("1.2", "interview", "4", 3, 3, None, 2016, None),
        BaselineRow("1.3", "metric", None, 0, 3, None, None, None),
    )


def test_a_wide_file_may_be_in_indonesian_and_hold_one_stream_with_its_own_year() -> None:
    text = "Indikator;Nilai (Wawancara);Terjawab wawancara;Wawancara pertanyaan;Tahun wawancara;Tahun\n"
    text += "1.1;2,5;3;3;2015;2017\n"
    assert read(text) == (BaselineRow("1.1", "interview", "2.5", 3, 3, None, 2015, None),)


def test_a_workbook_is_read_like_a_csv() -> None:
    rows = [HEADER.strip().split(","), [1.1, "interview", 7 / 3, 3, 3.0, 5, 2017, "survey"]]
    assert read_baseline(workbook(rows), "baseline.xlsx", CRI) == (
        BaselineRow("1.1", "interview", "2.333333", 3, 3, 5, 2017, "survey"),
    )


@pytest.mark.parametrize("written", ["10.1", "10,1", " 10.1 ", "APPROPRIATE government decision-making"])
def test_an_indicator_is_known_by_its_id_with_point_or_comma_and_by_its_name(written: str) -> None:
    assert read(f'{HEADER}"{written}",interview,3,1,1,,,\n')[0].item == "10.1"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        *[("2.10", "2.10"), ("2,1", "2.1"), ("+3", "3"), ("02.5", "2.5"), ("4.", "4"), ("1.0000005", "1.000000")],
        *[("1.0000015", "1.000002"), ("5.0000000", "5.000000"), ("-", None), ("–", None), ("", None)],
    ],
)
def test_a_score_is_kept_as_written_up_to_six_places(written: str, kept: str | None) -> None:
    assert read(f'{HEADER}1.1,interview,"{written}",{1 if kept else 0},3,,,\n')[0].score == kept


def test_every_fault_of_a_file_comes_in_one_answer_by_row_and_column() -> None:
    text = HEADER + (
        "1.1,interview,2.5,3,3,4,2017,\n"
        "1.1,interview,2.5,3,3,4,2017,\n"
        "13.1,interview,2.5,3,3,4,2017,\n"
        "G1,metric,2.5,3,3,,2017,\n"
        "1.2,interview,0.9,3,3,4,2017,\n"
        "1.2,metric,5.000001,4,3,,2017,\n"
        "1.3,survey,two,-1,3,many,1066,\n"
        ",interview,3,1,,,,\n"
        "1.4,interview,3,0,3,,,\n"
        "1.4,metric,,2,3,,,\n"
        "1.5,metric,,0,0,,,\n"
    )
    assert faults(text) == [
        (3, "indicator", "duplicate_row"),
        (4, "indicator", "unknown_indicator"),
        (5, "indicator", "unknown_indicator"),
        (6, "score", "off_scale"),
        (7, "answered", "more_than_asked"),
        (7, "score", "off_scale"),
        (8, "stream", "unknown_stream"),
        (8, "score", "not_a_number"),
        (8, "answered", "not_a_count"),
        (8, "respondents", "not_a_count"),
        (8, "year", "year_out_of_range"),
        (9, "indicator", "missing_value"),
        (9, "asked", "missing_value"),
        (10, "score", "score_without_answers"),
        (11, "score", "answers_without_score"),
        (12, "asked", "nothing_asked"),
    ]


@pytest.mark.parametrize(
    ("row", "column", "code", "message"),
    [
        (
            "1.1,interview,6,3,3,,,",
            "score",
            "off_scale",
            "6 is off the scale; write a number from 1 to 5, or leave it empty.",
        ),
        ("9.9,interview,3,3,3,,,", "indicator", "unknown_indicator", "'9.9' is not an indicator; cri has 1.1 to 12.4."),
        (
            "1.1,metric,3,4,3,,,",
            "answered",
            "more_than_asked",
            "4 answered of 3 asked; write at most as many as were asked.",
        ),
        ("1.1,metric,1e0,1,3,,,", "score", "not_a_number", "'1e0' is not a number; write it like 2.1 or 2,1."),
        ("1.1,metric,nan,1,3,,,", "score", "not_a_number", "'nan' is not a number; write it like 2.1 or 2,1."),
        ("1.1,metric,٣,1,3,,,", "score", "not_a_number", "'٣' is not a number; write it like 2.1 or 2,1."),
        (
            "1.1,metric,3,1,3,,2101,",
            "year",
            "year_out_of_range",
            "2101 is out of range; write a year from 1900 to 2100.",
        ),
    ],
)
def test_one_fault_is_one_sentence_at_its_row_and_column(row: str, column: str, code: str, message: str) -> None:
    with pytest.raises(ImportFault) as caught:
        read(f"{HEADER}{row}\n")
    (fault,) = caught.value.faults
    assert (fault.row, fault.column, fault.code, fault.message) == (2, column, code, message)
    assert (caught.value.code, str(caught.value)) == ("import_faults", f"row 2, column {column}: {message}")


def test_the_column_of_a_fault_is_named_as_the_file_names_it() -> None:
    assert faults("Kode;Jenis;Skor;Terjawab;Ditanyakan\n1.1;metrik;9;1;3\n") == [(2, "Skor", "off_scale")]


def test_missing_columns_are_named_and_the_rest_is_still_checked() -> None:
    assert faults("indicator,stream,answered\n1.1,interview,3\n7.7,interview,3\n") == [
        (1, "score", "missing_column"),
        (1, "asked", "missing_column"),
        (3, "indicator", "unknown_indicator"),
    ]
    assert faults("indicator,score\n1.1,3\n") == [
        (1, "stream", "missing_column"),
        (1, "answered", "missing_column"),
        (1, "asked", "missing_column"),
    ]


def test_a_misspelt_column_is_refused_and_not_dropped() -> None:
    text = HEADER.replace("source", "sourec") + "1.1,interview,3,3,3,,,survey\n"
    assert faults(text) == [(1, "sourec", "unknown_column")]


def test_two_columns_of_one_meaning_are_refused() -> None:
    text = HEADER.replace("\n", ",nilai\n") + "1.1,interview,3,3,3,,,survey,4\n"
    assert faults(text) == [(1, "nilai", "duplicate_column")]


def test_a_formula_and_a_merged_cell_are_faults_beside_the_others() -> None:
    head = HEADER.strip().split(",")
    rows = [head, ["1.1", "interview", "=2+1", 3, 3], ["1.2", "interview", 3, 3, 3], [None, "metric", 7, 3, 3]]
    data = workbook(rows, lambda sheet: sheet.merge_cells("A3:A4"))
    assert faults(data) == [
        (2, "score", "formula"),
        (3, "indicator", "merged_cells"),
        (4, "indicator", "missing_value"),
        (4, "score", "off_scale"),
    ]


def test_a_duplicate_across_spellings_of_one_indicator_is_found() -> None:
    text = HEADER + '"1,1",interview,3,3,3,,,\n1.1,wawancara,3,3,3,,,\n'
    assert faults(text) == [(3, "indicator", "duplicate_row")]


def test_the_list_of_faults_ends_and_says_how_many_are_left() -> None:
    with pytest.raises(ImportFault) as caught:
        read(HEADER + "x,interview,3,3,3,,,\n" * (MOST_FAULTS + 5))
    last = caught.value.faults[-1]
    assert (len(caught.value.faults), last.code, last.message) == (
        MOST_FAULTS + 1,
        "too_many_faults",
        "5 more faults are not listed; mend these and upload the file again.",
    )


def test_zero_is_a_score_where_the_scale_has_it() -> None:
    scorecard = load("cri")
    scorecard["scale"] = {"categories": [0, 1, 2, 3]}
    text = HEADER + "1.1,interview,0,3,3,,,\n1.2,interview,3.5,3,3,,,\n"
    with pytest.raises(ImportFault) as caught:
        read_baseline(text.encode(), "x.csv", Framework.from_document(scorecard))
    assert [(fault.row, fault.message) for fault in caught.value.faults] == [
        (3, "3.5 is off the scale; write a number from 0 to 3, or leave it empty.")
    ]


def test_faults_survive_the_way_from_a_worker_process() -> None:
    import pickle

    with pytest.raises(ImportFault) as caught:
        read(HEADER + "1.1,interview,6,3,3,,,\n")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.faults, again.code) == (caught.value.faults, caught.value.code)


@st.composite
def baselines(draw: st.DrawFn) -> tuple[BaselineRow, ...]:
    every = [(item, stream) for item in CRI.leaves for stream in ("interview", "metric")]
    pairs = draw(st.lists(st.sampled_from(every), unique=True, min_size=1, max_size=12))
    rows = []
    for item, stream in pairs:
        asked = draw(st.integers(1, 12))
        answered = draw(st.integers(0, asked))
        places = draw(st.integers(0, 6))
        score = draw(st.decimals(1, 5, places=places)) if answered else None
        text = None if score is None else format(score, "f")
        people = draw(st.none() | st.integers(0, 999))
        year = draw(st.none() | st.integers(1900, 2100))
        source = draw(st.none() | st.from_regex(r"[A-Za-zÀ-ÿ=@;,'\"][A-Za-z0-9 ;,'\"éü]{0,20}[a-z]", fullmatch=True))
        rows.append(BaselineRow(item, stream, text, answered, asked, people, year, source and " ".join(source.split())))
    return tuple(rows)


@settings(deadline=None)
@given(baselines(), st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8", "utf-16", "cp1252"]), st.booleans())
def test_a_baseline_written_in_any_dialect_reads_back_equal(
    rows: tuple[BaselineRow, ...], separator: str, encoding: str, comma: bool
) -> None:
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=separator)
    writer.writerow(HEADER.strip().split(","))
    for row in rows:
        score = row.score.replace(".", ",") if comma and row.score else row.score
        writer.writerow([row.item, row.stream, score, row.answered, row.asked, row.respondents, row.year, row.source])
    assert read_baseline(sheet.getvalue().encode(encoding), "x.csv", CRI) == rows


@settings(deadline=None)
@given(baselines())
def test_a_baseline_written_as_a_workbook_reads_back_equal_in_value(rows: tuple[BaselineRow, ...]) -> None:
    lines = [[*msgspec.structs.astuple(row)] for row in rows]
    for line in lines:
        line[2] = None if line[2] is None else float(line[2])
        line[7] = None if str(line[7]).startswith("=") else line[7]
    found = read_baseline(workbook([HEADER.strip().split(","), *lines]), "x.xlsx", CRI)
    assert [(row.item, row.score and Decimal(row.score), row.answered) for row in found] == [
        (row.item, row.score and Decimal(row.score), row.answered) for row in rows
    ]
