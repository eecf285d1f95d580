#!/usr/bin/env python3
"""verify.py: recompute a Mufakat bundle with Python alone (3.8 or newer; nothing is installed, nothing is unpacked).
    python verify.py BUNDLE.zip [--key VKEY] [--head NOTE]        (inside an unpacked bundle: python verify.py)
Exit status and first word: 0 VALID, 1 INVALID, 2 INCOMPLETE (something was withheld), 3 UNREADABLE. Written from the
description of the format and of the statistics, not from the server's code, so that the two can disagree. It owns the
second opinion, says itself what it does not recompute, and never imports anything of ours.
"""
# ruff: noqa: B905, E401, E701, I001  # at most 800 lines, on Pythons without zip(strict=) and pairwise
from __future__ import annotations

import base64, csv, hashlib, io, json, math, re, struct, sys, unicodedata, zipfile, zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from operator import ge
from pathlib import Path
from types import SimpleNamespace
from typing import Any
class Wrong(Exception): """Something that does not hold: a sentence in English and, after a bar, in Indonesian."""
class Unreadable(Wrong): """A file that one may not, or cannot, open."""
def demand(holds: Any, otherwise: str) -> None:
    if not holds: raise Wrong(otherwise)
def safe(holds: Any, otherwise: str) -> None:
    if not holds: raise Unreadable(otherwise)

# --- files: a zip within limits, or the folder it was unpacked into ---------------------------------------------------
MOST_FILES, MOST_BYTES, MOST_RATIO, SMALL, LONGEST = 20_000, 8 * 2**30, 100, 2**20, 16 * 2**20
TRAIL, OPENINGS, MANIFEST = "trail.jsonl", "openings.jsonl", "MANIFEST.sha256"
RESULTS, RATINGS, NEVER = "results.csv", "ratings.csv", "do not unpack it.|jangan dibuka."
NEEDED = {TRAIL, OPENINGS, "key.vkey", RESULTS, "report.html", "README.txt", "disclosure.json", MANIFEST}
NAME = re.compile(r"(?!(.*/)?\.\.?(/|\Z))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\Z")
HEAD = re.compile(r"checkpoints/(0|[1-9][0-9]{0,15})\.note\Z")
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
CUT = "This is no whole zip file; it was cut, or it is something else.|Ini bukan berkas zip yang utuh."
LARGE = "This is larger than any bundle.|Ini lebih besar daripada berkas audit mana pun."
class Files:  # the bundle's files by name, read as streams
    def __init__(self, path: Path) -> None:
        self.folder, self.zip, self.sizes = path, None, {}  # type: Path, Any, dict[str, int]
        if not path.is_dir(): self._zip(path)
        else:  # what else lies about in the folder is not the bundle's
            for file in [*map(path.joinpath, (*NEEDED, RATINGS, "verify.py")), *path.glob("checkpoints/*.note")]:
                safe(not file.is_symlink(), f"{file.name} is a link.|{file.name} adalah tautan.")
                self.sizes.update({file.relative_to(path).as_posix(): file.stat().st_size} if file.is_file() else {})
        safe({TRAIL, MANIFEST} <= set(self.sizes), f"This holds no {TRAIL}; name a bundle.|Di sini tidak ada {TRAIL}.")
    def _zip(self, path: Path) -> None:
        if not path.is_file(): raise OSError  # a pipe would be waited for without end
        with path.open("rb") as raw:
            raw.seek(max(0, raw.seek(0, io.SEEK_END) - 98))
            tail = raw.read()
        safe(tail[-22:-18] == b"PK\5\6" and tail[-2:] == b"\0\0", CUT)
        small, large, end, most = struct.unpack("<HL", tail[-12:-6]), (0, 0), 0, 0
        if len(tail) == 98 and tail[:4] == b"PK\6\6":  # whoever reads it may go by either end
            small, large = (small[0] % 0xFFFF, small[1] % (2**32 - 1)), struct.unpack("<QQ", tail[32:48])
        safe(max(small[0], large[0]) <= MOST_FILES and max(small[1], large[1]) <= 4 * SMALL, LARGE)
        try: self.zip = zipfile.ZipFile(str(path))
        except DAMAGE: raise Unreadable(CUT) from None
        for info in sorted(self.zip.infolist(), key=lambda info: info.header_offset):
            name, packed = info.orig_filename, info.compress_size
            fits = NAME.match(name) and len(name) < 101 and info.external_attr >> 28 != 0xA
            safe(fits, f"It holds a link or a path that leads elsewhere: {NEVER}")
            safe(not info.flag_bits & 0x41 and info.compress_type in (0, 8), f"{name} is encrypted or odd: {NEVER}")
            safe(info.file_size <= max(SMALL, MOST_RATIO * packed), f"{name} would swell beyond measure: {NEVER}")
            fits = info.header_offset >= end and (self.sizes or not info.header_offset)
            safe(fits and name not in self.sizes, f"{name} overlaps or stands twice: {NEVER}")
            end, self.sizes[name], most = info.header_offset + 30 + packed, info.file_size, most + MOST_RATIO * packed
        safe(len(self.sizes) <= MOST_FILES and sum(self.sizes.values()) <= min(MOST_BYTES, max(SMALL, most)), LARGE)
    def pieces(self, name: str, by_line: bool = False) -> Iterator[bytes]:
        """A file in pieces, or its lines without their newlines; nothing where it is missing."""
        if name not in self.sizes: return
        try:
            with self.zip.open(name) if self.zip else (self.folder / name).open("rb") as file:
                while piece := file.readline(LONGEST + 1) if by_line else file.read(2**18):
                    safe(not by_line or piece[-1:] == b"\n", f"{name} is cut amid a line.|{name} terpotong.")
                    yield piece[:-1] if by_line else piece
        except DAMAGE: raise Unreadable(f"{name} cannot be unpacked; it is damaged.|{name} rusak.") from None
    def read(self, name: str, most: int = SMALL) -> bytes:
        safe(self.sizes.get(name, 0) <= most, LARGE)
        return b"".join(self.pieces(name))
# --- canonical JSON (RFC 8785) of objects, lists, texts, whole numbers, true, false and null --------------------------
def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys: list[Any] = [key for key, _ in pairs]
    if not "".join(keys).isascii(): keys = [key.encode("utf-16-be", "surrogatepass") for key in keys]
    if any(map(ge, keys, keys[1:])): raise ValueError  # a key twice, or out of order
    return dict(pairs)
def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) >= 2**53: raise ValueError
    return int(digits)
READER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole, parse_float=int, parse_constant=int)
WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
def encode(value: Any) -> bytes: return WRITER.encode(value).encode("utf-8")
def sha(data: bytes) -> bytes: return hashlib.sha256(data).digest()
def canonical(line: bytes) -> Any:  # the value of one canonical line; ValueError or RecursionError for any other
    text = line.decode("utf-8")
    value = READER.decode(text)
    if encode(value) != line: raise ValueError
    plain = text if text.isascii() else re.sub(r"\\(u....|.)", '"', text)  # an escape composes with nothing
    if not text.isascii() and unicodedata.normalize("NFC", plain) != plain: raise ValueError
    return value
# --- signatures (RFC 8032, Ed25519), signed notes and heads (C2SP), Merkle tree (RFC 6962) ----------------------------
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
def add(a: Any, b: Any) -> Any:  # of (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z; holds for a = b as well
    low, high = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    c, d = 2 * a[3] * b[3] % P * D, 2 * a[2] * b[2]
    e, f, g, h = (high - low) % P, (d - c) % P, (d + c) % P, (high + low) % P
    return e * f % P, g * h % P, f * g % P, e * h % P
