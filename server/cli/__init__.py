"""The command line: one file a verb. It finds the verb, reads its options and gives back its exit status.

A verb's module has `HELP` (one line), `add(parser)` for its options, and `run(args) -> int`. Errors are one sentence
on stderr with its code, and status 2.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType

# Loaded only when asked for: `verify` needs no database, `--help` of one verb no other.
VERBS: dict[str, Callable[[], ModuleType]] = {
    "demo": lambda: import_module("server.cli.demo"),
    "rehearse": lambda: import_module("server.cli.rehearse"),
    "serve": lambda: import_module("server.cli.serve"),
    "preflight": lambda: import_module("server.cli.preflight"),
    "staff": lambda: import_module("server.cli.staff"),
    "workshop": lambda: import_module("server.cli.workshop"),
    "import": lambda: import_module("server.cli.imports"),
    "seats": lambda: import_module("server.cli.seats"),
    "export": lambda: import_module("server.cli.export"),
    "verify": lambda: import_module("server.cli.verify"),
    "report": lambda: import_module("server.cli.report"),
    "replay": lambda: import_module("server.cli.replay"),
    "backup": lambda: import_module("server.cli.backup"),
    "restore": lambda: import_module("server.cli.restore"),
    "erase-seat": lambda: import_module("server.cli.erase"),
    "db": lambda: import_module("server.cli.db"),
}
PROGRAM = "python -m server"


def main(argv: Sequence[str]) -> int:
    """Run one verb; 2 where the call or the start is wrong, else what the verb says."""
    if not argv or argv[0] in ("-h", "--help", "help"):
        sys.stdout.write(overview())
        return 0 if argv else 2
    verb, *rest = argv
    if verb not in VERBS:
        sys.stderr.write(f"There is no verb {verb}; use one of {', '.join(VERBS)}. [unknown_verb]\n")
        return 2
    module = VERBS[verb]()
    parser = argparse.ArgumentParser(prog=f"{PROGRAM} {verb}", description=module.HELP)
    module.add(parser)
    try:
        status: int = module.run(parser.parse_args(rest))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def overview() -> str:
    """Every verb with its line of help."""
    wide = max(map(len, VERBS))
    lines = [f"  {verb:<{wide}}  {load().HELP}" for verb, load in VERBS.items()]
    return "\n".join([f"usage: {PROGRAM} VERB [options]", "", *lines, "", "Add --help to a verb for its options.", ""])
