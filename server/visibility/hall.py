"""What the hall display shows: who is how far, never what anybody answered, until figures are revealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from server.locale import Language
from server.visibility.changes import hall_number
from server.visibility.common import in_hall, indicative, text_in
from server.visibility.profile import profile_view
from server.visibility.rounds import Reasons, round_for_seats
from server.workshop import result_views as v
from server.workshop.contents import NodeFigures
from server.workshop.phases import Phase
from server.workshop.records import GroupKind, Record
from server.workshop.rehearsals import rehearses
from server.workshop.state import Group, State


class Seats(Record, frozen=True):
    issued: int
    taken: int


class HallGroup(Record, frozen=True):
    """One group in the hall; `figures` are those of its last revealed round."""

    id: str
    name: str
    kind: GroupKind
    phase: str
    round: int | None
    deadline: int | None
    items: int
    issued: int
    seated: int
    started: int
    finished: int
    figures: v.RoundView | None


class HallView(Record, frozen=True):
    """The display snapshot. `join_code` only where the room may join with it; `head` once one is signed; `shows`: what
    displays stand on (`blank`, `join`), by group, or `workshop` for the hall's own."""

    n: int
    workshop: str
    title: str
    city: str | None
    language: str
    synthetic: bool
    rehearsal: bool
    indicative: bool
    phase: str
    join_code: str | None
    seats: Seats
    groups: tuple[HallGroup, ...]
    profile: v.ProfileView | None
    head: str | None
    shows: dict[str, str]


class HallProgress(Record, frozen=True):
    """Totals of one group in the round at hand."""

    round: int | None
    seated: int
    started: int
    finished: int


def hall(
    state: State, progress: Mapping[str, Mapping[str, Any]], language: Language, *, join_code: str | None,
    reasons: Callable[[str], Reasons], nodes: Callable[[], Mapping[str, NodeFigures]], head: str | None,
    shows: Mapping[str, str],
) -> HallView:  # fmt: skip
    """The display snapshot; `progress` is the engine's, `reasons` and `nodes` are asked only where they are shown."""
    frozen = state.phase is Phase.FROZEN
    statuses = [seat.status for seat in state.seats.values() if seat.status != "revoked"]
    return HallView(
        n=hall_number(state), workshop=state.workshop, title=state.title, city=state.city, language=language,
        synthetic=state.synthetic, rehearsal=rehearses(state.workshop) is not None, indicative=indicative(state),
        phase=state.phase,
        join_code=join_code if state.settings.open_join and not frozen else None,
        seats=Seats(len(statuses), statuses.count("taken")),
        groups=tuple(_group(state, g, progress.get(g.id, {}), reasons, language) for g in state.groups.values()),
        profile=profile_view(state, nodes(), language, staff=False) if frozen else None,
        head=head, shows=dict(shows),
    )  # fmt: skip


def hall_progress(progress: Mapping[str, Mapping[str, Any]]) -> dict[str, HallProgress]:
    """Group totals, without items and seats."""
    return {
        group: HallProgress(told["round"], told["seated"], told["started"], told["finished"])
        for group, told in progress.items()
    }


def _group(
    state: State, group: Group, told: Mapping[str, Any], reasons: Callable[[str], Reasons], language: str
) -> HallGroup:
    current = group.current if group.phase not in (Phase.WAITING, Phase.CONCLUDED) else None
    shown = next((r for r in reversed(group.rounds) if in_hall(r)), None)
    figures = None
    if shown is not None:
        texts = reasons(group.id) if shown.reasons_revealed else {}
        figures = round_for_seats(state, group.id, shown.number, texts, language)
    return HallGroup(
        id=group.id, name=text_in(group.name, language) or group.id, kind=group.kind, phase=group.phase,
        round=current.number if current else None, deadline=current.deadline if current else None,
        items=len(current.items) if current else len(group.items),
        issued=sum(seat.status in ("issued", "taken") for seat in state.seats_of(group.id)),
        seated=state.seated(group.id),
        started=told.get("started", 0), finished=told.get("finished", 0), figures=figures,
    )  # fmt: skip