def decompress(data: bytes) -> Any:  # the point of 32 bytes; None where there is none
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P) if len(data) == 32 and y < P and (x * x - square) % P == 0 and x != P else None
BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
def signs(public: bytes, signature: bytes, text: bytes) -> bool:  # whether its first half is sB − hA
    point, s = decompress(public), int.from_bytes(signature[32:], "little")
    if point is None or len(signature) != 64 or s >= ORDER: return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    less = (P - point[0], point[1], 1, P - point[3])
    steps, total = (None, BASE, less, add(BASE, less)), (0, 1, 1, 0)
    for bit in range(252, -1, -1):
        total, step = add(total, total), steps[(s >> bit & 1) + 2 * (h >> bit & 1)]
        total = total if step is None else add(total, step)
    x, y = (part * pow(total[2], P - 2, P) % P for part in total[:2])
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]
def base64_of(text: str) -> bytes:  # strict base64; empty where the text is not the one text of its bytes
    try: data = base64.b64decode(text, validate=True)
    except ValueError: return b""
    return data if base64.b64encode(data).decode() == text else b""
def key_id(name: str, public: bytes) -> bytes: return sha(name.encode() + b"\n\1" + public)[:4]
def read_key(vkey: str) -> tuple[str, bytes]:  # name and public key of a verifier key, `name+hash+base64`
    name, _, rest = vkey.strip().partition("+")
    data = base64_of(rest[9:])
    point = decompress(data[1:]) if data[:1] == b"\1" else None
    for _ in range(3): point = point and add(point, point)  # under one of small order a stranger can forge
    demand(point and point[0] and name and not re.search(r"[\s\x00-\x1f\ud800-\udfff]", name)
           and rest[:9] == key_id(name, data[1:]).hex() + "+",
           "This is no Ed25519 verifier key (name+hash+base64).|Ini bukan kunci Ed25519 yang benar.")
    return name, data[1:]
def read_note(note: str, public: bytes) -> Any:  # (origin, size, root) of a head in a signed note; did the key sign it?
    text, border, stamps = note.rpartition("\n\n")
    lines, ours, odd = text.split("\n"), [], re.search(r"[\0-\t\v-\x1f\ud800-\udfff]", note)
    shape: Any = border and note[-1] == "\n" and not odd
    for line in stamps[:-1].split("\n"):
        who, _, stamp = line[2:].partition(" ")
        data = base64_of(stamp)
        shape = shape and line[:2] == "— " and who and len(data) > 4 and not re.search(r"[\s+]", who)
        ours += [data[4:]] if who == lines[0] and data[:4] == key_id(who, public) else []
    root = base64_of(lines[2]) if len(lines) == 3 and len(note) <= 65536 and stamps.count("\n") <= 64 else b""
    demand(shape and lines[0] and len(root) == 32 and re.match(r"(0|[1-9][0-9]{0,15})\Z", lines[1]),
           "This is no head in a signed note.|Ini bukan segel dalam catatan bertanda tangan.")
    signed = bool(ours) and all(signs(public, stamp, f"{text}\n".encode()) for stamp in ours)
    return (lines[0], int(lines[1]), root), signed
class Tree:  # the right edge of a Merkle tree: the roots of its perfect subtrees, the largest first
    def __init__(self) -> None: self.size, self.edge = 0, [b""][:0]
    def grow(self, line: bytes) -> None:
        node, size = sha(b"\0" + line), self.size
        while size & 1: node, size = sha(b"\1" + self.edge.pop() + node), size >> 1
        self.edge.append(node)
        self.size += 1
    def root(self) -> bytes:
        node = self.edge[-1] if self.edge else sha(b"")
        for left in reversed(self.edge[:-1]): node = sha(b"\1" + left + node)
        return node
# --- statistics in whole numbers and fractions; a place is a category's number on its scale, from 0 -------------------
HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
NO_SHORT = "who is short of agreement, by a rule other than the pair|yang kurang untuk sepakat, menurut aturan lain"
NO_FORM = "every field of framework, rule and settings|setiap isian kerangka, aturan, dan pengaturan"
NO_CHANCE = "interval and p value of W; W* where ratings miss|selang dan nilai p dari W; W* bila ada nilai kosong"
@lru_cache(maxsize=4096)
def needed_in_pair(n: int, size: int, share: Fraction, chance: int | None) -> int:
    """The fewest in a pair that are the share, and pass by chance at most `chance` percent of the time (or n + 1)."""
    need = max(1, math.ceil(n * share))
    while chance is not None and 0 < n >= need:
        ways = (size - 1) * sum(math.comb(n, j) * 2**j * (size - 2) ** (n - j) for j in range(need, n + 1))
        if chance * size**n < 100 * ways <= (size - 1) * chance * size**n:  # neighbours that both hold it count once
            tails = [[*accumulate(math.comb(m, b) * (size - 3) ** (m - b) for b in range(m, -1, -1))]
                     for m in range(n, 2 * need - n - 1, -1)]
            ways -= (size - 2) * sum(math.comb(n, a) * math.comb(n - a, c) * tails[a + c][n - need - max(a, c)]
                                     for a in range(n - need + 1) for c in range(n - need + 1))
        if 100 * ways <= chance * size**n: break
        need += 1
    return need
def quantile(counts: list[int], part: Fraction) -> Fraction:  # Hyndman–Fan type 7, as a place
    run = list(accumulate(counts))
    rank = (run[-1] - 1) * part
    low = math.floor(rank)
    return bisect_right(run, low) + (rank - low) * (bisect_right(run, low + 1) - bisect_right(run, low))
def fullest_pair(counts: list[int]) -> tuple[int, int]:  # the fullest at the median: lower place and ratings
    median = quantile(counts, HALF)
    held = [(counts[low] + counts[low + 1], -low) for low in range(len(counts) - 1) if low <= median <= low + 1]
    return -max(held)[1], max(held)[0]
def camps_of(counts: list[int]) -> Any:  # places of the fullest category of each of two camps; None where not two
    n, parted = sum(counts), []
    for at in range(1, len(counts) - 1):
        low, high = counts[:at], counts[at + 1 :]
        if 2 * counts[at] <= min(max(low), max(high)) and 4 * min(sum(low), sum(high)) >= n > 0:
            parted.append((counts[at], at, low.index(max(low)), at + 1 + high.index(max(high))))
    return min(parted)[2:] if parted else None
def midranks(row: list[int]) -> dict[int, int]:  # twice the centred midrank of each rated item; 0 is no rating
    order = sorted(value for value in row if value)
    return {j: bisect_left(order, v) + bisect_right(order, v) - len(order) for j, v in enumerate(row) if v}
def concordance(rows: list[list[int]], told: Any) -> tuple[Any, Any]:
    """Kendall's W with ties and the tie-weighted mean Spearman; W* follows from its mean, which is taken as told."""
    complete = all(map(all, rows))
    ranks = [r for r in map(midranks, rows) if complete or len(r) > 1]
    compared = {j for r in ranks if any(r.values()) for j in r}
    if len(ranks) < 2 or not compared or (told is None and not complete): return None, None
    weight = Fraction(sum(len(r) - 1 for r in ranks), len(compared) - 1)  # the number of raters, if all rate all
    if not complete: return (1 + Fraction(told) * (weight - 1)) / weight, Fraction(told)
    sums = [sum(r[j] for r in ranks) for j in compared]
    w = Fraction(sum(one * one for one in sums), len(ranks) * sum(c * c for r in ranks for c in r.values()))
    return w, (weight * w - 1) / (weight - 1)
def mean(kind: str, parts: list[tuple[Fraction, Fraction]]) -> Fraction:  # the weighted mean of (value, weight)
    total = sum((weight for _, weight in parts), Fraction())
    if kind == "arithmetic": return sum((value * weight for value, weight in parts), Fraction()) / total
    if any(value == 0 for value, _ in parts): return Fraction()
    if kind == "harmonic": return total / sum((weight / value for value, weight in parts), Fraction())
    return Fraction(math.exp(math.fsum(float(w) * math.log(value) for value, w in parts) / float(total)))
