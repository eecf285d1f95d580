"""The open round: sealed answers, paper ballots awaiting a second officer, and who is how far.

Owns their queries. Never tells a value together with a seat but to the one transaction that discloses the round and to
the seat itself; never decides whether an answer counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select

from server.storage.chance import Chance
from server.storage.database import Database
from server.storage.tables import answers, papers, voices
from server.trail.canonical import digest
from server.workshop.answering import Kept, Standing
from server.workshop.commands import PaperAnswer
from server.workshop.contents import BallotAnswer
from server.workshop.given import KeepPaper, Paper, SealedAnswers

CHANGED = ("rev", "key", "value", "cannot", "confidence", "reason")
VOICE_BYTES = 8

_given = or_(answers.c.value.is_not(None), answers.c.cannot.is_not(None))  # not withdrawn


_OWN = select(answers.c.item, *(answers.c[name] for name in CHANGED)).where(  # made once: every socket asks
    *(answers.c[name] == bindparam(name) for name in ("workshop", "grp", "round", "seat"))
)


class Place(NamedTuple):
    """Where one seat answers."""

    group: str
    round: int
    seat: int


def standing(
    connection: Connection, workshop: str, places: Iterable[Place], items: Iterable[str]
) -> dict[Place, dict[str, Standing]]:
    """What is kept at these places for these items, in one query."""
    asked = set(places)
    mine = (
        (answers.c.workshop == workshop)
        & answers.c.grp.in_({p.group for p in asked})
        & answers.c.round.in_({p.round for p in asked})
        & answers.c.item.in_(set(items))
        & answers.c.seat.in_({p.seat for p in asked})
    )
    a = answers.c
    found: dict[Place, dict[str, Standing]] = {}
    for group, number, seat, item, rev, key in connection.execute(
        select(a.grp, a.round, a.seat, a.item, a.rev, a.key).where(mine)
    ):
        found.setdefault(Place(group, number, seat), {})[item] = Standing(rev, key)
    return found


def put(database: Database, connection: Connection, workshop: str, kept: Mapping[tuple[Place, str], Kept]) -> None:
    """Keep these answers, each over what stood there."""
    rows = [
        {"workshop": workshop, "grp": place.group, "round": place.round, "item": item, "seat": place.seat,
         "rev": k.rev, "key": k.key, "value": k.value, "cannot": k.cannot, "confidence": k.confidence,
         "reason": k.reason}
        for (place, item), k in kept.items()
    ]  # fmt: skip
    if rows:
        connection.execute(database.upsert(answers, CHANGED), rows)


def sealed(
    connection: Connection, workshop: str, group: str, number: int, items: Sequence[str], voice_of: Mapping[int, str]
) -> tuple[SealedAnswers, ...]:
    """The answers of a round by seat, in the items' order, of the seats that have a voice here."""
    a, order = answers.c, {item: at for at, item in enumerate(items)}
    mine = (a.workshop == workshop) & (a.grp == group) & (a.round == number) & _given
    by_seat: dict[int, list[BallotAnswer]] = {}
    for seat, item, value, cannot, confidence, reason in connection.execute(
        select(a.seat, a.item, a.value, a.cannot, a.confidence, a.reason).where(mine)
    ):
        answer = BallotAnswer(item=item, value=value, cannot=cannot, confidence=confidence, reason=reason)
        by_seat.setdefault(seat, []).append(answer)
    return tuple(
        SealedAnswers(seat, voice_of[seat], tuple(sorted(given, key=lambda answer: order[answer.item])))
        for seat, given in sorted(by_seat.items())
        if seat in voice_of
    )


def answered_seats(
    connection: Connection, workshop: str, group: str | None = None, number: int | None = None
) -> frozenset[int]:
    """Seats with an answer in this round; where none is named, in any that is not disclosed yet."""
    asked = select(answers.c.seat).where((answers.c.workshop == workshop) & _given).distinct()
    if group is not None:
        asked = asked.where((answers.c.grp == group) & (answers.c.round == number))
    return frozenset(connection.execute(asked).scalars())


def own(connection: Connection, workshop: str, place: Place) -> dict[str, dict[str, Any]]:
    """What the seat itself has answered, by item; withdrawn answers too, for their revision."""
    where = {"workshop": workshop, "grp": place.group, "round": place.round, "seat": place.seat}
    return {row.pop("item"): row for row in map(dict, connection.execute(_OWN, where).mappings())}


def counts(connection: Connection, workshop: str) -> list[tuple[str, int, str, int]]:
    """Group, round, item and seat of every answer given and not withdrawn: that there is one, never which."""
    a = answers.c
    asked = select(a.grp, a.round, a.item, a.seat).where((a.workshop == workshop) & _given)
    return [(group, number, item, seat) for group, number, item, seat in connection.execute(asked)]


