"""What leaves, and what does not: each test holds something that could leak, and compares by equality."""

from typing import Any

import msgspec
import pytest

from server import visibility
from server.workshop import commands as c
from server.workshop.refusals import Refusal
from tests.visible import LEAVES, SMALL, plain, played_round, surveyed

SECRET = {"rev": 3, "value": 2, "cannot": None, "confidence": 1, "reason": "rahasia"}
REASONS = {"1/1.1/1": "nama pejabat", "1/1.1/2": "data 2023", "1/1.2/1": "lain", "2/1.1/1": "putaran dua",
           "11/1.1/1": "putaran sebelas"}  # fmt: skip


def item_of(view: Any, item: str) -> Any:
    return next(found for found in plain(view)["items"] if found.get("item", found.get("id")) == item)


# --- a ballot ---------------------------------------------------------------------------------------------------------


def test_a_ballot_holds_the_seats_own_answer_and_nobody_elses() -> None:
    played = surveyed()
    played.do(c.OpenRound(group="D1", items=list(LEAVES)))
    played.put(1, 1, {"1.1": 5})
    first = plain(visibility.ballot(played.state, 2, {"1.1": SECRET}, "en"))
    assert set(first) == {
        "n", "workshop", "title", "seat", "group", "group_name", "dimension", "phase", "workshop_phase", "round",
        "voided", "deadline", "language", "scale", "synthetic", "rehearsal", "items",
    }  # fmt: skip
    assert first["items"][0] == {
        "id": "1.1", "title": "Safe and affordable housing", "place": "Minimal human vulnerability", "dimension": 1,
        "text": "Everyone can find a sound, secure home at a price they can bear.",
        "anchors": {"low": "Many live in unsafe homes or cannot bear their cost.",
                    "high": "Sound, safe homes are within everyone's means in every district."},
        "mine": {"value": 2, "cannot": None, "confidence": 1, "reason": "rahasia"}, "rev": 3, "before": None,
        "feedback": None, "path": [], "baseline": None, "ending": None,
    }  # fmt: skip
    other = plain(visibility.ballot(played.state, 3, {}, "en"))
    assert [(item["mine"], item["rev"]) for item in other["items"]] == [(None, 0), (None, 0)]


def test_a_withdrawn_answer_keeps_its_rev_and_shows_nothing() -> None:
    played = surveyed()
    played.do(c.OpenRound(group="D1", items=["1.1"]))
    gone = SECRET | {"value": None, "reason": None, "confidence": None}
    told = item_of(visibility.ballot(played.state, 1, {"1.1": gone}, "id"), "1.1")
    assert (told["mine"], told["rev"]) == (None, 3)


def test_feedback_comes_with_the_reveal_and_never_tells_who_is_short_of_agreement() -> None:
    played = surveyed()
    played.do(c.OpenRound(group="D1", items=["1.1"]))
    for seat, value in zip(range(1, 7), (2, 2, 2, 3, 5, 5), strict=True):
        played.put(seat, 1, {"1.1": value})
    played.do(c.CloseRound(group="D1"))
    played.disclose("D1")
    assert item_of(visibility.ballot(played.state, 1, {}, "en"), "1.1")["feedback"] is None
    played.do(c.Reveal(group="D1", baseline=False))
    told = item_of(visibility.ballot(played.state, 1, {}, "en"), "1.1")
    figures = played.state.groups["D1"].rounds[0].figures["1.1"]
    assert figures.short_by is not None and figures.gap
    # By hand: sorted 2 2 2 3 5 5 has the median 2.5; four lie in the pair 2-3.
    assert told["feedback"] == {
        "round": 1, "vote": 1, "n": 6, "withheld": False, "outcome": figures.outcome, "flags": list(figures.flags),
        "counts": [0, 3, 1, 0, 2], "median": "2.500000", "q1": figures.q1, "q3": figures.q3, "iqr": figures.iqr,
        "pair": list(figures.pair or ()), "in_pair": 4, "gap": None,
    }  # fmt: skip
    assert told["baseline"] is None
    played.do(c.Reveal(group="D1", baseline=True))
    told = item_of(visibility.ballot(played.state, 1, {}, "en"), "1.1")
    assert told["feedback"]["gap"] == plain(figures.gap)
    assert told["baseline"] == {"interview": {"score": "1.5", "year": 2017, "source": "survei"},
                                "metric": {"score": "4", "year": 2016, "source": None}}  # fmt: skip


