"""What a public bundle opens, by hand on small rounds, and what its reader can still find."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from server.trail.commitment import Opening
from server.trail.disclosure import Told, opened_figures
from server.trail.verify import verify
from server.workshop import commands as c
from server.workshop.contents import ItemFigures, StabilityFigures
from tests.trail import forge
from tests.trail.forge import Leaf, forged, saved, the
from tests.trail.story import SIGNER, Kept, keep, opened_table, played, told, votes

STILL = StabilityFigures(5, "0.000000", 0, 0, "0.000000")
FIGURES = ItemFigures(
    item="x", vote=1, n=5, seated=8, answered=5, cannot={}, counts=(5, 0, 0, 0, 0), median=None, q1=None, q3=None,
    iqr=None, pair=None, in_pair=0, needed=None, outcome="open", flags=(), short_by=None, stability=None, gap={},
)  # fmt: skip


def rated(number: int, later: bool = False, known: bool = True, **raters: str) -> Told:
    """A round from who rated what, one letter a voice; `later` items have been voted on in the round before."""
    items = {
        item: replace(FIGURES, item=item, n=len(who), stability=STILL if later else None)
        for item, who in raters.items()
    }
    return Told(
        seq=number, group="A", number=number, items=items,
        raters={item: frozenset(who) for item, who in raters.items()} if known else None,
        compared=dict.fromkeys(items, number - 1) if later else {}, earlier=tuple(range(1, number)),
    )  # fmt: skip


def opened(*rounds: Told, suppress_below: int = 5) -> set[str]:
    return {f"{seq}:{name.removeprefix('item/')}" for seq, name in opened_figures(rounds, suppress_below)}


def test_an_item_opens_where_at_least_five_rated_and_the_group_only_where_all_do() -> None:
    assert opened(rated(1, a="vwxyz", b="vwxy")) == {"1:a"}
    assert opened(rated(1, a="vwxyz", b="vwxyz")) == {"1:a", "1:b", "1:group"}
    assert opened(rated(1, a="vwxyz", b="uvwxyz"), suppress_below=6) == {"1:b"}


@pytest.mark.parametrize(
    ("before", "after", "opens"),
    [
        ("stuvwxyz", "stuvwxyz", True),  # the same raters
        ("stuvwxyz", "stuvwxy", False),  # one left: the difference would be that one
        ("stuvwxyz", "stuvwx", False),
        ("stuvwxyz", "stuvw", True),  # three left
        ("stuvw", "stuvwx", False),  # one came
        ("stuvwxy", "stuvwxz", False),  # one left, one came
        ("stuvwxy", "stuvwzab", True),  # two left, three came
    ],
)
def test_a_later_round_opens_where_its_raters_are_the_same_or_three_others(
    before: str, after: str, opens: bool
) -> None:
    found = opened(rated(1, a=before), rated(2, later=True, a=after))
    assert found == ({"1:a", "1:group", "2:a", "2:group"} if opens else {"1:a", "1:group"})


def test_stability_stands_inside_the_content_so_that_one_shut_item_shuts_the_round() -> None:
    # b lost one rater: with it a shuts too, since a's content tells how the raters of the whole round moved.
    first = rated(1, a="stuvwxyz", b="stuvwxyz")
    assert opened(first, rated(2, later=True, a="stuvwxyz", b="stuvwxy")) == {"1:a", "1:b", "1:group"}


def test_an_item_first_voted_on_in_a_later_round_opens_by_itself() -> None:
    new = rated(2, b="stuvwxyz").items["b"]
    both = rated(2, later=True, a="stuvwxy")
    both = replace(both, items={**both.items, "b": new}, raters={**(both.raters or {}), "b": frozenset("stuvwxyz")})
    assert opened(rated(1, a="stuvwxyz"), both) == {"1:a", "1:group", "2:b"}


def test_a_round_compared_with_one_that_is_shut_is_shut_too() -> None:
    assert opened(rated(1, a="stuvwxyz", b="st"), rated(2, later=True, a="stuvwxyz")) == {"1:a"}


def test_a_later_round_is_compared_with_every_earlier_one_that_opens() -> None:
    third = replace(rated(3, later=True, a="stuvwxyz"), compared={"a": 2})
    found = opened(rated(1, a="stuvwxy"), rated(2, later=True, a="stuvabcd"), third)
    assert found == {"1:a", "1:group", "2:a", "2:group"}


def test_raters_that_an_erasure_took_away_are_not_guessed() -> None:
    assert opened(rated(1, a="stuvwxyz"), rated(2, later=True, known=False, a="stuvwxyz")) == {"1:a", "1:group"}


# --- whole bundles ----------------------------------------------------------------------------------------------


def names(kept: Kept, suppress_below: int = 5) -> set[tuple[int, str]]:
    files = forge.members(forge.write(kept, "public", suppress_below))
    return {(o.seq, o.name) for o in map(Opening.read, files["openings.jsonl"].splitlines())}


def test_a_public_bundle_of_the_story_opens_exactly_this() -> None:
    kept = told()
    kinds = [leaf.kind for leaf in taken_apart(kept)]
    found = names(kept)
    by_kind: dict[str, set[str]] = {}
    for seq, name in found:
        by_kind.setdefault(kinds[seq], set()).add(f"{seq}:{name}")
    # A's round 1 opens whole. a5 gained a rater in round 2, so that rounds 2 and 3 stay shut with every stability.
    # B: b1 alone (six rated); the voided round had the same six, and its stability needs the whole of round 1.
    assert by_kind["round.assessed"] == {
        *(f"45:item/a{i}" for i in range(1, 6)), "45:group", "87:item/b1", "116:item/a3", "116:item/b1", "116:group",
    }  # fmt: skip
    assert by_kind["group.concluded"] == {
        *(f"118:item/a{i}" for i in range(1, 6)), *(f"122:item/a{i}" for i in range(1, 6)),
        *(f"119:item/b{i}" for i in range(1, 4)),
    }  # fmt: skip
    assert len(by_kind["index.frozen"]) == 13 * 5  # two dimensions, three goals, eight indicators; five streams
    assert len(by_kind["minority.attached"]) == 1
    assert set(by_kind) == {"round.assessed", "group.concluded", "index.frozen", "minority.attached"}


def taken_apart(kept: Kept) -> list[Leaf]:
    leaves: list[Leaf] = []
    forged(kept, leaves.extend)
    return leaves


def test_no_word_and_no_ballot_of_anybody_is_in_a_public_bundle() -> None:
    data = b"".join(forge.members(forge.write(told(), "public")).values())
    full = b"".join(forge.members(forge.write(told())).values())
    for words in (b"do not print this", b"the audit of 2025", b"coffee", b"the budget", b"voice-", b"wrong question"):
        assert words in full and words not in data
    assert b"two of us see it lower" in data


def test_endings_and_nodes_that_rest_on_too_few_are_shut_with_every_node_above_them() -> None:
    # Seven or more must have rated: B's b1 (six) shuts b1, B1 and B wherever votes count; a5 had eight in round 2.
    found = names(keep(played(suppress_below=7)), 7)
    nodes = {name for _, name in found if name.startswith("node/")}
    for stream in ("workshop", "agreed"):
        assert {n for n in nodes if n.endswith(stream)} == {
            f"node/{n}/{stream}" for n in ("A", "A1", "A2", "a1", "a2", "a3", "a4", "a5", "b2", "b3")
        }
    assert {n for n in nodes if n.endswith(("/interview", "/metric"))} == {
        f"node/{n}/{stream}" for stream in ("interview", "metric")
        for n in ("A", "A1", "A2", "a1", "a2", "a3", "a4", "a5", "B", "B1", "b1", "b2", "b3")
    }  # fmt: skip
    assert (119, "item/b1") not in found and (119, "item/b2") in found


def test_a_public_bundle_is_incomplete_and_says_what_is_withheld(tmp_path: Path) -> None:
    report = verify(saved(tmp_path, forge.write(told(), "public")), vkey=SIGNER.verifier.vkey)
    assert (report.status, report.exit_code, report.problems) == ("INCOMPLETE", 2, ())
    assert "openings of ballot.cast: 50" in report.withheld


@pytest.mark.parametrize(
    ("name", "fields", "end"),
    [
        ("item/a3", {"outcome": "near"}, "gives outcome of item/a3 as near; it is dissent."),
        ("item/a4", {"median": "4.000000"}, "gives median of item/a4 as 4.000000; it is 3.000000."),
        ("item/a4", {"counts": [0, 3, 2, 2, 1]}, "gives in_pair of item/a4 as 4; it is 5."),
        ("item/a1", {"short_by": 1}, "gives short_by of item/a1 as 1; it is 0."),
        ("item/a1", {"n": 9}, "gives counts of item/a1 that do not add up with 8 ballots."),
        ("item/a1", {"item": "a2"}, "says a2 under the name item/a1."),
        ("item/a3", {"flags": []}, "gives flags of item/a3 as []; it is ['two_camps']."),
        ("item/a1", {"stability": {"paired": 8, "median_shift": "0.000000", "left_pair": 0, "changed": 0,
                                   "net_change": "0.000000"}}, "tells the stability of item/a1, vote 1."),
    ],
)  # fmt: skip
def test_a_lie_in_an_opened_figure_is_found_without_any_ballot(
    name: str, fields: dict[str, Any], end: str, tmp_path: Path
) -> None:
    def change(leaves: list[Leaf]) -> None:
        the(leaves, "round.assessed", "A").opened[name][1].update(fields)

    report = verify(saved(tmp_path, forged(told(), change, disclose="public")))
    assert report.problems[0].startswith("Entry 45 (round.assessed, A) ")
    if "stability" in fields:
        assert "stability" in report.problems[0]
    else:
        assert report.problems == (f"Entry 45 (round.assessed, A) {end}",)


def steady() -> Kept:
    """Two rounds of the same eight on one group's five indicators, so that a public bundle opens both."""
    table = opened_table()
    for _ in range(2):
        column = {f"a{i}": [4, 4, 4, 4, 4, 4, 4, i] for i in range(1, 6)}
        table.round("A", votes(range(1, 9), **column), items="all")
    table.do(c.Conclude(group="A"))
    table.round("B", votes(range(9, 15), b1=[1] * 6, b2=[1] * 6, b3=[1] * 6), items="all")
    return keep(table)


