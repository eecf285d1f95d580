"""README.txt of a bundle: what each file is, how to check it, and every column, in English and Indonesian.

Owns those words. Never states a figure: the files do.
"""

from __future__ import annotations

from server.trail.disclosure import Disclosure

_ENGLISH = """\
MUFAKAT AUDIT BUNDLE - {origin}

This file lets anybody recompute the workshop's result and notice whether a ballot was changed, dropped, added or moved.
It opens: {level}.

How to check it
  python verify.py BUNDLE.zip [--key KEY] [--head NOTE]        with the verify.py in it and Python 3.8 or newer
  python -m server verify BUNDLE.zip [--key KEY] [--head NOTE] with Mufakat, a second program written apart from it
The answer is VALID, INVALID (with the entry and the reason) or INCOMPLETE (with what was withheld). Give the key that
was shown on the day, and a signed head (a .note, or the text photographed from the hall's display): without them you
trust the key in this file.

Files
  trail.jsonl      what happened, one entry a line, canonical JSON (RFC 8785)
  openings.jsonl   contents that entries only seal: content, name, salt and the entry's number (seq)
  checkpoints/     signed heads of the trail (C2SP tlog-checkpoint, Ed25519), named by the number of entries they cover
  key.vkey         the public key of those heads
  results.csv      what became of each item
  ratings.csv      every rating without its author (full bundles only)
  report.html      the report, for reading
  verify.py        a verifier in one file; in the unpacked bundle: python verify.py
  disclosure.json  how much is opened, and below how many raters figures are withheld
  MANIFEST.sha256  SHA-256 of every other file: sha256sum --check MANIFEST.sha256

results.csv (UTF-8, commas, decimal points; text that a spreadsheet would run begins with an apostrophe)
  group, item, name    the group that rated, the indicator's id, its name
  round                round of the item's latest vote that counts; this and the next eight cells are empty where no
                       vote reached the quorum or the figures are withheld
  n                    ratings given
  median, q1, q3, iqr  median, quartiles (Hyndman-Fan type 7) and their distance, on the scale of the ratings
  in_pair, needed      ratings in the fullest two adjacent categories that hold the median; ratings the rule asks for
  outcome              consensus, provisional, moving, at_cap, dissent, near, open
  ending, value        agreed, agreed_with_reservation, unconfirmed, decided, not_agreed, not_rated; the value it gives
  interview, metric    the earlier survey's scores
  gap, cause           median minus the interview score (the metric where there is none); the cause the group named

ratings.csv (rounds that were cancelled are left out)
  group, round, item   where the rating was given
  rater                a name for this item alone; rows are sorted by it, so that this file joins nobody's ratings
  value                the rating; empty where the rater could not rate
  cannot               no_knowledge, no_data, unclear, not_applicable
  confidence           1 (unsure) to 3 (sure), where it was told
"""

_INDONESIAN = """\
BERKAS AUDIT MUFAKAT - {origin}

Dengan berkas ini siapa pun dapat menghitung ulang hasil lokakarya dan mengetahui apakah ada surat suara yang diubah,
dihapus, ditambahkan, atau dipindahkan. Isi yang dibuka: {level}.

Cara memeriksa
  python verify.py BERKAS.zip [--key KUNCI] [--head SEGEL]        dengan verify.py di dalamnya dan Python 3.8 ke atas
  python -m server verify BERKAS.zip [--key KUNCI] [--head SEGEL] dengan Mufakat, program lain yang ditulis terpisah
Jawabannya VALID (sah), INVALID (tidak sah, dengan nomor entri dan alasannya), atau INCOMPLETE (tidak lengkap, dengan
daftar yang ditahan). Sertakan kunci yang ditampilkan pada hari itu dan sebuah segel bertanda tangan (berkas .note, atau
teks yang difoto dari layar aula); tanpa keduanya Anda memercayai kunci di dalam berkas ini.

Isi berkas
  trail.jsonl      jejak: apa yang terjadi, satu entri per baris, JSON kanonis (RFC 8785)
  openings.jsonl   isi yang di dalam jejak hanya disegel: isi, nama, garam (salt), dan nomor entri (seq)
  checkpoints/     segel bertanda tangan (C2SP tlog-checkpoint, Ed25519), dinamai menurut jumlah entri yang dicakup
  key.vkey         kunci publik segel tersebut
  results.csv      hasil setiap indikator
  ratings.csv      setiap nilai tanpa nama penilainya (hanya dalam berkas penuh)
  report.html      laporan untuk dibaca
  verify.py        pemeriksa dalam satu berkas; di dalam berkas audit yang dibuka: python verify.py
  disclosure.json  seberapa banyak yang dibuka, dan di bawah berapa penilai angka ditahan
  MANIFEST.sha256  SHA-256 semua berkas lain: sha256sum --check MANIFEST.sha256

results.csv (UTF-8, koma, titik desimal; teks yang akan dijalankan lembar kerja diawali apostrof)
  group, item, name    kelompok penilai, id indikator, namanya
  round                putaran penilaian terakhir yang dihitung; sel ini dan delapan berikutnya kosong bila kuorum tidak
                       tercapai atau angkanya ditahan
  n                    jumlah nilai yang diberikan
  median, q1, q3, iqr  nilai tengah, kuartil (Hyndman-Fan tipe 7), dan jaraknya, pada skala penilaian
  in_pair, needed      nilai dalam dua kategori bersebelahan terpadat yang memuat nilai tengah; jumlah menurut aturan
  outcome              consensus sepakat, provisional sepakat pada penilaian pertama, moving masih bergerak,
                       at_cap belum sepakat sampai batas putaran, dissent dua kubu, near hampir sepakat, open belum
                       sepakat
  ending, value        agreed sepakat, agreed_with_reservation sepakat dengan catatan, unconfirmed belum dikonfirmasi,
                       decided diputuskan pimpinan, not_agreed tidak sepakat, not_rated tidak dinilai; nilai akhirnya
  interview, metric    nilai wawancara dan data terukur dari survei awal
  gap, cause           nilai tengah dikurangi nilai wawancara (data terukur bila tidak ada); penyebab menurut kelompok

ratings.csv (putaran yang dibatalkan tidak disertakan)
  group, round, item   tempat nilai diberikan
  rater                nama untuk satu indikator saja; baris diurutkan menurutnya, jadi nilai seseorang tidak tergabung
  value                nilai; kosong bila penilai tidak dapat menilai
  cannot               no_knowledge saya tidak tahu, no_data tidak ada data, unclear pertanyaan kurang jelas,
                       not_applicable tidak berlaku di sini
  confidence           1 (tidak yakin) sampai 3 (yakin), bila disebutkan
"""

_LEVELS = {
    "full": ("everything that was not erased", "semua yang tidak dihapus"),
    "public": (
        "figures of at least {n} raters, endings, the profile, and minority statements cleared for publication",
        "angka dari sedikitnya {n} penilai, hasil akhir, profil, dan catatan minoritas yang boleh diumumkan",
    ),
}


def readme(origin: str, disclosure: Disclosure) -> bytes:
    """The text in both languages, UTF-8."""
    english, indonesian = (text.format(n=disclosure.suppress_below) for text in _LEVELS[disclosure.disclose])
    parts = (_ENGLISH.format(origin=origin, level=english), _INDONESIAN.format(origin=origin, level=indonesian))
    return f"\n{'-' * 120}\n\n".join(parts).encode("utf-8")