def drop(connection: Connection, workshop: str, group: str, number: int) -> None:
    """Delete a round's answers and papers: they are ballots now, or void."""
    for table in (answers, papers):
        c = table.c
        connection.execute(delete(table).where((c.workshop == workshop) & (c.grp == group) & (c.round == number)))


def drop_seat(connection: Connection, workshop: str, seat: int) -> None:
    for table in (answers, papers, voices):
        connection.execute(delete(table).where((table.c.workshop == workshop) & (table.c.seat == seat)))


# --- paper --------------------------------------------------------------------------------------------------------


def waiting_papers(connection: Connection, workshop: str, group: str, number: int) -> dict[int, Paper]:
    c = papers.c
    mine = (c.workshop == workshop) & (c.grp == group) & (c.round == number)
    rows = connection.execute(select(c.seat, c.by, c.answers).where(mine))
    return {seat: Paper(seat, number, by, digest(written)) for seat, by, written in rows}


def paper(connection: Connection, workshop: str, place: Place) -> tuple[Paper, tuple[PaperAnswer, ...]] | None:
    """A paper that waits for a second officer, with what the first one read on it."""
    c = papers.c
    mine = (c.workshop == workshop) & (c.grp == place.group) & (c.round == place.round) & (c.seat == place.seat)
    row = connection.execute(select(c.by, c.answers).where(mine)).first()
    if row is None:
        return None
    by, written = row
    return Paper(place.seat, place.round, by, digest(written)), msgspec.convert(written, tuple[PaperAnswer, ...])


def unconfirmed(connection: Connection, workshop: str) -> list[tuple[str, int, int]]:
    """Group, round and seat of every paper that waits for a second officer."""
    c = papers.c
    asked = select(c.grp, c.round, c.seat).where(c.workshop == workshop)
    return [(group, number, seat) for group, number, seat in connection.execute(asked)]


def keep_paper(database: Database, connection: Connection, workshop: str, paper: KeepPaper) -> None:
    row = {"workshop": workshop, "grp": paper.group, "round": paper.round, "seat": paper.seat, "by": paper.by,
           "answers": msgspec.to_builtins(paper.answers)}  # fmt: skip
    connection.execute(database.upsert(papers, ("by", "answers")), row)


def count_paper(database: Database, connection: Connection, workshop: str, place: Place) -> None:
    """Put a confirmed paper among the sealed answers, above any revision that was withdrawn there."""
    c = papers.c
    mine = (c.workshop == workshop) & (c.grp == place.group) & (c.round == place.round) & (c.seat == place.seat)
    written = connection.execute(select(c.answers).where(mine)).scalar_one()
    entered = msgspec.convert(written, tuple[PaperAnswer, ...])
    before = standing(connection, workshop, [place], [answer.item for answer in entered]).get(place, {})
    put(database, connection, workshop, {
        (place, a.item): Kept(a.item, before[a.item].rev + 1 if a.item in before else 1, "paper", a.value, a.cannot,
                              a.confidence, a.reason)
        for a in entered
    })  # fmt: skip
    connection.execute(delete(papers).where(mine))


# --- voices -------------------------------------------------------------------------------------------------------


def voices_of(connection: Connection, workshop: str, seats: Iterable[int], chance: Chance) -> dict[int, str]:
    """The pseudonym of each of these seats, drawn at random where it has none yet."""
    wanted = set(seats)
    asked = select(voices.c.seat, voices.c.voice).where(voices.c.workshop == workshop)
    known = {seat: voice for seat, voice in connection.execute(asked) if seat in wanted}
    new = {seat: chance.draw(VOICE_BYTES).hex() for seat in sorted(wanted - known.keys())}
    if new:
        rows = [{"workshop": workshop, "seat": seat, "voice": voice} for seat, voice in new.items()]
        connection.execute(insert(voices), rows)
    return known | new


def all_voices(connection: Connection, workshop: str) -> dict[int, str]:
    """Every seat's pseudonym, as far as it has one."""
    asked = select(voices.c.seat, voices.c.voice).where(voices.c.workshop == workshop)
    return dict(map(tuple, connection.execute(asked)))


def voice_of(connection: Connection, workshop: str, seat: int) -> str | None:
    asked = select(voices.c.voice).where((voices.c.workshop == workshop) & (voices.c.seat == seat))
    voice: str | None = connection.execute(asked).scalar()
    return voice


def answering(connection: Connection, workshop: str, group: str, number: int) -> int:
    """How many seats have answers in a round; for tests and metrics."""
    a = answers.c
    mine = (a.workshop == workshop) & (a.grp == group) & (a.round == number) & _given
    return int(connection.execute(select(func.count(a.seat.distinct())).where(mine)).scalar_one())
