"""From what comes in at a door to the order it means: a workshop asked for, a file brought. Sends nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from server.imports.baseline import read_baseline
from server.imports.seats import read_seats
from server.web.messages import WorkshopIn
from server.workshop.commands import IssueSeats
from server.workshop.orders import CreateWorkshop, ImportBaseline


def workshop_order(asked: WorkshopIn, framework: Callable[[str], dict[str, Any]]) -> CreateWorkshop:
    """A workshop under a new id; a framework that is named comes from the catalogue. Refusal: unknown_framework."""
    document = framework(asked.framework) if isinstance(asked.framework, str) else asked.framework
    return CreateWorkshop(
        workshop="w" + secrets.token_hex(6), title=asked.title, city=asked.city, language=asked.language,
        framework=document, groups=None if asked.groups is None else tuple(asked.groups), rule=asked.rule,
        settings=asked.settings, synthetic=asked.synthetic,
    )  # fmt: skip


def baseline_order(state: Any, data: bytes, filename: str, synthetic: bool) -> ImportBaseline:
    """The earlier survey in a CSV or XLSX file. ImportFault with every fault."""
    return ImportBaseline(rows=read_baseline(data, filename, state.tree), synthetic=synthetic)


def seats_order(state: Any, data: bytes, filename: str) -> IssueSeats:
    """The seats that a CSV or XLSX file asks for. ImportFault with every fault."""
    groups = {group.id: group.name for group in state.groups.values() if group.kind != "plenary"}
    return IssueSeats(rows=list(read_seats(data, filename, groups)))


def counts(order: ImportBaseline) -> dict[str, dict[str, int]]:
    """By stream: how many rows there are, and how much of what was asked is answered."""
    return {
        stream: {"rows": len(mine), "answered": sum(r.answered for r in mine), "asked": sum(r.asked for r in mine)}
        for stream in ("interview", "metric")
        if (mine := [row for row in order.rows if row.stream == stream])
    }
