"""What time calls for: closed rounds are shown, deadlines kept, and no jump of the wall moves a timer."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_hall import ORGANISER, FakeClock, W, hold, running, vote

from server.workshop import commands as c
from server.workshop.phases import Phase


def test_a_round_closed_for_ten_seconds_is_disclosed_by_the_server_and_not_before(tmp_path: Path) -> None:
    clock = FakeClock()
    with running(tmp_path, clock=clock) as engine:
        hold(engine)
        vote(engine)
        for _ in range(2):
            engine.tick()
            clock.pass_by(4.9)
        engine.tick()
        assert engine.look(W).groups["D1"].phase is Phase.CLOSED
        clock.pass_by(0.2)
        engine.tick()
        while engine.look(W).groups["D1"].phase is not Phase.DISCLOSED:
            pass
        cast = [r.entry.by for r in engine.entries(W) if r.entry.kind in ("ballot.cast", "round.assessed")]
        assert set(cast) == {"server"}


@pytest.mark.parametrize("jump", [-86400, -3600, 3600, 86400])
def test_a_wall_clock_that_jumps_moves_no_timer(tmp_path: Path, jump: int) -> None:
    clock = FakeClock()
    with running(tmp_path, clock=clock) as engine:
        hold(engine)
        vote(engine)
        engine.tick()
        clock.pass_by(5)
        clock.seconds -= jump  # the wall jumps while the monotonic clock goes on
        clock.pass_by(jump)
        engine.tick()
        assert engine.look(W).groups["D1"].phase is Phase.CLOSED
        clock.pass_by(5)
        engine.tick()
        while engine.look(W).groups["D1"].phase is not Phase.DISCLOSED:
            pass


@pytest.mark.parametrize("closes", [True, False])
def test_a_deadline_closes_the_round_only_where_the_setting_says_so(tmp_path: Path, closes: bool) -> None:
    clock = FakeClock()
    with running(tmp_path, clock=clock) as engine:
        hold(engine, settings=c.Settings(deadline_closes=closes))
        engine.submit(W, ORGANISER, c.OpenRound(group="D1", minutes=5))
        engine.tick()
        clock.pass_by(299)
        engine.tick()
        assert engine.look(W).groups["D1"].phase is Phase.OPEN
        engine.submit(W, ORGANISER, c.ExtendRound(group="D1", minutes=1))
        clock.pass_by(30)
        engine.tick()
        assert engine.look(W).groups["D1"].phase is Phase.OPEN
        clock.pass_by(31)
        engine.tick()
        assert engine.look(W).groups["D1"].phase is (Phase.CLOSED if closes else Phase.OPEN)


def test_the_servers_own_timer_thread_discloses(tmp_path: Path) -> None:
    clock = FakeClock()
    with running(tmp_path, ticking=True, clock=clock) as engine:
        hold(engine, settings=c.Settings(disclose_after=0))
        vote(engine)
        while engine.look(W).groups["D1"].phase is not Phase.DISCLOSED:
            pass
