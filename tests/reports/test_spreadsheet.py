"""The tables of a bundle for a spreadsheet: byte for byte, and read back by the csv module in each style."""

from __future__ import annotations

import csv
import io
from itertools import product
from pathlib import Path

import pytest

from server.cli import main
from server.reports.spreadsheet import BOM, Style, styled
from server.trail.sheets import RESULT_COLUMNS
from tests.trail import forge
from tests.trail.story import told

STYLES = [Style(*each) for each in product((False, True), repeat=3)]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return forge.members(forge.write(told()))


def rows(data: bytes, style: Style) -> list[list[str]]:
    assert data.startswith(BOM) == style.bom
    text = data.removeprefix(BOM).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if style.semicolons else ","))


@pytest.mark.parametrize("name", ["results.csv", "ratings.csv"])
def test_a_table_without_options_is_the_one_of_the_bundle_byte_for_byte(files: dict[str, bytes], name: str) -> None:
    assert styled(files[name], Style()) == files[name]


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_every_style_holds_the_same_cells_with_figures_written_as_asked(files: dict[str, bytes], style: Style) -> None:
    plain = rows(files["results.csv"], Style())
    found = rows(styled(files["results.csv"], style), style)
    figures = {"median", "q1", "q3", "iqr", "value", "interview", "metric", "gap"}
    for row, was in zip(found, plain, strict=True):
        for column, cell, before in zip(plain[0], row, was, strict=True):
            assert cell == (before.replace(".", ",") if style.decimal_comma and column in figures else before)
    data = styled(files["results.csv"], style)
    assert data.endswith(b"\r\n") and data.count(b"\n") == data.count(b"\r\n") == len(plain)


def test_a_table_for_a_spreadsheet_in_indonesian_looks_like_this(files: dict[str, bytes]) -> None:
    data = styled(files["results.csv"], Style(True, True, True))
    head, first, *_ = data.split(b"\r\n")
    assert head == BOM + ";".join(RESULT_COLUMNS).encode()
    assert first == (b"A;a1;Indicator a1;2;8;4,000000;4,000000;4,000000;0,000000;8;7;consensus;agreed;4,000000;3,10;;"
                     b"0,900000;new_evidence")  # fmt: skip
    # Commas part the cells by RFC 4180, so that a figure with one is quoted.
    assert b',"4,000000",' in styled(files["results.csv"], Style(decimal_comma=True)).split(b"\r\n")[1]


def test_names_keep_their_points_and_what_would_run_stays_harmless(files: dict[str, bytes]) -> None:
    table = b'item,name,median,gap\r\n1.1,"Rumah, v2.0",2.500000,-0.500000\r\n1.2,\'=1+1,,\r\n'
    assert styled(table, Style(decimal_comma=True, semicolons=True)) == (
        b"item;name;median;gap\r\n1.1;Rumah, v2.0;2,500000;-0,500000\r\n1.2;'=1+1;;\r\n"
    )
    for style in STYLES:
        found = rows(styled(files["results.csv"], style), style)
        assert [row[2] for row in found if row[1] == "b3"] == ["'=Banjir, dan lain-lain"]


# --- the verb ---------------------------------------------------------------------------------------------------------


def test_the_verb_writes_the_tables_of_a_full_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = forge.saved(tmp_path, forge.write(told())), tmp_path / "tables"
    assert main(["report", str(path), "--csv", "--out", str(out)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(out / "results.csv"), str(out / "ratings.csv")]
    files = forge.members(path.read_bytes())
    assert {each.name: each.read_bytes() for each in out.iterdir()} == {
        name: files[name] for name in ("results.csv", "ratings.csv")
    }
    assert main(["report", str(path), "--csv", "--bom", "--decimal-comma", "--semicolons", "--out", str(out)]) == 0
    for name in ("results.csv", "ratings.csv"):
        assert (out / name).read_bytes() == styled(files[name], Style(True, True, True))
    assert list(out.glob("*.html")) == []


def test_a_public_bundle_gives_results_alone_and_a_false_one_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = forge.saved(tmp_path, forge.write(told(), "public")), tmp_path / "tables"
    assert main(["report", str(path), "--csv", "--out", str(out)]) == 0
    assert [each.name for each in out.iterdir()] == ["results.csv"]
    files = forge.members(forge.write(told()))
    files["results.csv"] = files["results.csv"].replace(b"consensus", b"near", 1)
    forged = forge.saved(tmp_path, forge.packed(files))
    capsys.readouterr()
    assert main(["report", str(forged), "--csv", "--out", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.endswith("[report_invalid]\n") and not (tmp_path / "none").exists()
