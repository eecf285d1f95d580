"""How sure the profile is as plain data, for the scripts that draw it larger. The same figures as the sections hold."""

from __future__ import annotations

from typing import Any

from server.reports.goals import dims, labels
from server.reports.numerals import Numerals
from server.reports.sure_words import SureWords
from server.reports.words import Words
from server.workshop.measure_views import CertaintyView
from server.workshop.state import State


def sure_data(state: State, found: CertaintyView, words: Words, numerals: Numerals) -> dict[str, Any]:
    """What `static/js/figures/intervals.js` and `tornado.js` take."""
    told, scale = SureWords(state, words, numerals), state.scale
    short = labels([goal.node for goal in found.goals])
    return {
        "intervals": {
            "scale": [scale.low, scale.high],
            "bands": [
                {"from": max(scale.low, told.place(float(band.least))), "name": told.band(band.key)}
                for band in state.tree.bands
            ],
            "goals": [
                {"id": short[goal.node], "name": told.name(goal.node), "value": goal.value, "low": goal.low,
                 "high": goal.high, "from": goal.span_low, "to": goal.span_high, "interview": None,
                 "withheld": goal.withheld, "dimension": dims(state)[state.tree.path(goal.node)[0]]}
                for goal in found.goals
            ],
        },
        "tornado": {"base": 0, "scale": None, "unit": "%", "choices": told.furthest(found)},
    }  # fmt: skip
