"""Commands through the engine: one winner each, told after the commit, nothing half-done. Witness: the trail."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_hall import ANI, BUDI, ORGANISER, W, ballot, hold, kinds, opened, order, refused, running
from sqlalchemy import RootTransaction, text
from sqlalchemy.exc import OperationalError

from server.engine import Engine
from server.storage.database import Database
from server.trail.entries import Remembered
from server.workshop import commands as c
from server.workshop.given import Actor
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with running(tmp_path) as engine:
        yield engine


class FullDisk(Database):
    """A database whose commits can be made to fail as on a full disk, before anything is durable."""

    full = False

    def _commit(self, transaction: RootTransaction) -> None:
        if self.full:
            raise OperationalError("COMMIT", None, Exception("database or disk is full"))
        super()._commit(transaction)


def test_a_new_workshop_is_remembered_in_four_entries_and_told_with_its_room_code(engine: Engine) -> None:
    told = engine.create(order(), ORGANISER)
    assert kinds(engine) == ["workshop.created", "framework.fixed", "rule.fixed", "settings.fixed"]
    assert [event["seq"] for event in told["events"]] == [0, 1, 2, 3]
    assert (told["workshop"], told["version"]) == (W, 4)
    [stored] = engine.workshops()
    assert (stored.room_code, stored.title, stored.phase) == (told["join_code"], "Aula", "draft")


def test_a_workshop_is_made_once_and_by_an_organiser_alone(engine: Engine) -> None:
    refused("not_allowed", engine.create, order(), ANI)
    engine.create(order(), ORGANISER)
    refused("name_taken", engine.create, order(), ORGANISER)
    assert kinds(engine) == ["workshop.created", "framework.fixed", "rule.fixed", "settings.fixed"]


def test_a_workshop_whose_rule_does_not_hold_together_leaves_no_row_behind(engine: Engine) -> None:
    refused("bad_rule", engine.create, order(rule="no such rule"), ORGANISER)
    assert engine.workshops() == []
    engine.create(order(), ORGANISER)


def test_a_document_with_a_float_is_refused_by_a_sentence_and_not_by_a_fault(engine: Engine) -> None:
    engine.create(order(), ORGANISER)
    refusal = refused("bad_rule", engine.submit, W, ORGANISER, c.SetRule(rule={"share_percent": 0.75}))
    assert refusal.sentence("en").endswith(".")


def test_an_order_to_an_unknown_workshop_or_group_is_refused(engine: Engine) -> None:
    refused("unknown_workshop", engine.submit, "nowhere", ORGANISER, c.Start())
    refused("unknown_workshop", engine.state, "nowhere")
    engine.create(order(), ORGANISER)
    refused("unknown_group", engine.submit, W, ORGANISER, c.OpenRound(group="D9"))


def test_the_phase_of_a_workshop_is_kept_beside_its_trail(engine: Engine) -> None:
    hold(engine)
    assert [(w.id, w.phase) for w in engine.workshops()] == [(W, "running")]


def test_of_two_that_open_a_round_at_once_one_wins_and_the_other_is_stale(engine: Engine) -> None:
    hold(engine)
    for turn in range(20):
        outcomes = race(engine, engine, c.OpenRound(group="D1", expects=engine.state(W).groups["D1"].version))
        assert sorted(outcomes) == ["done", "stale"], turn
        engine.submit(W, ORGANISER, c.VoidRound(group="D1", reason="again"))
    assert [r.number for r in engine.state(W).groups["D1"].rounds] == list(range(1, 21))


def test_of_two_servers_on_one_database_that_open_a_round_at_once_one_wins(tmp_path: Path) -> None:
    with running(tmp_path) as first, running(tmp_path) as second:
        hold(first)
        for _ in range(10):
            version = second.look(W).groups["D1"].version
            assert sorted(race(first, second, c.OpenRound(group="D1", expects=version))) == ["done", "stale"]
            second.submit(W, ORGANISER, c.VoidRound(group="D1", reason="again"))
        assert first.look(W) == second.look(W)


def race(first: Engine, second: Engine, command: Any) -> list[str]:
    """Give the same command to both at once: how each fared."""
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def go(engine: Engine) -> None:
        barrier.wait()
        try:
            engine.submit(W, ORGANISER, command)
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=go, args=(engine,)) for engine in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_facilitator_needs_the_lease_of_the_group_and_the_organiser_needs_none(engine: Engine) -> None:
    hold(engine)
    refused("lease_held", engine.submit, W, ANI, c.OpenRound(group="D1"))
    engine.submit(W, ANI, c.TakeLease(group="D1"))
    assert engine.leases(W) == {"D1": "staff/2"}
    engine.submit(W, ANI, c.OpenRound(group="D1"))
    assert refused("lease_held", engine.submit, W, BUDI, c.CloseRound(group="D1")).detail["holder"] == "staff/2"
    engine.submit(W, BUDI, c.TakeLease(group="D1"))
    refused("lease_held", engine.submit, W, ANI, c.CloseRound(group="D1"))
    engine.submit(W, ORGANISER, c.CloseRound(group="D1"))
    refused("other_group", engine.submit, W, ANI, c.OpenRound(group="D2"))


def test_taking_the_lease_leaves_no_entry_and_makes_nothing_stale(engine: Engine) -> None:
    hold(engine)
    before, version = kinds(engine), engine.state(W).groups["D1"].version
    assert engine.submit(W, ANI, c.TakeLease(group="D1", expects=version)) == {"version": version, "events": []}
    assert kinds(engine) == before


def test_nobody_is_told_before_the_entries_are_in_the_database(engine: Engine) -> None:
    told: list[tuple[str, list[str], list[str]]] = []

    def watch(workshop: str, new: list[Remembered]) -> None:
        stored = [r.entry.kind for r in engine.entries(workshop)]  # read over a connection of its own
        told.append((workshop, [r.entry.kind for r in new], stored[-len(new) :]))

    engine.subscribe(watch)
    hold(engine, seats=1)
    engine.look(W)  # a further job: by then the subscribers have been called
    assert told and all(new == stored for _, new, stored in told)
    assert [kind for _, new, _ in told for kind in new] == kinds(engine)


def test_a_subscriber_that_fails_hinders_nobody(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    def broken(workshop: str, new: list[Remembered]) -> None:
        raise RuntimeError("no screen")

    engine.subscribe(broken)
    hold(engine, seats=1)
    assert "a subscriber failed" in caplog.text
    assert engine.state(W).phase is Phase.RUNNING


def test_where_the_disk_takes_nothing_everybody_is_told_so_and_nothing_has_changed(tmp_path: Path) -> None:
    with running(tmp_path, database=FullDisk) as engine:
        hold(engine)
        engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
        before, entries = engine.state(W), kinds(engine)
        engine._database.full = True  # type: ignore[attr-defined]
        refused("not_saved", engine.submit, W, ORGANISER, c.CloseRound(group="D1"))
        refused("not_saved", engine.put_answers, W, 1, ballot(3))
        assert (engine.state(W), kinds(engine), engine.answers_of(W, 1)) == (before, entries, {})
        engine._database.full = False  # type: ignore[attr-defined]
        assert engine.put_answers(W, 1, ballot(3))["saved"] == [{"item": "1.1", "rev": 1, "key": "k1"}]
        engine.submit(W, ORGANISER, c.CloseRound(group="D1"))


def test_a_fault_of_ours_in_one_job_is_internal_and_leaves_the_others_alone(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    hold(engine)
    engine.submit(W, ORGANISER, c.OpenRound(group="D1"))
    before = engine.state(W)
    refused("internal", engine.submit, W, ORGANISER, object())  # no rule knows this order
    assert "a job failed and changed nothing" in caplog.text
    assert engine.state(W) == before
    assert engine.put_answers(W, 1, ballot(3))["ok"]


def test_a_stopped_engine_refuses_instead_of_keeping_people_waiting(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    engine.start(ticking=False)
    engine.create(order(), ORGANISER)
    engine.stop()
    refused("not_saved", engine.submit, W, ORGANISER, c.Start())
    engine._database.close()


def test_the_same_text_in_two_unicode_forms_leaves_the_same_line_and_state(engine: Engine) -> None:
    engine.create(order(title="Cafe\u0301"), ORGANISER)
    assert engine.state(W).title == "Caf\u00e9"
    engine.submit(W, ORGANISER, c.Annotate(text="e\u0301"))
    assert engine.entries(W)[-1].contents == {"text": "\u00e9"}


def test_no_statement_can_change_or_remove_a_line_of_the_trail(engine: Engine) -> None:
    hold(engine, seats=1)
    for statement in ("UPDATE trail SET kind = 'x'", "DELETE FROM trail"):
        with engine._database.read() as connection, pytest.raises(Exception, match="the trail is append-only"):
            connection.execute(text(statement))


def test_an_observer_may_do_nothing(engine: Engine) -> None:
    hold(engine, seats=1)
    watching = Actor("staff/9", "observer")
    for command in (c.OpenRound(group="D1"), c.Annotate(text="hm"), c.TakeLease(group="D1")):
        refused("not_allowed", engine.submit, W, watching, command)
