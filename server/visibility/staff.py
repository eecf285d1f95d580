"""The workshop as staff see it: phases, rounds, seats and decisions, and nothing of what anybody answered."""

from __future__ import annotations

from collections.abc import Mapping

from server.visibility.common import indicative
from server.workshop import views as v
from server.workshop.rehearsals import rehearses
from server.workshop.state import Explained, Group, State


def staff_state(state: State, leases: Mapping[str, str], join_code: str | None) -> v.StaffState:
    """The workshop as staff see it; `leases` says who is in control of which group."""
    return v.StaffState(
        workshop=state.workshop, title=state.title, city=state.city, language=state.language,
        synthetic=state.synthetic, rehearses=rehearses(state.workshop), phase=state.phase, version=state.version,
        size=state.size, join_code=join_code,
        indicative=indicative(state), framework={"id": state.tree.id, "version": state.tree.version},
        rule=state.rule, settings=state.settings, digests=state.digests,
        baseline=v.BaselineState(len(state.baseline), state.baseline_synthetic) if state.baseline else None,
        initiatives=len(state.initiatives), frozen_at=state.frozen_at,
        groups=tuple(_group_state(state, g, leases.get(g.id)) for g in state.groups.values()),
        seats=tuple(v.SeatState(s.number, s.group, s.channel, s.status) for s in state.seats.values()),
    )  # fmt: skip


def _group_state(state: State, group: Group, lease: str | None) -> v.GroupState:
    current = group.current
    statuses = [seat.status for seat in state.seats_of(group.id)]
    return v.GroupState(
        id=group.id, name=group.name, kind=group.kind, node=group.node, items=group.items, version=group.version,
        phase=group.phase, round=current.number if current else None,
        deadline=current.deadline if current else None, lease=lease,
        seats={status: statuses.count(status) for status in ("issued", "taken", "absent", "revoked")},
        seated=state.seated(group.id),
        rounds=tuple(
            v.RoundSummary(
                r.number, r.items, r.opened_at, r.deadline, r.paused_at, r.closed_at, r.seated, r.answered, r.papers,
                r.assessed, r.revealed, r.voided,
            )
            for r in group.rounds
        ),
        decided=group.decided,
        explained=tuple(_explained(key, why) for key, why in group.explained.items()),
        minorities={item: len(texts) for item, texts in group.minorities.items()},
        endings={item: v.EndingView(e.ending, e.value, e.camps, e.round) for item, e in group.endings.items()},
    )  # fmt: skip


def _explained(key: str, why: Explained) -> v.ExplainedView:
    item, _, stream = key.rpartition("/")
    return v.ExplainedView(item, stream, why.cause, why.note)  # type: ignore[arg-type]  # the fold keeps only streams there
