"""Bundles after an erasure, and what stays checked of withheld records. No rule of disclosure is tested here."""

from pathlib import Path
from typing import Any

import pytest

from server.trail.verify import verify
from server.workshop import commands as c
from tests.trail import forge
from tests.trail.forge import Leaf, forged, saved, the
from tests.trail.story import erased, keep, played, told


@pytest.mark.parametrize("level", ["full", "public"])
def test_after_an_erasure_the_figures_stand_and_the_bundle_says_what_is_missing(level: Any, tmp_path: Path) -> None:
    kept, gone = erased(played(), 3)
    assert len(gone) == 4  # three rounds of A and the plenary
    report = verify(saved(tmp_path, forge.write(kept, level)))
    assert (report.status, report.problems) == ("INCOMPLETE", ())
    assert "erased openings of ballot.cast: 4" in report.withheld


def test_figures_of_a_round_with_an_erased_ballot_are_still_held_against_themselves(tmp_path: Path) -> None:
    kept, _ = erased(played(), 3)

    def change(leaves: list[Leaf]) -> None:
        the(leaves, "round.assessed", "A").opened["item/a4"][1]["median"] = "4.000000"

    assert verify(saved(tmp_path, forged(kept, change))).problems == (
        "Entry 45 (round.assessed, A) gives median of item/a4 as 4.000000; it is 3.000000.",
    )


def test_an_opening_that_is_said_to_be_erased_must_be_gone(tmp_path: Path) -> None:
    table = played()
    table.do(c.EraseSeat(seat=3), erasable=((37, "ballot"),))
    report = verify(saved(tmp_path, forge.write(keep(table))))
    assert report.problems == ("Entry 125 erases ballot of entry 37, which is still opened or never was sealed.",)


def test_nothing_is_erased_twice(tmp_path: Path) -> None:
    kept, gone = erased(played(), 3)

    def change(leaves: list[Leaf]) -> None:
        again = the(leaves, "content.erased", "workshop")
        leaves.append(Leaf({**again.line, "body": {**again.line["body"]}}, {}))

    problems = verify(saved(tmp_path, forged(kept, change))).problems
    assert problems == tuple(
        f"Entry 126 erases ballot of entry {seq}, which is still opened or never was sealed." for seq, _ in gone
    )


@pytest.mark.parametrize(("item", "value"), [("a4", "3.000000"), ("a2", "3.000000")])
def test_a_decided_or_agreed_value_is_held_to_its_ending_though_votes_on_it_are_withheld(
    item: str, value: str, tmp_path: Path
) -> None:
    def change(leaves: list[Leaf]) -> None:
        the(leaves, "index.frozen").opened[f"node/{item}/agreed"][1]["value"] = "2.500000"

    report = verify(saved(tmp_path, forged(told(), change, disclose="public")))
    assert "endings whose votes are not all here: 12" in report.withheld
    assert report.problems == (
        f"Entry 123 (index.frozen, workshop) gives value of node/{item}/agreed as 2.500000; it is {value}.",
    )
