"""A hall whose day went on after its backup. No test here."""

from pathlib import Path

import pytest
from halls import settings, show
from small_hall import ORGANISER, W, ballot, hold, running, vote

from server.app.keeping import take
from server.workshop import commands as c


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def early(tmp_path: Path, data: Path) -> Path:
    """A backup from the middle of round one; the day went on to the head of the second round."""
    with running(data) as engine:
        hold(engine)
        engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
        for seat in range(1, 7):
            engine.put_answers(W, seat, ballot(3 + seat % 2, 4, 1 + seat % 5))
        backup, _ = take(settings(data), tmp_path / "out")
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
        show(engine)
        vote(engine, number=2, items="all")
        show(engine)
    return backup
