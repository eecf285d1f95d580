"""Openings that fit no commitment, and hostile lines: each ends in a sentence that names its entry."""

from pathlib import Path
from typing import Any

import pytest

from server.trail.commitment import Opening
from server.trail.verify import Report
from tests.trail import forge
from tests.trail.forge import honest, look
from tests.trail.story import told


def opening_lines() -> list[bytes]:
    return honest()["openings.jsonl"].splitlines()


def with_openings(tmp_path: Path, lines: list[bytes]) -> Report:
    return look(tmp_path, forge.packed({**honest(), "openings.jsonl": forge.joined(lines)}))


def at(lines: list[bytes], seq: int, name: str) -> int:
    return next(i for i, o in enumerate(map(Opening.read, lines)) if (o.seq, o.name) == (seq, name))


def test_one_rating_changed_in_the_openings_names_the_entry(tmp_path: Path) -> None:
    lines = opening_lines()
    place = at(lines, 40, "ballot")
    lines[place] = lines[place].replace(b'"item":"a1","value":4', b'"item":"a1","value":3')
    report = with_openings(tmp_path, lines)
    assert (report.status, report.problems) == (
        "INVALID", ("The opening ballot of entry 40 (ballot.cast, A) does not fit its commitment.",)
    )  # fmt: skip


def test_one_figure_changed_in_the_openings_names_the_entry(tmp_path: Path) -> None:
    lines = opening_lines()
    place = at(lines, 45, "item/a4")
    lines[place] = lines[place].replace(b'"median":"3.000000"', b'"median":"3.500000"')
    assert with_openings(tmp_path, lines).problems == (
        "The opening item/a4 of entry 45 (round.assessed, A) does not fit its commitment.",
    )


def test_the_entry_is_named_even_where_the_line_is_written_otherwise(tmp_path: Path) -> None:
    # As a person would change it: read as JSON, changed, written again with spaces.
    lines = opening_lines()
    place = at(lines, 40, "ballot")
    lines[place] = lines[place].replace(b'"item":"a1","value":4', b'"item": "a1", "value": 3')
    problems = with_openings(tmp_path, lines).problems
    assert problems[0].startswith("Line 4 of openings.jsonl, of entry 40, will not do: The line is not canonical")
    assert problems[1] == "The opening ballot of entry 40 (ballot.cast, A) does not fit its commitment."


def test_a_missing_opening_names_the_entry(tmp_path: Path) -> None:
    lines = opening_lines()
    del lines[at(lines, 40, "ballot")]
    assert with_openings(tmp_path, lines).problems == (
        "The opening ballot of entry 40 (ballot.cast) is missing, and nothing says it was erased.",
    )


def test_an_opening_that_stands_twice_names_the_entry(tmp_path: Path) -> None:
    lines = opening_lines()
    place = at(lines, 40, "ballot")
    lines.insert(place, lines[place])
    assert with_openings(tmp_path, lines).problems == (
        "The opening ballot of entry 40 (ballot.cast, A) stands twice.",
    )


def test_openings_that_belong_nowhere_or_stand_out_of_order_are_named(tmp_path: Path) -> None:
    lines = opening_lines()
    stray = Opening(37, "zzz", "00" * 16, "x").line()
    assert "Nothing is sealed for the opening zzz of entry 37 (ballot.cast, A)." in with_openings(
        tmp_path, [*lines[:1], stray, *lines[1:]]
    ).problems
    beyond = Opening(125, "text", "00" * 16, "x").line()
    assert with_openings(tmp_path, [*lines, beyond]).problems == (
        "An opening names entry 125, but the trail has 125 entries.",
    )
    swapped = [lines[1], lines[0], *lines[2:]]
    assert any("stands out of order" in problem for problem in with_openings(tmp_path, swapped).problems)


def test_a_commitment_that_stands_twice_is_found(tmp_path: Path) -> None:
    def change(leaves: list[forge.Leaf]) -> None:
        notes = [leaf for leaf in leaves if leaf.kind == "note.added"]
        notes[1].opened["text"] = notes[0].opened["text"]

    report = look(tmp_path, forge.forged(told(), change))
    assert report.problems == ("The commitment text of entry 124 (note.added, workshop) stands in the trail twice.",)


HOSTILE = {
    "not UTF-8": b'{"content":"\xff","name":"text","salt":"' + b"00" * 16 + b'","seq":60}',
    "a doubled key": b'{"content":1,"content":2,"name":"text","salt":"' + b"00" * 16 + b'","seq":60}',
    "a float": b'{"content":1.5,"name":"text","salt":"' + b"00" * 16 + b'","seq":60}',
    "not a number": b'{"content":NaN,"name":"text","salt":"' + b"00" * 16 + b'","seq":60}',
    "a huge integer": b'{"content":' + b"9" * 5000 + b',"name":"text","salt":"' + b"00" * 16 + b'","seq":60}',
    "50,000 brackets": b'{"content":' + b"[" * 50_000 + b"]" * 50_000 + b',"name":"text","salt":"00","seq":60}',
    "half a pair": b'{"content":"\\ud800","name":"text","salt":"' + b"00" * 16 + b'","seq":60}',
    "nothing": b"",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_opening_ends_in_a_sentence(what: str, tmp_path: Path) -> None:
    lines = opening_lines()
    report = with_openings(tmp_path, [*lines[:30], HOSTILE[what], *lines[30:]])
    assert report.status == "INVALID" and report.problems[0].startswith("Line 31 of openings.jsonl")


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_line_ends_in_a_sentence(what: str, tmp_path: Path) -> None:
    lines = honest()["trail.jsonl"].splitlines()
    lines.insert(60, HOSTILE[what])
    report = look(tmp_path, forge.packed({**honest(), "trail.jsonl": forge.joined(lines)}))
    assert report.status == "INVALID" and report.problems[0].startswith("Entry 60 is no entry of a trail: ")


@pytest.mark.parametrize(
    ("name", "content"),
    [("item/a1", {}), ("item/a1", "x"), ("group", [1]), ("item/a2", {"item": "a2"}), ("item/a3", None)],
)
def test_a_content_of_another_shape_ends_in_a_sentence(name: str, content: Any, tmp_path: Path) -> None:
    def change(leaves: list[forge.Leaf]) -> None:
        forge.the(leaves, "round.assessed", "A").opened[name][1] = content

    [problem] = look(tmp_path, forge.forged(told(), change)).problems
    assert problem.startswith("What entry 45 (round.assessed, A) seals cannot be read: ")
