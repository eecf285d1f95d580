"""What experts ask over HTTP: the rules with their chances, a group's figures, and who may ask."""

from tests.web_hall import Hall, problem


def test_the_rules_are_told_with_the_voices_they_ask_for_and_their_chances(hall: Hall) -> None:
    told = {rule["preset"]: rule["chance"] for rule in hall.organiser.get("/rules?raters=8").json}
    # Witness: STATISTICS.md, "7 of 8" on five points; docs/statistics.md, .033 and .401.
    assert (told["workshop"]["needed"], round(float(told["workshop"]["random"]), 3)) == (7, 0.033)
    assert (told["within-one"]["needed"], round(float(told["within-one"]["random"]), 3)) == (6, 0.401)
    assert told["workshop"] == {"raters": 8, "needed": 7, "possible": True, **{
        panel: told["workshop"][panel] for panel in ("random", "ceiling", "two_camps")}}  # fmt: skip


def test_the_rules_refuse_sizes_that_say_nothing(hall: Hall) -> None:
    for query in ("raters=0", "raters=41", "raters=x", "categories=1", "categories=12"):
        problem(hall.organiser.get(f"/rules?{query}"), 422, "malformed")
    problem(hall.caller().get("/rules"), 401, "not_signed_in")


def test_a_group_is_explained_to_staff_alone_once_a_round_is_disclosed(hall: Hall) -> None:
    hall.hold()
    here = f"{hall.here}/groups/D1/expert"
    problem(hall.organiser.get(here), 404, "not_yet")
    hall.round(1, 2, 3, 3, 4, 5)
    problem(hall.seats[0].get(here), 403, "not_allowed")
    problem(hall.organiser.get(f"{hall.here}/groups/D9/expert"), 404, "unknown_group")
    told = hall.organiser.get(here).json
    assert (told["group"], told["round"], told["raters"], told["items"]) == ("D1", 1, 6, 3)
    # By hand: six must agree; were it five, two single steps (2 to 3, 5 to 4) would do and the items be "near".
    assert (told["withheld"], told["conformity"], told["fragile"]) == (False, None, ["1.1", "1.2", "1.3"])


def test_a_new_round_is_explained_anew(hall: Hall) -> None:
    hall.hold()
    hall.round(1, 2, 3, 3, 4, 5)
    assert hall.organiser.get(f"{hall.here}/groups/D1/expert").json["round"] == 1
    hall.round(3, 3, 3, 3, 4, 5, number=2)
    told = hall.organiser.get(f"{hall.here}/groups/D1/expert").json
    # By hand: seats 1 and 2 move onto the middle 3 of every one of three items.
    assert (told["round"], told["conformity"]["toward"], told["conformity"]["away"]) == (2, 6, 0)


def test_a_group_in_which_a_person_was_erased_is_explained_no_more(hall: Hall) -> None:
    hall.hold()
    hall.round(1, 2, 3, 3, 4, 5)
    here = f"{hall.here}/groups/D1/expert"
    assert hall.organiser.get(here).json["withheld"] is False
    hall.ok("erase_seat", seat=1)
    told = hall.organiser.get(here).json
    assert (told["withheld"], told["chances"], told["concordances"], told["alpha"]) == (True, {}, [], None)
