"""Every figure in a report is the trail's, to the last digit shown. Witness: the contents, rounded here."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from consensus import PRESETS, chance_of_consensus
from server.workshop.contents import EndingContent, ItemFigures, NodeFigures
from tests.reports.copies import STORIES, Element, full, page

BOTH = pytest.mark.parametrize("language", ["en", "id"])
EACH = pytest.mark.parametrize("story", ["day", "story"])
GOALS = {"day": [f"G{n}" for n in range(1, 13)], "story": ["A1", "A2", "B1"]}
STREAMS = {"day": ["interview", "metric", "workshop"], "story": ["interview", "metric", "workshop", "plenary"]}


def number(text: str, language: str) -> Decimal:
    """A number as printed, read back."""
    plain = text.strip().replace("−", "-")
    return Decimal(plain.replace(",", ".") if language == "id" else plain)


def numbers(text: str, language: str) -> list[Decimal]:
    mark = "," if language == "id" else r"\."
    return [number(found, language) for found in re.findall(rf"[−+]?\d+(?:{mark}\d+)?", text)]


def two(value: str) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def told(story: str) -> tuple[dict[tuple[str, str], ItemFigures], dict[str, EndingContent], dict[str, NodeFigures]]:
    """Straight from the entries: the latest counted figures by group and item, endings by item, nodes by name."""
    votes: dict[tuple[str, str], ItemFigures] = {}
    pending: dict[str, dict[str, ItemFigures]] = {}
    before: dict[str, dict[str, ItemFigures]] = {}
    endings: dict[str, EndingContent] = {}
    nodes: dict[str, NodeFigures] = {}
    for remembered in full(STORIES[story]()):
        kind, scope, contents = remembered.entry.kind, remembered.entry.scope, dict(remembered.contents)
        if kind == "round.assessed":
            pending[scope] = {f.item: f for n, f in contents.items() if n != "group" and f.outcome != "insufficient"}
            before[scope] = {item: f for (group, item), f in votes.items() if group == scope}
            votes |= {(scope, item): f for item, f in pending[scope].items()}
        elif kind == "round.voided":
            votes = {key: f for key, f in votes.items() if key[0] != scope}
            votes |= {(scope, item): f for item, f in before[scope].items()}
        elif kind == "group.concluded":
            endings |= {name.removeprefix("item/"): e for name, e in contents.items()}
        elif kind == "index.frozen":
            nodes = contents
    return votes, endings, nodes


def row_of(root: Element, group: str, item: str) -> Element:
    return root.by_id(f"p-i-{item}" if group == "P" else f"i-{item}")


def cells(story: str, language: str) -> list[tuple[Element, ItemFigures]]:
    found = [(row_of(page(story, language), *key), f) for key, f in told(story)[0].items() if f.n >= 5]
    assert len(found) == {"day": 48, "story": 8}[story]
    return found


@EACH
@BOTH
def test_counts_middle_and_pair_of_every_item_are_those_of_its_latest_counted_vote(story: str, language: str) -> None:
    for row, f in cells(story, language):
        strip = row.one("strip")
        assert numbers(row.one("n").text, language) == [f.n]
        assert len(strip.all("f-dot", "circle")) == f.n
        assert [int(t.text) for t in strip.all("f-count")] == [count for count in f.counts if count]
        assert f.median is not None and f.q1 is not None and f.q3 is not None
        assert number(row.all("middle")[0].text, language) == two(f.median)
        assert numbers(row.one("half").text, language) == list(dict.fromkeys([two(f.q1), two(f.q3)]))
        assert numbers(row.one("in-pair").text, language) == [f.in_pair, f.n]
        chance = chance_of_consensus(PRESETS["workshop"], f.n, range(1, 6))
        assert chance > 0 and numbers(row.one("needed-of").text, language) == [f.needed, max(1, round(100 * chance))]
        assert ("<" in row.one("needed-of").text) == (chance < 0.01)


@EACH
@BOTH
def test_what_a_figure_says_to_a_screen_reader_are_its_counts(story: str, language: str) -> None:
    for row, f in cells(story, language):
        said = numbers(row.one("strip").attributes["aria-label"].replace(", ", " "), language)
        assert said == [n for k, count in enumerate(f.counts, 1) if count for n in (count, k)]


@EACH
@BOTH
def test_every_movement_is_that_of_the_raters_who_voted_twice(story: str, language: str) -> None:
    for row, f in cells(story, language):
        if f.stability is None or f.stability.paired < 5 or f.stability.median_shift is None:
            continue
        shift = [two(f.stability.median_shift)] if float(f.stability.median_shift) else []
        line = row.one("c-verdict").all("block")[0].text
        assert numbers(line, language) == [*shift, f.stability.changed, f.stability.paired]


@EACH
@BOTH
def test_every_difference_and_every_score_of_the_survey_stands_in_its_row(story: str, language: str) -> None:
    state = STORIES[story]().state
    for row, f in cells(story, language):
        rows = sorted((stream, r.score) for stream, r in state.baseline_of(f.item).items() if r.score is not None)
        gap = row.one("c-gap")
        assert [number(e.text, language) for e in gap.all("score")] == [two(score) for _, score in rows]
        differences = [f.gap[stream].difference for stream, _ in rows]
        assert [number(e.text, language) for e in gap.all("difference")] == [two(d) for d in differences if d]


@EACH
@BOTH
def test_every_ending_has_the_value_and_the_camps_that_were_stamped(story: str, language: str) -> None:
    endings = told(story)[1]
    for item, ending in endings.items():
        cell = page(story, language).by_id(f"i-{item}").one("c-ending")
        assert cell.all(f"chip--{ending.ending}"), item
        assert [number(e.text, language) for e in cell.all("value")] == ([two(ending.value)] if ending.value else [])
        camps = cell.all("block")
        assert [n for e in camps for n in numbers(e.text, language)] == list(ending.camps or ())


@EACH
@BOTH
def test_every_goal_has_the_frozen_value_or_span_and_its_share_of_agreed_items(story: str, language: str) -> None:
    nodes, root = told(story)[2], page(story, language)
    rows = [r for r in root.one("goals").all(tag="tr") if r.all("bar")]
    assert len(rows) == len(GOALS[story])
    for row, goal in zip(rows, GOALS[story], strict=True):
        node = nodes[f"node/{goal}/agreed"]
        value, share = row.all("number")
        ends = [node.value] if node.value is not None else [node.low, node.high]
        assert numbers(value.text, language) == [two(end) for end in ends if end is not None]
        assert share.text == f"{node.agreed}/{node.of}"


@EACH
@BOTH
def test_every_stream_stands_beside_the_others_with_its_own_value(story: str, language: str) -> None:
    nodes, root = told(story)[2], page(story, language)
    rows = root.one("streams").one(tag="tbody").all(tag="tr")
    for row, goal in zip(rows, GOALS[story], strict=True):
        for cell, stream in zip(row.all("number"), STREAMS[story], strict=False):
            value = nodes[f"node/{goal}/{stream}"].value
            said = cell.text.split()[0]
            assert said == "–" if value is None else number(said, language) == two(value)


@pytest.mark.parametrize(("language", "interview", "metric"), [("en", "100%", "66.03%"), ("id", "100 %", "66,03 %")])
def test_completeness_is_written_as_each_language_writes_it(language: str, interview: str, metric: str) -> None:
    said = page("day", language).one("profile").text
    assert f"({interview})" in said and f"({metric})" in said
    assert ("103 of 156" if language == "en" else "103 dari 156") in said


@BOTH
def test_the_shared_order_is_the_trails_and_is_said_from_five_items_and_seven_raters_up(language: str) -> None:
    latest: dict[str, Any] = {}
    for remembered in full(STORIES["story"]()):
        if remembered.entry.kind == "round.assessed":
            latest[remembered.entry.scope] = remembered.contents["group"]
    a, b, p = page("story", language).all("group")
    assert (latest["A"].items, latest["A"].raters) == (5, 8)
    assert two(latest["A"].w) in numbers(a.one("lead").text, language)
    assert (latest["P"].items, latest["P"].raters) == (2, 14)  # two items have no order worth a word
    assert "W*" not in p.text and "W*" not in b.one("lead").text


@BOTH
def test_the_endings_on_the_first_page_add_up_to_every_item(language: str) -> None:
    counted = [int(e.text) for e in page("day", language).one("endings").all("number")]
    endings = told("day")[1]
    kinds = [e.ending for e in endings.values()]
    order = ["agreed", "agreed_with_reservation", "unconfirmed", "decided", "not_agreed", "not_rated"]
    assert counted == [kinds.count(kind) for kind in order if kind in kinds]
    assert sum(counted) == 52


@BOTH
def test_every_gap_that_is_not_close_is_reviewed_widest_first(language: str) -> None:
    votes, rows = told("day")[0], page("day", language).one("gaps").one(tag="tbody").all(tag="tr")
    sizes = [g for f in votes.values() if f.n >= 5 for g in f.gap.values() if g.size != "close"]
    explained = page("day", language).one("gaps").all("difference")
    said = [abs(number(e.text, language)) for e in explained]
    assert said == sorted(said, reverse=True)
    assert sorted(d for d in said if d >= Decimal("0.5")) == sorted(abs(two(g.difference or "0")) for g in sizes)
    people = {tuple(int(n) for n in row.one("people-of").text.split(" · ")) for row in rows}
    assert people >= {(g.above, g.same, g.below) for g in sizes}
