"""From what comes in at a door to the order it means: a workshop asked for, a file brought. Sends nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from server.web.messages import WorkshopIn
from server.workshop.commands import IssueSeats, SeatRow
from server.workshop.orders import CreateWorkshop, GroupIn, ImportBaseline
from server.workshop.records import BaselineRow
from server.workshop.refusals import Refusal
from server.workshop.rehearsals import next_name, rehearses

REHEARSAL = {"id": "Gladi", "en": "Rehearsal"}  # what the title of one begins with

# As `server.imports` has them: the file's bytes, its name, and the framework or the groups by id.
ReadBaseline = Callable[[bytes, str, Any], tuple[BaselineRow, ...]]
ReadSeats = Callable[[bytes, str, Mapping[str, Mapping[str, str]]], tuple[SeatRow, ...]]


def workshop_order(asked: WorkshopIn, framework: Callable[[str], dict[str, Any]]) -> CreateWorkshop:
    """A workshop under a new id; a framework that is named comes from the catalogue. Refusal: unknown_framework."""
    document = framework(asked.framework) if isinstance(asked.framework, str) else asked.framework
    return CreateWorkshop(
        workshop="w" + secrets.token_hex(6), title=asked.title, city=asked.city, language=asked.language,
        framework=document, groups=None if asked.groups is None else tuple(asked.groups), rule=asked.rule,
        settings=asked.settings, synthetic=asked.synthetic, plenary=asked.plenary,
    )  # fmt: skip


def rehearsal_order(state: Any, known: Iterable[str]) -> CreateWorkshop:
    """A rehearsal of a workshop that is being prepared: its framework, rule, settings and groups, under another name.

    The earlier survey stays behind: nobody is to see it before the day. Refusal: a_rehearsal, not_draft.
    """
    if (own := rehearses(state.workshop)) is not None:
        raise Refusal("a_rehearsal", workshop=own)
    if state.phase != "draft":
        raise Refusal("not_draft")
    groups = tuple(
        GroupIn(id=g.id, name=g.name, kind=g.kind, node=g.node, items=list(g.items) if g.kind == "plenary" else None)
        for g in state.groups.values()
    )
    title = f"{REHEARSAL[state.language]}: {state.title}"
    return CreateWorkshop(
        workshop=next_name(state.workshop, known), title=title, city=state.city, language=state.language,
        framework=state.framework, groups=groups, rule=state.rule, settings=state.settings, synthetic=True,
    )  # fmt: skip


def baseline_order(read: ReadBaseline, state: Any, data: bytes, filename: str, synthetic: bool) -> ImportBaseline:
    """The earlier survey in a CSV or XLSX file. ImportFault with every fault."""
    return ImportBaseline(rows=read(data, filename, state.tree), synthetic=synthetic)


def seats_order(read: ReadSeats, state: Any, data: bytes, filename: str) -> IssueSeats:
    """The seats that a CSV or XLSX file asks for. ImportFault with every fault."""
    return IssueSeats(rows=list(read(data, filename, groups_to_seat(state))))


def groups_to_seat(state: Any) -> dict[str, Mapping[str, str]]:
    """The groups in which people sit, with their names by language."""
    return {group.id: group.name for group in state.groups.values() if group.kind != "plenary"}


def counts(order: ImportBaseline) -> dict[str, dict[str, int]]:
    """By stream: how many rows there are, and how much of what was asked is answered."""
    return {
        stream: {"rows": len(mine), "answered": sum(r.answered for r in mine), "asked": sum(r.asked for r in mine)}
        for stream in ("interview", "metric")
        if (mine := [row for row in order.rows if row.stream == stream])
    }
