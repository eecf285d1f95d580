"""What a workshop came to, as tables in a terminal: each group's items, the goals' profile. It computes nothing."""

from __future__ import annotations

from typing import Any

from server.locale import decimal_text

WORDS = {
    "id": {
        "item": "Indikator", "median": "tengah", "spread": "lebar", "verdict": "Hasil", "gap": "selisih",
        "ending": "Akhir", "goal": "Tujuan", "interview": "wawancara", "metric": "terukur", "workshop": "lokakarya",
        "agreed": "disepakati", "items": "butir", "synthetic": "DATA SINTETIS: semua nilai di sini dibuat-buat.",
        "profile": "Profil 12 tujuan", "complete": "Kelengkapan", "order": "Keselarasan urutan (W)",
        "of": "dari", "participants": "surat suara",
    },
    "en": {
        "item": "Indicator", "median": "middle", "spread": "spread", "verdict": "Verdict", "gap": "gap",
        "ending": "Ending", "goal": "Goal", "interview": "interview", "metric": "metric", "workshop": "workshop",
        "agreed": "agreed", "items": "items", "synthetic": "SYNTHETIC DATA: every score here is invented.",
        "profile": "Profile of the 12 goals", "complete": "Completeness", "order": "Shared order (W)",
        "of": "of", "participants": "ballots",
    },
}  # fmt: skip
OUTCOMES = {
    "id": {"consensus": "sepakat", "provisional": "sepakat pertama", "near": "hampir", "dissent": "dua kubu",
           "moving": "bergerak", "open": "belum sepakat", "at_cap": "batas putaran", "insufficient": "penilai kurang"},
    "en": {"consensus": "agreed", "provisional": "first vote", "near": "nearly", "dissent": "two camps",
           "moving": "moving", "open": "not yet", "at_cap": "at the cap", "insufficient": "too few"},
}  # fmt: skip
ENDINGS = {
    "id": {"decided": "diputuskan", "agreed_with_reservation": "sepakat, catatan", "agreed": "sepakat",
           "unconfirmed": "belum dikonfirmasi", "not_rated": "tidak dinilai", "not_agreed": "tidak sepakat"},
    "en": {"decided": "decided", "agreed_with_reservation": "agreed, reservation", "agreed": "agreed",
           "unconfirmed": "not confirmed", "not_rated": "not scored", "not_agreed": "not agreed"},
}  # fmt: skip


def figure(text: str | None, language: str, places: int = 1) -> str:
    """A decimal string as people read it; a dash where there is none."""
    return "–" if text is None else decimal_text(float(text), places, "id" if language == "id" else "en")


def group_table(
    group: dict[str, Any], rounds: list[dict[str, Any]], names: dict[str, str], language: str
) -> list[str]:
    """One group's items with their latest figures and their ending."""
    words = WORDS[language]
    latest = {f["item"]: f for told in rounds for f in told["items"]}
    last = rounds[-1]
    order = (last["order"] or {}).get("w")
    title = f"{group['name'][language]} · {last['ballots']} {words['participants']}"
    heads = f"{words['median']:>7}{words['spread']:>7}{words['gap']:>8}  {words['verdict']:<16}{words['ending']}"
    lines = [f"{title} · {words['order']} {figure(order, language, 2)}", f"  {words['item']:<44}{heads}"]
    for item in group["items"]:
        f = latest.get(item, {})
        gap = (f.get("gap") or {}).get("interview") or {}
        outcome = OUTCOMES[language].get(f.get("outcome", ""), "–")
        ending = ENDINGS[language].get(group["endings"].get(item, {}).get("ending", ""), "–")
        lines.append(
            f"  {item + ' ' + names[item]:<44.43}{figure(f.get('median'), language):>7}"
            f"{figure(f.get('iqr'), language):>7}{signed(gap.get('difference'), language):>8}  {outcome:<16}{ending}"
        )
    return lines


def signed(text: str | None, language: str) -> str:
    """A difference with its sign."""
    if text is None:
        return "–"
    return ("+" if float(text) > 0 else "−" if float(text) < 0 else "") + figure(text.lstrip("-"), language)


def profile_table(profile: dict[str, Any], goals: tuple[str, ...], language: str) -> list[str]:
    """The goals, stream by stream; a span where an item under the goal is not agreed."""
    words = WORDS[language]
    nodes = {node["id"]: node for node in profile["nodes"]}
    streams = ("interview", "metric", "workshop", "agreed")
    heads = "".join(f"{words[stream]:>13}" for stream in streams)
    lines = [words["profile"], f"  {words['goal']:<50}{heads}{words['items']:>9}"]
    for goal in goals:
        node = nodes[goal]
        cells = "".join(f"{span(node['streams'].get(stream), language):>13}" for stream in streams)
        agreed = node["streams"]["agreed"]
        count = f"{agreed['agreed']} / {agreed['of']}"
        lines.append(f"  {goal + ' ' + node['name']:<50.49}{cells}{count:>9}")
    told = ", ".join(f"{words[s]} {c['answered']} {words['of']} {c['asked']} = {c['text']}"
                     for s, c in profile["completeness"].items())  # fmt: skip
    return [*lines, f"  {words['complete']}: {told}"]


def span(stream: dict[str, Any] | None, language: str) -> str:
    if stream is None:
        return "–"
    if stream["value"] is None and stream["low"] is not None:
        return f"{figure(stream['low'], language)}–{figure(stream['high'], language)}"
    return figure(stream["value"], language)
