"""A dishonest host at length: bundles changed in one place, hashed, sealed and listed anew, half of them signed.

Each mutant is put to both verifiers, who must agree. One that neither finds is a rewrite without contradiction (another
text, time or salt, which only the true key can sign): it must fail against the head of the day. Owns what is changed
and the counting; bundles come from the honest days of the tests.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from benchmarks._table import tell
from server.trail import TrailError
from server.trail.canonical import encode
from server.trail.disclosure import Level
from server.trail.verify import verify
from tests.trail import forge
from tests.trail.drawn import table
from tests.trail.forge import Leaf
from tests.trail.story import Kept, erased, keep, played, told
from tests.trail.two import alone, uncomputed

SEEDS = (1000, 1002, 1003, 1007, 1010, 1011, 1012, 1013)  # honest days, drawn, beside the story
FOUND, REWRITE, UNCOMPUTED = "found", "found by a head", "found by one"
PART = 50  # mutants that a process takes at a time
LEVELS: tuple[Level, ...] = ("full", "full", "full", "public")  # to open less than one may is no lie

UNREAD = ("MANIFEST.sha256", "report.html", "README.txt", "verify.py")  # repaired, or held to the manifest alone

Change = Callable[[Random, list[Leaf]], str]


@cache
def day(number: int, gone: bool = False) -> Kept:
    """An honest trail: the story of the tests, or a day drawn by a seed; perhaps with one person's ballots erased."""
    if gone:
        return erased(played() if number == 0 else table(SEEDS[number - 1]), 1)[0]
    return told() if number == 0 else keep(table(SEEDS[number - 1]))


# --- what a host may change in the history: each names what it did ---------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every value inside a document that holds no others."""
    if isinstance(value, dict | list) and value:
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for key, member in members:
            yield from places(member, (*path, key))
    else:
        yield path


def other(chance: Random, value: Any) -> Any:
    """Another value, most often of the same kind; a figure moves by more than is forgiven."""
    if chance.random() < 0.08:
        return chance.choice([None, 0, -1, "", "x", [], {}, True, 2**53 - 1, "9" * 40])
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.choice([-2, -1, 1, 2])
    if isinstance(value, str) and value[-7:-6] == "." and value[-6:].isdigit():
        return f"{float(value) + chance.choice([-1, -0.5, -0.001, 0.001, 0.25, 1]):.6f}"
    if isinstance(value, str) and len(value) == 64:
        return f"{value[:-1]}{'0' if value[-1] != '0' else '1'}"
    return f"{value}x" if isinstance(value, str) else chance.choice([0, 1, "x"])


def _put(document: Any, path: tuple[Any, ...], chance: Random) -> None:
    *above, last = path
    for step in above:
        document = document[step]
    before = encode(document[last])
    while encode(document[last]) == before:
        document[last] = other(chance, document[last])


def _one(chance: Random, leaves: list[Leaf]) -> Leaf:
    """An entry of a kind drawn first, so that the many ballots do not hide the one freeze."""
    kind = chance.choice(sorted({leaf.kind for leaf in leaves}))
    return chance.choice([leaf for leaf in leaves if leaf.kind == kind])


def content(chance: Random, leaves: list[Leaf]) -> str:
    """One value behind a seal: a rating, a figure, a verdict, a text; sealed anew."""
    leaf = _one(chance, [leaf for leaf in leaves if leaf.opened])
    box = leaf.opened[chance.choice(sorted(leaf.opened))]
    _put(box, (1, *chance.choice(list(places(box[1])))), chance)
    return f"{leaf.kind} content"


def field(chance: Random, leaves: list[Leaf]) -> str:
    """One value of a line that is not a seal."""
    leaf = _one(chance, leaves)
    what, body = f"{leaf.kind} line", {key: value for key, value in leaf.line["body"].items() if key != "sealed"}
    free = places({**leaf.line, "body": body})
    _put(leaf.line, chance.choice([path for path in free if path not in (("seq",), ("body",))]), chance)
    return what


def salt(chance: Random, leaves: list[Leaf]) -> str:
    leaf = _one(chance, [leaf for leaf in leaves if leaf.opened])
    leaf.opened[chance.choice(sorted(leaf.opened))][0] = chance.randbytes(16).hex()
    return "salt"


def removed(chance: Random, leaves: list[Leaf]) -> str:
    leaf = _one(chance, leaves)
    leaves.remove(leaf)
    return f"{leaf.kind} removed"


def doubled(chance: Random, leaves: list[Leaf]) -> str:
    """An entry stands twice; the last does not: that would go on after the head, as an honest host may."""
    leaf = _one(chance, leaves[:-1])
    at = leaves.index(leaf)
    opened = {name: [chance.randbytes(16).hex(), box[1]] for name, box in leaf.opened.items()}
    leaves.insert(at + 1, Leaf({**leaf.line, "body": {**leaf.line["body"]}}, opened))
    return f"{leaf.kind} doubled"


def swapped(chance: Random, leaves: list[Leaf]) -> str:
    at, to = sorted(chance.sample(range(len(leaves)), 2))
    leaves[at], leaves[to] = leaves[to], leaves[at]
    return "two entries swapped"


def neighbours(chance: Random, leaves: list[Leaf]) -> str:
    at = chance.randrange(len(leaves) - 1)
    leaves[at], leaves[at + 1] = leaves[at + 1], leaves[at]
    return "neighbours swapped"


