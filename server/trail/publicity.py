"""Whether a bundle opens what its disclosure says it may: the public rule, asked of each entry's openings.

Owns the reader's half of the rule in `disclosure`. Who rated is withheld from the reader too, so whether the raters of
two rounds lie far enough apart cannot be asked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.trail.differences import Difference
from server.trail.disclosure import Disclosure
from server.trail.entries import Entry
from server.workshop.contents import ItemFigures
from server.workshop.events import MinorityAttached, WorkshopStarted
from server.workshop.state import Group, State

KINDS = frozenset({"round.assessed", "group.concluded", "index.frozen", "minority.attached"})


def check_public(state: State, entry: Entry, contents: Mapping[str, Any], disclosure: Disclosure | None) -> None:
    """Hold the openings of one entry against the disclosure; Difference where one should have been withheld."""
    if disclosure is None:
        return
    if isinstance(entry.body, WorkshopStarted) and disclosure.suppress_below < state.settings.suppress_below:
        least = state.settings.suppress_below
        told = disclosure.suppress_below
        raise Difference(f"starts a workshop that withholds figures below {least} raters; this bundle says {told}")
    if disclosure.disclose == "full" or not contents:
        return
    cleared = not isinstance(entry.body, MinorityAttached) or entry.body.public
    if entry.kind not in KINDS or not cleared:
        raise Difference(f"is opened ({min(contents)}), which a public bundle never does")
    if entry.kind == "round.assessed":
        _check_figures(state.groups[entry.scope], contents, disclosure.suppress_below)


def _check_figures(group: Group, contents: Mapping[str, Any], least: int) -> None:
    current = group.current
    assert current is not None  # the fold has let the assessment stand
    items = {figures.item: figures for name, figures in contents.items() if name != "group"}
    for figures in items.values():
        if figures.n < least:
            raise Difference(f"is opened for {figures.item}, which {figures.n} rated; fewer than {least} are withheld")
    whole = set(current.items) <= items.keys()
    earlier = {r.number: r.figures for r in group.rounds if r.assessed and not r.voided and r.number < current.number}
    for item, figures in items.items():
        if figures.stability is not None and not (whole and _compared_whole(group, item, earlier)):
            raise Difference(f"opens the stability of {item}, though not every item of both rounds is opened")
        if figures.stability is not None and figures.stability.paired < least:
            paired = figures.stability.paired
            raise Difference(f"opens the stability of {item}, where {paired} voted twice; below {least} it is withheld")
    if "group" in contents and not (whole and all(_whole(group, number, earlier[number]) for number in earlier)):
        raise Difference("opens the group's order, though not every item of its rounds is opened")


def _whole(group: Group, number: int, figures: Mapping[str, ItemFigures]) -> bool:
    return all(item in figures for r in group.rounds if r.number == number for item in r.items)


def _compared_whole(group: Group, item: str, earlier: Mapping[int, Mapping[str, ItemFigures]]) -> bool:
    votes = [number for number, _ in group.votes(item) if number in earlier]
    return bool(votes) and _whole(group, votes[-1], earlier[votes[-1]])
