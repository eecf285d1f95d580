"""What the pages say, collected from where they say it, and the gettext catalogues kept in step with it.

    python -m tests.catalogues      adds what is new, drops what is gone, keeps every translation

Reads templates, scripts and `server/web`. Never invents a translation: test_catalogues.py finds what is missing.
"""

from collections.abc import Iterator
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from tests import house

LANGUAGES = {"id": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
METHODS = [
    ("server/web/**.py", "python"), ("templates/**.html", "jinja2"), ("static/js/**.js", "javascript"),
]  # fmt: skip
KEYWORDS = {**DEFAULT_KEYWORDS, "t": None, "tn": (1, 2)}
HEADER = """\
# Words on the pages of Mufakat. Kept in step by `python -m tests.catalogues`; see docs/translation.md.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def said() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """File and English text (or both forms) of everything that goes through gettext."""
    for folder in ("server/web", "templates", "static/js"):
        methods = [(pattern.removeprefix(folder + "/"), method) for pattern, method in METHODS
                   if pattern.startswith(folder)]  # fmt: skip
        found = extract_from_dir(house.ROOT / folder, methods, {}, KEYWORDS)
        yield from ((f"{folder}/{name}", text) for name, _, text, _, _ in found if text)


def path(language: str):  # type: ignore[no-untyped-def]  # pathlib's Path
    return house.ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def kept(language: str) -> Catalog:
    """The catalogue as it stands."""
    file = path(language)
    return read_po(BytesIO(file.read_bytes() if file.exists() else b""), locale=language)


def redrawn(language: str) -> str:
    """The catalogue as it should stand: everything that is said, with the translations there are."""
    old, new = kept(language), Catalog(locale=language)
    new.mime_headers = [("Plural-Forms", LANGUAGES[language])]  # type: ignore[method-assign,assignment]  # Babel's way in
    for file, text in said():
        known = old.get(text[0] if isinstance(text, tuple) else text)
        told = known.string if known and known.string else ""
        if isinstance(text, tuple):
            forms = told if isinstance(told, (tuple, list)) else ()
            told = tuple(forms[: new.num_plurals]) or ("",) * new.num_plurals
        elif not isinstance(told, str):
            told = told[0]
        new.add(text, told, locations=[(file, None)])
    out = BytesIO()
    write_po(out, new, omit_header=True, sort_output=True, include_lineno=False, width=118)
    return HEADER.format(language=language, plural=LANGUAGES[language]) + out.getvalue().decode()


def missing(language: str) -> list[str]:
    """What nobody has translated yet."""
    return sorted(str(m.id) for m in kept(language) if m.id and not (all(m.string) if m.pluralizable else m.string))


if __name__ == "__main__":
    for name in LANGUAGES:
        path(name).parent.mkdir(parents=True, exist_ok=True)
        path(name).write_text(redrawn(name), "utf-8")
