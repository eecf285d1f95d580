"""The method statement: every field that reporting standards for such panels ask for, unknown ones marked as unknown.

The fields follow ACCORD, DELPHISTAR and CREDES. What the trail does not hold is None here and is printed as unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.reports.account import Account
from server.reports.groups import GroupPage
from server.reports.numerals import Numerals
from server.reports.vocabulary import VALUES
from server.reports.words import Words
from server.workshop.records import BaselineRow


@dataclass(frozen=True)
class Field:
    name: str
    value: str | None


@dataclass(frozen=True)
class Chapter:
    name: str
    fields: tuple[Field, ...]


def method(
    account: Account, pages: tuple[GroupPage, ...], clauses: tuple[str, ...], words: Words, numerals: Numerals
) -> tuple[Chapter, ...]:
    """The statement in chapters: study, panel, instrument, procedure, rule, analysis."""
    say = words.say
    return (
        Chapter(say("Study"), _study(account, words, numerals)),
        Chapter(say("Panel"), _panel(account, pages, words)),
        Chapter(say("Instrument"), _instrument(account, words, numerals)),
        Chapter(say("Procedure"), _procedure(account, words)),
        Chapter(say("Rule"), _rule(account, clauses, words)),
        Chapter(say("Analysis"), _analysis(account, words)),
    )


def _study(account: Account, words: Words, numerals: Numerals) -> tuple[Field, ...]:
    say, state = words.say, account.state
    return (
        Field(
            say("Purpose"),
            say(
                "Score the indicators of {framework}, compare the scores with an earlier survey, and "
                "record what was agreed and what was not.",
                framework=_framework(account, words),
            ),
        ),
        Field(say("Place"), state.city),
        Field(say("Workshop created"), numerals.time(account.created_at)),
        Field(say("First round opened"), _time(account.first_opened_at, numerals)),
        Field(say("Result frozen"), _time(state.frozen_at, numerals)),
        Field(say("Protocol registered beforehand"), None),
        Field(say("Funding and interests"), None),
    )


def _panel(account: Account, pages: tuple[GroupPage, ...], words: Words) -> tuple[Field, ...]:
    say, state = words.say, account.state
    voting = [page for page in pages if not page.plenary]
    by_group = "; ".join(f"{page.name} {page.taken}" for page in voting)
    return (
        Field(say("How people were chosen"), None),
        Field(say("Seats issued"), str(len(state.seats))),
        Field(say("Seats taken"), f"{len(account.taken)} ({by_group})"),
        Field(say("Marked absent, and revoked"), f"{_seats(account, 'absent')}, {_seats(account, 'revoked')}"),
        Field(say("Composition by sector, agency and gender"), None),
        Field(
            say("How scores came in"), "; ".join(f"{page.name}: {page.channels}" for page in voting if page.channels)
        ),
        Field(say("Paper ballots"), _papers(account, pages, words)),
        Field(
            say("Open room code"),
            say("Used: anybody in the room could take a seat, so the result is indicative.")
            if any(seat.channel == "open" for seat in state.seats.values())
            else say("Not used."),
        ),
    )


def _papers(account: Account, pages: tuple[GroupPage, ...], words: Words) -> str:
    """How many ballots came in on paper, by group and round; never whose."""
    groups = account.state.groups
    rounds = [(page.name, r) for page in pages for r in groups[page.id].rounds if r.papers and not r.voided]
    if not rounds:
        return words.say("None.")
    told = [words.say("{group}, round {round}: {n}", group=name, round=r.number, n=r.papers) for name, r in rounds]
    return f"{'; '.join(told)}. {words.say('Each was entered by one officer and held against the sheet by another.')}"


def _instrument(account: Account, words: Words, numerals: Numerals) -> tuple[Field, ...]:
    say, state, tree = words.say, account.state, account.state.tree
    labels = tree.scale.labels
    ends = f" ({labels[0]} – {labels[-1]})" if labels else ""
    return (
        Field(
            say("Framework"),
            say(
                "{framework}, version {version}, {items} indicators",
                framework=_framework(account, words),
                version=tree.version,
                items=len(tree.leaves),
            ),
        ),
        Field(say("Rights"), state.framework.get("rights")),
        Field(
            say("Scale"),
            say(
                "{low} to {high} in {points} points",
                low=numerals.score(tree.scale.low),
                high=numerals.score(tree.scale.high),
                points=tree.scale.size,
            )
            + ends,
        ),
        Field(
            say("Cannot score"),
            say("Four reasons, kept apart from scores: no knowledge, no data, unclear, does not apply."),
        ),
        Field(say("Earlier survey"), _baseline(account, words)),
        Field(say("When its results were shown"), _seen(account, words)),
    )


def _procedure(account: Account, words: Words) -> tuple[Field, ...]:
    say, state = words.say, account.state
    rule, few = state.consensus_rule, state.settings.suppress_below
    return (
        Field(
            say("Rounds"),
            say(
                "Everybody scores alone; scores are sealed until the round is shown. The group sees "
                "counts and the middle half, talks, and scores again, at most {cap} times.",
                cap=rule.cap,
            ),
        ),
        Field(
            say("Anonymity"),
            say(
                "A ballot stands in the record under a random name, in shuffled order, and never "
                "under a person's; nobody in the hall sees who scored what. Whoever holds the full "
                "record may be able to match a late or unfinished ballot to a seat."
            ),
        ),
        Field(
            say("Feedback"),
            say(
                "To the whole group, once the facilitator shows the round; figures of fewer than {few} "
                "people are withheld.",
                few=few,
            ),
        ),
        Field(say("Facilitator"), say("Sees who has answered, never what, until the round is shown.")),
        Field(say("Reasons hidden by a facilitator"), str(account.moderated)),
        Field(say("Software"), "Mufakat"),
        Field(say("Version and commit of the software"), None),
    )


def _rule(account: Account, clauses: tuple[str, ...], words: Words) -> tuple[Field, ...]:
    say = words.say
    return (
        Field(say("Definition of agreement"), " ".join(clauses)),
        Field(
            say("Fixed before the first round"),
            say("Yes; its digest stands in the record before the first ballot.")
            if account.started_at
            else say("The workshop has not started."),
        ),
        Field(say("Denominator"), say("Those who scored the item; “cannot score” and silence are not scores.")),
        Field(say("Missing scores"), say("Left missing: never filled in, never counted as agreement.")),
        Field(
            say("What becomes of the rest"),
            say(
                "Items that are not agreed keep both camps or the middle half; no "
                "midpoint is invented. The chair may decide one with a reason, and it "
                "is never counted as agreed."
            ),
        ),
    )


def _analysis(account: Account, words: Words) -> tuple[Field, ...]:
    say, rule = words.say, account.state.consensus_rule
    return (
        Field(say("Quartiles"), say("Hyndman–Fan type 7. The middle half runs from the first to the third quartile.")),
        Field(
            "W*",
            say(
                "This project's definition: Kendall's W, extended to missing scores. It equals Kendall's W, "
                "corrected for ties, where nothing is missing. It says whether people put the items in the same "
                "order, never whether they agree on one; it settles nothing. It is said from {items} items and "
                "{raters} raters up, in the words of Schmidt (1997).",
                items=5,
                raters=7,
            ),
        ),
        Field(say("Interval of W*"), say("Jackknife over raters on Fisher's scale, 95%.")),
        Field(
            say("Difference"),
            say(
                "Middle score minus earlier score: close below half a point, slight below one point, "
                "wide from one point."
            ),
        ),
        Field(
            say("Profile"),
            say(
                "Item values, {value}, carried up by the framework's weights and means. A goal with an "
                "open item has no single value but a span: the lowest and highest that its open items "
                "allow. There is no overall score.",
                value=say(VALUES[rule.agreed_value]),
            ),
        ),
        Field(say("Resampling intervals and sensitivity"), say("In the annex for experts.")),
    )


def _framework(account: Account, words: Words) -> str:
    return words.named(account.state.tree.name, account.state.tree.id)


def _time(at: str | None, numerals: Numerals) -> str | None:
    return None if at is None else numerals.time(at)


def _seats(account: Account, status: str) -> int:
    return sum(seat.status == status for seat in account.state.seats.values())


def _seen(account: Account, words: Words) -> str:
    if account.state.settings.baseline_seen == "before":
        return words.say("Before the first round; this anchors the scores.")
    return words.say("After the first round at the earliest; the first scores were given without them.")


def _baseline(account: Account, words: Words) -> str | None:
    rows: tuple[BaselineRow, ...] = account.state.baseline
    if not rows:
        return words.say("None was imported.")
    years = sorted({row.year for row in rows if row.year is not None})
    sources = sorted({row.source for row in rows if row.source is not None})
    told = [str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"] if years else []
    told += sources[:6]
    if account.state.baseline_synthetic:
        told.append(words.say("synthetic data"))
    return "; ".join(told) or None
