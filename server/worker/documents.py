"""Documents read straight from the database, by itself and for reading alone: the report, and the audit bundle.

Owns which entries a document is drawn from. Never writes to the database, and what may be disclosed is decided before.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

import msgspec

from server.reports.report import render
from server.storage import lines
from server.storage.database import Database
from server.trail.bundle import OPENINGS, TRAIL, write
from server.trail.commitment import Opening
from server.trail.disclosure import Disclosure
from server.trail.entries import Remembered, open_contents, read
from server.trail.sheets import RESULTS


@contextmanager
def documents(url: str, workshop: str, vkey: str) -> Iterator[Documents]:
    """The documents of a workshop in the database at this URL, opened for reading and closed at the end."""
    database = Database(url, reading=True)
    try:
        yield Documents(database, workshop, vkey)
    finally:
        database.close()


class Documents:
    """The documents of one workshop; `vkey` is the public key of its heads."""

    def __init__(self, database: Database, workshop: str, vkey: str) -> None:
        self._database, self._workshop, self._vkey = database, workshop, vkey

    def report(self, language: str) -> bytes:
        """The self-contained report of everything that is disclosed."""
        return self._drawn(self._entries(), language)

    def bundle(self, path: Path, disclose: Literal["public", "full"], suppress_below: int, language: str) -> str:
        """Write an audit bundle over this file: the digest of its manifest."""
        disclosure = Disclosure(disclose=disclose, suppress_below=suppress_below)
        if disclose == "full":
            report = self.report(language)
        else:  # a public copy's report may say no more than the copy: it is drawn from what the copy opens
            with path.open("wb") as target:
                self._write(target, disclosure, b"")
            report = self._drawn(_opened_in(path), language)
        with path.open("wb") as target:
            return self._write(target, disclosure, report)

    def results(self, suppress_below: int) -> bytes:
        """`results.csv` as a public bundle made now would hold it, up to the last head."""
        with tempfile.TemporaryFile() as target:
            self._write(target, Disclosure(disclose="public", suppress_below=suppress_below), b"")
            with zipfile.ZipFile(target) as bundle:
                return bundle.read(RESULTS)

    def _write(self, target: IO[bytes], disclosure: Disclosure, report: bytes) -> str:
        with self._database.read() as connection:
            notes = [head.note for head in lines.all_heads(connection, self._workshop)]
        return write(
            target, trail=self._stored(), notes=notes, vkey=self._vkey, disclosure=disclosure, report_html=report
        )

    def _drawn(self, told: Iterable[Remembered], language: str) -> bytes:
        with self._database.read() as connection:
            head = lines.last_head(connection, self._workshop)
        return render(told, note=head.note if head else None, vkey=self._vkey, language=language)

    def _stored(self) -> Iterator[tuple[bytes, list[Opening]]]:
        with self._database.read() as connection:
            for line, _, opened in lines.read(connection, self._workshop, 0):
                yield line, opened

    def _entries(self) -> Iterator[Remembered]:
        for line, opened in self._stored():
            yield open_contents(read(line), {o.name: o.content for o in opened})


def _opened_in(path: Path) -> Iterator[Remembered]:
    """The entries of a bundle with what it opens of them, one at a time; openings stand in the order of entries."""
    with zipfile.ZipFile(path) as bundle, bundle.open(TRAIL) as trail, bundle.open(OPENINGS) as openings:
        opened = map(msgspec.json.decode, openings)
        ahead = next(opened, None)
        for line in trail:
            entry, here = read(line.rstrip(b"\n")), {}
            while ahead is not None and ahead["seq"] == entry.seq:
                here[ahead["name"]] = ahead["content"]
                ahead = next(opened, None)
            yield open_contents(entry, here)
