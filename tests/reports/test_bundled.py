"""A report is made again from its bundle alone, in either language, and never from one that does not hold."""

import argparse
from pathlib import Path

import pytest

from server.cli import report
from tests.reports.copies import html
from tests.trail import forge
from tests.trail.story import told


def arguments(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    report.add(parser)
    return parser.parse_args(given)


def bundle(folder: Path, disclose: str) -> Path:
    path = folder / f"{disclose}.zip"
    path.write_bytes(forge.write(told(), disclose))
    return path


@pytest.mark.parametrize("disclose", ["full", "public"])
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_report_made_from_a_bundle_is_the_one_made_from_its_trail(
    disclose: str, language: str, tmp_path: Path
) -> None:
    path = bundle(tmp_path, disclose)
    assert report.run(arguments(str(path), "--out", str(tmp_path), "--language", language)) == 0
    assert (tmp_path / f"report-{language}.html").read_bytes() == html("story", language, disclose)


def test_a_bundle_that_is_no_zip_gives_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(b"not a zip")
    assert report.run(arguments(str(path), "--out", str(tmp_path))) == 3
    assert capsys.readouterr().err.endswith("[report_unreadable]\n") and list(tmp_path.glob("*.html")) == []


def test_a_bundle_in_which_a_figure_was_changed_gives_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = forge.members(forge.write(told()))
    files["openings.jsonl"] = files["openings.jsonl"].replace(b'"median":"4.000000"', b'"median":"5.000000"', 1)
    path = tmp_path / "b.zip"
    path.write_bytes(forge.packed(files))
    assert report.run(arguments(str(path), "--out", str(tmp_path))) == 1
    assert capsys.readouterr().err.endswith("[report_invalid]\n") and list(tmp_path.glob("*.html")) == []


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bundle(tmp_path, "public")
    assert report.run(arguments(str(path), "--out", str(path / "below a file"))) == 2
    assert capsys.readouterr().err.endswith("name a folder that is yours. [unwritable]\n")
