"""One seat's ballot: its own answers, and of the group only what the hall has seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.visibility.changes import ballots_number
from server.visibility.common import dimension, earlier, ending, in_hall, text_in, verdict, withheld
from server.workshop import views as v
from server.workshop.answering import ballot_group, seat_of
from server.workshop.phases import Phase
from server.workshop.rehearsals import rehearses
from server.workshop.state import Group, Round, State


def ballot(
    state: State, seat: int, answers: Mapping[str, Mapping[str, Any]], language: str,
    before: Mapping[str, int] | None = None,
) -> v.BallotView:  # fmt: skip
    """The ballot snapshot of one seat; `answers` are its own of the current round, by item, with
    `rev, value, cannot, confidence, reason`.

    Refusal `unknown_seat` or `seat_revoked` where the seat may not vote.
    """
    group = ballot_group(state, seat)
    current = group.current if group.phase not in (Phase.WAITING, Phase.CONCLUDED) else None
    shown = group.items if group.phase is Phase.CONCLUDED else current.items if current else ()
    return v.BallotView(
        n=channel_number(state, seat), workshop=state.workshop, title=state.title, seat=seat,
        group=group.id, group_name=text_in(group.name, language) or group.id,
        dimension=dimension(state, group.node), phase=group.phase,
        workshop_phase=state.phase, round=current.number if current else None,
        voided=group.rounds[-1].number if group.rounds and group.rounds[-1].voided else None,
        deadline=current.deadline if current else None, language=language, scale=scale(state, language),
        synthetic=state.synthetic, rehearsal=rehearses(state.workshop) is not None,
        items=tuple(_ballot_item(state, group, item, answers.get(item), language, before or {}) for item in shown),
    )  # fmt: skip


def votes_in(state: State, seat: int) -> str:
    """The group whose ballot the seat sees. Refusal: as `ballot`."""
    return ballot_group(state, seat).id


def channel_number(state: State, seat: int) -> int:
    """How many messages the ballots of the seat's group have had: it grows by one with whatever they are told of."""
    return ballots_number(state, seat_of(state, seat).group)


def scale(state: State, language: str) -> tuple[v.Category, ...]:
    labels = state.framework["scale"].get("labels") or [None] * state.scale.size
    return tuple(
        v.Category(category, text_in(label, language) if isinstance(label, dict) else label)
        for category, label in zip(state.scale.categories, labels, strict=True)
    )


def _ballot_item(
    state: State, group: Group, item: str, own: Mapping[str, Any] | None, language: str, before: Mapping[str, int]
) -> v.BallotItem:
    node = state.tree.node(item)
    anchors = {end: text_in(text, language) or "" for end, text in (node.anchors or {}).items()}
    mine = None
    if own is not None and (own["value"] is not None or own["cannot"] is not None):  # else it was withdrawn
        mine = v.Mine(own["value"], own["cannot"], own["confidence"], own["reason"])
    return v.BallotItem(
        id=item, title=text_in(node.name, language) or item,
        place=None if node.parent is None else text_in(state.tree.node(node.parent).name, language),
        dimension=dimension(state, item), text=text_in(node.text, language), anchors=anchors,
        mine=mine, rev=own["rev"] if own else 0, before=before.get(item), feedback=_feedback(state, group, item),
        path=tuple(_step(state, r, item) for r in group.rounds if in_hall(r) and item in r.figures),
        baseline=earlier(state, item) if _baseline_shown(state, group, item) else None,
        ending=ending(state, group, item),
    )  # fmt: skip


def _feedback(state: State, group: Group, item: str) -> v.Feedback | None:
    shown = next((r for r in reversed(group.rounds) if in_hall(r) and item in r.figures), None)
    if shown is None:
        return None
    f = shown.figures[item]
    open_ = not withheld(state, f)
    outcome, flags = verdict(state, f)
    return v.Feedback(
        round=shown.number, vote=f.vote, n=f.n, withheld=not open_, outcome=outcome, flags=flags,
        counts=f.counts if open_ else None, median=f.median if open_ else None, q1=f.q1 if open_ else None,
        q3=f.q3 if open_ else None, iqr=f.iqr if open_ else None, pair=f.pair if open_ else None,
        in_pair=f.in_pair if open_ else None, gap=f.gap if open_ and shown.baseline_revealed else None,
    )  # fmt: skip


def _step(state: State, r: Round, item: str) -> v.Step:
    f = r.figures[item]
    return v.Step(r.number, None, None, None) if withheld(state, f) else v.Step(r.number, f.median, f.q1, f.q3)


def _baseline_shown(state: State, group: Group, item: str) -> bool:
    if state.settings.baseline_seen == "before":
        return True
    return any(in_hall(r) and r.baseline_revealed and item in r.items for r in group.rounds)
