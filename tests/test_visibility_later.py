"""What leaves of the profile and of the trail, and what does not: compared by equality, with something to leak."""

from typing import Any

import msgspec
import pytest

from server import visibility
from server.workshop import commands as c
from server.workshop.freezing import freeze_drafts
from server.workshop.refusals import Refusal
from tests.visible import LEAVES, SMALL, plain, played_round, surveyed
from tests.workshop.play import ORGANISER, Table

# --- the profile ------------------------------------------------------------------------------------------------------


def nodes(played: Table) -> dict[str, Any]:
    return dict(freeze_drafts(played.state)[0].contents)


def test_a_value_that_too_few_rated_is_hidden_with_every_sum_it_could_be_taken_from() -> None:
    played = surveyed(seats=5)
    played.state = msgspec.structs.replace(played.state, rule=played.state.rule | SMALL)
    ratings: dict[int, dict[str, Any]] = {n: {"1.1": 4, "1.2": 2} for n in range(1, 6)}
    ratings[5]["1.1"] = "no_data"
    played.round("D1", ratings, items=list(LEAVES))
    view = plain(visibility.profile_view(played.state, nodes(played), "en"))
    told = {node["id"]: node["streams"] for node in view["nodes"]}
    assert nodes(played)["node/1.1/workshop"].value == "4.000000"  # here is what could leak
    hidden = {node for node, streams in told.items() if streams["workshop"]["withheld"]}
    assert hidden == {"D1", "G1", "1.1"}
    for node in hidden:
        workshop, agreed = told[node]["workshop"], told[node]["agreed"]
        assert [workshop[name] for name in ("value", "low", "high", "percent", "band")] == [None] * 5
        assert (agreed["value"], agreed["low"], agreed["high"]) == (None, None, None)
    assert told["1.2"]["workshop"]["value"] == "2.000000"
    assert told["1.1"]["interview"]["value"] == "1.500000"


def test_the_hall_waits_for_the_freeze() -> None:
    played = played_round((3,) * 6)
    for language, said in (("en", "the index is frozen"), ("id", "indeks dibekukan")):
        with pytest.raises(Refusal) as caught:
            visibility.profile_view(played.state, nodes(played), language, staff=False)  # type: ignore[arg-type]  # both are languages
        assert (caught.value.code, caught.value.detail) == ("not_yet", {"when": said})


def test_completeness_stands_by_stream_and_node_and_nowhere_else() -> None:
    told = plain(visibility.profile_view(surveyed().state, nodes(surveyed()), "en"))
    assert told["completeness"] == {"interview": {"answered": 3, "asked": 3, "text": "100%"},
                                    "metric": {"answered": 2, "asked": 3, "text": "66.67%"}}  # fmt: skip
    goal = next(node for node in told["nodes"] if node["id"] == "G1")
    assert goal["streams"]["metric"]["completeness"] == {"answered": 2, "asked": 3, "text": "66.67%"}
    assert goal["streams"]["workshop"]["completeness"] is None


# --- the trail --------------------------------------------------------------------------------------------------------


def test_the_hall_reads_no_entry_that_tells_scores_seats_or_decisions_before_the_freeze() -> None:
    played = played_round((2, 2, 2, 3, 5, 5))
    played.do(c.DecideItem(group="D1", item="1.1", value=3, reason="pimpinan"))
    played.do(c.ExplainGap(group="D1", item="1.1", cause="scope", note="cakupan"))
    played.do(c.Annotate(text="catatan"))
    entries = [entry for entry, _ in played.entries]
    seen = ["workshop.created", "framework.fixed", "rule.fixed", "settings.fixed", "workshop.started", "round.opened",
            "round.closed", *["ballot.cast"] * 6, "round.assessed", "figures.revealed"]  # fmt: skip
    for viewer in ("seat", "display"):
        assert [e.kind for e in visibility.entries_for(played.state, viewer, entries)] == seen  # type: ignore[arg-type]  # both are viewers
    assert visibility.entries_for(played.state, "staff", entries) == entries
    for group in played.state.groups:
        played.do(c.Conclude(group=group), ORGANISER)
    played.do(c.Freeze())
    everything = [entry for entry, _ in played.entries]
    assert visibility.entries_for(played.state, "seat", everything) == everything
