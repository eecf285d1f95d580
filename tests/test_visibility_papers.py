"""What officers are told of paper ballots: each test holds answers that could leak, and compares by equality."""

import pytest

from server import visibility
from server.workshop import commands as c
from server.workshop.given import Paper
from server.workshop.papers import check_letter
from server.workshop.refusals import Refusal
from tests.visible import LEAVES, plain, surveyed
from tests.workshop.play import Table

READ = c.PaperAnswer(item="1.1", value=5, reason="rahasia")
PAPER = (Paper(3, 1, "staff/2", "f" * 64), (READ,))


@pytest.fixture
def open_round() -> Table:
    played = surveyed()
    played.do(c.OpenRound(group="D1", items=list(LEAVES)))
    played.put(1, 1, {"1.1": 2})
    return played


def progress(stage: str = "started") -> dict[str, dict[str, object]]:
    return {"D1": {"seats": {1: stage, 2: "joined"}}}


def test_the_desk_names_who_entered_a_ballot_and_never_what_stands_on_it(open_round: Table) -> None:
    told = plain(visibility.paper_desk(open_round.state, {"D1": {3: PAPER[0]}}, progress(), "staff/2", "en"))
    group = told["groups"][0]
    assert group["waiting"] == [{"ballot": 3, "by": "staff/2", "mine": True, "answered": False}]
    assert group["ballots"] == [1, 2, 3, 4, 5, 6] and group["items"][0] == {
        "id": "1.1", "title": "Safe and affordable housing"
    }  # fmt: skip
    assert [other["waiting"] for other in told["groups"][1:]] == [[], [], []]


def test_of_a_closed_round_the_desk_tells_nothing(open_round: Table) -> None:
    open_round.do(c.CloseRound(group="D1"))
    told = plain(visibility.paper_desk(open_round.state, {"D1": {3: PAPER[0]}}, progress(), "staff/3", "en"))
    shut = {"open": False, "round": None, "items": [], "ballots": [], "papers": 0, "waiting": []}
    assert {name: told["groups"][0][name] for name in shut} == shut


@pytest.mark.parametrize(("by", "told"), [("staff/2", ()), ("staff/3", (READ,))])
def test_what_was_read_is_told_to_another_officer_alone(
    open_round: Table, by: str, told: tuple[c.PaperAnswer, ...]
) -> None:
    letter = check_letter(open_round.state.workshop, 3)
    found = visibility.paper_sheet(open_round.state, "D1", 3, letter.lower(), PAPER, progress(), by)
    assert (found.answers, found.mine, found.by) == (told, not told, "staff/2")
    assert found.seen == ("f" * 64 if told else None)


@pytest.mark.parametrize("stage", ["started", "finished"])
def test_a_seat_that_has_voted_is_no_sheet_any_more(open_round: Table, stage: str) -> None:
    letter = check_letter(open_round.state.workshop, 1)
    with pytest.raises(Refusal, match="a paper ballot beside it is not counted"):
        visibility.paper_sheet(open_round.state, "D1", 1, letter, None, progress(stage), "staff/2")


def test_what_is_printed_leaves_out_withdrawn_seats_and_names_a_round_only_while_it_is_open(open_round: Table) -> None:
    state = open_round.state
    open_round.do(c.RevokeSeat(seat=2, reason="left"))
    told = visibility.paper_print(open_round.state, "D1", of_round=True)
    numbered = [(n, check_letter(state.workshop, n)) for n in (1, 3, 4, 5, 6)]
    assert [(one.ballot, one.check) for one in told.ballots] == numbered
    assert (told.round, told.items) == (1, LEAVES)
    open_round.do(c.CloseRound(group="D1"))
    assert visibility.paper_print(open_round.state, "D1", of_round=True).round is None
    assert len(visibility.paper_print(open_round.state, "D1", of_round=False).items) > len(LEAVES)
