"""What a disclosed round says: figures and verdicts of every item, and how alike the panel orders them.

Pure and picklable in and out, so that a worker process can compute it and the verifier can compute it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

from consensus import Scale, Verdict, gap, judge, kendall_w, stability
from consensus.spread import pair_counts
from server.workshop.contents import Ballot, GapFigures, GroupFigures, ItemFigures, StabilityFigures
from server.workshop.events import RoundAssessed
from server.workshop.figures import decimal
from server.workshop.given import Draft
from server.workshop.state import Group, Round, State

Matrix = list[list[float]]  # raters × items, nan for no rating


def assess(state: State, group_id: str, ballots: Mapping[int, Sequence[Ballot]]) -> Draft:
    """Compute a round's figures from its ballots.

    Parameters
    ----------
    state : State
        As it stands with the round's ballots in the trail.
    group_id : str
        A group whose current round is closed with all ballots in.
    ballots : mapping of int to sequence of Ballot
        The ballots of every round of the group that is not voided, as far as they are opened.

    Returns
    -------
    Draft
        `round.assessed` with one content an item and one for the group.
    """
    group = state.groups[group_id]
    current = group.current
    assert current is not None  # the caller has a round with ballots
    cast = ballots.get(current.number, ())
    figures = item_figures(state, group, current, ballots)
    contents: dict[str, object] = {f"item/{f.item}": f for f in figures}
    counted = [f.item for f in figures if f.counted]
    contents["group"] = _order(group, current, ballots, counted)
    return Draft(RoundAssessed(round=current.number, ballots=len(cast)), group_id, contents)


@dataclass(frozen=True)
class Held:
    """One vote on some items as `judge` takes it: ratings now and before by voice, vote numbers, answers."""

    ratings: Matrix
    before: Matrix
    votes: list[int]
    answered: list[int]


def vote_of(group: Group, r: Round, items: Sequence[str], ballots: Mapping[int, Sequence[Ballot]]) -> Held:
    """The vote of a round on items of it; a round without ballots has one voice that rated nothing."""
    cast = ballots.get(r.number, ())
    earlier = {item: [number for number, _ in group.votes(item) if number < r.number] for item in items}
    nobody = [[nan] * len(items)]
    last = {item: [numbers[-1]] for item, numbers in earlier.items() if numbers}
    return Held(
        ratings=[[ratings.get(item, nan) for item in items] for ratings in map(_ratings, cast)] or nobody,
        before=columns(cast, items, last, ballots) or nobody,
        votes=[len(earlier[item]) + 1 for item in items],
        answered=[sum(a.item == item for b in cast for a in b.answers) for item in items],
    )


def item_figures(
    state: State, group: Group, current: Round, ballots: Mapping[int, Sequence[Ballot]]
) -> list[ItemFigures]:
    """The figures of every item of a round, in the round's order."""
    cast, scale, items = ballots.get(current.number, ()), state.scale, current.items
    held = vote_of(group, current, items, ballots)
    ratings, before, votes, answered = held.ratings, held.before, held.votes, held.answered
    verdicts = judge(
        ratings, state.consensus_rule, scale, round=votes, seated=current.seated, answered=answered, before=before
    )
    spread = pair_counts(ratings, scale)
    moved = _stability(before, ratings, len(items), scale)
    return [
        ItemFigures(
            item=item,
            vote=votes[i],
            n=int(spread.n[i]),
            seated=current.seated,
            answered=answered[i],
            cannot=_cannot(cast, item),
            counts=tuple(int(count) for count in spread.counts[i]),
            median=decimal(float(spread.median[i])),
            q1=decimal(float(spread.q1[i])),
            q3=decimal(float(spread.q3[i])),
            iqr=decimal(float(spread.q3[i] - spread.q1[i])),
            pair=_pair(verdicts[i]),
            in_pair=verdicts[i].in_pair,
            needed=verdicts[i].needed,
            outcome=verdicts[i].outcome,
            flags=verdicts[i].flags,
            short_by=verdicts[i].short_by,
            stability=moved[i] if votes[i] > 1 else None,
            gap=_gaps(state, item, [row[i] for row in ratings], scale),
        )
        for i, item in enumerate(items)
    ]


def _pair(verdict: Verdict) -> tuple[int, int] | None:
    return None if verdict.pair is None else (int(verdict.pair[0]), int(verdict.pair[1]))


