"""A trail read for a report: the state it folds to, and the texts and times that the fold does not keep.

Owns what a report knows. Contents that are not opened stay absent, and are counted; nothing is guessed in their place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.reports import ReportError
from server.trail.entries import Remembered
from server.workshop import events as e
from server.workshop.contents import Ballot, NodeFigures
from server.workshop.fold import apply
from server.workshop.phases import Phase
from server.workshop.rehearsals import rehearses
from server.workshop.state import State


@dataclass(frozen=True)
class Note:
    """A text that somebody wrote; None where it is not opened."""

    at: str
    text: str | None


@dataclass
class Account:
    """Everything a report is made of.

    `decisions` holds the chair's reasons by (group, item), `voided` the reasons of cancelled rounds by (group, round),
    both None where not opened; `nodes` the frozen profile by sealed name; `taken` every seat that was ever taken;
    `ballots` those opened, by group and round; `sealed` and `opened` count contents by kind.
    """

    state: State = field(default_factory=State)
    created_at: str = ""
    last_at: str = ""
    started_at: str | None = None
    first_opened_at: str | None = None
    method: str | None = None
    nodes: dict[str, NodeFigures] = field(default_factory=dict)
    decisions: dict[tuple[str, str], str | None] = field(default_factory=dict)
    voided: dict[tuple[str, int], str | None] = field(default_factory=dict)
    moderated: int = 0
    notes: list[Note] = field(default_factory=list)
    files: list[tuple[str, str | None, str]] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    ballots: dict[str, dict[int, list[Ballot]]] = field(default_factory=dict)
    sealed: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)

    @property
    def synthetic(self) -> bool:
        """Whether anything that is shown was invented."""
        return self.state.synthetic or (bool(self.state.baseline) and self.state.baseline_synthetic)

    @property
    def rehearsal(self) -> bool:
        """Whether nothing of it counts."""
        return rehearses(self.state.workshop) is not None

    @property
    def final(self) -> bool:
        return self.state.phase is Phase.FROZEN

    @property
    def withheld(self) -> int:
        """How many sealed contents are not opened in this copy."""
        return self.sealed.total() - self.opened.total()


def account_of(remembered: Iterable[Remembered]) -> Account:
    """Fold a trail from its first entry on.

    ReportError (report_empty) where it has no framework yet; ImpossibleHistory where an entry cannot follow.
    """
    account = Account()
    for told in remembered:
        entry = told.entry
        account.state = apply(account.state, entry, told.contents)
        account.sealed[entry.kind] += len(entry.sealed)
        account.opened[entry.kind] += len(told.contents)
        account.created_at = account.created_at or entry.at
        account.last_at = entry.at
        _gather(account, entry.at, entry.scope, entry.body, told.contents)
    if "framework" not in account.state.digests:
        raise ReportError("report_empty", "There is nothing to report yet; give a trail from its first entry on.")
    return account


def _gather(account: Account, at: str, scope: str, body: e.Event, contents: Mapping[str, Any]) -> None:
    match body:
        case e.WorkshopStarted():
            account.started_at = at
        case e.RoundOpened():
            account.first_opened_at = account.first_opened_at or at
        case e.SeatTaken(seat=seat):
            account.taken.add(seat)
        case e.BallotCast(round=number) if "ballot" in contents:
            account.ballots.setdefault(scope, {}).setdefault(number, []).append(contents["ballot"])
        case e.ItemDecided(item=item, value=None):
            account.decisions.pop((scope, item), None)
        case e.ItemDecided(item=item):
            account.decisions[scope, item] = contents.get("reason")
        case e.RoundVoided(round=number):
            account.voided[scope, number] = contents.get("reason")
        case e.ReasonModerated():
            account.moderated += 1
        case e.IndexFrozen(method=method):
            account.method = method
            account.nodes = dict(contents)
        case e.NoteAdded():
            account.notes.append(Note(at, contents.get("text")))
        case e.FileAttached(node=node, digest=digest):
            account.files.append((node, contents.get("name"), digest))
        case _:
            pass
