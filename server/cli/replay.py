"""`replay`: steps through a bundle in the terminal, or writes the page that does. Verifies first; needs no server."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from server.app import StartError
from server.app.replaying import replay_page
from server.cli.common import telling
from server.reports import bundled
from server.reports.numerals import Numerals
from server.reports.replay import Path as Way
from server.reports.replay import Step, Story, Vote, story
from server.reports.vocabulary import ENDINGS, OUTCOMES
from server.reports.words import LANGUAGES, Words, words
from server.trail.archive import open_archive
from server.trail.verify import verify

HELP = "step through a bundle: phases, participation, distributions, each item's path"
BARS = " ▁▂▃▄▅▆▇█"
SAID: dict[str, dict[str, str]] = {
    "en": {
        "workshop.created": "the workshop is set up",
        "baseline.imported": "the earlier survey is read in",
        "workshop.started": "the workshop starts, {seats} seats taken",
        "round.opened": "round {round} opens: {items} indicators, {seats} seats",
        "round.extended": "round {round} gets more time",
        "round.paused": "round {round} pauses",
        "round.resumed": "round {round} goes on",
        "round.closed": "round {round} closes: {answered} of {seats} have answered",
        "round.reopened": "round {round} opens again",
        "round.assessed": "round {round} is disclosed: {ballots} ballots, shared order W {w}",
        "figures.revealed": "round {round} is shown to the hall",
        "round.voided": "round {round} is cancelled",
        "item.decided": "the chair decides on {item}",
        "minority.attached": "a minority statement on {item}",
        "group.concluded": "the group concludes",
        "group.reopened": "the group opens again",
        "index.frozen": "the index is final",
        "content.erased": "a person is erased",
        "origin.continued": "restored from a backup, and signed under a new name since",
        "withheld": "not in this copy",
        "paths": "Each indicator's way",
        "cancelled": "cancelled",
        "never": "no vote",
        "round": "round {round}",
        "pair": "{in_pair} in the pair, {needed} needed",
        "more": "Enter goes on, q ends: ",
    },
    "id": {
        "workshop.created": "lokakarya disiapkan",
        "baseline.imported": "survei awal dibaca",
        "workshop.started": "lokakarya dimulai, {seats} kursi terisi",
        "round.opened": "putaran {round} dibuka: {items} indikator, {seats} kursi",
        "round.extended": "waktu putaran {round} ditambah",
        "round.paused": "putaran {round} dijeda",
        "round.resumed": "putaran {round} dilanjutkan",
        "round.closed": "putaran {round} ditutup: {answered} dari {seats} sudah menjawab",
        "round.reopened": "putaran {round} dibuka lagi",
        "round.assessed": "putaran {round} ditampilkan ke fasilitator: {ballots} surat suara, keselarasan urutan W {w}",
        "figures.revealed": "putaran {round} ditampilkan ke aula",
        "round.voided": "putaran {round} dibatalkan",
        "item.decided": "pimpinan memutuskan {item}",
        "minority.attached": "catatan minoritas untuk {item}",
        "group.concluded": "kelompok selesai",
        "group.reopened": "kelompok dibuka lagi",
        "index.frozen": "indeks final",
        "content.erased": "data seorang peserta dihapus",
        "origin.continued": "dipulihkan dari cadangan, sejak itu disegel dengan nama baru",
        "withheld": "tidak ada dalam salinan ini",
        "paths": "Perjalanan tiap indikator",
        "cancelled": "dibatalkan",
        "never": "tidak dinilai",
        "round": "putaran {round}",
        "pair": "{in_pair} dalam pasangan, perlu {needed}",
        "more": "Enter melanjutkan, q mengakhiri: ",
    },
}



def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="the zip to step through")
    parser.add_argument("--language", choices=LANGUAGES, default="id", help="language of the story")
    parser.add_argument("--key", metavar="VKEY", help="the key shown on the day; without it the bundle's own is taken")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page that steps through it, for any browser")
    parser.add_argument("--all", action="store_true", help="do not wait at each disclosure")
    parser.add_argument("--json", action="store_true", help="print one machine-readable object")


@telling
def run(args: argparse.Namespace) -> int:
    """Verify, then tell; 1 or 3 as `verify` where the bundle is not to be believed."""
    if args.html is not None:
        return _write(args)
    found = verify(args.bundle, vkey=args.key)
    if found.status not in ("VALID", "INCOMPLETE"):
        print(f"{found.problems[0]} [replay_{found.status.lower()}]", file=sys.stderr)
        return found.exit_code
    with open_archive(args.bundle) as archive:
        told = story(bundled.entries(archive))
    if args.json:
        state = {"workshop": told.state.workshop, "title": told.state.title, "categories": told.state.scale.categories}
        plain = msgspec.to_builtins({"steps": told.steps, "items": told.paths})
        print(json.dumps({"status": found.status, **state, **plain}, ensure_ascii=False))
        return 0
    print(harmless(f"{told.state.title} · {found.status}"))
    waits = sys.stdin.isatty() and sys.stdout.isatty() and not args.all
    for page in Telling(told, args.language).pages():
        print(harmless(page))
        if waits and _enough(SAID[args.language]["more"]):
            break
    return 0


def _write(args: argparse.Namespace) -> int:
    found, page = replay_page(args.bundle, args.language, args.key)
    if page is None:
        print(f"{found.problems[0]} [replay_{found.status.lower()}]", file=sys.stderr)
        return found.exit_code
    try:
        args.html.write_bytes(page)
    except OSError as fault:
        raise StartError("unwritable", f"Cannot write {args.html} ({fault.strerror}); name a file of yours.") from None
    print(args.html)
    return 0


def _enough(prompt: str) -> bool:
    try:
        return input(prompt).strip().lower() == "q"
    except EOFError:
        return True


class Telling:
    """A story in one language, page by page; a page ends with a disclosure."""

    def __init__(self, told: Story, language: str) -> None:
        self._story, self._said = told, SAID[language]
        self._words: Words = words(language)
        self._numerals = Numerals(self._words.language)

    def pages(self) -> Iterator[str]:
        lines: list[str] = []
        for step in self._story.steps:
            lines += [self._step(step), *(self._distribution(d) for d in step.distributions)]
            if step.distributions:
                yield "\n".join(lines)
                lines = []
        yield "\n".join([*lines, "", self._said["paths"], *(self._way(way) for way in self._story.paths)])

    def _step(self, step: Step) -> str:
        fields = {name: "–" if value is None else value for name, value in msgspec.to_builtins(step).items()}
        fields["w"] = self._numerals.fixed(step.w)
        text = self._said[step.kind].format(**fields)
        return f"{step.at[:10]} {step.at[11:16]}  {'' if step.scope == 'workshop' else step.scope:<10}  {text}"

    def _distribution(self, d: Vote) -> str:
        name = self._name(d.item)
        if d.counts is None or d.outcome is None:
            return f"{'':<20}{name}: {self._said['withheld']}"
        pair = "" if d.needed is None else f" ({self._said['pair'].format(in_pair=d.in_pair, needed=d.needed)})"
        return (
            f"{'':<20}{bars(d.counts)}  {' '.join(f'{count:>3}' for count in d.counts)}  "
            f"{self._numerals.score(d.median):>5}  {name}: {self._words.say(OUTCOMES[d.outcome])}{pair}"
        )

    def _way(self, way: Way) -> str:
        votes = []
        for vote in way.votes:
            what = self._said["withheld"] if vote.outcome is None else (
                f"{self._numerals.score(vote.median)} {self._words.say(OUTCOMES[vote.outcome])}"
            )  # fmt: skip
            gone = f", {self._said['cancelled']}" if vote.cancelled else ""
            votes.append(f"{self._said['round'].format(round=vote.round)}: {what}{gone}")
        end = "" if way.ending is None else f" → {self._words.say(ENDINGS[way.ending])}"
        value = "" if way.value is None else f" {self._numerals.score(way.value)}"
        return f"  {self._name(way.item)}: {' · '.join(votes) or self._said['never']}{end}{value}"

    def _name(self, item: str) -> str:
        given = self._words.named(self._story.state.tree.node(item).name, item)
        return item if given == item else f"{item} {given}"


def harmless(text: str) -> str:
    """The text without what a terminal would obey: names in a bundle are whatever its maker wrote."""
    return "".join(one if one == "\n" or one.isprintable() else "\ufffd" for one in text)


def bars(counts: tuple[int, ...]) -> str:
    """A small picture of counts: one block a category, the fullest at full height, none where nobody chose it."""
    most = max(counts, default=0)
    return "".join(BARS[-(-count * (len(BARS) - 1) // most)] if most else BARS[0] for count in counts)