class Rule:  # the clauses of a rule document, asked of the counts of one item
    def __init__(self, clauses: dict[str, Any], size: int) -> None:
        self.of, self.size, self.share = clauses, size, Fraction(clauses["share_percent"]) / 100
        self.shift, self.iqr = Fraction(clauses["median_shift"]), Fraction(clauses["iqr_at_most"] or size)
        self.plain = clauses["location"] == "pair" and clauses["iqr_at_most"] is None
        demand(clauses["location"] in ("pair", "within_one", "rand_ucla") and HALF < self.share <= 1
               and clauses["agreed_value"] in ("median", "mean", "hodges_lehmann"), "fixes a rule that cannot be read")
    def needed(self, n: int) -> Any:
        asks = self.of["location"] != "rand_ucla"
        return needed_in_pair(n, self.size, self.share, self.of["chance_percent"]) if asks else None
    def holds(self, counts: list[int], needed: Any) -> bool:  # the location clause
        if not sum(counts) or quantile(counts, 3 * QUARTER) - quantile(counts, QUARTER) > self.iqr: return False
        if needed is None:  # RAND/UCLA, with the places moved onto 1 to 9
            low, high = (1 + 8 * quantile(counts, Fraction(p, 10)) / (self.size - 1) for p in (3, 7))
            return high - low <= Fraction("2.35") + Fraction("1.5") * abs(5 - (low + high) / 2)
        near = sum(c for place, c in enumerate(counts) if abs(place - quantile(counts, HALF)) <= 1)
        return bool((near if self.of["location"] == "within_one" else fullest_pair(counts)[1]) >= needed)
    def short_by(self, counts: list[int], needed: Any) -> Any:  # fewest people whose one step makes it hold
        windows = [counts[max(0, low - 1) : low + 3] for low in range(self.size - 1)]
        costs = [max(0, needed - sum(counts[low : low + 2])) for low, at in enumerate(windows) if sum(at) >= needed]
        return min(costs, default=None) if sum(counts) else None
    def outcome(self, counts: list[int], needed: Any, vote: int, enough: bool, still: bool) -> str:  # the first to hold
        n = sum(counts)
        enough = enough and n >= self.of["quorum"] and (self.of["chance_percent"] is None or needed <= n)
        if not enough: return "insufficient"
        if self.holds(counts, needed):
            settled = "consensus" if vote >= self.of["settle_from_vote"] else "provisional"
            return settled if vote == 1 or still else "moving"
        if vote >= self.of["cap"] or camps_of(counts): return "at_cap" if vote >= self.of["cap"] else "dissent"
        if not self.plain: return "near or open"
        short = self.short_by(counts, needed)
        return "open" if short is None or short > self.of["near"] else "near"
    def agreed(self, counts: list[int]) -> Fraction:  # the place of the value that stands for ratings
        means = [0] * (2 * self.size - 1)
        for a, some in enumerate(counts):
            for b, others in enumerate(counts[: a + 1]):
                means[a + b] += some * (some + 1) // 2 if a == b else some * others
        mean = Fraction(sum(place * c for place, c in enumerate(counts)), sum(counts))
        return {"median": quantile(counts, HALF), "mean": mean}.get(self.of["agreed_value"], quantile(means, HALF) / 2)
# --- what a line may hold, and what may follow what -------------------------------------------------------------------
LINES = """workshop.created workshop:s title:s city:s? language:s synthetic:b groups:l; note.added / text
workshop.started framework:h rule:h settings:h baseline:h?; round.opened round:i items:l minutes:i?
round.paused,round.resumed,round.reopened round:i; round.extended round:i minutes:i; content.erased openings:l
round.closed round:i seated:i answered:i; ballot.cast round:i / ballot; round.assessed round:i ballots:i / group item/*
round.voided round:i / reason; figures.revealed round:i baseline:b reasons:b; group.reopened round:i? / reason
reason.moderated round:i item:s reason:i / why; paper.entered,paper.confirmed round:i / seat
gap.explained item:s stream:e cause:y / note; item.decided item:s value:i? / reason; group.concluded round:i? / item/*
minority.attached item:s public:b / text; index.frozen method:s / node/*; file.attached node:s digest:h size:i / name
bundle.disclosed disclose:p digest:h; initiative.linked initiative:s node:s relation:s strength:i / rationale
initiative.unlinked initiative:s node:s; origin.continued origin:s head:s key:s
framework.fixed,rule.fixed,settings.fixed digest:h document:o; seat.revoked seat:i group:s channel:c / reason?
baseline.imported,initiatives.imported,plan.imported digest:h synthetic:b rows:l
seat.issued,seat.taken,seat.moved,seat.absent seat:i group:s channel:c"""  # `?` may be null; / what is sealed
KINDS = {kind: row.strip().partition(" ")[2] for row in re.split("[;\n]", LINES) for kind in row.split()[0].split(",")}
FIGURES = ("item:s vote:i n:i seated:i answered:i cannot:o counts:l median:d? q1:d? q3:d? iqr:d? pair:l? in_pair:i "
           "needed:i? outcome:s flags:l short_by:i? stability:o? gap:o")
MOVED = "paired:i median_shift:d? left_pair:i changed:i net_change:d?"
OF_GROUP = "w:d? mean_spearman:d? low:d? high:d? p_value:d? method:s? raters:i items:i complete:b"
ALWAYS = ("note.added file.attached initiatives.imported plan.imported initiative.linked initiative.unlinked "
          "content.erased origin.continued")
SEATS = f"seat.issued seat.taken seat.moved seat.absent seat.revoked {ALWAYS}"
VOTING = "round.extended paper.entered paper.confirmed round.closed>closed round.voided>back"
PHASES = {  # kind>phase leads on, any other stays; back: revealed, or waiting where no round stands
    "draft": f"framework.fixed rule.fixed settings.fixed baseline.imported {SEATS} workshop.started>running",
    "running": f"{SEATS} index.frozen>frozen", "frozen": f"{ALWAYS} bundle.disclosed",
    "open": f"{VOTING} round.paused>paused", "paused": f"{VOTING} round.resumed>open",
    "waiting": "item.decided round.opened>open group.concluded>concluded", "concluded": "group.reopened>back",
    "closed": "ballot.cast round.reopened>open round.assessed>disclosed round.voided>back",
    "disclosed": "gap.explained reason.moderated figures.revealed>revealed round.voided>back",
    "revealed": "figures.revealed item.decided minority.attached gap.explained reason.moderated round.opened>open "
                "group.concluded>concluded round.voided>back"}
NEXT = {phase: dict(f"{kind}>{phase}".split(">")[:2] for kind in row.split()) for phase, row in PHASES.items()}
TYPES, SURVEYS = {"i": int, "b": bool, "o": dict, "l": list}, ("interview", "metric")  # type: Any, tuple[str, str]
FORMS = {"h": r"[0-9a-f]{64}\Z", "d": r"(?!-0\.0{6})-?(0|[1-9][0-9]*)\.[0-9]{6}\Z", "c": r"(card|open|paper)\Z",
         "e": r"(interview|metric)\Z", "k": r"(dimension|plenary)\Z", "p": r"(public|full)\Z",
         "n": r"(no_knowledge|no_data|unclear|not_applicable)\Z",
         "y": r"(new_evidence|scope|year|scale_reading|interest|real_disagreement)\Z"}
