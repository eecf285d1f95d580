"""A mind that weighs every way in which a hall may have scored. Exact: fractions, and nothing is drawn by chance.

People who score the same cells are interchangeable, so it lists what such people may have said without saying who; what
it then believes of one of them is the share of those who said it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import factorial, prod
from typing import Any, TypeVar

from tests.attacker.hall import Cell, Plan, Ratings

Pattern = tuple[int, ...]  # what one person gave, cell by cell
Prior = Callable[[tuple[Cell, ...], Pattern], Fraction]
Belief = dict[tuple[int, Cell], tuple[Fraction, ...]]  # of one person of each kind, by cell: each category's chance
World = tuple[Ratings, Fraction, Belief]

K = TypeVar("K")


class Mind:
    """Every world of a plan, with its weight under a prior."""

    def __init__(self, plan: Plan, prior: Prior) -> None:
        self.plan, self.prior = plan, prior
        places: dict[int, list[Cell]] = {}
        for cell, seats in plan.cells():
            for seat in seats:
                places.setdefault(seat, []).append(cell)
        self.kinds: dict[tuple[Cell, ...], list[int]] = {}
        for seat, cells in sorted(places.items()):
            self.kinds.setdefault(tuple(cells), []).append(seat)

    def worlds(self) -> Iterator[World]:
        """Each world with its weight and, for one person of each kind, the chance of each category in it."""
        each = [
            list(combinations_with_replacement(product(self.plan.categories, repeat=len(cells)), len(seats)))
            for cells, seats in self.kinds.items()
        ]
        for given in product(*each):
            ratings: dict[tuple[int, Cell], int] = {}
            weight, belief = Fraction(1), Belief()
            for (cells, seats), patterns in zip(self.kinds.items(), given, strict=True):
                ratings |= {
                    (seat, cell): value
                    for seat, pattern in zip(seats, patterns, strict=True)
                    for cell, value in zip(cells, pattern, strict=True)
                }
                ways = factorial(len(seats)) // prod(map(factorial, Counter(patterns).values()))
                weight *= ways * prod((self.prior(cells, pattern) for pattern in patterns), start=Fraction(1))
                for at, cell in enumerate(cells):
                    said = [pattern[at] for pattern in patterns]
                    belief[seats[0], cell] = tuple(
                        Fraction(said.count(category), len(seats)) for category in self.plan.categories
                    )
            yield ratings, weight, belief

    def consistent(self, truth: Ratings, least: int) -> Iterator[World]:
        """The worlds in which every cell that so many people score has the counts that it truly has."""
        due = self.counts(truth, least)
        return (world for world in self.worlds() if self.counts(world[0], least) == due)

    def counts(self, ratings: Ratings, least: int) -> list[list[int]]:
        """How often each category was given in each cell that at least so many people scored."""
        return [
            [sum(ratings[seat, cell] == category for seat in seats) for category in self.plan.categories]
            for cell, seats in self.plan.cells()
            if len(seats) >= least
        ]

    def before(self) -> Belief:
        """What it believes before anything is told."""
        return posterior([(None, weight, belief) for _, weight, belief in self.worlds()], lambda one: one)[None]


def posterior(worlds: list[tuple[K, Fraction, Belief]], part: Callable[[K], Any]) -> dict[Any, Belief]:
    """What is believed of each rating by somebody who is told one part of what there is to know."""
    mass: dict[Any, Fraction] = {}
    sums: dict[Any, dict[tuple[int, Cell], list[Fraction]]] = {}
    for told, weight, belief in worlds:
        heard = part(told)
        mass[heard] = mass.get(heard, Fraction()) + weight
        mine = sums.setdefault(heard, {})
        for cell, chances in belief.items():
            total = mine.setdefault(cell, [Fraction()] * len(chances))
            mine[cell] = [one + weight * chance for one, chance in zip(total, chances, strict=True)]
    return {
        heard: {cell: tuple(one / mass[heard] for one in chances) for cell, chances in mine.items()}
        for heard, mine in sums.items()
    }


def uniform(cells: tuple[Cell, ...], pattern: Pattern) -> Fraction:
    """Whatever anybody gave elsewhere says nothing about this score."""
    return Fraction(1)


def stubborn(cells: tuple[Cell, ...], pattern: Pattern) -> Fraction:
    """Four of five people give an item the score they gave it last, in whatever group."""
    weight, last = Fraction(1), dict[str, int]()
    for (_, _, item), value in zip(cells, pattern, strict=True):
        if item in last:
            weight *= Fraction(4, 5) if value == last[item] else Fraction(1, 10)
        last[item] = value
    return weight
