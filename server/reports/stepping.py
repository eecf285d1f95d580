"""A bundle as a page steps through it: the verifier's verdict first, then what the copy opens, named in one language.

Owns what of a bundle a page is given, and how large one may be that a stranger hands in. A bundle that does not hold is
told by its verdict alone; figures of fewer people than the workshop allows are never told, whatever the copy opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from server.reports import bundled
from server.reports.goals import dims
from server.reports.replay import Path as Way
from server.reports.replay import Step, Story, sparing, story
from server.reports.words import words
from server.trail.archive import Archive, ArchiveError, open_archive
from server.trail.findings import Report
from server.trail.verify import verify
from server.workshop.refusals import Refusal
from server.workshop.state import State

MOST_BYTES, MOST_MEMBERS, MOST_UNPACKED = 5 * 2**20, 200, 50 * 2**20
MOST_STEPS, MOST_FIGURES = 2_000, 20_000  # a day of ten groups has some hundred steps


@dataclass(frozen=True)
class Named:
    """A group or an item; `dimension` is the place of its branch among the top nodes from 1, null for a plenary."""

    name: str
    dimension: int | None


@dataclass(frozen=True)
class Category:
    value: float
    label: str | None


@dataclass(frozen=True)
class Told:
    """What happened, with all that is needed to draw it; `few` is the number of people below which nothing is told."""

    workshop: str
    title: str
    city: str | None
    synthetic: bool
    few: int
    scale: tuple[Category, ...]
    groups: dict[str, Named]
    items: dict[str, Named]
    steps: tuple[Step, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Replay:
    """`told` is null where the verdict is INVALID or UNREADABLE."""

    verdict: Report
    told: Told | None


def replay(path: Path, language: str, *, vkey: str | None = None, handed_in: bool = False) -> Replay:
    """Verify a bundle, then tell it.

    `vkey`: the key to trust, else the bundle's own is taken, and the verdict says so. `handed_in`: it comes from
    outside and is held to the limits of an upload: Refusal bundle_too_large.
    """
    if handed_in and path.stat().st_size > MOST_BYTES:
        raise Refusal("bundle_too_large")
    try:
        with open_archive(path) as archive:
            if handed_in:
                _hold(archive)
    except ArchiveError as fault:
        return Replay(Report("UNREADABLE", problems=(str(fault),)), None)
    found = verify(path, vkey=vkey)
    if found.status not in ("VALID", "INCOMPLETE"):
        return Replay(found, None)
    with open_archive(path) as archive:
        told = sparing(story(bundled.entries(archive)))
    if handed_in and (len(told.steps) > MOST_STEPS or sum(len(s.distributions) for s in told.steps) > MOST_FIGURES):
        raise Refusal("bundle_too_large")
    return Replay(found, _named(told, language))


def _hold(archive: Archive) -> None:
    """Limits before anything is unpacked; that members swell no further than they say is the archive's own care."""
    unpacked = sum(archive.size(name) for name in archive.names)
    if len(archive.names) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise Refusal("bundle_too_large")


def _named(told: Story, language: str) -> Told:
    state, say = told.state, words(language)
    known = "framework" in state.digests
    dimension = dims(state) if known else {}

    def named(node: str | None, name: str) -> Named:
        return Named(name, dimension.get(state.tree.path(node)[0]) if known and node else None)

    return Told(
        workshop=state.workshop, title=state.title, city=state.city,
        synthetic=state.synthetic or (bool(state.baseline) and state.baseline_synthetic),
        few=state.settings.suppress_below, scale=_scale(state, language) if known else (),
        groups={g.id: named(g.node, say.named(g.name, g.id)) for g in state.groups.values()},
        items={
            item: named(item, say.named(state.tree.node(item).name, item) if known else item)
            for g in state.groups.values() for item in g.items
        },
        steps=told.steps, ways=told.paths,
    )  # fmt: skip


def _scale(state: State, language: str) -> tuple[Category, ...]:
    labels = state.framework["scale"].get("labels") or [None] * state.scale.size
    return tuple(
        Category(value, words(language).named(label, "") if isinstance(label, dict) else label)
        for value, label in zip(state.scale.categories, labels, strict=True)
    )
