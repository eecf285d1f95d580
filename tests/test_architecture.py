"""The house stands as drawn: rooms import only what they may, and every rule is shown to bite."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house

FOLDERS = ("consensus", "server", "tests", "benchmarks")
FILES = sorted(
    path.relative_to(house.ROOT)
    for path in (house.ROOT / "config.py", *(p for folder in FOLDERS for p in (house.ROOT / folder).rglob("*.py")))
)
RULED = [path for path in FILES if path.parts[0] in ("config.py", "consensus", "server")]
BLOCKER = """
import importlib, sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"flask", "werkzeug", "sqlalchemy", "alembic", "socketio", "gevent"}:
            raise ImportError(f"{name} is not here")
sys.meta_path.insert(0, Blocker())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def source(path: Path) -> str:
    return (house.ROOT / path).read_text("utf-8")


@pytest.mark.parametrize("path", RULED, ids=str)
def test_a_file_imports_only_what_its_room_may_and_takes_time_and_chance_as_arguments(path: Path) -> None:
    text, module = source(path), house.module_name(path)
    faults = house.import_faults(text, module, package=path.name == "__init__.py")
    assert faults + house.time_faults(text, module) + house.chance_faults(text, module) == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_file_opens_by_saying_what_it_owns_and_stays_short(path: Path) -> None:
    text = source(path)
    assert ast.get_docstring(ast.parse(text)), f"{path} must open with a docstring that says what it owns"
    assert len(text.splitlines()) <= 300 or path.name == "standalone.py", f"{path} has two ideas; split it"


def test_the_root_holds_only_the_names_that_are_fixed() -> None:
    names = {path.name for path in house.ROOT.iterdir()} - house.UNTRACKED
    assert names - house.ROOT_NAMES == set()
    assert house.ROOT_MUST - names == set()


def test_the_trail_and_its_verifier_import_with_neither_flask_nor_sqlalchemy_present() -> None:
    modules = [house.module_name(path) for path in FILES if path.parts[:2] == ("server", "trail")]
    done = blocked(*modules)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("package", ["flask", "sqlalchemy"])
def test_the_blocker_of_the_test_above_really_blocks(package: str) -> None:
    assert f"{package} is not here" in blocked(package).stderr


def blocked(*modules: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BLOCKER, *modules]
    return subprocess.run(command, cwd=house.ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("module", "line", "name"),
    [
        ("config", "import consensus", "consensus"),
        ("config", "import msgspec", "msgspec"),
        ("consensus.index", "from server.workshop import events", "server.workshop.events"),
        ("consensus.index", "from pathlib import Path", "pathlib.Path"),
        ("consensus.index", "import pandas", "pandas"),
        ("server.workshop.decide", "from server import clock", "server.clock"),
        ("server.workshop.decide", "from ..trail import tree", "server.trail.tree"),
        ("server.workshop.decide", "import sqlalchemy", "sqlalchemy"),
        ("server.trail.verify", "from server.storage.store import Store", "server.storage.store.Store"),
        ("server.trail.verify", "from server.workshop.decide import decide", "server.workshop.decide.decide"),
        ("server.trail.standalone", "import msgspec", "msgspec"),
        ("server.trail.standalone", "from . import tree", "server.trail.tree"),
        ("server.storage.store", "import consensus", "consensus"),
        ("server.storage.store", "import flask", "flask"),
        ("server.engine", "import flask_socketio", "flask_socketio"),
        ("server.engine", "from server.web import api", "server.web.api"),
        ("server.visibility", "from server.engine import Engine", "server.engine.Engine"),
        ("server.passes", "import server.web.pages", "server.web.pages"),
        ("server.reports.minutes", "from server.live import rooms", "server.live.rooms"),
        ("server.web.api", "from server.live import rooms", "server.live.rooms"),
        ("server.web.api", "from server.trail import tree", "server.trail.tree"),
        ("server.web.api", "from server.workshop import decide", "server.workshop.decide"),
        ("server.web.api", "from server.storage import tables", "server.storage.tables"),
        ("server.live.handlers", "from server.app import create", "server.app.create"),
        ("server.cli.demo", "from server.web import api", "server.web.api"),
        ("server.clock", "from server import engine", "server.engine"),
        ("server.app", "from server.cli import VERBS", "server.cli.VERBS"),
        ("consensus.gap", "def f():\n    import server.engine", "server.engine"),
        ("consensus.gap", "import importlib\nimportlib.import_module('server.app')", "server.app"),
    ],
)
def test_an_import_across_a_wall_is_found(module: str, line: str, name: str) -> None:
    [fault] = house.import_faults(line, module)
    assert fault.endswith(f"may not import {name}") and fault.startswith(module)


def test_a_module_outside_every_room_is_found() -> None:
    [fault] = house.import_faults("", "server.helpers")
    assert fault.startswith("server.helpers lies in no room")


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("consensus.gap", "import numpy as np\nfrom scipy import stats\nfrom .ratings import as_ratings"),
        ("server.trail.verify", "from server.workshop.state import fold\nfrom consensus import kendall_w"),
        ("server.web.api", "from server.workshop import commands, refusals\nfrom server.trail.proof import render"),
        ("server.app", "import flask\nfrom server import engine, clock\nfrom config import Settings"),
        ("server.cli.rehearse", "from consensus.panel import simulate\nfrom server.app import create\nimport httpx"),
    ],
)
def test_an_import_through_a_door_is_allowed(module: str, line: str) -> None:
    assert house.import_faults(line, module) == []


@pytest.mark.parametrize(
    "line",
    ["import time", "from time import monotonic", "import datetime\ndatetime.datetime.now()",
     "from datetime import datetime as d, date\ndate.today()", "from datetime import datetime\ndatetime.utcnow()"],
)  # fmt: skip
def test_a_look_at_the_clock_is_found_everywhere_but_in_the_clock(line: str) -> None:
    assert len(house.time_faults(line, "server.engine")) == 1
    assert house.time_faults(line, "server.clock") == house.time_faults(line, "benchmarks.close") == []


@pytest.mark.parametrize(
    "line",
    ["import random", "from random import choice", "import numpy as np\nnp.random.seed(1)",
     "from numpy.random import rand", "import numpy as np\nnp.random.default_rng()"],
)  # fmt: skip
def test_chance_that_nobody_passed_in_is_found(line: str) -> None:
    assert len(house.chance_faults(line, "consensus.panel")) == 1
    assert house.chance_faults(line, "tests.test_x") == []


def test_a_seeded_generator_is_allowed() -> None:
    line = "import numpy as np\ndef f(g: np.random.Generator, s: int):\n    return np.random.default_rng(s)"
    assert house.chance_faults(line, "consensus.panel") == []
