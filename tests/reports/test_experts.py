"""The annex for experts: from opened ballots alone, kept back with too few people, with every measure in it."""

import re

import pytest

from server.reports.account import account_of
from server.reports.experts import annex
from server.reports.numerals import Numerals
from server.reports.seal import seal_of
from server.reports.sheet import MEANINGS, Section
from server.reports.sure_words import KINDS, OPTIONS, SureWords
from server.reports.words import words
from server.trail.entries import Remembered
from server.workshop import measure_views as m
from server.workshop.certainty import certainty, seed_of
from server.workshop.expert import expert
from tests import house
from tests.reports.city import day, play
from tests.reports.copies import full, of_table, page, public
from tests.trail.story import SIGNER
from tests.workshop.play import table

ITEMS = ["1.1", "1.2", "1.3"]


def drawn(told: list[Remembered], note: str | None = None, language: str = "en"):  # type: ignore[no-untyped-def]  # Annex
    seal = seal_of(note, SIGNER.verifier.vkey) if note else None
    return annex(account_of(told), seal, words(language), Numerals(language))  # type: ignore[arg-type]  # both are languages


def answer(sections: tuple[Section, ...], anchor: str) -> Section:
    (found,) = [section for section in sections if section.anchor == anchor]
    return found


def cells(section: Section, name: str) -> tuple[str, ...]:
    """The cells of the row that this id or name heads, pictures left out."""
    (found,) = [row for table in section.tables for row in table.rows if name in (row.id, row.name)]
    return tuple(cell for cell in found.cells if isinstance(cell, str))


# --- the whole --------------------------------------------------------------------------------------------------------


def test_every_goal_and_every_group_of_a_day_is_answered_for() -> None:
    found = drawn(full(day()), day().notes[-1])
    assert (found.known, len(found.groups), len(found.profile)) == (True, 4, 4)
    bands = found.profile[0]
    assert len(bands.points) == 12
    assert all(re.match(r"stays|would (drop|rise|lie)", text) for point in bands.points for text in point.sentences)


def test_the_same_head_gives_the_same_annex_and_the_same_as_the_console() -> None:
    told, note = full(day()), day().notes[-1]
    assert drawn(told, note) == drawn(told, note)
    held, seal = play(), seal_of(note, SIGNER.verifier.vkey)
    assert seal is not None
    console = certainty(held.state, held.ballots, seed_of(" ".join(seal.groups)))
    assert console is not None
    values = answer(drawn(told, note).profile, "uncertainty-of-the-profile")
    numerals = Numerals("en")
    for one, row in zip(console.goals, values.tables[0].rows, strict=True):
        assert row.cells[1:3] == (numerals.fixed(one.value), f"{numerals.fixed(one.low)} to {numerals.fixed(one.high)}")


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_measure_of_the_interface_stands_in_the_printed_annex(language: str) -> None:
    text = page("day", language).text.split(words(language).say("Annex for experts"))[1]
    for name in ("W*", "AC1", "AC2", "MAD", "CV", "r*wg", "r_wg", "a_wg", "Tastle–Wierman", "IPRAS", "Hodges–Lehmann",
                 "Holm", "Benjamini–Hochberg", "Wilson", "kappa"):  # fmt: skip
        assert name in text, name
    for said in ("Krippendorff's alpha, nominal: equal or not", "Krippendorff's alpha, interval: by distance",
                 "van der Eijk's A", "rank-biserial", "p (signed ranks)", "equal within half a point", "two camps",
                 "average deviation", "standard deviation", "net change", "rank correlation"):  # fmt: skip
        assert words(language).say(said) in text, said
    assert "nan" not in re.findall(r"\w+", text) and "None" not in text


def test_every_question_names_the_section_of_the_page_that_explains_it() -> None:
    found = drawn(full(day()), day().notes[-1])
    named = {meaning.anchor: meaning.name for section in (*found.profile, *found.groups[0].sections)
             for meaning in section.meanings}  # fmt: skip
    assert named == {anchor: words("en").say(text) for anchor, text in MEANINGS.items()}
    text = (house.ROOT / "docs/statistics.md").read_text("utf-8")
    assert [name for name in named.values() if f"\n## {name}\n" not in text] == []


