"""Simulated people in the hall: each joins with a seat card and votes over HTTP with a pass of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from consensus.panel import Votes
from server.cli.stage.served import Caller, ServedError

# Said by the simulated people when a rating lies outside the group's middle half; plainly invented.
REASONS = {
    "id": ("Contoh alasan (sintetis): data terbaru menunjukkan keadaan yang berbeda.",
           "Contoh alasan (sintetis): wilayah pinggiran belum terjangkau.",
           "Contoh alasan (sintetis): programnya baru dimulai tahun lalu."),
    "en": ("Sample reason (synthetic): recent data show another picture.",
           "Sample reason (synthetic): the outskirts are not reached yet.",
           "Sample reason (synthetic): the programme started only last year."),
}  # fmt: skip
AT_ONCE = 8


@dataclass
class Participant:
    """One person: their place in the panel, their seat and their revisions so far."""

    place: int
    seat: int
    caller: Caller
    revisions: dict[str, int] = field(default_factory=dict)


class Hall:
    """The people of one group."""

    def __init__(self, url: str, group: str, items: tuple[str, ...], language: str) -> None:
        self.url, self.group, self.items, self.language = url, group, items, language
        self.people: list[Participant] = []

    def join(self, cards: list[dict[str, Any]]) -> None:
        """Everybody shows their card; half type its code, half scan its secret."""

        def enter(numbered: tuple[int, dict[str, Any]]) -> Participant:
            place, card = numbered
            shown = card["code"] if place % 2 else card["secret"]
            with Caller(self.url) as door:
                let_in = door.call("POST", "/join", {"code": shown, "language": self.language})
            return Participant(place, let_in["seat"], Caller(self.url, let_in["pass"]))

        with ThreadPoolExecutor(AT_ONCE) as pool:
            self.people = list(pool.map(enter, enumerate(cards)))

    def vote(self, number: int, votes: Votes, opened: tuple[str, ...], figures: dict[str, dict[str, str]]) -> list[int]:
        """Everybody present answers what is open; returns the seats that were away."""
        present = [person for person in self.people if votes.present[person.place]]

        def send(person: Participant) -> None:
            for batch in self._batches(person, votes, opened, figures):
                told = person.caller.call("PUT", "/answers", {"round": number, "answers": batch})
                if len(told["saved"]) != len(batch):
                    raise ServedError(f"Seat {person.seat} was refused an answer: {told['refused']}")

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(send, present))
        return [person.seat for person in self.people if not votes.present[person.place]]

    def _batches(
        self, person: Participant, votes: Votes, opened: tuple[str, ...], figures: dict[str, dict[str, str]]
    ) -> Iterator[list[dict[str, Any]]]:
        """Two messages, as people pause midway; some change their mind on the first item before the second."""
        answers = [self._revised(person, votes, item, figures) for item in opened]
        half = (len(answers) + 1) // 2
        if person.place % 5 == 0 and answers[0]["value"] is not None:
            first_thought = next(int(c) for c in votes.scale.categories if c != answers[0]["value"])
            yield [{**answers[0], "value": first_thought}]
            answers[0] = self._revised(person, votes, opened[0], figures)
        yield answers[:half]
        if answers[half:]:
            yield answers[half:]

    def _revised(
        self, person: Participant, votes: Votes, item: str, figures: dict[str, dict[str, str]]
    ) -> dict[str, Any]:
        rev = person.revisions[item] = person.revisions.get(item, 0) + 1
        said = answer(self.items, person.place, votes, item, figures, self.language)
        return {**said, "rev": rev, "key": f"{person.seat}-{item}-{rev}"}

    def leave(self) -> None:
        """Everybody hangs up."""
        for person in self.people:
            person.caller.close()


def answer(
    items: tuple[str, ...], place: int, votes: Votes, item: str, figures: dict[str, dict[str, str]], language: str
) -> dict[str, Any]:
    """What the panel's rater `place` says of one item: a rating, or why there is none; some give a reason."""
    column = items.index(item)
    rating = float(votes.ratings[place, column])
    if math.isnan(rating):
        return {"item": item, "value": None, "cannot": str(votes.cannot[place, column])}
    said: dict[str, Any] = {"item": item, "value": int(rating), "confidence": int(votes.confidence[place, column])}
    middle = figures.get(item)
    if middle and not float(middle["q1"]) <= rating <= float(middle["q3"]):
        said["reason"] = REASONS[language][(place + column) % 3]
    return said
