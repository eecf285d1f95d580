"""What a disclosed round says: figures and verdicts of every item, and how alike the panel orders them.

Pure and picklable in and out, so that a worker process can compute it and the verifier can compute it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from consensus import Scale, Verdict, gap, judge, kendall_w, stability
from consensus.scale import Floats
from consensus.spread import pair_counts
from server.workshop.contents import Ballot, GapFigures, GroupFigures, ItemFigures, StabilityFigures
from server.workshop.events import RoundAssessed
from server.workshop.figures import decimal
from server.workshop.given import Draft
from server.workshop.state import Group, Round, State


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


def item_figures(
    state: State, group: Group, current: Round, ballots: Mapping[int, Sequence[Ballot]]
) -> list[ItemFigures]:
    """The figures of every item of a round, in the round's order."""
    cast, scale, items = ballots.get(current.number, ()), state.scale, current.items
    earlier = {item: [v for v in group.votes(item) if v[0] < current.number] for item in items}
    ratings = _matrix(cast, items)
    before = np.full_like(ratings, np.nan)
    voices = {ballot.voice: row for row, ballot in enumerate(cast)}
    for column, item in enumerate(items):
        if earlier[item]:
            _fill(before[:, column], ballots.get(earlier[item][-1][0], ()), item, voices)
    votes = [len(earlier[item]) + 1 for item in items]
    answered = [sum(a.item == item for b in cast for a in b.answers) for item in items]
    verdicts = judge(
        ratings, state.consensus_rule, scale, round=votes, seated=current.seated, answered=answered, before=before
    )
    spread = pair_counts(ratings, scale)
    moved = _stability(before, ratings, scale)
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
            stability=moved[i] if earlier[item] else None,
            gap=_gaps(state, item, ratings[:, i], scale),
        )
        for i, item in enumerate(items)
    ]


def _pair(verdict: Verdict) -> tuple[int, int] | None:
    return None if verdict.pair is None else (int(verdict.pair[0]), int(verdict.pair[1]))


def _matrix(cast: Sequence[Ballot], items: tuple[str, ...]) -> Floats:
    """Ballots as raters × items, nan for no rating."""
    column = {item: i for i, item in enumerate(items)}
    ratings = np.full((len(cast), len(items)), np.nan)
    for row, ballot in enumerate(cast):
        for answer in ballot.answers:
            if answer.value is not None and answer.item in column:
                ratings[row, column[answer.item]] = answer.value
    return ratings


def _fill(column: Floats, cast: Sequence[Ballot], item: str, voices: Mapping[str, int]) -> None:
    """Put the voices' ratings of one item into a column, where they are among these voices."""
    for ballot in cast:
        row = voices.get(ballot.voice)
        value = next((a.value for a in ballot.answers if a.item == item), None)
        if row is not None and value is not None:
            column[row] = value


def _cannot(cast: Sequence[Ballot], item: str) -> dict[str, int]:
    """How many could not rate the item, by reason; reasons that nobody gave are left out."""
    said = [a.cannot for ballot in cast for a in ballot.answers if a.item == item and a.cannot is not None]
    return {reason: said.count(reason) for reason in sorted(set(said))}


def _stability(before: Floats, after: Floats, scale: Scale) -> list[StabilityFigures]:
    if not len(after):
        return [StabilityFigures(0, None, 0, 0, None) for _ in range(after.shape[1])]
    moved = stability(before, after, scale)
    paired = ~np.isnan(before) & ~np.isnan(after)
    changed = (paired & (np.nan_to_num(before) != np.nan_to_num(after))).sum(axis=0)
    return [
        StabilityFigures(
            paired=int(moved.paired[i]),
            median_shift=decimal(float(moved.median_shift[i])),
            left_pair=int(moved.left_pair[i]),
            changed=int(changed[i]),
            net_change=decimal(float(moved.net_change[i])),
        )
        for i in range(after.shape[1])
    ]


def _gaps(state: State, item: str, column: Floats, scale: Scale) -> dict[str, GapFigures]:
    """The panel against the earlier survey, one entry a stream that has a score."""
    told = {}
    for stream, row in sorted(state.baseline_of(item).items()):
        if row.score is None:
            continue
        if np.isnan(column).all():
            told[stream] = GapFigures(difference=None, size=None, above=0, same=0, below=0)
            continue
        found = gap(column[:, None], [float(row.score)], scale)
        told[stream] = GapFigures(
            difference=decimal(float(found.difference[0])), size=found.size[0],
            above=int(found.above[0]), same=int(found.same[0]), below=int(found.below[0]),
        )  # fmt: skip
    return told


def _order(
    group: Group, current: Round, ballots: Mapping[int, Sequence[Ballot]], counted: Sequence[str]
) -> GroupFigures:
    """Kendall's W over each present rater's latest counted rating of every item of the group."""
    cast = ballots.get(current.number, ())
    voices = {ballot.voice: row for row, ballot in enumerate(cast)}
    ratings = np.full((len(cast), len(group.items)), np.nan)
    for column, item in enumerate(group.items):
        rounds = [number for number, _ in group.votes(item) if number < current.number]
        for number in [*rounds, *([current.number] if item in counted else [])]:
            _fill(ratings[:, column], ballots.get(number, ()), item, voices)
    rated = ~np.isnan(ratings)
    raters, items = int(rated.any(axis=1).sum()), int(rated.any(axis=0).sum())
    ratings = ratings[rated.any(axis=1)][:, rated.any(axis=0)]
    complete = bool(rated[rated.any(axis=1)][:, rated.any(axis=0)].all())
    if raters < 2 or items < 2:
        return GroupFigures(None, None, None, None, None, None, raters, items, complete)
    found = kendall_w(ratings)
    return GroupFigures(
        w=decimal(found.w), mean_spearman=decimal(found.mean_spearman), low=decimal(found.low),
        high=decimal(found.high), p_value=decimal(found.p_value), method=found.method, raters=raters,
        items=items, complete=complete,
    )  # fmt: skip
