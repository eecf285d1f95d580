"""Paper ballots: the letter that is printed beside their number, and whether one may count now. Pure; what stands on a
paper is decided in `running`.

The letter is that of the number modulo 23, a prime, as on Spanish identity cards: every single wrong digit and every
swap of two neighbours changes it. Each workshop starts the row elsewhere, so that a sheet of another one, of its
rehearsal above all, is noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container

from server.workshop.answering import seat_of
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.rehearsals import rehearses
from server.workshop.state import Group, Round, Seat, State

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"  # without I, L and O, which look like digits


def check_letter(workshop: str, ballot: int) -> str:
    """The letter of a ballot in its workshop."""
    return LETTERS[(ballot + _start(workshop)) % len(LETTERS)]


def _start(workshop: str) -> int:
    """Where the row of letters begins: for a rehearsal beside its workshop, never on the same letter."""
    own = rehearses(workshop)
    if own is not None:
        number = int(workshop.rpartition("-")[2])
        return _start(own) + 1 + (number - 1) % (len(LETTERS) - 1)
    return int.from_bytes(hashlib.sha256(workshop.encode()).digest()[:4])


# --- whether one counts -----------------------------------------------------------------------------------------------


def takes_paper(state: State, group: Group) -> bool:
    """Whether a paper of this group would count now."""
    return state.phase is Phase.RUNNING and group.phase in (Phase.OPEN, Phase.PAUSED)


def paper_round(state: State, name: str, ballot: int) -> tuple[Group, Round]:
    """The group with the round in which a paper of it counts.

    Refusal: not_running, already_frozen, unknown_group; paper_late in any phase where none would count.
    """
    if state.phase is not Phase.RUNNING:
        raise Refusal("already_frozen" if state.phase is Phase.FROZEN else "not_running", phase=state.phase)
    group = state.groups.get(name)
    if group is None:
        raise Refusal("unknown_group", group=name, choices=", ".join(state.groups))
    if not takes_paper(state, group) or group.current is None:
        raise Refusal("paper_late", seat=ballot)
    return group, group.current


def sheet_of(state: State, group: Group, ballot: int, check: str | None, answered: Container[int]) -> Seat:
    """Whose ballot this is, if it may count beside what came in; `answered` are the seats with an answer in the round.

    Refusal: wrong_check, unknown_seat, seat_revoked, seat_has_answered.
    """
    if check is not None and check.upper() != check_letter(state.workshop, ballot):
        raise Refusal("wrong_check", ballot=ballot, check=check.upper())
    seat = seat_of(state, ballot)
    if seat not in state.seats_of(group.id):
        raise Refusal("unknown_seat", seat=ballot)
    if ballot in answered:
        raise Refusal("seat_has_answered", seat=ballot)
    return seat
