"""The pages say what the code does: settings, events, refusals, verbs, and links that lead somewhere."""

import re
from pathlib import Path

import pytest

import config
from tests import house, tables

DOCS = house.ROOT / "docs"
PAGES = sorted([house.ROOT / "README.md", house.ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])


def missing(names: "set[str]", *pages: Path) -> "set[str]":
    """Names that stand in none of the pages as code."""
    text = "\n".join(page.read_text("utf-8") for page in pages)
    words = {word for code in re.findall(r"`([^`\n]+)`", text) for word in re.split(r"[\s{}|,()\[\]]+", code)}
    return names - words - set(re.findall(r"`([^`\n]+)`", text))


def test_the_page_of_settings_is_what_the_settings_say() -> None:
    assert (DOCS / "settings.md").read_text("utf-8") == config.page()


@pytest.mark.parametrize("name", ["protocol.md", "trail.md"])
def test_the_tables_of_a_page_are_what_the_types_say(name: str) -> None:
    page = (DOCS / name).read_text("utf-8")
    assert page == tables.redrawn(page), "run: python -m tests.tables"


def test_every_table_that_is_drawn_stands_on_a_page() -> None:
    text = "".join(page.read_text("utf-8") for page in PAGES)
    assert [name for name in tables.TABLES if f"<!-- table: {name} -->" not in text] == []


def test_every_setting_is_explained_in_one_sentence() -> None:
    for name, about in ((knob.name, knob.metadata) for knob in config.fields(config.Settings)):
        assert re.fullmatch(r"[A-Z][^.]*\.", about["doc"]), f"{name}: write one sentence"
        assert about["kind"].accepts, f"{name}: say what works"


def test_every_event_kind_stands_on_the_page_of_the_trail() -> None:
    from server.workshop.events import KINDS

    assert missing(set(KINDS), DOCS / "trail.md") == set()


def test_every_refusal_code_stands_on_the_page_of_the_protocol() -> None:
    from server.workshop.refusals import CODES

    assert missing(set(CODES), DOCS / "protocol.md") == set()


def test_every_refusal_speaks_both_languages() -> None:
    from server.workshop.refusals import CODES

    assert {code: set(sentences) for code, sentences in CODES.items() if set(sentences) != {"en", "id"}} == {}


def test_every_verb_of_the_command_line_stands_on_its_page() -> None:
    from server.cli import VERBS

    assert missing(set(VERBS), DOCS / "commands.md") == set()


def test_every_target_of_make_is_named_by_help() -> None:
    targets = re.findall(r"^([a-z-]+):(.*)$", (house.ROOT / "Makefile").read_text("utf-8"), re.M)
    assert [name for name, rest in targets if "## " not in rest] == []
    assert {name for name, _ in targets} >= {"help", "setup", "demo", "serve", "test", "check", "bench", "faults"}


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (house.ROOT / "Makefile").read_text("utf-8"), re.M))
    named = {name for page in PAGES for name in re.findall(r"\bmake ([a-z-]+)\b(?=`|\s+#)", page.read_text("utf-8"))}
    assert named - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(house.ROOT)))
def test_a_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:\s]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_index_leads_to_every_page_and_to_every_decision() -> None:
    index = set(re.findall(r"\]\(([^)]+)\)", (DOCS / "README.md").read_text("utf-8")))
    assert {page.name for page in DOCS.glob("*.md")} - {"README.md"} - index == set()
    decisions = set(re.findall(r"\]\(([^)]+)\)", (DOCS / "adr/README.md").read_text("utf-8")))
    assert {page.name for page in (DOCS / "adr").glob("[0-9]*.md")} == decisions


def test_a_name_that_no_page_mentions_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("`round.opened` and `POST /join {code}` but not round.closed\n")
    assert missing({"round.opened", "code", "round.closed"}, page) == {"round.closed"}
