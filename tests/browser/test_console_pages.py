"""Every page and state of staff, in both languages and at every width: fits, named, marked, nothing for axe to find."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from server.cli.stage.served import Caller
from tests.browser import axe
from tests.browser.desk import console, sit, staff, wider
from tests.browser.hall import PASSWORD, Hall

# Witness: consensus.chance_of_consensus, eight voices on five points; 7 of 8 as in STATISTICS.md.
CHANCE = {
    "en": re.compile(r"^With 8 voices, 7 must agree. With nothing to agree on it passes: at random 3%, .*"),
    "id": re.compile(r"^Dengan 8 suara, 7 harus sepakat. .* asal-asalan 3 %, .*"),
}
# Witness: the same for two thirds; six of eight, and .18 as the page on statistics would have it.
OWN = {
    "en": re.compile(r"^With 8 voices, 6 must agree. .* at random 18%, .* From 5 scores on it can agree. .*"),
    "id": re.compile(r"^Dengan 8 suara, 6 harus sepakat. .* asal-asalan 18 %, .*"),
}
SEATED = {"en": "With 8 voices, 6 must agree.", "id": "Dengan 8 suara, 6 harus sepakat."}
NO_QUORUM = {"en": "`quorum` cannot be 1", "id": "Aturan tidak sesuai pada quorum"}
NO_JSON = {"en": "This is not JSON yet: check quotes, commas and brackets.",
           "id": "Ini belum JSON: periksa tanda kutip, koma dan kurung."}  # fmt: skip
WHERE = {"en": re.compile(r"(stays|would (drop|rise|lie)) .*"),
         "id": re.compile(r"(tetap|akan (turun|naik|berada)) .*")}  # fmt: skip


def check(page: Page, language: str) -> None:
    assert wider(page) == 0, page.url
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1:visible").count() == 1
    assert axe.faults(page) == []


def press(page: Page, action: str) -> None:
    """Do what a menu or a button offers."""
    if not page.locator(f"[data-do={action}]").first.is_visible():
        page.locator(f"details.menu:has([data-do={action}]) summary").click()
    page.locator(f"[data-do={action}]").first.click()


def asked(page: Page, action: str) -> Page:
    press(page, action)
    page.locator("dialog[open]").wait_for()
    return page


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), [("id", 360), ("en", 768), ("id", 1440)])
def test_every_state_of_the_console_is_accessible_and_fits(
    fresh: Callable[..., Hall], language: str, width: int
) -> None:
    hall = fresh(plenary=True, people=[{"agency": "BAPPEDA", "gender": "female"} for _ in range(8)])
    for page in states(hall, language, width):
        check(page, language)
        if page.url.endswith(hall.workshop):
            expect(page.locator(".bar .stamp")).to_have_text("data sintetis" if language == "id" else "synthetic data")


def states(hall: Hall, language: str, width: int) -> Iterator[Page]:
    """The console through a group's whole work, stopping at each state."""
    listed = sit(hall, size=(width, 900), language=language)
    listed.goto("/console")
    yield listed
    listed.locator("#new").click()
    expect(listed.locator("[data-chance=workshop]")).to_have_text(CHANCE[language])
    yield listed
    yield from own_rule(hall, listed, language)
    listed.goto("/about/statistics")
    yield listed
    hall.seat_others(1, 2, 3, 4, 5, 6, 7)
    hall.staff.call("PUT", f"/workshops/{hall.workshop}/people/{hall.group}/answerable", {"agency": "Bappeda"})
    yield unheard(hall, width, language)
    yield unkept(hall, width, language)
    page = console(hall, size=(width, 900), language=language)
    page.locator(".people .sentence").wait_for()
    yield page
    yield asked(page, "ask-answerable")
    page.keyboard.press("Escape")
    page.locator("#machine [data-do=open_round]").click()
    page.locator("[data-do=pause_round]").wait_for()
    hall.vote_others()
    yield page
    press(page, "ask-close")
    page.locator(".machine__ask").wait_for()
    yield page
    page.locator("#machine [data-do=close_round]").click()
    page.locator("[data-do=disclose]").wait_for()
    yield page
    page.locator("[data-do=disclose]").click()
    page.locator(".queue").wait_for()
    yield page
    page.locator("#machine [data-set=reasons]").check()
    yield asked(page, "reveal")
    page.locator("dialog .said button").first.click()
    page.locator("dialog .why").wait_for()
    yield page
    page.keyboard.press("Escape")
    page.locator("#machine [data-set=reasons]").uncheck()
    for action in ("talk", "box", "pin", "to-plenary"):
        page.locator(f"[data-do={action}]").first.click()
    page.locator("[data-do=next-item]").click()
    page.locator("[data-do=skip]").click()
    page.locator(".queue .is-aside").wait_for()
    page.locator(".case .fig__twin summary").first.click()
    page.locator(".expert > summary").click()
    yield page
    yield from for_experts(hall, page, language)
    page.locator("#machine [data-do=reveal]").click()
    page.locator("#machine [data-do=open_round]").wait_for()
    yield page
    yield from plenary(hall, page)
    for action in ("ask-gap", "ask-minority", "ask-decide", "ask-open", "ask-conclude", "ask-void", "ask-note",
                   "ask-erase", "help"):  # fmt: skip
        yield asked(page, action)
        page.keyboard.press("Escape")
        page.locator("dialog").wait_for(state="detached")
    hall.group_order("void_round", reason="Gladi")
    page.locator(".sealed").wait_for()
    for group in hall.state()["groups"]:
        hall.order("conclude", group=group["id"])
    page.locator("[data-do=ask-freeze]").wait_for()
    yield page
    yield asked(page, "ask-freeze")
    page.locator("dialog [name=sure]").check()
    page.locator("dialog .button--stop").click()
    page.locator(".advised").wait_for()
    yield page


