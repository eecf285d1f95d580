"""Which language a call is answered in. Owns the choice and its cookie; no wording lives here."""

from __future__ import annotations

from flask import request

from server.locale import Language

COOKIE = "mufakat_language"
LANGUAGES: tuple[Language, ...] = ("id", "en")


def of_call(default: Language) -> Language:
    """`?language=`, else what this browser chose, else what it accepts, else the house's own."""
    for chosen in (request.args.get("language"), request.cookies.get(COOKIE)):
        for known in LANGUAGES:
            if chosen == known:
                return known
    accepted = request.accept_languages.best_match(LANGUAGES)
    return next((known for known in LANGUAGES if known == accepted), default)
