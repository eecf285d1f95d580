"""What is refused, by code, and what is remembered. Every assertion is against PROTOCOL.md's paragraphs."""

import pytest
from msgspec.structs import replace

from server.workshop import commands as c
from server.workshop import events as e
from server.workshop import orders as o
from server.workshop.decide import RULES, decide
from server.workshop.given import SEAT, SERVER, Actor
from server.workshop.phases import Phase
from server.workshop.refusals import Refusal
from tests.workshop.play import ORGANISER, Table, table

FACILITATOR = Actor("staff/2", "facilitator", frozenset({"D1"}))
OFFICER = Actor("staff/3", "officer")
OTHER_OFFICER = Actor("staff/4", "officer")
OBSERVER = Actor("staff/5", "observer")


def refused(played: Table, command: object, actor: Actor = ORGANISER) -> Refusal:
    before = played.state
    with pytest.raises(Refusal) as caught:
        played.do(command, actor)
    assert played.state == before
    return caught.value


def test_every_command_and_order_has_a_rule() -> None:
    commands = {*c.AnyCommand.__args__, o.ImportBaseline, o.ImportInitiatives, o.TakeSeat, o.RecordDisclosure}
    assert set(RULES) == commands


@pytest.mark.parametrize("command", [k for k in RULES if issubclass(k, c.Command)])
def test_an_observer_commands_nothing(command: type) -> None:
    filled = {name: {"seat": 1, "ballot": 1, "minutes": 1}.get(name, "x") for name in command.__struct_fields__}
    filled["expects"] = None
    with pytest.raises(Refusal) as caught:
        decide(table().state, command(**filled), table().given(OBSERVER, None))
    assert caught.value.code == "not_allowed"


def test_a_facilitator_needs_the_lease_and_the_organiser_none() -> None:
    played = table()
    assert refused(played, c.OpenRound(group="D1"), FACILITATOR).code == "lease_held"
    played.do(c.TakeLease(group="D1"), FACILITATOR)
    played.holders["D1"] = FACILITATOR.by
    played.do(c.OpenRound(group="D1"), FACILITATOR)
    played.do(c.PauseRound(group="D1"))
    assert played.state.groups["D1"].phase is Phase.PAUSED


def test_a_facilitator_runs_only_the_groups_named() -> None:
    assert refused(table(), c.TakeLease(group="D2"), FACILITATOR).code == "other_group"


def test_the_loser_of_a_race_is_stale() -> None:
    played = table()
    version = played.state.groups["D1"].version
    played.do(c.OpenRound(group="D1", expects=version))
    lost = refused(played, c.OpenRound(group="D1", expects=version))
    assert (lost.code, lost.detail) == ("stale", {"version": version + 1})


def test_neither_votes_nor_newcomers_make_a_command_stale() -> None:
    played = table(seats=6)
    group, workshop = played.state.groups["D1"].version, played.state.version
    played.do(c.OpenRound(group="D1", expects=group))
    played.do(c.IssueSeats(group="D1", count=1, expects=workshop))
    played.do(o.TakeSeat(seat=7, group=None, channel="card"), SEAT)
    played.put(1, 1, {"1.1": 3})
    played.do(c.CloseRound(group="D1", expects=group + 1))
    played.do(c.Disclose(group="D1", expects=group + 2))
    assert played.state.version == workshop
    assert played.state.groups["D1"].version == group + 2  # the ballot did not count


def test_a_workshop_starts_with_seats_or_open_doors_and_says_that_it_has_no_baseline() -> None:
    assert refused(table(seats=0, start=False), c.Start()).code == "no_seats"
    told = table(seats=0, start=False, open_join=True).do(c.Start())
    assert told.reply == {"notices": ["started_without_baseline"]}


def test_rule_settings_and_baseline_are_fixed_at_the_start() -> None:
    played = table()
    for command in (
        c.SetRule(rule="iqr"), c.SetSettings(settings=c.Settings()), o.ImportBaseline(rows=(), synthetic=True),
        c.Start(),
    ):  # fmt: skip
        assert refused(played, command).code == "not_draft"


def test_an_unknown_preset_and_a_broken_clause_are_named() -> None:
    played = table(start=False)
    assert "choose from workshop" in refused(played, c.SetRule(rule="delphi")).sentence("en")
    assert "quorum" in refused(played, c.SetRule(rule={"preset": "workshop", "quorum": 0})).sentence("en")


def test_groups_may_not_share_an_indicator_and_plenary_may() -> None:
    twice = (o.GroupIn(id="A", node="D1"), o.GroupIn(id="B", node="G1"))
    with pytest.raises(Refusal, match="B rates an indicator that another group rates"):
        table(groups=twice)
    both = (o.GroupIn(id="D1", node="D1"), o.GroupIn(id="P", kind="plenary", items=["1.1", "12.4"], name={"en": "All"}))
    assert table(groups=both).state.groups["P"].items == ("1.1", "12.4")


