"""Why a figure is missing, in a sentence for people. The codes are those of `server.workshop.whys`; decides nothing."""

from __future__ import annotations

from server.reports.words import Words, mark

WHYS = {
    "no_ratings": mark("nobody has scored this indicator."),
    "other_size": mark("the classic counts are laid down for 8 to 16 people."),
    "one_rater": mark("fewer than two people scored two indicators or more."),
    "no_order": mark("everybody gave all indicators the same score, so there is no order."),
    "f_needs_complete": mark("the F test needs every score."),
    "f_needs_degrees": mark("two people on two indicators are too few for the F test."),
    "few_for_jackknife": mark("the interval needs at least four people."),
    "few_for_bootstrap": mark("the shifted bootstrap needs at least fifteen people."),
    "nothing_drawn": mark("no redrawn panel has an order, so there is no interval."),
    "one_carries": mark("without one of the people there is no order left, so there is no interval."),
    "unlinked": mark("people fall apart into groups that scored no indicator in common."),
    "unchecked": mark("no two indicators were compared twice, so nothing could disagree."),
    "no_pairs": mark("no indicator has two scores or more."),
    "one_value": mark("all scores that can be compared are the same, so agreement by chance is not defined."),
    "needs_complete": mark("intraclass correlations need every score; with missing ones read alpha."),
    "all_alike": mark("everybody gave all indicators one score, so there is no variance to divide."),
    "no_between": mark("the indicators do not differ at all, so a mean has no reliability to speak of."),
    "far_below": mark("the indicators differ far less than the people do, so some correlations do not exist."),
    "one_rating": mark("one score has no spread."),
    "mean_of_nothing": mark("the mean is 0, and this coefficient is a share of the mean."),
    "nobody_twice": mark("nobody scored this indicator in both votes."),
    "no_change": mark("nobody changed their score, so there is no movement to describe."),
    "no_variation": mark("kappa and correlation need scores that differ in both votes."),
    "no_baseline": mark("the earlier survey has no score for this indicator."),
    "nothing_to_compare": mark("there is no score to compare."),
    "no_difference": mark("every score equals the earlier survey, so there is nothing to rank."),
    "few_for_interval": mark("fewer than six scores have no 95% interval."),
    "few_for_t": mark("fewer than two scores have no spread to test with."),
    "no_spread": mark("all scores are the same, so the t-tests have no spread to stand on."),
    "no_value": mark("nobody has scored anything under this goal."),
    "one_rating_alone": mark("one score alone says nothing of how others would score."),
    "some_alone": mark("some indicators under this goal have one score, and how others would score is left out."),
    "no_threshold": mark("the rule counts nobody, so it has no threshold to move."),
    "no_mean": mark("a scale with negative points has the arithmetic mean alone."),
    "no_percent": mark("a scale without a point above 0 has one way to count percent."),
    "one_group": mark("without the only group nothing is scored."),
    "one_rater_in_group": mark("a group of one person has nobody left without that one."),
    "few_goals": mark("there are too few goals for a list of the five weakest to change."),
    "too_small": mark("fewer than two people scored, or fewer than two indicators were scored."),
    "own_group": mark("each goal is scored by one group alone, and without it there is nothing to compare."),
    "short_scale": mark("the method needs a scale of three points or more."),
}


def why(words: Words, code: str | None) -> str | None:
    """The sentence of a code; None where nothing is missing."""
    return None if code is None else words.say(WHYS[code])
