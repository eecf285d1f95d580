"""What the phase table cannot say about an entry: fixed documents, seats and ballots, the order of votes and decisions.

Owns one small question a kind, asked of the state before the entry. Pure; it raises `Difference` with the end of a
sentence that begins with the entry. Figures, endings and profile are `recompute`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from consensus import Framework, Rule
from server.trail.canonical import digest
from server.trail.differences import Difference
from server.workshop import events as e
from server.workshop.concluding import open_items
from server.workshop.contents import Ballot
from server.workshop.refusals import Refusal
from server.workshop.state import Group, State

_score = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)
CONFIDENCES = (None, 1, 2, 3)

Ask = Callable[[State, Any, str], None]


def must_seal(event: e.Event, sealed: Mapping[str, str]) -> None:
    """A kind seals all the names it may; only a seat that an erasure revokes gives no reason."""
    due = {name for name in event.seals if not name.endswith("/*")} - {"group"}
    if due - sealed.keys() and event.kind != "seat.revoked":
        raise Difference(f"seals no {min(due - sealed.keys())}")


def check_fixed(state: State, body: e.Event) -> None:
    """Whether a document is valid and is the one its digest names. Asked before the fold, which trusts digests."""
    question = _FIXED.get(type(body))
    if question is not None:
        question(state, body, "")


def check_legal(state: State, body: e.Event, scope: str) -> None:
    """Whether this may happen now, beyond the phase. Asked once the fold has let the entry stand."""
    question = _LEGAL.get(type(body))
    if question is not None:
        question(state, body, scope)


def _digest(told: str, document: object, what: str) -> None:
    if digest(document) != told:
        raise Difference(f"fixes a {what} that does not have the digest it names")


def _framework(state: State, body: e.FrameworkFixed, scope: str) -> None:
    _digest(body.digest, body.document, "framework")
    framework = Framework.from_document(body.document)
    for group in state.groups.values():
        if group.kind == "dimension":
            due = framework.leaves_under(group.node or "") if group.node in framework.nodes else ()
            if group.items != due or not due:
                raise Difference(f"has other indicators under {group.node} than group {group.id} rates")
        elif not set(group.items) <= set(framework.leaves):
            raise Difference(f"lacks an indicator that group {group.id} rates")


def _rule(state: State, body: e.RuleFixed, scope: str) -> None:
    _digest(body.digest, body.document, "rule")
    if Rule.from_document(body.document).document() != body.document:
        raise Difference("fixes a rule that does not write every clause out")


def _settings(state: State, body: e.SettingsFixed, scope: str) -> None:
    _digest(body.digest, body.document, "list of settings")


def _baseline(state: State, body: e.BaselineImported, scope: str) -> None:
    _digest(body.digest, msgspec.to_builtins(body.rows), "baseline")
    leaves, seen = set(state.tree.leaves), set()
    for row in body.rows:
        if row.item not in leaves or (row.item, row.stream) in seen:
            raise Difference(f"gives {row.item} ({row.stream}), which is twice here or no indicator")
        seen.add((row.item, row.stream))
        if row.score is not None and not _score.fullmatch(row.score):
            raise Difference(f"gives {row.item} the score {row.score!r}, which is no decimal")


def _rows(state: State, body: e.InitiativesImported | e.PlanImported, scope: str) -> None:
    _digest(body.digest, msgspec.to_builtins(body.rows), "list")


_FIXED: dict[type, Ask] = {
    e.FrameworkFixed: _framework,
    e.RuleFixed: _rule,
    e.SettingsFixed: _settings,
    e.BaselineImported: _baseline,
    e.InitiativesImported: _rows,
    e.PlanImported: _rows,
}


# --- a group ---------------------------------------------------------------------------------------------------


def _opened(state: State, body: e.RoundOpened, scope: str) -> None:
    try:
        due = open_items(state.groups[scope], list(body.items), state.consensus_rule.cap)
    except Refusal as refusal:
        raise Difference(f"opens what may not be opened: {refusal.sentence('en')}") from None
    if due != body.items:
        raise Difference("opens its items in another order than the group's")


def _closed(state: State, body: e.RoundClosed, scope: str) -> None:
    seated = state.seated(scope)
    if body.seated != seated:
        raise Difference(f"says that {body.seated} are seated, but {seated} seats are taken")
    if not 0 <= body.answered <= seated:
        raise Difference(f"says that {body.answered} have answered, but {seated} seats are taken")


def _cast(state: State, body: e.BallotCast, scope: str) -> None:
    current = state.groups[scope].current
    assert current is not None  # the fold has let the ballot stand
    if current.ballots >= current.answered:
        raise Difference(f"is ballot {current.ballots + 1} of round {body.round}, but {current.answered} had answered")


def check_seats(group: Group, seated: int) -> None:
    """Whether a seat is left for one more ballot; counting seats is the caller's, once for all ballots of a round."""
    current = group.current
    assert current is not None  # the fold has let the ballot stand
    if current.ballots >= seated:
        raise Difference(f"is ballot {current.ballots + 1} of round {current.number}, but {seated} seats are taken")


def check_ballot(state: State, group: Group, ballot: Ballot) -> None:
    """Whether a ballot holds answers that its round allows."""
    current, categories = group.current, state.scale.categories
    assert current is not None  # the fold has let the ballot stand
    items = [answer.item for answer in ballot.answers]
    if not items or len(set(items)) != len(items) or not set(items) <= set(current.items):
        raise Difference("answers nothing, an item twice, or an item that the round does not hold")
    for a in ballot.answers:
        if (a.value is None) == (a.cannot is None):
            raise Difference(f"gives {a.item} both a rating and a reason why there is none, or neither")
        if a.value is not None and a.value not in categories:
            raise Difference(f"rates {a.item} {a.value}, which is off the scale")
        if a.confidence not in CONFIDENCES:
            raise Difference(f"gives {a.item} the confidence {a.confidence}, which is not 1 to 3")


def _item_decided(state: State, body: e.ItemDecided, scope: str) -> None:
    group = state.groups[scope]
    votes = group.votes(body.item)
    if group.kind == "plenary":
        raise Difference("decides an item in a plenary, which only advises")
    if body.value is None and body.item not in group.decided:
        raise Difference(f"withdraws a decision on {body.item} that was never made")
    if body.value is not None and body.value not in state.scale.categories:
        raise Difference(f"decides {body.item} as {body.value}, which is off the scale")
    # In a public bundle a later vote may be withheld, and with it what the group came to.
    last = votes[-1][0] if votes else 0
    later = [r for r in group.rounds if r.number > last and r.assessed and not r.voided and body.item in r.items]
    known = all(body.item in r.figures for r in later)
    if body.value is not None and known and votes and votes[-1][1].outcome == "consensus":
        raise Difference(f"decides {body.item}, on which the group agrees")


def _minority(state: State, body: e.MinorityAttached, scope: str) -> None:
    group = state.groups[scope]
    voted = any(body.item in r.items for r in group.rounds if r.assessed and not r.voided)
    if group.kind == "plenary" or not voted:
        raise Difference(f"attaches a minority statement to {body.item}, which was not voted on here")


def _explained(state: State, body: e.GapExplained, scope: str) -> None:
    row = state.baseline_of(body.item).get(body.stream)
    if row is None or row.score is None:
        raise Difference(f"explains a difference of {body.item} to a {body.stream} score that was never given")


_LEGAL: dict[type, Ask] = {
    e.RoundOpened: _opened,
    e.RoundClosed: _closed,
    e.BallotCast: _cast,
    e.ItemDecided: _item_decided,
    e.MinorityAttached: _minority,
    e.GapExplained: _explained,
}
