"""The rule of a workshop in words and numbers. Judges nothing: it says what `consensus` would ask."""

from __future__ import annotations

from dataclasses import dataclass

from consensus import Rule, Scale
from server.reports.numerals import Numerals
from server.reports.vocabulary import VALUES
from server.reports.words import Words, mark
from server.workshop.chances import chances

EXAMPLE = 8  # voices, in the sentence that people remember
SIZES = range(5, 17)

_PRESETS = {
    "workshop": mark("the workshop rule"),
    "iqr": mark("the rule of three quarters and a narrow middle half"),
    "rand-ucla": mark("the RAND/UCLA rule"),
    "within-one": mark("the lenient rule within one step of the middle score"),
    "two-thirds": mark("the two-thirds rule"),
    "custom": mark("a rule of this workshop's own"),
}


@dataclass(frozen=True)
class Needed:
    """How many of `voices` must agree; `none` where even all of them would prove nothing.

    `chance`, `high` and `camps`: how often panels pass in one vote that score at random, lean high, or are two camps.
    """

    voices: int
    needed: str
    chance: str
    high: str
    camps: str


@dataclass(frozen=True)
class Ruling:
    name: str
    example: str | None
    clauses: tuple[str, ...]
    needed: tuple[Needed, ...]


def ruling(rule: Rule, scale: Scale, words: Words, numerals: Numerals) -> Ruling:
    """The rule, clause by clause, and how many must agree in panels of usual sizes."""
    needed = rule.needed(EXAMPLE, scale.size)
    example = None
    if needed is not None and needed <= EXAMPLE:
        example = words.say("With {voices} voices {needed} must agree.", voices=EXAMPLE, needed=needed)
    return Ruling(
        words.say(_PRESETS[rule.preset]),
        example,
        _clauses(rule, words, numerals),
        () if rule.location == "rand_ucla" else tuple(_needed(rule, scale, size, words, numerals) for size in SIZES),
    )


def _needed(rule: Rule, scale: Scale, voices: int, words: Words, numerals: Numerals) -> Needed:
    told = chances(rule, voices, scale.size)
    if not told.possible:
        return Needed(voices, words.say("none"), "", "", "")
    return Needed(voices, str(told.needed), *map(numerals.odds, (told.random, told.ceiling, told.two_camps)))


def _clauses(rule: Rule, words: Words, numerals: Numerals) -> tuple[str, ...]:
    say = words.say
    told = [
        say(
            "A vote on an item counts once {quorum} people have scored it and {percent} of those seated have answered; "
            "“cannot score” is an answer, not a score.",
            quorum=rule.quorum,
            percent=numerals.percent(rule.answered_percent),
        ),
        _location(rule, words, numerals),
    ]
    if rule.iqr_at_most is not None:
        told.append(say("The middle half is no wider than {width}.", width=numerals.score(rule.iqr_at_most)))
    told.append(
        say(
            "From the second vote on, the middle score moved by no more than {shift}, and no more than {percent} of "
            "those who voted both times left the two points (one person always may).",
            shift=numerals.score(rule.median_shift),
            percent=numerals.percent(rule.left_percent),
        )
    )
    if rule.settle_from_vote > 1:
        told.append(say("Vote {vote} is the first that can settle an item.", vote=rule.settle_from_vote))
    told.append(say("After {cap} votes an item is not opened again.", cap=rule.cap))
    told.append(say("The agreed value is {value} of the vote that settled it.", value=say(VALUES[rule.agreed_value])))
    return tuple(told)


def _location(rule: Rule, words: Words, numerals: Numerals) -> str:
    say, share = words.say, numerals.percent(rule.share_percent)
    if rule.location == "rand_ucla":
        return say(
            "The scores show no disagreement by the RAND/UCLA range (IPRAS); off the 9-point scale that range is "
            "not validated."
        )
    if rule.location == "within_one":
        return say(
            "At least {share} of the scores lie within one step of the middle score; this is lenient.", share=share
        )
    if rule.chance_percent is None:
        return say(
            "At least {share} of the scores lie on two neighbouring points that hold the middle score.", share=share
        )
    return say(
        "At least {share} of the scores lie on two neighbouring points that hold the middle score; in small panels "
        "more, so that a panel scoring at random passes at most {chance} of the time.",
        share=share,
        chance=numerals.percent(rule.chance_percent),
    )
