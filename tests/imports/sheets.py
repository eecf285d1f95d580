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


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_shared_strings(sheet: str, strings: Iterable[str]) -> bytes:
    """A workbook as Excel writes it: texts stand once in a part of their own and cells point at them (`t="s"`)."""
    shared = f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in strings)}</sst>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    cells = f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'.encode()

    def change(name: str, old: bytes) -> bytes:
        return cells if name == "xl/worksheets/sheet1.xml" else old.replace(b"</Types>", override)

    return repacked(workbook([["a"]]), change, {"xl/sharedStrings.xml": shared})
