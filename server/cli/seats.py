"""`seats`: issues seats and writes their cards as a page to print; the secrets are shown this once."""

from __future__ import annotations

import argparse
import html
import os
from pathlib import Path
from typing import Any

import segno

from server.app import StartError
from server.cli.common import add_house, add_json, house, settings, show, telling
from server.cli.imports import contents

HELP = "issue seats and print their cards"
WORDS = {
    "id": {"seat": "Kursi", "group": "Kelompok", "code": "Kode", "how": "Pindai, atau buka {url} dan ketik kodenya."},
    "en": {"seat": "Seat", "group": "Group", "code": "Code", "how": "Scan, or open {url} and type the code."},
}
STYLE = """
@page { size: A4; margin: 10mm }
body { font: 11pt/1.4 system-ui, sans-serif; display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; margin: 0 }
article { border: 1px dashed #888; padding: 5mm; display: grid; grid-template-columns: 32mm 1fr; gap: 5mm;
  break-inside: avoid }
svg { width: 32mm; height: 32mm }
h1 { font-size: 13pt; margin: 0 } p { margin: 1mm 0 } code { font-size: 15pt; letter-spacing: .1em }
"""


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--workshop", required=True, metavar="ID")
    parser.add_argument("--group", help="group of the seats, with --count")
    parser.add_argument("--count", type=int, help="how many seats")
    parser.add_argument("--file", type=Path, help="a CSV or XLSX list of people instead")
    parser.add_argument("--out", type=Path, help="page to write the cards to (default cards-ID.html)")
    parser.add_argument("--language", choices=tuple(WORDS), default="id")
    add_house(parser)
    add_json(parser)


@telling
def run(args: argparse.Namespace) -> int:
    """Issue and write."""
    if (args.file is None) == (args.count is None):
        raise StartError("malformed", "Give either --group and --count, or --file.")
    out = args.out or Path(f"cards-{args.workshop}.html")
    known = settings(args)
    url = known.public_url or f"http://{known.host}:{known.port}"
    # The page is opened first: seats whose cards cannot be written must not be issued.
    with _new(out) as page:
        try:
            told, title = _issued(args)
        except StartError:
            out.unlink()
            raise
        page.write(cards_page(told["cards"], title, url, args.language))
    show(args, {"cards": told["cards"], "page": str(out)}, f"{len(told['cards'])} cards written to {out}")
    return 0


def _issued(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    with house(args) as app:
        if args.file is not None:
            told = app.import_seats(args.workshop, contents(args.file), args.file.name)
        else:
            told = app.command(args.workshop, {"command": "issue_seats", "group": args.group, "count": args.count})
        return told, app.engine.state(args.workshop).title


def _new(path: Path) -> Any:
    """A file that only we may read, and that is not there yet: cards are never overwritten."""
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
    except FileExistsError:
        raise StartError("file_exists", f"{path} is there already; name another with --out.") from None
    except OSError as fault:
        sentence = f"Cannot write {path} ({fault.strerror}); name another with --out."
        raise StartError("file_unwritable", sentence) from None


def cards_page(cards: list[dict[str, Any]], title: str, url: str, language: str) -> str:
    """Every card with its QR code; the secret stands in the fragment, which no server and no log ever sees."""
    words, heading = WORDS[language], html.escape(title)
    articles = [
        f"<article>{segno.make(url + '/join#' + card['secret']).svg_inline(omitsize=True)}<div><h1>{heading}</h1>"
        f"<p>{words['seat']} {card['seat']} · {words['group']} {html.escape(card['group'])}</p>"
        f"<p>{words['code']} <code>{card['code'][:4]} {card['code'][4:]}</code></p>"
        f"<p>{words['how'].format(url=html.escape(url + '/join'))}</p></div></article>"
        for card in cards
    ]
    head = f'<meta charset="utf-8"><title>{heading}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body>{"".join(articles)}</body></html>\n'
