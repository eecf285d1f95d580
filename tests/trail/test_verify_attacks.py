"""The catalogue of attacks: each one sealed, counted, signed and listed anew, so that no checksum finds it first.

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
from tests.trail.forge import Leaf, forged, saved, the
from tests.trail.story import SIGNER, STRANGER, Kept, keep, opened_table, played, told, votes, with_draft

Leaves = list[Leaf]


def answer(tmp_path: Path, change: Callable[[Leaves], None], kept: Kept | None = None, **how: Any) -> Report:
    return verify(saved(tmp_path, forged(kept or told(), change, **how)), vkey=SIGNER.verifier.vkey)


def test_a_forgery_that_changes_nothing_is_valid(tmp_path: Path) -> None:
    # Without this every test below could fail for a reason of its own.
    report = answer(tmp_path, lambda leaves: None)
    assert (report.status, report.problems) == ("VALID", ())


# --- well-sealed lies -------------------------------------------------------------------------------------------


def lie(kind: str, scope: str | None, name: str, number: int = 1, **fields: Any) -> Callable[[Leaves], None]:
    def change(leaves: Leaves) -> None:
        the(leaves, kind, scope, number).opened[name][1].update(fields)

    return change


LIES = {
    "a median": (
        lie("round.assessed", "A", "item/a1", median="3.000000"),
        "Entry 45 (round.assessed, A) gives median of item/a1 as 3.000000; it is 4.000000.",
    ),
    "a count": (
        lie("round.assessed", "A", "item/a4", counts=[1, 1, 3, 2, 1]),
        "Entry 45 (round.assessed, A) gives counts of item/a4 as [1, 1, 3, 2, 1]; it is [1, 2, 2, 2, 1].",
    ),
    "a verdict": (
        lie("round.assessed", "A", "item/a3", outcome="near"),
        "Entry 45 (round.assessed, A) gives outcome of item/a3 as near; it is dissent.",
    ),
    "a verdict of the second round": (
        lie("round.assessed", "A", "item/a1", 2, outcome="moving"),
        "Entry 58 (round.assessed, A) gives outcome of item/a1 as moving; it is consensus.",
    ),
    "how many moved": (
        lie("round.assessed", "A", "item/a1", 2, stability={"changed": 0, "left_pair": 0, "median_shift": "0.000000",
                                                            "net_change": "0.125000", "paired": 8}),
        "Entry 58 (round.assessed, A) gives stability.changed of item/a1 as 0; it is 1.",
    ),
    "how many are missing to agreement": (
        lie("round.assessed", "A", "item/a4", short_by=1),
        "Entry 45 (round.assessed, A) gives short_by of item/a4 as 1; it is 3.",
    ),
    "the gap to the survey": (
        lie("round.assessed", "A", "item/a1", gap={"interview": {"above": 8, "below": 0, "difference": "0.100000",
                                                                 "same": 0, "size": "close"}}),
        "Entry 45 (round.assessed, A) gives gap.interview.difference of item/a1 as 0.100000; it is 0.900000.",
    ),
    "the shared order": (
        lie("round.assessed", "A", "group", w="0.900000"),
        "Entry 45 (round.assessed, A) gives w of group as 0.900000; it is 0.271976.",
    ),
    "an ending": (
        lie("group.concluded", "A", "item/a3", ending="agreed", value="3.000000", camps=None),
        "Entry 118 (group.concluded, A) gives camps of a3 as nothing; it is [1, 5].",
    ),
    "an ending that the verdict does not allow": (
        lie("group.concluded", "B", "item/b1", ending="agreed"),
        "Entry 119 (group.concluded, B) gives ending of b1 as agreed; it is unconfirmed.",
    ),
    "a value of the profile": (
        lie("index.frozen", None, "node/A1/workshop", value="3.333334"),
        "Entry 123 (index.frozen, workshop) gives value of node/A1/workshop as 3.333334; it is 3.333333.",
    ),
    "how much of the profile is agreed": (
        lie("index.frozen", None, "node/A/agreed", agreed=5),
        "Entry 123 (index.frozen, workshop) gives agreed of node/A/agreed as 5; it is 2.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", LIES)
def test_a_well_sealed_lie_is_named_with_its_entry(what: str, tmp_path: Path) -> None:
    change, sentence = LIES[what]
    report = answer(tmp_path, change)
    assert (report.status, report.exit_code, report.problems) == ("INVALID", 1, (sentence,))


def test_a_figure_may_differ_by_one_unit_of_its_last_place_and_no_more(tmp_path: Path) -> None:
    assert answer(tmp_path, lie("round.assessed", "A", "group", w="0.271977")).status == "VALID"
    assert answer(tmp_path, lie("round.assessed", "A", "group", w="0.271978")).status == "INVALID"


def _scalars(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key in value for found in _scalars(value[key], (*path, key))]
    if isinstance(value, list):
        return [found for i, member in enumerate(value) for found in _scalars(member, (*path, i))]
    return [path]


def _changed(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return "1.500000"
    if value[-7:-6] == ".":
        return f"{value[:-3]}{(int(value[-3]) + 5) % 10}{value[-2:]}"  # well beyond the unit that is forgiven
    return f"{value}x"


def _every_figure() -> list[tuple[str, str, int, str, tuple[Any, ...]]]:
    """One place for each field of each kind of content, and for each of the last two rounds of group A."""
    found: dict[Any, tuple[str, str, int, str, tuple[Any, ...]]] = {}
    leaves: Leaves = []
    forged(told(), leaves.extend)
    for number in (1, 2):
        for name, (_, content) in the(leaves, "round.assessed", "A", number).opened.items():
            for path in _scalars(content):
                found.setdefault(("round", number, name == "group", *path), ("round.assessed", "A", number, name, path))
    for name, (_, content) in the(leaves, "group.concluded", "A").opened.items():
        for path in _scalars(content):
            found.setdefault(("ending", *path), ("group.concluded", "A", 1, name, path))
    for name, (_, content) in the(leaves, "index.frozen").opened.items():
        for path in _scalars(content):
            found.setdefault(("node", name.rsplit("/", 1)[1], *path), ("index.frozen", "workshop", 1, name, path))
    return list(found.values())


@pytest.mark.parametrize("place", _every_figure(), ids=lambda place: f"{place[0]}-{place[2]}-{place[3]}-{place[4]}")
def test_no_figure_verdict_ending_or_node_can_be_changed(place: tuple[Any, ...], tmp_path: Path) -> None:
    kind, scope, number, name, path = place

    def change(leaves: Leaves) -> None:
        content = the(leaves, kind, scope, number).opened[name][1]
        *above, last = path
        for step in above:
            content = content[step]
        content[last] = _changed(content[last])

    report = answer(tmp_path, change)
    assert (report.status, len(report.problems)) == ("INVALID", 1)
    assert f" ({kind}, {scope})" in report.problems[0] or "entry" in report.problems[0]


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


# --- heads and keys ---------------------------------------------------------------------------------------------


def test_a_changed_line_breaks_the_first_head_above_it(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        the(leaves, "workshop.created").line["body"]["title"] = "Lain"

    report = answer(tmp_path, change, resign=False)
    assert report.problems == ("The head of 46 entries does not fit; an entry below 46 was changed.",)


def test_a_tail_cut_under_the_old_heads_is_found(tmp_path: Path) -> None:
    report = answer(tmp_path, lambda leaves: leaves.__delitem__(slice(120, None)), resign=False)
    assert "The head of 124 entries covers more than the 120 here; the end is cut." in report.problems


def test_a_tail_cut_with_its_heads_is_valid_alone_and_invalid_against_the_head_on_the_wall(tmp_path: Path) -> None:
    kept = told()
    cut = Kept(kept.stored[:117], kept.notes[:-2])
    bundle = saved(tmp_path, forge.write(cut))
    assert verify(bundle).status == "VALID"
    report = verify(bundle, head=kept.notes[-1])
    assert (report.status, report.problems) == (
        "INVALID", ("The head that was given covers 125 entries, the bundle holds 117.",)
    )  # fmt: skip


def test_a_history_rewritten_under_the_true_key_is_found_by_a_head_from_the_day(tmp_path: Path) -> None:
    def change(leaves: Leaves) -> None:
        leaves[37].opened["ballot"], leaves[38].opened["ballot"] = (
            leaves[38].opened["ballot"], leaves[37].opened["ballot"],
        )  # fmt: skip

    bundle = saved(tmp_path, forged(told(), change))
    assert verify(bundle, vkey=SIGNER.verifier.vkey).status == "VALID"
    for note in told().notes:
        report = verify(bundle, head=note)
        assert (report.status, report.extends) == ("INVALID", None)
        assert report.problems[0].startswith("The bundle does not extend the head of ")


def test_every_head_of_the_day_is_extended_by_the_honest_bundle(tmp_path: Path) -> None:
    bundle = saved(tmp_path, forge.write(told()))
    assert [verify(bundle, head=note).extends for note in told().notes] == [46, 59, 72, 88, 98, 117, 124, 125]


def test_another_key_is_refused_where_the_true_one_is_given_and_named_where_not(tmp_path: Path) -> None:
    bundle = saved(tmp_path, forge.write(keep(played(), STRANGER), signer=STRANGER))
    alone = verify(bundle)
    assert (alone.status, alone.key, alone.key_given) == ("VALID", STRANGER.verifier.vkey, False)
    report = verify(bundle, vkey=SIGNER.verifier.vkey)
    assert report.status == "INVALID"
    assert report.problems[0] == (
        f"The bundle's key is {STRANGER.verifier.vkey}, not the one given ({SIGNER.verifier.vkey})."
    )


def test_a_head_signed_by_a_stranger_is_not_this_trails(tmp_path: Path) -> None:
    strange = keep(played(), STRANGER).notes[-1]
    report = verify(saved(tmp_path, forge.write(told())), head=strange)
    assert report.problems[0].startswith("The head that was given is not this trail's: ")


def test_a_head_that_is_no_note_is_unreadable(tmp_path: Path) -> None:
    assert verify(saved(tmp_path, forge.write(told())), head="hello").exit_code == 3
    assert verify(saved(tmp_path, forge.write(told())), vkey="hello").exit_code == 3


@pytest.mark.parametrize("size", [46, 59, 124])
def test_a_head_left_out_is_missed(size: int, tmp_path: Path) -> None:
    files = forge.members(forge.write(told()))
    del files[f"checkpoints/{size}.note"]
    [problem] = verify(saved(tmp_path, forge.packed(files))).problems
    assert problem.startswith(f"No signed head follows entry {size - 1} (")


def test_a_head_with_a_forged_signature_is_named(tmp_path: Path) -> None:
    files = forge.members(forge.write(told()))
    files["checkpoints/59.note"] = files["checkpoints/59.note"].replace(b"\n59\n", b"\n58\n")
    report = verify(saved(tmp_path, forge.packed(files)))
    assert report.problems[0].startswith("The head of 59 entries is not this trail's: ")
