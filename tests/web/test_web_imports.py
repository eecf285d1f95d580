"""Imports over HTTP: raw or as a form, whole or not at all, every fault by row and column."""

import io

import pytest
from werkzeug.test import TestResponse

from tests.web_hall import Hall, problem

HEAD = "indicator,stream,score,answered,asked,respondents,year,source\r\n"
GOOD = HEAD + "1.1,interview,2.10,3,3,5,2017,survey\r\n1.1,metric,,0,3,,,\r\n2.1,metric,4,2,3,,2016,\r\n"
# As a spreadsheet in Indonesia writes it: Latin-1, semicolons, decimal commas.
LATIN = (
    "indikator;aliran;nilai;terjawab;ditanyakan;responden;tahun;sumber\r\n"
    "1,1;wawancara;2,10;3;3;5;2017;Survei «2017»\r\n"
)
COUNTS = {"interview": {"rows": 1, "answered": 3, "asked": 3}, "metric": {"rows": 2, "answered": 2, "asked": 6}}


@pytest.fixture
def draft(hall: Hall) -> Hall:
    hall.workshop = hall.create().json["workshop"]
    return hall


def upload(hall: Hall, data: bytes, kind: str = "baseline", name: str = "survey.csv", **more: str) -> TestResponse:
    form = {"file": (io.BytesIO(data), name), **more}
    return hall.organiser.ask("POST", f"{hall.here}/imports/{kind}", data=form, content_type="multipart/form-data")


def test_a_baseline_is_counted_by_stream_and_stands_in_the_state(draft: Hall) -> None:
    told = upload(draft, GOOD.encode())
    assert (told.status_code, told.json["rows"], told.json["completeness"]) == (200, 3, COUNTS)
    assert draft.organiser.get(draft.here).json["baseline"] == {"rows": 3, "synthetic": False}


def test_a_file_may_be_the_body_itself(draft: Hall) -> None:
    told = draft.organiser.ask(
        "POST", f"{draft.here}/imports/baseline?filename=survey.csv&synthetic=true", data=GOOD.encode(),
        content_type="text/csv",
    )  # fmt: skip
    assert (told.status_code, told.json["completeness"]) == (200, COUNTS)
    assert draft.organiser.get(draft.here).json["baseline"] == {"rows": 3, "synthetic": True}


def test_latin_1_with_semicolons_and_decimal_commas_is_accepted(draft: Hall) -> None:
    told = upload(draft, LATIN.encode("latin-1"), synthetic="true")
    assert told.status_code == 200, told.json
    profile = draft.organiser.get(f"{draft.here}/profile").json
    leaf = next(node for node in profile["nodes"] if node["id"] == "1.1")
    assert leaf["streams"]["interview"]["value"] == "2.100000"
    assert profile["baseline_synthetic"] is True


def test_every_fault_is_named_by_row_and_column_and_nothing_is_imported(draft: Hall) -> None:
    bad = GOOD + "1.1,interview,3,3,3,,,\r\n9.9,interview,3,3,3,,,\r\n1.2,interview,7,3,3,,,\r\n1.3,metric,x,4,3,,,\r\n"
    body = problem(upload(draft, bad.encode()), 422, "bad_import")
    assert [(f["row"], f["column"], f["code"]) for f in body["fields"]] == [
        (5, "indicator", "duplicate_row"), (6, "indicator", "unknown_indicator"), (7, "score", "off_scale"),
        (8, "score", "not_a_number"), (8, "answered", "more_than_asked"),
    ]  # fmt: skip
    assert all(fault["message"].endswith(".") for fault in body["fields"])
    assert draft.organiser.get(draft.here).json["baseline"] is None


def test_a_baseline_after_the_start_is_refused(hall: Hall) -> None:
    hall.hold()
    problem(upload(hall, GOOD.encode()), 409, "not_draft")


def test_a_form_without_a_file_and_an_empty_file_are_told_apart(draft: Hall) -> None:
    form = draft.organiser.ask(
        "POST", f"{draft.here}/imports/baseline", data={"x": "y"}, content_type="multipart/form-data"
    )
    problem(form, 422, "malformed")
    [fault] = problem(upload(draft, b""), 422, "bad_import")["fields"]
    assert (fault["row"], fault["column"], fault["code"]) == (None, None, "empty")


@pytest.mark.parametrize("form", [False, True], ids=["body", "form"])
def test_a_file_above_five_mebibytes_is_too_large(draft: Hall, form: bool) -> None:
    data = GOOD.encode() + b" " * (5 * 1024 * 1024)
    kind = "text/csv"
    if form:
        head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="survey.csv"\r\n\r\n'
        data, kind = head + data + b"\r\n--cut--\r\n", "multipart/form-data; boundary=cut"
    told = draft.organiser.ask("POST", f"{draft.here}/imports/baseline", data=data, content_type=kind)
    problem(told, 413, "too_large")


