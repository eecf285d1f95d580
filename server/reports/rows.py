"""One item as a row: its latest vote, what became of it, and how it differs from the earlier survey.

Owns what stands in each cell. Figures that may not be printed are absent here, so that no template can print them.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from consensus import chance_of_consensus
from server.reports.numerals import Numerals
from server.reports.shown import Vote, ending_of, steady, vote_of
from server.reports.strips import dots
from server.reports.vocabulary import CANNOT, CAUSES, ENDINGS, OUTCOMES, SIZES, STREAMS
from server.reports.words import Words
from server.workshop.contents import EndingContent, ItemFigures
from server.workshop.records import BaselineRow
from server.workshop.state import Group, State

CAMPS_FROM = 12  # raters; below, two camps are only "perhaps"


@dataclass(frozen=True)
class Figures:
    """A vote's figures as text."""

    n: int
    strip: Markup
    middle: str
    half: str
    in_pair: str | None
    needed: str
    cannot: str | None


@dataclass(frozen=True)
class Difference:
    """An item against one stream of the earlier survey; `difference` is None where there is nothing to compare."""

    stream: str
    word: str
    score: str
    difference: str | None
    size: str
    size_word: str
    people: tuple[int, int, int]
    cause: str | None
    note: str | None
    explained: bool
    magnitude: float
    earlier: float
    middle: float | None


@dataclass(frozen=True)
class Chip:
    """A verdict or an ending: its glyph and its word."""

    key: str
    word: str


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    round: int | None
    withheld: bool
    figures: Figures | None
    verdict: Chip | None
    flags: tuple[str, ...]
    movement: str | None
    differences: tuple[Difference, ...]
    ending: Chip | None
    value: str | None
    camps: str | None


class Rows:
    """Rows of a workshop's items in one language."""

    def __init__(self, state: State, words: Words, numerals: Numerals) -> None:
        self._state, self._words, self._numerals = state, words, numerals
        self._categories = state.tree.scale.categories

    def row(self, group: Group, item: str) -> Row:
        """Everything that is printed of an item in a group."""
        vote, ending = vote_of(self._state, group, item), ending_of(self._state, group, item)
        figures, words = vote.figures, self._words
        return Row(
            id=item,
            name=words.named(self._state.tree.node(item).name, item),
            round=vote.round,
            withheld=vote.status == "withheld" or (vote.status == "insufficient" and figures is None),
            figures=None if figures is None or not figures.n else self._figures(figures),
            verdict=self._verdict(vote),
            flags=() if figures is None else self._flags(figures),
            movement=None if figures is None or vote.status != "shown" else self._movement(figures),
            differences=tuple(
                self._difference(group, stream, row, figures)
                for stream, row in sorted(self._state.baseline_of(item).items())
                if row.score is not None
            ),
            ending=None if ending is None else Chip(ending.ending, words.say(ENDINGS[ending.ending])),
            value=None if ending is None or ending.value is None else self._numerals.score(ending.value),
            camps=None if ending is None else self._camps(ending),
        )

    def _figures(self, f: ItemFigures) -> Figures:
        say, score = self._words.say, self._numerals.score
        counted = ", ".join(
            say("{people} gave {score}", people=count, score=score(category))
            for category, count in zip(self._categories, f.counts, strict=True)
            if count
        )
        cannot = ", ".join(f"{count} {say(CANNOT[reason])}" for reason, count in f.cannot.items())
        numbers = [float(value or 0) for value in (f.median, f.q1, f.q3)]
        strip = dots(f.counts, self._categories, median=numbers[0], q1=numbers[1], q3=numbers[2], text=counted)
        return Figures(
            n=f.n, strip=strip, middle=score(f.median), half=self._numerals.half(f.q1, f.q3),
            in_pair=None if f.pair is None else say("{inside} of {n}", inside=f.in_pair, n=f.n),
            needed=self._needed(f), cannot=cannot or None,
        )  # fmt: skip

    def _needed(self, f: ItemFigures) -> str:
        """How many had to agree, and how often people scoring at random would do so."""
        rule, say = self._state.consensus_rule, self._words.say
        chance = self._numerals.odds(chance_of_consensus(rule, f.n, self._state.scale))
        if f.needed is None:
            return say("by chance {chance}", chance=chance)
        return say("needed {needed}; by chance {chance}", needed=f.needed, chance=chance)

    def _verdict(self, vote: Vote) -> Chip | None:
        if vote.status == "insufficient":
            return Chip("insufficient", self._words.say(OUTCOMES["insufficient"]))
        if vote.figures is None:
            return None
        key = vote.figures.outcome
        unsettled = key in ("near", "open", "dissent", "at_cap")
        if unsettled and "stable" in vote.figures.flags and steady(self._state, vote.figures):
            return Chip("stable", self._words.say("settled disagreement"))
        return Chip(key, self._words.say(OUTCOMES[key]))

    def _flags(self, f: ItemFigures) -> tuple[str, ...]:
        say, told = self._words.say, []
        if "two_camps" in f.flags:
            told.append(say("two camps") if f.n >= CAMPS_FROM else say("perhaps two camps"))
        if "small_panel" in f.flags:
            told.append(say("small panel"))
        if "fragile" in f.flags:
            told.append(say("one score more or less would change this"))
        return tuple(told)

    def _movement(self, f: ItemFigures) -> str:
        say = self._words.say
        if f.stability is None:
            return say("first vote")
        if not steady(self._state, f) or f.stability.median_shift is None:
            return say("movement withheld")
        told = say("{changed} of {paired} changed their score", changed=f.stability.changed, paired=f.stability.paired)
        shift = float(f.stability.median_shift)
        moved = (
            say("middle score moved {shift}", shift=self._numerals.signed(f.stability.median_shift))
            if shift
            else say("middle score stayed")
        )
        return f"{moved}, {told}"

    def _difference(self, group: Group, stream: str, row: BaselineRow, figures: ItemFigures | None) -> Difference:
        say = self._words.say
        found = figures.gap.get(stream) if figures is not None else None
        told = found if found is not None and found.difference is not None else None
        explained = group.explained.get(f"{row.item}/{stream}")
        return Difference(
            stream=stream,
            word=say(STREAMS[stream]),
            score=self._numerals.score(row.score),
            difference=None if told is None else self._numerals.signed(told.difference),
            size="" if told is None or told.size is None else told.size,
            size_word="" if told is None or told.size is None else say(SIZES[told.size]),
            people=(0, 0, 0) if told is None else (told.above, told.same, told.below),
            cause=None if explained is None else say(CAUSES[explained.cause]),
            note=None if explained is None else explained.note,
            explained=explained is not None,
            magnitude=0.0 if told is None else abs(float(told.difference or 0)),
            earlier=float(row.score or 0),
            middle=None if figures is None or figures.median is None else float(figures.median),
        )

    def _camps(self, ending: EndingContent) -> str | None:
        if ending.camps is None:
            return None
        low, high = ending.camps
        return self._words.say("one camp at {low}, the other at {high}", low=low, high=high)
