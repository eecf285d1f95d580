"""The annex for experts: every measure of each group, and how sure the profile is, in the order of its questions.

Owns when it may be printed at all: every ballot opened, and no figure that rests on too few. Chance is seeded by the
head of the trail, so that the same copy gives the same page, and the same as the console at that head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.reports.account import Account
from server.reports.item_sheet import ItemSheet
from server.reports.numerals import Numerals
from server.reports.panel_sheet import PanelSheet
from server.reports.seal import Seal
from server.reports.sheet import Section
from server.reports.shown import latest_round, order_of
from server.reports.sure_sheet import sure_sections
from server.reports.words import Words
from server.workshop.certainty import certainty, seed_of
from server.workshop.contents import Ballot
from server.workshop.expert import expert
from server.workshop.expert_views import ExpertView
from server.workshop.measure_views import MeasuresView
from server.workshop.measures import measures
from server.workshop.state import Group, State


@dataclass(frozen=True)
class Explained:
    """One group: its name, how many people and indicators it rests on, and its sections."""

    name: str
    people: int
    items: int
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Annex:
    """`groups` and `profile` are empty where ballots are withheld."""

    known: bool
    groups: tuple[Explained, ...]
    profile: tuple[Section, ...]


def group_sections(
    state: State, told: ExpertView, measured: MeasuresView, words: Words, numerals: Numerals
) -> tuple[Section, ...]:
    """Every question about a group; those about the panel only where nothing of it is withheld."""
    panel, items = PanelSheet(words, numerals), ItemSheet(state, words, numerals)
    found, whole = measured.agreement, measured.agreement is not None and not told.withheld
    before = (panel.order(found.order), panel.single(told), panel.value(found), panel.variance(found.intraclass)) if (
        found is not None and whole) else ()  # fmt: skip
    after = (panel.conformity(told.conformity), panel.thresholds(told)) if whole else ()
    return (
        *before, items.spread(measured.spreads), items.agreement(measured.spreads), items.ram(measured.rams),
        items.stability(measured.stabilities), items.gaps(measured.gaps), *after,
    )  # fmt: skip


def annex(account: Account, seal: Seal | None, words: Words, numerals: Numerals) -> Annex:
    """Everything the annex prints; not `known` where this copy withholds a ballot, or a figure rests on too few."""
    state = account.state
    held = [group for group in state.groups.values() if latest_round(group)]
    whole = account.sealed["ballot.cast"] == account.opened["ballot.cast"]
    few = state.settings.suppress_below
    orders = [order_of(state, group) for group in held]
    if not held or not whole or any(order is None or order.raters < few for order in orders):
        return Annex(False, (), ())
    ballots = {group.id: _standing(group, account.ballots.get(group.id, {})) for group in held}
    groups = tuple(_group(state, group, ballots[group.id], words, numerals) for group in held)
    sure = certainty(state, ballots, seed_of("".join(seal.groups if seal else ())))
    return Annex(True, groups, () if sure is None else sure_sections(state, sure, words, numerals))


def _standing(group: Group, ballots: Mapping[int, Sequence[Ballot]]) -> dict[int, Sequence[Ballot]]:
    """The ballots of rounds that were not cancelled."""
    return {r.number: ballots[r.number] for r in group.rounds if not r.voided and r.number in ballots}


def _group(
    state: State, group: Group, ballots: Mapping[int, Sequence[Ballot]], words: Words, numerals: Numerals
) -> Explained:
    told, measured = expert(state, group.id, ballots), measures(state, group.id, ballots)
    assert told is not None and measured is not None  # it has a disclosed round
    name = words.named(group.name, group.id)
    return Explained(name, told.raters, told.items, group_sections(state, told, measured, words, numerals))
