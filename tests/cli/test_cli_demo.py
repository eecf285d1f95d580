"""The demo as a newcomer meets it: doors that open, people who vote on their own, and a clean end on Ctrl-C."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from server.cli.stage.served import Caller, free_port

START_SECONDS = 90


class Demo:
    """A running demo and what it has printed up to its doors."""

    def __init__(self, port: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "server", "demo", "--fast", "--participants", "20", "--language", "en",
             "--host", "127.0.0.1", "--port", str(port)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.url = f"http://127.0.0.1:{port}"
        self.printed = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed += line
            if "Ctrl-C" in line:
                return
        raise AssertionError(self.printed)

    def find(self, pattern: str) -> str:
        found = re.search(pattern, self.printed)
        assert found, self.printed
        return found.group(1)


@pytest.fixture
def demo() -> Iterator[Demo]:
    running = Demo(free_port())
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.communicate()


@pytest.mark.slow
def test_a_newcomers_first_command_opens_a_living_workshop(demo: Demo) -> None:
    workshop, bearer = demo.find(r"next=/console/(\w+)#"), demo.find(r"/sign-in\S+#(\S+)")
    here = f"/workshops/{workshop}"
    with Caller(demo.url, bearer) as organiser, Caller(demo.url) as phone:
        state = organiser.call("GET", here)
        assert state["synthetic"]
        assert {group["id"]: group["phase"] for group in state["groups"]} == {
            "D1": "revealed", "D2": "open", "D3": "revealed", "D4": "waiting", "plenary": "waiting",
        }  # fmt: skip
        joined = phone.call("POST", "/join", {"code": demo.find(rf"{demo.url}/join#(\S+)")})
        assert (joined["group"], joined["workshop"]) == ("D2", workshop)
        commands = f"{here}/commands"
        organiser.call("POST", commands, {"command": "open_round", "group": "D4", "items": "all"})
        deadline = time.monotonic() + START_SECONDS
        while finished(demo.url) < 10 and time.monotonic() < deadline:  # five in D2, five in D4
            time.sleep(0.3)
        organiser.call("POST", commands, {"command": "close_round", "group": "D4"})
        organiser.call("POST", commands, {"command": "disclose", "group": "D4"})
        assert organiser.call("GET", f"{here}/rounds/D4/1")["ballots"] == 5
    demo.process.send_signal(signal.SIGINT)
    rest, _ = demo.process.communicate(timeout=30)
    assert (demo.process.returncode, rest.strip()) == (0, "The demo has ended.")


def finished(url: str) -> int:
    """How many ballots of open rounds are complete, from the operator's page."""
    found = re.search(r"^mufakat_ballots_finished(?:{.*})? (\d+)", httpx.get(f"{url}/metrics").text, re.MULTILINE)
    assert found
    return int(found.group(1))
