"""The annex for experts: from opened ballots alone, kept back where a figure rests on too few."""

from server.reports.account import account_of
from server.reports.experts import CHOICES, annex
from server.reports.numerals import Numerals
from server.reports.seal import seal_of
from server.reports.words import words
from server.trail.entries import Remembered
from server.workshop.expert import expert
from tests.reports.city import day, play
from tests.reports.copies import full, of_table, page, public
from tests.trail.story import SIGNER
from tests.workshop.play import table

ITEMS = ["1.1", "1.2", "1.3"]


def drawn(told: list[Remembered], note: str | None = None):  # type: ignore[no-untyped-def]  # Annex
    seal = seal_of(note, SIGNER.verifier.vkey) if note else None
    return annex(account_of(told), seal, words("en"), Numerals("en"))


def test_every_goal_has_its_interval_and_what_would_change_its_band() -> None:
    found = drawn(full(day()), day().notes[-1])
    assert (found.known, len(found.goals), len(found.groups)) == (True, 12, 4)
    # Witness: docs/statistics.md; a goal either stays or names the choices that move it.
    told = ("stays", *CHOICES.values())
    assert all(any(word in goal.sentence for word in told) for goal in found.goals)
    assert found.weakest is not None


def test_the_same_head_gives_the_same_annex() -> None:
    notes = day().notes
    assert drawn(full(day()), notes[-1]) == drawn(full(day()), notes[-1])


def test_a_groups_part_is_what_the_console_is_told_from_the_same_ballots() -> None:
    held = play()
    console = expert(held.state, "D4", held.ballots["D4"])
    (part,) = [group for group in drawn(full(day())).groups if group.name == words("en").named(
        held.state.groups["D4"].name, "D4")]  # fmt: skip
    assert console is not None and console.conformity is not None
    moved = console.conformity
    assert f"{moved.toward} of {moved.moves} moves" in part.sentences[0]
    assert [(step.agree, step.settle) for step in part.steps] == [
        (step.agreeing, step.settled) for step in (*console.shares, *console.people)
    ]


def test_an_interval_holds_the_score_of_the_room() -> None:
    held = table(seats=8)
    held.round("D1", {seat: {"1.1": 3, "1.2": 3, "1.3": 3} for seat in range(1, 9)}, items=ITEMS)
    goal = drawn(of_table(held)).goals[0]
    # By hand: everybody gave 3, so whoever is drawn again the score is 3.
    assert (goal.value, goal.interval) == ("3.00", "3.00 to 3.00")


def test_a_public_copy_says_that_it_cannot_be_computed() -> None:
    found = drawn(public(day()))
    assert (found.known, found.groups, found.goals, found.weakest) == (False, (), (), None)
    text = page("day", "en", "public").text
    assert "This cannot be computed from this copy" in text
    assert "Krippendorff's alpha" not in text.split("Annex for experts")[1]


def test_too_few_people_keep_the_whole_annex_back() -> None:
    held = table(seats=4)
    held.round("D1", {seat: {"1.1": seat, "1.2": 3, "1.3": 2} for seat in range(1, 5)}, items=ITEMS)
    assert drawn(of_table(held)).known is False


def test_before_a_round_is_disclosed_there_is_nothing_to_compute() -> None:
    assert drawn(of_table(table(seats=8))).known is False
