"""Witness: the paragraph "Phases" of PROTOCOL.md, written out again move by move."""

import pytest

from server.workshop.events import KINDS
from server.workshop.fold import apply
from server.workshop.history import ImpossibleHistory
from server.workshop.phases import GROUP, WORKSHOP, Phase
from server.workshop.state import Group, Round, State
from tests.workshop.play import Remembered, table

P = Phase
MOVES = {
    (P.WAITING, "round.opened"): P.OPEN,
    (P.WAITING, "group.concluded"): P.CONCLUDED,
    (P.OPEN, "round.paused"): P.PAUSED,
    (P.PAUSED, "round.resumed"): P.OPEN,
    (P.OPEN, "round.closed"): P.CLOSED,
    (P.PAUSED, "round.closed"): P.CLOSED,
    (P.CLOSED, "round.reopened"): P.OPEN,
    (P.CLOSED, "round.assessed"): P.DISCLOSED,
    (P.DISCLOSED, "figures.revealed"): P.REVEALED,
    (P.REVEALED, "round.opened"): P.OPEN,
    (P.REVEALED, "group.concluded"): P.CONCLUDED,
    (P.CONCLUDED, "group.reopened"): P.BACK,
    **{(p, "round.voided"): P.BACK for p in (P.OPEN, P.PAUSED, P.CLOSED, P.DISCLOSED, P.REVEALED)},
}


def test_the_moves_of_a_group_are_those_of_the_protocol() -> None:
    moves = {(p, kind): to for p, row in GROUP.items() for kind, to in row.items() if to is not p}
    assert moves == MOVES


def test_the_moves_of_a_workshop_are_draft_running_frozen() -> None:
    moves = [(p, kind, to) for p, row in WORKSHOP.items() for kind, to in row.items() if to is not p]
    assert moves == [(P.DRAFT, "workshop.started", P.RUNNING), (P.RUNNING, "index.frozen", P.FROZEN)]


def test_every_kind_but_the_first_entry_stands_in_exactly_one_table() -> None:
    group = {kind for row in GROUP.values() for kind in row}
    workshop = {kind for row in WORKSHOP.values() for kind in row}
    assert group & workshop == set()
    assert group | workshop == set(KINDS) - {"workshop.created"}


SAMPLES = {
    "round.opened": {"round": 2, "items": ("1.1",), "minutes": None},
    "round.extended": {"round": 1, "minutes": 1},
    "round.closed": {"round": 1, "seated": 1, "answered": 1},
    "round.assessed": {"round": 1, "ballots": 0},
    "figures.revealed": {"round": 1, "baseline": True, "reasons": False},
    "reason.moderated": {"round": 1, "item": "1.1", "reason": 1},
    "gap.explained": {"item": "1.1", "stream": "interview", "cause": "year"},
    "item.decided": {"item": "1.1", "value": 3},
    "minority.attached": {"item": "1.1", "public": False},
}


@pytest.mark.parametrize("phase", list(GROUP))
@pytest.mark.parametrize("kind", sorted({kind for row in GROUP.values() for kind in row}))
def test_an_entry_out_of_phase_is_an_impossible_history_and_any_other_moves_as_the_table_says(
    phase: Phase, kind: str
) -> None:
    rounds = () if phase is P.WAITING else (Round(number=1, items=("1.1",), opened_at=0),)
    group = Group(id="D1", kind="dimension", node="D1", items=("1.1",), name={}, phase=phase, rounds=rounds)
    state = State(workshop="w", phase=P.RUNNING, size=5, groups={"D1": group})
    fields = SAMPLES.get(kind, {"round": 1})
    if kind == "round.opened" and phase is P.WAITING:
        fields = {**fields, "round": 1}
    entry = Remembered("2026-11-22T02:15:09Z", KINDS[kind](**fields), kind, "D1", 5)
    if kind not in GROUP[phase]:
        with pytest.raises(ImpossibleHistory, match=f"entry 5: {kind} cannot follow while D1 is {phase}"):
            apply(state, entry, {})
        return
    to = GROUP[phase][kind]
    if to is P.BACK:
        to = P.REVEALED if kind == "group.reopened" else P.WAITING
    assert apply(state, entry, {}).groups["D1"].phase is to


def test_a_voided_round_leads_back_to_the_earlier_one_that_stands() -> None:
    from server.workshop import commands as c

    played = table(seats=5)
    played.round("D1", {n: {"1.1": 3} for n in range(1, 6)}, items=["1.1"])
    played.do(c.OpenRound(group="D1", items=["1.1"]))
    played.do(c.VoidRound(group="D1", reason="alarm"))
    group = played.state.groups["D1"]
    assert (group.phase, group.current.number, len(group.rounds)) == (P.REVEALED, 1, 2)
    played.do(c.VoidRound(group="D1", reason="again"))
    assert played.state.groups["D1"].phase is P.WAITING
    played.do(c.OpenRound(group="D1", items=["1.1"]))
    assert played.state.groups["D1"].current.number == 3  # numbers are never reused


def test_once_a_ballot_is_in_the_trail_the_round_can_neither_reopen_nor_be_voided() -> None:
    from server.workshop import commands as c
    from server.workshop.refusals import Refusal

    played = table(seats=5)
    played.do(c.OpenRound(group="D1"))
    played.put(1, 1, {"1.1": 3})
    played.do(c.CloseRound(group="D1"))
    played.do(c.Disclose(group="D1"))
    for command in (c.ReopenRound(group="D1"), c.VoidRound(group="D1", reason="x"), c.Disclose(group="D1")):
        with pytest.raises(Refusal, match="being computed"):
            played.do(command)
    size = played.state.size
    entry = Remembered("2026-11-22T02:15:09Z", KINDS["round.reopened"](round=1), "round.reopened", "D1", size)
    with pytest.raises(ImpossibleHistory, match="once ballots of D1 are in the trail"):
        apply(played.state, entry, {})
