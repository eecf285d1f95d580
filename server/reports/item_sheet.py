"""What experts ask of each indicator: spread, agreement, RAND/UCLA, stability, and the gap to the earlier survey.

Words figures that were computed before. A row of too few people says so and holds no figure; a missing figure is a dash
whose reason stands below the table.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.reports.numerals import Numerals
from server.reports.sheet import Row, Section, Table, joined, meanings, notes
from server.reports.vocabulary import SIZES, STREAMS
from server.reports.whys import why
from server.reports.words import Words
from server.workshop import measure_views as m
from server.workshop.state import State

CAMPS_FROM = 12  # people; below, two camps are only "perhaps"
FEWEST_PAIRS = 6  # below, no two-sided p can reach .05


class ItemSheet:
    """The sections on single indicators in one language."""

    def __init__(self, state: State, words: Words, numerals: Numerals) -> None:
        self._state, self._words, self._numerals, self.say = state, words, numerals, words.say

    def _row(self, item: str, cells: Sequence[str] = (), across: str | None = None) -> Row:
        return Row(item, self._words.named(self._state.tree.node(item).name, item), tuple(cells), across)

    def _hidden(self) -> str:
        return self.say("hidden (fewer than {few})", few=self._state.settings.suppress_below)

    # --- one vote -----------------------------------------------------------------------------------------------------

    def spread(self, found: Sequence[m.SpreadView]) -> Section:
        """Where the scores lie."""
        say, score, fixed = self.say, self._numerals.score, self._numerals.fixed
        rows = tuple(
            self._row(one.item, (
                str(one.n), " · ".join(map(str, one.counts)), score(one.median),
                self._numerals.half(one.q1, one.q3), score(one.iqr), fixed(one.mean),
                fixed(one.sd), fixed(one.cv), score(one.mad), fixed(one.average_deviation),
            ))
            if one.counts is not None
            else self._row(one.item, across=self._without(one))
            for one in found
        )  # fmt: skip
        points = [score(category) for category in self._state.scale.categories]
        heads = (
            say("Indicator"), say("scores"), say("people on {low} to {high}", low=points[0], high=points[-1]),
            say("middle score"), say("middle half"), say("width (IQR)"), say("mean"), say("standard deviation"),
            say("variation (CV)"), "MAD", say("average deviation"),
        )  # fmt: skip
        missing = notes((one.item, why(self._words, one.why)) for one in found)
        return Section(
            say("Where do the scores lie, and how far apart?"), meanings(self._words, "spread-of-one-item"),
            (say("Of each indicator the latest vote that counted. Quartiles: Hyndman–Fan type 7. MAD and average "
                 "deviation are taken from the middle score."),),
            tables=(Table(say("Spread of each indicator"), heads, rows, missing),),
        )  # fmt: skip

    def agreement(self, found: Sequence[m.SpreadView]) -> Section:
        """How close to full agreement."""
        say, fixed, odds = self.say, self._numerals.fixed, self._numerals.odds
        rows = tuple(
            self._row(one.item, (
                self._pair(one), self._share(one.share_in_pair, one.wilson_low, one.wilson_high),
                odds(one.share_low), odds(one.share_high), fixed(one.r_wg_star), fixed(one.r_wg), fixed(one.a_wg),
                fixed(one.tastle_wierman), fixed(one.van_der_eijk), self._camps(one),
            ))
            if one.counts is not None
            else self._row(one.item, across=self._without(one))
            for one in found
        )  # fmt: skip
        heads = (
            say("Indicator"), say("on two neighbouring points"), say("share and 95% interval (Wilson)"),
            say("on the lowest points"), say("on the highest points"), "r*wg", "r_wg", "a_wg", "Tastle–Wierman",
            say("van der Eijk's A"), say("two camps"),
        )  # fmt: skip
        tail = max(1, 2 * self._state.scale.size // 5)
        tails = say("Lowest and highest points: {n} at each end.", n=tail)
        return Section(
            say("How close to full agreement is each indicator?"),
            meanings(self._words, "agreement-on-one-item", "two-camps"),
            (say("Compare indicators by them; none of them is a gate. 1 is full agreement."), tails),
            tables=(Table(say("Agreement on each indicator"), heads, rows,
                          notes((one.item, why(self._words, one.why)) for one in found),
                          frozenset({9})),),
        )  # fmt: skip

    def ram(self, found: Sequence[m.RamView]) -> Section:
        """Disagreement by the RAND/UCLA manual."""
        say, fixed = self.say, self._numerals.fixed
        rows = tuple(
            self._row(one.item, (
                say("{low} to {high}", low=fixed(one.p30), high=fixed(one.p70)), fixed(one.ipr), fixed(one.ipras),
                fixed(one.index), self._yes(one.disagreement_ipras), self._yes(one.agreement),
                self._yes(one.disagreement),
            ))
            if one.ipr is not None
            else self._row(one.item, across=self._hidden() if one.withheld else why(self._words, one.why))
            for one in found
        )  # fmt: skip
        heads = (
            say("Indicator"), say("30% to 70% of the scores, on 1 to 9"), say("width (IPR)"), say("limit (IPRAS)"),
            say("index"), say("disagreement (IPRAS)"), say("agreement (classic counts)"),
            say("disagreement (classic counts)"),
        )  # fmt: skip
        off = () if self._state.scale.size == 9 else (say(
            "Not validated off the 9-point scale: this workshop's scale of {points} points is moved onto 1 to 9.",
            points=self._state.scale.size,
        ),)  # fmt: skip
        missing = ((one.item, why(self._words, one.why)) for one in found if one.ipr is not None)
        return Section(
            say("Is there disagreement by the RAND/UCLA method?"), meanings(self._words, "randucla"),
            (say("An index above 1 is disagreement."),), off,
            tables=(Table(say("RAND/UCLA for each indicator"), heads, rows, notes(missing),
                          frozenset({4, 5, 6})),),
        )  # fmt: skip

    # --- two votes ----------------------------------------------------------------------------------------------------

    def stability(self, found: Sequence[m.StabilityView]) -> Section:
        """How the same people moved between the two latest votes."""
        say, fixed, signed = self.say, self._numerals.fixed, self._numerals.signed
        title, section = say("Did the same people stay where they were?"), meanings(self._words, "stability")
        if not found:
            return Section(title, section, (say("No indicator has had two votes that counted."),))
        rows = tuple(
            self._row(one.item, across=self._hidden())
            if one.withheld
            else self._row(one.item, (
                f"{one.rounds[0]}, {one.rounds[1]}", str(one.paired), self._numerals.odds(one.changed_share),
                self._numerals.odds(one.net_change), self._numerals.odds(one.toward_median), str(one.left_pair),
                signed(one.median_shift), signed(one.iqr_change), fixed(one.kappa), fixed(one.spearman),
                self._numerals.chance(one.p_value),
            ))
            for one in found
        )  # fmt: skip
        heads = (
            say("Indicator"), say("rounds"), say("people in both"), say("changed"), say("net change"),
            say("of those, toward the middle score"), say("left the two points"), say("middle score moved"),
            say("width changed"), say("weighted kappa"), say("rank correlation"), say("p (signed ranks)"),
        )  # fmt: skip
        few = [one.item for one in found if not one.withheld and one.paired < FEWEST_PAIRS]
        never = [
            say("Fewer than six people in both votes, so no p can reach .05: {items}.", items=joined(few))
        ] if few else []  # fmt: skip
        missing = notes((one.item, why(self._words, one.why)) for one in found)
        return Section(
            title, section, (say("Over those who scored the indicator in both of its latest votes."),),
            (say("A p that is not significant never means stable: with few people hardly any movement is."), *never),
            tables=(Table(say("Movement between the two latest votes"), heads, rows, missing),),
        )  # fmt: skip

    # --- the earlier survey -------------------------------------------------------------------------------------------

    def gaps(self, found: Sequence[m.GapView]) -> Section:
        """The first vote against each stream of the earlier survey."""
        say = self.say
        title = say("How far is the room from the earlier survey?")
        section = meanings(self._words, "gap-to-the-earlier-survey")
        if not found:
            return Section(title, section, (say("There is no earlier score to compare with."),))
        streams = list(dict.fromkeys(one.stream for one in found))
        tables = tuple(self._gaps([one for one in found if one.stream == stream], stream) for stream in streams)
        seen = list(dict.fromkeys(one.item for one in found if one.seen))
        warned = (
            (say("The survey was shown before their first vote, so nothing is tested: {items}.", items=joined(seen)),)
            if seen
            else ()
        )
        return Section(
            title, section,
            (say("Computed on the first vote alone, since later votes have seen the survey. Sizes go by magnitude: in "
                 "groups of this size tests have little power, and a p that is not significant does not mean equal."),
             say("p by Holm is for claims, p by Benjamini and Hochberg for a list to look at; both are corrected over "
                 "the indicators of one table. Equal: the 90% interval of the mean lies within half a point.")),
            warned, tables=tables,
        )  # fmt: skip

    def _gaps(self, found: Sequence[m.GapView], stream: str) -> Table:
        say, score, fixed, signed = self.say, self._numerals.score, self._numerals.fixed, self._numerals.signed
        chance, nothing = self._numerals.chance, self._numerals.fixed(None)
        rows = []
        for one in found:
            if one.withheld or one.seen:
                across = self._hidden() if one.withheld else say("not tested: had seen the survey")
                rows.append(self._row(one.item, across=across))
                continue
            size = say(SIZES[one.size]) if one.size else ""
            shift = signed(one.hodges_lehmann)
            if one.low is not None and one.high is not None:
                shift = say("{shift} ({low} to {high})", shift=shift, low=signed(one.low), high=signed(one.high))
            mean = nothing if one.equivalence_low is None else say(
                "{low} to {high}", low=fixed(one.equivalence_low), high=fixed(one.equivalence_high))  # fmt: skip
            rows.append(self._row(one.item, (
                score(one.baseline), f"{signed(one.difference)} {size}".strip(),
                f"{one.above} · {one.same} · {one.below}", shift, chance(one.p_value), chance(one.p_holm),
                chance(one.p_bh), signed(one.rank_biserial), mean, chance(one.equivalence_p),
                self._yes(one.equivalent),
            )))  # fmt: skip
        heads = (
            say("Indicator"), say("earlier score"), say("difference"), say("people above · same · below"),
            say("shift (Hodges–Lehmann) and 95% interval"), "p", "p (Holm)", "p (Benjamini–Hochberg)",
            say("rank-biserial"), say("mean, 90% interval"), say("p (equal)"), say("equal within half a point"),
        )  # fmt: skip
        missing = [(one.item, why(self._words, one.why)) for one in found]
        missing += [(one.item, why(self._words, one.equivalence_why)) for one in found]
        caption = say("First vote against: {stream}", stream=say(STREAMS[stream]))
        return Table(caption, heads, tuple(rows), notes(missing), frozenset({10}))

    # --- cells --------------------------------------------------------------------------------------------------------

    def _without(self, one: m.SpreadView) -> str:
        return self._hidden() if one.withheld else self.say("no vote has counted yet")

    def _pair(self, one: m.SpreadView) -> str:
        if one.pair is None:
            return self._numerals.fixed(None)
        low, high = (self._numerals.score(end) for end in one.pair)
        return self.say("{inside} of {n} on {low}–{high}", inside=one.in_pair, n=one.n, low=low, high=high)

    def _share(self, share: str | None, low: str | None, high: str | None) -> str:
        if share is None or low is None or high is None:
            return self._numerals.fixed(None)
        share, low, high = (self._numerals.odds(each) for each in (share, low, high))
        return self.say("{share} ({low} to {high})", share=share, low=low, high=high)

    def _yes(self, told: bool | None) -> str:
        return self._numerals.fixed(None) if told is None else self.say("yes") if told else self.say("no")

    def _camps(self, one: m.SpreadView) -> str:
        if one.two_camps and one.n < CAMPS_FROM:
            return self.say("perhaps")
        return self._yes(one.two_camps)
