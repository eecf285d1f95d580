"""Frames, packets and floods on a real socket: what is not the protocol ends the socket by name, and nobody else's.

Witness of the framing: `websocket-client`, and RFC 6455 for the close codes.
"""

import contextlib
import json
import socket
from collections.abc import Iterator

import pytest
import websocket

from server.cli.stage.served import Served
from tests.live.conftest import add_staff
from tests.live.floor import Floor, answers, eventually
from tests.live.wire import Refused, Wire

TEXT, BINARY, CONT, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10


def frame(wire: Wire, opcode: int, data: bytes | str, fin: int = 1) -> None:
    wire.socket.send_frame(websocket.ABNF(fin, 0, 0, 0, opcode, 1, data))


def arrived(floor: Floor, seat: int) -> Wire | None:
    """A phone, unless the sockets that a test before it has just left still count."""
    try:
        return floor.phone(seat)
    except Refused:
        return None


@pytest.fixture
def phone(floor: Floor) -> Iterator[Wire]:
    with eventually(lambda: arrived(floor, 1)) as wire:
        wire.enter("/ballot")
        yield wire


def test_compression_is_declined(floor: Floor) -> None:
    offer = {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"}
    with Wire(floor.url, floor.passes[0], header=offer) as wire:
        assert "sec-websocket-extensions" not in wire.socket.getheaders()
        assert wire.enter("/ballot")["seat"] == 1


def test_the_handshake_says_how_large_a_message_may_be_and_how_often_is_asked(floor: Floor) -> None:
    with floor.phone(1) as wire:
        hello = wire.hello
    assert len(hello.pop("sid")) == 20
    assert hello == {"upgrades": [], "pingInterval": 25000, "pingTimeout": 20000, "maxPayload": 16384}


def test_a_ping_is_answered_with_its_own_payload(phone: Wire) -> None:
    frame(phone, PING, b"are you there")
    opcode, data = phone.socket.recv_data(control_frame=True)
    assert (opcode, data) == (PONG, b"are you there")


def test_a_message_in_fragments_with_a_ping_between_is_one_message(phone: Wire) -> None:
    text = '42/ballot,7["sync",{"since":-1}]'
    for opcode, part, fin in ((TEXT, text[:9], 0), (CONT, text[9:20], 0), (PING, b"", 1), (CONT, text[20:], 1)):
        frame(phone, opcode, part, fin)
    assert phone.answered("7")["ok"] is True


def test_many_messages_in_one_segment_are_each_answered_in_order(phone: Wire) -> None:
    texts = [f'42/ballot,{n}["sync",{{"since":-1}}]' for n in range(5)]
    frames = [websocket.ABNF(1, 0, 0, 0, TEXT, 1, text).format() for text in texts]
    phone.socket.sock.sendall(b"".join(frames))
    kinds = [phone.until(lambda kind, space, data: kind == "3")[1][0] for _ in range(5)]
    assert kinds == ["0", "1", "2", "3", "4"]


def test_the_largest_message_is_taken_and_one_byte_more_closes_the_socket_with_1009(phone: Wire) -> None:
    fits = '42/ballot,1["sync",{"since":0}' + " " * (16384 - 31) + "]"
    assert len(fits) == 16384
    phone.send(fits)
    assert phone.answered("1")["ok"] is True
    phone.send(fits[:-1] + " ]")
    assert phone.closed_with() == 1009


@pytest.mark.parametrize("size", [17 * 1024, 1 << 20])
def test_a_frame_of_17_kib_or_more_closes_the_socket_with_1009_before_it_is_read(phone: Wire, size: int) -> None:
    with contextlib.suppress(ConnectionError):  # closed while we were still sending
        phone.send("4" * size)
    assert phone.closed_with() in ((1009,) if size < 1 << 17 else (1009, None))


def test_fragments_that_grow_beyond_the_limit_close_the_socket_with_1009(phone: Wire) -> None:
    frame(phone, TEXT, "4" * 9000, 0)
    frame(phone, CONT, "4" * 9000, 0)
    assert phone.closed_with() == 1009


def test_a_frame_that_is_not_masked_is_a_protocol_error(phone: Wire) -> None:
    phone.socket.sock.sendall(b"\x81\x01" + b"2")
    assert phone.closed_with() == 1002


def test_text_that_is_not_utf_8_is_invalid_data(phone: Wire) -> None:
    frame(phone, TEXT, b"42/ballot,[\"sync\xff\"]")
    assert phone.closed_with() == 1007


def test_a_closing_handshake_is_answered_with_the_same_code(phone: Wire) -> None:
    phone.socket.send_close(1001)
    assert phone.closed_with() == 1001


MALFORMED = [
    "", "4", "9", "x", "5", "6", "0", "2probe", "4x", "47", "4-", '42/ballot,"sync"',
    "42/ballot,{}", "42/ballot,[]", "42/ballot,[1]", '42/ballot,[["sync"]]', '42/ballot,1["sync",{},{}]',
    '42/ballot,1["sync",{}', "42/ballot," + "[" * 8000, "42/ballot", "42",
    '42/ballot,["connect",{"QUERY_STRING":""}]', '42/ballot,1["disconnect","x"]', '42/ballot,["\\u0063onnect"]',
    '42/ballot,1["*",{}]', '42/ballot,1["*","x"]', '451-/ballot,["answers.put",{"_placeholder":true,"num":0}]',
    '4510-["x"]', '461-/ballot,1[]', '44/ballot,{"message":"no"}',
    '43/ballot,1["ack that nobody asked for"]', "42/ballot," + "1" * 101 + '["sync"]', "42/ballot,1", '4{"a":1}',
]  # fmt: skip


@pytest.mark.parametrize("text", MALFORMED, ids=lambda text: repr(text[:30]))
def test_what_is_not_the_protocol_ends_the_socket_by_name_and_nobody_elses(
    floor: Floor, phone: Wire, text: str
) -> None:
    with floor.phone(2) as other:
        other.enter("/ballot")
        phone.send(text)
        assert phone.closed_with() == 1008
        assert other.ask("/ballot", "sync", {"since": -1})["ok"] is True


def test_a_binary_frame_ends_the_socket_for_there_are_no_attachments(phone: Wire) -> None:
    frame(phone, BINARY, b'42/ballot,1["sync",{}]')
    assert phone.closed_with() == 1008


def test_a_namespace_that_does_not_exist_is_refused_and_the_socket_stays(phone: Wire) -> None:
    for space in ("/admin", "/", "/ballot2"):
        phone.send(f"40{space}," if space != "/" else "40")
        assert phone.until(lambda kind, got, _, space=space: (kind, got) == ("4", space))[1] == "Unable to connect"
    assert phone.ask("/ballot", "sync", {"since": -1})["ok"] is True


@pytest.mark.parametrize(("space", "whose"), [("/console", "seat"), ("/display", "seat"), ("/ballot", "staff")])
def test_a_pass_opens_only_its_own_namespace(floor: Floor, space: str, whose: str) -> None:
    with floor.phone(1) if whose == "seat" else floor.console() as wire:
        with pytest.raises(Refused) as caught:
            wire.enter(space)
        assert caught.value.problem["data"] == {"code": "not_allowed"}
        wire.send(f'42{space},1["command",{{}}]')
        assert wire.quiet(0.3) == []


def test_an_officer_sees_neither_console_nor_hall(floor: Floor) -> None:
    with Wire(floor.url, add_staff(floor, "officer")) as wire:
        for space in ("/console", "/display"):
            with pytest.raises(Refused) as caught:
                wire.enter(space, {"workshop": floor.workshop})
            assert caught.value.problem["data"] == {"code": "not_allowed"}


def test_events_before_a_namespace_is_entered_reach_nobody(floor: Floor) -> None:
    with floor.phone(1) as wire:
        wire.send(f'42/ballot,1["answers.put",{json.dumps(answers(1, 1, 1))}]')
        assert wire.quiet(0.3) == []


def test_who_sends_faster_than_allowed_is_told_so_and_who_goes_on_is_dropped(floor: Floor) -> None:
    with floor.phone(3) as wire:
        wire.enter("/ballot")
        asked = [wire.put("/ballot", "sync", {"since": -1}) for _ in range(60)]
        told = [wire.answered(number) for number in asked]
        late = [answer for answer in told if not answer["ok"]]
        assert {answer["code"] for answer in late} == {"too_many_requests"} and 30 <= len(late) <= 41
        wire.socket.sock.sendall(websocket.ABNF(1, 0, 0, 0, TEXT, 1, '42/ballot,["sync",{}]').format() * 400)
        assert wire.closed_with() == 1008


def test_a_reader_who_does_not_read_is_dropped_and_resynced_while_others_hear_everything(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Served(tmp_path_factory.mktemp("slow"), MUFAKAT_EVENTS_PER_SECOND="100000") as served:
        floor = Floor(served)
        small = ((socket.SOL_SOCKET, socket.SO_RCVBUF, 4096),)
        slow, other = Wire(floor.url, floor.passes[0], sockopt=small), floor.phone(2)
        slow.enter("/ballot")
        other.enter("/ballot")
        sync = websocket.ABNF(1, 0, 0, 0, TEXT, 1, '42/ballot,["sync",{"since":-1}]').format()
        eventually(lambda: _refuses(slow, sync), 20)
        floor.group("open_round", items="all")
        assert other.hear("/ballot", "change")["kind"] == "opened"
        with eventually(lambda: arrived(floor, 1)) as again:
            assert again.enter("/ballot")["phase"] == "open"
        for wire in (slow, other):
            wire.close()
        floor.close()


def _refuses(wire: Wire, sync: bytes) -> bool:
    """Ask for many snapshots, and read none; whether the server has had enough."""
    try:
        wire.socket.sock.sendall(sync * 100)
    except (ConnectionError, TimeoutError):
        return True
    return False
