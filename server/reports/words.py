"""The sentences of reports in the reader's language, from `translations/<language>/LC_MESSAGES/reports.po`.

Owns how a catalogue is read and filled in. Never holds a translation, and never formats a number.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from server.locale import Language
from server.reports import ReportError

LANGUAGES: tuple[Language, ...] = get_args(Language)
DOMAIN = "reports"
CATALOGUES = Path(__file__).parents[2] / "translations"


def mark(text: str) -> str:
    """Mark a text of a table for translation; it is translated where it is said."""
    return text


class Words:
    """One language of one document."""

    def __init__(self, language: Language, catalogue: GNUTranslations) -> None:
        self.language, self._catalogue = language, catalogue

    def say(self, text: str, /, **values: object) -> str:
        """The text in this language, with `{name}` filled in."""
        return self._catalogue.gettext(text).format(**values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The text for this many, with `{n}` and the other names filled in."""
        return self._catalogue.ngettext(one, many, number).format(n=number, **values)

    def named(self, names: Mapping[str, str] | None, otherwise: str) -> str:
        """A name that the framework gives in several languages; whichever there is, where this one is missing."""
        if not names:
            return otherwise
        return names.get(self.language) or names.get("en") or next(iter(names.values()))


def words(language: str) -> Words:
    """The words of a language; ReportError (report_language) where there are none."""
    known = next((each for each in LANGUAGES if each == language), None)
    if known is None:
        raise ReportError("report_language", f"There is no report in {language!r}; choose {' or '.join(LANGUAGES)}.")
    return Words(known, _catalogue(known))


@cache
def _catalogue(language: Language) -> GNUTranslations:
    with (CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as source:
        catalogue = read_po(source, locale=language, domain=DOMAIN, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