def test_verdicts_on_opened_movement_are_recomputed_and_lies_about_them_found(tmp_path: Path) -> None:
    kept = steady()
    assert verify(saved(tmp_path, forge.write(kept, "public"))).status == "INCOMPLETE"

    def change(leaves: list[Leaf]) -> None:
        the(leaves, "round.assessed", "A", 2).opened["item/a1"][1]["outcome"] = "moving"

    report = verify(saved(tmp_path, forged(kept, change, disclose="public")))
    [problem] = report.problems
    assert problem.endswith("gives outcome of item/a1 as moving; it is consensus.")


def test_an_ending_whose_votes_are_all_opened_is_recomputed_in_public(tmp_path: Path) -> None:
    def change(leaves: list[Leaf]) -> None:
        the(leaves, "group.concluded", "A").opened["item/a1"][1]["ending"] = "unconfirmed"

    [problem] = verify(saved(tmp_path, forged(steady(), change, disclose="public"))).problems
    assert problem.endswith("(group.concluded, A) gives ending of a1 as unconfirmed; it is agreed.")


# --- opened too much ---------------------------------------------------------------------------------------------


def opened_too_much(
    tmp_path: Path, *which: tuple[int, str], suppress_below: int = 5, kept: Kept | None = None
) -> tuple[str, ...]:
    """A public bundle, of the story or another trail, into which openings of the full one have been slipped."""
    kept = kept or told()
    files = forge.members(forge.write(kept, "public", suppress_below))
    full = map(Opening.read, forge.members(forge.write(kept))["openings.jsonl"].splitlines())
    mine = [*map(Opening.read, files["openings.jsonl"].splitlines()), *(o for o in full if (o.seq, o.name) in which)]
    files["openings.jsonl"] = forge.joined([o.line() for o in sorted(mine, key=lambda o: (o.seq, o.name))])
    return verify(saved(tmp_path, forge.packed(files))).problems


