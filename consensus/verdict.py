"""The verdict on each item of one vote: its outcome, what else is to be said of it, and every clause with its numbers.

Owns the order of outcomes and the clauses. It knows nothing of seats, groups or earlier votes but what it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from consensus.agreed import agreed_value
from consensus.arguments import whole, whole_each
from consensus.counts import category_counts, two_camps
from consensus.decimals import short, six
from consensus.errors import ConsensusError
from consensus.location import Location, camps, locate
from consensus.movement import Movement, movement
from consensus.moves import short_by
from consensus.ratings import as_ratings
from consensus.rules import Rule, as_rule
from consensus.scale import Ints, Scale, as_scale

OUTCOMES = ("insufficient", "consensus", "provisional", "moving", "at_cap", "dissent", "near", "open")
FLAGS = ("small_panel", "stable", "two_camps", "fragile")
AGREEING = frozenset({"consensus", "provisional", "moving"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the rule as it stands: what there is and what is asked.

    Names: ``ratings``, ``answered``, ``chance`` (raters that a guarded count needs), the rule's location (``pair``,
    ``within_one``, ``rand_ucla``), ``iqr``, ``vote``, ``median_shift``, ``left_pair``, ``cap`` (passed while
    another vote is allowed). Counts are whole numbers, other figures decimals as text, None what cannot be said.
    """

    name: str
    passed: bool
    have: int | str | None
    need: int | str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a vote says of one item, in plain whole numbers, text and None.

    Attributes
    ----------
    outcome : str
        One of `OUTCOMES`.
    flags : tuple of str
        Those of `FLAGS` that hold, in that order.
    clauses : tuple of Clause
    short_by : int or None
        Fewest people who, each moving one category, pass the location clause; None where none do.
    needed : int or None
        Ratings the location clause asks for; above `n` where even unanimity is too likely by chance.
    in_pair, n : int
        Ratings in the fullest pair that holds the median, and in all.
    vote : int
        The item's vote number, from 1.
    pair, camps : tuple of two categories, or None
    value : str or None
        The value on which those who rated would agree, by the rule, with six places.
    """

    outcome: str
    flags: tuple[str, ...]
    clauses: tuple[Clause, ...]
    short_by: int | None
    needed: int | None
    in_pair: int
    n: int
    vote: int
    pair: tuple[int | str, int | str] | None
    camps: tuple[int | str, int | str] | None
    value: str | None


def judge(
    ratings: ArrayLike | Sequence[Sequence[float | None]],
    rule: Rule,
    scale: Scale | Iterable[float],
    *,
    round: int | Sequence[int],
    seated: int,
    answered: int | Sequence[int] | None = None,
    before: ArrayLike | Sequence[Sequence[float | None]] | None = None,
) -> tuple[Verdict, ...]:
    """Judge every item of a vote by a rule.

    Parameters
    ----------
    ratings : array_like
        Raters × items, nan for no rating; no rater at all is allowed.
    rule : Rule
    scale : Scale or sequence of categories
    round : int or sequence of int
        The vote number, from 1, of the items or of each item; votes voided or without quorum are not counted.
    seated : int
        Raters who were to answer.
    answered : int or sequence of int, optional
        Raters who answered, *cannot rate* included, for each item; by default those who rated.
    before : array_like, optional
        Each item's previous counted vote, the same raters in the same rows; a column of nan where there is none.
        Not looked at for an item's first vote. None: nobody is paired.

    Returns
    -------
    tuple of Verdict
        One for each item, in item order.

    Raises
    ------
    ConsensusError
        As `as_ratings`; ``shape`` where `before`, `round` or `answered` do not fit; ``out_of_range``.
    """
    bench = seat(ratings, rule, scale, round=round, seated=seated, answered=answered, before=before)
    return tuple(map(bench.verdict, range(len(bench.counts))))


def seat(
    ratings: ArrayLike | Sequence[Sequence[float | None]],
    rule: Rule,
    scale: Scale | Iterable[float],
    *,
    round: int | Sequence[int],
    seated: int,
    answered: int | Sequence[int] | None = None,
    before: ArrayLike | Sequence[Sequence[float | None]] | None = None,
) -> Bench:
    """Check and count a vote, as `judge` does before it judges."""
    scale = as_scale(scale)
    as_rule(rule)
    matrix = as_ratings(ratings, scale, raters=0)
    items = matrix.shape[1]
    earlier = np.full_like(matrix, np.nan)
    if before is not None:
        earlier = as_ratings(before, scale, argument="before", raters=0)
        if earlier.shape != matrix.shape:
            raise ConsensusError(
                "before", "shape", "`before` must have the raters and items of `ratings`, in the same order."
            )
    votes = whole_each("round", round, items, 1)
    seats = whole("seated", seated, 0)
    counts = category_counts(matrix, scale)
    lies = locate(counts, rule)
    replies = lies.n.tolist() if answered is None else whole_each("answered", answered, items, 0)
    for item, (reply, n) in enumerate(zip(replies, lies.n.tolist(), strict=True)):
        if reply < n:
            raise ConsensusError(
                "answered",
                "out_of_range",
                f"Item {item} has {n} ratings but only {reply} answers; count each rating as an answer.",
                column=item,
            )
    moved = movement(earlier, matrix, scale)
    divided = two_camps(counts)
    return Bench(rule, scale, seats, counts, lies, moved, divided.tolist(), votes, replies)


@dataclass(frozen=True)
class Bench:
    """The figures of all items of a vote, and the reading of one item's verdict from them."""

    rule: Rule
    scale: Scale
    seated: int
    counts: Ints
    lies: Location
    moved: Movement
    divided: list[bool]
    votes: list[int]
    replies: list[int]

    def verdict(self, item: int) -> Verdict:
        vote, answered = self.votes[item], self.replies[item]
        n = int(self.lies.n[item])
        counts: list[int] = self.counts[item].tolist()
        needed = self.rule.needed(n, self.scale.size)
        clauses = self._clauses(item, vote, answered, needed)
        outcome = self._outcome(item, vote, needed, clauses)
        flags = {
            "small_panel": n < self.rule.small_panel,
            "stable": vote > 1 and self.moved.stable(item, self.rule),
            "two_camps": self.divided[item],
            "fragile": self._fragile(item, vote, needed, clauses, outcome),
        }
        pair = int(self.lies.pair[item])
        sides = camps(counts)
        value = agreed_value(counts, self.scale, self.rule.agreed_value)
        return Verdict(
            outcome=outcome,
            flags=tuple(name for name in FLAGS if flags[name]),
            clauses=tuple(clauses.values()),
            short_by=short_by(tuple(counts), self.rule, needed),
            needed=needed,
            in_pair=int(self.lies.in_pair[item]),
            n=n,
            vote=vote,
            pair=None if n == 0 else self._categories(pair, pair + 1),
            camps=None if sides is None else self._categories(*sides),
            value=None if value is None else six(value),
        )

    def outcome_with(self, item: int, people: int) -> str:
        """The outcome if the location clause asked for this many people more; the same where it counts nobody."""
        needed = self.rule.needed(int(self.lies.n[item]), self.scale.size)
        clauses = self._clauses(item, self.votes[item], self.replies[item], needed)
        return self._outcome(item, self.votes[item], self._nearby(item, needed, people), clauses)

    def _nearby(self, item: int, needed: int | None, people: int) -> int | None:
        # No rule can ask for more ratings than there are, or for none.
        if needed is None or not people:
            return needed
        return max(1, min(int(self.lies.n[item]), needed + people))

    def _clauses(self, item: int, vote: int, answered: int, needed: int | None) -> dict[str, Clause]:
        rule, n = self.rule, int(self.lies.n[item])
        clauses = [
            Clause("ratings", n >= rule.quorum, n, rule.quorum),
            Clause(
                "answered",
                100 * answered >= rule.answered_percent * self.seated,
                answered,
                -(-rule.answered_percent * self.seated // 100),
            ),
        ]
        if needed is None:
            unit = 20 * (self.scale.size - 1)
            ipr, limit = int(self.lies.ipr[item]), int(self.lies.ipras[item])
            have, need = (short(Fraction(figure, unit)) for figure in (ipr, limit))
            clauses.append(Clause(rule.location, n > 0 and ipr <= limit, have if n else None, need if n else None))
        else:
            if rule.chance_percent is not None:
                clauses.append(Clause("chance", needed <= n, n, rule.fewest_raters(self.scale.size)))
            inside = int(self.lies.inside[item])
            clauses.append(Clause(rule.location, n > 0 and inside >= needed, inside, needed))
        if rule.iqr_at_most is not None:
            wide = short(Fraction(int(self.lies.iqr4[item]), 4)) if n else None
            clauses.append(Clause("iqr", n > 0 and bool(self.lies.narrow[item]), wide, rule.iqr_at_most))
        clauses.append(Clause("vote", vote >= rule.settle_from_vote, vote, rule.settle_from_vote))
        if vote > 1:
            paired, shift = int(self.moved.paired[item]), Fraction(int(self.moved.shift2[item]), 2)
            left, may_leave = int(self.moved.left[item]), self.moved.few(item, rule)
            known = paired > 0
            still, stayed = known and shift <= Fraction(rule.median_shift), known and left <= may_leave
            clauses.append(Clause("median_shift", still, short(shift) if known else None, rule.median_shift))
            clauses.append(Clause("left_pair", stayed, left if known else None, may_leave))
        clauses.append(Clause("cap", vote < rule.cap, vote, rule.cap))
        return {clause.name: clause for clause in clauses}

    def _outcome(self, item: int, vote: int, needed: int | None, clauses: dict[str, Clause]) -> str:
        # The first that holds; `needed` may differ from the clause's by one person.
        if not all(clauses[name].passed for name in ("ratings", "answered", "chance") if name in clauses):
            return "insufficient"
        if self._holds(item, needed, clauses):
            if vote > 1 and not (clauses["median_shift"].passed and clauses["left_pair"].passed):
                return "moving"
            return "consensus" if clauses["vote"].passed else "provisional"
        if not clauses["cap"].passed:
            return "at_cap"
        if self.divided[item]:
            return "dissent"
        missing = short_by(tuple(self.counts[item].tolist()), self.rule, needed)
        return "near" if missing is not None and missing <= self.rule.near else "open"

    def _holds(self, item: int, needed: int | None, clauses: dict[str, Clause]) -> bool:
        enough = clauses[self.rule.location].passed if needed is None else self.lies.inside[item] >= needed
        return bool(enough) and bool(self.lies.narrow[item])

    def _fragile(
        self, item: int, vote: int, needed: int | None, clauses: dict[str, Clause], outcome: str
    ) -> bool:
        if needed is None or outcome == "insufficient":
            return False
        nearby = {self._nearby(item, needed, people) for people in (-1, 1)}
        return any(self._outcome(item, vote, other, clauses) != outcome for other in nearby)

    def _categories(self, low: int, high: int) -> tuple[int | str, int | str]:
        return _plain(self.scale.categories[low]), _plain(self.scale.categories[high])


def _plain(category: float) -> int | str:
    return category if isinstance(category, int) else short(Fraction(category))
