"""Figures of a round, each worked by hand here; the measures themselves have their witnesses in tests/consensus."""

from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop.contents import GapFigures, StabilityFigures
from server.workshop.given import SERVER
from server.workshop.records import BaselineRow
from tests.workshop.play import Table, table


def with_baseline(seats: int = 8) -> Table:
    played = table(seats=seats, start=False)
    row = BaselineRow("1.1", "interview", "2.10", 3, 3, None, 2017, "synthetic")
    none = BaselineRow("1.2", "metric", None, 0, 3, None, None, None)
    played.do(o.ImportBaseline(rows=(row, none), synthetic=True))
    played.do(c.Start())
    return played


def test_an_item_is_counted_by_hand() -> None:
    played = with_baseline()
    rated = {1: 2, 2: 3, 3: 3, 4: 3, 5: 4, 6: 4, 7: "no_data", 8: "no_data"}
    played.round("D1", {seat: {"1.1": value} for seat, value in rated.items()}, items=["1.1", "1.2"])
    figures = played.state.groups["D1"].current.figures["1.1"]
    assert (figures.vote, figures.n, figures.seated, figures.answered) == (1, 6, 8, 8)
    assert (figures.counts, figures.cannot) == ((0, 1, 3, 2, 0), {"no_data": 2})
    assert (figures.median, figures.q1, figures.q3, figures.iqr) == ("3.000000", "3.000000", "3.750000", "0.750000")
    assert (figures.pair, figures.in_pair, figures.needed, figures.outcome) == ((3, 4), 5, 6, "near")
    assert (figures.short_by, figures.flags, figures.stability) == (1, ("small_panel", "fragile"), None)
    assert figures.gap == {"interview": GapFigures("0.900000", "slight", 5, 0, 1)}
    empty = played.state.groups["D1"].current.figures["1.2"]
    assert (empty.n, empty.answered, empty.outcome, empty.median, empty.pair) == (0, 0, "insufficient", None, None)


def test_stability_is_counted_on_those_present_in_both_votes() -> None:
    played = with_baseline()
    first = {1: 3, 2: 3, 3: 3, 4: 3, 5: 3, 6: 4, 7: 4}
    second = {1: 3, 2: 3, 3: 3, 4: 3, 5: 4, 6: 4, 8: 2}
    played.round("D1", {seat: {"1.1": v} for seat, v in first.items()}, items=["1.1"])
    played.round("D1", {seat: {"1.1": v} for seat, v in second.items()}, items=["1.1"])
    figures = played.state.groups["D1"].current.figures["1.1"]
    # paired 1–6: one of six moved 3 → 4, nobody left the pair 3–4; ½(|4−5| + |2−1|)/6 = 1/6
    assert figures.stability == StabilityFigures(6, "0.000000", 0, 1, "0.166667")
    assert (figures.vote, figures.outcome) == (2, "near")  # 6 of 7 in the pair, 7 needed, the one at 2 a step away


def test_a_vote_without_quorum_is_neither_a_vote_nor_the_one_before() -> None:
    played = with_baseline()
    for voters in (range(1, 5), range(1, 9), range(1, 9)):
        played.round("D1", {seat: {"1.1": 3} for seat in voters}, items=["1.1"])
    group = played.state.groups["D1"]
    told = [(r.figures["1.1"].vote, r.figures["1.1"].outcome) for r in group.rounds]
    assert told == [(1, "insufficient"), (1, "provisional"), (2, "consensus")]
    assert group.rounds[1].figures["1.1"].stability is None


def test_voiding_restores_the_earlier_verdict() -> None:
    played = with_baseline()
    for ratings in ([3] * 8, [3] * 8, [1, 1, 1, 1, 5, 5, 5, 5]):
        played.round("D1", {seat: {"1.1": v} for seat, v in enumerate(ratings, 1)}, items=["1.1"])
    assert played.state.groups["D1"].latest("1.1").outcome == "dissent"
    played.do(c.VoidRound(group="D1", reason="wrong slide"))
    assert played.state.groups["D1"].latest("1.1").outcome == "consensus"


def test_w_takes_each_present_raters_latest_counted_rating_of_every_item() -> None:
    played = with_baseline()
    order = {"1.1": 1, "1.2": 3, "1.3": 5}
    played.round("D1", dict.fromkeys(range(1, 9), order), items=list(order))
    assert played.state.groups["D1"].current.order.w == "1.000000"
    played.round("D1", {seat: {"1.1": 2} for seat in range(1, 7)}, items=["1.1"])
    told = played.state.groups["D1"].current.order
    assert (told.w, told.raters, told.items, told.complete) == ("1.000000", 6, 3, True)


def test_a_round_that_nobody_answered_is_assessed_all_the_same() -> None:
    played = with_baseline()
    played.do(c.OpenRound(group="D1"))
    played.do(c.CloseRound(group="D1"), SERVER)
    played.disclose("D1")
    current = played.state.groups["D1"].current
    assert {f.outcome for f in current.figures.values()} == {"insufficient"}
    assert (current.order.w, current.order.raters, current.ballots) == (None, 0, 0)


def test_a_revoked_seat_is_not_counted() -> None:
    played = with_baseline()
    played.do(c.OpenRound(group="D1", items=["1.1"]))
    for seat in range(1, 9):
        played.put(seat, 1, {"1.1": 3})
    played.do(c.RevokeSeat(seat=8, reason="twice in the room"))
    played.do(c.CloseRound(group="D1"))
    played.disclose("D1")
    current = played.state.groups["D1"].current
    assert (current.seated, current.answered, current.ballots, current.figures["1.1"].n) == (7, 7, 7, 7)
