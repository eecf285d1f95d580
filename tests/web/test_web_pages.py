"""The pages of a phone over plain HTTP: doors, languages, files, what a browser is allowed, and what never leaks."""

import re
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient

from server.web import assets
from tests import catalogues, house
from tests.web_browser import LIKES, Page, join, open_page, send
from tests.web_hall import Hall

# --- what a browser is allowed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/join", "/ballot"])
def test_a_page_lets_nothing_run_that_it_did_not_name(phone: FlaskClient, path: str) -> None:
    response = open_page(phone, path)
    policy = response.headers["Content-Security-Policy"]
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", policy)
    assert nonce and "unsafe" not in policy and "*" not in policy and "default-src 'none'" in policy
    page = Page(response)
    for script in page.all("script"):
        assert script.get("nonce") == nonce[1] and (script.get("src") or script.get("type") == "application/json")
    names = [name for _, attributes in page.elements for name in attributes]
    assert [name for name in names if name == "style" or name.startswith("on")] == [] == page.all("style")
    assert response.headers["Cache-Control"] == "no-store"


def test_two_pages_never_share_a_nonce(hall: Hall) -> None:
    seen = {open_page(hall.browser(), "/join").headers["Content-Security-Policy"] for _ in range(5)}
    assert len(seen) == 5


def test_what_a_script_brings_along_is_said_in_the_language_of_the_page(phone: FlaskClient) -> None:
    def told(language: str) -> dict[str, object]:
        text = open_page(phone, "/ballot", language).text
        return msgspec.json.decode(re.search(r'id="words"[^>]*>(.*?)</script>', text, re.S)[1])  # type: ignore[index]

    assert told("id")["Saved"] == "Tersimpan" and told("en")["Saved"] == "Saved"
    assert told("en")["{n} score not yet sent"] == ["{n} score not yet sent", "{n} scores not yet sent"]
    assert told("id").keys() == told("en").keys()


def test_the_build_brings_along_every_word_of_its_scripts() -> None:
    built = assets.Assets().manifest.words
    said = {text for file, text in catalogues.said() if file.startswith("static/js/ballot/")}
    assert {tuple(word) if isinstance(word, (list, tuple)) else word for word in built["ballot.js"]} >= said != set()


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepts", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None), ("br;q=0, gzip", "gzip")]
)
def test_a_built_file_comes_compressed_as_the_browser_reads_it_and_is_kept_for_good(
    hall: Hall, accepts: str, coding: str | None
) -> None:
    name = assets.Assets().url("phone.css")
    response = hall.browser().get(name, headers={"Accept-Encoding": accepts})
    assert (response.status_code, response.headers.get("Content-Encoding")) == (200, coding)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content_type == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/static/build.mjs", "/static/manifest.json", "/static/..%2fbuild.mjs", "/static/x.css"]
)
def test_nothing_is_served_but_what_was_built(hall: Hall, path: str) -> None:
    assert hall.browser().get(path).status_code == 404


def test_a_folder_without_a_build_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(assets.NotBuilt, match="run `make setup`"):
        assets.Assets(tmp_path)


# --- languages --------------------------------------------------------------------------------------------------------


def test_indonesian_is_spoken_unless_somebody_prefers_english(hall: Hall) -> None:
    browser = hall.browser()
    assert Page(browser.get("/join")).all("html")[0]["lang"] == "id"
    assert Page(open_page(browser, "/join", "en")).all("html")[0]["lang"] == "en"
    assert send(browser, "/language", {"language": "id", "next": "/join"}).location == "/join"
    assert Page(open_page(browser, "/join", "en")).all("html")[0]["lang"] == "id"


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "/\r\nSet-Cookie: a=b", ""]
)
def test_the_toggle_leads_nowhere_else(hall: Hall, back: str) -> None:
    response = send(hall.browser(), "/language", {"language": "en", "next": back})
    assert (response.status_code, response.location) == (303, "/")


def test_an_unknown_language_is_not_remembered(hall: Hall) -> None:
    response = send(hall.browser(), "/language", {"language": "xx", "next": "/"})
    assert "mufakat_language" not in str(response.headers)


# --- the door ---------------------------------------------------------------------------------------------------------


def test_a_wrong_code_is_one_sentence_on_the_same_page(hall: Hall) -> None:
    response = join(hall.browser(), "ZZZZ 9999")
    assert response.status_code == 422
    assert "No seat or room has this code; check the 8 letters and digits on your card." in response.text
    assert 'value="ZZZZ 9999"' in response.text


def test_the_secret_of_a_card_that_was_refused_stays_off_the_page(hall: Hall) -> None:
    secret = "x" * 43
    assert secret not in join(hall.browser(), secret).text


def test_a_revoked_card_says_where_to_get_another(voting: Hall) -> None:
    voting.ok("revoke_seat", seat=1, reason="lost")
    response = join(voting.browser(), voting.cards[0]["code"])
    assert response.status_code == 403 and "ask the organiser for a new card" in response.text


