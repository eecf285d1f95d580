"""A round's figures: for staff once it is disclosed, for the hall once it is revealed, never of too few people."""

from __future__ import annotations

from collections.abc import Mapping

from server.visibility.common import (
    disclosed,
    earlier,
    flags,
    group_of,
    in_hall,
    indicative,
    steady,
    text_in,
    verdict,
    withheld,
)
from server.workshop import result_views as v
from server.workshop.contents import ItemFigures
from server.workshop.expert_views import ExpertView, kept_back
from server.workshop.measure_views import MeasuresView
from server.workshop.refusals import Refusal
from server.workshop.state import Group, Round, State

Reasons = Mapping[str, str]  # text by `round/item/number`


def round_for_staff(state: State, group: str, n: int, reasons: Reasons, language: str = "en") -> v.RoundView:
    """Everything of a disclosed round but what too few people rated. Refusal `not_yet`, `unknown_group`."""
    found = group_of(state, group)
    shown = next((r for r in found.rounds if r.number == n and r.assessed), None)
    if shown is None:
        raise Refusal("not_yet", when=f"round {n} is disclosed" if language == "en" else f"putaran {n} ditampilkan")
    return _round(state, found, shown, reasons, language, staff=True)


def round_for_seats(state: State, group: str, n: int, reasons: Reasons, language: str = "en") -> v.RoundView:
    """What the hall may see of a round: revealed and standing, without `short_by`, `needed` and hidden reasons.

    Refusal `not_yet`, `unknown_group`.
    """
    found = group_of(state, group)
    shown = next((r for r in found.rounds if r.number == n and in_hall(r)), None)
    if shown is None:
        when = f"round {n} is shown to the hall" if language == "en" else f"putaran {n} ditampilkan ke aula"
        raise Refusal("not_yet", when=when)
    return _round(state, found, shown, reasons, language, staff=False)


def _round(state: State, group: Group, r: Round, reasons: Reasons, language: str, *, staff: bool) -> v.RoundView:
    enough = r.order is not None and r.order.raters >= state.settings.suppress_below
    whole = enough and _whole(state, group, r.number)
    return v.RoundView(
        workshop=state.workshop, group=group.id, round=r.number, phase=group.phase, seated=r.seated,
        answered=r.answered, ballots=r.ballots, voided=r.voided, revealed=r.revealed,
        baseline_revealed=r.baseline_revealed, reasons_revealed=r.reasons_revealed, indicative=indicative(state),
        synthetic=state.synthetic,
        items=tuple(
            _item(state, group, r, r.figures[item], reasons, language, staff=staff)
            for item in r.items
            if item in r.figures
        ),
        order=r.order if whole else None,
    )  # fmt: skip


def _whole(state: State, group: Group, until: int) -> bool:
    """Whether no counted vote rests on too few; what did not count is in no figure of the group."""
    past = [f for r in group.rounds if r.number <= until for f in r.figures.values() if f.counted]
    return not any(withheld(state, f) for f in past)


def expert_for_staff(state: State, group: str, told: ExpertView | None, language: str = "en") -> ExpertView:
    """What experts ask of a group, empty where any counted vote rests on too few. Refusal `not_yet`."""
    told = disclosed(told, language)
    if told.raters >= state.settings.suppress_below and _whole(state, group_of(state, group), told.round):
        return told
    return kept_back(told.group, told.round, told.raters, told.items)


def measures_for_staff(state: State, group: str, told: MeasuresView | None, language: str = "en") -> MeasuresView:
    """Every measure of a group: an item's where enough people rated it, the panel's where no item's is kept back.

    Refusal `not_yet`.
    """
    told, few = disclosed(told, language), state.settings.suppress_below
    enough = told.agreement is not None and told.agreement.order.raters >= few
    return MeasuresView(
        group=told.group, round=told.round,
        agreement=told.agreement if enough and _whole(state, group_of(state, group), told.round) else None,
        spreads=tuple(one for one in told.spreads if one.withheld or one.round is None or one.n >= few),
        rams=tuple(one for one in told.rams if one.withheld or one.n >= few),
        stabilities=tuple(one for one in told.stabilities if one.withheld or one.paired >= few),
        gaps=tuple(one for one in told.gaps if one.withheld or one.n >= few),
    )  # fmt: skip


def _item(
    state: State, group: Group, r: Round, f: ItemFigures, reasons: Reasons, language: str, *, staff: bool
) -> v.ItemView:
    open_ = not withheld(state, f)
    baseline = staff or r.baseline_revealed
    said = _reasons(group, r, f.item, reasons, staff=staff) if open_ and (staff or r.reasons_revealed) else None
    outcome, told = (f.outcome, flags(state, f)) if staff else verdict(state, f)
    return v.ItemView(
        item=f.item, title=text_in(state.tree.node(f.item).name, language) or f.item, vote=f.vote, n=f.n,
        seated=f.seated, answered=f.answered, withheld=not open_, outcome=outcome, flags=told,
        cannot=f.cannot if open_ else None, counts=f.counts if open_ else None, median=f.median if open_ else None,
        q1=f.q1 if open_ else None, q3=f.q3 if open_ else None, iqr=f.iqr if open_ else None,
        pair=f.pair if open_ else None, in_pair=f.in_pair if open_ else None,
        needed=f.needed if staff and open_ else None, short_by=f.short_by if staff and open_ else None,
        stability=f.stability if open_ and steady(state, f) else None, gap=f.gap if open_ and baseline else None,
        baseline=earlier(state, f.item) if baseline else None, reasons=said,
    )  # fmt: skip


def _reasons(group: Group, r: Round, item: str, reasons: Reasons, *, staff: bool) -> tuple[v.Reason, ...]:
    own = [(key, text) for key, text in reasons.items() if key.startswith(f"{r.number}/{item}/")]
    return tuple(
        v.Reason(key, text, key in group.moderated) for key, text in own if staff or key not in group.moderated
    )
