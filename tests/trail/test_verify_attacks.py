"""Attacks on ballots, rules and decisions, sealed, signed and listed anew, so that no checksum finds them first.

Witness of every number: the story of `tests.trail.story`, worked by hand.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.trail.canonical import digest
from server.trail.verify import Report, verify
from server.workshop import commands as c
from server.workshop import events as e
from server.workshop.given import Draft
from tests.trail import forge
from tests.trail.forge import Leaf, saved, the
from tests.trail.story import Kept, keep, opened_table, played, told, votes, with_draft

Leaves = list[Leaf]


def answer(tmp_path: Path, change: Callable[[Leaves], None], kept: Kept | None = None, **how: Any) -> Report:
    return forge.answer(tmp_path, change, kept or told(), **how)


# --- ballots ----------------------------------------------------------------------------------------------------


def ballots_of(leaves: Leaves, scope: str = "A", number: int = 1) -> list[int]:
    return [
        at for at, leaf in enumerate(leaves)
        if leaf.kind == "ballot.cast" and leaf.line["scope"] == scope and leaf.line["body"]["round"] == number
    ]  # fmt: skip


def test_a_rating_changed_in_a_resealed_ballot_shows_in_the_figures(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        leaves[ballots_of(leaves)[0]].opened["ballot"][1]["answers"][0]["value"] = 1

    assert answer(tmp_path, change).problems == (
        "Entry 45 (round.assessed, A) gives counts of item/a1 as [0, 0, 0, 8, 0]; it is [1, 0, 0, 7, 0].",
    )


def test_two_ballots_of_a_voice_are_found(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        first, second, *_ = ballots_of(leaves)
        leaves[second].opened["ballot"][1]["voice"] = leaves[first].opened["ballot"][1]["voice"]

    assert answer(tmp_path, change).problems == (
        "Entry 38 (ballot.cast, A) is the second ballot of one voice in round 1.",
    )


def test_a_late_ballot_is_found(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        leaves.insert(46, Leaf(dict(leaves[44].line), {"ballot": ["00" * 16, leaves[44].opened["ballot"][1]]}))

    report = answer(tmp_path, change)
    assert report.problems == (
        "Entry 46 (ballot.cast, A) is impossible: ballot.cast cannot follow while A is disclosed.",
    )


def test_a_ballot_that_entered_at_another_time_than_the_others_is_found(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        leaves[ballots_of(leaves)[3]].line["at"] = "2026-11-22T23:59:59Z"

    assert answer(tmp_path, change).problems[0].startswith(
        "Entry 40 (ballot.cast, A) is later than the other ballots of round 1, which entered at 2026-11-22T"
    )


def one_round(between: Callable[[Any], None]) -> Kept:
    """A first round of group A in which the host does something between closing and disclosing."""
    table = opened_table()
    table.do(c.OpenRound(group="A", items=["a1"]))
    for seat, rated in votes(range(1, 9), a1=[4, 4, 4, 4, 4, 4, 1, None]).items():
        table.put(seat, 1, rated)
    table.do(c.CloseRound(group="A"))
    between(table)
    table.disclose("A")
    return keep(table)


def test_a_ballot_that_the_host_drops_is_missed(tmp_path: Path) -> None:
    kept = one_round(lambda table: table.answers.pop(("A", 1, 7)))
    report = verify(saved(tmp_path, forge.write(kept)))
    assert report.problems == ("Entry 43 (round.assessed, A) counts 6 ballots, but 7 had answered.",)


def test_a_seat_revoked_before_the_disclosure_takes_its_ballot_along(tmp_path: Path) -> None:
    kept = one_round(lambda table: table.do(c.RevokeSeat(seat=7, reason="left in anger")))
    assert verify(saved(tmp_path, forge.write(kept))).status == "VALID"


def test_a_ballot_that_the_host_adds_is_one_too_many(tmp_path: Path) -> None:
    extra = {"a1": c.AnswerIn(item="a1", rev=1, key="k", value=4)}
    kept = one_round(lambda table: table.answers.__setitem__(("A", 1, 8), extra))
    report = verify(saved(tmp_path, forge.write(kept)))
    assert report.problems == ("Entry 44 (ballot.cast, A) is ballot 8 of round 1, but 7 had answered.",)


def test_more_ballots_than_seats_are_found_even_when_the_closing_lies_along(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        the(leaves, "round.closed", "A").line["body"].update(answered=9, seated=9)

    assert answer(tmp_path, change).problems == (
        "Entry 36 (round.closed, A) says that 9 are seated, but 8 seats are taken.",
    )


def test_voices_invented_from_round_to_round_are_counted(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        for number in (2, 3):
            for at in ballots_of(leaves, "A", number):
                leaves[at].opened["ballot"][1]["voice"] += f"-{number}"

    # 14 seats were taken; round 1 has 8 voices, so that the seventh new one of round 2 is one too many.
    assert answer(tmp_path, change).problems == (
        "Entry 56 (ballot.cast, A) is of voice 15, but only 14 seats were ever taken.",
    )


@pytest.mark.parametrize(
    ("field", "value", "end"),
    [
        ("value", 6, "rates a1 6, which is off the scale."),
        ("value", None, "gives a1 both a rating and a reason why there is none, or neither."),
        ("confidence", 4, "gives a1 the confidence 4, which is not 1 to 3."),
        ("item", "b1", "answers nothing, an item twice, or an item that the round does not hold."),
        ("item", "a2", "answers nothing, an item twice, or an item that the round does not hold."),
    ],
)
def test_an_answer_that_no_phone_may_give_is_found(field: str, value: Any, end: str, tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        leaves[ballots_of(leaves)[0]].opened["ballot"][1]["answers"][0][field] = value

    assert answer(tmp_path, change).problems == (f"Entry 37 (ballot.cast, A) {end}",)


# --- order, rules, decisions ------------------------------------------------------------------------------------


def test_a_rule_changed_after_the_start_is_found(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        rule = the(leaves, "rule.fixed")
        leaves.insert(35, Leaf({**rule.line, "body": dict(rule.line["body"])}, {}))

    assert answer(tmp_path, change).problems == (
        "Entry 35 (rule.fixed, workshop) is impossible: rule.fixed cannot follow while the workshop is running.",
    )


def test_a_rule_that_does_not_have_its_digest_is_found(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        the(leaves, "rule.fixed").line["body"]["document"]["quorum"] = 4

    assert answer(tmp_path, change).problems == (
        "Entry 2 (rule.fixed, workshop) fixes a rule that does not have the digest it names.",
    )


@pytest.mark.parametrize(
    ("kind", "what"), [("framework.fixed", "framework"), ("settings.fixed", "list of settings")]
)
def test_a_document_that_does_not_have_its_digest_is_found(kind: str, what: str, tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        the(leaves, kind).line["body"]["digest"] = "ab" * 32

    [problem] = answer(tmp_path, change).problems
    assert problem.endswith(f"fixes a {what} that does not have the digest it names.")


def test_a_survey_score_changed_under_its_digest_is_found(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        the(leaves, "baseline.imported").line["body"]["rows"][0]["score"] = "4.00"

    [problem] = answer(tmp_path, change).problems
    assert problem.endswith("fixes a baseline that does not have the digest it names.")


def test_a_rule_with_its_digest_changed_along_is_found_by_the_start(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        body = the(leaves, "rule.fixed").line["body"]
        body["document"].update(quorum=4, preset="custom")
        body["digest"] = digest(body["document"])

    [problem] = answer(tmp_path, change).problems
    assert problem.endswith("is impossible: the start cites other digests than those fixed before it.")


def test_a_skipped_round_is_found(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        for leaf in leaves:
            if leaf.line["scope"] == "B" and leaf.line["body"].get("round"):
                leaf.line["body"]["round"] += 1

    assert answer(tmp_path, change).problems == (
        "Entry 76 (round.opened, B) is impossible: round 2 of B follows round 0.",
    )


def test_swapped_entries_are_found(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        leaves[75], leaves[76] = leaves[76], leaves[75]

    report = answer(tmp_path, change, renumber=False)
    assert report.problems[0] == "Entry 76 stands where entry 75 belongs."


def test_a_decision_where_the_group_agrees_is_found(tmp_path: Path) -> None:
    table = played()
    body = table.entries
    at = next(i for i, (entry, _) in enumerate(body) if entry.kind == "item.decided")

    def change(leaves: Leaves) -> None:
        leaves[at].line["body"]["item"] = "a1"

    assert answer(tmp_path, change).problems == (
        f"Entry {at} (item.decided, A) decides a1, on which the group agrees.",
    )


def test_a_vote_beyond_the_cap_is_found(tmp_path: Path) -> None:
    table = opened_table()
    for _ in range(4):
        table.round("A", votes(range(1, 9), a3=[1, 1, 1, 1, 5, 5, 5, 5]), items=["a3"])
    with_draft(table, Draft(e.RoundOpened(round=5, items=("a3",), minutes=None), "A"))
    with_draft(table, Draft(e.RoundClosed(round=5, seated=8, answered=0), "A"))
    table.disclose("A")
    [problem] = verify(saved(tmp_path, forge.write(keep(table)))).problems
    assert "(round.opened, A) opens what may not be opened" in problem
