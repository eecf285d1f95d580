"""A gentle reminder from a facilitator to the phones of a group that have not finished; rarely, never to the hall.

Owns whom it reaches and how often. It leaves nothing in the trail: that somebody was reminded is no evidence, and who
it was is nobody's business but the console's.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from server import visibility
from server.desk import Desk
from server.engine import Engine
from server.live.channel import Channel
from server.live.presence import Presence
from server.live.rooms import BALLOT
from server.live.session import Monotonic
from server.passes import Identity
from server.workshop.refusals import Refusal

MAY = ("organiser", "facilitator")
REST_SECONDS = 30.0  # between two reminders of one group


class Nudges:
    """The reminders of this process; `presence` knows the sockets of each seat."""

    def __init__(self, channel: Channel, engine: Engine, desk: Desk, presence: Presence, clock: Monotonic) -> None:
        self._channel, self._engine, self._desk = channel, engine, desk
        self._presence, self._clock = presence, clock
        self._last: dict[tuple[str, str], float] = {}

    def nudge(self, workshop: str, who: Identity, group: str) -> dict[str, Any]:
        """Remind the phones of seats that have not finished: how many are `waiting`, and how many were `reached`.

        Refusal: not_allowed, unknown_group, other_group, lease_held, wrong_phase, just_nudged.
        """
        if who.role not in MAY:
            raise Refusal("not_allowed", allowed=" / ".join(MAY))
        state = self._engine.state(workshop)
        self._desk.check(state, who.actor, group)
        found = state.groups[group]
        if found.phase != "open" or found.current is None:
            raise Refusal("wrong_phase", phase=found.phase, allowed="open")
        self._rest(workshop, group)
        seats = self._engine.progress(workshop)[group]["seats"]
        waiting = [seat for seat, stage in seats.items()
                   if stage != "finished" and visibility.votes_in(state, seat) == group]  # fmt: skip
        reached = 0
        for seat in waiting:
            phones = [phone for phone in self._presence.of_seat(workshop, seat) if BALLOT in phone.session]
            self._channel.tell(phones, BALLOT, "nudge", {"group": group, "round": found.current.number})
            reached += bool(phones)
        return {"ok": True, "waiting": len(waiting), "reached": reached}

    def _rest(self, workshop: str, group: str) -> None:
        now = self._clock.monotonic()
        left = self._last.get((workshop, group), -REST_SECONDS) + REST_SECONDS - now
        if left > 0:
            raise Refusal("just_nudged", seconds=ceil(left))
        self._last[workshop, group] = now
