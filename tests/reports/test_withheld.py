"""What a report must not say: figures of too few, what its copy does not open, texts not cleared, what runs."""

import re
from typing import Any

import pytest
from msgspec.structs import replace

from server.reports.report import render
from server.trail.entries import Remembered
from server.workshop import commands as c
from tests.reports.copies import Element, full, html, of_table, page, parse, public
from tests.trail.story import A, B, opened_table, played, told, votes

EVERY = [(story, language, opened) for story in ("day", "story") for language in ("en", "id")
         for opened in ("full", "public")]  # fmt: skip
WITHHELD = {"en": "withheld", "id": "tidak ditampilkan"}


def item(root: Element, name: str) -> Element:
    return root.by_id(f"i-{name}")


@pytest.mark.parametrize("language", ["en", "id"])
def test_an_item_of_four_raters_is_withheld_even_where_its_copy_opens_it(language: str) -> None:
    opened = [
        r.contents["item/b3"] for r in full(told()) if "item/b3" in r.contents and r.entry.kind == "round.assessed"
    ]
    assert [f.n for f in opened] == [4, 0]  # the second round was voided; there is something that could leak
    row = item(page("story", language), "b3")
    assert row.all("strip") == [] and row.all("middle") == [] and row.all("difference") == []
    assert row.all("withheld")[0].text == WITHHELD[language]


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_figure_that_a_public_copy_does_not_open_is_not_printed_and_said_to_be_withheld(language: str) -> None:
    names = {(r.entry.scope, r.entry.body.round, n) for r in full(told()) if r.entry.kind == "round.assessed"
             for n in r.contents}  # fmt: skip
    opened = {(r.entry.scope, r.entry.body.round, n) for r in public(told()) if r.entry.kind == "round.assessed"
              for n in r.contents}  # fmt: skip
    shut = {name.removeprefix("item/") for scope, number, name in names - opened if scope == "A" and number == 2}
    assert "a1" in shut  # its second vote is its latest and is not opened
    open_row, shut_row = item(page("story", language), "a1"), item(page("story", language, "public"), "a1")
    assert open_row.all("strip") != [] and shut_row.all("strip") == []
    assert shut_row.all("withheld") != [] and shut_row.all("difference") == []


def test_an_earlier_vote_is_never_shown_in_place_of_a_later_one_that_is_withheld() -> None:
    remembered = []
    for r in full(told()):
        later = r.entry.kind == "round.assessed" and r.entry.scope == "A" and r.entry.body.round == 2
        contents = {n: content for n, content in r.contents.items() if not (later and n == "item/a1")}
        remembered.append(Remembered(r.entry, contents))
    row = item(parse(render(remembered, note=None, vkey=None, language="en")), "a1")
    assert row.all("strip") == [] and row.all("withheld") != []


def test_without_a_single_opening_a_report_still_stands_and_holds_no_figure() -> None:
    shut = [Remembered(r.entry, {}) for r in full(told())]
    root = parse(render(shut, note=None, vkey=None, language="en"))
    assert root.all("strip") == [] and root.all("wheel") == [] and root.all("goals") == []
    assert "2 of 5" not in root.text and root.one("endings").text == "8 withheld"


@pytest.mark.parametrize(("story", "language", "opened"), EVERY)
def test_no_report_holds_a_pseudonym_or_a_text_that_was_not_cleared(story: str, language: str, opened: str) -> None:
    texts = html(story, language, opened).decode()
    assert "voice-" not in texts and "do not print this" not in texts
    if story == "story":
        assert ("two of us see it lower" in texts) is True
        assert ("the budget is given" in texts) is (opened == "full")


@pytest.mark.parametrize(("story", "language", "opened"), EVERY)
def test_a_report_stands_alone_and_runs_nothing(story: str, language: str, opened: str) -> None:
    root, raw = page(story, language, opened), html(story, language, opened).decode()
    assert re.findall(r"https?:|//[a-z]|@import|url\((?!#|&#34;data:|\"data:)", raw) == []
    assert root.all(tag="script") == [] and root.all(tag="link") == [] and root.all(tag="img") == []
    handlers = [
        name for e in root.walk() for name in e.attributes if name.startswith("on") or name in ("src", "action")
    ]
    assert handlers == []
    targets = [e.attributes["href"] for e in root.walk() if "href" in e.attributes]
    ids = {e.attributes["id"] for e in root.walk() if "id" in e.attributes}
    assert {t for t in targets if not t.startswith("#") or t[1:] not in ids} == set()


def spoiled(text: str) -> list[Remembered]:
    """The story with `text` wherever people wrote something that is printed."""
    remembered: list[Remembered] = []
    for r in of_table(played()):
        body: Any = r.entry.body
        if r.entry.kind == "workshop.created":
            body = replace(body, title=text, city=text)
        if r.entry.kind == "baseline.imported":
            body = replace(body, rows=tuple(replace(row, source=text) for row in body.rows))
        contents = {n: text if isinstance(content, str) else content for n, content in r.contents.items()}
        remembered.append(Remembered(replace(r.entry, body=body), contents))
    return remembered


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '</style></title><img src=x onerror="alert(1)">', "{{ 7*7 }} %}"]
)
def test_what_people_wrote_is_text_and_nothing_else(text: str) -> None:
    root = parse(render(spoiled(text), note=None, vkey=None, language="en"))
    assert root.all(tag="script") == [] and root.all(tag="img") == []
    heading, (quote, decision) = root.one(tag="h1"), root.all(tag="blockquote")
    assert heading.text == quote.text == decision.text == " ".join(text.split())
    assert root.one("gaps").one("note").text == " ".join(text.split())
    assert "".join(map(str, root.one(tag="head").one(tag="title").children)) == f"{text} – Workshop report"


def test_a_movement_of_fewer_than_five_who_voted_twice_is_withheld() -> None:
    table = opened_table()
    items = {name: [3] * 8 for name in ("a1", "a2", "a3", "a4", "a5")}
    table.round("A", {seat: given for seat, given in votes(A, **items).items() if seat <= 6}, items="all")
    table.round("A", {seat: given for seat, given in votes(A, **items).items() if seat >= 3}, items="all")
    figures = table.state.groups["A"].current.figures["a1"]
    assert figures.stability is not None and figures.stability.paired == 4 and figures.n == 6
    row = item(parse(render(of_table(table), note=None, vkey=None, language="en")), "a1")
    assert row.one("c-verdict").all("block")[0].text == "movement withheld"


def test_a_group_that_has_not_voted_is_reported_as_it_stands() -> None:
    table = opened_table()
    table.round("B", votes(B, b1=[2] * 6, b2=[3] * 6, b3=[4] * 6), items="all")
    table.do(c.OpenRound(group="A"))
    root = parse(render(of_table(table), note=None, vkey=None, language="en"))
    assert "Preliminary" in root.one("cover").text
    assert item(root, "a1").all("strip") == [] and item(root, "b1").one("in-pair").text == "6 of 6"
    assert root.all("endings") == []
