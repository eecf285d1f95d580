"""Answers of one seat: revisions, keys, and each refusal by its code, against PROTOCOL.md's `answers.put`."""

import pytest

from server.workshop import commands as c
from server.workshop import orders as o
from server.workshop.answering import Standing, ballot_group, decide_answers
from server.workshop.refusals import CODES, Refusal
from server.workshop.texts import clean
from tests.workshop.play import Table, table


def opened() -> Table:
    played = table()
    played.do(c.OpenRound(group="D1", items=["1.1", "1.2"]))
    return played


def answer(item: str = "1.1", value: int | None = 3, rev: int = 1, key: str = "k", **more: object) -> c.AnswerIn:
    return c.AnswerIn(item=item, rev=rev, key=key, value=value, **more)


def told(played: Table, *answers: c.AnswerIn, standing: dict[str, Standing] | None = None, number: int = 1):
    return decide_answers(played.state, 1, c.PutAnswers(number, list(answers)), standing or {}, "en")


def codes(result) -> list[str]:
    return [refused["code"] for refused in result.refused]


def test_each_answer_of_a_message_stands_or_falls_alone() -> None:
    result = told(opened(), answer(), answer("1.2", 6, key="z"))
    assert result.saved == ({"item": "1.1", "rev": 1, "key": "k"},)
    assert result.refused == (
        {"item": "1.2", "key": "z", "code": "off_scale", "rev": 0,
         "message": "6 is off the scale; choose from 1 to 5."},
    )  # fmt: skip
    assert [kept.item for kept in result.kept] == ["1.1"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (answer(value=0), "off_scale"),
        (answer("1.3"), "item_not_in_round"),
        (answer("12.4"), "unknown_item"),
        (answer(cannot="no_data"), "value_and_cannot"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_by_name(sent: c.AnswerIn, code: str) -> None:
    result = told(opened(), sent)
    assert (codes(result), result.saved, result.kept) == ([code], (), ())


def test_the_highest_revision_stands() -> None:
    standing = {"1.1": Standing(5, "k5")}
    assert codes(told(opened(), answer(rev=4), standing=standing)) == ["superseded"]
    assert codes(told(opened(), answer(rev=5, key="other"), standing=standing)) == ["superseded"]
    again = told(opened(), answer(rev=5, key="k5"), standing=standing)
    assert (again.saved, again.kept) == (({"item": "1.1", "rev": 5, "key": "k5"},), ())
    assert [k.rev for k in told(opened(), answer(rev=6), standing=standing).kept] == [6]


def test_a_refused_answer_tells_the_revision_that_stands() -> None:
    assert told(opened(), answer(rev=1), standing={"1.1": Standing(5, "x")}).refused[0]["rev"] == 5


def test_the_same_item_twice_in_a_message_is_kept_once() -> None:
    result = told(opened(), answer(rev=1), answer(rev=2, key="k2"))
    assert (codes(result), [k.rev for k in result.kept]) == (["duplicate_item"], [1])


def test_null_without_a_reason_withdraws() -> None:
    kept = told(opened(), answer(value=None, rev=2), standing={"1.1": Standing(1, "k")}).kept
    assert [(k.value, k.cannot) for k in kept] == [(None, None)]


def test_nothing_is_taken_while_paused_closed_or_in_another_round() -> None:
    played = opened()
    assert codes(told(played, answer(), number=2)) == ["round_not_open"]
    played.do(c.PauseRound(group="D1"))
    assert codes(told(played, answer())) == ["round_paused"]
    played.do(c.CloseRound(group="D1"))
    assert codes(told(played, answer())) == ["round_not_open"]


def test_a_revoked_or_unknown_seat_may_not_vote_at_all() -> None:
    played = opened()
    played.do(c.RevokeSeat(seat=1, reason="x"))
    with pytest.raises(Refusal, match="Seat 1 is revoked"):
        told(played, answer())
    with pytest.raises(Refusal, match="no seat 99"):
        decide_answers(played.state, 99, c.PutAnswers(1, [answer()]), {})


def test_an_absent_seat_that_answers_is_back() -> None:
    played = opened()
    played.do(c.MarkAbsent(seat=1))
    assert told(played, answer()).returns
    assert not told(played, answer(value=9)).returns


def test_the_plenarys_results_stay_on_a_phone_until_its_own_group_opens_something_newer() -> None:
    groups = (o.GroupIn(id="D1", node="D1"), o.GroupIn(id="P", kind="plenary", items=["1.1"], name={"en": "All"}))
    played = table(groups=groups)
    played.do(c.OpenRound(group="D1"))
    played.do(c.CloseRound(group="D1"))
    seen = []
    for order in (c.OpenRound(group="P"), c.CloseRound(group="P"), c.ReopenRound(group="D1"), c.CloseRound(group="D1"),
                  c.VoidRound(group="P", reason="no time"), c.Conclude(group="P")):  # fmt: skip
        played.do(order)
        seen.append(ballot_group(played.state, 1).id)
    assert seen == ["P", "P", "D1", "P", "D1", "D1"]


def test_a_seat_sees_its_own_groups_ballot_and_the_plenarys_while_only_that_votes() -> None:
    groups = (o.GroupIn(id="D1", node="D1"), o.GroupIn(id="P", kind="plenary", items=["1.1"], name={"en": "All"}))
    played = table(groups=groups)
    assert ballot_group(played.state, 1).id == "D1"
    played.do(c.OpenRound(group="P"))
    assert ballot_group(played.state, 1).id == "P"
    played.do(c.OpenRound(group="D1"))
    assert ballot_group(played.state, 1).id == "D1"
    named = c.PutAnswers(1, [answer()], "P")
    assert decide_answers(played.state, 1, named, {}).group == "P"
    with pytest.raises(Refusal, match="no group D4"):
        decide_answers(played.state, 1, c.PutAnswers(1, [answer()], "D4"), {})


def test_texts_are_kept_in_nfc_without_control_characters() -> None:
    assert clean(" cafe\u0301\x00\x07\n ") == "caf\u00e9"
    assert clean("a\ud800b") == "ab"
    assert clean("\x00") is None


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_is_one_sentence_in_both_languages_with_the_same_blanks(code: str) -> None:
    import string

    blanks = [{name for _, name, _, _ in string.Formatter().parse(CODES[code][la]) if name} for la in ("en", "id")]
    assert blanks[0] == blanks[1]
    assert all(CODES[code][la].endswith(".") and "\n" not in CODES[code][la] for la in ("en", "id"))
