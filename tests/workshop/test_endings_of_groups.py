"""Each ending from a played group, and the index that is frozen from them; worked by hand."""

from server.workshop import commands as c
from server.workshop.contents import EndingContent, NodeFigures
from server.workshop.freezing import freeze_drafts
from tests.workshop.play import table


def test_every_ending_is_reached_and_frozen() -> None:
    played = table(seats=8)
    seats = range(1, 9)
    camp = [1, 1, 1, 1, 5, 5, 5, 5]
    one = {n: {"1.1": 4, "1.2": 4, "1.3": camp[n - 1], "1.4": 2, "2.1": camp[n - 1]} for n in seats}
    played.round("D1", one, items=["1.1", "1.2", "1.3", "1.4", "2.1"])
    two = {n: {"1.1": 4, "1.2": 4, "1.3": camp[n - 1], "2.1": camp[n - 1]} for n in seats}
    played.round("D1", two, items=["1.1", "1.2", "1.3", "2.1"])
    played.do(c.AttachMinority(group="D1", item="1.2", text="two of us doubt it", public=True))
    played.do(c.DecideItem(group="D1", item="1.3", value=2, reason="the audit"))
    told = played.do(c.Conclude(group="D1")).reply["endings"]
    assert {k: told[k] for k in ("1.1", "1.2", "1.3", "1.4", "2.1", "1.5")} == {
        "1.1": "agreed", "1.2": "agreed_with_reservation", "1.3": "decided", "1.4": "unconfirmed",
        "2.1": "not_agreed", "1.5": "not_rated",
    }  # fmt: skip
    endings = played.state.groups["D1"].endings
    assert endings["1.1"] == EndingContent("agreed", "4.000000", None, 2)
    assert endings["1.3"] == EndingContent("decided", "2.000000", None, 2)
    assert endings["1.4"] == EndingContent("unconfirmed", "2.000000", None, 1)
    assert endings["2.1"] == EndingContent("not_agreed", None, (1, 5), 2)
    assert endings["1.5"] == EndingContent("not_rated", None, None, None)
    nodes = freeze_drafts(played.state)[0].contents
    # G1 holds 1.1–1.5: agreed 4, 4; decided 2; 1.4 unconfirmed with both quartiles 2; 1.5 anything from 1 to 5
    assert nodes["node/G1/agreed"] == NodeFigures(None, "2.600000", "3.400000", 2, 5)
    assert nodes["node/1.3/agreed"] == NodeFigures("2.000000", None, None, 0, 1)
    assert nodes["node/2.1/agreed"] == NodeFigures(None, "1.000000", "5.000000", 0, 1)
    assert nodes["node/G1/workshop"] == NodeFigures("3.250000", None, None, 4, 5)
    assert not any(name.endswith(("/plenary", "/interview", "/metric")) for name in nodes)
