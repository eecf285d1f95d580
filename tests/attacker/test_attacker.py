"""The Bayesian attacker: sits in the hall, hears every progress message, reads the public bundle, and reckons exactly.

It weighs every way in which the panels may have scored. It must never believe more of one score than the published
figures together imply, and nothing of a withheld one. Witness: exact enumeration in `tests.attacker.mind`.
"""

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from msgspec.structs import replace

from server.trail.disclosure import Told, opened_figures, votes_apart
from tests.attacker.hall import Plan, Seen, Vote, figures, seen, start
from tests.attacker.mind import Belief, Mind, World, posterior, stubborn, uniform
from tests.trail.test_bundle_disclosure import FIGURES

FOUR, FIVE, SIX, SEVEN, EIGHT = (tuple(range(1, n + 1)) for n in range(4, 9))
TWO = (0, 1)  # the two categories of a short scale


def told(plan: Plan, worlds: Iterable[World]) -> list[tuple[Seen, Fraction, Belief]]:
    """All that is shown in each world, with its weight and what is true in it."""
    before = start(plan)
    return [(seen(plan, before, ratings), weight, true) for ratings, weight, true in worlds]


# --- nothing of what is withheld ------------------------------------------------------------------------------------

# Under a quorum of two a vote of four comes to a verdict and an ending; nothing that follows from them may tell.
HIDDEN = {
    "one vote on three categories": Plan({"A": 4}, (Vote("A", {"a1": FOUR}),), rule={"quorum": 2}),
    "two items": Plan({"A": 4}, (Vote("A", {"a1": FOUR, "a2": FOUR}),), TWO, rule={"quorum": 2}),
    "two votes, concluded after each": Plan(
        {"A": 4}, (Vote("A", {"a1": FOUR}), Vote("A", {"a1": FOUR})), TWO, rule={"quorum": 2}, twice=True
    ),
    "two votes by the usual quorum": Plan({"A": 4}, (Vote("A", {"a1": FOUR}), Vote("A", {"a1": FOUR})), TWO),
}  # fmt: skip


@pytest.mark.parametrize("what", HIDDEN)
def test_nothing_is_learned_of_the_scores_of_four_people(what: str) -> None:
    mind = Mind(HIDDEN[what], stubborn)
    for believed in posterior(told(mind.plan, mind.worlds()), everything).values():
        assert believed == mind.before()


def test_nothing_is_learned_of_an_item_that_four_of_five_scored_beside_one_that_all_did() -> None:
    plan = Plan({"A": 5}, (Vote("A", {"a1": FIVE, "a2": FOUR}, unsure={"a2": (5,)}),), TWO, rule={"quorum": 3})
    mind = Mind(plan, uniform)
    before = mind.before()
    for believed in posterior(told(plan, mind.worlds()), everything).values():
        assert {cell for cell in before if believed[cell] == before[cell]} >= {(1, ("A", 1, "a2"))}


def test_the_report_of_a_public_bundle_tells_nothing_of_them_either() -> None:
    plan = HIDDEN["one vote on three categories"]
    before = start(plan)
    assert len({seen(plan, before, ratings, report=True) for ratings, _, _ in Mind(plan, uniform).worlds()}) == 1


# --- no more than the published figures imply -----------------------------------------------------------------------

