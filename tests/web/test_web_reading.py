"""The page on the statistics: drawn whole, every address that is referred to exists, and text stays text."""

import re

import pytest

from server.web import reading
from tests import house
from tests.web_hall import Hall

REFERRED = sorted({
    section for path in (*(house.ROOT / "templates").rglob("*.html"), *(house.ROOT / "static/js").rglob("*.js"))
    for section in re.findall(r'/about/statistics#([\w-]+)|about\("([\w-]+)"\)', path.read_text("utf-8"))
})  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
def test_anybody_may_read_what_the_figures_mean(hall: Hall, language: str) -> None:
    told = hall.browser().get("/about/statistics", headers={"Accept-Language": language})
    assert (told.status_code, told.content_type) == (200, "text/html; charset=utf-8")
    assert '<h2 id="kendalls-w">Kendall&#39;s W</h2>' in told.text
    assert "&gt;&gt;&gt; from math import isnan, nan" in told.text


@pytest.mark.parametrize("section", ["".join(found) for found in REFERRED])
def test_every_section_that_a_page_refers_to_has_that_address(section: str) -> None:
    drawn = reading.markup(reading.SOURCE.read_text("utf-8"))
    assert drawn.count(f'id="{section}"') == 1


def test_the_page_refers_to_its_own_sections_alone_and_leaves_no_mark_of_markdown() -> None:
    drawn = reading.markup(reading.SOURCE.read_text("utf-8"))
    ids = set(re.findall(r'id="([\w-]+)"', drawn))
    assert set(re.findall(r'href="#([\w-]+)"', drawn)) <= ids
    plain = re.sub(r"<pre.*?</pre>|<code>.*?</code>", "", drawn, flags=re.S)
    assert re.findall(r"`|\*\*|^#|\]\(", plain, flags=re.M) == []


def test_text_is_never_markup() -> None:
    assert reading.markup("# A <b>\n\n*x* & `<i>`") == (
        '<h1 id="a-b">A &lt;b&gt;</h1>\n<p><em>x</em> &amp; <code>&lt;i&gt;</code></p>'
    )
