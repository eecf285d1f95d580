"""The tables of the documentation, drawn from the types in code. `python -m tests.tables` writes them into the pages.

Owns the tables only; the sentences around them are written by hand.
"""

import re
from collections.abc import Callable, Iterable

from server.workshop import commands, events, phases, refusals
from tests import house

DOCS = house.ROOT / "docs"
Rows = Iterable[tuple[str, ...]]


def table(head: tuple[str, ...], rows: Rows) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def fields_of(record: type) -> str:
    """The fields a record declares itself, as `name: type`, a vertical bar spelt as a word."""
    shown = []
    for name, kind in vars(record).get("__annotations__", {}).items():
        plain = (
            re.sub(r"Annotated\[(.+?), msgspec\.Meta\(.*?\)\]", r"\1", str(kind))
            .replace("None", "null")
            .replace(" | ", " or ")
        )
        shown.append(f"`{name}: {plain}`")
    return ", ".join(shown) or "none"


def all_events() -> str:
    rows = (
        (f"`{kind}`", str(event.v), fields_of(event), ", ".join(f"`{name}`" for name in event.seals) or "none")
        for kind, event in events.KINDS.items()
    )
    return table(("kind", "v", "body", "sealed"), rows)


def all_commands() -> str:
    def named(base: type) -> list[tuple[str, ...]]:
        rows = []
        for command in base.__subclasses__():
            if command is not commands.GroupCommand:
                scope = "group" if base is commands.GroupCommand else "workshop"
                rows.append((f"`{command.__struct_config__.tag}`", scope, fields_of(command)))
        return rows

    rows = sorted(named(commands.Command)) + sorted(named(commands.GroupCommand))
    return table(("command", "of the", "fields"), rows)


def phase_rows(machine: dict[phases.Phase, dict[str, phases.Phase]]) -> str:
    rows = []
    for phase, moves in machine.items():
        leads = [f"`{kind}` → {then}" for kind, then in moves.items() if then is not phase]
        stays = [f"`{kind}`" for kind, then in moves.items() if then is phase]
        rows.append((phase, ", ".join(leads) or "nothing", ", ".join(stays) or "nothing"))
    return table(("phase", "left by", "allowed within"), rows)


def all_refusals() -> str:
    rows = ((f"`{code}`", said["en"], said["id"]) for code, said in sorted(refusals.CODES.items()))
    return table(("code", "English", "Indonesian"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "events": all_events,
    "commands": all_commands,
    "workshop phases": lambda: phase_rows(phases.WORKSHOP),
    "group phases": lambda: phase_rows(phases.GROUP),
    "refusals": all_refusals,
}


def redrawn(page: str) -> str:
    """The page with every table between its `<!-- table: NAME -->` and `<!-- end -->` drawn anew."""
    mark = re.compile(r"(<!-- table: ([a-z ]+) -->\n).*?(<!-- end -->)", re.S)
    return mark.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}\n{found[3]}", page)


if __name__ == "__main__":
    for path in sorted(DOCS.glob("*.md")):
        path.write_text(redrawn(path.read_text("utf-8")), "utf-8")
