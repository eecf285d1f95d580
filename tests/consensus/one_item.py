"""One item judged at a time: the shorthand in which examples worked by hand are written."""

from __future__ import annotations

from collections.abc import Sequence

from consensus import PRESETS, Rule, Verdict, judge

FIVE = (1, 2, 3, 4, 5)
WORKSHOP = PRESETS["workshop"]


def ratings_of(counts: Sequence[int]) -> list[int]:
    return [category for category, count in enumerate(counts, start=1) for _ in range(count)]


def judged(
    now: Sequence[float],
    *,
    before: Sequence[float] | None = None,
    rule: Rule = WORKSHOP,
    vote: int = 1,
    seated: int | None = None,
    answered: int | None = None,
    scale: Sequence[float] = FIVE,
) -> Verdict:
    """The verdict on one item."""
    earlier = None if before is None else [[rating] for rating in before]
    seats = len(now) if seated is None else seated
    (verdict,) = judge(
        [[rating] for rating in now], rule, scale, round=vote, seated=seats, answered=answered, before=earlier
    )
    return verdict


def outcome_of(counts: Sequence[int], **asked: int) -> str:
    return judged(ratings_of(counts), **asked).outcome  # type: ignore[arg-type]
