"""Every state of the displays, at both sizes, in both languages and schemes: large, plain, marked and in place."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.desk import display, least_contrast, sit, smallest_text
from tests.browser.hall import Hall

SIZES = {"dark": (1920, 1080), "light": (1280, 720)}
SMALL = (640, 360)
STAMP = {"id": "data sintetis", "en": "synthetic data"}
REHEARSAL = {"id": "gladi", "en": "rehearsal"}
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}")
PEOPLE = re.compile("7/7|7 (dari|of) 7|7 (peserta|participants)")
INSIDE = """() => [...document.querySelectorAll('.screen *')].filter(one => {
    const {width, right, bottom} = one.getBoundingClientRect();
    return width && !one.closest('.unseen') && (right > innerWidth * (1 - 6.3 / 192) || bottom > innerHeight);
}).map(one => one.outerHTML.slice(0, 90))"""


def check(page: Page, stamp: str) -> None:
    """Large enough and plain enough for the last row, within its edges, marked; at both sizes and in both schemes."""
    for theme, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("theme => { document.body.dataset.theme = theme; }", theme)
        assert smallest_text(page) >= height / 40 - 0.01
        contrast, text = least_contrast(page)
        assert contrast >= 7, (theme, text)
        assert page.evaluate(INSIDE) == []
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.locator("h1").count() == 1
    assert page.locator(".stamp").inner_text().strip() == stamp
    assert axe.faults(page) == []


@pytest.mark.slow
def test_every_state_of_the_displays_is_read_from_the_last_row_at_any_size_and_in_any_scheme(
    fresh: Callable[..., Hall],
) -> None:
    hall = fresh(plenary=True)
    walls = {"id": display(hall), "en": display(hall, language="en", group=hall.group)}
    for state in states(hall):
        for language, page in walls.items():
            scene = page.locator(STATES[state][language == "en"])
            expect(scene).to_be_visible()
            if state in ("open", "results", "profile"):  # what a projector says always: how many
                expect(page.locator(".screen")).to_contain_text(PEOPLE)
            if state not in ("profile", "seal of the result"):
                expect(page.locator(".screen")).to_contain_text(CODE)
            check(page, STAMP[language])
    for language, page in walls.items():
        page.keyboard.press("j")
        expect(page.locator(".lobby__lead")).to_contain_text(hall.url.removeprefix("http://"))
        expect(page.locator(".lobby__steps")).to_have_count(0)  # nothing is left to join
        check(page, STAMP[language])
        page.keyboard.press("b")
        expect(page.locator(".hall")).to_be_hidden()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(29, 27, 22)"  # in a lit hall


# What stands in the middle of each: on the hall's display, and on the group's.
STATES = {
    "lobby": (".lobby__code", ".lobby__code"),
    "open": ("tr[data-key=D3] [role=timer]", ".alone__time [role=timer]"),
    "paused": ("tr[data-key=D3] .lane__now", ".alone__time:not(:has(span))"),
    "closed": ("tr[data-key=D3] .seat--done >> nth=6", ".alone .seat--done >> nth=6"),
    "seal": (".seal__of", ".seal__of"),
    "disclosed": ("tr[data-key=D3] .lane__now", ".alone__say"),
    "results": (".results__bar >> nth=12", ".results__bar >> nth=12"),
    "bars as 100%": (".ramp__share", ".ramp__share"),
    "plenary": ("tr[data-key=plenary] [role=timer]", ".results__bar >> nth=12"),
    "plenary shown": (".results--few .verdict--provisional >> nth=1", ".results__bar >> nth=12"),
    "concluded": (".results", ".results"),
    "profile": (".wheel", ".wheel"),
    "seal of the result": (".seal__of", ".seal__of"),
}  # fmt: skip


def states(hall: Hall) -> Iterator[str]:
    """A day on the displays, stopping at each of STATES."""
    hall.seat_others(*range(1, 8))
    yield "lobby"
    hall.group_order("open_round", items="all", minutes=10)
    hall.vote_others()
    yield "open"
    hall.group_order("pause_round")
    yield "paused"
    hall.group_order("resume_round")
    hall.group_order("close_round")
    yield "closed"
    hall.group_order("disclose")
    yield "seal"
    press(hall, "ArrowRight")
    yield "disclosed"
    hall.group_order("reveal", baseline=True, reasons=True)
    yield "results"
    press(hall, "%")
    yield "bars as 100%"
    press(hall, "%")
    hall.order("open_round", group="plenary", items=["7.1", "8.3"], minutes=5)
    yield "plenary"
    for place, other in enumerate(hall.others):
        answers = [{"item": item, "rev": 1, "key": f"{place}-{item}", "value": 3 + place % 2}
                   for item in ("7.1", "8.3")]  # fmt: skip
        other.call("PUT", "/answers", {"round": 1, "group": "plenary", "answers": answers})
    for command in ("close_round", "disclose", "reveal"):
        hall.order(command, group="plenary")
    yield "plenary shown"
    for group in hall.state()["groups"]:
        hall.order("conclude", group=group["id"])
    yield "concluded"
    hall.order("freeze")
    yield "profile"
    press(hall, "ArrowRight")
    yield "seal of the result"


def press(hall: Hall, key: str) -> None:
    """Press a key at every display."""
    for context in hall.contexts:
        context.pages[0].keyboard.press(key)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_display_says_that_it_opens_that_nobody_answers_and_that_it_is_a_rehearsal(
    fresh: Callable[..., Hall], language: str
) -> None:
    hall = fresh(seats=1)
    page = sit(hall, size=SIZES["dark"], language=language)
    page.route_web_socket("**/socket.io/**", lambda socket: None)  # neither yes nor no
    page.goto(f"/display/{hall.workshop}")
    expect(page.locator(".hall__waking")).to_be_visible()
    expect(page.locator("#late")).to_be_hidden()
    assert smallest_text(page) >= 27 and axe.faults(page) == []
    page.unroute_all()
    away = sit(hall, size=SIZES["dark"], language=language)
    away.route("**/displays", lambda route: route.abort())
    hall.expect("ERR_FAILED")
    away.goto(f"/display/{hall.workshop}")
    said = {"id": "Layar ini terbuka dengan sendirinya begitu server menjawab.",
            "en": "This display opens by itself once it answers."}[language]  # fmt: skip
    expect(away.locator("#late")).to_contain_text(said)
    away.unroute_all()
    away.locator(".lobby__code").wait_for()  # and so it does
    expect(away.locator("#late")).to_be_hidden()

    draft = hall.staff.call("POST", "/workshops", {"title": "Gladi", "framework": "cri", "language": "id"})["workshop"]
    rehearsal = hall.staff.call("POST", f"/workshops/{draft}/rehearsals", {})["workshop"]
    away.goto(f"/display/{rehearsal}")
    away.locator(".lobby__lead").wait_for()
    stripes = away.evaluate("getComputedStyle(document.body, '::before').backgroundImage")
    assert stripes.startswith("repeating-linear-gradient")
    check(away, REHEARSAL[language])


@pytest.mark.slow
def test_displays_of_hall_group_and_plenary_follow_their_own_rounds_at_once(fresh: Callable[..., Hall]) -> None:
    hall = fresh(plenary=True)
    wall = display(hall, size=SMALL)
    own = {group: display(hall, group=group, size=SMALL) for group in ("D1", "D3", "plenary")}
    heading = {group: page.locator(".screen__title") for group, page in own.items()}
    hall.seat_others(1, 2, 3, 4, 5)
    hall.group_order("open_round", items=["7.1"])
    expect(own["D3"].locator(".alone__count b")).to_have_text("0/5")
    expect(heading["D3"]).to_contain_text("Infrastruktur & ekosistem")
    expect(wall.locator(".lanes tbody tr")).to_have_count(4)
    for group in ("D1", "plenary"):
        expect(own[group].locator(".lobby__code")).to_be_visible()
    assert heading["D1"].inner_text().strip() == "Kesehatan & kesejahteraan"
    hall.vote_others()
    expect(own["D3"].locator(".alone .seat--done")).to_have_count(5)
    hall.show()
    for page in (wall, own["D3"]):
        page.locator(".results").wait_for()

    hall.order("issue_seats", group="D1", count=2)
    hall.order("open_round", group="D1", items="all", minutes=10)
    wall.locator(".lanes").wait_for()  # what is new comes first
    expect(own["D1"].locator("[role=timer]")).to_have_text(re.compile(r"^(10\.00|09\.\d\d)$"))
    expect(own["D3"].locator(".results")).to_be_visible()
    hall.order("open_round", group="plenary", items=["7.1"])
    expect(heading["plenary"]).to_contain_text("Pleno")
    for place, other in enumerate(hall.others):
        answer = {"item": "7.1", "rev": 1, "key": f"p{place}", "value": 4}
        other.call("PUT", "/answers", {"round": 1, "group": "plenary", "answers": [answer]})
    for command in ("close_round", "disclose", "reveal"):
        hall.order(command, group="plenary")
    for page in (wall, own["plenary"]):
        expect(page.locator(".results tbody tr")).to_have_count(1)
        expect(page.locator(".screen__title")).to_contain_text("Pleno")
    expect(heading["D3"]).to_contain_text("Infrastruktur & ekosistem")
    expect(own["D1"].locator("[role=timer]")).to_be_visible()

    late = own["D1"]  # a projector's own clock may be wrong
    late.add_init_script("const real = Date.now; Date.now = () => real() + 180_000;")
    late.reload()
    expect(late.locator("[role=timer]")).to_have_text(re.compile(r"^(10\.00|09\.\d\d)$"))


@pytest.mark.slow
def test_one_calm_change_leads_from_screen_to_screen_and_none_where_less_motion_is_asked_for(
    fresh: Callable[..., Hall],
) -> None:
    hall = fresh(seats=1)
    pages = display(hall, size=SMALL), display(hall, size=SMALL)
    pages[0].emulate_media(reduced_motion="no-preference")
    for page in pages:
        page.locator(".screen .lobby__code").wait_for()  # what stands first does not arrive
    hall.group_order("open_round", items=["7.1"])
    for page in pages:
        page.locator(".screen.arrives .lanes").wait_for()
    lasts = [page.locator(".screen").evaluate("one => getComputedStyle(one).animationDuration") for page in pages]
    assert lasts == ["0.48s", "0s"]
    pages[0].evaluate("document.querySelector('.screen').stands = true")
    hall.group_order("pause_round")
    pages[0].locator("tr[data-key=D3] .lane__now", has_text="dijeda").wait_for()
    assert pages[0].evaluate("document.querySelector('.screen.arrives').stands")  # it arrives once, to the end