def unheard(hall: Hall, width: int, language: str) -> Page:
    """A console that hears nothing of the server but its own frame."""
    page = sit(hall, size=(width, 900), language=language)
    hall.expect("ERR_FAILED")
    page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page.route("**/api/v1/**", lambda route: route.abort())
    page.goto(f"/console/{hall.workshop}")
    page.locator(".banner--offline").wait_for()
    assert page.locator("#work .loading").count() == 1
    return page


def unkept(hall: Hall, width: int, language: str) -> Page:
    """A console without a live line, whose order the disk did not take."""
    page = sit(hall, size=(width, 900), language=language)
    hall.expect("503")
    refusal = {"code": "not_saved", "detail": "Diska tidak menerimanya."}
    page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page.route("**/commands", lambda route: route.fulfill(status=503, json=refusal))
    page.goto(f"/console/{hall.workshop}")
    page.locator("#machine .button--primary").click()
    expect(page.locator(".banner--stop")).to_contain_text("Diska tidak menerimanya.")
    return page


def plenary(hall: Hall, page: Page) -> Iterator[Page]:
    """What the plenary chooses, scores and says; a group taken over; an order that the disk did not take."""
    page.locator('.groups__pick[data-group="plenary"]').click()
    page.locator(".agenda__list").wait_for()
    yield page
    hall.order("open_round", group="plenary", items=["7.1"])
    page.locator("#machine [data-do=ask-close]").wait_for()
    yield page
    for place, other in enumerate(hall.others):
        answer = {"item": "7.1", "rev": 1, "key": f"p{place}", "value": 3}
        other.call("PUT", "/answers", {"round": 1, "group": "plenary", "answers": [answer]})
    for command in ("close_round", "disclose", "reveal"):
        hall.order(command, group="plenary")
    page.locator(".beside").wait_for()
    yield page
    page.locator(f'.groups__pick[data-group="{hall.group}"]').click()
    hall.group_order("take_lease")
    page.get_by_text(re.compile("^(in control: you|kendali: Anda)$")).wait_for()
    with Caller(hall.url, staff(hall, f"Budi dari {hall.workshop}")) as budi:
        budi.call("POST", f"/workshops/{hall.workshop}/commands", {"command": "take_lease", "group": hall.group})
    page.locator(".banner__acts").wait_for()
    yield page


def own_rule(hall: Hall, page: Page, language: str) -> Iterator[Page]:
    """A rule of one's own: weighed while it is typed, refused by its clause, fixed, and shown beside the start."""
    page.locator("[name=rule][value=two-thirds]").check()
    page.locator("[name=rule][value=custom]").check()
    expect(page.locator("#own-chance")).to_have_text(OWN[language])
    field = page.locator("[name=own]")
    whole = field.input_value()
    hall.expect("422")
    field.fill(whole.replace('"quorum": 5', '"quorum": 1'))
    expect(page.locator("#own-fault")).to_contain_text(NO_QUORUM[language])
    field.fill(whole[:-1])
    expect(page.locator("#own-fault")).to_have_text(NO_JSON[language])
    yield page
    field.fill(whole.replace('"quorum": 5', '"quorum": 6'))
    expect(page.locator("#own-fault")).to_have_text("")
    page.fill("[name=title]", "Aturan sendiri")
    page.locator("#create .button--primary").click()
    page.wait_for_url("**/console/w*")
    page.locator("[name=D1]").fill("8")
    page.locator("[data-form=seats] .button").first.click()
    expect(page.locator(".ruled li").first).to_contain_text(SEATED[language])
    yield page


def for_experts(hall: Hall, console_: Page, language: str) -> Iterator[Page]:
    """Every figure of the group and how sure the profile is, and what one of them means in the same language."""
    assert console_.viewport_size
    page = sit(hall, size=(console_.viewport_size["width"], 900), language=language)
    page.goto(console_.locator(".expert__pages a").first.get_attribute("href") or "")
    assert page.url.endswith(f"/console/{hall.workshop}/experts/{hall.group}")
    yield page
    page.locator(".sheet__groups a").last.click()
    page.wait_for_url("**/certainty")
    expect(page.locator(".sheet__points dd").first).to_have_text(WHERE[language])
    yield page
    page.locator(".sheet__meaning a").first.click()
    page.wait_for_url("**/about/statistics#sensitivity-of-the-profile")
    assert page.evaluate("Math.round(document.getElementById('sensitivity-of-the-profile').getBoundingClientRect().top)"
                         ) < 120  # fmt: skip
    assert page.locator("html").get_attribute("lang") == language
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_whoever_is_not_signed_in_is_shown_the_door_and_led_back(hall: Hall, language: str) -> None:
    page = hall.phone(size=(768, 900), language={"id": "id-ID", "en": "en-GB"}[language])
    page.goto(f"/console/{hall.workshop}")
    assert page.url.endswith(f"/sign-in?next=/console/{hall.workshop}")
    check(page, language)
    page.fill("[name=name]", "Ani")
    page.fill("[name=password]", "salah sekali")
    page.locator("form .button--primary").click()
    wrong = {"id": "Nama atau kata sandi salah; coba lagi.", "en": "Name or password is wrong; try again."}
    expect(page.locator(".sentence span").last).to_have_text(wrong[language])
    hall.expect("401")
    page.fill("[name=password]", PASSWORD)
    page.locator("form .button--primary").click()
    page.locator(".groups").wait_for()
    assert page.url.endswith(f"/console/{hall.workshop}")
    page.goto("/first-run")
    check(page, language)
    page.goto("/console/w000")
    hall.expect("404")
    check(page, language)
