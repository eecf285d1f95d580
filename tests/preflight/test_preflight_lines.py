"""The lines of the pre-flight: limits by hand, both languages complete, facts measured on real files and sockets."""

import socket
import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from server import preflight
from server.addresses import RANK, Candidate, Printed
from server.preflight import Facts, Phones, PhonesTold, judge, kind_sentence, measuring, tell
from server.preflight.sentences import FAULTS, KINDS, SENTENCES, STATES, TITLES

WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 22, 9, 15, tzinfo=WIB)
WIFI = Candidate("192.168.1.5", "wlan0", "wifi")
READY = Facts(
    now=NOW, installed=NOW - timedelta(days=3), newest=NOW - timedelta(hours=1), free=40e9, syncs=(0.004, 0.002, 0.9),
    sync_fault="", writable=True, trails=(("w1", 20), ("w2", 5)), key="fine", key_path="data/signing.pem",
    printed=Printed("http://192.168.1.5:8000", "chosen", WIFI), host="192.168.1.5", answered=True, reach="",
    phones=PhonesTold(passed=2, last=NOW), workers=True,
)  # fmt: skip


def found(about: str, **changed: Any) -> tuple[str, str]:
    """State and code of one line where a fact is another."""
    [line] = [line for line in judge(replace(READY, **changed)) if line.key == about]
    tell(line, "id")  # its values fit its sentence
    return line.state, line.code


def test_a_ready_machine_leaves_only_what_people_must_see_themselves() -> None:
    assert [(line.key, line.state) for line in judge(READY)] == [
        ("clock", "fine"), ("disk", "fine"), ("sync", "fine"), ("database", "fine"), ("trail", "fine"), ("key", "fine"),
        ("address", "fine"), ("hosts", "fine"), ("reach", "fine"), ("phone", "fine"), ("display", "yours"),
        ("workers", "fine"), ("browser", "yours"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "changed", "wanted"),
    [
        ("clock", {"now": NOW.astimezone(UTC)}, ("look", "clock_utc")),
        ("clock", {"newest": NOW + timedelta(hours=1)}, ("mend", "clock_behind")),
        ("clock", {"newest": NOW + timedelta(minutes=1)}, ("fine", "clock_fine")),
        ("clock", {"installed": NOW + timedelta(days=1), "newest": None}, ("mend", "clock_old")),
        ("disk", {"free": 1e9}, ("fine", "disk_fine")),
        ("disk", {"free": 0.99e9}, ("look", "disk_low")),
        ("disk", {"free": 0.19e9}, ("mend", "disk_full")),
        ("sync", {"syncs": (0.05, 0.05, 0.05)}, ("fine", "sync_fine")),
        ("sync", {"syncs": (0.051, 0.001, 0.2)}, ("look", "sync_slow")),
        ("sync", {"syncs": (0.3, 0.3, 0.001)}, ("mend", "sync_bad")),
        ("sync", {"syncs": (), "sync_fault": "Read-only file system"}, ("mend", "sync_failed")),
        ("database", {"writable": False}, ("mend", "database_failed")),
        ("trail", {"trails": ()}, ("fine", "trail_none")),
        ("trail", {"trails": (("w1", 20), ("w2", None))}, ("mend", "trail_damaged")),
        ("key", {"key": "exposed"}, ("mend", "key_exposed")),
        ("key", {"key": "missing"}, ("mend", "key_missing")),
        ("key", {"key": "windows"}, ("look", "key_windows")),
        ("address", {"printed": Printed("http://127.0.0.1:8000", "alone", None)}, ("mend", "address_alone")),
        ("address", {"printed": Printed("http://127.0.0.1:8000", "none", None)}, ("mend", "address_none")),
        ("address", {"printed": Printed("http://192.168.9.9:8000", "chosen", None)}, ("mend", "address_gone")),
        ("address", {"printed": Printed("http://192.168.1.5", "chosen", WIFI._replace(kind="down"))},
         ("mend", "address_gone")),
        ("address", {"printed": Printed("http://10.8.0.6", "chosen", WIFI._replace(kind="vpn"))},
         ("look", "address_doubtful")),
        ("address", {"printed": Printed("http://192.168.1.5", "guessed", WIFI)}, ("look", "address_guessed")),
        ("address", {"printed": Printed("https://hall.example", "public", None)}, ("fine", "address_public")),
        ("address", {"printed": Printed("https://hall.example", "asked", None)}, ("fine", "address_chosen")),
        ("hosts", {"answered": False}, ("mend", "hosts_refused")),
        ("reach", {"reach": "Connection refused"}, ("mend", "reach_failed")),
        ("phone", {"phones": PhonesTold()}, ("yours", "phone_none")),
        ("phone", {"phones": None}, ("yours", "phone_elsewhere")),
        ("phone", {"phones": PhonesTold(3, NOW, ("clock",))}, ("look", "phone_failed")),
        ("workers", {"workers": False}, ("look", "workers_lost")),
    ],
)  # fmt: skip
def test_each_finding_stands_as_its_limit_says(key: str, changed: dict[str, Any], wanted: tuple[str, str]) -> None:
    assert found(key, **changed) == wanted


