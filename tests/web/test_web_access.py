"""Who may call what: rules on every route, hosts, origins, cookies, roles read anew on every call."""

from typing import Any

import pytest
from flask import Blueprint

from server.web import MissingRule, create_app
from server.web.access import rule, who_may
from tests.web_hall import API, PASSWORD, Caller, Hall, problem

OURS = "http://localhost"


def test_the_server_refuses_to_start_while_a_route_lacks_an_access_rule(hall: Hall) -> None:
    bare = Blueprint("bare", __name__)
    bare.get("/secrets")(lambda: "all of them")
    with pytest.raises(MissingRule, match=r"/secrets \(bare\."):
        create_app(hall.app.services, [bare])


def test_a_rule_that_names_nobody_known_is_refused(hall: Hall) -> None:
    for who in ((), ("everybody",), ("staff", "king")):
        with pytest.raises(MissingRule):
            rule(*who)


def test_every_route_says_who_may_call_it(hall: Hall) -> None:
    app = hall.app.wsgi
    who = {r.rule: who_may(app.view_functions[r.endpoint]) for r in app.url_map.iter_rules() if r.rule.startswith(API)}
    w = f"{API}/workshops/<workshop>"
    hall_too, leaders = ("staff", "seat", "display"), ("organiser", "facilitator")
    officers = ("organiser", "officer")
    assert who == {
        f"{API}/first-run": ("anyone",), f"{API}/sign-in": ("anyone",), f"{API}/join": ("anyone",),
        f"{API}/sign-in/pass": ("anyone",),
        f"{API}/sign-out": ("staff", "officer", "display", "seat"),
        f"{API}/ballot": ("seat",), f"{API}/answers": ("seat",),
        f"{API}/staff": who[f"{API}/staff"], f"{API}/staff/<int:number>/close": ("organiser",),
        f"{API}/workshops": who[f"{API}/workshops"], w: ("staff",), f"{w}/commands": ("staff", "officer"),
        f"{w}/papers": officers, f"{w}/papers/<group>/<int:ballot>": officers,
        f"{w}/imports/baseline": ("organiser",), f"{w}/imports/seats": ("organiser",),
        f"{w}/imports/baseline/check": ("organiser",), f"{w}/imports/seats/check": ("organiser",),
        f"{w}/templates/<kind>.<form>": ("staff",), f"{API}/frameworks/<name>": ("staff",),
        f"{API}/previews": ("organiser",),
        f"{w}/displays": leaders, f"{w}/displays/revoke": leaders,
        f"{w}/rounds/<group>/<int:number>": hall_too, f"{w}/profile": hall_too, f"{w}/trail": hall_too,
        f"{w}/checkpoint": hall_too, f"{w}/proof/<int:seq>": hall_too, f"{w}/bundle": ("staff",),
        f"{w}/reports/<name>": leaders,
        f"{w}/reports/results.csv": leaders, f"{API}/openapi.json": ("anyone",), f"{API}/docs": ("anyone",),
        f"{API}/ballot/receipt": ("seat",), f"{API}/ballot/opening": ("seat",), f"{w}/consistency": hall_too,
        f"{API}/replay": ("staff",), f"{w}/replay": ("staff",),
        f"{API}/rules": ("staff",), f"{API}/rules/schema": ("anyone",), f"{w}/groups/<group>/expert": ("staff",),
        f"{w}/groups/<group>/measures": ("staff",), f"{w}/certainty": ("staff",),
        f"{w}/desk": ("staff",), f"{w}/desk/show": leaders, f"{w}/desk/notes/<group>": leaders,
        f"{w}/people": ("staff",), f"{w}/people/<group>/answerable": ("organiser",),
        f"{API}/preflight": ("staff",), f"{API}/preflight/phone": ("staff",),
        f"{API}/preflight/address": ("organiser",),
        f"{API}/phone-check": ("anyone",), f"{w}/rehearsals": ("organiser",), f"{w}/end": ("organiser",),
    }  # fmt: skip


def test_making_a_workshop_is_for_organisers_and_listing_for_all_staff(hall: Hall) -> None:
    for role in ("facilitator", "officer", "observer"):
        staff = hall.staff(role, role)
        body = problem(staff.post("/workshops", {"title": "x"}), 403, "not_allowed")
        assert body["detail"] == "Your role may not do this; ask organiser."
        assert staff.get("/workshops").json == {"workshops": []}