def shaped(value: Any, shape: str) -> Any:  # it has these fields: `?` null, `*` missing allowed
    fields = dict(field.split(":") for field in shape.split())
    demand(type(value) is dict and set(value) <= set(fields), "has other fields than it must")
    for name, kind in fields.items():
        told, form = value.get(name), FORMS.get(kind[0], "")
        fits = type(told) is TYPES.get(kind[0], str) and (not form or re.match(form, told))
        demand(fits if told is not None else ("?" if name in value else "*") in kind, f"has no {name} as it must")
    return value
def same(what: str, told: Any, due: Any, slack: str = "1.5") -> None:  # decimals: within units
    if isinstance(due, dict) and isinstance(told, dict) and set(due) == set(told):
        for name in due: same(f"{what} {name}", told[name], due[name], slack)
        return
    fits = told == due and type(told) is type(due)
    if isinstance(due, Fraction):
        fits = bool(re.match(FORMS["d"], str(told))) and abs(Fraction(told) - due) * 10**6 <= Fraction(slack) + 10**-5
        due = f"{float(due):.6f}"
    demand(fits, f"gives {what} as {told}; it is {due}|menyebut {what} {told}; seharusnya {due}")
# --- the history ------------------------------------------------------------------------------------------------------
def standing(group: Any, item: str | None = None) -> list[Any]:  # not voided; and assessed it
    return [r for r in group.rounds if not r.voided and (item is None or (r.assessed and item in r.items))]
def outcome_of(r: Any, item: str) -> str:
    return str(r.told[item]["outcome"]) if r and item in r.told else "insufficient"
def counted(group: Any, item: str) -> list[Any]:
    return [r for r in standing(group, item) if outcome_of(r, item) != "insufficient"]
def latest(group: Any, item: str) -> tuple[Any, bool]:  # an item's latest counted vote, and whether that is known
    for r in reversed(standing(group, item)):
        if item not in r.told or outcome_of(r, item) != "insufficient":
            return (r, True) if item in r.told else (None, False)
    return None, True
def place_of(r: Any, voice: str, item: str) -> int:  # the place that a voice rated, from 1; 0 where it did not
    return int(r.cast[voice][r.items.index(item)]) if voice in r.cast else 0
