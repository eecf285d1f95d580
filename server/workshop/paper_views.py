"""What an officer is told of paper ballots, shape by shape: which group takes them, which wait for a second pair of
eyes, and of one of them what the first officer read. Never what anybody answered on a phone.
"""

from __future__ import annotations

from server.workshop.commands import PaperAnswer
from server.workshop.records import Record
from server.workshop.views import Category


class PaperItem(Record, frozen=True):
    id: str
    title: str


class PaperSeat(Record, frozen=True):
    """A number that may be typed, with its letter; `counted` says that this seat has answered in the round."""

    ballot: int
    check: str
    counted: bool


class WaitingPaper(Record, frozen=True):
    """A ballot that one officer has entered and no other has confirmed; `mine` is told to whoever entered it."""

    ballot: int
    by: str
    mine: bool


class PaperGroup(Record, frozen=True):
    """`open` where papers count now; then `round`, `items` and `seats` are those of the round at hand."""

    id: str
    name: str
    dimension: int | None
    open: bool
    round: int | None
    items: tuple[PaperItem, ...]
    seats: tuple[PaperSeat, ...]
    waiting: tuple[WaitingPaper, ...]


class PaperDesk(Record, frozen=True):
    """The officer's whole picture of a workshop."""

    workshop: str
    title: str
    synthetic: bool
    rehearsal: bool
    phase: str
    scale: tuple[Category, ...]
    groups: tuple[PaperGroup, ...]


class PaperShown(Record, frozen=True):
    """One waiting ballot with what its officer read on the sheet."""

    group: str
    round: int
    ballot: int
    by: str
    mine: bool
    answers: tuple[PaperAnswer, ...]