def test_seats_are_numbered_across_the_workshop_and_only_groups_own_them() -> None:
    played = table(seats=2)
    played.do(c.IssueSeats(rows=[c.SeatRow(group="D2"), c.SeatRow(group="D4")]))
    assert [(s.number, s.group) for s in played.state.seats.values()] == [(1, "D1"), (2, "D1"), (3, "D2"), (4, "D4")]
    assert refused(played, c.IssueSeats(group="X", count=1)).code == "unknown_group"
    assert refused(played, c.IssueSeats(group="D1")).code == "malformed"


def test_joining_again_moves_the_seat_and_a_revoked_one_is_shut() -> None:
    played = table(seats=1)
    again = played.do(o.TakeSeat(seat=1, group=None, channel="card"), SEAT)
    assert [d.event.kind for d in again.drafts] == ["seat.moved"]
    played.do(c.RevokeSeat(seat=1, reason="lost card"))
    assert refused(played, o.TakeSeat(seat=1, group=None, channel="card"), SEAT).code == "seat_revoked"
    assert refused(played, o.TakeSeat(seat=9, group=None, channel="card"), SEAT).code == "unknown_seat"


def test_the_room_code_needs_open_join_and_a_group() -> None:
    newcomer = o.TakeSeat(seat=None, group="D1", channel="open")
    assert refused(table(), newcomer, SEAT).code == "open_join_off"
    played = table(seats=0, open_join=True)
    assert refused(played, o.TakeSeat(seat=None, group=None, channel="open"), SEAT).code == "choose_group"
    played.do(newcomer, SEAT)
    assert [(s.group, s.status, s.channel) for s in played.state.seats.values()] == [("D1", "taken", "open")]


def test_a_seat_with_sealed_answers_can_neither_move_nor_be_marked_absent() -> None:
    played = table()
    played.do(c.OpenRound(group="D1"))
    played.put(1, 1, {"1.1": 3})
    assert refused(played, c.MarkAbsent(seat=1)).code == "seat_has_answered"
    assert refused(played, c.MoveSeat(seat=1, group="D2")).code == "seat_has_answered"
    played.do(c.MarkAbsent(seat=2))
    played.do(c.MoveSeat(seat=3, group="D2"))
    assert played.state.seated("D1") == 6


def test_a_round_opens_everything_then_everything_again_then_what_is_pending() -> None:
    played = table(seats=6)
    seats, items = range(1, 7), played.state.groups["D1"].items
    played.round("D1", {n: dict.fromkeys(items, 3) for n in seats})
    played.round("D1", {n: {item: 3 if item != "1.2" else 1 + 4 * (n % 2) for item in items} for n in seats})
    assert played.state.groups["D1"].current.items == items
    played.do(c.OpenRound(group="D1"))
    assert played.state.groups["D1"].current.items == ("1.2",)


def test_what_cannot_be_opened_is_named() -> None:
    played = table(seats=6)
    assert refused(played, c.OpenRound(group="D1", items=["9.9"])).code == "unknown_item"
    assert refused(played, c.OpenRound(group="D1", items=["1.1", "1.1"])).code == "duplicate_item"
    assert refused(played, c.OpenRound(group="D1", items=[])).code == "nothing_to_open"
    played.do(c.DecideItem(group="D1", item="1.1", value=3, reason="chair"))
    assert refused(played, c.OpenRound(group="D1", items=["1.1"])).code == "item_decided"
    for _ in range(4):
        played.round("D1", {n: {"1.2": 1 + 4 * (n % 2)} for n in range(1, 7)}, items=["1.2"])
    assert played.state.groups["D1"].latest("1.2").outcome == "at_cap"
    assert refused(played, c.OpenRound(group="D1", items=["1.2"])).code == "cap_reached"


def test_the_chair_decides_only_where_there_is_no_agreement_and_may_withdraw() -> None:
    played = table(seats=6)
    for _ in range(2):
        played.round("D1", {n: {"1.1": 4} for n in range(1, 7)}, items=["1.1"])
    assert refused(played, c.DecideItem(group="D1", item="1.1", value=5, reason="no")).code == "item_agreed"
    assert refused(played, c.DecideItem(group="D1", item="1.2", value=6, reason="no")).code == "off_scale"
    assert refused(played, c.DecideItem(group="D1", item="1.2", value=None, reason="no")).code == "nothing_decided"
    played.do(c.DecideItem(group="D1", item="1.2", value=2, reason="chair"))
    played.do(c.DecideItem(group="D1", item="1.2", value=None, reason="withdrawn"))
    assert played.state.groups["D1"].decided == {}


def test_paper_is_entered_by_one_officer_and_confirmed_by_another_once() -> None:
    played = table()
    played.do(c.IssueSeats(group="D1", count=1, channel="paper"))
    played.do(c.OpenRound(group="D1"))
    enter = c.EnterPaper(group="D1", ballot=9, answers=[c.PaperAnswer(item="1.1", value=3)])
    assert refused(played, c.ConfirmPaper(group="D1", ballot=9), OFFICER).code == "no_such_paper"
    played.do(enter, OFFICER)
    assert refused(played, c.ConfirmPaper(group="D1", ballot=9), OFFICER).code == "same_officer"
    told = played.do(c.ConfirmPaper(group="D1", ballot=9), OTHER_OFFICER)
    assert [(d.event.kind, dict(d.contents)) for d in told.drafts] == [
        ("seat.taken", {}), ("paper.confirmed", {"seat": 9})
    ]  # fmt: skip
    off = c.EnterPaper(group="D1", ballot=9, answers=[c.PaperAnswer(item="1.1", value=7)])
    assert refused(played, off, OFFICER).code == "off_scale"
    assert refused(played, enter, FACILITATOR).code == "not_allowed"


