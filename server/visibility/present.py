"""Who is in the room: sector, agency and gender of a group as counts, too small ones withheld with their complements.

For staff alone. A plenary is left out: it holds the same people, and its counts would tell by subtraction what a
group withholds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from server.workshop import views as v
from server.workshop.state import Group, State

TRAITS = ("sector", "agency", "gender")


def who_is_here(
    state: State, people: Mapping[int, Any], answerable: Mapping[str, str]
) -> tuple[v.GroupPresent, ...]:
    """Each group's people as counts.

    `people`: of each seat `sector`, `agency` and `gender`, each a text or null. `answerable`: by group, the agency that
    answers for what it rates.
    """
    return tuple(
        _present(state, group, people, answerable.get(group.id))
        for group in state.groups.values()
        if group.kind != "plenary"
    )


def _present(state: State, group: Group, people: Mapping[int, Any], agency: str | None) -> v.GroupPresent:
    seats = [seat.number for seat in state.seats_of(group.id) if seat.status == "taken"]
    below = state.settings.suppress_below
    traits = {trait: [getattr(people.get(seat), trait, None) for seat in seats] for trait in TRAITS}
    only = None
    if agency is not None and len(seats) >= below:
        only = all(_same(found, agency) for found in traits["agency"])
    return v.GroupPresent(
        group=group.id, seated=len(seats), answerable=agency, only_answerable=only,
        traits={trait: breakdown(values, below) for trait, values in traits.items()},
    )  # fmt: skip


def breakdown(values: Iterable[str | None], below: int) -> v.Breakdown:
    """How many there are of each, most first; kinds of fewer than `below` are withheld, and further ones until those
    withheld are at least two kinds and at least `below` people. Spellings that differ in case or spaces are one kind.
    """
    spelled: dict[str, str] = {}
    tally: Counter[str | None] = Counter()
    for value in values:
        key = None if value is None else _plain(value)
        if key is not None and value is not None:
            spelled.setdefault(key, " ".join(value.split()))
        tally[key] += 1
    order = sorted(tally.items(), key=lambda one: (-one[1], one[0] is None, one[0] or ""))
    shown = [one for one in order if one[1] >= below]
    hidden = [n for _, n in order if n < below]
    while hidden and shown and (len(hidden) < 2 or sum(hidden) < below):
        hidden.append(shown.pop()[1])
    counts = tuple(v.Count(None if key is None else spelled[key], n) for key, n in shown)
    return v.Breakdown(counts, sum(hidden))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _same(one: str | None, other: str) -> bool:
    return one is not None and _plain(one) == _plain(other)
