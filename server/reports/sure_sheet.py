"""How sure the profile is, in words first: which goals keep their band, where the others would go, and what does it.

Words and draws what was computed before; recommends no choice, and says of people only how many they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from server.reports.goals import dims, labels
from server.reports.lines import bands_head, blade, interval
from server.reports.numerals import Numerals
from server.reports.sheet import Picture, Row, Section, Table, meanings, notes
from server.reports.strips import Ruler
from server.reports.sure_words import SureWords
from server.reports.whys import why
from server.reports.words import Words
from server.workshop import measure_views as m
from server.workshop.state import State

WIDTH = 420.0
VISIBLE = 0.05  # percent points; less is written as none
CERTAIN = 0.9  # of the redraws; below, a goal has no certain band


def sure_sections(state: State, found: m.CertaintyView, words: Words, numerals: Numerals) -> tuple[Section, ...]:
    """The questions about the whole profile, the two that people ask first."""
    return _Sheet(state, found, words, numerals).sections()


class _Sheet:
    def __init__(self, state: State, found: m.CertaintyView, words: Words, numerals: Numerals) -> None:
        self._state, self._found, self._words, self._numerals, self.say = state, found, words, numerals, words.say
        self._told = SureWords(state, words, numerals)
        self._labels = labels([goal.node for goal in found.goals])
        self._rated = [goal for goal in found.goals if goal.value is not None]

    def sections(self) -> tuple[Section, ...]:
        return (self._bands(), self._weakest(), self._intervals(), self._choices())

    def _name(self, node: str) -> str:
        return f"{self._labels[node]} {self._told.name(node)}"

    def _row(self, goal: m.GoalView, *cells: str | Picture) -> Row:
        return Row(self._labels[goal.node], self._told.name(goal.node), cells, dim=self._dim(goal.node))

    def _dim(self, node: str) -> int:
        return dims(self._state)[self._state.tree.path(node)[0]]

    def _missing(self, goal: m.GoalView) -> Row:
        few = self._state.settings.suppress_below
        told = self.say("hidden (fewer than {few})", few=few) if goal.withheld else self.say("nothing scored yet")
        return Row(self._labels[goal.node], self._told.name(goal.node), (), told)

    # --- words first --------------------------------------------------------------------------------------------------

    def _bands(self) -> Section:
        say = self.say
        sentences = [self._told.goal(self._name(goal.node), goal) for goal in self._rated]
        keep = sum(goal.stays for goal in self._rated)
        lead = say("{n} of {of} goals keep their band under every choice that was tried.", n=keep, of=len(self._rated))
        return Section(
            say("Does the band of a goal change?"), meanings(self._words, "sensitivity-of-the-profile"),
            (lead,), points=tuple(sentences),
        )  # fmt: skip

    def _weakest(self) -> Section:
        say, found = self.say, self._found
        title, section = say("Do the five weakest goals change?"), meanings(self._words, "sensitivity-of-the-profile")
        if not found.weakest:
            hidden = any(goal.withheld for goal in found.goals)
            told = say("Not said: a goal is hidden.") if hidden else why(self._words, "few_goals") or ""
            return Section(title, section, (told,), named="weakest")
        lead = say("Weakest first: {goals}.", goals="; ".join(map(self._name, found.weakest)))
        kept = say(
            "It stays the same in {share} of all {n} combinations of the choices, and with {weights} of the weights "
            "drawn.",
            share=self._numerals.odds(found.combined_same), n=found.combinations,
            weights=self._numerals.odds(found.weighted_same),
        )  # fmt: skip
        if not found.weakest_changes:
            same = say("The five weakest goals stay the same under every choice.")
            return Section(title, section, (lead, same, kept), named="weakest")
        points = tuple(self._told.weakest(change, self._name) for change in found.weakest_changes)
        return Section(title, section, (lead, kept, say("The list would change with:")), points=points, named="weakest")

    # --- figures second -----------------------------------------------------------------------------------------------

    def _intervals(self) -> Section:
        say, tree = self.say, self._state.tree
        scale, bands = tree.scale, tree.bands
        ruler = Ruler(scale.low, scale.high, WIDTH, 12.0)
        starts = [max(scale.low, self._told.place(float(band.least))) for band in bands]
        rows = tuple(
            self._missing(goal)
            if goal.value is None
            else self._row(goal, self._drawn(ruler, starts, goal), self._numerals.fixed(goal.value),
                           self._ends(goal.low, goal.high), self._certain(goal))
            for goal in self._found.goals
        )  # fmt: skip
        heads = (
            say("Goal"),
            Picture(bands_head(ruler, starts, [self._told.band(band.key) for band in bands]), say("on the scale")),
            say("workshop score"), say("95% interval"), say("own band in"),
        )  # fmt: skip
        missing = notes((self._labels[goal.node], why(self._words, goal.why)) for goal in self._rated)
        return Section(
            say("How sure is each goal, given who was in the room?"),
            meanings(self._words, "uncertainty-of-the-profile"),
            (say("The people of each group were drawn anew {n} times. The line is the 95% interval of the goal's "
                 "score, the dot the score itself; hatched is where it may lie because indicators are not agreed.",
                 n=self._numerals.whole(self._found.resamples)),
             say("A goal that lies in its own band in fewer than 90% of the draws has no certain band; a dash stands "
                 "where its span reaches into several. This speaks of who was in the room, not of the questions.")),
            tables=(Table(say("Score and interval of each goal"), heads, rows, missing, frozenset({0})),),
        )  # fmt: skip

    def _drawn(self, ruler: Ruler, starts: Sequence[float], goal: m.GoalView) -> Picture:
        value, low, high, start, end = (
            None if each is None else float(each)
            for each in (goal.value, goal.low, goal.high, goal.span_low, goal.span_high)
        )
        span = None if start is None or end is None else (start, end)
        told = self.say("{goal}: {value}, 95% interval {ends}", goal=self._name(goal.node),
                         value=self._numerals.fixed(goal.value), ends=self._ends(goal.low, goal.high))  # fmt: skip
        ends = None if low is None or high is None else (low, high)
        return Picture(interval(ruler, starts, value=value or 0.0, ends=ends, span=span, text=told), told)

    def _ends(self, low: str | None, high: str | None) -> str:
        if low is None or high is None:
            return self._numerals.fixed(None)
        return self.say("{low} to {high}", low=self._numerals.fixed(low), high=self._numerals.fixed(high))

    def _certain(self, goal: m.GoalView) -> str:
        if goal.share is None:
            return self._numerals.fixed(None)
        share = self._numerals.odds(goal.share)
        return share if float(goal.share) >= CERTAIN else self.say("{share}: not certain", share=share)

    def _choices(self) -> Section:
        say = self.say
        kinds = list(dict.fromkeys(choice.choice for goal in self._rated for choice in goal.choices))
        rows = tuple(
            self._missing(goal)
            if goal.value is None
            else self._row(goal, *(self._moved(goal, kind) for kind in kinds), self._numerals.odds(goal.combined_same))
            for goal in self._found.goals
        )
        heads = (say("Goal"), *(self._told.kind(kind) for kind in kinds), say("same band in all combinations"))
        not_tried = tuple(
            say("Not tried, {choice}: {why}", choice=self._told.kind(kind), why=why(self._words, code) or "")
            for kind, code in self._found.not_tried.items()
            if kind != "weakest"
        )
        return Section(
            say("How far does each choice move a goal?"), meanings(self._words, "sensitivity-of-the-profile"),
            (say("In percent points of the scale, for the option that moves it furthest; all else as declared. A star "
                 "stands where a choice changes the goal's band. Weights: {n} times drawn around those declared. Last, "
                 "the share of {all} combinations of the first four choices that keep the band.",
                 n=self._numerals.whole(self._found.draws), all=self._found.combinations),),
            named="choices",
            tables=(self._tornado(), Table(say("Furthest move of each goal by choice"), heads, rows, not_tried)),
        )  # fmt: skip

    def _moved(self, goal: m.GoalView, kind: str) -> str:
        own = [choice for choice in goal.choices if choice.choice == kind and choice.moves is not None]
        if not own:
            return self._numerals.fixed(None)
        far = max(float(choice.moves or 0) for choice in own)
        return self._numerals.tenth(far) + ("*" if any(choice.becomes for choice in own) else "")

    def _tornado(self) -> Table:
        """Every option from the one that moves a goal furthest, with the goal it moves and the bands it changes."""
        found, tenth = self._told.furthest(self._found), self._numerals.tenth
        most = max((one["high"] for one in found), default=0.0)
        rows = tuple(
            Row("", one["name"], (
                Picture(blade(one["high"], most, full=bool(one["moved"]), text=tenth(one["high"])), ""),
                tenth(one["high"]), self._labels[one["node"]] if one["high"] >= VISIBLE else tenth(None),
                str(one["moved"]),
            ))
            for one in found
        )  # fmt: skip
        heads = (
            self.say("Choice"), Picture(Markup(""), self.say("furthest move")), self.say("percent points"),
            self.say("goal moved most"), self.say("goals whose band changes"),
        )  # fmt: skip
        note = self.say("Full bar: changes the band of a goal. Hollow bar: changes none.")
        return Table(self.say("What each choice moves, furthest first"), heads, rows, (note,))
