"""The page on statistics: its examples give what it prints, and no public call is missing from it."""

from __future__ import annotations

import doctest
import re

import consensus
from tests import house

PAGE = house.ROOT / "docs/statistics.md"


def test_the_examples_of_the_page_give_what_it_prints() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 50) == (0, True)


def test_every_public_call_stands_on_the_page() -> None:
    calls = {name for name in consensus.__all__ if name.islower()}
    words = {word for code in re.findall(r"`+([^`]+)`+", PAGE.read_text("utf-8")) for word in re.findall(r"\w+", code)}
    assert calls - words == set()


def test_every_section_says_what_it_asks_and_when_not_to_use_it() -> None:
    sections = PAGE.read_text("utf-8").split("\n## ")[1:-1]
    short = [text.partition("\n")[0] for text in sections if "**Asks**" not in text or "**Not for**" not in text]
    assert short == []
