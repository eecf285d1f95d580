"""What a bundle holds, byte for byte. Witnesses: TRAIL.md's list, sha256sum, the csv module, the story by hand."""

import csv
import hashlib
import io
import json
import re
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from consensus.verdict import OUTCOMES
from server.trail import bundle
from server.trail.disclosure import Disclosure
from server.trail.sheets import RATING_COLUMNS, RESULT_COLUMNS, row
from server.workshop.contents import EndingKind
from server.workshop.records import Cannot, Cause
from tests.trail import forge
from tests.trail.memory import code_of
from tests.trail.story import SIGNER, Kept, keep, played, told

HEADS = [f"checkpoints/{size}.note" for size in (46, 59, 72, 88, 98, 117, 124, 125)]


def test_a_full_bundle_holds_exactly_these_files_in_this_order() -> None:
    assert list(forge.members(forge.write(told()))) == [
        "trail.jsonl", "openings.jsonl", *HEADS, "key.vkey", "results.csv", "ratings.csv", "report.html", "verify.py",
        "README.txt", "disclosure.json", "MANIFEST.sha256",
    ]  # fmt: skip


def test_a_public_bundle_holds_no_single_ratings() -> None:
    full, public = forge.members(forge.write(told())), forge.members(forge.write(told(), "public"))
    assert full.keys() - public.keys() == {"ratings.csv"}
    assert public["trail.jsonl"] == full["trail.jsonl"]
    assert public["disclosure.json"] == b'{"disclose":"public","suppress_below":5}\n'


def test_every_bundle_carries_the_stand_alone_verifier_and_its_manifest_names_it() -> None:
    for disclose in ("full", "public"):
        files = forge.members(forge.write(told(), disclose))  # type: ignore[arg-type]  # both levels there are
        assert files["verify.py"] == bundle.STANDALONE.read_bytes()
        assert f"{hashlib.sha256(files['verify.py']).hexdigest()}  verify.py\n".encode() in files["MANIFEST.sha256"]


def test_the_same_trail_gives_the_same_bytes_to_a_file_and_to_a_stream(tmp_path: Path) -> None:
    kept = keep(played())
    with (tmp_path / "b.zip").open("wb") as file:
        bundle.write(
            file, trail=((line, list(reversed(opened))) for line, opened in kept.stored), notes=kept.notes,
            vkey=SIGNER.verifier.vkey, disclosure=Disclosure("full", 5), report_html=forge.REPORT,
        )  # fmt: skip
    assert (tmp_path / "b.zip").read_bytes() == forge.write(told())
    infos = zipfile.ZipFile(tmp_path / "b.zip").infolist()
    stamps = {(i.date_time, i.external_attr >> 16, i.create_system) for i in infos}
    assert stamps == {((1980, 1, 1, 0, 0, 0), 0o100644, 3)}


