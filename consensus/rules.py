"""Consensus rules: what must hold before a panel may be said to agree, written out clause by clause.

Owns the clauses, their limits and the presets. Judges nothing: that is `verdict`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction
from itertools import count
from types import MappingProxyType
from typing import Any

from consensus import clauses as form
from consensus.arguments import record
from consensus.chance import needed_in_pair
from consensus.clauses import AGREED_VALUES, LOCATIONS, bad
from consensus.errors import ConsensusError

__all__ = ["AGREED_VALUES", "CUSTOM", "LOCATIONS", "PRESETS", "Rule", "as_rule"]

CUSTOM = "custom"


@dataclass(frozen=True)
class Rule:
    """When an item counts as agreed; fixed and hashed before the first round.

    Parameters
    ----------
    preset : str
        Name of the preset whose clauses these are, or ``custom``.
    quorum : int
        Fewest ratings on an item, 2 or more.
    answered_percent : int
        Percent of those seated who must have answered, 0 to 100.
    small_panel : int
        Fewer ratings than this are flagged.
    location : str
        ``pair``: enough ratings in the fullest pair of neighbouring categories that holds the median;
        ``within_one``: enough within one category of the median; ``rand_ucla``: no disagreement by IPRAS.
    share_percent : int or str
        Percent of the ratings that are enough, above 50 to 100; a fraction such as ``"200/3"`` is exact.
        Unused by ``rand_ucla``.
    chance_percent : int, optional
        With ``pair``: the count is raised until a panel rating at random passes at most this often, 1 to 50.
    iqr_at_most : str, optional
        Largest interquartile range (type 7) in categories, a decimal; asked beside the location.
    median_shift : str
        From the second vote on, the furthest the median may have moved, in categories, a decimal.
    left_percent : int
        Percent of those paired who may have left the pair, 0 to 100; one person always may.
    settle_from_vote : int
        First vote that may settle an item.
    cap : int
        Votes after which an item cannot be reopened.
    near : int
        Largest number of people short of agreement that is still called near.
    agreed_value : str
        ``median``, ``mean`` or ``hodges_lehmann`` of the settling vote.

    Raises
    ------
    ConsensusError
        ``bad_rule``, naming the clause.
    """

    preset: str = "workshop"
    quorum: int = 5
    answered_percent: int = 70
    small_panel: int = 7
    location: str = "pair"
    share_percent: int | str = 75
    chance_percent: int | None = 5
    iqr_at_most: str | None = None
    median_shift: str = "0.5"
    left_percent: int = 15
    settle_from_vote: int = 2
    cap: int = 4
    near: int = 2
    agreed_value: str = "median"

    def __post_init__(self) -> None:
        for clause in form.WHOLE:
            if clause != "chance_percent" or self.chance_percent is not None:
                most = self.cap if clause == "settle_from_vote" else None
                form.whole_clause(clause, getattr(self, clause), most)
        form.chosen("location", self.location, LOCATIONS)
        if self.chance_percent is not None and self.location != "pair":
            raise bad("chance_percent", self.chance_percent, 'leave it null, or use the location "pair"')
        form.chosen("agreed_value", self.agreed_value, AGREED_VALUES)
        # Equal rules have equal documents, and so equal digests: 75 is not also "150/2", nor "0.5" also "0.50".
        self._write("share_percent", form.share(self.share_percent))
        self._write("median_shift", form.decimal("median_shift", self.median_shift))
        if self.iqr_at_most is not None:
            self._write("iqr_at_most", form.decimal("iqr_at_most", self.iqr_at_most))
        form.chosen("preset", self.preset, (*PRESET_CLAUSES, CUSTOM))
        if self.preset != CUSTOM and self.clauses() != _preset_clauses(self.preset):
            raise bad("preset", self.preset, f'name a rule of your own "{CUSTOM}"')

    def _write(self, clause: str, value: int | str) -> None:
        object.__setattr__(self, clause, value)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Rule:
        """Read a rule from its plain document; clauses left out are those of its preset.

        A document that names a preset and changes one of its clauses is read as ``custom``.

        Raises
        ------
        ConsensusError
            ``bad_rule``, naming the first clause that will not do.
        """
        if not isinstance(document, Mapping):
            raise ConsensusError(
                "rule", "bad_rule", 'A rule is an object of clauses, for example {"preset": "workshop"}.'
            )
        known = [field.name for field in fields(cls)]
        for name in document:
            if name not in known:
                raise ConsensusError(
                    str(name),
                    "bad_rule",
                    f"A rule has no clause {name!r}; its clauses are {', '.join(known)}.",
                )
        preset = document.get("preset", CUSTOM)
        if not isinstance(preset, str):
            raise bad("preset", preset, f"use one of {', '.join((*PRESETS, CUSTOM))}")
        base = PRESETS.get(preset, Rule())
        clauses = {name: value for name, value in document.items() if name != "preset"}
        rule = replace(base, **{**clauses, "preset": CUSTOM if preset in PRESETS else preset})
        return base if preset in PRESETS and rule.clauses() == base.clauses() else rule

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """Give the JSON schema (2020-12) that the document of every rule satisfies."""
        return form.schema((*PRESETS, CUSTOM), {field.name: field.default for field in fields(cls)})

    def document(self) -> dict[str, Any]:
        """Write every clause out as a plain document of strings, whole numbers and null."""
        return asdict(self)

    def clauses(self) -> dict[str, Any]:
        """Every clause but the name of the preset."""
        return {name: value for name, value in asdict(self).items() if name != "preset"}

    @property
    def share(self) -> Fraction:
        """The share of ratings that is enough, above 1/2 to 1."""
        return Fraction(self.share_percent) / 100

    def needed(self, raters: int, categories: int) -> int | None:
        """Give the count of ratings the location clause asks for.

        Returns
        -------
        int or None
            `raters` + 1 where even unanimity is too likely by chance; None where the clause counts nobody.
        """
        if self.location == "rand_ucla":
            return None
        chance = None if self.chance_percent is None else Fraction(self.chance_percent, 100)
        return needed_in_pair(raters, categories, share=self.share, chance=chance)

    def fewest_raters(self, categories: int) -> int | None:
        """Give the smallest number of ratings that can agree at all: quorum, raised by the guard against chance.

        None on two categories under a guard: every rating lies in the only pair. Said when the rule is picked.
        """
        if categories == 2 and self.chance_percent is not None:
            return None
        return next(n for n in count(self.quorum) if (self.needed(n, categories) or 0) <= n)


def as_rule(rule: object) -> Rule:
    """Take a `Rule`, or refuse it under ``bad_rule``."""
    return record("rule", rule, Rule, "bad_rule", 'take one of PRESETS, for example PRESETS["workshop"]')


PRESET_CLAUSES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "workshop": {},
        "iqr": {"chance_percent": None, "iqr_at_most": "1"},
        "rand-ucla": {"location": "rand_ucla", "chance_percent": None},
        "within-one": {"location": "within_one", "chance_percent": None},
        "two-thirds": {"share_percent": "200/3", "chance_percent": None},
    }
)


def _preset_clauses(preset: str) -> dict[str, Any]:
    usual = {field.name: field.default for field in fields(Rule) if field.name != "preset"}
    return {**usual, **PRESET_CLAUSES[preset]}


PRESETS: Mapping[str, Rule] = MappingProxyType(
    {name: Rule(preset=name, **_preset_clauses(name)) for name in PRESET_CLAUSES}
)
