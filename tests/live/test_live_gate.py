"""What may not open a socket is refused with a short HTTP answer, before Engine.IO has seen it.

Witness that nothing was spent: the number of open sockets as the operator reads it, before and after.
"""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import websocket

from server.cli.stage.served import Served
from tests.live.floor import Floor, eventually
from tests.live.wire import Refused, Wire


def refused(*args: Any, **more: Any) -> tuple[int, str]:
    """Status and problem code of a handshake that must fail."""
    with pytest.raises(Refused) as caught:
        Wire(*args, **more)
    problem = caught.value.problem
    assert problem["status"] == caught.value.status and problem["detail"].endswith((".", "?"))
    return caught.value.status, problem["code"]


def asked(floor: Floor, query: str, method: str = "GET", **headers: str) -> tuple[int, Any]:
    """A plain HTTP call to the socket's address."""
    connection = http.client.HTTPConnection(urlsplit(floor.url).netloc, timeout=5)
    headers = {"Authorization": f"Bearer {floor.passes[0]}"} | headers
    connection.request(method, f"/socket.io/?{query}", headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    status, body = answer.status, json.loads(answer.read())
    connection.close()
    return status, body["code"]


def test_a_page_of_another_site_is_refused(floor: Floor) -> None:
    assert refused(floor.url, floor.passes[0], origin="http://evil.example") == (403, "wrong_origin")
    assert refused(floor.url, floor.passes[0], origin="null") == (403, "wrong_origin")
    neighbour = f"http://127.0.0.1:{floor.served.port + 1}"
    assert refused(floor.url, floor.passes[0], origin=neighbour) == (403, "wrong_origin")


def test_a_page_of_another_site_is_refused_although_the_browser_adds_the_cookie(floor: Floor) -> None:
    cookie = f"mufakat_staff={floor.bearer}"
    assert refused(floor.url, cookie=cookie, origin="http://evil.example") == (403, "wrong_origin")


def test_our_own_page_enters_with_its_cookie(floor: Floor) -> None:
    with Wire(floor.url, cookie=f"mufakat_seat={floor.passes[0]}", origin=floor.url) as phone:
        assert phone.enter("/ballot")["seat"] == 1


def test_a_cookie_without_an_origin_is_refused_because_no_browser_sends_that(floor: Floor) -> None:
    assert refused(floor.url, cookie=f"mufakat_seat={floor.passes[0]}") == (401, "not_signed_in")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "0.0.0.0", ""])
def test_a_host_name_that_was_rebound_to_this_machine_is_refused(floor: Floor, host: str) -> None:
    assert refused(floor.url, floor.passes[0], host=host or " ") == (400, "wrong_host")


def test_nobody_enters_without_a_pass(floor: Floor) -> None:
    assert refused(floor.url) == (401, "not_signed_in")
    assert refused(floor.url, origin=floor.url) == (401, "not_signed_in")
    assert refused(floor.url, "x" * 43) == (401, "not_signed_in")


def test_a_pass_that_was_revoked_opens_nothing(floor: Floor) -> None:
    secret = floor.staff.call("POST", f"/workshops/{floor.workshop}/displays")["pass"]
    with Wire(floor.url, secret) as display:
        assert display.enter("/display")["workshop"] == floor.workshop
    floor.staff.call("POST", f"/workshops/{floor.workshop}/displays/revoke", {"pass": secret})
    assert refused(floor.url, secret) == (401, "pass_revoked")


@pytest.mark.parametrize(
    "query",
    ["EIO=4&transport=polling", "EIO=3&transport=websocket", "transport=websocket", "EIO=4", "",
     "EIO=4&transport=flash", "EIO=4&transport=websocket&sid=abc", "EIO=4&transport=polling&j=0"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "PUT"])
def test_any_transport_but_websocket_is_refused(floor: Floor, query: str, method: str) -> None:
    assert asked(floor, query, method) == (400, "malformed")


UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
           "Sec_WebSocket_Version": "13"}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"Upgrade": "h2c"}, {"Sec_WebSocket_Key": "short"}, {"Sec_WebSocket_Version": "8"}, {"Connection": "close"}],
    ids=str,
)  # fmt: skip
def test_a_handshake_that_is_not_one_is_refused(floor: Floor, wrong: dict[str, str]) -> None:
    assert asked(floor, "EIO=4&transport=websocket", **UPGRADE | wrong) == (400, "malformed")


