"""Numbers as people read them in each language of the screens. Formats; never computes a figure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel.numbers import format_decimal, format_percent

Language = Literal["en", "id"]

NOTHING = "–"

# Babel's own Indonesian pattern sets the sign close (66%); official Indonesian spelling leaves a space before it.
_PERCENT = {"en": "{}%", "id": "{} %"}


def decimal_text(value: float | str | Decimal | None, places: int, language: Language) -> str:
    """A number with a fixed count of decimals, rounded half up: 2.1 to two places is `2,10` in Indonesian.

    A dash where there is no number. Decimal strings are taken exactly, floats by their shortest form.
    """
    if value is None:
        return NOTHING
    return str(format_decimal(_rounded(Decimal(str(value)), places), _pattern(places), language))


def percent_text(part: int, whole: int, language: Language) -> str:
    """A share in percent to two decimals, none where it is whole: `66,03 %`, `66.03%`, `100 %`; a dash of nothing."""
    if whole == 0:
        return NOTHING
    places = 0 if part * 100 % whole == 0 else 2
    share = _rounded(Decimal(part * 100) / Decimal(whole), places) / 100
    return str(format_percent(share, _PERCENT[language].format(_pattern(places)), language))


def _pattern(places: int) -> str:
    return f"#,##0.{'0' * places}".rstrip(".")


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # no minus before a zero
