"""Nothing on a page is said in one language only: catalogues in step, nothing untranslated, no text beside gettext."""

import re

import pytest

from tests import catalogues, house

PAGES = sorted(path for path in (house.ROOT / "templates").glob("*.html"))
SCRIPTS = sorted((house.ROOT / "static/js").rglob("*.js"))
SPOKEN_ATTRIBUTES = re.compile(r'(?:aria-label|title|alt|placeholder)="([^"]*)"')
NAMES = {"Mufakat", "mufakat"}  # the product's own name is no word of either language
FIELD = re.compile(r"%\(\w+\)[sd]|(?<!%)\{\w+\}")


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_holds_exactly_what_the_pages_say(language: str) -> None:
    stands = catalogues.path(language).read_text("utf-8")
    assert stands == catalogues.redrawn(language), "run: python -m tests.catalogues"


def test_no_text_is_counted_in_one_place_and_not_in_another() -> None:
    counted = {text[0] for _, text in catalogues.said() if isinstance(text, tuple)}
    assert [(file, text) for file, text in catalogues.said() if text in counted] == []


def test_everything_is_translated_into_indonesian() -> None:
    assert catalogues.missing("id") == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_fills_in_what_its_original_fills_in(language: str) -> None:
    wrong = []
    for message in catalogues.kept(language):
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        told = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        allowed = [set(FIELD.findall(text)) for text in originals]
        wrong += [text for text in told if text and set(FIELD.findall(text)) not in allowed]
    assert wrong == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_says_everything_once(language: str) -> None:
    forms = [message.string for message in catalogues.kept(language)]
    told = [text for form in forms for text in (form if isinstance(form, (tuple, list)) else [form])]
    assert [text for text in told if len(text) > 20 and text[: len(text) // 2] == text[len(text) // 2 :]] == []


def beside_gettext(template: str) -> list[str]:
    """Words that a template says without asking gettext: in its text, and in attributes that are read aloud."""
    template = re.sub(r"\{% block attributes %\}.*?\{% endblock %\}", " ", template, flags=re.S)
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template, flags=re.S)
    spoken = SPOKEN_ATTRIBUTES.findall(bare)
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>|&\w+;", " ", bare, flags=re.S)
    return [word for part in (text, *spoken) for word in re.findall(r"[^\W\d_]{2,}", part) if word not in NAMES]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_template_says_nothing_beside_gettext(page) -> None:  # type: ignore[no-untyped-def]
    assert beside_gettext(page.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Welcome</p>", ["Welcome"]),
        ('<b aria-label="Close it">{{ _("x") }}</b>', ["Close", "it"]),
        ('<p class="quiet">{{ _("Welcome") }} – 3 {% if a %}</p>', []),
        ('<title>{{ _("Join") }} – Mufakat</title>', []),
    ],
)
def test_words_beside_gettext_are_found(template: str, found: list[str]) -> None:
    assert beside_gettext(template) == found


def beside_t(script: str) -> list[str]:
    """Literals of a script that read like a sentence or a word on screen and do not stand in t(…) or tn(…)."""
    code = re.sub(r"^\s*//.*$", "", script, flags=re.M)
    said = re.sub(r"(?<![\w.$])tn?\(\s*\"(?:[^\"\\]|\\.)*\"(?:\s*,\s*\"(?:[^\"\\]|\\.)*\")?", "", code)
    return [text for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', said)
            if re.match(r"[A-Z][a-z]+(?:[ .,:]|$)", text) and text not in CODE]  # fmt: skip


# Capitalised names that programs use, not people.
CODE = {"Accept", "Backspace", "Content-Type", "Date", "Enter", "Escape", "Tab", "Home", "End", "Space"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_nothing_beside_gettext(script) -> None:  # type: ignore[no-untyped-def]
    assert beside_t(script.read_text("utf-8")) == []


def test_a_sentence_of_a_script_beside_gettext_is_found() -> None:
    assert beside_t('h("p", {}, "Please wait."); t("Saved"); tn("One", "Many", 2)') == ["Please wait."]
