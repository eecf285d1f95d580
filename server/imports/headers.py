"""What the columns and streams of a baseline may be called, in English and Indonesian. Words only."""

from __future__ import annotations

from collections.abc import Iterable

from server.workshop.records import BaselineStream

STREAMS: dict[BaselineStream, tuple[str, ...]] = {
    "interview": ("interviews", "interview score", "wawancara", "nilai wawancara", "qualitative", "kualitatif"),
    "metric": (
        *("metrics", "metrik", "measured", "measured data", "terukur", "data terukur"),
        *("quantitative", "kuantitatif"),
    ),
}
ITEM: tuple[str, ...] = (
    *("item", "id", "code", "indicator id", "indicator code"),
    *("indikator", "kode", "kode indikator", "id indikator"),
)
STREAM: tuple[str, ...] = ("type", "data type", "aliran", "jenis", "jenis data", "jalur")
FIGURES: dict[str, tuple[str, ...]] = {
    "score": ("value", "nilai", "skor"),
    "answered": ("obtained", "terjawab", "dijawab", "diperoleh", "tersedia"),
    "asked": ("of", "questions", "pertanyaan", "ditanyakan", "diminta", "jumlah pertanyaan"),
    "respondents": ("responden", "narasumber", "jumlah responden", "interviewees"),
    "year": ("tahun",),
    "source": ("sumber", "sumber data"),
}
REQUIRED = ("score", "answered", "asked")
SHARED = ("year", "source")  # a wide row may state them once for both streams
SKIPPED: tuple[str, ...] = (
    *("name", "indicator name", "dimension", "goal", "note", "notes"),
    *("nama", "nama indikator", "dimensi", "aspek", "tujuan", "catatan", "keterangan"),
)


def long_columns() -> dict[str, Iterable[str]]:
    """Aliases of the layout with one row for each indicator and stream."""
    return {"indicator": ITEM, "stream": STREAM, **FIGURES}


def wide_columns() -> dict[str, Iterable[str]]:
    """Aliases of the layout with one row for each indicator: stream and figure in one header, in either order."""
    columns: dict[str, Iterable[str]] = {"indicator": ITEM, **{field: FIGURES[field] for field in SHARED}}
    for stream, names in STREAMS.items():
        for field, others in FIGURES.items():
            pairs = [(one, two) for one in (stream, *names) for two in (field, *others)]
            columns[f"{stream}_{field}"] = [f"{a} {b}" for one, two in pairs for a, b in ((one, two), (two, one))]
    return columns
