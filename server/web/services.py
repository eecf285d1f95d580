"""What the web asks of the rest of the house, handed over by `server.app`; and the call at hand. Owns no rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from flask import current_app, g

from config import Settings
from server.addresses import Candidate, Printed
from server.desk import Desk
from server.engine import Engine
from server.passes import Identity, Passes
from server.preflight import Line as Finding
from server.preflight import Phones
from server.reports.spreadsheet import Style
from server.reports.stepping import Replay
from server.web.orders import ReadBaseline, ReadSeats
from server.workshop.expert_views import ExpertView, PresetView, RuleView
from server.workshop.measure_views import CertaintyView, MeasuresView
from server.workshop.orders import CreateWorkshop

NAME = "mufakat"


class Line(Protocol):
    """An entry of the trail as it is stored, without what it seals."""

    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def line(self) -> bytes: ...


class Addresses(Protocol):
    """Where phones are sent."""

    @property
    def known_host(self) -> Callable[[str], bool]:
        """Whether calls to this host (without its port, lower case) are answered."""

    def candidates(self) -> list[Candidate]:
        """Every address of the machine, the best first."""

    def chosen(self) -> str | None:
        """What an organiser has chosen."""

    def choose(self, address: str) -> None:
        """Print this one from now on; Refusal: unknown_address, not_saved."""

    def printed(self, asked: str | None = None) -> Printed:
        """What cards and display print, asked from a page opened at the origin `asked`."""


class Preflight(Protocol):
    """What is looked at before the hall opens."""

    phones: Phones

    def lines(self, asked: str | None = None) -> list[Finding]:
        """Every line; `asked` as `Addresses.printed`."""

    def phone_line(self) -> Finding:
        """The line of phones alone, which changes while people look."""

    def now(self) -> datetime:
        """The server's time with its zone."""


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms behind the web, and those readings that only the joiner of rooms can make.

    Attributes
    ----------
    framework : by catalogue name to a plain document; Refusal `unknown_framework`
    shelf : language to the frameworks of the catalogue, each with `name`, a sentence `about` it and its outline
    imagined : a creation, seats a group and a language, to the state at its first round, recorded nowhere, and the
        outline of its framework (`title`, `levels`, `leaves`, `points`); Refusal as the creation
    lines : workshop, first seq and how many at most, to entries
    reasons : workshop and group to the texts of disclosed ballots, by `round/item/number`
    nodes : workshop to the contents of its profile, by sealed name
    expert : workshop and group to what experts ask of it, None before a round is disclosed; Refusal `not_finished`
    measures : workshop and group to every measure of it, None before a round is disclosed; Refusal `not_finished`
    certainty : workshop to how sure its profile is, None before a round is disclosed; Refusal `not_finished`
    rules : raters and categories to the presets with their chances; Refusal `not_finished`
    rule : a preset's name or a document, raters and categories, to one rule; Refusal `bad_rule`, `not_finished`
    rule_schema : the JSON schema of every rule's document
    bundle : workshop and `public` or `full`, to a finished file and the digest of its manifest
    replay : the bytes of a bundle and a language, to its verdict and story; Refusal `bundle_too_large`, `not_finished`
    replay_of : the same of a workshop's public bundle
    reports : file name, workshop and language, to bytes; a name that is missing here does not exist yet
    results : workshop and style to `results.csv` as the public bundle has it
    probe : writes to the database for real; Refusal `not_saved`
    figures : what the operator is told: names of metrics to numbers
    addresses : where phones are sent, and which hosts are answered
    preflight : what is looked at before the hall opens
    read_baseline, read_seats : as `server.imports` has them, wherever they are carried out; Refusal `not_finished`
    """

    settings: Settings
    engine: Engine
    passes: Passes
    desk: Desk
    framework: Callable[[str], dict[str, Any]]
    shelf: Callable[[str], list[dict[str, Any]]]
    imagined: Callable[[CreateWorkshop, int, str], tuple[Any, dict[str, Any]]]
    lines: Callable[[str, int, int], list[Any]]
    reasons: Callable[[str, str], Mapping[str, str]]
    nodes: Callable[[str], Mapping[str, Any]]
    expert: Callable[[str, str], ExpertView | None]
    measures: Callable[[str, str], MeasuresView | None]
    certainty: Callable[[str], CertaintyView | None]
    rules: Callable[[int, int], tuple[PresetView, ...]]
    rule: Callable[[str | dict[str, Any], int, int], RuleView]
    rule_schema: Callable[[], dict[str, Any]]
    bundle: Callable[[str, str], tuple[Path, str]]
    replay: Callable[[bytes, str], Replay]
    replay_of: Callable[[str, str], Replay]
    reports: Mapping[str, Callable[[str, str], bytes]]
    results: Callable[[str, Style], bytes]
    probe: Callable[[], None]
    figures: Callable[[], Mapping[str, float]]
    read_baseline: ReadBaseline
    read_seats: ReadSeats
    addresses: Addresses
    preflight: Preflight


def services() -> Services:
    """The rooms behind the call at hand."""
    found: Services = current_app.extensions[NAME]
    return found


def caller() -> Identity:
    """Who calls; only where the route's rule asks for a pass."""
    identity: Identity = g.identity
    return identity
