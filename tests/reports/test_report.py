"""The report as a document: same bytes, its seal, its marks, its rule, and the faults it names."""

import hashlib
import os
import subprocess
import sys

import pytest
from msgspec.structs import replace

from consensus import PRESETS, Scale
from server.reports import ReportError
from server.reports.numerals import Numerals
from server.reports.report import render
from server.reports.ruling import ruling
from server.reports.vocabulary import strength
from server.reports.words import words
from server.trail.checkpoint import open_note, short
from server.trail.entries import Remembered
from server.workshop import commands as c
from server.workshop.history import ImpossibleHistory
from tests import house
from tests.reports.copies import full, html, of_table, page, parse
from tests.trail.story import SIGNER, STRANGER, opened_table, played, told
from tests.workshop.play import table

PRINT_DIGEST = """
import hashlib
from tests.reports.copies import html
print(hashlib.sha256(html("day", "id") + html("story", "en", "public")).hexdigest())
"""


def test_the_same_trail_gives_the_same_bytes_whatever_order_a_process_hashes_in() -> None:
    here = hashlib.sha256(html("day", "id") + html("story", "en", "public")).hexdigest()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST], cwd=house.ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.strip() == here


def test_entries_may_come_one_by_one() -> None:
    kept = told()
    streamed = render(iter(full(kept)), note=kept.notes[-1], vkey=SIGNER.verifier.vkey, language="id")
    assert streamed == html("story", "id")


def test_the_seal_is_that_of_the_head_and_stands_on_the_cover_at_the_end_and_on_every_printed_page() -> None:
    kept = told()
    head = open_note(kept.notes[-1], SIGNER.verifier)
    root = page("story", "id")
    assert root.one("seal").one("code").text == short(head.root)
    assert short(head.root) in root.one("integrity").text and SIGNER.verifier.vkey in root.one("integrity").text
    assert f'@bottom-left {{ content: "{short(head.root)}"' in html("story", "id").decode()
    assert "125" in root.one("seal").text and head.size == 125


def test_a_head_over_a_part_of_the_record_is_not_said_to_cover_it_all() -> None:
    kept = told()
    root = parse(render(full(kept), note=kept.notes[0], vkey=SIGNER.verifier.vkey, language="en"))
    assert "Covers the first 46 of 125 entries of the record." in root.one("seal").text


def test_a_workshop_that_has_not_started_has_a_report_without_figures() -> None:
    root = parse(render(of_table(table(start=False)), note=None, vkey=None, language="id"))
    assert root.all("strip") == [] and root.all("wheel") == [] and "Sementara" in root.one("cover").text


def test_the_code_beside_the_seal_is_drawn_from_the_whole_signed_note() -> None:
    drawn = page("story", "id").one("qr")
    other = parse(render(full(told()), note=told().notes[0], vkey=SIGNER.verifier.vkey, language="id")).one("qr")
    assert drawn.one(tag="path").attributes["d"] != other.one(tag="path").attributes["d"]


def test_without_a_head_a_report_says_that_none_was_signed() -> None:
    root = parse(render(full(told()), note=None, vkey=None, language="en"))
    assert root.all("seal") == [] and "None has been signed yet." in root.one("integrity").text


@pytest.mark.parametrize(
    ("synthetic", "invented", "marked"),
    [(True, True, True), (True, False, True), (False, True, True), (False, False, False)],
)
def test_what_is_invented_is_marked_in_the_header_that_every_printed_page_repeats(
    synthetic: bool, invented: bool, marked: bool
) -> None:
    remembered = []
    for r in full(told()):
        body = r.entry.body
        if r.entry.kind == "workshop.created":
            body = replace(body, synthetic=synthetic)
        elif r.entry.kind == "baseline.imported":
            body = replace(body, synthetic=invented)
        remembered.append(Remembered(replace(r.entry, body=body), r.contents))
    root = parse(render(remembered, note=None, vkey=None, language="id"))
    assert len(root.one("every-page").all("mark")) == int(marked)
    assert ("data sintetis" in root.text.lower()) is marked
    assert "display: table-header-group" in html("story", "id").decode()


def test_a_report_before_the_freeze_says_that_it_is_preliminary() -> None:
    table = played()
    frozen = next(at for at, (entry, _) in enumerate(table.entries) if entry.kind == "index.frozen")
    table.entries = table.entries[:frozen]
    root = parse(render(of_table(table), note=None, vkey=None, language="en"))
    assert "Preliminary" in root.one("cover").text
    final = page("story", "en")
    assert "Preliminary" not in final.one("cover").text
    assert root.one("goals").text == final.one("goals").text  # nothing but the freeze was missing


