"""The drill: a server is killed in the middle of a workshop, its backup restored, and the day finished on it.

Witness: each simulated phone's own log of what it was told is saved, held against the ballots of the verified bundle.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.cli.stage.served import Caller, Served
from server.trail.verify import verify
from tests.faults.test_kill import GROUPS, Gauge, Phone, prepared
from tests.trail.forge import members

DRILL_SECONDS = 120  # the limit of the trust page, from the kill to a hall that votes again


def shell(*args: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "server", *args, "--json"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


class Day:
    """One workshop on one folder, whichever server process runs on it."""

    def __init__(self, served: Served) -> None:
        self.workshop, self.organiser, passes, self.items = prepared(served)
        self.phones = [Phone(served.url, p, self.items, random.Random(n), Gauge()) for n, p in enumerate(passes)]

    def order(self, served: Served, *commands: str, **fields: Any) -> None:
        with Caller(served.url, self.organiser) as staff:
            for command in commands:
                staff.call("POST", f"/workshops/{self.workshop}/commands", {"command": command, **fields})

    def voting(self, served: Served, until: int) -> tuple[threading.Event, list[threading.Thread]]:
        """Phones that keep changing their minds, once each of them has answered so often."""
        stop = threading.Event()
        for phone in self.phones:
            phone.url = served.url
        threads = [threading.Thread(target=phone.run, args=(stop,)) for phone in self.phones]
        before = [phone.acknowledged for phone in self.phones]
        for thread in threads:
            thread.start()
        while min(phone.acknowledged - b for phone, b in zip(self.phones, before, strict=True)) < until:
            time.sleep(0.01)
        return stop, threads

    def repeat(self) -> None:
        """Every phone gives every answer once more, as a hall does that was told the round is repeated."""
        for phone in self.phones:
            bearer = {"Authorization": f"Bearer {phone.bearer}"}
            with httpx.Client(headers=bearer, timeout=5, trust_env=False) as client:
                for item in self.items:
                    rev = phone.revisions[item] = phone.revisions.get(item, 0) + 1
                    value = phone.told[item] = phone.chance.randint(1, 5)
                    assert phone.send(client, {"item": item, "rev": rev, "key": f"again-{rev}", "value": value})

    def told(self) -> list[tuple[tuple[str, int], ...]]:
        return sorted(tuple(sorted(phone.told.items())) for phone in self.phones)


def ended(stop: threading.Event, threads: list[threading.Thread]) -> None:
    stop.set()
    for thread in threads:
        thread.join(30)


@pytest.mark.slow
def test_a_day_is_finished_on_the_backup_of_a_server_killed_while_its_hall_votes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Served(data) as served:
        day = Day(served)
        stop, threads = day.voting(served, until=5)
        backup = shell("backup", "--out", str(tmp_path / "usb"), "--data-dir", str(data))
        ended(stop, threads)
        # The hall goes on after the backup: this round is shown, and its head is on every phone.
        day.order(served, "close_round", "disclose", "reveal", group="D1")
        with Caller(served.url, day.organiser) as staff:
            published = staff.download(f"/workshops/{day.workshop}/checkpoint").decode()
        served.kill()

    began = time.monotonic()
    restored = shell("restore", backup["backup"], "--replace", "--data-dir", str(data))
    with Served(data) as again:
        stop, threads = day.voting(again, until=5)
        seconds = time.monotonic() - began
        ended(stop, threads)
        assert [fault for phone in day.phones for fault in phone.faults] == []
        day.repeat()
        last = day.told()
        day.order(again, "close_round", "disclose", "reveal", group="D1")
        for group in GROUPS:
            day.order(again, "conclude", group=group)
        day.order(again, "freeze")
        with Caller(again.url, day.organiser) as staff:
            bundle = staff.download(f"/workshops/{day.workshop}/bundle?disclose=full")

    [workshop] = restored["workshops"]
    assert (workshop["former"], workshop["origin"]) == (f"mufakat/{day.workshop}", f"mufakat/{day.workshop}/2")
    assert published.splitlines()[:2] == [f"mufakat/{day.workshop}", str(workshop["cites"])]
    path = tmp_path / "day.zip"
    path.write_bytes(bundle)
    report = verify(path)
    assert (report.status, len(report.continued)) == ("VALID", 1)
    assert verify(path, head=published).status == "INVALID"  # what was shown of the lost round is not in this bundle
    openings = [json.loads(line) for line in members(bundle)["openings.jsonl"].splitlines()]
    cast = [opening["content"]["answers"] for opening in openings if opening["name"] == "ballot"]
    assert sorted(tuple(sorted((a["item"], a["value"]) for a in ballot)) for ballot in cast) == last
    assert seconds <= DRILL_SECONDS, f"the drill took {seconds:.1f} s"
