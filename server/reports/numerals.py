"""Figures of the trail as people read them: rounded half up, with the marks of their language. Computes nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from babel.dates import format_date

from server.locale import NOTHING, Language, decimal_text, percent_text

Figure = str | float | int | None
MINUS = "−"
PLACES = 2


class Numerals:
    """Numbers and dates of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def score(self, value: Figure) -> str:
        """A place on the scale without idle zeros: `3`, `2.5`, `2.75`; a dash where there is none."""
        if value is None:
            return NOTHING
        rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP).normalize()
        exponent = rounded.as_tuple().exponent
        text = decimal_text(rounded, max(0, -exponent) if isinstance(exponent, int) else 0, self.language)
        return text.replace("-", MINUS)

    def fixed(self, value: Figure) -> str:
        """A mean or a coefficient with two decimals, so that a column of them can be compared."""
        return decimal_text(value, PLACES, self.language).replace("-", MINUS)

    def tenth(self, value: Figure) -> str:
        """Percent points with one decimal."""
        return decimal_text(value, 1, self.language)

    def whole(self, value: int) -> str:
        """A count as the language groups it: `2,000`, `2.000`."""
        return decimal_text(value, 0, self.language)

    def half(self, low: Figure, high: Figure) -> str:
        """The middle half of the scores, `2–4`; one number where both ends are the same."""
        ends = self.score(low), self.score(high)
        return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"

    def span(self, low: Figure, high: Figure) -> str:
        """Where a mean may lie, `2.25–3.75`; both ends even where they are the same, for it is no agreed value."""
        return f"{self.fixed(low)}–{self.fixed(high)}"

    def signed(self, value: Figure) -> str:
        """A difference with its sign: `+0.67`, `−1.10`, `0.00`."""
        text = self.fixed(value)
        if value is None or not text.strip("0.,"):
            return text
        return text if text.startswith(MINUS) else f"+{text}"

    def chance(self, value: Figure) -> str:
        """A probability with three decimals, with a sign of relation where less than a thousandth is left."""
        if value is not None and Decimal(str(value)) < Decimal("0.001"):
            return f"< {decimal_text('0.001', 3, self.language)}"
        return decimal_text(value, 3, self.language)

    def share(self, part: int, whole: int) -> str:
        """A share in percent: `66.03%`, `66,03 %`."""
        return percent_text(part, whole, self.language)

    def percent(self, value: int | str | Fraction) -> str:
        """A percentage of a rule, which may be written as a fraction: `75%`, `66.67%`."""
        exact = Fraction(value) / 100
        return percent_text(exact.numerator, exact.denominator, self.language)

    def odds(self, share: Figure) -> str:
        """A share from 0 to 1 in whole percent, and never a false zero: `33%`, `< 1%`."""
        if share is None:
            return NOTHING
        if 0 < float(share) < 0.01:
            return f"< {self.percent(1)}"
        return self.percent(round(100 * float(share)))

    def date(self, at: str | None) -> str:
        """The day of a trail time, in UTC as the trail has it: `22 November 2026`."""
        return NOTHING if at is None else str(format_date(_moment(at).date(), "d MMMM y", self.language))

    def time(self, at: str | None) -> str:
        """Day and minute of a trail time: `22 November 2026, 02.15 UTC` in Indonesian, `02:15` in English."""
        if at is None:
            return NOTHING
        colon = "." if self.language == "id" else ":"
        return f"{self.date(at)}, {_moment(at).strftime(f'%H{colon}%M')} UTC"


def _moment(at: str) -> datetime:
    return datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