def bearer(caller: Caller) -> str:
    return caller.headers["Authorization"].removeprefix("Bearer ")


def test_a_staff_pass_is_brought_into_a_browser_and_no_other_is(voting: Hall) -> None:
    stranger = voting.caller()
    told = stranger.post("/sign-in/pass", {"pass": bearer(voting.organiser)})
    assert (told.status_code, told.json["role"]) == (200, "organiser")
    assert "mufakat_staff=" in told.headers["Set-Cookie"] and "HttpOnly" in told.headers["Set-Cookie"]
    problem(stranger.post("/sign-in/pass", {"pass": bearer(voting.seats[0])}), 401, "not_signed_in")
    problem(stranger.post("/sign-in/pass", {"pass": "x" * 43}), 401, "not_signed_in")


# --- passes -----------------------------------------------------------------------------------------------------------


def test_without_a_pass_nothing_but_the_doors_answers(voting: Hall) -> None:
    stranger = voting.caller()
    for method, path in (("GET", "/ballot"), ("PUT", "/answers"), ("GET", voting.here), ("GET", "/workshops"),
                         ("POST", f"{voting.here}/commands"), ("GET", f"{voting.here}/profile"),
                         ("GET", f"{voting.here}/bundle"), ("POST", "/sign-out")):  # fmt: skip
        told = stranger.ask(method, path)
        problem(told, 401, "not_signed_in")
        assert told.headers["WWW-Authenticate"] == 'Bearer realm="mufakat"'


def test_an_invented_pass_is_no_pass(voting: Hall) -> None:
    problem(voting.caller("x" * 43).get("/ballot"), 401, "not_signed_in")
    basic = voting.caller().get("/ballot", headers={"Authorization": "Basic QW5pOng="})
    problem(basic, 401, "not_signed_in")


def test_a_pass_of_one_kind_opens_no_door_of_another(voting: Hall) -> None:
    problem(voting.organiser.get("/ballot"), 403, "not_allowed")
    problem(voting.seats[0].get(voting.here), 403, "not_allowed")
    problem(voting.seats[0].post(f"{voting.here}/commands", {"command": "freeze"}), 403, "not_allowed")
    display = voting.caller(voting.organiser.post(f"{voting.here}/displays").json["pass"])
    problem(display.get(voting.here), 403, "not_allowed")
    problem(display.put("/answers", {}), 403, "not_allowed")


def test_a_role_is_read_from_the_database_on_every_call(voting: Hall) -> None:
    budi = voting.staff("Budi", "organiser")
    assert budi.get(voting.here).status_code == 200
    [account] = [a for a in voting.app.passes.accounts() if a.name == "Budi"]
    voting.app.passes.retire(account.id)
    problem(budi.get(voting.here), 401, "pass_revoked")


def test_a_seat_of_one_workshop_is_a_stranger_in_another(voting: Hall) -> None:
    seat, first = voting.seats[0], voting.workshop
    other = voting.create().json["workshop"]
    for path in ("profile", "trail", "checkpoint", "rounds/D1/1"):
        assert problem(seat.get(f"/workshops/{other}/{path}"), 404, "unknown_workshop")["detail"]
    assert seat.get(f"/workshops/{first}/trail").status_code == 200


def test_signing_out_ends_the_pass_at_once(hall: Hall) -> None:
    told = hall.caller().post("/sign-in", {"name": "Ani", "password": PASSWORD})
    ani = hall.caller(told.json["pass"])
    assert ani.get("/workshops").status_code == 200
    assert ani.post("/sign-out").status_code == 204
    problem(ani.get("/workshops"), 401, "pass_revoked")
    assert hall.organiser.get("/workshops").status_code == 200


# --- hosts and origins ------------------------------------------------------------------------------------------------


def test_a_host_that_is_not_ours_is_refused_before_anything_else(hall: Hall) -> None:
    for host in ("evil.example", "localhost.evil.example", "localhost.evil.example:8000"):
        for path in ("/ballot", "/workshops", "/nowhere"):
            problem(hall.organiser.get(path, headers={"Host": host}), 400, "wrong_host")
    assert hall.organiser.get("/workshops", headers={"Host": "127.0.0.1:9"}).status_code == 200
    assert hall.organiser.get("/workshops", headers={"Host": "[::1]:9"}).status_code == 200


