"""Names of rehearsals, which card opens what, and the way to an end. Witness: by hand, every pair of phases."""

import itertools

import pytest

from server.workshop import commands as c
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from server.workshop.rehearsals import check_door, check_start, ending, kin, next_name, rehearses
from server.workshop.state import Group, State

DAY, FIRST, SECOND = "w1f", "w1f-gladi-1", "w1f-gladi-2"
PHASES = (Phase.DRAFT, Phase.RUNNING, Phase.FROZEN)


def test_a_rehearsal_carries_its_workshops_name_and_its_own() -> None:
    assert [rehearses(name) for name in (DAY, FIRST, SECOND, "gladi-1", "w1f-gladi-0", "w1f-gladi-x")] == [
        None, DAY, DAY, None, None, None,
    ]  # fmt: skip
    assert next_name(DAY, []) == FIRST
    assert next_name(DAY, [DAY, FIRST, "w2-gladi-7", "w1f-gladi-10"]) == "w1f-gladi-11"


def test_kin_are_a_workshop_and_its_own_rehearsals() -> None:
    phases = {DAY: "draft", FIRST: "running", SECOND: "frozen", "w1fa": "running", "w1fa-gladi-1": "running"}
    assert kin(DAY, phases) == {FIRST: "running", SECOND: "frozen"}
    assert kin(FIRST, phases) == {DAY: "draft"}
    assert kin("w1fa", phases) == {"w1fa-gladi-1": "running"}


def told(check, workshop: str, phase: Phase, others: dict[str, Phase]) -> str | None:  # type: ignore[no-untyped-def]  # either
    try:
        check(State(workshop=workshop, phase=phase), others)
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(("day", "rehearsal"), list(itertools.product(PHASES, PHASES)))
def test_never_do_both_let_people_in_while_either_is_under_way(day: Phase, rehearsal: Phase) -> None:
    into_day = told(check_door, DAY, day, {FIRST: rehearsal})
    into_rehearsal = told(check_door, FIRST, rehearsal, {DAY: day})
    assert into_day == ("rehearsal_held" if (day, rehearsal) == (Phase.DRAFT, Phase.RUNNING) else None)
    over = rehearsal is Phase.FROZEN or day is not Phase.DRAFT
    assert into_rehearsal == ("rehearsal_over" if over else None)
    if Phase.RUNNING in (day, rehearsal):
        assert into_day or into_rehearsal


@pytest.mark.parametrize(("day", "rehearsal"), list(itertools.product(PHASES, PHASES)))
def test_neither_starts_beside_the_other(day: Phase, rehearsal: Phase) -> None:
    running = rehearsal is Phase.RUNNING
    assert told(check_start, DAY, Phase.DRAFT, {FIRST: rehearsal}) == ("rehearsal_running" if running else None)
    begun = day is not Phase.DRAFT
    assert told(check_start, FIRST, Phase.DRAFT, {DAY: day}) == ("rehearsal_over" if begun else None)


def group(phase: Phase) -> Group:
    return Group(id="D1", kind="dimension", node="D1", items=(), name={}, phase=phase)


@pytest.mark.parametrize(
    ("phase", "order"),
    [(Phase.WAITING, c.Conclude), (Phase.OPEN, c.VoidRound), (Phase.PAUSED, c.VoidRound), (Phase.CLOSED, c.VoidRound),
     (Phase.DISCLOSED, c.Reveal), (Phase.REVEALED, c.Conclude), (Phase.CONCLUDED, c.Freeze)],
)  # fmt: skip
def test_each_phase_has_one_step_on_the_way_to_the_end(phase: Phase, order: type) -> None:
    step = ending(State(workshop=FIRST, phase=Phase.RUNNING, groups={"D1": group(phase)}))
    assert type(step) is order


def test_the_day_itself_is_never_ended_so_and_what_is_over_needs_no_step() -> None:
    with pytest.raises(Refusal, match="This is the workshop itself"):
        ending(State(workshop=DAY, phase=Phase.RUNNING))
    with pytest.raises(Refusal, match="is draft"):
        ending(State(workshop=FIRST))
    assert ending(State(workshop=FIRST, phase=Phase.FROZEN)) is None
