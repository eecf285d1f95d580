"""The history told again: every entry folded by the phase table, every ballot counted, every figure recomputed.

Owns what has to be remembered between entries for that. It stops at the first entry that cannot be, and says which and
why; it never asks whether lines, seals or heads hold (`chain` and `verify` do).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from consensus import ConsensusError
from server.trail import TrailError
from server.trail.chain import named
from server.trail.differences import Difference
from server.trail.disclosure import Disclosure
from server.trail.entries import Entry
from server.trail.findings import Findings, Question
from server.trail.legality import check_ballot, check_fixed, check_legal, check_seats, must_seal
from server.trail.origins import Continued, check_continued, current
from server.trail.publicity import check_public
from server.trail.recompute import check_endings, check_index, check_round
from server.trail.sheets import Ratings
from server.workshop import events as e
from server.workshop.contents import Ballot
from server.workshop.fold import apply
from server.workshop.history import ImpossibleHistory
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.state import State

# What a hostile but well-formed value may raise deep inside the rules; it ends in a sentence all the same.
_HOSTILE = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

Contents = Mapping[str, Any]


class Retelling:
    """Folds entry by entry. `state` is the present after the last one that could be.

    `owed` tells for each entry that calls for a signed head how it is named, and the size a head has at most that
    comes before the next entry of the same scope. `continued` tells where the trail went on under another name.
    """

    def __init__(self, findings: Findings, disclosure: Disclosure | None) -> None:
        self.state, self.stopped = State(), False
        self.owed: dict[int, tuple[str, int | None]] = {}
        self._owing: dict[str, int] = {}
        self.continued: list[Continued] = []
        self.ratings = Ratings()
        self._findings, self._disclosure = findings, disclosure
        self._rounds: dict[str, dict[int, _Round]] = {}
        self._voices: set[str] = set()
        self._taken: set[int] = set()
        self._seated: dict[str, int] = {}  # by group, until the next entry about a seat

    def follow(self, entry: Entry, contents: Contents, salts: Mapping[str, str]) -> None:
        """Take the next entry, with what is opened of it and the salts in hex."""
        if self.stopped:
            return
        try:
            must_seal(entry.body, entry.sealed)
            check_fixed(self.state, entry.body)
            after = apply(self.state, entry, contents)
            check_legal(self.state, entry.body, entry.scope)
            step = _STEPS.get(entry.kind)
            if step is not None:
                step(self, entry, contents, salts)
            check_public(self.state, entry, contents, self._disclosure)
        except Difference as fault:
            self._stop(f"{named(entry)} {fault}.")
        except ImpossibleHistory as fault:
            self._stop(f"{named(entry)} is impossible: {fault.why}.")
        except (ConsensusError, Refusal, TrailError) as fault:
            self._stop(f"{named(entry)} cannot stand: {str(fault).rstrip('.')}.")
        except _HOSTILE as fault:
            self._stop(f"{named(entry)} holds values that no workshop gives ({type(fault).__name__}).")
        else:
            self.state = after
            self._owe(entry)
            if entry.kind.startswith("seat."):
                self._seated.clear()

    def _owe(self, entry: Entry) -> None:
        before = self._owing.pop(entry.scope, None)
        if before is not None:
            self.owed[before] = (self.owed[before][0], entry.seq)
        if entry.kind == "round.assessed" or self.state.phase is Phase.FROZEN:
            self.owed[entry.seq] = (named(entry), None)
            self._owing[entry.scope] = entry.seq

    def close(self) -> None:
        self.ratings.close()

    def _stop(self, sentence: str) -> None:
        self.stopped = True
        self._findings.problem(Question.HISTORY, sentence[:1].upper() + sentence[1:])

    # --- seats and ballots ------------------------------------------------------------------------------------

    def seat(self, entry: Entry, contents: Contents, salts: Mapping[str, str]) -> None:
        body: e.SeatTaken = entry.body  # type: ignore[assignment]  # the kinds of seats have the same fields
        if entry.kind == "seat.taken":
            self._taken.add(body.seat)
        if entry.kind == "seat.revoked":
            home = self.state.seats[body.seat].group
            for group in self.state.groups.values():
                current = group.current
                if group.phase is not Phase.CLOSED or current is None or current.ballots:
                    continue
                if group.kind == "plenary" or group.id == home:
                    self._rounds[group.id][current.number].revoked += 1

    def closed(self, entry: Entry, contents: Contents, salts: Mapping[str, str]) -> None:
        body: e.RoundClosed = entry.body  # type: ignore[assignment]  # the kind names the type
        self._rounds.setdefault(entry.scope, {})[body.round] = _Round()

    def ballot(self, entry: Entry, contents: Contents, salts: Mapping[str, str]) -> None:
        body: e.BallotCast = entry.body  # type: ignore[assignment]  # the kind names the type
        if entry.scope not in self._seated:
            self._seated[entry.scope] = self.state.seated(entry.scope)
        check_seats(self.state.groups[entry.scope], self._seated[entry.scope])
        told = self._rounds[entry.scope][body.round]
        if told.at is None:
            told.at = entry.at
        elif told.at != entry.at:
            raise Difference(f"is later than the other ballots of round {body.round}, which entered at {told.at}")
        if "ballot" not in contents:
            told.complete = False
            return
        ballot: Ballot = contents["ballot"]
        check_ballot(self.state, self.state.groups[entry.scope], ballot)
        if ballot.voice in told.voices:
            raise Difference(f"is the second ballot of one voice in round {body.round}")
        told.voices.add(ballot.voice)
        self._voices.add(ballot.voice)
        if len(self._voices) > len(self._taken):
            raise Difference(f"is of voice {len(self._voices)}, but only {len(self._taken)} seats were ever taken")
        told.ballots.append((salts["ballot"], ballot))

    def assessed(self, entry: Entry, contents: Contents, salts: Mapping[str, str]) -> None:
        body: e.RoundAssessed = entry.body  # type: ignore[assignment]  # the kind names the type
        group = self.state.groups[entry.scope]
        rounds = self._rounds[group.id]
        told, current = rounds[body.round], group.current
        assert current is not None  # the fold has let the assessment stand
        if current.answered - told.revoked > body.ballots:
            raise Difference(f"counts {body.ballots} ballots, but {current.answered} had answered")
        cast = {
            number: [ballot for _, ballot in r.ballots] if r.complete else None for number, r in rounds.items()
        }
        standing = {r.number for r in group.rounds if not r.voided}
        known = {number: ballots for number, ballots in cast.items() if number in standing}
        for what in check_round(self.state, group, body, entry.sealed, contents, known):
            self._findings.withhold(what)
        if self._disclosure is not None and self._disclosure.disclose == "full":
            self.ratings.add(group.id, body.round, current.items, told.ballots)

    # --- the end ----------------------------------------------------------------------------------------------

    def continues(self, entry: Entry, contents: Contents, salts: Mapping[str, str]) -> None:
        body: e.OriginContinued = entry.body  # type: ignore[assignment]  # the kind names the type
        self.continued.append(check_continued(current(self.state), body, entry.seq))

    def concluded(self, entry: Entry, contents: Contents, salts: Mapping[str, str]) -> None:
        body: e.GroupConcluded = entry.body  # type: ignore[assignment]  # the kind names the type
        for what in check_endings(self.state, self.state.groups[entry.scope], body, entry.sealed, contents):
            self._findings.withhold(what)

    def frozen(self, entry: Entry, contents: Contents, salts: Mapping[str, str]) -> None:
        body: e.IndexFrozen = entry.body  # type: ignore[assignment]  # the kind names the type
        for what in check_index(self.state, body, entry.sealed, contents):
            self._findings.withhold(what)


class _Round:
    """What is remembered of one round: its opened ballots with their salts, and whether those are all."""

    def __init__(self) -> None:
        self.ballots: list[tuple[str, Ballot]] = []
        self.voices: set[str] = set()
        self.at: str | None = None
        self.complete = True
        self.revoked = 0


Step = Callable[[Retelling, Entry, Contents, Mapping[str, str]], None]
_STEPS: dict[str, Step] = {
    "seat.taken": Retelling.seat,
    "seat.revoked": Retelling.seat,
    "round.closed": Retelling.closed,
    "ballot.cast": Retelling.ballot,
    "round.assessed": Retelling.assessed,
    "group.concluded": Retelling.concluded,
    "index.frozen": Retelling.frozen,
    "origin.continued": Retelling.continues,
}
