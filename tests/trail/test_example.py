"""The example on the page of the trail, followed from that page: its steps, its lines, its head, and both verifiers."""

import doctest
import re
from pathlib import Path

from server.trail.checkpoint import open_note, short
from server.trail.commitment import Opening, opens
from server.trail.entries import read
from server.trail.note import Verifier
from server.trail.sheets import RATING_COLUMNS, RESULT_COLUMNS, row
from server.trail.tree import leaf_hash, root_of
from tests import house
from tests.trail import forge
from tests.trail.two import both

PAGE = house.ROOT / "docs" / "trail.md"
TEXT = PAGE.read_text("utf-8").partition("## An example to follow by hand")[2].partition("\n## ")[0]
LINES = [line.encode() for line in re.findall(r"^    \.\.\.     b'(.*)',$", TEXT, re.MULTILINE)]
OPENING = Opening.read(re.findall(r"opening = b'(.*)'", TEXT)[0].encode())
KEY = Verifier.parse(re.findall(r"^    (mufakat/contoh\+\S+)$", TEXT, re.MULTILINE)[0])
INDENTED = TEXT.partition("<!-- head of the example -->\n\n")[2].partition("\nThe wall")[0]
NOTE = "".join(line.removeprefix("    ") for line in INDENTED.splitlines(keepends=True))


def test_every_step_on_the_page_gives_what_the_page_says() -> None:
    done = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (done.failed, done.attempted) == (0, 17)


def test_the_lines_on_the_page_are_entries_and_the_opening_is_what_the_third_seals() -> None:
    entries = [read(line) for line in LINES]
    assert [(entry.seq, entry.kind) for entry in entries] == [
        (0, "workshop.created"), (1, "seat.issued"), (2, "note.added"),
    ]  # fmt: skip
    assert opens(OPENING, entries[OPENING.seq].sealed[OPENING.name])


def test_the_head_on_the_page_is_signed_by_the_key_on_the_page_and_covers_its_lines() -> None:
    head = open_note(NOTE, KEY)
    assert (head.origin, head.size, head.root) == ("mufakat/contoh", 3, root_of(map(leaf_hash, LINES)))
    assert short(head.root) in TEXT


def test_a_bundle_of_the_lines_on_the_page_is_valid_for_both_verifiers(tmp_path: Path) -> None:
    files = {
        "trail.jsonl": forge.joined(LINES), "openings.jsonl": OPENING.line() + b"\n",
        "checkpoints/3.note": NOTE.encode(), "key.vkey": f"{KEY.vkey}\n".encode(),
        "results.csv": row(RESULT_COLUMNS), "ratings.csv": row(RATING_COLUMNS),
        "report.html": b"<p>", "README.txt": b"-", "disclosure.json": b'{"disclose":"full","suppress_below":5}\n',
    }  # fmt: skip
    report = both(forge.saved(tmp_path, forge.packed(files)), vkey=KEY.vkey, head=NOTE)
    assert (report.status, report.size, report.extends) == ("VALID", 3, 3)
    files["trail.jsonl"] = files["trail.jsonl"].replace(b"01:05", b"01:06")
    assert both(forge.saved(tmp_path, forge.packed(files))).problems == (
        "The head of 3 entries does not fit; an entry below 3 was changed.",
    )
