"""README.txt of a bundle: what it is for, how to check it, and its data dictionary, in English and Indonesian.

Owns its prose and layout; what each file and column means stands in `dictionary`. Never states a figure.
"""

from __future__ import annotations

import textwrap

from server.trail.dictionary import SECTIONS, Words
from server.trail.disclosure import Disclosure

WIDTH = 120

_ENGLISH = """\
MUFAKAT AUDIT BUNDLE - {origin}

This file lets anybody recompute the workshop's result and notice whether a ballot was changed, dropped, added or moved.
{opens}

How to check it
  python verify.py BUNDLE.zip [--key KEY] [--head NOTE]        with the verify.py in it and Python 3.8 or newer
  python -m server verify BUNDLE.zip [--key KEY] [--head NOTE] with Mufakat, a second program written apart from it
The answer is VALID, INVALID (with the entry and the reason) or INCOMPLETE (with what was withheld). Give the key that
was shown on the day, and a signed head (a .note, or the text photographed from the hall's display): without them you
trust the key in this file.

How to open its tables
  python -m server report BUNDLE.zip --csv                                    results.csv and ratings.csv as they are
  python -m server report BUNDLE.zip --csv --bom --decimal-comma --semicolons for spreadsheets set to Indonesian

"""

_INDONESIAN = """\
BERKAS AUDIT MUFAKAT - {origin}

Dengan berkas ini siapa pun dapat menghitung ulang hasil lokakarya dan mengetahui apakah ada surat suara yang diubah,
dihapus, ditambahkan, atau dipindahkan.
{opens}

Cara memeriksa
  python verify.py BERKAS.zip [--key KUNCI] [--head SEGEL]        dengan verify.py di dalamnya dan Python 3.8 ke atas
  python -m server verify BERKAS.zip [--key KUNCI] [--head SEGEL] dengan Mufakat, program lain yang ditulis terpisah
Jawabannya VALID (sah), INVALID (tidak sah, dengan nomor entri dan alasannya), atau INCOMPLETE (tidak lengkap, dengan
daftar yang ditahan). Sertakan kunci yang ditampilkan pada hari itu dan sebuah segel bertanda tangan (berkas .note, atau
teks yang difoto dari layar aula); tanpa keduanya Anda memercayai kunci di dalam berkas ini.

Cara membuka tabelnya
  python -m server report BERKAS.zip --csv                                    results.csv dan ratings.csv apa adanya
  python -m server report BERKAS.zip --csv --bom --decimal-comma --semicolons untuk lembar kerja berbahasa Indonesia

"""

_LEVELS = {
    "full": ("It opens everything that was not erased.", "Isi yang dibuka: semua yang tidak dihapus."),
    "public": (
        "It opens figures of at least {n} raters, endings, the profile, and minority statements for publication.",
        "Isi yang dibuka: angka dari sedikitnya {n} penilai, hasil akhir, profil, dan catatan minoritas untuk umum.",
    ),
}


def readme(origin: str, disclosure: Disclosure) -> bytes:
    """The text in both languages, UTF-8."""
    levels = [textwrap.fill(text.format(n=disclosure.suppress_below), WIDTH) for text in _LEVELS[disclosure.disclose]]
    parts = (
        prose.format(origin=origin, opens=levels[language])
        + "\n".join(_section(title[language], words, language) for title, words in SECTIONS)
        for language, prose in enumerate((_ENGLISH, _INDONESIAN))
    )
    return f"\n{'-' * WIDTH}\n\n".join(parts).encode("utf-8")


def _section(title: str, words: Words, language: int) -> str:
    """A title, then a name a line with what it means, wrapped beside it."""
    wide = 2 + max(len(name) for name in words) + 2
    lines = [
        textwrap.fill(
            said[language], WIDTH, initial_indent=f"  {name}".ljust(wide), subsequent_indent=" " * wide,
            break_long_words=False, break_on_hyphens=False,
        )
        for name, said in words.items()
    ]  # fmt: skip
    return "\n".join([title, *lines, ""])