def signed_in(hall: Hall) -> Any:
    browser = hall.browser()
    told = browser.post(f"{API}/sign-in", json={"name": "Ani", "password": PASSWORD}, headers={"Origin": OURS})
    assert told.status_code == 200, told.json
    return browser


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Origin": OURS}, 201), ({"Sec-Fetch-Site": "same-origin"}, 201), ({}, 403),
     ({"Origin": "http://evil.example"}, 403), ({"Origin": "null"}, 403), ({"Origin": "http://localhost:81"}, 403),
     ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403),
     ({"Origin": "https://mufakat.example.org"}, 403)],
)  # fmt: skip
def test_an_order_that_comes_with_a_cookie_must_come_from_our_own_page(
    hall: Hall, headers: dict[str, str], status: int
) -> None:
    browser = signed_in(hall)
    told = browser.post(f"{API}/workshops", json={"title": "Aula"}, headers=headers | {"Accept-Language": "en"})
    assert told.status_code == status
    if status == 403:
        assert problem(told, 403, "wrong_origin")["detail"].startswith("This page may not send orders")


def test_an_order_that_comes_with_a_cookie_must_be_json(hall: Hall) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        told = signed_in(hall).post(
            f"{API}/workshops", data=b'{"title": "Aula"}', content_type=kind, headers={"Origin": OURS}
        )
        problem(told, 415, "wrong_content_type")
    assert hall.organiser.get("/workshops").json == {"workshops": []}


def test_a_foreign_page_may_not_send_orders_with_a_borrowed_pass_either(hall: Hall) -> None:
    told = hall.organiser.post("/workshops", {"title": "Aula"}, headers={"Origin": "http://evil.example"})
    problem(told, 403, "wrong_origin")


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(hall: Hall) -> None:
    told = hall.browser().post(f"{API}/sign-in", json={"name": "Ani", "password": PASSWORD})
    [cookie] = [line for line in told.headers.getlist("Set-Cookie") if line.startswith("mufakat_staff=")]
    parts = {part.strip().partition("=")[0] for part in cookie.split(";")[1:]}
    assert parts == {"Expires", "Max-Age", "HttpOnly", "Path", "SameSite"} and "SameSite=Lax" in cookie
    over_tls = hall.browser().post(
        f"{API}/sign-in", json={"name": "Ani", "password": PASSWORD}, base_url="https://localhost"
    )
    assert "; Secure" in over_tls.headers["Set-Cookie"]


def test_one_browser_is_staff_display_and_seat_at_once(voting: Hall) -> None:
    browser = signed_in(voting)
    made = browser.post(f"{API}{voting.here}/displays", headers={"Origin": OURS})
    joined = browser.post(f"{API}/join", json={"code": voting.cards[0]["code"]}, headers={"Origin": OURS})
    assert (made.status_code, joined.status_code) == (201, 201)
    assert browser.get(f"{API}/ballot").json["seat"] == 1
    assert browser.get(f"{API}{voting.here}").json["workshop"] == voting.workshop
    assert browser.get(f"{API}{voting.here}/profile").status_code == 200


# --- machines ---------------------------------------------------------------------------------------------------------


def test_staff_work_on_the_servers_machine_until_the_operator_opens_it(hall: Hall) -> None:
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "192.168.1.7"}}
    problem(hall.organiser.get("/workshops", **elsewhere), 403, "staff_elsewhere")
    problem(hall.caller().post("/sign-in", {"name": "Ani", "password": PASSWORD}, **elsewhere), 403, "staff_elsewhere")
    problem(hall.organiser.get("/workshops", headers={"X-Forwarded-For": "192.168.1.7"}), 403, "staff_elsewhere")


def test_seats_are_welcome_from_every_machine(voting: Hall) -> None:
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "192.168.1.7"}}
    assert voting.seats[0].get("/ballot", **elsewhere).status_code == 200
    problem(voting.caller().post("/join", {"code": "00000000"}, **elsewhere), 404, "wrong_code")


def test_the_operators_pages_answer_this_machine_or_an_organiser(hall: Hall) -> None:
    browser = hall.browser()
    assert browser.get("/healthz").json == {"status": "alive"}
    elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
    for page in ("/healthz", "/readyz", "/metrics"):
        problem(browser.get(page, environ_overrides=elsewhere), 401, "not_signed_in")
