"""Packages: each import has its line in docs/dependencies.md, each line is pinned exactly, and none is superfluous."""

import importlib.metadata
import json
import re
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import house

PAGE = (house.ROOT / "docs/dependencies.md").read_text("utf-8")
IMPORTED, LOADED, AHEAD, BROWSER = PAGE.split("\n## ")[1:]
SOURCES = [house.ROOT / "config.py"] + [
    path for folder in ("consensus", "server", "tests", "benchmarks") for path in (house.ROOT / folder).rglob("*.py")
]
PROVIDERS = importlib.metadata.packages_distributions()
NEIGHBOURS = {path.stem for path in (house.ROOT / "tests").rglob("*.py")}


def rows(section: str) -> dict[str, str]:
    """Package → the whole row, for each row of a section's table."""
    return {canonicalize_name(row[1]): row[0] for row in re.finditer(r"^\| `([^`]+)` \|.*$", section, re.M)}


def pins(name: str) -> list[tuple[Requirement, bool]]:
    """Each requirement of a file, and whether it stands in the block of those we chose ourselves."""
    chosen, _, brought = (house.ROOT / name).read_text("utf-8").partition("# What those bring along")
    return [
        (Requirement(line), block is chosen)
        for block in (chosen, brought)
        for line in block.splitlines()
        if line and not line.startswith(("#", "-r", ","))
    ]


ALL_PINS = pins("requirements.txt") + pins("requirements-dev.txt")
PINNED = {canonicalize_name(pin.name): pin for pin, _ in ALL_PINS}


def packages_of(path: Path) -> set[str]:
    """Distributions whose modules a file imports."""
    text = path.read_text("utf-8")
    module = house.module_name(path.relative_to(house.ROOT))
    tops = {name.partition(".")[0] for _, name in house.imports(text, module) if "run time" not in name}
    foreign = tops - set(sys.stdlib_module_names) - house.OURS - NEIGHBOURS
    return {canonicalize_name(PROVIDERS[top][0]) if top in PROVIDERS else top for top in foreign}


def imported_under(place: Path) -> set[str]:
    return {name for path in SOURCES if path.is_relative_to(place) for name in packages_of(path)}


def test_every_package_that_is_imported_stands_among_the_imported_ones() -> None:
    assert imported_under(house.ROOT) - set(rows(IMPORTED)) == set()


@pytest.mark.parametrize(("package", "row"), rows(IMPORTED).items(), ids=rows(IMPORTED))
def test_a_package_is_imported_in_each_place_that_its_line_names(package: str, row: str) -> None:
    places = re.findall(r"`([^`]+)`", row.split("|")[3])
    assert places, f"say where {package} is used"
    missing = [p for p in places if (house.ROOT / p).exists() and package not in imported_under(house.ROOT / p)]
    assert missing == []


def test_a_package_pinned_ahead_moves_up_with_its_first_import() -> None:
    assert imported_under(house.ROOT) & set(rows(AHEAD)) == set()


def test_every_package_that_we_chose_has_one_line_and_every_line_is_pinned() -> None:
    listed = [name for section in (IMPORTED, LOADED, AHEAD) for name in rows(section)]
    assert sorted(listed) == sorted(canonicalize_name(pin.name) for pin, chosen in ALL_PINS if chosen)


def test_every_line_names_a_licence_and_what_else_was_considered() -> None:
    short = [row for section in (IMPORTED, LOADED, AHEAD, BROWSER) for row in rows(section).values()
             if not all(cell.strip() for cell in row.strip("|").split("|"))]  # fmt: skip
    assert short == []


def test_every_pin_is_exact() -> None:
    assert [str(pin) for pin in PINNED.values() if not re.fullmatch(r"==[0-9.]+", str(pin.specifier))] == []


def test_whatever_a_pinned_package_brings_along_is_pinned_too_and_none_is_superfluous() -> None:
    brought = set()
    for pin in PINNED.values():
        for text in importlib.metadata.requires(pin.name) or []:
            need = Requirement(text)
            extras = pin.extras or {""}
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras):
                brought.add(canonicalize_name(need.name))
    chosen = {canonicalize_name(pin.name) for pin, ours in ALL_PINS if ours}
    assert brought - set(PINNED) == set()
    assert set(PINNED) - chosen - brought == {"numpy-typing-compat"}  # optype[numpy], an extra of an extra


def test_what_is_installed_is_what_is_pinned() -> None:
    here = {name: importlib.metadata.version(name) for name in PINNED}
    assert here == {name: str(pin.specifier).removeprefix("==") for name, pin in PINNED.items()}


def test_every_package_of_the_browser_has_a_line_an_exact_version_and_no_registry_in_its_lock() -> None:
    wanted = json.loads((house.ROOT / "package.json").read_text("utf-8"))
    versions = wanted["dependencies"] | wanted["devDependencies"]
    lines = {row[1] for row in re.finditer(r"^\| `([^`]+)` \|.*$", BROWSER, re.M)}
    assert lines == set(versions) and all(re.fullmatch(r"[0-9.]+", version) for version in versions.values())
    lock = (house.ROOT / "package-lock.json").read_text("utf-8")
    packages = json.loads(lock)["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in versions} == versions
    assert "resolved" not in lock and "://" not in lock


def test_node_for_machines_without_one_is_pinned_and_named() -> None:
    lines = (house.ROOT / ".ci/node.txt").read_text("utf-8").splitlines()
    for pin in (Requirement(line) for line in lines if not line.startswith("#")):
        assert re.fullmatch(r"==[0-9.]+", str(pin.specifier)) and f"`{pin.name}`" in BROWSER


def test_an_import_is_found_inside_a_function_too() -> None:
    assert [name for _, name in house.imports("def f():\n    import flask", "m")] == ["flask"]
