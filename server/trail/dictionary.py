"""The data dictionary of a bundle: every file, every field and column, every coded value, in English and Indonesian.

Owns those words. Never states a figure, and never says how they are laid out (`readme` does).
"""

from __future__ import annotations

Said = tuple[str, str]  # English, Indonesian
Words = dict[str, Said]

FILES: Words = {
    "trail.jsonl": ("what happened, one entry a line, canonical JSON (RFC 8785)",
                    "jejak: apa yang terjadi, satu entri per baris, JSON kanonis (RFC 8785)"),
    "openings.jsonl": ("contents that entries only seal, one a line, by entry and name",
                       "isi yang di dalam jejak hanya disegel, satu per baris, menurut entri dan nama"),
    "checkpoints": ("signed heads of the trail (C2SP tlog-checkpoint, Ed25519), named by the entries they cover",
                    "segel bertanda tangan (C2SP tlog-checkpoint, Ed25519), dinamai menurut jumlah entri yang dicakup"),
    "key.vkey": ("the public key of those heads, one line: name+id+base64",
                 "kunci publik segel tersebut, satu baris: nama+id+base64"),
    "results.csv": ("what became of each item, one row an item", "hasil setiap indikator, satu baris per indikator"),
    "ratings.csv": ("every answer without its author (full bundles only)",
                    "setiap jawaban tanpa nama penjawabnya (hanya dalam berkas penuh)"),
    "report.html": ("the report, for reading", "laporan untuk dibaca"),
    "verify.py": ("a verifier in one file; in the unpacked bundle: python verify.py",
                  "pemeriksa dalam satu berkas; di dalam berkas audit yang diekstrak: python verify.py"),
    "README.txt": ("this text", "teks ini"),
    "disclosure.json": ("how much is opened", "seberapa banyak yang dibuka"),
    "MANIFEST.sha256": ("SHA-256 of every other file: sha256sum --check MANIFEST.sha256",
                        "SHA-256 semua berkas lain: sha256sum --check MANIFEST.sha256"),
}  # fmt: skip

ENTRY: Words = {
    "at": ("time, UTC", "waktu, UTC"),
    "body": ("what the kind tells; under sealed the SHA-256 of the byte 0x02, a salt and the sealed content",
             "isi menurut jenisnya; di bawah sealed: SHA-256 dari bita 0x02, garam, dan isi yang disegel"),
    "by": ("staff/N, seat or server; names are nowhere in this file",
           "staff/N, seat (peserta), atau server; tidak ada nama di berkas ini"),
    "kind": ("what happened, such as round.opened", "apa yang terjadi, misalnya round.opened"),
    "scope": ("the group, or workshop", "kelompok, atau workshop (seluruh lokakarya)"),
    "seq": ("number of the entry, from 0", "nomor entri, mulai dari 0"),
    "v": ("version of the kind", "versi jenisnya"),
}  # fmt: skip

OPENING: Words = {
    "content": ("what was sealed", "isi yang disegel"),
    "name": ("which seal of the entry: ballot, item/ID, group, reason and so on",
             "segel yang mana dari entri itu: ballot, item/ID, group, reason, dan seterusnya"),
    "salt": ("the random salt of the seal, hexadecimal", "garam acak segel itu, heksadesimal"),
    "seq": ("number of the entry", "nomor entri"),
}  # fmt: skip

DISCLOSED: Words = {
    "disclose": ("full (all but what was erased) or public (what anybody may see)",
                 "full (semua kecuali yang dihapus) atau public (yang boleh dilihat siapa pun)"),
    "suppress_below": ("number of raters below which a public bundle withholds figures",
                       "jumlah penilai; di bawahnya angka ditahan dalam berkas publik"),
}  # fmt: skip

RESULTS: Words = {
    "group": ("the group that rated", "kelompok penilai"),
    "item": ("the indicator's id", "id indikator"),
    "name": ("the indicator's name, in the language of the workshop", "nama indikator, dalam bahasa lokakarya"),
    "round": ("round of the latest vote that counts; empty, as the eight after it, without quorum or if withheld",
              "putaran penilaian terakhir yang dihitung; kosong, juga delapan sesudahnya, tanpa kuorum atau ditahan"),
    "n": ("ratings given", "jumlah nilai yang diberikan"),
    "median": ("middle rating, on the scale of the ratings", "nilai tengah, pada skala penilaian"),
    "q1": ("first quartile (Hyndman-Fan type 7)", "kuartil pertama (Hyndman-Fan tipe 7)"),
    "q3": ("third quartile", "kuartil ketiga"),
    "iqr": ("q3 minus q1, the width of the middle half", "q3 dikurangi q1, lebar separuh tengah"),
    "in_pair": ("ratings in the fullest two adjacent categories that hold the median",
                "nilai dalam dua kategori bersebelahan terpadat yang memuat nilai tengah"),
    "needed": ("ratings that the rule asks for there; empty where the rule counts nobody",
               "nilai yang diminta aturan di sana; kosong bila aturannya tidak menghitung orang"),
    "outcome": ("what the rule says of the vote, a code below", "kesimpulan aturan atas penilaian itu, kode di bawah"),
    "ending": ("how the item ended, a code below; empty where it has not, or where that is withheld",
               "hasil akhir indikator, kode di bawah; kosong bila belum ada atau ditahan"),
    "value": ("the agreed value; empty where none was agreed", "nilai yang disepakati; kosong bila tidak ada"),
    "interview": ("the earlier survey's interview score", "nilai wawancara dari survei awal"),
    "metric": ("the earlier survey's measured data", "data terukur dari survei awal"),
    "gap": ("median minus the interview score, or minus the metric where there is none",
            "nilai tengah dikurangi nilai wawancara, atau data terukur bila tidak ada"),
    "cause": ("why they differ as the group named it, a code below", "penyebab selisih kata kelompok, kode di bawah"),
}  # fmt: skip