def unopened(chance: Random, leaves: list[Leaf]) -> str:
    leaf = _one(chance, [leaf for leaf in leaves if leaf.opened])
    del leaf.opened[chance.choice(sorted(leaf.opened))]
    return "opening left out"


def traded(chance: Random, leaves: list[Leaf]) -> str:
    """Two contents of one kind change places, each sealed anew where it now stands."""
    leaf = _one(chance, [leaf for leaf in leaves if leaf.opened])
    mate = chance.choice([mate for mate in leaves if mate.kind == leaf.kind and mate.opened and mate is not leaf])
    name, others = chance.choice(sorted(leaf.opened)), chance.choice(sorted(mate.opened))
    one, two = leaf.opened[name], mate.opened[others]
    leaf.opened[name], mate.opened[others] = two, one
    return f"{leaf.kind} contents traded"


CHANGES: tuple[Change, ...] = (
    content, content, content, content, field, field, salt, removed, doubled, swapped, neighbours, unopened, traded
)  # fmt: skip


# --- what a host may change beside it -------------------------------------------------------------------------------


def beside(chance: Random, files: dict[str, bytes]) -> str:
    """One file changed by a few bytes, cut or left out; the manifest is repaired."""
    name = chance.choice([name for name in files if name not in UNREAD])
    data = bytearray(files[name])
    how = chance.choice(["bytes", "cut", "left out"])
    if how == "bytes" and data:
        at = chance.randrange(len(data))
        data[at] ^= chance.randrange(1, 256)
        files[name] = bytes(data)
    elif how == "cut":  # the newline at the end of a short file says nothing
        files[name] = bytes(data[: chance.randrange(len(data) - 1)])
    else:
        del files[name]
    return f"{'checkpoints' if name.startswith('checkpoints') else name} {how}"


def mutant(number: int) -> tuple[str, Kept, bytes]:
    """Mutant `number`: what was changed, the honest trail, the bundle. Even ones are signed anew with the true key."""
    chance = Random(number)
    level = LEVELS[chance.randrange(len(LEVELS))]
    kept = day(chance.randrange(len(SEEDS) + 1), chance.random() < 0.1)
    changes = CHANGES if level == "full" else tuple(change for change in CHANGES if change is not unopened)
    resign = number % 2 == 0
    if chance.random() < 0.15:
        files, _ = forge.taken_apart(kept, level)
        what = beside(chance, files)
        return what, kept, forge.packed(files)
    said: list[str] = []

    def change(leaves: list[Leaf]) -> None:
        said.append(chance.choice(changes)(chance, leaves))

    while True:
        try:
            data = forge.forged(kept, change, disclose=level, resign=resign)
            return said[-1], kept, data
        except (LookupError, TypeError, TrailError):  # a place that is not there, or a line that cannot be written
            continue


# --- what the verifiers say -----------------------------------------------------------------------------------------


def judged(folder: Path, kept: Kept, data: bytes) -> str:
    """How a mutant is found; AssertionError where it is not, or where the two verifiers do not agree."""
    bundle = forge.saved(folder, data)
    report, (code, said) = verify(bundle), alone(bundle)
    if code != report.exit_code and uncomputed(report.problems, said):
        return UNCOMPUTED
    assert code == report.exit_code, (report.status, report.problems[:2], said[:3])
    if report.exit_code in (1, 3):
        return FOUND
    note = folder / "day.note"
    note.write_text(kept.notes[-1], "utf-8")
    against, (code, said) = verify(bundle, head=kept.notes[-1]), alone(bundle, head=note)
    assert (against.exit_code, code) == (1, 1), (report.status, against.status, said[:3])
    return REWRITE


def run(numbers: range, folder: Path) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Counts by what was changed and how it was found; and what went wrong, by number."""
    counts: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    for number in numbers:
        what, kept, data = mutant(number)
        try:
            counts[what, judged(folder, kept, data)] += 1
        except AssertionError as fault:
            wrong.append(f"mutant {number} ({what}): {fault}")
    return counts, wrong


def part(numbers: range) -> tuple[Counter[tuple[str, str]], list[str]]:
    """`run` in a folder of its own, so that several processes may share the work."""
    with tempfile.TemporaryDirectory() as folder:
        return run(numbers, Path(folder))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    args = parser.parse_args()
    began, last = time.monotonic(), args.first + args.mutants
    counts: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    with ProcessPoolExecutor(args.processes) as pool:
        parts = [range(first, min(first + PART, last)) for first in range(args.first, last, PART)]
        for found, missed in pool.map(part, parts):
            counts.update(found)
            wrong += missed
    kinds = sorted({what for what, _ in counts})
    hows = (FOUND, REWRITE, UNCOMPUTED)
    rows = [{"changed": what, **{how: counts[what, how] for how in hows}} for what in kinds]
    totals = {how: sum(count for (_, found), count in counts.items() if found == how) for how in hows}
    tell("mutants", [*rows, {"changed": "all", **totals}], {
        "mutants": args.mutants, **{how.replace(" ", "_"): total for how, total in totals.items()},
        "missed_or_disagreed": len(wrong), "seconds": round(time.monotonic() - began),
    })  # fmt: skip
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
