"""Both languages on the pages: the catalogues, which one a call reads, and what scripts say in it.

Owns Flask-Babel's set-up. The choice of a language is `languages`; the wording is `translations/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from flask import Flask, g
from flask_babel import Babel, gettext, ngettext

from server.locale import Language

CATALOGUES = Path(__file__).parents[2] / "translations"
OTHER: dict[Language, Language] = {"id": "en", "en": "id"}
ENDONYMS: dict[Language, str] = {"id": "Indonesia", "en": "English"}


def install(app: Flask, catalogues: Path = CATALOGUES) -> None:
    """Let `gettext` and templates speak the language of the call at hand."""
    Babel(app, default_locale="id", default_translation_directories=str(catalogues), locale_selector=language)


def language() -> Language:
    """The language this call is answered in."""
    return cast(Language, g.get("language", "id"))


def words(spoken: list[str | tuple[str, str]]) -> dict[str, str | list[str]]:
    """What a script says, from its English to the reader's language; both forms of what is counted."""
    told: dict[str, str | list[str]] = {}
    for said in spoken:
        if isinstance(said, str):
            told[said] = gettext(said)
        else:
            told[said[0]] = [ngettext(*said, 1), ngettext(*said, 2)]
    return told
