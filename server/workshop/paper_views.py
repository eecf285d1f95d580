"""What an officer is told of paper ballots, shape by shape: which group takes them, which wait for a second pair of
eyes, and of one sheet at hand what the first officer read. Never what anybody answered on a phone.
"""

from __future__ import annotations

from server.workshop.commands import PaperAnswer
from server.workshop.records import GroupKind, Record
from server.workshop.views import Category


class PaperItem(Record, frozen=True):
    id: str
    title: str


class WaitingPaper(Record, frozen=True):
    """A ballot that one officer has entered and no other has confirmed; `mine` is told to whoever entered it.

    `answered`: its seat has voted on a phone since, so it can no more be confirmed.
    """

    ballot: int
    by: str
    mine: bool
    answered: bool


class PaperGroup(Record, frozen=True):
    """`open` where papers count now; then `round` and `items` are those of the round at hand, `ballots` the numbers
    that belong to the group, and `papers` how many of them counted already.
    """

    id: str
    name: str
    kind: GroupKind
    dimension: int | None
    open: bool
    round: int | None
    items: tuple[PaperItem, ...]
    ballots: tuple[int, ...]
    papers: int
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


class PaperSheet(Record, frozen=True):
    """One sheet at hand, by its number and letter. `by` is null where nobody has entered it in this round.

    To another officer than that, `answers` tell what was read on it, and `seen` is their mark, for `confirm_paper`.
    """

    group: str
    round: int
    ballot: int
    by: str | None
    mine: bool
    seen: str | None
    answers: tuple[PaperAnswer, ...]


class PrintedBallot(Record, frozen=True):
    """A number with its letter."""

    ballot: int
    check: str


class PaperPrint(Record, frozen=True):
    """The paper ballots of a group: which indicators stand on them (`round` where those of an open round), for whom."""

    group: str
    round: int | None
    items: tuple[str, ...]
    ballots: tuple[PrintedBallot, ...]
