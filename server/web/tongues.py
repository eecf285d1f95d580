"""Both languages at once, for paper: each thing said twice, so that whoever prints chooses one or both.

Owns how a template says a thing in every language of the house. The wording is the catalogues'.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import force_locale
from markupsafe import Markup

from server.locale import Language
from server.web.i18n import language
from server.web.languages import LANGUAGES


def ordered() -> tuple[Language, ...]:
    """The languages, that of the reader first."""
    return tuple(sorted(LANGUAGES, key=lambda one: one != language()))


def spoken(caller: Any, tag: str = "span") -> Markup:
    """What a call block says, once in each language: `{% call spoken() %}{{ _("Seat") }}{% endcall %}`.

    A block that takes an argument is told the language: `{% call(tongue) spoken() %}{{ names[tongue] }}{% endcall %}`.
    """
    told, frame = Markup(""), Markup('<{0} class="tongue" lang="{1}">{2}</{0}>')
    for tongue in ordered():
        with force_locale(tongue):
            said = caller(tongue) if caller.arguments else caller()
            told += frame.format(tag, tongue, Markup(said.strip()))
    return told


def each(make: Callable[[Language], Any]) -> dict[Language, Any]:
    """Something made in each language."""
    return {tongue: make(tongue) for tongue in LANGUAGES}