def test_a_refusal_speaks_the_language_of_whoever_asks(floor: Floor) -> None:
    told = {}
    for language in ("id", "en"):
        with pytest.raises(Refused) as caught:
            Wire(floor.url, header={"Accept-Language": language})
        told[language] = caught.value.problem["detail"]
    assert told == {
        "en": "Show a pass: join with your seat card, or sign in.",
        "id": "Tunjukkan izin masuk: gabung dengan kartu kursi Anda, atau masuk dahulu.",
    }


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    folder: Path = tmp_path_factory.mktemp("narrow")
    with Served(folder, MUFAKAT_MAX_SOCKETS="5", MUFAKAT_SOCKETS_PER_SEAT="2") as served:
        made = Floor(served)
        yield made
        made.close()


def test_a_seat_has_as_many_sockets_as_its_browser_may_have_tabs(narrow: Floor) -> None:
    with narrow.phone(1) as one, narrow.phone(1) as two:
        assert refused(narrow.url, narrow.passes[0]) == (429, "too_many_requests")
        assert one.enter("/ballot")["seat"] == two.enter("/ballot")["seat"] == 1
        with narrow.phone(2) as other:
            assert other.enter("/ballot")["seat"] == 2


def test_tabs_that_no_longer_listen_make_room_for_the_one_that_was_refused(narrow: Floor) -> None:
    silent = [narrow.phone(3), narrow.phone(3)]
    assert refused(narrow.url, narrow.passes[2]) == (429, "too_many_requests")
    # Both were asked whether they are there. They do not answer, so the next try finds room.
    again = eventually(lambda: _try(narrow, 3), 8)
    assert again.enter("/ballot")["seat"] == 3
    again.close()
    for one in silent:
        one.close()


def _try(floor: Floor, seat: int) -> Wire | None:
    try:
        return floor.phone(seat)
    except Refused:
        return None


def test_beyond_the_sockets_of_the_house_everybody_is_refused_until_one_leaves(narrow: Floor) -> None:
    first = eventually(lambda: _five(narrow))
    assert refused(narrow.url, narrow.passes[5]) == (503, "too_many_sockets")
    assert refused(narrow.url, narrow.bearer) == (503, "too_many_sockets")
    first[0].close()
    late = eventually(lambda: _try(narrow, 6))
    for wire in (*first[1:], late):
        wire.close()


def _five(floor: Floor) -> list[Wire] | None:
    found: list[Wire] = []
    for seat in range(1, 6):
        if (wire := _try(floor, seat)) is None:
            for other in found:
                other.close()
            return None
        found.append(wire)
    return found


def test_everything_else_goes_on_to_the_web(floor: Floor) -> None:
    connection = http.client.HTTPConnection(urlsplit(floor.url).netloc, timeout=5)
    for path, status in (("/healthz", 200), ("/socket.iox", 404), ("/socket", 404)):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert (path, answer.status) == (path, status)
    connection.close()


# --- the trial --------------------------------------------------------------------------------------------------------


def trial(floor: Floor, origin: str | None, host: str | None = None) -> str:
    """What a phone without a seat hears when it tries whether its network has WebSocket."""
    line = websocket.WebSocket()
    line.settimeout(5)
    more: dict[str, Any] = {"suppress_origin": origin is None} | ({"origin": origin} if origin else {})
    line.connect(f"ws{floor.url[4:]}/phone-check/socket", host=host, **more)
    word, (code, _) = line.recv(), line.recv_data()
    line.shutdown()
    return f"{word} {code}"


def test_a_phone_without_a_seat_hears_one_word_and_is_let_go(floor: Floor) -> None:
    assert trial(floor, floor.url) == f"mufakat {websocket.ABNF.OPCODE_CLOSE}"
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        trial(floor, "http://evil.example")
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        trial(floor, None)
    with pytest.raises(websocket.WebSocketBadStatusException, match="400"):
        trial(floor, "http://evil.example", host="evil.example")
