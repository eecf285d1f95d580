"""One served workshop for each file of socket tests."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from server.cli.stage.served import Served
from tests.live.floor import Floor


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    with Served(tmp_path_factory.mktemp("data")) as served:
        made = Floor(served)
        yield made
        made.close()


def add_staff(floor: Floor, role: str) -> str:
    """One more member of staff, by the command line: the pass."""
    command = [sys.executable, "-m", "server", "staff", "add", "--name", role, "--role", role, "--json",
               "--data-dir", str(floor.served.data_dir)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    secret: str = json.loads(done.stdout)["pass"]
    return secret
