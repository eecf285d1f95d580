"""Both languages have every string of the reports and fill in the same names. Witness: the code and templates."""

import string
from typing import get_args

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from consensus.verdict import OUTCOMES as VERDICTS
from server.locale import Language
from server.reports import vocabulary
from server.reports.words import CATALOGUES, LANGUAGES, words
from server.workshop.contents import EndingKind
from server.workshop.records import Cannot, Cause, Channel, Stream
from tests.reports.catalogues import texts
from tests.reports.copies import page

ALIKE = {"Panel", "RAND/UCLA", "p {p} {method}"}  # the same in both languages


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES/reports.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_text_that_is_said_and_no_other(language: str) -> None:
    assert {message.id for message in catalogue(language) if message.id} == texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_whole_and_none_is_a_guess(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            forms = [message.string] if isinstance(message.string, str) else list(message.string)
            assert all(forms) and not message.fuzzy, message.id
            known = names(message.id if isinstance(message.id, str) else message.id[1])
            assert all(names(form) == known for form in forms), message.id


def test_english_says_what_the_code_says() -> None:
    for message in catalogue("en"):
        if message.id:
            assert message.string == message.id


def test_indonesian_leaves_no_english_behind() -> None:
    untranslated = {m.id for m in catalogue("id") if isinstance(m.id, str) and m.id and m.string == m.id}
    assert untranslated == ALIKE
    said = page("day", "id").text + page("story", "id").text
    english = [t if isinstance(t, str) else t[1] for t in texts()]
    left = [t for t in english if t.count(" ") > 1 and "{" not in t and t in said]
    assert left == []


def test_the_languages_are_those_of_the_screens() -> None:
    assert get_args(Language) == LANGUAGES


def test_every_code_of_the_trail_has_its_word() -> None:
    assert set(vocabulary.OUTCOMES) == set(VERDICTS)
    assert set(vocabulary.ENDINGS) == set(get_args(EndingKind))
    assert set(vocabulary.CAUSES) == set(get_args(Cause))
    assert set(vocabulary.CANNOT) == set(get_args(Cannot))
    assert set(vocabulary.CHANNELS) == set(get_args(Channel))
    assert set(vocabulary.STREAMS) == set(get_args(Stream))


@pytest.mark.parametrize(("language", "one", "two"), [
    ("en", "1 person took a seat", "2 people took a seat"),
    ("id", "1 orang menempati kursi", "2 orang menempati kursi"),
])  # fmt: skip
def test_a_count_takes_the_form_of_its_language(language: str, one: str, two: str) -> None:
    told = words(language)
    for number, text in ((1, one), (2, two)):
        assert told.count("{n} person took a seat", "{n} people took a seat", number) == text
