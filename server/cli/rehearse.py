"""`rehearse`: the whole job headless, from an empty database through HTTP to a verified bundle and tables."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from server.cli.stage.city import City, draw_city
from server.cli.stage.results import WORDS, group_table, profile_table
from server.cli.stage.script import Day
from server.cli.stage.served import Caller, Served, ServedError
from server.cli.stage.sign_up import sign_up
from server.trail.verify import verify

HELP = "play a whole workshop with a simulated panel, headless, to a verified bundle"


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--out", type=Path, required=True, help="folder for the bundle and the documents")
    parser.add_argument("--participants", type=int, default=48, help="people in the hall, 4 to 400 (default 48)")
    parser.add_argument("--seed", type=int, default=7, help="of everything that is drawn (default 7)")
    parser.add_argument("--language", choices=("id", "en"), default="id")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")


def run(args: argparse.Namespace) -> int:
    """Play, export, verify and tell; 0 only if the full bundle is valid."""
    if not 4 <= args.participants <= 400:
        print("rehearse: --participants must be from 4 to 400, one in each group at least.", file=sys.stderr)
        return 2
    began = time.monotonic()

    def say(line: str) -> None:
        print(f"[{time.monotonic() - began:5.1f} s] {line}", file=sys.stderr, flush=True)

    try:
        args.out.mkdir(parents=True, exist_ok=True)
        told = play(args, say)
    except (ServedError, OSError) as error:
        print(f"rehearse: {error}", file=sys.stderr)
        return 2
    told["seconds"] = round(time.monotonic() - began, 1)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    return 0 if told["verified"] == "VALID" else 1


def play(args: argparse.Namespace, say: Any) -> dict[str, Any]:
    """Run the day on a server of its own and leave its bundles and documents in the folder."""
    city = draw_city(args.participants, args.seed)
    with tempfile.TemporaryDirectory(prefix="mufakat-rehearsal-") as data, Served(Path(data)) as served:
        say(f"server started at {served.url}")
        organiser = sign_up(served, "rehearsal")
        day = Day(organiser, served.url, city, args.language, say)
        day.play()
        here = f"/workshops/{day.workshop}"
        files = save(organiser, here, args)
        state, profile = organiser.call("GET", here), organiser.call("GET", f"{here}/profile")
        organiser.close()
    report = verify(files["full"])
    say(f"{files['full'].name}: {report.status}")
    if not args.json:
        show(city, state, profile, day.rounds, files, report.status, args.language)
    latest = {f["item"]: f["outcome"] for rounds in day.rounds.values() for told in rounds for f in told["items"]}
    endings = Counter(end["ending"] for group in state["groups"] for end in group["endings"].values())
    return {
        "workshop": day.workshop, "participants": args.participants, "seed": args.seed, "synthetic": True,
        "bundle": str(files["full"]), "files": {name: str(path) for name, path in files.items()},
        "verified": report.status, "outcomes": dict(sorted(Counter(latest.values()).items())),
        "endings": dict(sorted(endings.items())),
    }  # fmt: skip


def save(organiser: Caller, here: str, args: argparse.Namespace) -> dict[str, Path]:
    """Fetch both bundles and the report."""
    files = {}
    name = here.rsplit("/", 1)[1]
    for disclose, target in (("full", f"mufakat-{name}.zip"), ("public", f"public/mufakat-{name}-public.zip")):
        path = args.out / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(organiser.download(f"{here}/bundle?disclose={disclose}"))
        files[disclose] = path
    report = args.out / "report.html"
    report.write_bytes(organiser.download(f"{here}/reports/report.html?language={args.language}"))
    files["report"] = report
    return files


def show(
    city: City, state: dict[str, Any], profile: dict[str, Any], rounds: dict[str, list[dict[str, Any]]],
    files: dict[str, Path], status: str, language: str,
) -> None:  # fmt: skip
    """Print the four groups' tables, the profile, and where the bundle lies."""
    names = {leaf: city.framework.node(leaf).name[language] for leaf in city.framework.leaves}
    goals = tuple(child for top in city.framework.top for child in city.framework.children(top))
    print(f"\n{WORDS[language]['synthetic']}")
    for group in state["groups"]:
        print("\n" + "\n".join(group_table(group, rounds[group["id"]], names, language)))
    print("\n" + "\n".join(profile_table(profile, goals, language)))
    print(f"\n{status}  {files['full']}")
    print(f"python -m server verify {files['full']}\n")
