"""The present as each kind of screen may see it, put together from the engine through `visibility`. Sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from server import visibility
from server.desk import Desk
from server.engine import Engine
from server.live.rooms import BALLOT
from server.passes import Identity
from server.workshop.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Attributes
    ----------
    engine : Engine
    desk : Desk
    reasons : workshop and group to the texts of disclosed ballots, by `round/item/number`
    nodes : workshop to the contents of its profile, by sealed name
    """

    engine: Engine
    desk: Desk
    reasons: Callable[[str, str], Mapping[str, str]]
    nodes: Callable[[str], Mapping[str, Any]]

    def ballot(self, who: Identity, language: str) -> Any:
        """One seat's ballot; Refusal: unknown_seat, seat_revoked, unknown_workshop."""
        workshop, seat = place(who)
        state = self.engine.state(workshop)
        return visibility.ballot(state, seat, self.engine.answers_of(workshop, seat), language)

    def console(
        self, workshop: str, connected: list[int], displays: Mapping[str, int], language: str
    ) -> dict[str, Any]:
        """The workshop as staff see it, who is how far, what staff keep beside it, and the figures once disclosed."""
        state, engine, kept = self.engine.state(workshop), self.engine, self.desk.kept(workshop)
        return {
            "n": visibility.hall_number(state),
            "state": visibility.staff_state(state, engine.leases(workshop), self._join_code(workshop)),
            "progress": engine.progress(workshop),
            "connected": connected, "displays": displays, "shows": kept.shows, "notes": kept.notes,
            "figures": {
                group.id: visibility.round_for_staff(
                    state, group.id, group.current.number, self.reasons(workshop, group.id), language
                )
                for group in state.groups.values()
                if group.current is not None and group.current.assessed
            },
        }

    def display(self, workshop: str, language: Any) -> Any:
        """What the hall may see."""
        state = self.engine.state(workshop)
        head = self.engine.head(workshop)
        return visibility.hall(
            state, self.engine.progress(workshop), language, join_code=self._join_code(workshop),
            reasons=lambda group: self.reasons(workshop, group), nodes=lambda: self.nodes(workshop),
            head=head.note if head else None, shows=self.desk.kept(workshop).shows,
        )  # fmt: skip

    def number(self, namespace: str, workshop: str, group: str | None) -> int:
        """How many messages a channel has had: of a group's ballots, else of a console or display."""
        state = self.engine.state(workshop)
        if namespace == BALLOT and group:
            return visibility.ballots_number(state, group)
        return visibility.hall_number(state)

    def _join_code(self, workshop: str) -> str | None:
        return next((w.room_code for w in self.engine.workshops() if w.id == workshop), None)


def place(who: Identity) -> tuple[str, int]:
    """Workshop and seat of a seat's pass."""
    if who.workshop is None or who.seat is None:
        raise Refusal("not_signed_in")
    return who.workshop, who.seat
