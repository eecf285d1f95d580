"""Well-sealed lies about figures, verdicts, endings and profile; no checksum finds them first.

Witness of every number: the story of `tests.trail.story`, worked by hand.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.trail.verify import Report
from tests.trail import forge
from tests.trail.forge import Leaf, forged, the
from tests.trail.story import Kept, told

Leaves = list[Leaf]


def answer(tmp_path: Path, change: Callable[[Leaves], None], kept: Kept | None = None, **how: Any) -> Report:
    return forge.answer(tmp_path, change, kept or told(), **how)


def test_a_forgery_that_changes_nothing_is_valid(tmp_path: Path) -> None:
    # Without this every test below could fail for a reason of its own.
    report = answer(tmp_path, lambda leaves: None)
    assert (report.status, report.problems) == ("VALID", ())


def lie(kind: str, scope: str | None, name: str, number: int = 1, **fields: Any) -> Callable[[Leaves], None]:
    def change(leaves: Leaves) -> None:
        the(leaves, kind, scope, number).opened[name][1].update(fields)

    return change


LIES = {
    "a median": (
        lie("round.assessed", "A", "item/a1", median="3.000000"),
        "Entry 45 (round.assessed, A) gives median of item/a1 as 3.000000; it is 4.000000.",
    ),
    "a count": (
        lie("round.assessed", "A", "item/a4", counts=[1, 1, 3, 2, 1]),
        "Entry 45 (round.assessed, A) gives counts of item/a4 as [1, 1, 3, 2, 1]; it is [1, 2, 2, 2, 1].",
    ),
    "a verdict": (
        lie("round.assessed", "A", "item/a3", outcome="near"),
        "Entry 45 (round.assessed, A) gives outcome of item/a3 as near; it is dissent.",
    ),
    "a verdict of the second round": (
        lie("round.assessed", "A", "item/a1", 2, outcome="moving"),
        "Entry 58 (round.assessed, A) gives outcome of item/a1 as moving; it is consensus.",
    ),
    "how many moved": (
        lie("round.assessed", "A", "item/a1", 2, stability={"changed": 0, "left_pair": 0, "median_shift": "0.000000",
                                                            "net_change": "0.125000", "paired": 8}),
        "Entry 58 (round.assessed, A) gives stability.changed of item/a1 as 0; it is 1.",
    ),
    "how many are missing to agreement": (
        lie("round.assessed", "A", "item/a4", short_by=1),
        "Entry 45 (round.assessed, A) gives short_by of item/a4 as 1; it is 3.",
    ),
    "the gap to the survey": (
        lie("round.assessed", "A", "item/a1", gap={"interview": {"above": 8, "below": 0, "difference": "0.100000",
                                                                 "same": 0, "size": "close"}}),
        "Entry 45 (round.assessed, A) gives gap.interview.difference of item/a1 as 0.100000; it is 0.900000.",
    ),
    "the shared order": (
        lie("round.assessed", "A", "group", w="0.900000"),
        "Entry 45 (round.assessed, A) gives w of group as 0.900000; it is 0.271976.",
    ),
    "an ending": (
        lie("group.concluded", "A", "item/a3", ending="agreed", value="3.000000", camps=None),
        "Entry 118 (group.concluded, A) gives camps of a3 as nothing; it is [1, 5].",
    ),
    "an ending that the verdict does not allow": (
        lie("group.concluded", "B", "item/b1", ending="agreed"),
        "Entry 119 (group.concluded, B) gives ending of b1 as agreed; it is unconfirmed.",
    ),
    "a value of the profile": (
        lie("index.frozen", None, "node/A1/workshop", value="3.333334"),
        "Entry 123 (index.frozen, workshop) gives value of node/A1/workshop as 3.333334; it is 3.333333.",
    ),
    "how much of the profile is agreed": (
        lie("index.frozen", None, "node/A/agreed", agreed=5),
        "Entry 123 (index.frozen, workshop) gives agreed of node/A/agreed as 5; it is 2.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", LIES)
def test_a_well_sealed_lie_is_named_with_its_entry(what: str, tmp_path: Path) -> None:
    change, sentence = LIES[what]
    report = answer(tmp_path, change)
    assert (report.status, report.exit_code, report.problems) == ("INVALID", 1, (sentence,))


def test_a_figure_may_differ_by_one_unit_of_its_last_place_and_no_more(tmp_path: Path) -> None:
    assert answer(tmp_path, lie("round.assessed", "A", "group", w="0.271977")).status == "VALID"
    assert answer(tmp_path, lie("round.assessed", "A", "group", w="0.271978")).status == "INVALID"


def _scalars(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key in value for found in _scalars(value[key], (*path, key))]
    if isinstance(value, list):
        return [found for i, member in enumerate(value) for found in _scalars(member, (*path, i))]
    return [path]


def _changed(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return "1.500000"
    if value[-7:-6] == ".":
        return f"{value[:-3]}{(int(value[-3]) + 5) % 10}{value[-2:]}"  # well beyond the unit that is forgiven
    return f"{value}x"


def _every_figure() -> list[tuple[str, str, int, str, tuple[Any, ...]]]:
    """One place for each field of each kind of content, and for each of the last two rounds of group A."""
    found: dict[Any, tuple[str, str, int, str, tuple[Any, ...]]] = {}
    leaves: Leaves = []
    forged(told(), leaves.extend)
    for number in (1, 2):
        for name, (_, content) in the(leaves, "round.assessed", "A", number).opened.items():
            for path in _scalars(content):
                found.setdefault(("round", number, name == "group", *path), ("round.assessed", "A", number, name, path))
    for name, (_, content) in the(leaves, "group.concluded", "A").opened.items():
        for path in _scalars(content):
            found.setdefault(("ending", *path), ("group.concluded", "A", 1, name, path))
    for name, (_, content) in the(leaves, "index.frozen").opened.items():
        for path in _scalars(content):
            found.setdefault(("node", name.rsplit("/", 1)[1], *path), ("index.frozen", "workshop", 1, name, path))
    return list(found.values())


@pytest.mark.parametrize("place", _every_figure(), ids=lambda place: f"{place[0]}-{place[2]}-{place[3]}-{place[4]}")
def test_no_figure_verdict_ending_or_node_can_be_changed(place: tuple[Any, ...], tmp_path: Path) -> None:
    kind, scope, number, name, path = place

    def change(leaves: Leaves) -> None:
        content = the(leaves, kind, scope, number).opened[name][1]
        *above, last = path
        for step in above:
            content = content[step]
        content[last] = _changed(content[last])

    report = answer(tmp_path, change)
    assert (report.status, len(report.problems)) == ("INVALID", 1)
    assert f" ({kind}, {scope})" in report.problems[0] or "entry" in report.problems[0]
