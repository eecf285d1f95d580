"""What an expert asks of a group beside its verdicts: conformity, single raters in the order, alpha, AC2, thresholds.

Pure, and done in a worker process. Nothing here gates, and nothing enters the trail; who may see it is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import isnan

from consensus import (
    chance_of_consensus,
    conformity,
    gwet_ac,
    krippendorff_alpha,
    rater_concordance,
    threshold_sweep,
)
from consensus.sweep import Step
from server.workshop.assess import Matrix, columns, rated_part, vote_of
from server.workshop.contents import Ballot
from server.workshop.expert_views import ConformityView, ExpertView, StepView, kept_back
from server.workshop.figures import decimal
from server.workshop.state import Group, State

Ballots = Mapping[int, Sequence[Ballot]]


def expert(state: State, group_id: str, ballots: Ballots) -> ExpertView | None:
    """Compute what experts ask from the opened ballots of every round that stands; None before one is disclosed.

    Kept back where a ballot was erased: the difference to what was told before would be that person's.
    """
    group = state.groups[group_id]
    standing = [r for r in group.rounds if r.assessed and not r.voided]
    if not standing:
        return None
    last = standing[-1]
    items, ratings = order_ratings(group, last.number, ballots)
    if not whole(group, ballots):
        return kept_back(group_id, last.number, len(ratings), len(items))
    several = len(ratings) > 1 and len(items) > 1
    found = rater_concordance(ratings) if several else None
    single = found if found and len(found.mean_spearman) >= state.settings.suppress_below else None
    shares, people, fragile = _sweep(state, group, ballots)
    return ExpertView(
        group=group_id, round=last.number, raters=len(ratings), items=len(items), withheld=False,
        chances=_chances(state, group), conformity=_conformity(state, group, ballots),
        concordances=tuple(decimal(value) or "" for value in single.mean_spearman) if single else (),
        against=single.against if single else 0,
        alpha=decimal(krippendorff_alpha(ratings).value) if several else None,
        ac2=decimal(gwet_ac(ratings, categories=state.scale.categories).value) if several else None,
        shares=shares, people=people, fragile=fragile,
    )  # fmt: skip


def whole(group: Group, ballots: Ballots) -> bool:
    """Whether every ballot of every round that stands is opened, none of them erased."""
    return all(len(ballots.get(r.number, ())) == r.ballots for r in group.rounds if r.assessed and not r.voided)


def order_ratings(group: Group, number: int, ballots: Ballots) -> tuple[tuple[str, ...], Matrix]:
    """What W rests on after a round: each present voice's latest counted rating of every item, as items and matrix."""
    rounds = {item: [vote for vote, _ in group.votes(item) if vote <= number] for item in group.items}
    return rated_part(group.items, columns(ballots.get(number, ()), group.items, rounds, ballots))


def standing_ratings(group: Group, ballots: Ballots) -> tuple[tuple[str, ...], Matrix]:
    """What each item stands on: the ratings of its latest counted vote, whoever is here now, as items and matrix."""
    rounds = {item: [votes[-1][0]] for item in group.items if (votes := group.votes(item))}
    voices = {ballot.voice: ballot for number in sorted(ballots) for ballot in ballots[number]}
    return rated_part(group.items, columns(list(voices.values()), group.items, rounds, ballots))


def _chances(state: State, group: Group) -> dict[str, str]:
    """By item, how often a panel of its latest size passes by chance."""
    sizes = {item: votes[-1][1].n for item in group.items if (votes := group.votes(item))}
    rule, scale = state.consensus_rule, state.scale
    return {item: decimal(chance_of_consensus(rule, n, scale)) or "" for item, n in sizes.items() if n}


def _conformity(state: State, group: Group, ballots: Ballots) -> ConformityView | None:
    """Over every two votes on an item that follow each other, the first of which the hall saw before the second."""
    seen = {r.number for r in group.rounds if r.revealed}
    before, after, shown = [], [], []
    everybody = list({ballot.voice: ballot for each in ballots.values() for ballot in each}.values())
    for item in group.items:
        votes = group.votes(item)
        for (earlier, told), (later, _) in pairwise(votes):
            was, now = (columns(everybody, [item], {item: [number]}, ballots) for number in (earlier, later))
            paired = sum(not isnan(a[0]) and not isnan(b[0]) for a, b in zip(was, now, strict=True))
            if earlier in seen and told.median is not None and paired >= state.settings.suppress_below:
                before.append([row[0] for row in was])
                after.append([row[0] for row in now])
                shown.append(float(told.median))
    if not shown:
        return None
    found = conformity(_across(before), _across(after), state.scale, shown=shown)
    return ConformityView(
        paired=found.paired, moves=found.moves, toward=found.toward, away=found.away,
        share_toward=decimal(found.share_toward), share_away=decimal(found.share_away),
        expected_toward=decimal(found.expected_toward), nearly_all_toward=found.nearly_all_toward,
        enough=found.reason is None,
    )  # fmt: skip


def _across(columns_: Iterable[Sequence[float]]) -> Matrix:
    return [list(row) for row in zip(*columns_, strict=True)]


def _sweep(
    state: State, group: Group, ballots: Ballots
) -> tuple[tuple[StepView, ...], tuple[StepView, ...], tuple[str, ...]]:
    """Each item's latest counted vote under other thresholds; votes of several rounds are added up."""
    latest = {item: votes[-1][0] for item in group.items if (votes := group.votes(item))}
    sweeps, fragile = [], list[str]()
    for r in group.rounds:
        items = [item for item in group.items if latest.get(item) == r.number]
        if not items:
            continue
        held = vote_of(group, r, items, ballots)
        found = threshold_sweep(
            held.ratings, state.consensus_rule, state.scale, round=held.votes, seated=r.seated,
            answered=held.answered, before=held.before,
        )  # fmt: skip
        sweeps.append(found)
        fragile += [items[place] for place in found.fragile]
    if state.consensus_rule.location == "rand_ucla":
        return (), (), ()

    def added(steps: Iterable[Sequence[Step]]) -> tuple[StepView, ...]:
        return tuple(
            StepView(
                share_percent=str(same[0].share_percent), people=same[0].people,
                agreeing=sum(len(step.agreeing) for step in same), settled=sum(len(step.settled) for step in same),
            )
            for same in zip(*steps, strict=True)
        )  # fmt: skip

    order = [item for item in group.items if item in fragile]
    return added(s.shares for s in sweeps), added(s.people for s in sweeps), tuple(order)