# --- a group ----------------------------------------------------------------------------------------------------------


def test_a_groups_part_is_what_the_console_is_told_from_the_same_ballots() -> None:
    held = play()
    console = expert(held.state, "D4", held.ballots["D4"])
    (part,) = [group for group in drawn(full(day())).groups if group.name == words("en").named(
        held.state.groups["D4"].name, "D4")]  # fmt: skip
    assert console is not None and console.conformity is not None
    moved = console.conformity
    assert f"{moved.toward} of {moved.moves} moves" in answer(part.sections, "conformity").sentences[0]
    (steps,) = answer(part.sections, "thresholds-moved").tables
    assert [row.cells for row in steps.rows] == [
        (str(step.agreeing), str(step.settled)) for step in (*console.shares, *console.people)
    ]
    dots = answer(part.sections, "single-raters-in-the-order").figure
    assert dots is not None and dots.drawn.count("<circle") == len(console.concordances)


def test_a_missing_figure_is_a_dash_with_its_reason_in_the_readers_language() -> None:
    held = table(seats=8)
    held.round("D1", {seat: dict.fromkeys(ITEMS, 3) for seat in range(1, 9)}, items=ITEMS)
    for language, reason in (("en", "everybody gave all indicators the same score"),
                             ("id", "tiap orang memberi semua indikator nilai yang sama")):  # fmt: skip
        found = drawn(of_table(held), language=language).groups[0].sections
        order = answer(found, "kendalls-w").tables[0]
        assert cells(answer(found, "kendalls-w"), "W") == ("–",)
        assert reason in order.notes[0]
        assert answer(found, "krippendorffs-alpha").tables[0].rows[0].cells[0] == "–"


def test_a_p_that_cannot_reach_five_percent_is_said_of_the_indicators_it_is_about() -> None:
    held = table(seats=8)
    held.round("D1", {seat: dict.fromkeys(ITEMS, 1 + seat % 4) for seat in range(1, 9)}, items=ITEMS)
    held.round("D1", {seat: {"1.1": 3, "1.2": 2 if seat < 6 else "no_data", "1.3": 4} for seat in range(1, 9)},
               items=ITEMS)  # fmt: skip
    warned = answer(drawn(of_table(held)).groups[0].sections, "stability").warnings
    assert warned[0].startswith("A p that is not significant never means stable")
    assert warned[1:] == ("Fewer than six people in both votes, so no p can reach .05: 1.2.",)


def test_a_nearly_unanimous_movement_is_warned_of() -> None:
    held = table(seats=8)
    held.round("D1", {seat: dict.fromkeys(ITEMS, value) for seat, value in enumerate((1, 1, 2, 3, 3, 3, 4, 5), 1)},
               items=ITEMS)  # fmt: skip
    held.round("D1", {seat: dict.fromkeys(ITEMS, 3) for seat in range(1, 9)}, items=ITEMS)
    # By hand: five people move onto the middle 3 of three indicators: 15 moves, too few to warn of.
    told = answer(drawn(of_table(held)).groups[0].sections, "conformity")
    assert (told.warnings, told.sentences[1]) == ((), "Fewer than twenty moves are too few to call a pattern.")
    more = [*ITEMS, "1.4"]
    held = table(seats=8)
    held.round("D1", {seat: dict.fromkeys(more, value) for seat, value in enumerate((1, 1, 2, 3, 3, 3, 4, 5), 1)},
               items=more)  # fmt: skip
    held.round("D1", {seat: dict.fromkeys(more, 3) for seat in range(1, 9)}, items=more)
    told = answer(drawn(of_table(held)).groups[0].sections, "conformity")
    assert (len(told.sentences), len(told.warnings)) == (1, 1)
    assert "20 of 20 moves (100%)" in told.sentences[0]


# --- the profile ------------------------------------------------------------------------------------------------------


