"""What experts ask of a panel as a whole, as questions with answers: order, value, variance, movement, thresholds.

Words figures that were computed before; settles nothing and computes nothing.
"""

from __future__ import annotations

from server.reports.lines import correlations
from server.reports.numerals import Numerals
from server.reports.sheet import Picture, Row, Section, Table, joined, meanings, notes
from server.reports.vocabulary import METHODS, alpha_word, icc_word, strength
from server.reports.whys import why
from server.reports.words import Words, mark
from server.workshop.expert_views import ConformityView, ExpertView
from server.workshop.measure_views import AgreementView, IntraclassesView, OrderView

ORDER_ITEMS, ORDER_RATERS = 5, 7  # below, W is not said in a word

_LEVELS = {
    "nominal": mark("Krippendorff's alpha, nominal: equal or not"),
    "ordinal": mark("Krippendorff's alpha, ordinal: by rank"),
    "interval": mark("Krippendorff's alpha, interval: by distance"),
}
_WEIGHTS = {
    "identity": mark("Gwet's AC1: equal or not"),
    "ordinal": mark("Gwet's AC2: by rank"),
}
_ICCS = {
    "icc1": mark("other people each time, one score"),
    "icc2": mark("people as a sample, one score"),
    "icc3": mark("these people only, one score"),
    "icc1k": mark("other people each time, mean of all"),
    "icc2k": mark("people as a sample, mean of all"),
    "icc3k": mark("these people only, mean of all"),
}

