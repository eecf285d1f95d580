"""Uploads made for the tests: workbooks written by openpyxl, and archives made by hand to be hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def workbook(rows: Iterable[Iterable[Any]], touch: Callable[[Worksheet], None] | None = None) -> bytes:
    """An XLSX file with these rows on its first sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if touch:
        touch(sheet)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """The same archive with the content of members changed and members added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, change(member.filename, old.read(member)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return target.getvalue()


def kept(name: str, content: bytes) -> bytes:
    return content
