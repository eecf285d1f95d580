"""The sentences on how sure a goal is: the band it keeps, or the one it would go to and the choice that does it.

Owns wording alone: which way a change goes is read from the bands that were computed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypedDict

from server.reports.numerals import Numerals
from server.reports.sheet import Point
from server.reports.words import Words, mark
from server.workshop import measure_views as m
from server.workshop.state import State

KINDS = {
    "aggregation": mark("kind of mean"),
    "percent": mark("way of counting percent"),
    "agreed_value": mark("agreed value"),
    "threshold": mark("one person more or fewer"),
    "rater": mark("one person left out"),
    "group": mark("one group left out"),
    "weights": mark("weights"),
}
OPTIONS = {
    "aggregation": {
        "arithmetic": mark("the arithmetic mean"),
        "geometric": mark("the geometric mean"),
        "harmonic": mark("the harmonic mean"),
    },
    "percent": {
        "max": mark("percent counted from zero"),
        "range": mark("percent counted from the lowest point"),
    },
    "agreed_value": {
        "median": mark("the middle score as agreed value"),
        "mean": mark("the mean as agreed value"),
        "hodges_lehmann": mark("the Hodges–Lehmann estimate as agreed value"),
    },
    "threshold": {
        "-1": mark("one person fewer asked to agree"),
        "+1": mark("one person more asked to agree"),
    },
    "weights": {"": mark("other weights")},
}
_MOVES = {
    "drop": mark("would drop to {to} with: {ways}"),
    "rise": mark("would rise to {to} with: {ways}"),
    "lie": mark("would lie in {to} with: {ways}"),
}


class Furthest(TypedDict):
    """One option of the tornado: from `low`, which is nothing, to the furthest that it moves a goal, `node`."""

    name: str
    low: float
    high: float
    node: str
    moved: int


class SureWords:
    """The sentences in one language."""

    def __init__(self, state: State, words: Words, numerals: Numerals) -> None:
        self._state, self._words, self._numerals, self.say = state, words, numerals, words.say
        self._order = [band.key for band in state.tree.bands]
        self._bands = {band.key: words.named(band.name, band.key).lower() for band in state.tree.bands}

    def name(self, node: str) -> str:
        return self._words.named(self._state.tree.node(node).name, node)

    def band(self, key: str) -> str:
        return self._bands[key]

    def place(self, percent: float) -> float:
        """Where on the scale a percentage lies."""
        scale = self._state.scale
        if self._state.tree.percent == "max":
            return percent * scale.high / 100
        return scale.low + percent * (scale.high - scale.low) / 100

    def kind(self, choice: str) -> str:
        return self.say(KINDS[choice])

    def option(self, choice: str, option: str) -> str:
        """One option: what is taken instead, or who is left out."""
        if choice in ("rater", "group"):
            group = self._words.named(self._state.groups[option].name, option)
            text = mark("one person of {group} left out") if choice == "rater" else mark("{group} left out")
            return self.say(text, group=group)
        return self.say(OPTIONS[choice][option])

    def goal(self, name: str, goal: m.GoalView) -> Point:
        """One goal: that it stays, or every band it would go to with the choices that do it."""
        bands = self.bands(goal.bands)
        if goal.stays:
            return Point(name, bands, (self.say("stays {bands} under every choice", bands=bands),))
        ways: dict[tuple[str, ...], list[str]] = {}
        for choice in goal.choices:
            for other in choice.becomes:
                way = self._times(choice.choice, choice.option, other.times, choice.tried)
                ways.setdefault(other.bands, []).append(way)
        return Point(name, bands, tuple(
            self.say(_MOVES[self._direction(goal.bands, to)], to=self.bands(to), ways=", ".join(told))
            for to, told in ways.items()
        ))  # fmt: skip

    def weakest(self, change: m.WeakestChange, name: Callable[[str], str]) -> Point:
        """One option that changes the list: who comes onto it, and who goes off it."""
        way = self._times(change.choice, change.option, change.times, change.tried)
        entered, left = ("; ".join(map(name, nodes)) for nodes in (change.entered, change.left))
        told = [self.say("comes onto it: {goals}", goals=entered)] if entered else []
        told += [self.say("goes off it: {goals}", goals=left)] if left else []
        return Point(way, "", tuple(told) or (self.say("the list is another"),))

    def furthest(self, found: m.CertaintyView) -> list[Furthest]:
        """Every option from the one that moves a goal furthest on, with that goal and how many bands it changes."""
        told: dict[str, Furthest] = {}
        for goal in found.goals:
            for choice in goal.choices:
                name, size = self.option(choice.choice, choice.option), float(choice.moves or 0)
                one = told.setdefault(name, Furthest(name=name, low=0.0, high=-1.0, node="", moved=0))
                one["moved"] += bool(choice.becomes)
                if size > one["high"]:
                    one |= {"high": size, "node": goal.node}
        return sorted(told.values(), key=lambda one: -one["high"])

    def bands(self, keys: Sequence[str]) -> str:
        """`poor`, or `poor–moderate` where a goal's span reaches from one into another."""
        return "–".join(self._bands[key] for key in keys)

    def _times(self, choice: str, option: str, times: int, tried: int) -> str:
        name = self.option(choice, option)
        if tried == 1:
            return name
        if choice == "weights":
            share = self._numerals.odds(times / tried)
            return self.say("{way} ({share} of those drawn)", way=name, share=share)
        return self.say("{way} ({times} of {tried})", way=name, times=times, tried=tried)

    def _direction(self, was: Sequence[str], now: Sequence[str]) -> str:
        (low, high), (to_low, to_high) = ([self._order.index(keys[at]) for at in (0, -1)] for keys in (was, now))
        if to_low <= low and to_high <= high:
            return "drop"
        return "rise" if to_low >= low and to_high >= high else "lie"
