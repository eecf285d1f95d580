"""Simulated panels: raters who move toward the group only while it lies within their bounds.

Owns how such raters rate, abstain and leave. Nothing it draws is evidence: its ratings are synthetic and must be
marked so wherever they are shown. Chance comes in as one Generator, and only sums and products are taken of what
it draws, so that a seed gives the same ratings on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from consensus.arguments import choice, generator, listed, share, whole
from consensus.counts import pair_counts
from consensus.errors import ConsensusError
from consensus.ratings import as_column
from consensus.scale import Floats, Ints, Scale, as_scale

CHARACTERS = ("clear", "spread", "two_camps", "drifting", "hard_to_judge")
CANNOT = ("no_knowledge", "no_data", "unclear", "not_applicable")
CONFIDENCE = (1, 2, 3)

_MIX = (0.45, 0.25, 0.12, 0.1, 0.08)  # how common each character is, in the order of CHARACTERS
_SPREAD = {"clear": 0.4, "spread": 1.1, "two_camps": 0.3, "drifting": 0.25, "hard_to_judge": 0.6}
_UNABLE = {"clear": 0.03, "spread": 0.05, "two_camps": 0.04, "drifting": 0.03, "hard_to_judge": 0.8}
_WAVER = 0.12  # standard deviation, in categories, by which the same opinion is rated anew

Texts: TypeAlias = NDArray[np.str_]


@dataclass(frozen=True)
class Feedback:
    """What the raters are shown of the last revealed vote; arrays by item, in units of the scale, nan for unknown."""

    median: Floats
    q1: Floats
    q3: Floats


@dataclass(frozen=True)
class Votes:
    """One vote of a panel; matrices are raters × items.

    Attributes
    ----------
    ratings : ndarray of float
        Categories of the scale, nan for no rating.
    cannot : ndarray of str
        A reason of `CANNOT` where a rater cannot rate, else empty.
    confidence : ndarray of int
        1 to 3 where there is a rating, else 0.
    present : ndarray of bool, by rater
        Whether the rater took part at all.
    scale : Scale
    """

    ratings: Floats
    cannot: Texts
    confidence: Ints
    present: NDArray[np.bool_]
    scale: Scale

    @property
    def feedback(self) -> Feedback:
        """Medians and quartiles of this vote, as the group would be shown them."""
        counted = pair_counts(self.ratings, self.scale)
        return Feedback(counted.median, counted.q1, counted.q3)


class Panel:
    """A bounded-confidence panel (Hegselmann & Krause 2002) that hears the group's median between votes.

    Parameters
    ----------
    rng : Generator
        Drawn from once, for a seed; panels that share it do not disturb each other's votes.
    raters, items : int
        1 or more.
    scale : Scale or sequence of categories
    truth : array_like, optional
        Where each item's ratings lie at first, in units of the scale; drawn where left out.
    characters : sequence of str, optional
        One of `CHARACTERS` for each item; drawn where left out, each at least once from five items up.
    dissenters, dropouts : float
        Share of the raters, 0 to 1, who never move, and who leave after the first vote or a later one.

    Raises
    ------
    ConsensusError
        ``out_of_range``, ``shape`` or ``unknown_character``, naming the argument.

    Notes
    -----
    *clear* items draw opinions close together, *spread* ones far apart, *two_camps* ones into two groups further
    apart than anybody's bound. On *drifting* items the whole group is moved by what it hears from vote to vote. On
    *hard_to_judge* ones most cannot rate.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        *,
        raters: int,
        items: int,
        scale: Scale | Iterable[float],
        truth: ArrayLike | None = None,
        characters: Sequence[str] | None = None,
        dissenters: float = 0.1,
        dropouts: float = 0.05,
    ) -> None:
        self.scale = as_scale(scale)
        self.raters, self.items = whole("raters", raters, 1), whole("items", items, 1)
        self._rng = np.random.default_rng(int(generator(rng).integers(2**63)))
        self._top = self.scale.size - 1
        self._votes = 0
        self.characters = self._draw_characters() if characters is None else _characters(characters, items)
        places = self._draw_truth() if truth is None else self._places("truth", truth)
        self._bound = (0.7 + 0.9 * self._rng.random(raters))[:, None] * self._top / 4
        self._pull = (0.35 + 0.5 * self._rng.random(raters))[:, None]
        self.dissents = self._rng.permutation(raters) < round(share("dissenters", dissenters) * raters)
        leaving = self._rng.permutation(raters) < round(share("dropouts", dropouts) * raters)
        self._last_vote = np.where(leaving, self._rng.integers(1, 4, raters), np.iinfo(np.int64).max)
        self._opinion = self._draw_opinions(places)
        unable = np.array([_UNABLE[character] for character in self.characters])
        self._unable = self._rng.random((raters, items)) < unable
        self._why = self._rng.choice(np.array(CANNOT), size=(raters, items), p=(0.45, 0.3, 0.15, 0.1))
        self._drift = np.where(places < self._top / 2, 1.0, -1.0)

    def vote(self, feedback: Feedback | None = None, *, items: Sequence[int] | None = None) -> Votes:
        """Hear the group, move where it lies within one's bounds, and rate.

        Parameters
        ----------
        feedback : Feedback, optional
            Of the last revealed vote; without it nobody moves toward anybody.
        items : sequence of int, optional
            The items put to the vote; the others stay without rating. By default all.
        """
        if feedback is not None:
            self._hear(feedback)
        if self._votes:
            self._sway()
        self._votes += 1
        shape = (self.raters, self.items)
        place = np.clip(np.rint(self._opinion + _WAVER * self._noise(shape)), 0, self._top).astype(np.int64)
        sure = 3 * self._rng.random(shape)
        distance = abs(self._opinion - np.rint(self._opinion))
        confidence = np.clip(np.rint(sure + 1 - distance), 1, 3).astype(np.int64)
        asked = np.zeros(self.items, dtype=np.bool_)
        asked[np.arange(self.items) if items is None else np.asarray(items, dtype=np.int64)] = True
        present = self._votes <= self._last_vote
        answered = present[:, None] & asked
        rated = answered & ~self._unable
        return Votes(
            ratings=np.where(rated, self.scale.values[place], np.nan),
            cannot=np.where(answered & self._unable, self._why, ""),
            confidence=np.where(rated, confidence, 0),
            present=present,
            scale=self.scale,
        )

    def _hear(self, feedback: Feedback) -> None:
        heard = (np.asarray(feedback.median, dtype=np.float64) - self.scale.low) / self.scale.step
        if heard.shape != (self.items,):
            raise ConsensusError("feedback", "shape", f"`feedback` must have {self.items} medians, one an item.")
        away = heard - self._opinion
        moves = (abs(away) <= self._bound) & ~self.dissents[:, None]
        self._opinion = self._opinion + np.where(moves, self._pull * away, 0.0)

    def _sway(self) -> None:
        drifting = np.array([character == "drifting" for character in self.characters])
        middle = self._opinion[~self.dissents].mean(axis=0) if not self.dissents.all() else self._opinion.mean(axis=0)
        # At the end of the scale the group turns round.
        self._drift = np.where(middle + self._drift > self._top, -1.0, self._drift)
        self._drift = np.where(middle + self._drift < 0, 1.0, self._drift)
        step = np.where(drifting, self._drift, 0.0)
        self._opinion = np.where(self.dissents[:, None], self._opinion, self._opinion + step)

    def _draw_characters(self) -> tuple[str, ...]:
        wanted = np.floor(np.array(_MIX) * self.items).astype(np.int64)
        if self.items >= len(CHARACTERS):
            wanted = np.maximum(wanted, 1)
        wanted[0] += self.items - wanted.sum()
        drawn = [name for name, count in zip(CHARACTERS, wanted.tolist(), strict=True) for _ in range(count)]
        return tuple(drawn[index] for index in self._rng.permutation(self.items))

    def _draw_truth(self) -> Floats:
        return self._top * (0.2 + 0.6 * self._rng.random(self.items))

    def _draw_opinions(self, places: Floats) -> Floats:
        shape = (self.raters, self.items)
        spread = np.array([_SPREAD[character] for character in self.characters]) * self._top / 4
        severity = 0.15 * self._noise((self.raters, 1))
        opinion = places + severity + spread * self._noise(shape)
        split = np.array([character == "two_camps" for character in self.characters])
        side = np.where(self._rng.permuted(np.arange(self.raters)[:, None] % 2 + np.zeros(shape), axis=0) < 1, -1, 1)
        camp = self._top / 2 + side * 0.42 * self._top + spread * self._noise(shape)
        opinion = np.where(split, camp, opinion)
        # A dissenter holds another view on some of the items, and keeps it.
        elsewhere = self.dissents[:, None] & (self._rng.random(shape) < 0.4)
        apart = np.where(opinion > self._top / 2, -2.0, 2.0) * self._top / 4
        return np.clip(opinion + np.where(elsewhere, apart, 0.0), -0.4, self._top + 0.4)

    def _noise(self, shape: tuple[int, ...]) -> Floats:
        """Draw noise of mean 0 and variance 1 as a sum of twelve uniforms: bell-shaped, and free of logarithms."""
        total: Floats = self._rng.random((12, *shape)).sum(axis=0) - 6
        return total

    def _places(self, argument: str, values: ArrayLike) -> Floats:
        array = as_column(values, argument=argument)
        inside = array.shape == (self.items,) and bool(np.isfinite(array).all())
        if not inside or array.min() < self.scale.low or array.max() > self.scale.high:
            raise ConsensusError(
                argument, "shape", f"`{argument}` must give each of {self.items} items a value on the scale."
            )
        places: Floats = (array - self.scale.low) / self.scale.step
        return places


def simulate_panel(
    rng: np.random.Generator,
    *,
    raters: int,
    items: int,
    scale: Scale | Iterable[float],
    rounds: int,
    truth: ArrayLike | None = None,
    characters: Sequence[str] | None = None,
    dissenters: float = 0.1,
    dropouts: float = 0.05,
) -> tuple[Votes, ...]:
    """Let a panel rate every item in each of some rounds, hearing the last round's figures before the next.

    The arguments but `rounds` are those of `Panel`.
    """
    panel = Panel(
        rng,
        raters=raters,
        items=items,
        scale=scale,
        truth=truth,
        characters=characters,
        dissenters=dissenters,
        dropouts=dropouts,
    )
    votes: list[Votes] = []
    for _ in range(whole("rounds", rounds, 1)):
        votes.append(panel.vote(votes[-1].feedback if votes else None))
    return tuple(votes)


def _characters(characters: Sequence[str], items: int) -> tuple[str, ...]:
    names = listed("characters", characters, "characters, one for each item", "shape")
    if len(names) != items:
        raise ConsensusError("characters", "shape", f"`characters` must name one character for each of {items} items.")
    return tuple(choice("characters", name, CHARACTERS, "unknown_character") for name in names)