def test_the_manifest_is_what_sha256sum_checks_and_its_digest_is_returned(tmp_path: Path) -> None:
    out = io.BytesIO()
    digest = bundle.write(
        out, trail=told().stored, notes=told().notes, vkey=SIGNER.verifier.vkey,
        disclosure=Disclosure("full", 5), report_html=b"x",
    )  # fmt: skip
    zipfile.ZipFile(out).extractall(tmp_path)
    done = subprocess.run(
        ["sha256sum", "--strict", "--check", "MANIFEST.sha256"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.count(": OK\n") == len(zipfile.ZipFile(out).namelist()) - 1
    assert digest == hashlib.sha256((tmp_path / "MANIFEST.sha256").read_bytes()).hexdigest()


def test_a_bundle_ends_at_the_last_head_whatever_follows_it() -> None:
    kept = told()
    cut = forge.members(forge.write(Kept(kept.stored, kept.notes[:-2])))
    assert cut["trail.jsonl"].count(b"\n") == 117


def test_a_trail_shorter_than_its_last_head_or_without_a_head_is_not_handed_out() -> None:
    kept = told()
    assert code_of(lambda: forge.write(Kept(kept.stored[:100], kept.notes))) == "bundle_head"
    assert code_of(lambda: forge.write(Kept(kept.stored, []))) == "bundle_head"


def test_figures_are_never_withheld_below_fewer_raters_than_the_workshop_said() -> None:
    kept = keep(played(suppress_below=7))
    assert code_of(lambda: forge.write(kept, "public", 6)) == "bundle_suppression"


# --- tables -----------------------------------------------------------------------------------------------------


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_results_hold_one_row_an_item_with_its_latest_counted_vote() -> None:
    data = forge.members(forge.write(told()))["results.csv"]
    rows = {(r["group"], r["item"]): r for r in table(data)}
    assert data.split(b"\r\n")[0].decode() == ",".join(RESULT_COLUMNS)
    assert list(rows) == [("A", f"a{i}") for i in range(1, 6)] + [("B", f"b{i}") for i in (1, 2, 3)] + [
        ("P", "a3"), ("P", "b1"),
    ]  # fmt: skip
    assert list(rows["A", "a1"].values()) == [
        "A", "a1", "Indicator a1", "2", "8", "4.000000", "4.000000", "4.000000", "0.000000", "8", "7", "consensus",
        "agreed", "4.000000", "3.10", "", "0.900000", "new_evidence",
    ]  # fmt: skip
    # a5: nobody rated it in round 3, so that round 2 is its latest vote; b1: round 2 was voided
    assert (rows["A", "a5"]["round"], rows["B", "b1"]["round"], rows["B", "b2"]["round"]) == ("2", "1", "")
    assert (rows["A", "a2"]["metric"], rows["A", "a2"]["gap"]) == ("2.5", "0.500000")
    assert [rows["A", "a4"]["ending"], rows["A", "a4"]["value"]] == ["decided", "3.000000"]


def test_ratings_hold_every_answer_of_the_rounds_that_stand_and_join_nobody() -> None:
    data = forge.members(forge.write(told()))["ratings.csv"]
    rows = table(data)
    assert data.split(b"\r\n")[0].decode() == ",".join(RATING_COLUMNS)
    # A: 8×5 + 8×5 + 8×2 (a5 unanswered); B: 6 + 6 + 5; P: 14×2. The voided round of B is left out.
    assert len(rows) == 40 + 40 + 16 + 17 + 28
    spread = [r["value"] for r in rows if (r["group"], r["round"], r["item"]) == ("A", "1", "a4")]
    assert sorted(spread) == list("12233445")
    unsure = [r for r in rows if (r["group"], r["round"], r["item"]) == ("B", "1", "b2")]
    assert {(r["value"], r["cannot"]) for r in unsure} == {("", "no_knowledge")}
    names = [r["rater"] for r in rows]
    assert len(set(names)) == len(names)
    for one, other in pairwise(rows):
        if (one["group"], one["round"], one["item"]) == (other["group"], other["round"], other["item"]):
            assert one["rater"] < other["rater"]


def test_a_raters_name_is_the_salted_hash_of_the_ballot_and_the_item() -> None:
    files = forge.members(forge.write(told()))
    ballots = [json.loads(line) for line in files["openings.jsonl"].splitlines()]
    first = next(o for o in ballots if o["name"] == "ballot")
    expected = hashlib.sha256(bytes.fromhex(first["salt"]) + b"a1").hexdigest()[:8]
    value = next(a["value"] for a in first["content"]["answers"] if a["item"] == "a1")
    assert f"A,1,a1,{expected},{value},,\r\n".encode() in files["ratings.csv"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\0", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(start: str) -> None:
    [cells] = csv.reader(io.StringIO(row([f"{start}1+1", "safe"]).decode(), newline=""))
    assert cells == [f"'{start}1+1", "safe"]


def test_a_negative_figure_stays_a_number() -> None:
    assert row(["-0.500000", -1, None]) == b"-0.500000,-1,\r\n"


def test_the_name_of_an_indicator_that_begins_like_a_formula_is_neutralised() -> None:
    rows = table(forge.members(forge.write(told()))["results.csv"])
    assert [r["name"] for r in rows if r["item"] == "b3"] == ["'=Banjir, dan lain-lain"]


# --- readme -----------------------------------------------------------------------------------------------------


def sections(text: str) -> dict[str, tuple[str, ...]]:
    """What each section of a README names, in its order, by the first word of its title."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in text.splitlines():
        if re.fullmatch(r"\S.*", line):
            title = line.split(" (")[0]
        elif named := re.match(r"  (\S+)  +\S", line):
            found.setdefault(title, []).append(named[1])
    return {title: tuple(names) for title, names in found.items()}


TITLES = {
    "en": ("Files", "results.csv", "ratings.csv", "Codes of outcome", "Codes of ending", "Codes of cause",
           "Codes of cannot", "Fields of an entry in trail.jsonl", "Fields of a line in openings.jsonl",
           "Fields of disclosure.json"),
    "id": ("Isi berkas", "results.csv", "ratings.csv", "Kode outcome", "Kode ending", "Kode cause", "Kode cannot",
           "Unsur sebuah entri dalam trail.jsonl", "Unsur sebuah baris dalam openings.jsonl",
           "Unsur disclosure.json"),
}  # fmt: skip


@pytest.mark.parametrize("level", ["full", "public"])
def test_the_dictionary_names_every_file_column_code_and_field_and_no_other(level: str) -> None:
    """Held against what the bundle really holds and what the types allow, name by name and in order."""
    files = forge.members(forge.write(told(), level))  # type: ignore[arg-type]  # a level
    first = {name: set(json.loads(files[name].splitlines()[0])) for name in ("trail.jsonl", "openings.jsonl")}
    due = [
        RESULT_COLUMNS, RATING_COLUMNS, set(OUTCOMES) - {"insufficient"}, set(get_args(EndingKind)),
        set(get_args(Cause)), set(get_args(Cannot)), first["trail.jsonl"], first["openings.jsonl"],
        set(json.loads(files["disclosure.json"])),
    ]  # fmt: skip
    languages = files["README.txt"].decode().split("-" * 120)
    for text, titles in zip(languages, TITLES.values(), strict=True):
        told_of = sections(text)
        named = [told_of[title] for title in titles]
        here = {name.split("/")[0] for name in files} | {"ratings.csv"}  # a public copy explains why it has none
        assert set(named[0]) == here
        for names, expected in zip(named[1:], due, strict=True):
            assert (names if isinstance(expected, tuple) else set(names)) == expected
        assert max(map(len, text.splitlines())) <= 120


def test_a_vote_that_did_not_count_stands_in_no_table_so_that_its_word_needs_no_explaining() -> None:
    rows = table(forge.members(forge.write(told()))["results.csv"])
    assert {row["outcome"] for row in rows} <= {*OUTCOMES, ""} - {"insufficient"}
