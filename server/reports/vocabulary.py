"""The words for what the trail calls by a code, marked for translation. One term for one thing, as in the glossary."""

from __future__ import annotations

from server.reports.words import mark

OUTCOMES = {
    "consensus": mark("agreed"),
    "provisional": mark("agreed on the first vote"),
    "near": mark("nearly agreed"),
    "dissent": mark("two camps"),
    "moving": mark("still moving"),
    "open": mark("not yet agreed"),
    "at_cap": mark("not agreed in the rounds allowed"),
    "insufficient": mark("too few scores"),
}
ENDINGS = {
    "agreed": mark("agreed"),
    "agreed_with_reservation": mark("agreed with reservation"),
    "unconfirmed": mark("not confirmed"),
    "decided": mark("decided by the chair"),
    "not_agreed": mark("not agreed"),
    "not_rated": mark("not scored"),
}
STREAMS = {
    "interview": mark("interview score"),
    "metric": mark("measured data"),
    "workshop": mark("workshop score"),
    "plenary": mark("plenary score"),
    "agreed": mark("agreed score"),
}
CAUSES = {
    "new_evidence": mark("new evidence"),
    "scope": mark("different scope"),
    "year": mark("different year"),
    "scale_reading": mark("scale read differently"),
    "interest": mark("interest"),
    "real_disagreement": mark("real disagreement"),
}
SIZES = {"close": mark("close"), "slight": mark("slight"), "wide": mark("wide")}
CANNOT = {
    "no_knowledge": mark("I don't know"),
    "no_data": mark("there is no data"),
    "unclear": mark("the question is unclear"),
    "not_applicable": mark("does not apply here"),
}
CHANNELS = {"card": mark("seat card"), "open": mark("open room code"), "paper": mark("paper")}
VALUES = {
    "median": mark("the middle score (median)"),
    "mean": mark("the mean"),
    "hodges_lehmann": mark("the Hodges–Lehmann estimate"),
}
METHODS = {
    "exact": mark("by going through every order"),
    "f": mark("by the F approximation"),
    "chi2": mark("by the chi-squared approximation"),
    "permutation": mark("by shuffling within each rater"),
}

# Schmidt (1997) anchors the words at .1, .3, .5, .7 and .9; a figure takes the word of the nearest.
STRENGTHS = (
    (0.2, mark("very weak")),
    (0.4, mark("weak")),
    (0.6, mark("moderate")),
    (0.8, mark("strong")),
    (float("inf"), mark("unusually strong")),
)


def strength(w: float) -> str:
    """Schmidt's word for a coefficient of concordance, untranslated."""
    return next(word for limit, word in STRENGTHS if w < limit)


# Krippendorff (2004): from .8 firm, from .667 for tentative conclusions.
ALPHAS = ((2 / 3, mark("not reliable")), (0.8, mark("tentative")), (float("inf"), mark("firm")))
# Koo & Li (2016), by the lower end of the interval.
ICCS = (
    (0.5, mark("poor reliability")),
    (0.75, mark("moderate reliability")),
    (0.9, mark("good reliability")),
    (float("inf"), mark("excellent reliability")),
)


def alpha_word(alpha: float) -> str:
    """Krippendorff's word for an alpha, untranslated."""
    return next(word for limit, word in ALPHAS if alpha < limit)


def icc_word(low: float) -> str:
    """Koo and Li's word for the lower end of an intraclass correlation's interval, untranslated."""
    return next(word for limit, word in ICCS if low < limit)