def _ratings(ballot: Ballot) -> dict[str, float]:
    """A ballot's ratings by item."""
    return {answer.item: answer.value for answer in ballot.answers if answer.value is not None}


def columns(
    cast: Sequence[Ballot], items: Sequence[str], rounds: Mapping[str, Sequence[int]],
    ballots: Mapping[int, Sequence[Ballot]],
) -> Matrix:  # fmt: skip
    """What the voices of `cast` rated in other rounds: for each item its last rating in the rounds named for it."""
    given: dict[str, dict[str, float]] = {ballot.voice: {} for ballot in cast}
    for number in sorted({number for numbers in rounds.values() for number in numbers}, reverse=True):
        asked = {item for item, numbers in rounds.items() if number in numbers}
        for ballot in ballots.get(number, ()):
            if (mine := given.get(ballot.voice)) is not None:
                for answer in ballot.answers:
                    if answer.value is not None and answer.item in asked:
                        mine.setdefault(answer.item, answer.value)
    return [[given[ballot.voice].get(item, nan) for item in items] for ballot in cast]


def _cannot(cast: Sequence[Ballot], item: str) -> dict[str, int]:
    """How many could not rate the item, by reason; reasons that nobody gave are left out."""
    said = [a.cannot for ballot in cast for a in ballot.answers if a.item == item and a.cannot is not None]
    return {reason: said.count(reason) for reason in sorted(set(said))}


def _stability(before: Matrix, after: Matrix, items: int, scale: Scale) -> list[StabilityFigures]:
    moved = stability(before, after, scale)
    return [
        StabilityFigures(
            paired=int(moved.paired[i]),
            median_shift=decimal(float(moved.median_shift[i])),
            left_pair=int(moved.left_pair[i]),
            changed=sum(_moved(was[i], now[i]) for was, now in zip(before, after, strict=True)),
            net_change=decimal(float(moved.net_change[i])),
        )
        for i in range(items)
    ]


def _moved(was: float, now: float) -> bool:
    return not isnan(was) and not isnan(now) and was != now


def _gaps(state: State, item: str, column: list[float], scale: Scale) -> dict[str, GapFigures]:
    """The panel against the earlier survey, one entry a stream that has a score."""
    told = {}
    for stream, row in sorted(state.baseline_of(item).items()):
        if row.score is None:
            continue
        if all(isnan(value) for value in column):
            told[stream] = GapFigures(difference=None, size=None, above=0, same=0, below=0)
            continue
        found = gap([[value] for value in column], [float(row.score)], scale)
        told[stream] = GapFigures(
            difference=decimal(float(found.difference[0])), size=found.size[0],
            above=int(found.above[0]), same=int(found.same[0]), below=int(found.below[0]),
        )  # fmt: skip
    return told


def rated_part(items: Sequence[str], everything: Matrix) -> tuple[tuple[str, ...], Matrix]:
    """The items that anybody rated, and the rows of those who rated any."""
    rated = [i for i, values in enumerate(zip(*everything, strict=True)) if not all(map(isnan, values))]
    rows = [[row[i] for i in rated] for row in everything if not all(map(isnan, row))]
    return tuple(items[i] for i in rated), rows


def _order(
    group: Group, current: Round, ballots: Mapping[int, Sequence[Ballot]], counted: Sequence[str]
) -> GroupFigures:
    """Kendall's W over each present rater's latest counted rating of every item of the group."""
    rounds = {
        item: [number for number, _ in group.votes(item) if number < current.number]
        + ([current.number] if item in counted else [])
        for item in group.items
    }
    _, ratings = rated_part(group.items, columns(ballots.get(current.number, ()), group.items, rounds, ballots))
    raters, items = len(ratings), len(ratings[0]) if ratings else 0
    complete = not any(isnan(value) for row in ratings for value in row)
    if raters < 2 or items < 2:
        return GroupFigures(None, None, None, None, None, None, raters, items, complete)
    found = kendall_w(ratings)
    return GroupFigures(
        w=decimal(found.w), mean_spearman=decimal(found.mean_spearman), low=decimal(found.low),
        high=decimal(found.high), p_value=decimal(found.p_value), method=found.method, raters=raters,
        items=items, complete=complete,
    )  # fmt: skip