class Story(SimpleNamespace):  # the workshop as its entries tell it; `tell` raises Wrong for one that cannot follow
    phase: str
    def __init__(self, public: bool, below: int) -> None:
        super().__init__(public=public, below=below, phase="draft", groups={}, seats={}, digests={}, rows=[], scores={},
                         voices=set(), taken=set(), left_out={NO_FORM}, least=5, origins=[("", 0)], under={}, full={})
    def tell(self, entry: Any, sealed: dict[str, str], opened: dict[str, Any], salts: dict[str, str]) -> None:
        kind, body, scope, first = entry["kind"], entry["body"], entry["scope"], entry["seq"] == 0
        group = self.groups.get(scope)
        phase, r = (group or self).phase, [None, *(standing(group) if group else ())][-1]  # type: str, Any
        demand(first == (kind == "workshop.created") and (group or scope == "workshop"), f"cannot be of {scope}")
        demand(first or (kind in NEXT[phase] and (not group or self.phase == "running")),
               f"cannot follow while {scope} is {phase}|tidak mungkin selagi {scope} berada pada tahap {phase}")
        if group is None:
            self._of_workshop(kind, entry["seq"], body, sealed, opened)
            self.phase = NEXT[phase].get(kind, phase)
            return
        named = kind in ("round.opened", "reason.moderated") or body.get("round", r and r.number) == (r and r.number)
        demand(named and body.get("item", group.items[0]) in group.items, "names another round or item")
        demand(phase != "closed" or not r.ballots or kind in ("ballot.cast", "round.assessed"), "stands among ballots")
        self._of_group(group, r, kind, entry, sealed, opened, salts)
        group.phase = NEXT[phase][kind].replace("back", "revealed" if standing(group) else "waiting")
    def _of_workshop(self, kind: str, seq: int, body: Any, sealed: Any, opened: dict[str, Any]) -> None:
        (what, verb), document = kind.split("."), body.get("document", body.get("rows"))
        if verb in ("fixed", "imported"):
            demand(sha(encode(document)).hex() == body["digest"], f"has another digest ({what})|sidiknya lain ({what})")
            self.digests.update({what: body["digest"]} if what not in ("initiatives", "plan") else {})
        if what == "framework": self._framework(document)
        elif what == "rule": self.rule = Rule(document, len(self.scale))
        elif what == "settings": self.least = document.get("suppress_below", 5)
        elif what == "baseline":
            self.rows, found = document, {(row["item"], row["stream"]): row["score"] for row in document}
            self.scores = {at: Fraction(score) for at, score in found.items() if score is not None}
            fits = len(found) == len(document) and {item for item, _ in found} <= set(self.leaves(None))
            demand(fits and all(self.scale[0] <= one <= self.scale[-1] for one in self.scores.values()), "is no survey")
        elif verb == "created":
            for spec in body["groups"]:
                self.groups[spec["id"]] = SimpleNamespace(
                    **shaped(spec, "id:s kind:k node:s? items:l name:o?*"), phase="waiting", unsealed=-1, rounds=[],
                    decided={}, minorities=[], causes={}, endings={})
            self.language, self.origins = body["language"], [(f"mufakat/{body['workshop']}", 2**53)]
            demand(len(self.groups) == len(body["groups"]) > 0, "names a group twice")
        elif verb == "continued":  # a restored copy goes on under a new name, and cites the last head of an earlier one
            (name, public), before = read_key(body["key"]), self.origins[-1][0]
            (cited, _, _), signed = read_note(body["head"], public)
            named = [re.findall(r"\A(.+?)/?([2-9]|[1-9][0-9]+|)\Z", one)[0] for one in (before, cited, body["origin"])]
            fits = signed and name == cited and len({one for one, _ in named}) == 1
            demand(fits and int(named[0][1] or 1) <= int(named[1][1] or 1) < int(named[2][1] or 1), "continues another")
            self.origins[-1:] = [(before, seq), (cited, seq), (body["origin"], 2**53)]
        elif verb == "started":
            demand({name: told for name, told in body.items() if told} == self.digests, "cites other digests")
        elif what == "seat":
            number, (status, was) = body["seat"], self.seats.get(body["seat"], ("", ""))
            fits = (status == "") == (verb == "issued") and status != "revoked" and body["group"] in self.groups
            demand(fits, f"is impossible for seat {number}")
            self.seats[number] = (status if verb == "moved" else verb, body["group"])
            self.full.clear()
            if verb == "taken": self.taken.add(number)
            for group in self.groups.values() if verb == "revoked" else ():
                if group.phase == "closed" and (group.kind == "plenary" or group.id == was):
                    standing(group)[-1].gone += not standing(group)[-1].ballots  # its ballot goes with it
        elif verb == "frozen":
            fits = all(group.phase == "concluded" for group in self.groups.values())
            demand(fits and body["method"] == self.rule.of["agreed_value"], "freezes too early, or by another rule")
            self._profile(sealed, opened)
    def _framework(self, document: dict[str, Any]) -> None:
        self.nodes, self.scale = {node["id"]: node for node in document["nodes"]}, document["scale"]["categories"]
        other = document.get("aggregation", "arithmetic")
        usual = {at["key"]: at.get("aggregation", other) for at in document["levels"]}
        self.mean = {key: node.get("aggregation") or usual[node["level"]] for key, node in self.nodes.items()}
        self.floor, self.step = document["coverage_floor_percent"], self.scale[1] - self.scale[0]
        self.under.clear()
        for key, node in self.nodes.items(): self.under.setdefault(node["parent"], []).append(key)
        self.order, waiting = [], self.under[None][::-1]  # type: list[str], list[str]
        while waiting:
            self.order.append(waiting.pop())
            waiting += self.under.get(self.order[-1], [])[::-1]
        fits = [set(g.items) <= set(self.leaves(None)) if g.kind == "plenary" else g.items == self.leaves(g.node)
                for g in self.groups.values()]
        demand(all(fits) and len(self.order) == len(document["nodes"]) and self.step > 0 and
               self.scale == [*map(self.at, range(len(self.scale)))], "fixes a framework that does not fit")
    def leaves(self, node: Any) -> list[str]:
        return [leaf for child in self.under[node] for leaf in self.leaves(child)] if node in self.under else [node]
    def at(self, place: Any) -> Any: return self.scale[0] + place * self.step
    def _of_group(self, g: Any, r: Any, kind: str, entry: Any, sealed: Any, opened: Any, salts: Any) -> None:
        body, item = entry["body"], entry["body"].get("item", "")
        if g.id not in self.full:
            taken = [at for status, at in self.seats.values() if status == "taken"]
            self.full[g.id] = len(taken) if g.kind == "plenary" else taken.count(g.id)
        seated = self.full[g.id]
        if kind == "round.opened":
            items = [one for one in g.items if one in body["items"] and one not in g.decided
                     and len(counted(g, one)) < self.rule.of["cap"]]
            demand(body["round"] == len(g.rounds) + 1 and items == body["items"] != [], "opens what may not be opened")
            g.rounds.append(SimpleNamespace(
                number=body["round"], items=items, at="", cast={}, ballots=0, missing=0, told={}, voided=False,
                counts={one: [0] * len(self.scale) for one in items}, replies={one: {} for one in items},
                rows={one: [] for one in items}, assessed=False))
        elif kind == "round.closed":
            r.seated, r.answered, r.gone = body["seated"], body["answered"], 0
            demand(r.seated == seated >= r.answered >= 0, f"counts {r.seated} seats; {seated} are taken")
        elif kind == "ballot.cast":
            demand(r.ballots < min(seated, r.answered), "is one ballot too many|adalah surat suara berlebih")
            demand(r.at in ("", entry["at"]), "is later than the other ballots|lebih lambat daripada surat suara lain")
            r.at, r.ballots, r.missing = entry["at"], r.ballots + 1, r.missing + (not opened)
            if opened: self._ballot(r, opened["ballot"], salts["ballot"])
        elif kind == "round.assessed":
            self._assess(g, r, body, sealed, opened)
            g.unsealed = entry["seq"]
        elif kind == "gap.explained":
            demand((item, body["stream"]) in self.scores, "explains no difference")
            g.causes[item, body["stream"]] = body["cause"]
        elif kind == "item.decided":
            value, undone = body["value"], g.decided.pop(item, None) is not None
            may = value in self.scale and outcome_of(latest(g, item)[0], item) != "consensus"
            demand(g.kind != "plenary" and (undone if value is None else may), "may not be decided|tidak boleh")
            g.decided.update({} if value is None else {item: value})
        elif kind == "minority.attached":
            g.minorities.append(item)
            demand(g.kind != "plenary" and standing(g, item), "belongs to no vote")
        elif kind == "group.concluded": self._conclude(g, sealed, opened)
        elif kind == "group.reopened": g.endings = {}
        elif kind == "round.voided": r.voided = True
    def _ballot(self, r: Any, ballot: Any, salt: str) -> None:
        voice, answers = (shaped(ballot, "voice:s answers:l")[name] for name in ("voice", "answers"))
        given = {shaped(one, "item:s value:i? cannot:n?* confidence:i?* reason:s?*")["item"]: one for one in answers}
        self.voices.add(voice)
        demand(voice not in r.cast, "is the second ballot of one voice|surat suara kedua dari satu suara")
        demand(len(self.voices) <= len(self.taken), "is of more voices than seats|suaranya melebihi kursi")
        demand(0 < len(given) == len(answers) and set(given) <= set(r.items), "answers other items|menjawab butir lain")
        r.cast[voice] = bytes(self.scale.index(given[one]["value"]) + 1 if given.get(one, {}).get("value") is not None
                              else 0 for one in r.items)
        for one, place in ((one, place) for one, place in zip(r.items, r.cast[voice]) if one in given):
            why, sure = given[one].get("cannot"), given[one].get("confidence")
            demand((place == 0) == (why is not None) and sure in (None, 1, 2, 3), f"cannot answer {one} so")
            r.replies[one][why] = r.replies[one].get(why, 0) + 1
            r.counts[one][place - 1] += place > 0
            rater = sha(bytes.fromhex(salt) + one.encode()).hex()[:8]
            r.rows[one].append((rater, given[one]["value"], why, sure))
    def _assess(self, g: Any, r: Any, body: dict[str, Any], sealed: Any, opened: dict[str, Any]) -> None:
        demand(body["ballots"] == r.ballots and r.answered - r.ballots <= r.gone,
               f"counts {r.ballots} ballots; {r.answered} answered|memuat {r.ballots} surat suara dari {r.answered}")
        demand(set(sealed) == {"group", *(f"item/{item}" for item in r.items)}, "seals other items than its round has")
        for item in (item for item in r.items if f"item/{item}" in opened):
            told = shaped(opened[f"item/{item}"], FIGURES)
            same(item, told, self._figures(g, r, item, told))
            r.told[item] = told
        if "group" in opened: self._order_of(g, r, shaped(opened["group"], OF_GROUP))
        whole = [one for one in standing(g) if len(one.told) == len(one.items)]
        demand(not self.public or "group" not in opened or whole == standing(g), "opens group|membuka group")
        for item, told in r.told.items() if self.public else ():
            moved, both = told["stability"], [r in whole and one in whole for one in counted(g, item)]
            many = moved is None or (moved["paired"] >= self.below and both[-1:] == [True])
            demand(told["n"] >= self.below and many, f"opens {item}, of too few|membuka {item}, terlalu sedikit")
        text = io.StringIO(newline="")
        for item, rows in r.rows.items():
            rows.sort(key=lambda row: [*map(str, row)])
            csv.writer(text).writerows((cell(g.id), r.number, cell(item), *row) for row in rows)
        r.table, r.rows, r.assessed = text.getvalue().encode(), {}, True
    def _figures(self, g: Any, r: Any, item: str, told: dict[str, Any]) -> dict[str, Any]:
        """What an item's figures must be; where ballots are withheld, what they counted and moved is taken as told."""
        rule, counts, answered = self.rule, r.counts[item], sum(r.replies[item].values())
        cannot = {why: count for why, count in r.replies[item].items() if why}
        if r.missing:
            more = [told["cannot"][why] - cannot.get(why, 0) for why in {**told["cannot"], **cannot}]
            more += [*map(int.__sub__, told["counts"], counts), r.missing - told["answered"] + answered]
            counts, cannot, answered = told["counts"], told["cannot"], told["answered"]
            given = [*counts, *cannot.values()]
            fits = {*map(type, given)} == {int} and len(counts) == len(self.scale) and all(cannot.values())
            demand(fits and min(more) >= 0 and answered == sum(given), f"counts {item} as cannot be")
        n, votes, (before, known) = sum(counts), 1 + len(counted(g, item)), latest(g, item)
        vote = min(max(votes, told["vote"]), votes + sum(item not in one.told for one in standing(g, item)))
        moved = told["stability"] and shaped(told["stability"], MOVED)
        if known and (before is None or not r.missing + before.missing): moved = before and self._moved(r, before, item)
        demand((moved is None) == (vote == 1), f"compares {item} with no vote")
        few = max(1, rule.of["left_percent"] * (moved["paired"] if moved else 0) // 100)
        near = bool(moved and moved["paired"]) and abs(Fraction(moved["median_shift"])) <= rule.shift * self.step
        needed, enough = rule.needed(n), 100 * answered >= rule.of["answered_percent"] * r.seated
        asked = (vote, enough, near and moved["left_pair"] <= few)
        outcome = rule.outcome(counts, needed, *asked)
        around = [] if needed is None or outcome == "insufficient" else [max(1, needed - 1), min(n, needed + 1)]
        others = {rule.outcome(counts, other, *asked) for other in around} - {outcome}
        unsure = "near or open" in (outcome, *others) and others <= {"near or open"}
        flags = {"small_panel": n < rule.of["small_panel"], "stable": near and moved["changed"] <= few,
                 "two_camps": camps_of(counts) is not None, "fragile": "fragile" in told["flags"] if unsure else others}
        guess = 0 if rule.holds(counts, needed) else told["short_by"] or None if n >= max(1, needed or 0) else None
        short = rule.short_by(counts, needed) if rule.plain else guess
        if not rule.plain and short != 0: self.left_out.add(NO_SHORT)
        if outcome == "near or open":
            outcome = "near" if short is not None and 0 < short <= rule.of["near"] else "open"
        q1, median, q3 = (self.at(quantile(counts, QUARTER * k)) if n else Fraction() for k in (1, 2, 3))
        (low, inside), gaps = fullest_pair(counts) if n else (0, 0), {}
        for stream, score in ((stream, score) for (one, stream), score in self.scores.items() if one == item):
            off: Any = median - score if n else None
            size = ("close", "slight", "wide")[(2 * abs(off) >= self.step) + (abs(off) >= self.step)] if n else None
            sides = [(value > score) - (value < score) for value in self.scale]
            people = [sum(c for c, side in zip(counts, sides) if side == sign) for sign in (1, 0, -1)]
            gaps[stream] = {"difference": off, "size": size, "above": people[0], "same": people[1], "below": people[2]}
        return {
            "item": item, "vote": vote, "n": n, "seated": r.seated, "answered": answered, "cannot": cannot, "gap": gaps,
            "counts": counts, "median": median, "q1": q1, "q3": q3, "iqr": q3 - q1, "in_pair": inside,
            "pair": self.scale[low : low + 2] if n else None, "needed": needed, "outcome": outcome, "short_by": short,
            "flags": [flag for flag, holds in flags.items() if holds], "stability": moved,
            **({} if n else dict.fromkeys(("median", "q1", "q3", "iqr")))}
    def _moved(self, r: Any, before: Any, item: str) -> dict[str, Any]:  # how the voices of both votes moved
        both = [(place_of(before, voice, item) - 1, place_of(r, voice, item) - 1) for voice in r.cast]
        pairs = [pair for pair in both if min(pair) >= 0]
        sides = [*zip(*pairs)] if pairs else [(), ()]
        old, new = ([side.count(place) for place in range(len(self.scale))] for side in sides)
        low = fullest_pair(new)[0] if pairs else 0
        return {
            "paired": len(pairs), "changed": sum(was != place for was, place in pairs),
            "left_pair": sum(low <= was <= low + 1 and not low <= place <= low + 1 for was, place in pairs),
            "median_shift": (quantile(new, HALF) - quantile(old, HALF)) * self.step if pairs else None,
            "net_change": Fraction(sum(abs(a - b) for a, b in zip(old, new)), 2 * len(pairs)) if pairs else None}
    def _order_of(self, g: Any, r: Any, told: dict[str, Any]) -> None:  # over each present rater's latest ratings
        votes = {item: counted(g, item) + [r] * (outcome_of(r, item) != "insufficient") for item in g.items}
        if any(one.missing or len(one.told) < len(one.items) for one in standing(g)): return
        last = [[[place_of(one, voice, item) for one in votes[item]] for item in g.items] for voice in r.cast]
        rows = [[next(filter(None, reversed(places)), 0) for places in row] for row in last]
        rated = [j for j in range(len(g.items)) if any(row[j] for row in rows)]
        rows = [[row[j] for j in rated] for row in rows if any(row)]
        many, complete = len(rows) > 1 < len(rated), all(map(all, rows))
        w, rho = concordance(rows, told["mean_spearman"]) if many else (None, None)
        chances = [Fraction(told[name] or 0) for name in ("low", "high", "p_value")]
        self.left_out |= {NO_CHANCE} if any(chances) else set()
        demand(told["method"] in (("exact", "f" if complete else "chi2") if many else (None,)) and min(chances) >= 0 and
               max(chances) <= (w is not None), "gives W a chance that cannot be")
        due = {"raters": len(rows), "items": len(rated), "complete": complete, "w": w, "mean_spearman": rho}
        same("group", told, {**told, **due}, "1.5" if complete else "2")
    def _conclude(self, g: Any, sealed: dict[str, str], opened: dict[str, Any]) -> None:
        demand(set(sealed) == {f"item/{item}" for item in g.items if g.kind != "plenary"}, "ends other items")
        for item in (item for item in g.items if f"item/{item}" in opened):
            told = g.endings[item] = shaped(opened[f"item/{item}"], "ending:s value:d? camps:l? round:i?")
            (vote, known), value, camps = latest(g, item), None, None
            counts, outcome = vote.told[item]["counts"] if vote else [], outcome_of(vote, item)
            agreed = "agreed_with_reservation" if item in g.minorities else "agreed"
            if item in g.decided or not known:
                ending, value = "decided", Fraction(g.decided.get(item, 0))
            elif outcome in ("consensus", "provisional", "moving"):
                ending, value = agreed if outcome == "consensus" else "unconfirmed", self.at(self.rule.agreed(counts))
            else: ending, camps = "not_agreed" if vote else "not_rated", vote and camps_of(counts)
            due = {"ending": ending, "value": value, "camps": camps and [self.scale[place] for place in camps],
                   "round": vote.number if vote else None if known else told["round"]}
            may = "decided" if item in g.decided else f"{agreed} unconfirmed not_rated not_agreed"
            demand(told["ending"] in may.split() and [*map(type, told["camps"] or (0, 0))] == [int, int], "ends so")
            same(item, told, due if known or item in g.decided else told, "0.5")
    def _profile(self, sealed: dict[str, str], opened: dict[str, Any]) -> None:
        streams = [stream for stream in SURVEYS if any(row["stream"] == stream for row in self.rows)]
        streams += ["workshop", *({"plenary"} & {g.kind for g in self.groups.values()}), "agreed"]
        demand(set(sealed) == {f"node/{key}/{stream}" for key in self.order for stream in streams}, "seals other nodes")
        for stream in streams:
            found: dict[str, Any] = {}
            for key in reversed(self.order):
                found[key] = self._node(stream, key, found) if key in self.under else self._leaf(stream, key)
                name = f"node/{key}/{stream}"
                told = shaped(opened[name], "value:d? low:d? high:d? agreed:i of:i") if name in opened else {}
                if told and found[key]:
                    value, low, high, agreed, of = found[key]
                    low, high = (low, high) if value is None and stream == "agreed" else (None, None)
                    same(name, told, {"value": value, "low": low, "high": high, "agreed": agreed, "of": of}, "0.5")
    def _leaf(self, stream: str, leaf: str) -> Any:  # value, low, high, agreed, of; None: withheld
        value, low, high = self.scores.get((leaf, stream)), Fraction(self.scale[0]), Fraction(self.scale[-1])
        kind, agreed = "plenary" if stream == "plenary" else "dimension", None
        for g in (g for g in self.groups.values() if g.kind == kind and leaf in g.items and stream not in SURVEYS):
            (vote, known), end = latest(g, leaf), g.endings.get(leaf) if stream == "agreed" else None
            agreed = int(end["ending"].startswith("agreed")) if end else agreed
            if end and (agreed or end["ending"] == "decided"): value = Fraction(end["value"])
            elif not known or (stream == "agreed" and not end): return None
            elif vote and stream == "agreed":
                low, high = Fraction(vote.told[leaf]["q1"]), Fraction(vote.told[leaf]["q3"])
            elif vote: value = Fraction(vote.told[leaf]["median"])
        low, high = (low, high) if value is None else (value, value)
        return value, low, high, int(value is not None) if stream != "agreed" else agreed or 0, 1
    def _node(self, stream: str, key: str, found: dict[str, Any]) -> Any:
        parts = [(found[child], Fraction(self.nodes[child]["weight"])) for child in self.under[key]]
        if not all(part for part, _ in parts): return None
        under, valued = set(self.leaves(key)), [(part[0], weight) for part, weight in parts if part[0] is not None]
        rows = [row for row in self.rows if row["stream"] == stream and row["item"] in under]
        asked, answered = (sum(row[name] for row in rows) for name in ("asked", "answered"))
        covered = stream not in SURVEYS or (asked > 0 and 100 * answered >= self.floor * asked)
        hidden = not valued or not covered or (stream == "agreed" and len(valued) < len(parts))
        ends = [mean(self.mean[key], [(part[side], weight) for part, weight in parts]) for side in (1, 2)]
        value = None if hidden else mean(self.mean[key], valued)
        return value, *ends, sum(part[3] for part, _ in parts), sum(part[4] for part, _ in parts)
    def results(self) -> Iterator[list[Any]]:  # the rows of `results.csv`
        figures = ["n", "median", "q1", "q3", "iqr", "in_pair", "needed", "outcome"]
        yield ["group", "item", "name", "round", *figures, "ending", "value", "interview", "metric", "gap", "cause"]
        asked = {(row["item"], row["stream"]): row["score"] for row in self.rows}
        for g, item in ((one, i) for one in self.groups.values() for i in one.items if "framework" in self.digests):
            vote, ending, name = latest(g, item)[0], g.endings.get(item, {}), self.nodes[item]["name"]
            told, scores = vote.told[item] if vote else {}, [asked.get((item, stream)) for stream in SURVEYS]
            against = "metric" if scores[0] is None and scores[1] is not None else "interview"
            gap = told.get("gap", {}).get(against, {}).get("difference")
            yield [g.id, item, name.get(self.language) or name["en"], vote and vote.number, *map(told.get, figures),
                   ending.get("ending"), ending.get("value"), *scores, gap, g.causes.get((item, against))]
# --- the questions ----------------------------------------------------------------------------------------------------
BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError, RecursionError)
HIDDEN = ("paper.entered", "paper.confirmed")  # which seat handed in a paper ballot; no bundle says
RECORDS = ("ballot.cast", "round.assessed", "group.concluded", "index.frozen")
class Check:  # `faults` holds what does not hold, `withheld` what is not opened
    def __init__(self, path: Path, vkey: str | None, note: str | None) -> None:
        self.files, self.withheld, self.heads = Files(path), {}, {}  # type: Files, dict[str, int], dict[int, bytes]
        self.faults, self.facts, self.seen = [], [], set()  # type: list[str], list[str], set[str]
        self.missing, self.hidden = set(), set()  # type: set[tuple[int, str]], set[tuple[int, str]]
        self._listed()
        self.story = Story(*self._disclosure())
        self._signed(vkey, note)
        try:
            if self._history(note):
                held = self.story.below >= self.story.least
                self._ask(held, "The workshop withholds more.|Lokakarya ini menahan lebih.")
                self._tables()
        except BROKEN: self._ask(False, "No tables can be made of what it holds.|Tabelnya tidak dapat dibuat.")
    def _ask(self, holds: Any, otherwise: str) -> None: self.faults += [] if holds else [otherwise]
    def _listed(self) -> None:
        names, due = set(self.files.sizes), set()
        for name in sorted(names ^ NEEDED):
            self._ask(name in (RATINGS, "verify.py") or (name in names and HEAD.match(name)),
                      f"{name} is missing, or no file of a bundle.|{name} tidak ada, atau bukan bagian berkas audit.")
        for name in names - {MANIFEST}:
            digest = hashlib.sha256()
            for piece in self.files.pieces(name): digest.update(piece)
            due.add(f"{digest.hexdigest()}  {name}")
        told = self.files.read(MANIFEST, 4 * SMALL).decode("utf-8", "replace").split("\n")
        for line in sorted({*told, "" if len(told) == len(due) + 1 else MANIFEST.rjust(80)} ^ due ^ {""}):
            self._ask(False, f"{line[66:]} is not as {MANIFEST} names it.|{line[66:]} lain daripada di {MANIFEST}.")
    def _disclosure(self) -> tuple[bool, int]:
        try:
            told = shaped(canonical(self.files.read("disclosure.json").rstrip(b"\n")), "disclose:s suppress_below:i")
            demand((told["disclose"], RATINGS in self.files.sizes) in (("full", True), ("public", False)), "")
            return told["disclose"] == "public", told["suppress_below"]
        except (ValueError, RecursionError, Wrong):
            self._ask(False, "disclosure.json does not fit this bundle.|disclosure.json tidak cocok.")
            return RATINGS not in self.files.sizes, 2**53
    def _signed(self, vkey: str | None, note: str | None) -> None:  # the key to trust and the heads that it signed
        own: Any = None
        try:
            key = None if vkey is None else read_key(vkey)
            self.outside = read_note(note, b"")[0] if note is not None else None
        except Wrong as wrong: raise Unreadable(str(wrong)) from None
        try: own = read_key(self.files.read("key.vkey").decode("utf-8", "replace"))
        except Wrong: self._ask(False, "key.vkey holds no key.|key.vkey tidak memuat kunci.")
        self._ask(key in (None, own) or own is None, "The bundle's key is not the one given.|Kunci berkas ini lain.")
        self.facts += [] if key else ["the key is the bundle's own; compare it|kuncinya milik berkas ini; bandingkan"]
        self.key = key or own
        for name in filter(HEAD.match, self.files.sizes if self.key else ()):
            try:
                (origin, size, root), signed = read_note(self.files.read(name).decode("utf-8", "replace"), self.key[1])
                demand(signed and origin == self.key[0] and name == f"checkpoints/{size}.note",
                       f"{name} is no head that the key signed.|{name} bukan segel yang ditandatangani kunci ini.")
                self.heads[size] = root
            except Wrong as wrong: self._ask(False, str(wrong))
    def _openings(self) -> Iterator[dict[str, Any]]:  # what is opened, by entry and name
        before = (-1, "")
        for number, line in enumerate(self.files.pieces(OPENINGS, True), 1):
            try:
                shaped({**(told := canonical(line)), "content": {}}, "content:o name:s salt:s seq:i")
                demand(re.match(r"[0-9a-f]{32}\Z", told["salt"]) and before < (told["seq"], told["name"]), "")
                before = told["seq"], told["name"]
                yield told
            except (*BROKEN, Wrong):
                self._ask(False, f"Line {number} of {OPENINGS} will not do.|Baris {number} pada {OPENINGS} keliru.")
    def _history(self, note: str | None) -> bool:  # every line, opening and head; could all be told?
        tree, alive, fits, erased = Tree(), True, True, []  # type: Tree, bool, bool, list[Any]
        openings, extends = self._openings(), self.outside is not None and self.outside[1] == 0
        ahead = next(openings, None)
        for seq, line in enumerate(self.files.pieces(TRAIL, True)):
            tree.grow(line)
            if fits and tree.size in self.heads:
                fits = tree.root() == self.heads[tree.size]
                self._ask(fits, f"The head of {tree.size} entries does not fit: an entry below it was changed.|"
                                f"Segel {tree.size} entri tidak cocok: entri di bawahnya telah diubah.")
            if self.outside and tree.size == self.outside[1]: extends = tree.root() == self.outside[2]
            entry, opened = {}, {}  # type: Any, dict[str, dict[str, Any]]
            while alive and ahead and ahead["seq"] == seq: opened[ahead["name"]], ahead = ahead, next(openings, None)
            try:
                if alive:
                    entry = canonical(line)
                    sealed = self._sealed(entry, seq)
                    self._opened(entry, sealed, opened)
                    erased += [at < seq and (at, name) for at, name in entry["body"].get("openings", ())]
                    self._head_due(entry)
                    contents, salts = ({at: told[of] for at, told in opened.items()} for of in ("content", "salt"))
                    self.story.tell(entry, sealed, contents, salts)
            except (*BROKEN, Wrong) as fault:
                why, _, warum = (str(fault) if isinstance(fault, Wrong) else "cannot be read").partition("|")
                alive, known = False, isinstance(entry, dict)
                where = f"{seq} ({entry.get('kind')}, {entry.get('scope')})" if known else f"{seq}"
                self._ask(False, f"Entry {where} {why}.|Entri {where} {warum or 'tidak cocok dengan yang lain'}.")
        self._ask(max(self.heads, default=-1) == tree.size, f"No head is of {tree.size} entries.|Segel terakhir lain.")
        if alive:
            self._ask(ahead is None, "An opening belongs to no entry.|Ada bukaan tanpa entri.")
            gone = {*erased} if len({*erased}) == len(erased) else {None}  # none may go twice
            self._ask((self.story.public or self.missing <= gone) and gone <= self.missing | self.hidden,
                      "Openings are missing unerased, or here though erased.|Ada bukaan yang hilang, atau masih ada.")
            fits = self.key is None or self.key[0] == self.story.origins[-1][0]
            self._ask(fits, "The key bears the name of another trail.|Kunci ini milik jejak lain.")
        if self.outside and self.key:
            signed = self.outside[1] <= dict(self.story.origins).get(self.outside[0], -1)
            signed = signed and read_note(note or "", self.key[1])[1]
            self._ask(extends and signed, "It does not extend the head given.|Berkas ini tidak melanjutkan segel itu.")
        former = ", ".join(sorted({f"{name} < {seq}" for name, seq in self.story.origins[:-1]}))
        self.facts += [f"restored; signed before as {former}|dipulihkan; sebelumnya {former}"] if former else []
        self.facts.insert(0, f"{tree.size} entries, head {base64.b64encode(tree.root()).decode()}|{tree.size} entri")
        return alive
    def _sealed(self, entry: Any, seq: int) -> dict[str, str]:  # commitments of a line as its kind is written
        shaped(entry, "at:s body:o by:s kind:s scope:s seq:i v:i")
        fields, _, seals = KINDS[entry["kind"]].partition("/")
        sealed: dict[str, str] = entry["body"].get("sealed", {})
        shaped({name: told for name, told in entry["body"].items() if name != "sealed"}, fields)
        demand(entry["seq"] == seq and entry["v"] == 1 and ("sealed" not in entry["body"] or sealed) and
               re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z", entry["at"]) and
               re.match(r"(staff/[1-9][0-9]*|seat|server)\Z", entry["by"]), "is no entry of this place")
        allowed = [name.rstrip("?*") for name in seals.split()]
        demand({name for name in seals.split() if name[-1] not in "?*"} <= set(sealed) and
               all(name in allowed or name.partition("/")[0] + "/" in allowed for name in sealed) and
               all(re.match(FORMS["h"], told) for told in sealed.values()), "seals what it may not, or too little")
        return sealed
    def _opened(self, entry: Any, sealed: dict[str, str], opened: dict[str, Any]) -> None:
        kind = entry["kind"]
        for name, told in opened.items():
            salted = sha(b"\2" + bytes.fromhex(told["salt"]) + encode(told["content"])).hex()
            demand(sealed.get(name) == salted, f"does not seal {name} so|segelnya bukan {name} ini")
            public = kind in RECORDS[1:] or (kind == "minority.attached" and entry["body"]["public"])
            demand(kind not in HIDDEN and (public or not self.story.public), f"opens {name}|membuka {name}")
            demand(kind in RECORDS or type(told["content"]) is str, f"seals no text in {name}")
        for name, told in sealed.items():
            demand(told not in self.seen, f"repeats the commitment {name}|mengulang komitmen {name}")
            self.seen.add(told)
            if name not in opened: (self.hidden if kind in HIDDEN else self.missing).add((entry["seq"], name))
            if name not in opened and kind not in HIDDEN: self.withheld[kind] = self.withheld.get(kind, 0) + 1
    def _head_due(self, entry: Any) -> None:
        seq, group = entry["seq"], self.story.groups.get(entry["scope"])
        due = range(group.unsealed + 1, seq + 1) if group and group.unsealed >= 0 else ()
        demand(not due or any(size in self.heads for size in due), "goes on before a head|berlanjut sebelum ada segel")
        if group: group.unsealed = -1
        frozen = self.story.phase == "frozen" or entry["kind"] == "index.frozen"
        demand(seq + 1 in self.heads or not frozen, "is followed by no head|tidak disusul segel")
    def _tables(self) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(map(cell, row) for row in self.story.results())
        rounds = [r.table for group in self.story.groups.values() for r in standing(group) if r.assessed]
        rounds = [b"group,round,item,rater,value,cannot,confidence\r\n", *rounds] if not self.story.public else []
        for name, due in ((RESULTS, text.getvalue().encode()), (RATINGS, b"".join(rounds))):
            fits = self.files.sizes.get(name, 0) == len(due) and b"".join(self.files.pieces(name)) == due
            self._ask(fits, f"{name} is not what the trail says.|{name} tidak sesuai dengan jejak.")
