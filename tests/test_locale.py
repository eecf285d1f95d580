"""Numbers on screen; the strings for 103 of 156 are those of the workshop's report, the others are by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from server.locale import Language, decimal_text, percent_text


@pytest.mark.parametrize(
    ("part", "whole", "indonesian", "english"),
    [
        (103, 156, "66,03 %", "66.03%"),
        (156, 156, "100 %", "100%"),
        (0, 156, "0 %", "0%"),
        (1, 8, "12,50 %", "12.50%"),
        (1, 2, "50 %", "50%"),
        (1, 20000, "0,01 %", "0.01%"),  # 0.005 rounds half up
        (0, 0, "–", "–"),
    ],
)
def test_a_share_is_written_as_each_language_writes_it(part: int, whole: int, indonesian: str, english: str) -> None:
    assert (percent_text(part, whole, "id"), percent_text(part, whole, "en")) == (indonesian, english)


@pytest.mark.parametrize(
    ("value", "places", "language", "text"),
    [
        (2.1, 1, "id", "2,1"),
        (2.1, 2, "en", "2.10"),
        ("2.345000", 2, "id", "2,35"),
        (Decimal("-0.25"), 1, "en", "-0.3"),
        (-0.04, 1, "id", "0,0"),
        (1234567.5, 0, "id", "1.234.568"),
        (1234567.5, 0, "en", "1,234,568"),
        (None, 2, "id", "–"),
    ],
)
def test_a_number_has_the_decimals_asked_for_and_the_marks_of_its_language(
    value: float | str | Decimal | None, places: int, language: Language, text: str
) -> None:
    assert decimal_text(value, places, language) == text