def test_a_ballot_opened_in_public_is_a_fault(tmp_path: Path) -> None:
    assert opened_too_much(tmp_path, (37, "ballot")) == (
        "Entry 37 (ballot.cast, A) is opened (ballot), which a public bundle never does.",
    )


def test_a_figure_of_too_few_opened_in_public_is_a_fault(tmp_path: Path) -> None:
    assert opened_too_much(tmp_path, (87, "item/b3")) == (
        "Entry 87 (round.assessed, B) is opened for b3, which 4 rated; fewer than 5 are withheld.",
    )


def test_a_private_minority_statement_opened_in_public_is_a_fault(tmp_path: Path) -> None:
    assert opened_too_much(tmp_path, (75, "text")) == (
        "Entry 75 (minority.attached, A) is opened (text), which a public bundle never does.",
    )


def test_stability_opened_for_part_of_a_round_is_a_fault(tmp_path: Path) -> None:
    assert opened_too_much(tmp_path, (58, "item/a1")) == (
        "Entry 58 (round.assessed, A) opens the stability of a1, though not every item of both rounds is opened.",
    )


def test_the_groups_order_opened_without_its_items_is_a_fault(tmp_path: Path) -> None:
    assert opened_too_much(tmp_path, (87, "group")) == (
        "Entry 87 (round.assessed, B) opens the group's order, though not every item of its rounds is opened.",
    )


def test_movement_of_fewer_than_five_who_voted_twice_opened_in_public_is_a_fault(tmp_path: Path) -> None:
    table = opened_table()
    for seats in (range(1, 7), range(3, 9)):  # six each time, of whom four voted twice
        table.round("A", votes(seats, **{f"a{i}": [4] * 6 for i in range(1, 6)}), items="all")
    kept = keep(table)
    seq = [at for at, leaf in enumerate(taken_apart(kept)) if leaf.kind == "round.assessed"][1]
    assert opened_too_much(tmp_path, *((seq, f"item/a{i}") for i in range(1, 6)), kept=kept) == (
        f"Entry {seq} (round.assessed, A) opens the stability of a1, where 4 voted twice; below 5 it is withheld.",
    )
