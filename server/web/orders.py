"""From what comes in at a door to the order it means: a workshop asked for, a file brought. Sends nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from server.web.messages import WorkshopIn
from server.workshop.commands import IssueSeats, SeatRow
from server.workshop.orders import CreateWorkshop, ImportBaseline
from server.workshop.records import BaselineRow

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


def baseline_order(read: ReadBaseline, state: Any, data: bytes, filename: str, synthetic: bool) -> ImportBaseline:
    """The earlier survey in a CSV or XLSX file. ImportFault with every fault."""
    return ImportBaseline(rows=read(data, filename, state.tree), synthetic=synthetic)


def seats_order(read: ReadSeats, state: Any, data: bytes, filename: str) -> IssueSeats:
    """The seats that a CSV or XLSX file asks for. ImportFault with every fault."""
    groups = {group.id: group.name for group in state.groups.values() if group.kind != "plenary"}
    return IssueSeats(rows=list(read(data, filename, groups)))


def counts(order: ImportBaseline) -> dict[str, dict[str, int]]:
    """By stream: how many rows there are, and how much of what was asked is answered."""
    return {
        stream: {"rows": len(mine), "answered": sum(r.answered for r in mine), "asked": sum(r.asked for r in mine)}
        for stream in ("interview", "metric")
        if (mine := [row for row in order.rows if row.stream == stream])
    }