def test_a_room_code_asks_for_the_group_and_then_opens(hall: Hall) -> None:
    hall.hold(settings={"open_join": True})
    code = hall.organiser.get(hall.here).json["join_code"]
    browser = hall.browser()
    asked = join(browser, code)
    assert [radio["value"] for radio in Page(asked).all("input") if radio.get("name") == "group"] == ["D1", "D2"]
    assert send(browser, "/join", Page(asked).fields | {"group": "D2"}).location == "/ballot"


@pytest.mark.parametrize("token", [None, "", "forged"])
def test_a_form_without_its_token_takes_no_seat(hall: Hall, token: str | None) -> None:
    hall.hold()
    browser = hall.browser()
    open_page(browser, "/join")
    form = {"code": hall.cards[0]["code"]} | ({} if token is None else {"csrf_token": token})
    response = send(browser, "/join", form)
    assert response.status_code == 400 and "please try once more" in response.text
    assert browser.get_cookie("mufakat_seat") is None


def test_a_browser_without_cookies_is_told_so_instead_of_being_led_in_a_circle(hall: Hall) -> None:
    hall.hold()
    form = Page(open_page(hall.browser(), "/join")).fields | {"code": hall.cards[0]["code"]}
    response = send(hall.browser(), "/join", form)  # another cookie jar: what was set has not come back
    assert response.status_code == 400 and "allow cookies for this address" in response.text


IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
GALAXY = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = [  # what passing windows and the browsers beside them say of themselves
    (f"{IPHONE} Mobile/15E148", "", "apple"),
    (f"{IPHONE} Version/16.5 Mobile/15E148 Safari/604.1", "", None),
    (f"{IPHONE} CriOS/120.0 Mobile/15E148 Safari/604.1", "", None),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)", "", "apple"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.1 Safari/605.1.15", "", None),
    ("CaptiveNetworkSupport-325.10.1 wispr", "", "apple"),
    (f"Mozilla/5.0 (Linux; Android 10; SM-A105F Build/QP1A; wv) {GALAXY} Version/4.0 Chrome/83.0 Mobile Safari/537.36",
     "", "android"),
    (f"Mozilla/5.0 (Linux; Android 10; SM-A105F) {GALAXY} Chrome/80.0.3987.99 Mobile Safari/537.36", "", None),
    (f"Mozilla/5.0 (Linux; Android 10; SM-A105F) {GALAXY} Chrome/80.0.3987.99 Mobile Safari/537.36",
     "com.android.captiveportallogin", "android"),
    ("", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("agent", "opener", "kind"), WINDOWS)
def test_a_window_that_will_forget_is_told_how_to_be_left_and_a_browser_is_not(
    voting: Hall, agent: str, opener: str, kind: str | None
) -> None:
    headers = LIKES["en"] | {"User-Agent": agent} | ({"X-Requested-With": opener} if opener else {})
    response = voting.browser().get("/join", headers=headers)
    told = [words for words in ("Use Without Internet", "Use this network as is") if words in response.text]
    assert told == {"apple": ["Use Without Internet"], "android": ["Use this network as is"], None: []}[kind]
    assert ("localhost/join" in response.text) is (kind is not None)
    assert [form["id"] for form in Page(response).all("form") if "id" in form] == ["join"]  # nobody is shut out


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_form_from_another_page_is_refused_although_it_has_a_token(phone: FlaskClient, origin: str) -> None:
    form = Page(open_page(phone, "/ballot")).fields | {"answer:1.1": "5"}
    assert send(phone, "/ballot", form, origin).json["code"] == "wrong_origin"


# --- what a page says of the workshop --------------------------------------------------------------------------------


def test_the_door_names_a_workshop_only_where_there_is_one(hall: Hall) -> None:
    hall.hold()
    assert "Aula" in open_page(hall.browser(), "/join").text
    hall.create(title="Balai")
    text = open_page(hall.browser(), "/join").text
    assert "Aula" not in text and "Balai" not in text


def test_only_a_synthetic_workshop_is_marked_synthetic(hall: Hall) -> None:
    hall.hold()
    assert "synthetic data" not in open_page(hall.browser(), "/join").text
    browser = hall.browser()
    join(browser, hall.cards[0]["code"])
    assert "synthetic data" not in open_page(browser, "/ballot").text.replace("synthetic data&", "")


def test_every_page_of_a_synthetic_workshop_says_so(hall: Hall) -> None:
    hall.hold(synthetic=True)
    browser = hall.browser()
    assert "synthetic data" in open_page(browser, "/join").text
    join(browser, hall.cards[0]["code"])
    assert "synthetic data" in open_page(browser, "/ballot").text


def test_templates_and_sheets_name_no_other_host() -> None:
    folders = {"templates": "*.html", "static/css": "*.css", "static/js": "*.js"}
    files = [file for folder, kind in folders.items() for file in (house.ROOT / folder).rglob(kind)]
    hosts = {host for file in files for host in re.findall(r"https?://([\w.-]+)", file.read_text("utf-8"))}
    assert hosts <= {"www.w3.org"}  # the namespace of SVG, fetched by nobody
