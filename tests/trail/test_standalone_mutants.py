"""The mutation run in small, and mutations that Hypothesis chooses; both verifiers must agree on each.

`make faults` runs ten thousand (`benchmarks/faults/mutants.py`); here are the first of them.
"""

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.faults import mutants
from tests.trail import forge
from tests.trail.story import SIGNER, told
from tests.trail.two import alone, both


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_every_mutant_is_found_alone_or_against_the_head_of_the_day(first: int, tmp_path: Path) -> None:
    counts, wrong = mutants.run(range(first, first + 50), tmp_path)
    assert wrong == []
    assert sum(counts.values()) == 50 and sum(count for (_, how), count in counts.items() if how == mutants.FOUND) >= 30


def test_a_rewrite_without_contradiction_is_found_by_the_head_of_the_day_alone(tmp_path: Path) -> None:
    def change(leaves: list[forge.Leaf]) -> None:
        forge.the(leaves, "note.added").opened["text"][1] = "tea"

    assert mutants.judged(tmp_path, told(), forge.forged(told(), change)) == mutants.REWRITE
    assert mutants.judged(tmp_path, told(), forge.forged(told(), change, resign=False)) == mutants.FOUND


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(sorted({change.__name__ for change in mutants.CHANGES})), st.booleans())
def test_whatever_hypothesis_changes_both_say_the_same(seed: int, name: str, resign: bool) -> None:
    change = getattr(mutants, name)
    try:
        data = forge.forged(told(), lambda leaves: change(Random(seed), leaves), resign=resign)
    except (LookupError, TypeError, mutants.TrailError):
        return
    with tempfile.TemporaryDirectory() as folder:
        both(forge.saved(Path(folder), data), vkey=SIGNER.verifier.vkey)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_bytes_hypothesis_puts_into_a_file_both_say_the_same(data: st.DataObject) -> None:
    files = forge.members(forge.write(told()))
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    end = data.draw(st.integers(at, min(len(files[name]), at + 40)))
    files[name] = files[name][:at] + data.draw(st.binary(max_size=12)) + files[name][end:]
    with tempfile.TemporaryDirectory() as folder:
        both(forge.saved(Path(folder), forge.packed(files, repair=name != "MANIFEST.sha256")))


@pytest.mark.parametrize(
    "vkey",
    ["", "x", "mufakat/kota-uji+ec298e95+AQ==", SIGNER.verifier.vkey.replace("+AQ", "+Ag"), f"{SIGNER.verifier.vkey}A"],
)
def test_a_key_of_the_wrong_type_or_length_is_unreadable_for_both(vkey: str, tmp_path: Path) -> None:
    assert both(forge.saved(tmp_path, forge.write(told())), vkey=vkey).exit_code == 3


@pytest.mark.parametrize(
    "note", ["", "hello", "\n\n", "a\n1\nAA==\n\n— a AAAA\n", told().notes[0][:-2], "x" * 70_000], ids=range(6)
)
def test_a_head_that_is_no_note_is_unreadable_for_both(note: str, tmp_path: Path) -> None:
    assert both(forge.saved(tmp_path, forge.write(told())), head=note).exit_code == 3


def test_bytes_that_are_no_text_are_no_head(tmp_path: Path) -> None:
    note = tmp_path / "photo.jpg"
    note.write_bytes(b"\xff\xd8\xff\xe0")
    code, said = alone(forge.saved(tmp_path, forge.write(told())), head=note)
    due = ["UNREADABLE · TIDAK TERBACA", "  No head can be read there.", "  Segelnya tidak terbaca."]
    assert (code, said) == (3, due)