def test_where_nobody_can_come_neither_host_nor_port_is_judged() -> None:
    alone = judge(replace(READY, printed=Printed("http://127.0.0.1:8000", "alone", None), workers=None))
    assert {"hosts", "reach", "workers"} & {line.key for line in alone} == set()


def test_what_a_line_says_is_written_the_way_its_language_writes() -> None:
    lines = {line.key: line for line in judge(replace(READY, free=1.26e9))}
    assert tell(lines["disk"], "id").sentence == "1,3 GB masih kosong."
    assert tell(lines["sync"], "en").sentence == "A write is on the disk in 4.0 ms (the middle of 3 tries)."
    assert "2026-11-22 09.15 (UTC+07:00)" in tell(lines["clock"], "id").sentence
    assert tell(lines["phone"], "en").sentence.endswith("since the start: 2, the last at 2026-11-22 09:15.")
    failed = judge(replace(READY, phones=PhonesTold(0, NOW, ("cookie", "clock"))))
    assert "kuki, jam" in next(tell(line, "id").sentence for line in failed if line.key == "phone")


def test_every_sentence_speaks_both_languages_with_the_same_values() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for table in (STATES, TITLES, KINDS, FAULTS, SENTENCES):
        assert {key: set(told) for key, told in table.items() if set(told) != {"en", "id"}} == {}
    assert {code for code, told in SENTENCES.items() if fields(told["en"]) != fields(told["id"])} == set()
    assert set(KINDS) == set(RANK) and kind_sentence("vpn", "en") == "a VPN: phones in the hall are not in it"


# --- phones -----------------------------------------------------------------------------------------------------------


def test_phones_are_counted_and_only_the_last_ones_faults_are_known() -> None:
    phones = Phones(lambda: NOW)
    phones.tell(["clock", "nonsense", "cookie"])
    assert phones.told == PhonesTold(0, NOW, ("cookie", "clock"))
    phones.tell([])
    phones.tell([])
    assert phones.told == PhonesTold(2, NOW, ())


# --- measuring --------------------------------------------------------------------------------------------------------


def test_writes_are_made_durable_for_real_and_leave_nothing_behind(tmp_path: Path) -> None:
    ticks = iter(range(100))
    taken, fault = measuring.syncs(tmp_path, lambda: float(next(ticks)))
    assert (taken, fault, list(tmp_path.iterdir())) == ([1.0] * measuring.TRIES, "", [])
    assert measuring.syncs(tmp_path / "nowhere", float) == ([], "No such file or directory")


def test_room_is_that_of_the_disk_on_which_the_folder_will_be(tmp_path: Path) -> None:
    assert measuring.free(tmp_path / "not" / "yet") == pytest.approx(measuring.free(tmp_path), rel=0.01)


@pytest.mark.parametrize(("mode", "told"), [(0o600, "fine"), (0o400, "fine"), (0o640, "exposed"), (0o604, "exposed")])
def test_a_key_that_others_may_read_is_found(tmp_path: Path, mode: int, told: str) -> None:
    path = tmp_path / "signing.pem"
    assert measuring.key(path) == "missing"
    path.touch()
    path.chmod(mode)
    assert measuring.key(path) == told


def test_an_address_where_nobody_listens_says_why() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert measuring.reach(f"http://127.0.0.1:{port}") == "Connection refused"
    assert measuring.figures(f"http://127.0.0.1:{port}") == {}


def test_the_room_tells_its_whole_interface() -> None:
    assert [name for name in preflight.__all__ if not hasattr(preflight, name)] == []
