"""What is said of a fault: in both languages, with the same values, and of every fault that a reader can find."""

from __future__ import annotations

import ast
from string import Formatter

import pytest

from consensus.framework import Framework
from server.catalog import load
from server.imports.baseline import read_baseline
from server.imports.faults import Excerpt, ImportFault
from server.imports.headers import STREAMS
from server.imports.sentences import SENTENCES
from server.imports.tables import MOST_SHOWN
from tests import house

CRI = Framework.from_document(load("cri"))
HEADER = "indicator,stream,score,answered,asked\n"


def refused(text: str) -> ImportFault:
    with pytest.raises(ImportFault) as caught:
        read_baseline(text.encode(), "survey.csv", CRI)
    return caught.value


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("said", SENTENCES)
def test_both_languages_say_a_fault_with_the_same_values(said: str) -> None:
    told = SENTENCES[said]
    assert list(told) == ["en", "id"]
    assert fields(told["id"]) == fields(told["en"])
    assert told["id"] != told["en"]
    assert all(sentence.endswith(".") and "!" not in sentence.replace("!r", "") for sentence in told.values())


PLACES = {"refuse": 0, "fault": 1, "complain": 2, "add": 2, "Fault": 2}  # which argument is a sentence's key


def named(source: str) -> set[str]:
    """The keys that calls of a reader name; of one that is put together, its beginning."""
    found: set[str] = set()
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            place = PLACES.get(ast.unparse(call.func).rpartition(".")[2], len(call.args))
            parts = ast.walk(call.args[place]) if place < len(call.args) else ()
            found |= {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return found


def test_every_fault_that_a_reader_names_has_its_sentence_and_no_sentence_is_idle() -> None:
    sources = [path.read_text("utf-8") for path in (house.ROOT / "server" / "imports").glob("*.py")]
    found = {said for source in sources for said in named(source)}
    assert "duplicate_row." in found
    found = (found - {"duplicate_row."}) | {f"duplicate_row.{stream}" for stream in STREAMS}
    assert found == set(SENTENCES)


def test_a_fault_is_told_in_either_language_with_what_stands_in_the_cell() -> None:
    (fault,) = refused(HEADER + '1.1,interview,"6,5",3,3\n').faults
    assert fault.told("id") == {
        "row": 2, "column": "score", "code": "off_scale",
        "message": "6,5 di luar skala; tulis angka dari 1 sampai 5, atau kosongkan.",
    }  # fmt: skip
    assert fault.told("en")["message"] == "6,5 is off the scale; write a number from 1 to 5, or leave it empty."


def test_a_refused_table_shows_its_own_rows_where_the_faults_are_and_no_others() -> None:
    text = HEADER + f"1.1,interview,6,3,3\n1.2,interview,3,3,3\n1.3,interview,{'x' * 100},3,3\n"
    assert refused(text).excerpt == Excerpt(
        header=1, columns=("indicator", "stream", "score", "answered", "asked"),
        rows=((2, ("1.1", "interview", "6", "3", "3")), (4, ("1.3", "interview", "x" * 79 + "…", "3", "3"))),
    )  # fmt: skip


def test_only_the_rows_of_the_first_faults_are_shown_again() -> None:
    told = refused(HEADER + "".join(f"{leaf},interview,9,3,3\n" for leaf in CRI.leaves))
    assert len(told.faults) == len(CRI.leaves)
    assert told.excerpt is not None
    assert [number for number, _ in told.excerpt.rows] == list(range(2, MOST_SHOWN + 2))


def test_a_file_that_is_no_table_shows_no_rows() -> None:
    assert refused("").excerpt is None