def test_the_earlier_survey_stands_on_the_first_ballot_only_where_the_setting_says_so() -> None:
    for seen, shown in (("after_round_1", False), ("before", True)):
        played = surveyed(baseline_seen=seen)
        played.do(c.OpenRound(group="D1", items=["1.1"]))
        assert (item_of(visibility.ballot(played.state, 1, {}, "en"), "1.1")["baseline"] is not None) is shown


def test_feedback_of_a_voided_round_is_gone() -> None:
    played = surveyed()
    played.round("D1", {seat: {"1.1": 3} for seat in range(1, 7)}, items=["1.1"])
    played.do(c.OpenRound(group="D1", items=["1.1"]))
    for seat in range(1, 7):
        played.put(seat, 2, {"1.1": 5})
    played.do(c.CloseRound(group="D1"))
    played.disclose("D1")
    played.do(c.Reveal(group="D1"))
    assert item_of(visibility.ballot(played.state, 1, {}, "en"), "1.1")["feedback"]["median"] == "5.000000"
    played.do(c.VoidRound(group="D1", reason="salah"))
    told = item_of(visibility.ballot(played.state, 1, {}, "en"), "1.1")["feedback"]
    assert (told["round"], told["median"]) == (1, "3.000000")


def test_the_path_of_a_group_holds_what_the_hall_has_seen_and_nothing_of_too_few_or_of_a_voided_round() -> None:
    played = surveyed()
    played.round("D1", {seat: {"1.1": value} for seat, value in enumerate((1, 2, 3, 3, 4, 5), 1)}, items=["1.1"])
    first = {"round": 1, "median": "3.000000", "q1": "2.250000", "q3": "3.750000"}  # by hand, type 7
    assert item_of(visibility.ballot(played.state, 1, {}, "en"), "1.1")["path"] == [first]
    played.do(c.OpenRound(group="D1", items=["1.1"]))
    for seat in range(1, 4):
        played.put(seat, 2, {"1.1": 5})
    played.do(c.CloseRound(group="D1"))
    played.disclose("D1")
    assert item_of(visibility.ballot(played.state, 1, {}, "en"), "1.1")["path"] == [first]
    played.do(c.Reveal(group="D1"))
    hidden = {"round": 2, "median": None, "q1": None, "q3": None}  # three people
    assert item_of(visibility.ballot(played.state, 1, {}, "en"), "1.1")["path"] == [first, hidden]
    assert plain(visibility.ballot(played.state, 1, {}, "en"))["voided"] is None
    played.do(c.VoidRound(group="D1", reason="salah"))
    told = plain(visibility.ballot(played.state, 1, {}, "en"))
    assert (told["items"][0]["path"], told["round"], told["voided"]) == ([first], 1, 2)
    played.do(c.OpenRound(group="D1", items=["1.1"]))
    assert plain(visibility.ballot(played.state, 1, {}, "en"))["voided"] is None


def test_a_revoked_seat_has_no_ballot() -> None:
    played = surveyed()
    played.do(c.RevokeSeat(seat=2, reason="hilang"))
    for seat, code in ((2, "seat_revoked"), (99, "unknown_seat")):
        with pytest.raises(Refusal) as caught:
            visibility.ballot(played.state, seat, {}, "en")
        assert caught.value.code == code


# --- a round ----------------------------------------------------------------------------------------------------------


def test_staff_see_everything_of_a_disclosed_round_with_reasons_by_their_ids() -> None:
    played = played_round((2, 2, 2, 3, 5, 5))
    told = item_of(visibility.round_for_staff(played.state, "D1", 1, REASONS, "en"), "1.1")
    figures = plain(played.state.groups["D1"].rounds[0].figures["1.1"])
    extra = {"title", "withheld", "baseline", "reasons"}
    assert {name: value for name, value in told.items() if name not in extra} == figures
    assert told["reasons"] == [{"id": "1/1.1/1", "text": "nama pejabat", "moderated": False},
                               {"id": "1/1.1/2", "text": "data 2023", "moderated": False}]  # fmt: skip


