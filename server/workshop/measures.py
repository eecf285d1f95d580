"""Every measure of a group that an expert asks for, item by item and for the panel as a whole.

Pure, and done in a worker process. Nothing here gates, and nothing enters the trail; who may see it is asked elsewhere,
but what rests on too few people is left out here, so that no correction for many items is drawn from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import nan
from typing import get_args

from msgspec.structs import replace

from consensus import (
    Gap,
    Scale,
    describe,
    equivalence,
    gap,
    gwet_ac,
    icc,
    kendall_w,
    krippendorff_alpha,
    ram,
    stability,
)
from server.workshop import measure_views as m
from server.workshop.assess import Matrix, columns, vote_of
from server.workshop.contents import Ballot, ItemFigures
from server.workshop.expert import order_ratings, whole
from server.workshop.figures import decimal
from server.workshop.records import BaselineStream
from server.workshop.state import Group, State
from server.workshop.whys import SHORT_SCALE, TOO_SMALL, why

Ballots = Mapping[int, Sequence[Ballot]]

LEVELS = ("nominal", "ordinal", "interval")
WEIGHTS = ("identity", "ordinal")
ICCS = ("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")
SPREAD = (
    "median", "q1", "q3", "iqr", "mean", "sd", "cv", "mad", "average_deviation", "share_in_pair", "wilson_low",
    "wilson_high", "share_low", "share_high", "r_wg", "r_wg_star", "a_wg", "tastle_wierman", "van_der_eijk",
)  # fmt: skip
RAM = ("p30", "p70", "ipr", "ipras", "index")
MOVED = (
    "changed_share", "net_change", "toward_median", "median_shift", "iqr_change", "kappa", "spearman", "p_value",
)  # fmt: skip
TESTED = ("difference", "hodges_lehmann", "low", "high", "p_value", "p_holm", "p_bh", "rank_biserial")
NOBODY = 2**31  # more people than any vote has: everything rests on too few
EQUAL_WITHIN = 0.5  # of a category, either way


def measures(state: State, group_id: str, ballots: Ballots) -> m.MeasuresView | None:
    """Compute every measure from the opened ballots of each round that stands; None before one is disclosed.

    All withheld where a ballot was erased: the difference to what was told before would be that person's.
    """
    group = state.groups[group_id]
    last = next((r for r in reversed(group.rounds) if r.assessed and not r.voided), None)
    if last is None:
        return None
    votes = {item: group.votes(item) for item in group.items}
    complete = whole(group, ballots)
    if not complete:
        state = replace(state, settings=replace(state.settings, suppress_below=NOBODY))
    return m.MeasuresView(
        group=group_id, round=last.number,
        agreement=_agreement(state, group, last.number, ballots) if complete else None,
        spreads=tuple(_spread(state, group, item, votes[item], ballots) for item in group.items),
        rams=tuple(_ram(state, item, votes[item][-1], ballots) for item in group.items if votes[item]),
        stabilities=tuple(_moved(state, group, item, ballots) for item in group.items if len(votes[item]) > 1),
        gaps=tuple(one for stream in get_args(BaselineStream) for one in _gaps(state, group, stream, ballots)),
    )  # fmt: skip


def _figures(found: object, names: Iterable[str]) -> dict[str, str | None]:
    return {name: decimal(getattr(found, name)) for name in names}


def _column(item: str, number: int, ballots: Ballots) -> list[float]:
    """What everybody with a ballot in a round rated an item; nan for nothing."""
    cast = ballots.get(number, ())
    return [row[0] for row in columns(cast, [item], {item: [number]}, ballots)] or [nan]


# --- the panel --------------------------------------------------------------------------------------------------------


def _agreement(state: State, group: Group, number: int, ballots: Ballots) -> m.AgreementView:
    items, ratings = order_ratings(group, number, ballots)
    return m.AgreementView(
        order=_order(items, ratings),
        alphas=tuple(_alpha(level, ratings) for level in LEVELS),
        gwets=tuple(_gwet(weights, ratings, state.scale) for weights in WEIGHTS),
        intraclass=_intraclass(items, ratings),
    )


def _order(items: Sequence[str], ratings: Matrix) -> m.OrderView:
    if len(ratings) < 2 or len(items) < 2:
        return m.OrderView(None, None, None, None, "f", None, None, len(ratings), len(items), 0, True, TOO_SMALL)
    found = kendall_w(ratings)
    return m.OrderView(
        **_figures(found, ("w", "mean_spearman", "statistic", "p_value", "low", "high")), method=found.method,
        raters=found.raters, items=found.items, constant_raters=found.constant_raters, complete=found.complete,
        why=why(found.reason),
    )  # fmt: skip


def _alpha(level: str, ratings: Matrix) -> m.AlphaView:
    if len(ratings) < 2:
        return m.AlphaView(level, None, 0, TOO_SMALL)
    found = krippendorff_alpha(ratings, level=level)  # type: ignore[arg-type]  # one of LEVELS
    return m.AlphaView(level, decimal(found.value), found.pairable, why(found.reason))


def _gwet(weights: str, ratings: Matrix, scale: Scale) -> m.GwetView:
    if len(ratings) < 2:
        return m.GwetView(weights, None, None, None, TOO_SMALL)
    found = gwet_ac(ratings, categories=scale.categories, weights=weights)  # type: ignore[arg-type]  # one of WEIGHTS
    return m.GwetView(weights, **_figures(found, ("value", "observed", "expected")), why=why(found.reason))


def _intraclass(items: Sequence[str], ratings: Matrix) -> m.IntraclassesView:
    if len(ratings) < 2 or len(items) < 2:
        return m.IntraclassesView((), None, None, TOO_SMALL)
    found = icc(ratings)
    six = [m.IntraclassView(name, *_figures(found, (name, f"{name}_low", f"{name}_high")).values()) for name in ICCS]
    return m.IntraclassesView(tuple(six), decimal(found.f), decimal(found.p_value), why(found.reason))


# --- an item ----------------------------------------------------------------------------------------------------------


def _spread(
    state: State, group: Group, item: str, votes: Sequence[tuple[int, ItemFigures]], ballots: Ballots
) -> m.SpreadView:
    if not votes:
        latest = group.latest(item)
        return m.SpreadView(item=item, round=None, n=latest.n if latest else 0, withheld=False)
    number, told = votes[-1]
    if told.n < state.settings.suppress_below:
        return m.SpreadView(item=item, round=number, n=told.n, withheld=True)
    [found] = describe([[value] for value in _column(item, number, ballots)], state.scale)
    return m.SpreadView(
        item=item, round=number, n=found.n, withheld=False, counts=found.counts, pair=found.pair,
        in_pair=found.in_pair, two_camps=found.two_camps, why=why(found.reason), **_figures(found, SPREAD),
    )  # fmt: skip


def _ram(state: State, item: str, vote: tuple[int, ItemFigures], ballots: Ballots) -> m.RamView:
    number, told = vote
    scale, withheld = state.scale, told.n < state.settings.suppress_below
    if withheld or scale.size < 3:
        return m.RamView(
            item=item, n=told.n, withheld=withheld, validated=False, why=None if withheld else SHORT_SCALE
        )
    places = [1 + (value - scale.low) / scale.step for value in _column(item, number, ballots)]
    found = ram(places, points=scale.size)
    return m.RamView(
        item=item, n=told.n, withheld=False, validated=found.validated, agreement=found.agreement,
        disagreement=found.disagreement, disagreement_ipras=found.disagreement_ipras, why=why(found.reason),
        **_figures(found, RAM),
    )  # fmt: skip


def _moved(state: State, group: Group, item: str, ballots: Ballots) -> m.StabilityView:
    (earlier, _), (later, _) = group.votes(item)[-2:]
    r = next(r for r in group.rounds if r.number == later)
    held = vote_of(group, r, [item], ballots)
    [found] = stability(held.before, held.ratings, state.scale)
    rounds, paired = (earlier, later), found.paired
    if paired < state.settings.suppress_below:
        return m.StabilityView(item=item, rounds=rounds, paired=paired, withheld=True)
    return m.StabilityView(
        item=item, rounds=rounds, paired=paired, withheld=False, left_pair=found.left_pair, why=why(found.reason),
        **_figures(found, MOVED),
    )  # fmt: skip


# --- the earlier survey -----------------------------------------------------------------------------------------------


def _gaps(state: State, group: Group, stream: BaselineStream, ballots: Ballots) -> list[m.GapView]:
    """Every item that the stream scored and that was voted on; those comparable are one family."""
    rows, family = list[m.GapView](), dict[str, list[float]]()
    for item in group.items:
        row, votes = state.baseline_of(item).get(stream), group.votes(item)
        if row is None or row.score is None or not votes:
            continue
        number, told = votes[0]
        few, seen = told.n < state.settings.suppress_below, _seen(state, group, number)
        rows.append(
            m.GapView(item=item, stream=stream, round=number, baseline=row.score, n=told.n, withheld=few, seen=seen)
        )
        if not few and not seen:
            family[item] = _column(item, number, ballots)
    if not family:
        return rows
    level = {row.item: float(row.baseline) for row in rows}
    tall = max(map(len, family.values()))
    matrix = [[column[i] if i < len(column) else nan for column in family.values()] for i in range(tall)]
    found = dict(zip(family, gap(matrix, [level[item] for item in family], state.scale), strict=True))
    return [_tested(row, found.get(row.item), family.get(row.item, []), state.scale) for row in rows]


def _seen(state: State, group: Group, number: int) -> bool:
    """Whether raters could have seen the survey before this round."""
    shown = any(r.baseline_revealed for r in group.rounds if r.number < number)
    return state.settings.baseline_seen == "before" or shown


def _tested(row: m.GapView, found: Gap | None, column: Sequence[float], scale: Scale) -> m.GapView:
    if found is None:
        return row
    same = equivalence(column, float(row.baseline), margin=EQUAL_WITHIN * scale.step)
    return m.GapView(
        item=row.item, stream=row.stream, round=row.round, baseline=row.baseline, n=row.n, withheld=False, seen=False,
        size=found.size, above=found.above, same=found.same, below=found.below, why=why(found.reason),
        equivalence_p=decimal(same.p_value), equivalence_low=decimal(same.low), equivalence_high=decimal(same.high),
        equivalent=same.equivalent if same.reason is None else None, equivalence_why=why(same.reason),
        **_figures(found, TESTED),
    )  # fmt: skip