def test_an_interval_holds_the_score_of_the_room() -> None:
    held = table(seats=8)
    held.round("D1", {seat: {"1.1": 3, "1.2": 3, "1.3": 3} for seat in range(1, 9)}, items=ITEMS)
    intervals = answer(drawn(of_table(held)).profile, "uncertainty-of-the-profile")
    # By hand: everybody gave 3, so whoever is drawn again the score is 3.
    assert cells(intervals, "1")[:2] == ("3.00", "3.00 to 3.00")


Change = tuple[str, str, int, tuple[str, ...], int]  # choice, option, tried, bands it goes to, how often


def goal(*becomes: Change) -> m.GoalView:
    bands = ("poor", "moderate")
    choices = tuple(
        m.ChoiceView(choice, option, tried, "1.000000", (m.Elsewhere(to, times),))
        for choice, option, tried, to, times in becomes
    )
    ends = ("2.000000", "3.000000")
    return m.GoalView("G2", False, "3.000000", None, None, None, *ends, bands, bands, None, choices, None)


@pytest.mark.parametrize(
    ("language", "changes", "said"),
    [
        ("en", (("threshold", "+1", 1, ("poor",), 1),),
         ["would drop to poor with: one person more asked to agree"]),
        ("en", (("aggregation", "harmonic", 1, ("very_poor", "moderate"), 1), ("percent", "max", 1, ("good",), 1)),
         ["would drop to very poor–moderate with: the harmonic mean",
          "would rise to good with: percent counted from zero"]),
        ("en", (("rater", "D1", 12, ("very_poor", "good"), 2), ("weights", "", 1024, ("very_poor", "good"), 512)),
         [("would lie in very poor–good with: one person of Health & wellbeing left out (2 of 12), "
           "other weights (50% of those drawn)")]),
        ("id", (("threshold", "-1", 1, ("moderate", "good"), 1),),
         ["akan naik ke sedang–baik dengan: satu orang kurang yang harus sepakat"]),
        ("id", (), ["tetap kurang–sedang pada setiap pilihan"]),
    ],
)  # fmt: skip
def test_a_goal_says_where_it_would_go_and_which_choice_does_it(
    language: str, changes: tuple[Change, ...], said: list[str]
) -> None:
    told = SureWords(table().state, words(language), Numerals(language))  # type: ignore[arg-type]  # both are languages
    assert list(told.goal("2", goal(*changes)).sentences) == said


def test_every_choice_and_option_of_the_arithmetic_has_a_word() -> None:
    found = certainty(play().state, play().ballots, 1)
    assert found is not None
    said = {(choice.choice, choice.option) for one in found.goals for choice in one.choices}
    for choice, option in said:
        assert choice in KINDS and (choice in ("rater", "group") or option in OPTIONS[choice])


def test_too_few_goals_for_a_list_are_said_to_be_too_few() -> None:
    assert words("en").say("there are too few goals for a list of the five weakest to change.")
    held = table(seats=8)
    held.round("D1", {seat: {"1.1": 3, "1.2": 3, "1.3": 3} for seat in range(1, 9)}, items=ITEMS)
    weakest = answer(drawn(of_table(held)).profile, "weakest")
    assert weakest.sentences[0] == "Weakest first: 1 Minimal human vulnerability."


# --- too few people ---------------------------------------------------------------------------------------------------


def test_a_public_copy_says_that_it_cannot_be_computed() -> None:
    found = drawn(public(day()))
    assert (found.known, found.groups, found.profile) == (False, (), ())
    text = page("day", "en", "public").text
    assert "This cannot be computed from this copy" in text
    assert "Krippendorff's alpha" not in text.split("Annex for experts")[1]


def test_too_few_people_keep_the_whole_annex_back() -> None:
    held = table(seats=4)
    held.round("D1", {seat: {"1.1": seat, "1.2": 3, "1.3": 2} for seat in range(1, 5)}, items=ITEMS)
    assert drawn(of_table(held)).known is False


def test_before_a_round_is_disclosed_there_is_nothing_to_compute() -> None:
    assert drawn(of_table(table(seats=8))).known is False
