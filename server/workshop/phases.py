"""Which entry may follow in which phase: the two tables that are the machine. No rule lives anywhere else twice.

A kind that stands in a phase's row is allowed there and leads to the phase named; any other is impossible.
`BACK` leads to `revealed` where an earlier round stands, else to `waiting`.
"""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    FROZEN = "frozen"
    WAITING = "waiting"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    DISCLOSED = "disclosed"
    REVEALED = "revealed"
    CONCLUDED = "concluded"
    BACK = "back"


def _stay(phase: Phase, *kinds: str) -> dict[str, Phase]:
    return dict.fromkeys(kinds, phase)


P = Phase
_SEATS = ("seat.issued", "seat.taken", "seat.moved", "seat.absent", "seat.revoked")
_ALWAYS = ("note.added", "file.attached", "initiatives.imported", "plan.imported", "initiative.linked",
           "initiative.unlinked", "content.erased", "origin.continued")  # fmt: skip
_PAPER = ("paper.entered", "paper.confirmed")
_REVIEW = ("gap.explained", "reason.moderated")

WORKSHOP: dict[Phase, dict[str, Phase]] = {
    P.DRAFT: _stay(P.DRAFT, "framework.fixed", "rule.fixed", "settings.fixed", "baseline.imported", *_SEATS, *_ALWAYS)
    | {"workshop.started": P.RUNNING},
    P.RUNNING: _stay(P.RUNNING, *_SEATS, *_ALWAYS) | {"index.frozen": P.FROZEN},
    P.FROZEN: _stay(P.FROZEN, *_ALWAYS, "bundle.disclosed"),
}

GROUP: dict[Phase, dict[str, Phase]] = {
    P.WAITING: _stay(P.WAITING, "item.decided") | {"round.opened": P.OPEN, "group.concluded": P.CONCLUDED},
    P.OPEN: _stay(P.OPEN, "round.extended", *_PAPER)
    | {"round.paused": P.PAUSED, "round.closed": P.CLOSED, "round.voided": P.BACK},
    P.PAUSED: _stay(P.PAUSED, "round.extended", *_PAPER)
    | {"round.resumed": P.OPEN, "round.closed": P.CLOSED, "round.voided": P.BACK},
    P.CLOSED: _stay(P.CLOSED, "ballot.cast")
    | {"round.reopened": P.OPEN, "round.assessed": P.DISCLOSED, "round.voided": P.BACK},
    P.DISCLOSED: _stay(P.DISCLOSED, *_REVIEW) | {"figures.revealed": P.REVEALED, "round.voided": P.BACK},
    P.REVEALED: _stay(P.REVEALED, "figures.revealed", "item.decided", "minority.attached", *_REVIEW)
    | {"round.opened": P.OPEN, "group.concluded": P.CONCLUDED, "round.voided": P.BACK},
    P.CONCLUDED: {"group.reopened": P.BACK},
}

# Once the first ballot of a round is in the trail, only further ballots and the assessment may follow in that group.
AFTER_FIRST_BALLOT = frozenset({"ballot.cast", "round.assessed"})

# Kinds that do not raise the version of their group or workshop: neither votes nor newcomers make a command stale.
UNVERSIONED = frozenset({*_SEATS, "ballot.cast"})
