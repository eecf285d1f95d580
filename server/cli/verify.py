"""`verify`: the verdict on a bundle, in words or as one object. Needs no database, no server and no network."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import msgspec

from server.trail.findings import Report
from server.trail.verify import verify

HELP = "recompute a bundle: 0 valid, 1 invalid, 2 incomplete, 3 unreadable"
LARGEST_NOTE = 64 * 1024


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="the zip to verify")
    parser.add_argument("--key", metavar="VKEY", help="the key shown on the day; without it the bundle's own is taken")
    parser.add_argument("--head", type=Path, metavar="NOTE", help="file with a signed head kept from the day")
    parser.add_argument("--json", action="store_true", help="print one machine-readable object")


def run(args: argparse.Namespace) -> int:
    """Verify and say so; the exit status is the verdict."""
    note = None
    if args.head is not None:
        try:
            with args.head.open("rb") as file:
                note = file.read(LARGEST_NOTE + 1).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            report = Report("UNREADABLE", problems=(f"There is no readable head in {args.head}; name a note.",))
            return _show(args, report)
    return _show(args, verify(args.bundle, vkey=args.key, head=note))


def _show(args: argparse.Namespace, report: Report) -> int:
    if args.json:
        print(json.dumps(msgspec.to_builtins(report), ensure_ascii=False))
    else:
        print("\n".join(lines(args.bundle.name, report)))
    if report.status == "UNREADABLE":
        print(report.problems[0], file=sys.stderr)
    return report.exit_code


def lines(name: str, report: Report) -> list[str]:
    """The report for people: the verdict first, then why, then what stands behind it."""
    said: list[str] = [report.status]
    if report.status == "UNREADABLE":
        return said
    said += [f"  {problem}" for problem in report.problems]
    if report.status == "INCOMPLETE":
        said += ["Withheld, and therefore not recomputed:", *(f"  {what}" for what in report.withheld)]
    said.append(f"{name}: {report.size} entries, {report.disclose or 'unknown'} disclosure")
    if report.head:
        said.append(f"last head  {report.head}")
    if report.key:
        whose = "the one given" if report.key_given else "the bundle's own; compare it with the one shown on the day"
        said += [f"key        {report.key}", f"           ({whose})"]
    if report.extends is not None:
        said.append(f"extends the head of {report.extends} entries that was given")
    said += report.continued
    if not report.checked:
        return [*said, "Nothing held."]
    held = "Held:" if report.status != "INCOMPLETE" else "Held, as far as it is opened:"
    return [*said, held, *(f"  {what}" for what in report.checked)]