def test_a_paper_that_was_entered_anew_is_not_confirmed_by_whoever_saw_the_older_reading() -> None:
    played = table()
    played.do(c.OpenRound(group="D1"))
    enter = c.EnterPaper(group="D1", ballot=1, answers=[c.PaperAnswer(item="1.1", value=3)])
    played.do(enter, OFFICER)
    seen = played.papers[1].mark
    played.do(replace(enter, answers=[c.PaperAnswer(item="1.1", value=4)]), OFFICER)
    assert refused(played, c.ConfirmPaper(group="D1", ballot=1, seen=seen), OTHER_OFFICER).code == "paper_changed"
    played.do(c.ConfirmPaper(group="D1", ballot=1, seen=played.papers[1].mark), OTHER_OFFICER)
    assert played.state.groups["D1"].rounds[0].papers == 1


def test_the_index_freezes_when_every_group_is_concluded_and_then_only_notes_go_on() -> None:
    played = table()
    assert refused(played, c.Freeze()).detail == {"groups": "D1, D2, D3, D4"}
    for group in ("D1", "D2", "D3", "D4"):
        played.do(c.Conclude(group=group))
    played.do(c.Freeze())
    assert played.state.phase is Phase.FROZEN
    played.do(c.Annotate(text="afterwards"))
    assert refused(played, c.Annotate(text=" \x00 ")).code == "malformed"
    for command in (
        c.Freeze(), c.IssueSeats(group="D1", count=1), c.OpenRound(group="D1"), c.RevokeSeat(seat=1, reason="x")
    ):  # fmt: skip
        assert refused(played, command).code == "already_frozen"


def test_a_full_bundle_is_for_the_organiser_and_only_after_the_freeze() -> None:
    played = table()
    assert refused(played, o.RecordDisclosure("public", "00")).code == "not_frozen"
    for group in ("D1", "D2", "D3", "D4"):
        played.do(c.Conclude(group=group))
    played.do(c.Freeze())
    assert refused(played, o.RecordDisclosure("full", "00"), FACILITATOR).code == "not_allowed"
    played.do(o.RecordDisclosure("public", "00"), FACILITATOR)


def test_a_plenary_advises_and_concludes_without_endings() -> None:
    groups = (o.GroupIn(id="D1", node="D1"), o.GroupIn(id="P", kind="plenary", items=["1.1"], name={"en": "All"}))
    played = table(groups=groups, seats=6)
    played.round("P", {n: {"1.1": 4} for n in range(1, 7)})
    assert refused(played, c.DecideItem(group="P", item="1.1", value=3, reason="x")).code == "plenary_advises"
    played.do(c.Conclude(group="P"))
    assert played.state.groups["P"].endings == {}


def test_a_gap_is_explained_only_where_the_earlier_survey_has_a_score() -> None:
    played = table(seats=5)
    played.round("D1", {n: {"1.1": 4} for n in range(1, 6)}, items=["1.1"])
    command = c.ExplainGap(group="D1", item="1.1", cause="year", note="2016")
    assert refused(played, command).code == "no_baseline"


def test_the_server_closes_and_discloses_but_does_not_reveal() -> None:
    played = table()
    played.do(c.OpenRound(group="D1"))
    played.do(c.CloseRound(group="D1"), SERVER)
    played.disclose("D1")
    assert refused(played, c.Reveal(group="D1"), SERVER).code == "not_allowed"


def test_deadlines_stretch_by_pauses_and_extensions() -> None:
    played = table()
    played.do(c.OpenRound(group="D1", minutes=10))
    opened = played.state.groups["D1"].current
    assert opened.deadline - opened.opened_at == 600
    played.do(c.PauseRound(group="D1"))
    paused = played.state.groups["D1"].current.paused_at
    played.now += 100
    played.do(c.ResumeRound(group="D1"))
    resumed = played.state.groups["D1"].current
    lost = resumed.deadline - opened.deadline
    assert lost >= 100 and resumed.paused_at is None and paused is not None
    played.do(c.ExtendRound(group="D1", minutes=2))
    assert played.state.groups["D1"].current.deadline == resumed.deadline + 120


def test_an_erased_seat_is_revoked_and_its_openings_are_named() -> None:
    played = table()
    told = played.do(c.EraseSeat(seat=1), erasable=((20, "ballot"),))
    assert [d.event for d in told.drafts] == [
        e.SeatRevoked(seat=1, group="D1", channel="card"), e.ContentErased(openings=((20, "ballot"),))
    ]  # fmt: skip
