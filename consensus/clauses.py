"""What each clause of a rule may hold: its limits, its written forms and the JSON schema that says both.

Owns the form of a rule's document. What a clause means stands in `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from consensus.arguments import shown
from consensus.decimals import short
from consensus.errors import ConsensusError

LOCATIONS = ("pair", "within_one", "rand_ucla")
AGREED_VALUES = ("median", "mean", "hodges_lehmann")

WHOLE: Mapping[str, tuple[int, int]] = {
    "quorum": (2, 1000),
    "answered_percent": (0, 100),
    "small_panel": (0, 1000),
    "chance_percent": (1, 50),
    "left_percent": (0, 100),
    "cap": (1, 20),
    "settle_from_vote": (1, 20),
    "near": (0, 1000),
}

_DECIMAL = r"(0|[1-9][0-9]{0,2})(\.[0-9]{1,4})?"
_FRACTION = r"[1-9][0-9]{0,5}/[1-9][0-9]{0,3}"
_SHARE_HINT = 'use more than 50 and at most 100, as a whole number or a fraction such as "200/3"'
_MEANINGS: Mapping[str, str] = {
    "preset": "Name of the preset whose clauses these are, or custom; clauses left out are those of the preset.",
    "quorum": "Fewest ratings on an item.",
    "answered_percent": "Percent of those seated who must have answered.",
    "small_panel": "Fewer ratings than this are flagged.",
    "location": "What must lie together: a pair of neighbours that holds the median, one category either side of "
    "it, or no disagreement by IPRAS.",
    "share_percent": "Percent of the ratings that is enough: above 50 to 100, a whole number or an exact fraction.",
    "chance_percent": "How often a panel rating at random may pass; null for no guard, and with the pair alone.",
    "iqr_at_most": "Largest interquartile range (type 7) in categories; null for none.",
    "median_shift": "From the second vote on, the furthest the median may have moved, in categories.",
    "left_percent": "Percent of those paired who may have left the pair; one person always may.",
    "settle_from_vote": "First vote that may settle an item; at most the cap.",
    "cap": "Votes after which an item cannot be reopened.",
    "near": "Largest number of people short of agreement that is still called near.",
    "agreed_value": "Which value of the settling vote is agreed.",
}


def bad(clause: str, value: object, hint: str) -> ConsensusError:
    """The refusal of a clause, ``bad_rule``, with what would work."""
    return ConsensusError(clause, "bad_rule", f"`{clause}` cannot be {shown(value)}; {hint}.")


def whole_clause(clause: str, value: object, most: int | None = None) -> None:
    """Refuse what is not a whole number within the limits of the clause."""
    low, high = WHOLE[clause]
    high = high if most is None else most
    if type(value) is not int or not low <= value <= high:
        raise bad(clause, value, f"use a whole number from {low} to {high}")


def chosen(clause: str, value: object, options: tuple[str, ...]) -> None:
    """Refuse what is none of the options."""
    if not isinstance(value, str) or value not in options:
        raise bad(clause, value, f"use one of {', '.join(options)}")


def decimal(clause: str, value: object) -> str:
    """Take a decimal written as text; give it back in its shortest form."""
    if not isinstance(value, str) or not re.fullmatch(_DECIMAL, value):
        raise bad(clause, value, 'use a decimal in quotes, for example "0.5"')
    return short(Fraction(value))


def share(value: object) -> int | str:
    """Take a percentage above 50 to 100; give it back as a whole number or else in lowest terms."""
    if type(value) is not int and not (isinstance(value, str) and re.fullmatch(_FRACTION, value)):
        raise bad("share_percent", value, _SHARE_HINT)
    percent = Fraction(value)
    if not 50 < percent <= 100:
        raise bad("share_percent", value, _SHARE_HINT)
    return percent.numerator if percent.denominator == 1 else str(percent)


def schema(presets: tuple[str, ...], usual: Mapping[str, Any]) -> dict[str, Any]:
    """Write the JSON schema (2020-12) of a rule's document.

    Parameters
    ----------
    presets : tuple of str
    usual : mapping
        The value of each clause where neither document nor preset says another.

    Returns
    -------
    dict
        Every document that is read satisfies it. Three things no schema says are left to the reading: a fraction
        is above 50 to 100, `settle_from_vote` is at most `cap`, and a preset may forbid a guard that is asked for.
    """
    forms: dict[str, dict[str, Any]] = {
        "preset": {"enum": list(presets)},
        "location": {"enum": list(LOCATIONS)},
        "share_percent": {
            "type": ["integer", "string"],
            "minimum": 51,
            "maximum": 100,
            "pattern": _all(_FRACTION),
        },
        "iqr_at_most": {"type": ["string", "null"], "pattern": _all(_DECIMAL)},
        "median_shift": {"type": "string", "pattern": _all(_DECIMAL)},
        "agreed_value": {"enum": list(AGREED_VALUES)},
    }
    for clause, (low, high) in WHOLE.items():
        kind: Any = ["integer", "null"] if clause == "chance_percent" else "integer"
        forms[clause] = {"type": kind, "minimum": low, "maximum": high}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Consensus rule",
        "description": "When an item counts as agreed; fixed and hashed before the first round.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            clause: {"description": meaning, **forms[clause], "default": usual[clause]}
            for clause, meaning in _MEANINGS.items()
        },
        "if": {"properties": {"location": {"enum": list(LOCATIONS[1:])}}, "required": ["location"]},
        "then": {"properties": {"chance_percent": {"type": "null"}}},
    }


def _all(pattern: str) -> str:
    return f"^({pattern})$"
