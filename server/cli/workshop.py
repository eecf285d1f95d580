"""`workshop new` and `workshop list`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from server.app import StartError
from server.cli.common import add_house, add_json, house, show, telling

HELP = "make a workshop, or list them"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    actions = parser.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="make a workshop and print its id")
    new.add_argument("--title", required=True)
    new.add_argument("--city")
    new.add_argument("--framework", default="cri", help="name in the catalogue, or a JSON file (default cri)")
    new.add_argument("--language", choices=("id", "en"), default="id")
    new.add_argument("--rule", default="workshop", help="name of a consensus rule (default workshop)")
    new.add_argument("--open-join", action="store_true", help="let people in with the room code alone")
    new.add_argument("--synthetic", action="store_true", help="mark everything as invented")
    every = actions.add_parser("list", help="list every workshop, oldest first")
    for action in (new, every):
        add_house(action)
        add_json(action)


@telling
def run(args: argparse.Namespace) -> int:
    """Make or list."""
    with house(args) as app:
        if args.action == "new":
            told = app.create({
                "title": args.title, "city": args.city, "framework": _framework(args.framework),
                "language": args.language, "rule": args.rule, "settings": {"open_join": args.open_join},
                "synthetic": args.synthetic,
            })  # fmt: skip
            made = {name: told[name] for name in ("workshop", "version", "join_code")}
            show(args, made, f"{made['workshop']}  room code {made['join_code']}")
            return 0
        rows = [{"workshop": w.id, "title": w.title, "phase": w.phase, "created_at": w.created_at}
                for w in app.engine.workshops()]  # fmt: skip
    text = "\n".join(f"{row['workshop']}  {row['phase']:<8}  {row['title']}" for row in rows)
    show(args, {"workshops": rows}, text or "There is no workshop yet; make one with: workshop new --title ...")
    return 0


def _framework(name: str) -> Any:
    if not name.endswith(".json"):
        return name
    try:
        return json.loads(Path(name).read_bytes())
    except (OSError, ValueError) as fault:
        raise StartError("bad_framework", f"Cannot read {name} as JSON ({fault}).") from None