def test_the_hall_sees_a_revealed_round_without_what_presses_single_people() -> None:
    played = played_round((2, 2, 2, 3, 5, 5))
    staff = item_of(visibility.round_for_staff(played.state, "D1", 1, REASONS, "en"), "1.1")
    told = item_of(visibility.round_for_seats(played.state, "D1", 1, REASONS, "en"), "1.1")
    assert staff["short_by"] is not None and staff["needed"] is not None
    # `reveal` showed the earlier survey and kept the reasons back.
    assert told == staff | {"short_by": None, "needed": None, "reasons": None}


def test_the_hall_waits_for_the_reveal_and_staff_for_the_disclosure() -> None:
    played = surveyed()
    played.do(c.OpenRound(group="D1", items=["1.1"]))
    for seat in range(1, 7):
        played.put(seat, 1, {"1.1": 3})
    views = (visibility.round_for_staff, visibility.round_for_seats)

    def codes() -> list[str]:
        said = []
        for view in views:
            try:
                view(played.state, "D1", 1, {}, "en")
                said.append("shown")
            except Refusal as refusal:
                said.append(refusal.code)
        return said

    seen = [codes()]
    played.do(c.CloseRound(group="D1"))
    seen.append(codes())
    played.disclose("D1")
    seen.append(codes())
    played.do(c.Reveal(group="D1"))
    seen.append(codes())
    played.do(c.VoidRound(group="D1", reason="salah"))
    seen.append(codes())
    assert seen == [["not_yet", "not_yet"], ["not_yet", "not_yet"], ["shown", "not_yet"], ["shown", "shown"],
                    ["shown", "not_yet"]]  # fmt: skip


@pytest.mark.parametrize("staff", [True, False])
def test_figures_of_four_people_are_withheld_from_everybody_and_those_of_five_are_not(staff: bool) -> None:
    view = visibility.round_for_staff if staff else visibility.round_for_seats
    played = surveyed(seats=5)
    played.state = msgspec.structs.replace(played.state, rule=played.state.rule | SMALL)
    ratings: dict[int, dict[str, Any]] = {n: {"1.1": 4, "1.2": 2} for n in range(1, 6)}
    ratings[5]["1.1"] = "no_data"
    played.round("D1", ratings, items=list(LEAVES))
    played.do(c.Reveal(group="D1", reasons=True))
    figures = played.state.groups["D1"].rounds[0].figures["1.1"]
    assert (figures.n, figures.outcome) == (4, "provisional")  # a verdict stands, and it would tell four scores
    round_ = view(played.state, "D1", 1, REASONS, "en")
    told = item_of(round_, "1.1")
    assert told == {
        "item": "1.1", "title": "Safe and affordable housing", "vote": 1, "n": 4, "seated": 5, "answered": 5,
        "withheld": True, "outcome": "provisional" if staff else None, "flags": list(figures.flags) if staff else [],
        "cannot": None, "counts": None, "median": None, "q1": None, "q3": None, "iqr": None, "pair": None,
        "in_pair": None, "needed": None, "short_by": None, "stability": None, "gap": None,
        "baseline": told["baseline"], "reasons": None,
    }  # fmt: skip
    assert round_.order is None  # the order of items would tell of the hidden one
    assert item_of(round_, "1.2")["counts"] == [0, 5, 0, 0, 0]


def test_a_higher_bar_in_the_settings_withholds_more() -> None:
    for bar, withheld in ((6, False), (7, True)):
        told = item_of(visibility.round_for_staff(played_round((3,) * 6, suppress_below=bar).state, "D1", 1, {}), "1.1")
        assert told["withheld"] is withheld


def test_an_unknown_group_and_a_round_that_never_was_are_refused() -> None:
    played = played_round((3,) * 6)
    for group, number, code in (("D9", 1, "unknown_group"), ("D1", 2, "not_yet"), ("D1", 0, "not_yet")):
        for view in (visibility.round_for_staff, visibility.round_for_seats):
            with pytest.raises(Refusal) as caught:
                view(played.state, group, number, {}, "id")
            assert caught.value.code == code
