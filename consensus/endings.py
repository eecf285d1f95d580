"""How an item ends when its group concludes, from its counted votes. It invents no midpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from consensus.arguments import listed, record, whole
from consensus.errors import ConsensusError
from consensus.verdict import OUTCOMES

ENDINGS = ("decided", "agreed_with_reservation", "agreed", "unconfirmed", "not_rated", "not_agreed")
AGREED = frozenset({"agreed", "agreed_with_reservation"})
_TELLS = ("vote", "value", "camps")


class Judged(Protocol):
    """What an ending needs of a verdict; `Verdict` is one, and so is what a trail remembers of it."""

    @property
    def outcome(self) -> str: ...
    @property
    def vote(self) -> int: ...
    @property
    def value(self) -> str | None: ...
    @property
    def camps(self) -> tuple[int | str, int | str] | None: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """The chair's decision on an item; `value` is a decimal as text, or None where none was set."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Ending:
    """How an item ended.

    Attributes
    ----------
    kind : str
        One of `ENDINGS`.
    value : str or None
        The value that stands, with six places; None where none does.
    camps : tuple of two categories, or None
        The fullest category of each camp, where an item ends in two.
    vote : int or None
        Number of the vote it ended on; None where no vote reached the quorum.
    """

    kind: str
    value: str | None
    camps: tuple[int | str, int | str] | None
    vote: int | None


def ending(votes: Sequence[Judged], *, decided: Decision | None = None, minority: int = 0) -> Ending:
    """Give the first ending that holds, from the latest vote with quorum.

    Parameters
    ----------
    votes : sequence of Verdict or alike
        The item's verdicts, oldest first, voided votes left out; those without quorum are passed over.
    decided : Decision, optional
        The chair's decision, where there is one.
    minority : int
        Minority statements attached to the item, 0 or more.

    Raises
    ------
    ConsensusError
        ``not_a_list``, ``not_a_verdict``, ``not_a_decision`` or ``out_of_range``.
    """
    history = [_verdict(vote, place) for place, vote in enumerate(listed("votes", votes, "verdicts, oldest first"))]
    if decided is not None:
        hint = "give consensus.Decision(value), or None where the chair has decided nothing"
        record("decided", decided, Decision, "not_a_decision", hint)
    whole("minority", minority, 0)
    counted = [verdict for verdict in history if verdict.outcome != "insufficient"]
    last = counted[-1] if counted else None
    vote = None if last is None else last.vote
    if decided is not None:
        return Ending("decided", decided.value, None, vote)
    if last is None:
        return Ending("not_rated", None, None, None)
    if last.outcome == "consensus":
        return Ending("agreed_with_reservation" if minority else "agreed", last.value, None, vote)
    if last.outcome in ("provisional", "moving"):
        return Ending("unconfirmed", last.value, None, vote)
    return Ending("not_agreed", None, last.camps, vote)


def _verdict(vote: Any, place: int) -> Judged:
    if getattr(vote, "outcome", None) not in OUTCOMES or not all(hasattr(vote, name) for name in _TELLS):
        raise ConsensusError(
            "votes", "not_a_verdict", f"Entry {place} of `votes` is no verdict; give what consensus.judge returns."
        )
    verdict: Judged = vote
    return verdict
