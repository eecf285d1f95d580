"""The page on the statistics: drawn whole, every address that is referred to exists, and text stays text."""

import re

import pytest

from server.reports.sheet import MEANINGS
from server.web import reading
from tests import house
from tests.web_hall import Hall

REFERRED = sorted({
    section for path in (*(house.ROOT / "templates").rglob("*.html"), *(house.ROOT / "static/js").rglob("*.js"))
    for section in re.findall(r'/about/statistics#([\w-]+)|about\("([\w-]+)"\)', path.read_text("utf-8"))
})  # fmt: skip


HEADINGS = {"en": '<h2 id="kendalls-w">Kendall&#39;s W</h2>', "id": '<h2 id="kendalls-w">W Kendall</h2>'}
BOTH = pytest.mark.parametrize("language", ["id", "en"])


def drawn(language: str) -> str:
    return reading.markup(reading.SOURCES[language].read_text("utf-8"))  # type: ignore[index]  # both are languages


@BOTH
def test_anybody_may_read_what_the_figures_mean_in_their_language(hall: Hall, language: str) -> None:
    told = hall.browser().get("/about/statistics", headers={"Accept-Language": language})
    assert (told.status_code, told.content_type) == (200, "text/html; charset=utf-8")
    assert f'<html lang="{language}"' in told.text
    assert {key for key, heading in HEADINGS.items() if heading in told.text} == {language}
    assert "&gt;&gt;&gt; from math import isnan, nan" in told.text


def test_the_language_switch_turns_the_page_over(hall: Hall) -> None:
    browser = hall.browser()
    told = browser.get("/about/statistics", headers={"Accept-Language": "id"})
    token = re.search(r'name="csrf_token" value="([^"]+)"', told.text)
    assert token and 'name="next" value="/about/statistics"' in told.text
    turned = browser.post("/language", data={"csrf_token": token[1], "next": "/about/statistics", "language": "en"},
                          headers={"Origin": "http://localhost"})  # fmt: skip
    assert turned.location == "/about/statistics"
    assert HEADINGS["en"] in browser.get("/about/statistics", headers={"Accept-Language": "id"}).text


@BOTH
@pytest.mark.parametrize("section", sorted({*("".join(found) for found in REFERRED), *MEANINGS}))
def test_every_section_that_is_referred_to_has_that_address(section: str, language: str) -> None:
    assert drawn(language).count(f'id="{section}"') == 1


@BOTH
def test_the_page_refers_to_its_own_sections_alone_and_leaves_no_mark_of_markdown(language: str) -> None:
    page = drawn(language)
    ids = set(re.findall(r'id="([\w-]+)"', page))
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= ids
    plain = re.sub(r"<pre.*?</pre>|<code>.*?</code>", "", page, flags=re.S)
    assert re.findall(r"`|\*\*|^#|\]\(|&lt;a ", plain, flags=re.M) == []


def test_what_is_said_of_a_measure_is_a_list_of_facts_and_an_address_may_be_named() -> None:
    assert reading.markup('<a id="x"></a>\n\n## Y\n\n**A**: one `b`.\n**C d**: two.') == (
        '<h2 id="x">Y</h2>\n<dl><div><dt>A</dt><dd>one <code>b</code>.</dd></div>'
        "<div><dt>C d</dt><dd>two.</dd></div></dl>"
    )


def test_text_is_never_markup() -> None:
    assert reading.markup("# A <b>\n\n*x* & `<i>`") == (
        '<h1 id="a-b">A &lt;b&gt;</h1>\n<p><em>x</em> &amp; <code>&lt;i&gt;</code></p>'
    )
