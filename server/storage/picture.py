"""What a decision is given, and what is done with it: the world as one transaction sees it, in and out.

Owns which rows each command needs and how each effect is carried out. Never decides: it does not know a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection

from server.storage import ballots, bearers, lines, people
from server.storage.ballots import Place
from server.storage.chance import Chance
from server.storage.database import Database
from server.trail.canonical import digest
from server.trail.entries import read
from server.workshop import commands as c
from server.workshop import given as g
from server.workshop.contents import Ballot
from server.workshop.events import BallotCast, SeatRevoked
from server.workshop.orders import TakeSeat
from server.workshop.state import Group, State
from server.workshop.texts import clean

_SEATS = (c.RevokeSeat, c.MoveSeat, c.MarkAbsent, c.EraseSeat)
_PAPERS = (c.EnterPaper, c.ConfirmPaper)
FORGETTING = (g.DropAnswers, g.ErasePerson)  # effects whose deleted rows must not live on in a log


def fetch(
    connection: Connection, state: State, command: Any, *, actor: g.Actor, at: str, chance: Chance
) -> g.Given:
    """Everything the rules may ask for this command, and nothing else."""
    workshop, found = state.workshop, dict[str, Any]()
    group = state.groups.get(command.group) if isinstance(command, c.GroupCommand) else None
    if group is not None:
        found["holder"] = people.lease(connection, workshop, group.id)
        if isinstance(command, c.CloseRound | c.Disclose):
            found["answers"] = _sealed(connection, state, group, chance)
        if isinstance(command, _PAPERS) and group.current:
            found["papers"] = ballots.waiting_papers(connection, workshop, group.id, group.current.number)
        if isinstance(command, c.Moderate):
            found["reason_ids"] = frozenset(_reason_ids(connection, workshop, group.id))
    if isinstance(command, c.Start | TakeSeat):
        found["kin"] = lines.kin(connection, workshop)
    if isinstance(command, _PAPERS) and group is not None and group.current:
        found["answered_seats"] = ballots.answered_seats(connection, workshop, group.id, group.current.number)
    elif isinstance(command, _SEATS):
        found["answered_seats"] = ballots.answered_seats(connection, workshop)
    if isinstance(command, c.EraseSeat):
        found["erasable"] = tuple(_erasable(connection, workshop, command.seat))
    return g.Given(at=at, actor=actor, digest=digest, shuffle=chance.shuffle, **found)


def cast(connection: Connection, workshop: str, group: Group) -> dict[int, list[Ballot]]:
    """The ballots in the trail by round, rounds that are void left out, as far as they are still opened."""
    contents = {o.seq: o.content for o in lines.opened_as(connection, workshop, "ballot.cast", group.id)}
    standing = {r.number for r in group.rounds if not r.voided}
    found: dict[int, list[Ballot]] = {}
    for seq, line in lines.lines_as(connection, workshop, "ballot.cast", group.id):
        body = read(line).body
        assert isinstance(body, BallotCast)  # the query asked for this kind
        if body.round in standing and seq in contents:
            found.setdefault(body.round, []).append(msgspec.convert(contents[seq], Ballot))
    return found


def _sealed(connection: Connection, state: State, group: Group, chance: Chance) -> tuple[g.SealedAnswers, ...]:
    if group.current is None:
        return ()
    seats = [s.number for s in state.seats_of(group.id) if s.status != "revoked"]
    voices = ballots.voices_of(connection, state.workshop, seats, chance)
    return ballots.sealed(connection, state.workshop, group.id, group.current.number, group.items, voices)


def _reason_ids(connection: Connection, workshop: str, group: str) -> Iterable[str]:
    numbers: dict[tuple[int, str], int] = {}
    contents = {o.seq: o.content for o in lines.opened_as(connection, workshop, "ballot.cast", group)}
    for seq, line in lines.lines_as(connection, workshop, "ballot.cast", group):
        body = read(line).body
        assert isinstance(body, BallotCast)  # the query asked for this kind
        for answer in contents.get(seq, {}).get("answers", ()):
            if "reason" in answer:
                which = (body.round, answer["item"])
                numbers[which] = numbers.get(which, 0) + 1
                yield f"{which[0]}/{which[1]}/{numbers[which]}"


def _erasable(connection: Connection, workshop: str, seat: int) -> Iterable[tuple[int, str]]:
    voice = ballots.voice_of(connection, workshop, seat)
    for opening in lines.opened_as(connection, workshop, "ballot.cast"):
        if voice is not None and opening.content["voice"] == voice:
            yield opening.seq, opening.name
    for kind in ("paper.entered", "paper.confirmed"):
        for opening in lines.opened_as(connection, workshop, kind):
            if opening.content == seat:
                yield opening.seq, opening.name
    for opening in lines.opened_as(connection, workshop, SeatRevoked.kind, g.WORKSHOP):  # why a person had to go
        body = read(lines.line_of(connection, workshop, opening.seq) or b"").body
        if isinstance(body, SeatRevoked) and body.seat == seat:
            yield opening.seq, opening.name


def carry_out(
    database: Database, connection: Connection, workshop: str, effects: Iterable[g.Effect], *, at: str,
    chance: Chance, pepper: bytes,
) -> dict[str, Any]:  # fmt: skip
    """Change what a decision changes beside the trail; what the sender is told of it (`cards`, `pass`), once."""
    told: dict[str, Any] = {}
    for effect in effects:
        match effect:
            case g.DropAnswers():
                ballots.drop(connection, workshop, effect.group, effect.round)
            case g.MakeSeats():
                told |= _make_seats(connection, workshop, effect, chance, pepper)
            case g.GivePass():
                people.revoke_seat_passes(connection, workshop, effect.seat, at, "moved")
                secret = bearers.new_secret(chance.draw)
                people.add_pass(
                    connection, hashed=bearers.hashed(secret), kind="seat", at=at, workshop=workshop, seat=effect.seat
                )
                told |= {"pass": secret, "seat": effect.seat, "group": effect.group, "workshop": workshop}
            case g.RevokePass():
                people.revoke_seat_passes(connection, workshop, effect.seat, at, "revoked")
            case g.KeepPaper():
                ballots.keep_paper(database, connection, workshop, effect)
            case g.CountPaper():
                place = Place(effect.group, effect.round, effect.seat)
                ballots.count_paper(database, connection, workshop, place)
            case g.ErasePerson():
                lines.erase_openings(connection, workshop, effect.openings)
                lines.drop_snapshot(connection, workshop)
                ballots.drop_seat(connection, workshop, effect.seat)
                people.forget_seat(connection, workshop, effect.seat)
            case g.HoldLease():
                people.hold_lease(database, connection, workshop, effect.group, effect.by, at)
    return told


def _make_seats(
    connection: Connection, workshop: str, effect: g.MakeSeats, chance: Chance, pepper: bytes
) -> dict[str, Any]:
    rows = {seat: row for seat, row in zip(effect.seats, effect.rows, strict=True) if row is not None}
    people.add_names(connection, workshop, {seat: _cleaned(row) for seat, row in rows.items()})
    if effect.channel != "card":
        return {}
    made = {seat: (bearers.new_code(chance.draw), bearers.new_secret(chance.draw)) for seat in effect.seats}
    people.add_cards(
        connection, workshop,
        {seat: (bearers.hashed(secret), bearers.peppered(code, pepper)) for seat, (code, secret) in made.items()},
    )  # fmt: skip
    return {"cards": [{"seat": seat, "group": effect.group_of[seat], "code": code, "secret": secret}
                      for seat, (code, secret) in made.items()]}  # fmt: skip


def _cleaned(row: c.SeatRow) -> c.SeatRow:
    return c.SeatRow(name=clean(row.name), sector=clean(row.sector), agency=clean(row.agency), gender=clean(row.gender))
