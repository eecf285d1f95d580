"""The pages on statistics in both languages: their examples give what they print, and both say the same."""

from __future__ import annotations

import doctest
import re
from collections.abc import Mapping

import pytest

import consensus
from server.web.reading import SOURCES, anchors
from tests import house

# What every section says of its measure, in this order.
MARKS = {
    "en": ("Asks", "Formula", "Missing, tied", "Small panels", "Read as", "Not for"),
    "id": ("Menjawab", "Rumus", "Kosong, sama", "Kelompok kecil", "Dibaca", "Bukan untuk"),
}
LANGUAGES = pytest.mark.parametrize("language", MARKS)
TEXTS: Mapping[str, str] = {language: path.read_text("utf-8") for language, path in SOURCES.items()}


def sections(language: str) -> list[str]:
    """The text of each section that explains measures, without the one before the first."""
    return re.split(r"^## ", TEXTS[language], flags=re.M)[1:]


def examples(text: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", text, flags=re.M | re.S)


def names(text: str) -> set[str]:
    """What stands as code in running text."""
    return set(re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)))


def test_the_pages_are_those_of_the_documentation() -> None:
    assert {language: path.relative_to(house.ROOT).as_posix() for language, path in SOURCES.items()} == {
        "en": "docs/statistics.md", "id": "docs/statistics.id.md",
    }  # fmt: skip


@LANGUAGES
def test_the_examples_of_a_page_give_what_it_prints(language: str) -> None:
    result = doctest.testfile(str(SOURCES[language]), module_relative=False, encoding="utf-8")  # type: ignore[index]  # both are languages
    assert (result.failed, result.attempted > 50) == (0, True)


def test_both_pages_have_the_same_sections_under_the_same_addresses() -> None:
    english, indonesian = (anchors(TEXTS[language]) for language in ("en", "id"))
    assert english == indonesian
    assert len(english) == len(set(english)) == 18


def test_both_pages_show_the_same_examples_and_name_the_same_calls_section_by_section() -> None:
    pairs = list(zip(sections("en"), sections("id"), strict=True))
    assert [one.partition("\n")[0] for one, other in pairs if examples(one) != examples(other)] == []
    assert [one.partition("\n")[0] for one, other in pairs if names(one) != names(other)] == []


@LANGUAGES
def test_every_section_says_all_that_a_measure_needs_said_in_order(language: str) -> None:
    wanted = [f"**{mark}**" for mark in MARKS[language]]
    for text in sections(language):
        found = [mark for mark in re.findall(r"^\*\*[^*]+\*\*(?=:)", text, flags=re.M) if mark in wanted]
        assert found == wanted, text.partition("\n")[0]
        assert examples(text), text.partition("\n")[0]


def test_every_public_call_stands_on_the_page() -> None:
    calls = {name for name in consensus.__all__ if name.islower()}
    words = {word for code in re.findall(r"`+([^`]+)`+", TEXTS["en"]) for word in re.findall(r"\w+", code)}
    assert calls - words == set()