def cell(value: Any) -> Any:  # a cell that no spreadsheet runs
    risky = re.match("[=+\\-@\t\0\r]", str(value)) and not re.match(r"-?[0-9]+(\.[0-9]+)?\Z", str(value))
    return f"'{value}" if risky else value
USAGE = "Use: verify.py BUNDLE.zip [--key VKEY] [--head NOTE]|Pakai: verify.py BERKAS.zip [--key KUNCI] [--head SEGEL]"
WORDS = ("VALID · SAH", "INVALID · TIDAK SAH", "INCOMPLETE · TIDAK LENGKAP", "UNREADABLE · TIDAK TERBACA")
def main(words: list[str]) -> int:  # verify and say so in both languages; the exit status is the verdict
    status, words = 3, words if words and words[0][:2] != "--" else [str(Path(__file__).resolve().parent), *words]
    try:
        options = dict(zip(words[1::2], words[2::2]))
        safe(len(words) % 2 and set(options) <= {"--key", "--head"}, USAGE)
        try: note = Path(options["--head"]).read_text("utf-8") if "--head" in options else None
        except (OSError, ValueError): raise Unreadable("No head can be read there.|Segelnya tidak terbaca.") from None
        check = Check(Path(words[0]), options.get("--key"), note)
        status = 1 if check.faults else 2 if check.withheld else 0
        said = check.faults[:20] + check.facts
        said += [f"withheld: {count} × {kind}|ditahan: {count} × {kind}" for kind, count in check.withheld.items()]
        left = sorted(check.story.left_out)
        said += ["not recomputed: " + what.replace("|", "|tidak dihitung ulang: ") for what in left]
    except Unreadable as fault: said = [str(fault)]
    except OSError: said = ["No such file can be read.|Berkas itu tidak terbaca."]
    text = "\n".join([WORDS[status], *(f"  {part}" for line in said for part in line.split("|"))]) + "\n"
    sys.stdout.write(text.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8"))
    return status
if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
