"""Old state plus events equals freshly read state, whatever a hall does. Witness: the trail read back from the disk."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_hall import ORGANISER, W, hold, opened, running, vote
from sqlalchemy import text

from server.engine import Engine
from server.trail.entries import Remembered
from server.workshop import commands as c
from server.workshop.fold import apply
from server.workshop.refusals import Refusal
from server.workshop.state import State

GROUPS = st.sampled_from(["D1", "D2"])
SEATS = st.integers(1, 8)
ITEMS = st.sampled_from(["1.1", "1.2", "1.3", "2.1"])
TEXTS = st.sampled_from(["ya", "e\u0301", "😀"])
ANSWER = st.builds(
    c.AnswerIn, item=ITEMS, rev=st.integers(1, 4), key=st.sampled_from("ab"), value=st.none() | st.integers(1, 6),
    cannot=st.sampled_from([None, None, "no_data"]), reason=st.none() | TEXTS,
)  # fmt: skip
ORDERS: st.SearchStrategy[Any] = st.one_of(
    st.builds(c.OpenRound, group=GROUPS, items=st.sampled_from(["all", "pending"])),
    *(st.builds(kind, group=GROUPS) for kind in (c.PauseRound, c.ResumeRound, c.CloseRound, c.ReopenRound, c.Disclose,
                                                 c.Reveal, c.Conclude)),
    st.builds(c.VoidRound, group=GROUPS, reason=TEXTS),
    st.builds(c.ReopenGroup, group=GROUPS, reason=TEXTS),
    st.builds(c.DecideItem, group=GROUPS, item=ITEMS, value=st.none() | st.integers(1, 5), reason=TEXTS),
    st.builds(c.AttachMinority, group=GROUPS, item=ITEMS, text=TEXTS, public=st.booleans()),
    st.builds(c.MarkAbsent, seat=SEATS),
    st.builds(c.RevokeSeat, seat=SEATS, reason=TEXTS),
    st.builds(c.EraseSeat, seat=SEATS),
    st.builds(c.Annotate, text=TEXTS),
    st.just(c.Freeze()),
)  # fmt: skip
PUT = st.tuples(SEATS, st.builds(c.PutAnswers, round=st.integers(1, 2), answers=st.lists(ANSWER, max_size=4)))
ROUND = st.just("a whole round")
DAY = st.lists(ROUND | ORDERS | PUT | PUT, min_size=5, max_size=40)


def act(engine: Engine, step: Any) -> None:
    try:
        if isinstance(step, str):
            vote(engine, 5, number=len(engine.state(W).groups["D1"].rounds) + 1, items="all")
            engine.submit(W, ORGANISER, c.Disclose(group="D1"))
            engine.submit(W, ORGANISER, c.Reveal(group="D1"))
        elif isinstance(step, tuple):
            engine.put_answers(W, *step)
        else:
            engine.submit(W, ORGANISER, step)
    except Refusal as refusal:
        assert refusal.code not in ("internal", "not_saved"), refusal.__cause__


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DAY)
def test_old_state_plus_events_equals_freshly_read_state(day: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        followed = [State()]

        def follow(workshop: str, told: list[Remembered]) -> None:
            for remembered in told:
                followed[0] = apply(followed[0], remembered.entry, remembered.contents)

        engine = opened(folder)
        engine.subscribe(follow)
        engine.start(ticking=False)
        hold(engine, seats=5)
        for step in day:
            act(engine, step)
        state = engine.look(W)
        engine.stop()
        assert followed[0] == state
        with running(folder) as quick:
            assert quick.state(W) == state
            with quick._database.write() as connection:
                connection.execute(text("DELETE FROM snapshots"))
        with running(folder) as slow:
            assert slow.state(W) == state
        engine._database.close()
