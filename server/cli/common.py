"""What the verbs share: settings with options on top, the house opened for one order, and how faults are told."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from config import Settings, SettingsError
from server.app import App, StartError, build


def add_house(parser: argparse.ArgumentParser) -> None:
    """The options of every verb that opens the database."""
    parser.add_argument("--data-dir", metavar="DIR", help="folder of database and keys (MUFAKAT_DATA_DIR)")


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one machine-readable object")


def settings(args: argparse.Namespace, names: tuple[str, ...] = ("data_dir",)) -> Settings:
    """The environment with the options on top. SettingsError."""
    env: Mapping[str, str] = os.environ
    given = {f"MUFAKAT_{name.upper()}": str(value) for name in names if (value := getattr(args, name)) is not None}
    return Settings.from_env({**env, **given})


@contextmanager
def house(args: argparse.Namespace) -> Iterator[App]:
    """The house opened for one order beside a server that may be running, then closed. StartError, SettingsError."""
    app = build(settings(args), ticking=False)
    try:
        yield app
    finally:
        app.close()


def telling(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Tell a fault in one sentence with its code, and end with status 2."""

    def told(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except (StartError, SettingsError) as fault:
            sys.stderr.write(f"{fault} [{fault.code}]\n")
            return 2

    return told


def show(args: argparse.Namespace, told: Mapping[str, Any], text: str) -> None:
    """Print the object where --json asks for it, else the text for people."""
    sys.stdout.write((json.dumps(told, ensure_ascii=False) if args.json else text) + "\n")