OPEN = {
    "five people, two items": Plan({"A": 5}, (Vote("A", {"a1": FIVE, "a2": FIVE}),)),
    "five people, two votes": Plan({"A": 5}, (Vote("A", {"a1": FIVE}), Vote("A", {"a1": FIVE}))),
    "six people, of whom four vote twice": Plan({"A": 6}, (Vote("A", {"a1": FIVE}), Vote("A", {"a1": SIX[1:]})), TWO),
    "eight people, two of whom vote twice": Plan(
        {"A": 8}, (Vote("A", {"a1": FIVE}), Vote("A", {"a1": EIGHT[3:]})), TWO
    ),
    "six people, one of whom misses a vote": Plan({"A": 6}, (Vote("A", {"a1": SIX}), Vote("A", {"a1": FIVE})), TWO),
    "eight people, three of whom leave": Plan({"A": 8}, (Vote("A", {"a1": EIGHT}), Vote("A", {"a1": FIVE})), TWO),
    "a cancelled vote": Plan({"A": 5}, (Vote("A", {"a1": FIVE}), Vote("A", {"a1": FIVE}, void=True))),
    "concluded, reopened, and voted on again": Plan(
        {"A": 5}, (Vote("A", {"a1": FIVE}), Vote("A", {"a1": FIVE})), twice=True
    ),
    "a plenary of a group of five and one of two": Plan(
        {"A": 5, "B": 2}, (Vote("A", {"a1": FIVE}), Vote("P", {"a1": SEVEN})), TWO, plenary=("a1",)
    ),
    "a mean as the agreed value": Plan(
        {"A": 7}, (Vote("A", {"a1": SEVEN}), Vote("A", {"a1": SIX})), TWO, rule={"agreed_value": "mean"}
    ),
    "an item of four beside one of eight": Plan(
        {"A": 8}, (Vote("A", {"a1": EIGHT, "a2": FOUR}, unsure={"a2": EIGHT[4:]}),), TWO, rule={"quorum": 3}
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", OPEN)
def test_no_score_is_known_better_than_the_published_figures_imply(what: str) -> None:
    mind, chance, several = Mind(OPEN[what], stubborn), Random(what), 0
    for _ in range(2):
        cells = [(seat, cell) for cell, seats in mind.plan.cells() for seat in seats]
        truth = {key: chance.choice(mind.plan.categories) for key in cells}
        every = told(mind.plan, mind.consistent(truth, 5))
        published = posterior(every, lambda shown: figures(shown[0]))
        for shown, believed in posterior(every, everything).items():
            assert believed == published[figures(shown[0])]
        several += len(every)
    assert several > 6  # worlds between which the counts leave the choice


def everything(shown: Seen) -> Seen:
    return shown


def test_who_said_what_makes_no_difference_to_anything_that_is_shown() -> None:
    # Among people who take part alike, whoever changes places, nothing on any screen or in any file does.
    plan = OPEN["eight people, three of whom leave"]
    before, chance = start(plan), Random(8)
    cells = [(seat, cell) for cell, seats in plan.cells() for seat in seats]
    for _ in range(3):
        ratings = {key: chance.choice(TWO) for key in cells}
        stay, leave = chance.sample(FIVE, 5), chance.sample(EIGHT[5:], 3)
        place = dict(zip(EIGHT, (*stay, *leave), strict=True))
        moved = {(place[seat], cell): value for (seat, cell), value in ratings.items()}
        assert seen(plan, before, ratings) == seen(plan, before, moved)


# --- one who was not in the hall, and knows that nobody ever changes a score ----------------------------------------


def rosters(*rounds: str) -> list[Told]:
    """Rounds on one item from who scored it, one letter a person."""
    return [
        Told(
            seq=number, group=f"G{number}", number=1, items={"x": replace(FIGURES, item="x", n=len(who))},
            raters={"x": frozenset(who)}, compared={}, earlier=(),
        )
        for number, who in enumerate(rounds)
    ]  # fmt: skip


def laid_beside(panels: list[frozenset[str]]) -> list[frozenset[str]]:
    """The one or two people whose scores these panels' figures tell, whatever the scores are: by trying them all."""
    people = sorted(frozenset().union(*panels))
    told: dict[tuple[int, ...], list[dict[str, int]]] = {}
    for bits in range(2 ** len(people)):
        scores = {person: bits >> at & 1 for at, person in enumerate(people)}
        told.setdefault(tuple(sum(scores[one] for one in panel) for panel in panels), []).append(scores)
    few = [frozenset(some) for size in (1, 2) for some in combinations(people, size)]
    return [
        some for some in few
        if all(len({tuple(sorted(scores[one] for one in some)) for scores in alike}) == 1 for alike in told.values())
    ]  # fmt: skip


def test_one_or_two_people_are_never_what_is_left_between_public_figures() -> None:
    chance, shut = Random(5), 0
    for _ in range(100):
        panels = [frozenset(chance.sample("abcdefgh", chance.randint(5, 8))) for _ in range(chance.randint(2, 5))]
        rounds = rosters(*("".join(sorted(panel)) for panel in panels))
        names = opened_figures(rounds, 5)
        told = [panel for panel, one in zip(panels, rounds, strict=True) if (one.seq, "item/x") in names]
        assert laid_beside(told) == []
        shut += len(told) < len(panels) and laid_beside(panels) != []
    assert shut > 50  # and most of these would have told somebody's score


@pytest.mark.parametrize(
    ("panels", "opens"),
    [
        (("abcdefgh", "abcdefgh"), 2),
        (("abcdefgh", "abcdefg"), 1),  # all but h
        (("abcdefgh", "abcdefi"), 2),  # g and h against i: nobody can be told from the others
        (("abcdefgh", "abcde"), 2),  # three are left, too many to tell one
        (("abcdefgh", "abcde", "abcdef", "abcdefgh"), 3),  # the third would tell f, or g and h
        (("abefh", "bdfgh", "acdeg"), 2),  # any two lie far apart; together, by parity, they tell of c
    ],
)
def test_votes_open_only_as_far_as_they_may_lie_side_by_side(panels: tuple[str, ...], opens: int) -> None:
    told = rosters(*panels)
    assert len(votes_apart(told, 5)) == len(opened_figures(told, 5) - {(one.seq, "group") for one in told}) == opens


def test_a_plenary_that_would_leave_two_people_alone_beside_their_neighbours_stays_shut() -> None:
    plan = OPEN["a plenary of a group of five and one of two"]
    _, files = seen(plan, start(plan), {(seat, cell): 1 for cell, seats in plan.cells() for seat in seats})
    openings = next(text for text in files if text.startswith("openings.jsonl\n"))
    named = [line.split('"name":"')[1].split('"')[0] for line in openings.splitlines()[1:]]
    assert named.count("item/a1") == 2  # the group's figures and its ending, and not the plenary's figures
    assert "node/a1/workshop" in named and "node/b1/plenary" in named
    assert not {"node/a1/plenary", "node/A0/plenary", "node/A/plenary"} & {*named}