def test_a_voided_round_is_named_with_its_reason_and_its_figures_count_nowhere() -> None:
    group = page("story", "en").all("group")[1]
    assert "Round 2: 6 of 6 answered, 3 items cancelled : the wrong question was read out" in group.text
    assert page("story", "en").by_id("i-b1").all("middle")[0].text == "2"  # its first vote stands again


def test_fields_that_the_trail_does_not_hold_are_marked_as_unknown() -> None:
    fields = {
        line.one(tag="dt").text: line.one(tag="dd").text
        for block in page("story", "en").all("fields")
        for line in block.all(tag="div")
    }
    unknown = {name for name, value in fields.items() if value == "not recorded here"}
    assert unknown == {
        "Protocol registered beforehand", "Funding and interests", "How people were chosen", "Rights",
        "Composition by sector, agency and gender", "Version and commit of the software",
    }  # fmt: skip
    assert fields["Seats issued"] == "15" and fields["Seats taken"] == "14 (Dimension A 8; Dimension B 6)"


def test_how_the_earlier_survey_was_shown_is_said() -> None:
    table = opened_table(baseline_seen="before")
    early = render(of_table(table), note=None, vkey=None, language="en").decode()
    assert "shown before the first round; this anchors the scores" in early
    assert "shown after the first round at the earliest" in html("story", "en").decode()


def test_with_eight_voices_seven_must_agree_and_the_table_is_that_of_the_rules_page() -> None:
    """Counts: STATISTICS, on five points, 5 to 16 voices."""
    told_rule = ruling(PRESETS["workshop"], Scale(), words("en"), Numerals("en"))
    assert told_rule.example == "With 8 voices 7 must agree."
    assert " ".join(each.needed for each in told_rule.needed) == "5 6 7 7 8 8 9 10 10 11 12 12"


def test_where_even_all_voices_prove_nothing_none_can_agree() -> None:
    """STATISTICS: five voices on four points."""
    told_rule = ruling(PRESETS["workshop"], Scale((0, 1, 2, 3)), words("en"), Numerals("en"))
    assert [each.needed for each in told_rule.needed[:2]] == ["none", "6"]


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_said_in_words(preset: str, language: str) -> None:
    told_rule = ruling(PRESETS[preset], Scale(), words(language), Numerals(words(language).language))
    assert len(told_rule.clauses) >= 6 and all(clause.endswith(".") for clause in told_rule.clauses)


@pytest.mark.parametrize(
    ("w", "word"),
    [
        (0.1, "very weak"),
        (0.3, "weak"),
        (0.5, "moderate"),
        (0.61, "strong"),
        (0.7, "strong"),
        (0.9, "unusually strong"),
    ],
)
def test_a_shared_order_takes_schmidts_word_for_the_nearest_anchor(w: float, word: str) -> None:
    """Anchors: Schmidt 1997; .61 strong: STATISTICS."""
    assert strength(w) == word


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [
        ("3.000000", "3", "3"),
        ("2.500000", "2.5", "2,5"),
        ("2.345000", "2.35", "2,35"),
        ("10", "10", "10"),
        (None, "–", "–"),
    ],
)
def test_a_place_on_the_scale_has_no_idle_zeros(value: str | None, english: str, indonesian: str) -> None:
    assert (Numerals("en").score(value), Numerals("id").score(value)) == (english, indonesian)


@pytest.mark.parametrize(
    ("value", "text"), [("0.666667", "+0,67"), ("-1.100000", "−1,10"), ("-0.001000", "0,00"), (None, "–")]
)
def test_a_difference_has_its_sign_and_none_at_nothing(value: str | None, text: str) -> None:
    assert Numerals("id").signed(value) == text


def test_an_open_goal_shows_both_ends_even_where_they_are_the_same() -> None:
    assert Numerals("en").span("2.750000", "2.750000") == "2.75–2.75"


def test_faults_are_named_by_a_code() -> None:
    kept = told()
    with pytest.raises(ReportError, match="choose en or id") as fault:
        render(full(kept), note=None, vkey=None, language="fr")
    assert fault.value.code == "report_language"
    with pytest.raises(ReportError) as fault:
        render(full(kept), note=kept.notes[-1], vkey=STRANGER.verifier.vkey, language="en")
    assert fault.value.code == "report_head"
    with pytest.raises(ReportError) as fault:
        render([], note=None, vkey=None, language="en")
    assert fault.value.code == "report_empty"


def test_entries_that_cannot_follow_are_no_report() -> None:
    with pytest.raises(ImpossibleHistory):
        render(full(told())[1:], note=None, vkey=None, language="en")


def test_a_note_that_was_added_after_the_freeze_is_printed_with_its_time() -> None:
    table = played()
    table.do(c.Annotate(text="see the annex"))
    root = parse(render(of_table(table), note=None, vkey=None, language="en"))
    assert "UTC: see the annex" in root.one("integrity").text