def test_seats_are_issued_from_a_list_and_names_go_no_further_than_the_database(draft: Hall) -> None:
    people = "group,name,agency,gender\r\nD1,Siti Rahma,Bappeda,p\r\nD2,Joko,,l\r\nD1,,,\r\n"
    told = upload(draft, people.encode(), kind="seats")
    assert (told.status_code, told.json["rows"]) == (200, 3)
    assert [(card["seat"], card["group"]) for card in told.json["cards"]] == [(1, "D1"), (2, "D2"), (3, "D1")]
    assert all(len(card["code"]) == 8 and len(card["secret"]) >= 43 for card in told.json["cards"])
    for path in ("", "/trail"):
        assert "Siti" not in draft.organiser.get(draft.here + path).text


def test_faults_of_a_list_of_seats_are_named_and_no_seat_is_issued(draft: Hall) -> None:
    body = problem(upload(draft, b"group,name\r\nD7,Siti\r\n", kind="seats"), 422, "bad_import")
    assert [(f["row"], f["column"], f["code"]) for f in body["fields"]] == [(2, "group", "unknown_group")]
    assert draft.organiser.get(draft.here).json["seats"] == []


def test_a_kind_of_import_that_does_not_exist_yet_is_not_found(draft: Hall) -> None:
    problem(upload(draft, GOOD.encode(), kind="weather"), 404, "not_found")


def test_imports_are_the_organisers_alone(draft: Hall) -> None:
    ani = draft.staff("Fasil", "facilitator")
    told = ani.ask("POST", f"{draft.here}/imports/baseline", data=GOOD.encode(), content_type="text/csv")
    problem(told, 403, "not_allowed")


# --- before anything is imported --------------------------------------------------------------------------------------


def test_a_refused_file_shows_its_rows_with_sentences_in_the_callers_language(draft: Hall) -> None:
    form = {"file": (io.BytesIO((HEAD + "1.1,interview,7,3,3,,,\r\n").encode()), "survey.csv")}
    told = draft.organiser.ask("POST", f"{draft.here}/imports/baseline?language=id", data=form,
                               content_type="multipart/form-data")  # fmt: skip
    body = problem(told, 422, "bad_import")
    assert body["fields"] == [
        {"row": 2, "column": "score", "code": "off_scale",
         "message": "7 di luar skala; tulis angka dari 1 sampai 5, atau kosongkan."},
    ]  # fmt: skip
    assert body["table"] == {
        "most": 20, "header": 1, "columns": HEAD.strip().split(","),
        "rows": [[2, ["1.1", "interview", "7", "3", "3", "", "", ""]]],
    }  # fmt: skip


def test_a_clean_survey_is_looked_at_and_nothing_is_imported(draft: Hall) -> None:
    told = upload(draft, GOOD.encode(), kind="baseline/check")
    assert (told.status_code, told.json["rows"], told.json["completeness"]) == (200, 3, COUNTS)
    assert [(row["item"], row["stream"], row["score"]) for row in told.json["sample"]] == [
        ("1.1", "interview", "2.10"), ("1.1", "metric", None), ("2.1", "metric", "4"),
    ]  # fmt: skip
    assert draft.organiser.get(draft.here).json["baseline"] is None


def test_a_list_is_looked_at_and_no_seat_is_issued(draft: Hall) -> None:
    told = upload(draft, b"group,count\r\nD1,7\r\nD2,2\r\n", kind="seats/check")
    assert (told.status_code, told.json["rows"], told.json["groups"]) == (200, 9, {"D1": 7, "D2": 2})
    assert len(told.json["sample"]) == 5
    body = problem(upload(draft, b"group,count\r\nD9,7\r\n", kind="seats/check"), 422, "bad_import")
    assert body["table"]["rows"] == [[2, ["D9", "7"]]]
    assert draft.organiser.get(draft.here).json["seats"] == []


@pytest.mark.parametrize(
    ("name", "media", "start"),
    [
        ("baseline.csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfkode indikator;nama indikator;"),
        ("seats.csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfkelompok;nama kelompok;"),
        ("baseline.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("seats.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_a_template_is_a_file_by_its_name(draft: Hall, name: str, media: str, start: bytes) -> None:
    told = draft.organiser.get(f"{draft.here}/templates/{name}?language=id")
    assert (told.status_code, told.content_type) == (200, media)
    assert told.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert told.data.startswith(start)


def test_a_template_is_made_for_the_workshops_own_indicators_and_groups(draft: Hall) -> None:
    rows = draft.organiser.get(f"{draft.here}/templates/baseline.csv?decimal=point").text.splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    rows = draft.organiser.get(f"{draft.here}/templates/seats.csv?decimal=comma").text.splitlines()
    assert [row.split(";")[0] for row in rows[1:]] == ["D1", "D2"]


def test_a_template_that_does_not_exist_and_a_decimal_sign_that_is_none_are_refused(draft: Hall) -> None:
    for name in ("weather.csv", "baseline.ods"):
        problem(draft.organiser.get(f"{draft.here}/templates/{name}"), 404, "not_found")
    problem(draft.organiser.get(f"{draft.here}/templates/seats.csv?decimal=dot"), 422, "malformed")
