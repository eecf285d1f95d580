"""A table to play the rules on: real decide, fold and assess over entries in memory; no storage, no hashes."""

import random
from dataclasses import dataclass, field, replace
from typing import Any

from server.catalog import load
from server.trail.canonical import digest
from server.workshop import commands as c
from server.workshop import events as e
from server.workshop import orders as o
from server.workshop.answering import Standing, decide_answers
from server.workshop.assess import assess
from server.workshop.contents import Ballot, BallotAnswer
from server.workshop.decide import decide
from server.workshop.fold import apply
from server.workshop.given import SEAT, SERVER, Actor, Decision, DropAnswers, Given, KeepPaper, Paper, SealedAnswers
from server.workshop.setup import create
from server.workshop.state import State

ORGANISER = Actor("staff/1", "organiser")


@dataclass(frozen=True)
class Remembered:
    at: str
    body: e.Event
    kind: str
    scope: str
    seq: int


@dataclass
class Table:
    """One workshop. `now` is a count of seconds; `answers` is what the phones have sent, by (group, round, seat)."""

    state: State = field(default_factory=State)
    entries: list[tuple[Remembered, dict[str, Any]]] = field(default_factory=list)
    answers: dict[tuple[str, int, int], dict[str, c.AnswerIn]] = field(default_factory=dict)
    ballots: dict[str, dict[int, list[Ballot]]] = field(default_factory=dict)
    papers: dict[int, Paper] = field(default_factory=dict)
    now: int = 0
    holders: dict[str, str] = field(default_factory=dict)

    def at(self) -> str:
        self.now += 1
        return f"2026-11-22T{self.now // 3600:02d}:{self.now // 60 % 60:02d}:{self.now % 60:02d}Z"

    def remember(self, decision: Decision) -> Decision:
        at = self.at()
        for draft in decision.drafts:
            entry = Remembered(at, draft.event, draft.event.kind, draft.scope, self.state.size)
            contents = dict(draft.contents)
            self.state = apply(self.state, entry, contents)
            self.entries.append((entry, contents))
            if entry.kind == "ballot.cast":
                self.ballots.setdefault(draft.scope, {}).setdefault(draft.event.round, []).append(contents["ballot"])
        for effect in decision.effects:
            if isinstance(effect, DropAnswers):
                self.answers = {k: v for k, v in self.answers.items() if k[:2] != (effect.group, effect.round)}
            elif isinstance(effect, KeepPaper):
                mark = digest([repr(answer) for answer in effect.answers])
                self.papers[effect.seat] = Paper(effect.seat, effect.round, effect.by, mark)
        return decision

    def given(self, actor: Actor, group: str | None) -> Given:
        current = self.state.groups[group].current if group in self.state.groups else None
        number = current.number if current else 0
        sealed = tuple(
            SealedAnswers(seat, f"voice-{seat}", tuple(
                BallotAnswer(a.item, a.value, a.cannot, a.confidence, a.reason)
                for a in kept.values() if a.value is not None or a.cannot is not None))
            for (where, when, seat), kept in self.answers.items()
            if (where, when) == (group, number) and self.state.seats[seat].status != "revoked"
        )  # fmt: skip
        open_rounds = {(g.id, g.current.number) for g in self.state.groups.values() if g.current}
        return Given(
            at=self.at(), actor=actor, digest=digest, holder=self.holders.get(group or ""),
            answers=tuple(s for s in sealed if s.answers),
            answered_seats=frozenset(k[2] for k in self.answers if k[:2] in open_rounds),
            papers=self.papers, shuffle=random.Random(7).shuffle,
        )  # fmt: skip

    def do(self, command: Any, actor: Actor = ORGANISER, **extra: Any) -> Decision:
        given = self.given(actor, getattr(command, "group", None))
        return self.remember(decide(self.state, command, replace(given, **extra)))

    def put(self, seat: int, number: int, ratings: dict[str, Any], rev: int = 1, group: str | None = None) -> Any:
        """Answers of a seat: a rating, or the name of a reason why there is none."""
        sent = [
            c.AnswerIn(item=item, rev=rev, key=f"k{seat}-{item}-{rev}", value=None if isinstance(v, str) else v,
                       cannot=v if isinstance(v, str) else None)
            for item, v in ratings.items()
        ]  # fmt: skip
        where = group or self.state.seats[seat].group
        kept = self.answers.setdefault((where, number, seat), {})
        standing = {item: Standing(a.rev, a.key) for item, a in kept.items()}
        told = decide_answers(self.state, seat, c.PutAnswers(number, sent, group), standing)
        kept.update({a.item: a for a in sent if any(k.item == a.item for k in told.kept)})
        return told

    def disclose(self, group: str, actor: Actor = SERVER) -> None:
        self.do(c.Disclose(group=group), actor)
        draft = assess(self.state, group, self.ballots.get(group, {}))
        self.remember(Decision((draft,)))

    def round(self, group: str, ratings: dict[int, dict[str, Any]], **opening: Any) -> None:
        """A whole round: opened, voted by the seats named, closed, disclosed, revealed."""
        self.do(c.OpenRound(group=group, **opening))
        number = self.state.groups[group].current.number
        for seat, rated in ratings.items():
            told = self.put(seat, number, rated, group=group)
            assert told.refused == ()
        self.do(c.CloseRound(group=group))
        self.disclose(group)
        self.do(c.Reveal(group=group))


def table(groups: Any = None, seats: int = 8, start: bool = True, **settings: Any) -> Table:
    """A workshop on the City Resilience Index with `seats` seats taken in D1 (and in D2 with `two` groups)."""
    played = Table()
    order = o.CreateWorkshop(
        workshop="w1", title="Uji", city="Semarang", language="id", framework=load("cri"),
        groups=groups, rule="workshop", settings=c.Settings(**settings), synthetic=True,
    )  # fmt: skip
    played.remember(create(order, played.given(ORGANISER, None)))
    if seats:
        played.do(c.IssueSeats(group="D1", count=seats))
        for number in range(1, seats + 1):
            played.do(o.TakeSeat(seat=number, group=None, channel="card"), SEAT)
    if start:
        played.do(c.Start())
    return played