class PanelSheet:
    """The sections on a panel in one language."""

    def __init__(self, words: Words, numerals: Numerals) -> None:
        self._words, self._numerals, self.say = words, numerals, words.say

    # --- order --------------------------------------------------------------------------------------------------------

    def order(self, found: OrderView) -> Section:
        """Kendall's W with everything that belongs to it."""
        say, fixed = self.say, self._numerals.fixed
        name = "W" if found.complete else "W*"
        unbounded = found.statistic is None and found.why is None  # F where everybody orders alike
        rows = [
            Row("", name, (fixed(found.w),)),
            Row("", say("95% interval"), (self._interval(found.low, found.high),)),
            Row("", say("mean rank correlation"), (fixed(found.mean_spearman),)),
            Row("", say("test"), (say(METHODS[found.method]),)),
            Row("", say("statistic"), ("∞" if unbounded else fixed(found.statistic),)),
            Row("", "p", (self._p(found.p_value),)),
            Row("", say("people, indicators"), (f"{found.raters}, {found.items}",)),
            Row("", say("people without an order (all their scores alike)"), (str(found.constant_raters),)),
        ]
        missing = why(self._words, found.why)
        sentences = [self._strength(found)]
        if not found.complete:
            sentences.append(
                say("Some scores are missing: W* is this project's definition and equals Kendall's W without gaps.")
            )
        sentences.append(say("It says nothing about agreement on any single indicator, and it settles none."))
        return Section(
            say("Do people put the indicators in the same order?"), meanings(self._words, "kendalls-w"),
            tuple(sentences),
            tables=(Table(
                say("Kendall's W and its test"), (say("Figure"), say("Value")), tuple(rows),
                (say("Not everything can be given: {why}", why=missing),) if missing else (), text=frozenset({0}),
            ),),
        )  # fmt: skip

    def _strength(self, found: OrderView) -> str:
        say = self.say
        if found.w is None:
            return say("This panel has no order that could be measured.")
        if found.items < ORDER_ITEMS or found.raters < ORDER_RATERS:
            return say(
                "From fewer than {items} indicators or {raters} people no word is given to W.",
                items=ORDER_ITEMS, raters=ORDER_RATERS,
            )  # fmt: skip
        return say("The shared order is {strength} (Schmidt 1997).", strength=say(strength(float(found.w))))

    def single(self, found: ExpertView) -> Section:
        """How far each person shares the order of the others, sorted and without names."""
        say, fixed = self.say, self._numerals.fixed
        title, section = say("Does everybody share that order?"), meanings(self._words, "single-raters-in-the-order")
        if not found.concordances:
            return Section(title, section, (say("Too few people to show without pointing at someone."),))
        against = (
            self._words.count(
                "{n} person orders the indicators against the others.",
                "{n} people order the indicators against the others.", found.against,
            )
            if found.against
            else say("Nobody orders the indicators against the others.")
        )  # fmt: skip
        values = "; ".join(fixed(value) for value in found.concordances)
        told = say("Each person's mean rank correlation with the others, sorted and without names: {values}.",
                   values=values)  # fmt: skip
        score = self._numerals.score
        drawn = correlations([float(value) for value in found.concordances], (score("-1"), "0", "1"), told)
        return Section(title, section, (against,), figure=Picture(drawn, told))

    # --- value --------------------------------------------------------------------------------------------------------

    def value(self, found: AgreementView) -> Section:
        """Alpha and AC side by side."""
        say, fixed = self.say, self._numerals.fixed
        rows = [
            Row("", say(_LEVELS[one.level]), (fixed(one.value), say("{n} scores", n=one.pairable),
                say(alpha_word(float(one.value))) if one.value is not None else ""))
            for one in found.alphas
        ] + [
            Row("", say(_WEIGHTS[one.weights]), (fixed(one.value), say(
                "seen {observed}, by chance {expected}", observed=fixed(one.observed), expected=fixed(one.expected),
            ), ""))
            for one in found.gwets
        ]  # fmt: skip
        missing = [(say(_LEVELS[one.level]), why(self._words, one.why)) for one in found.alphas]
        missing += [(say(_WEIGHTS[one.weights]), why(self._words, one.why)) for one in found.gwets]
        return Section(
            say("Do people agree in value beyond chance?"),
            meanings(self._words, "krippendorffs-alpha", "gwets-ac1-and-ac2"),
            (say("Where nearly all scores are alike alpha falls although people agree; AC2 stays steadier."),),
            tables=(Table(
                say("Agreement in value beyond chance"),
                (say("Measure"), say("Value"), say("rests on"), say("read as (Krippendorff 2004)")),
                tuple(rows), notes(missing), frozenset({1, 2}),
            ),),
        )  # fmt: skip

    def variance(self, found: IntraclassesView) -> Section:
        """The six intraclass correlations, or why there are none."""
        say, fixed = self.say, self._numerals.fixed
        title = say("How much of the difference between scores lies between indicators?")
        section, missing = meanings(self._words, "intraclass-correlations"), why(self._words, found.why)
        if all(one.value is None for one in found.six):
            return Section(title, section, (say("Not computed: {why}", why=missing or ""),))
        rows = tuple(
            Row("", f"ICC({one.name[3]},{'k' if one.name.endswith('k') else '1'})", (
                say(_ICCS[one.name]), fixed(one.value), self._interval(one.low, one.high),
                say(icc_word(float(one.low))) if one.low is not None else "",
            ))
            for one in found.six
        )  # fmt: skip
        tested = say("Differences between indicators: F {f}, p {p}.", f=fixed(found.f), p=self._p(found.p_value))
        return Section(
            title, section, (tested,),
            tables=(Table(
                say("Intraclass correlations"),
                (say("Correlation"), say("for"), say("Value"), say("95% interval"), say("read by its lower end")),
                rows, (missing,) if missing else (), frozenset({0, 3}),
            ),),
        )  # fmt: skip

    # --- movement and thresholds --------------------------------------------------------------------------------------

    def conformity(self, found: ConformityView | None) -> Section:
        """Where scores went after the middle score was shown."""
        say, percent = self.say, self._numerals.odds
        title, section = say("Which way did people move after seeing the middle score?"), meanings(
            self._words, "conformity")  # fmt: skip
        if found is None or not found.moves:
            return Section(title, section, (say("Nobody moved after seeing what the group said."),))
        told = say(
            "After seeing what the group said, {toward} of {moves} moves ({share}) went toward the middle score and "
            "{away} away from it; random moves would give {expected} toward it.",
            toward=found.toward, moves=found.moves, share=percent(found.share_toward), away=found.away,
            expected=percent(found.expected_toward),
        )  # fmt: skip
        few = () if found.enough else (say("Fewer than twenty moves are too few to call a pattern."),)
        warned = (
            (say("Nearly all moves went toward the middle score: conviction or conformity, which counts cannot tell."),)
            if found.nearly_all_toward
            else ()
        )
        return Section(title, section, (told, *few), warned)

    def thresholds(self, found: ExpertView) -> Section:
        """How many indicators would agree and settle under other thresholds."""
        say = self.say
        title, section = say("How much hangs on the threshold?"), meanings(self._words, "thresholds-moved", "verdicts")
        if not found.shares:
            return Section(title, section, (say("The rule counts nobody, so it has no threshold to move."),))
        people = {-1: say("one person fewer"), 0: say("the rule as it is"), 1: say("one person more")}
        steps = [(self._numerals.percent(step.share_percent), step) for step in found.shares]
        steps += [(people[step.people], step) for step in found.people]
        told = (
            say("One person more or fewer asked to agree would change: {items}.", items=joined(found.fragile))
            if found.fragile
            else say("No verdict hangs on one person.")
        )
        return Section(
            title, section, (told,),
            tables=(Table(
                say("Indicators under other thresholds"),
                (say("threshold"), say("indicators that agree"), say("indicators that settle")),
                tuple(Row("", name, (str(step.agreeing), str(step.settled))) for name, step in steps),
            ),),
        )  # fmt: skip

    # --- numbers ------------------------------------------------------------------------------------------------------

    def _interval(self, low: str | None, high: str | None) -> str:
        if low is None or high is None:
            return self._numerals.fixed(None)
        return self.say("{low} to {high}", low=self._numerals.fixed(low), high=self._numerals.fixed(high))

    def _p(self, value: str | None) -> str:
        return self._numerals.chance(value)

