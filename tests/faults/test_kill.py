"""`kill -9` while answers are in flight: every acknowledged answer is counted once, and nothing else is.

Witness: each simulated phone logs what it was told; the log is held against the ballots in the exported full bundle.
"""

import io
import json
import random
import threading
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.cli.stage.served import Caller, Served, free_port

KILLS = 20
SEATS = 12
GROUPS = ("D1", "D2", "D3", "D4")


@dataclass
class Phone:
    """One seat that keeps changing its mind. It repeats what was not acknowledged, with the same key and revision."""

    url: str
    bearer: str
    items: tuple[str, ...]
    chance: random.Random
    flying: "Gauge"
    told: dict[str, int] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    repeated: int = 0
    faults: list[str] = field(default_factory=list)

    def run(self, stop: threading.Event) -> None:
        bearer = {"Authorization": f"Bearer {self.bearer}"}
        with httpx.Client(headers=bearer, timeout=5, trust_env=False) as client:
            self.change_mind(client, stop)

    def change_mind(self, client: httpx.Client, stop: threading.Event) -> None:
        while not stop.is_set():
            item, value = self.chance.choice(self.items), self.chance.randint(1, 5)
            rev = self.revisions[item] = self.revisions.get(item, 0) + 1
            answer = {"item": item, "rev": rev, "key": f"{item}-{rev}", "value": value}
            if not self.send(client, answer):
                return
            self.told[item] = value
            self.acknowledged += 1

    def send(self, client: httpx.Client, answer: dict[str, Any]) -> bool:
        """Until it is acknowledged; the last answer too, so that the log is complete."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with self.flying:
                    response = client.put(f"{self.url}/api/v1/answers", json={"round": 1, "answers": [answer]})
            except httpx.HTTPError:
                self.repeated += 1
                time.sleep(0.02)
                continue
            if response.status_code == 200 and response.json()["saved"]:
                return True
            self.faults.append(response.text)
            return False
        self.faults.append(f"{answer} was never acknowledged")
        return False


class Gauge:
    """How many requests are under way."""

    def __init__(self) -> None:
        self.now, self._lock = 0, threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self.now += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.now -= 1


def prepared(served: Served) -> tuple[str, str, list[str], tuple[str, ...]]:
    """A running workshop with one open round: its id, the organiser's pass, the seats' passes, the items."""
    with Caller(served.url) as door:
        return _prepared(served, door)


def _prepared(served: Served, door: Caller) -> tuple[str, str, list[str], tuple[str, ...]]:
    organiser = door.call("POST", "/first-run", {"token": served.token, "name": "o", "password": "a long password"})
    with Caller(served.url, organiser["pass"]) as staff:
        workshop, passes, items = _opened(staff, door)
    return workshop, organiser["pass"], passes, items


def _opened(staff: Caller, door: Caller) -> tuple[str, list[str], tuple[str, ...]]:
    workshop = staff.call("POST", "/workshops", {
        "title": "Faults", "framework": "cri", "language": "en", "rule": "workshop",
        "settings": {"disclose_after": 3600}, "synthetic": True,
    })["workshop"]  # fmt: skip
    commands = f"/workshops/{workshop}/commands"
    cards = staff.call("POST", commands, {"command": "issue_seats", "group": "D1", "count": SEATS})["cards"]
    passes = [door.call("POST", "/join", {"code": card["secret"]})["pass"] for card in cards]
    staff.call("POST", commands, {"command": "start"})
    staff.call("POST", commands, {"command": "open_round", "group": "D1", "items": "all"})
    state = staff.call("GET", f"/workshops/{workshop}")
    return workshop, passes, tuple(state["groups"][0]["items"])


def counted(served: Served, workshop: str, bearer: str) -> Counter[tuple[tuple[str, int], ...]]:
    """Close, disclose, conclude and freeze, then the ballots of the full bundle, voices left aside."""
    commands = f"/workshops/{workshop}/commands"
    with Caller(served.url, bearer) as staff:
        for name in ("close_round", "disclose", "reveal"):
            staff.call("POST", commands, {"command": name, "group": "D1"})
        for group in GROUPS:
            staff.call("POST", commands, {"command": "conclude", "group": group})
        staff.call("POST", commands, {"command": "freeze"})
        bundle = zipfile.ZipFile(io.BytesIO(staff.download(f"/workshops/{workshop}/bundle?disclose=full")))
    openings = [json.loads(line) for line in bundle.read("openings.jsonl").splitlines()]
    ballots = [o["content"]["answers"] for o in openings if o["name"] == "ballot"]
    return Counter(tuple(sorted((a["item"], a["value"]) for a in ballot)) for ballot in ballots)


@pytest.mark.slow
def test_a_server_killed_twenty_times_loses_and_doubles_no_acknowledged_answer(tmp_path: Path) -> None:
    port, chance, flying, stop = free_port(), random.Random(7), Gauge(), threading.Event()
    with Served(tmp_path, port) as served:
        workshop, organiser, passes, items = prepared(served)
        phones = [Phone(served.url, p, items, random.Random(n), flying) for n, p in enumerate(passes)]
        threads = [threading.Thread(target=phone.run, args=(stop,)) for phone in phones]
        for thread in threads:
            thread.start()
        in_flight = []
        server = served
        for _ in range(KILLS):
            before = sum(phone.acknowledged for phone in phones)
            while sum(phone.acknowledged for phone in phones) < before + 30:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.1))
            while not flying.now:
                time.sleep(0.0005)
            in_flight.append(flying.now)
            server.kill()
            server = Served(tmp_path, port)
            server.__enter__()
        stop.set()
        for thread in threads:
            thread.join(90)
        try:
            assert [fault for phone in phones for fault in phone.faults] == []
            assert min(in_flight) > 0 and sum(phone.repeated for phone in phones) >= KILLS
            assert counted(server, workshop, organiser) == Counter(
                tuple(sorted(phone.told.items())) for phone in phones
            )
        finally:
            server.__exit__()
