"""The house rules as data and as functions over source text: who may import whom, who may look at time and chance.

Reads text only and imports none of what it judges. test_architecture.py applies it, and shows that each rule bites.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOT_NAMES = {
    "server", "consensus", "static", "templates", "config.py", "tests", "requirements.txt",
    "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml", "requirements-dev.txt",
    "package.json", "package-lock.json", "translations", "docs", "benchmarks", ".ci", ".gitignore",
}  # fmt: skip
ROOT_MUST = {"server", "consensus", "config.py", "tests", "requirements.txt", "README.md", "LICENSE", "Makefile"}
UNTRACKED = {
    ".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".coverage",
    "node_modules", "data", "out",
}  # fmt: skip
OURS = {"config", "consensus", "server", "benchmarks", "tests"}
OUTSIDE = {"os", "pathlib", "shutil", "tempfile", "io", "socket", "ssl", "http", "urllib", "subprocess", "threading",
           "multiprocessing", "asyncio", "secrets", "sqlite3"}  # fmt: skip
ANY = frozenset({"*"})


@dataclass(frozen=True)
class Room:
    """What one room may import: parts of the house (by prefix), packages, and which of the two it must not."""

    ours: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


def room(ours: str = "", packages: str = "", never: set[str] | str = "") -> Room:
    banned = frozenset(never if isinstance(never, set) else never.split())
    return Room(frozenset(ours.split()), frozenset(packages.split()), banned)


_DOORS = (
    "server.engine server.visibility server.passes server.desk server.imports server.reports server.trail.proof "
    "server.workshop.commands server.workshop.orders server.workshop.records server.workshop.refusals "
    "server.workshop.rehearsals server.workshop.paper_views "
    "server.workshop.views server.workshop.result_views server.workshop.expert_views server.workshop.measure_views "
    "server.locale server.addresses server.preflight config "
)
_ENGINE = (
    "server.workshop server.trail server.storage server.clock server.batch server.figures server.jobs server.timers"
)
ROOMS = {
    "config": room(),
    "consensus": room("consensus", "numpy scipy", OUTSIDE),
    "server": room(),
    "server.__main__": room("server.cli", "gevent"),
    "server.app": Room(frozenset({"config", "consensus", "server"}), ANY, frozenset({"server.cli"})),
    **dict.fromkeys(("server.engine", "server.batch", "server.figures", "server.jobs", "server.timers"), room(_ENGINE)),
    "server.passes": room(
        "server.storage server.clock server.workshop.given server.workshop.refusals", "msgspec argon2"
    ),
    "server.desk": room("server.storage server.workshop", "msgspec"),
    "server.visibility": room("server.visibility server.workshop server.locale"),
    "server.clock": room(),
    "server.locale": room("", "babel"),
    "server.addresses": room("", "psutil"),
    "server.preflight": room("server.preflight server.addresses server.locale"),
    "server.workshop": room("server.workshop consensus", "msgspec", OUTSIDE),
    "server.trail": room(
        "server.trail server.workshop consensus", "msgspec cryptography",
        "server.workshop.commands server.workshop.decide",
    ),
    "server.trail.standalone": room(),
    "server.worker": room(
        "server.worker server.imports server.reports server.storage server.trail server.workshop consensus", "msgspec"
    ),
    "server.storage": room(
        "server.storage server.trail server.workshop", "sqlalchemy alembic msgspec", "server.workshop.decide"
    ),
    "server.catalog": room("server.catalog server.workshop consensus", "msgspec"),
    "server.imports": room("server.imports server.workshop consensus", "msgspec openpyxl defusedxml"),
    "server.reports": room(
        "server.reports server.workshop consensus server.trail server.catalog server.locale",
        "msgspec openpyxl docx jinja2 babel markupsafe segno",
    ),
    "server.web": room(
        "server.web " + _DOORS,
        "flask flask_wtf flask_babel flask_limiter werkzeug wtforms markupsafe msgspec segno",
    ),
    "server.live": room(
        "server.live " + _DOORS, "flask flask_socketio socketio engineio gevent websockets werkzeug msgspec"
    ),
    "server.cli": room(
        "server.cli server.app server.storage server.trail server.imports server.reports server.locale "
        "server.preflight server.catalog consensus.panel consensus.framework config",
        "msgspec httpx gevent socketio websockets segno numpy",
    ),
}  # fmt: skip
MAY_LOOK_AT_TIME = ("server.clock", "server.cli", "tests", "benchmarks")
MAY_USE_GLOBAL_CHANCE = ("tests", "benchmarks")
SEEDED = {"Generator", "BitGenerator", "SeedSequence", "PCG64", "PCG64DXSM", "Philox", "default_rng"}


def within(name: str, prefixes: "frozenset[str] | tuple[str, ...]") -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def module_name(path: Path) -> str:
    """`server/trail/tree.py` → `server.trail.tree`; a package is named without `__init__`."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> Room | None:
    """The rules of the innermost room; None for a part of the house that no rule knows."""
    for length in range(module.count(".") + 1, 0, -1):
        name = ".".join(module.split(".")[:length])
        if name in ROOMS and (name != "server" or module == "server"):
            return ROOMS[name]
    return None


def imports(source: str, module: str, package: bool = False) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported anywhere in the text, inside functions and by literal name too."""
    here = module.split(".") if package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            path = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{path}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            literal = node.args and isinstance(node.args[0], ast.Constant)
            yield node.lineno, str(node.args[0].value) if literal else "a name made at run time"  # type: ignore[attr-defined]


def import_faults(source: str, module: str, package: bool = False) -> list[str]:
    """One sentence for each import that the room of `module` may not make."""
    rules = room_of(module)
    if rules is None:
        return [f"{module} lies in no room; put it into one that docs/rooms.md knows"]
    faults = []
    for line, name in imports(source, module, package):
        top = name.partition(".")[0]
        if top in OURS:
            allowed = within(name, rules.ours)
        else:
            allowed = top in sys.stdlib_module_names or top in rules.packages or rules.packages == ANY
        if not allowed or within(name, rules.never):
            faults.append(f"{module}:{line} may not import {name}")
    return faults


def time_faults(source: str, module: str) -> list[str]:
    """One sentence for each look at a clock outside the one room that may."""
    if within(module, MAY_LOOK_AT_TIME):
        return []
    named = {name for _, name in imports(source, module) if within(name, ("time",))}
    calls = {ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
    looks = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.monotonic")
    seen = named | {call for call in calls if call.endswith(looks)}
    return [f"{module} looks at the time by {name}; ask server.clock" for name in sorted(seen)]


def chance_faults(source: str, module: str) -> list[str]:
    """One sentence for each use of a generator that nobody passed in."""
    if within(module, MAY_USE_GLOBAL_CHANCE):
        return []
    seen = {name for _, name in imports(source, module) if within(name, ("random",))}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("np.random", "numpy.random"):
            seen |= {f"numpy.random.{node.attr}"} - {f"numpy.random.{name}" for name in SEEDED}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("default_rng") and not node.args:
            seen.add("default_rng()")
        elif isinstance(node, ast.ImportFrom) and node.module == "numpy.random":
            seen |= {f"numpy.random.{alias.name}" for alias in node.names if alias.name not in SEEDED}
    return [f"{module} draws from {name}; take a Generator as an argument" for name in sorted(seen)]