RATINGS: Words = {
    "group": ("the group that rated", "kelompok penilai"),
    "round": ("its round; cancelled rounds are left out", "putarannya; putaran yang dibatalkan tidak disertakan"),
    "item": ("the indicator's id", "id indikator"),
    "rater": ("a name for this item alone; an item's rows are sorted by it, so that this file joins nobody's ratings",
              "nama untuk satu indikator saja; baris diurutkan menurutnya, jadi nilai seseorang tidak tergabung"),
    "value": ("the rating; empty where the rater could not rate", "nilai; kosong bila penilai tidak dapat menilai"),
    "cannot": ("why not, a code below", "alasannya, kode di bawah"),
    "confidence": ("1 (not very sure), 2 or 3 (very sure), where it was told",
                   "1 (kurang yakin), 2, atau 3 (sangat yakin), bila disebutkan"),
}  # fmt: skip

OUTCOMES: Words = {
    "consensus": ("agreed", "sepakat"),
    "provisional": ("agreed on the first vote", "sepakat pada penilaian pertama"),
    "moving": ("enough agree, and it still moves", "masih bergerak"),
    "at_cap": ("not agreed in the rounds allowed", "belum sepakat sampai batas putaran"),
    "dissent": ("two camps", "dua kubu"),
    "near": ("nearly agreed", "hampir sepakat"),
    "open": ("not yet agreed", "belum sepakat"),
}
ENDINGS: Words = {
    "agreed": ("agreed", "sepakat"),
    "agreed_with_reservation": ("agreed, with a minority statement", "sepakat dengan catatan"),
    "unconfirmed": ("agreed once and not confirmed", "belum dikonfirmasi"),
    "decided": ("decided by the chair", "diputuskan pimpinan"),
    "not_agreed": ("not agreed", "tidak sepakat"),
    "not_rated": ("not rated by enough", "tidak dinilai oleh cukup orang"),
}
CAUSES: Words = {
    "new_evidence": ("new evidence", "bukti baru"),
    "scope": ("different scope", "cakupan berbeda"),
    "year": ("different year", "tahun berbeda"),
    "scale_reading": ("scale read differently", "skala dibaca berbeda"),
    "interest": ("interest", "kepentingan"),
    "real_disagreement": ("real disagreement", "memang berbeda pendapat"),
}
CANNOT: Words = {
    "no_knowledge": ("I don't know", "saya tidak tahu"),
    "no_data": ("there is no data", "tidak ada data"),
    "unclear": ("the question is unclear", "pertanyaan kurang jelas"),
    "not_applicable": ("does not apply here", "tidak berlaku di sini"),
}

# In the order in which a reader needs them; a title is a file's, with what to know of its form, or a column's.
SECTIONS: tuple[tuple[Said, Words], ...] = (
    (("Files", "Isi berkas"), FILES),
    (("results.csv (RFC 4180, UTF-8, decimal points; text that a spreadsheet would run begins with an apostrophe)",
      "results.csv (RFC 4180, UTF-8, titik desimal; teks yang akan dijalankan lembar kerja diawali apostrof)"),
     RESULTS),
    (("ratings.csv (the same form)", "ratings.csv (bentuk yang sama)"), RATINGS),
    (("Codes of outcome", "Kode outcome"), OUTCOMES),
    (("Codes of ending", "Kode ending"), ENDINGS),
    (("Codes of cause", "Kode cause"), CAUSES),
    (("Codes of cannot", "Kode cannot"), CANNOT),
    (("Fields of an entry in trail.jsonl", "Unsur sebuah entri dalam trail.jsonl"), ENTRY),
    (("Fields of a line in openings.jsonl", "Unsur sebuah baris dalam openings.jsonl"), OPENING),
    (("Fields of disclosure.json", "Unsur disclosure.json"), DISCLOSED),
)  # fmt: skip
