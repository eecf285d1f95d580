"""Endings, one by one and worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from one_item import WORKSHOP, judged, ratings_of

from consensus import Decision, Ending, Verdict, ending

SPLIT = ratings_of((1, 5, 0, 5, 1))
CONSENSUS = judged([4] * 8, before=[4] * 8, vote=2)
DISSENT = judged(SPLIT, before=SPLIT, vote=2)
OPEN = judged(ratings_of((2, 3, 3, 3, 1)), vote=2)
NOBODY = judged([3] * 4, vote=3)


@pytest.mark.parametrize(
    ("history", "asked", "expected"),
    [
        ([CONSENSUS], {}, Ending("agreed", "4.000000", None, 2)),
        ([CONSENSUS], {"minority": 1}, Ending("agreed_with_reservation", "4.000000", None, 2)),
        ([judged([4] * 8)], {"minority": 1}, Ending("unconfirmed", "4.000000", None, 1)),
        ([judged([4] * 8, before=[3] * 8, vote=2)], {}, Ending("unconfirmed", "4.000000", None, 2)),
        ([DISSENT], {}, Ending("not_agreed", None, (2, 4), 2)),
        ([OPEN], {"minority": 2}, Ending("not_agreed", None, None, 2)),
        ([], {}, Ending("not_rated", None, None, None)),
        ([NOBODY], {}, Ending("not_rated", None, None, None)),
        ([DISSENT], {"decided": Decision("3.000000")}, Ending("decided", "3.000000", None, 2)),
        ([], {"decided": Decision(None)}, Ending("decided", None, None, None)),
        ([CONSENSUS, NOBODY], {}, Ending("agreed", "4.000000", None, 2)),
        ([CONSENSUS, DISSENT], {}, Ending("not_agreed", None, (2, 4), 2)),
    ],
)
def test_an_item_ends_as_its_latest_vote_with_quorum_says(
    history: list[Verdict], asked: dict[str, object], expected: Ending
) -> None:
    assert ending(history, **asked) == expected  # type: ignore[arg-type]


def test_a_rule_may_agree_on_the_mean() -> None:
    rule = replace(WORKSHOP, preset="custom", agreed_value="mean")
    assert judged([3, 3, 3, 3, 3, 4], rule=rule).value == "3.166667"
