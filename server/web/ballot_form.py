"""The ballot as a plain form, for phones without a script: what stands in its fields, and back to answers.

Owns the names and fingerprints of the fields. A form says what changed since it was drawn, so that an old one can
neither undo what was answered meanwhile nor count twice. Decides nothing about answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b

from server.workshop.commands import AnswerIn, PutAnswers
from server.workshop.views import BallotItem, BallotView

CANNOT = ("no_knowledge", "no_data", "unclear", "not_applicable")
MOST = 64  # answers in one message
LONGEST_REASON = 500


def drawn(item: BallotItem) -> str:
    """Fingerprint of what the form shows of an item; sent back with it."""
    mine = item.mine
    if mine is None:
        return _fingerprint("", "", "")
    answer = mine.cannot or ("" if mine.value is None else str(mine.value))
    return _fingerprint(answer, str(mine.confidence or ""), mine.reason or "")


def asks(item: BallotItem) -> bool:
    """Whether a reason would help the others: the saved score lies outside the middle half, and nothing is said yet."""
    told, mine = item.feedback, item.mine
    if told is None or told.q1 is None or told.q3 is None or mine is None or mine.value is None or mine.reason:
        return False
    return not float(told.q1) <= mine.value <= float(told.q3)


def changes(ballot: BallotView, form: Mapping[str, str]) -> Iterator[PutAnswers]:
    """What the form changes against the ballot it was drawn from, in messages of at most 64 answers."""
    if not (form.get("round", "").isdigit() and form.get("token")):
        return
    told = [answer for item in ballot.items if (answer := _answer(item, form)) is not None]
    for start in range(0, len(told), MOST):
        yield PutAnswers(round=int(form["round"]), answers=told[start : start + MOST], group=form.get("group"))


def _answer(item: BallotItem, form: Mapping[str, str]) -> AnswerIn | None:
    rev = form.get(f"rev:{item.id}", "")
    if not (rev.isascii() and rev.isdigit() and len(rev) < 10):
        return None
    answer, sure = form.get(f"answer:{item.id}", ""), form.get(f"confidence:{item.id}", "")
    reason = form.get(f"reason:{item.id}", "").replace("\r\n", "\n").strip()[:LONGEST_REASON]
    now = _fingerprint(answer, sure, reason)
    if now == form.get(f"was:{item.id}"):
        return None
    # The same form sent twice carries the same key; sent again with another answer, it carries another.
    key = blake2b(f"{form['token']}\n{item.id}\n{now}".encode(), digest_size=16).hexdigest()
    number = answer.removeprefix("-")
    value = int(answer) if number.isascii() and number.isdigit() and len(number) < 7 else None
    cannot = next((known for known in CANNOT if known == answer), None)
    return AnswerIn(
        item=item.id, rev=int(rev) + 1, key=key, value=value, cannot=cannot,  # type: ignore[arg-type]  # one of CANNOT
        confidence=int(sure) if sure in ("1", "2", "3") else None, reason=reason or None,
    )  # fmt: skip


def _fingerprint(answer: str, confidence: str, reason: str) -> str:
    return blake2b("\n".join((answer, confidence, reason)).encode(), digest_size=8).hexdigest()
