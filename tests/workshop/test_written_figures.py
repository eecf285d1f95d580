"""How figures are written in the trail, by hand: six places, ties to even, nothing for what is no number."""

import math

import pytest

from server.workshop.figures import decimal


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (2.1, "2.100000"),
        (3, "3.000000"),
        (0.0, "0.000000"),
        (-0.0, "0.000000"),
        (-4e-7, "0.000000"),
        (-6e-7, "-0.000001"),
        (2 / 3, "0.666667"),
        (1 / 2**7, "0.007812"),  # 0.0078125 exactly: a tie, to even
        (1e15, "1000000000000000.000000"),
        (math.nan, None),
        (math.inf, None),
        (None, None),
    ],
)
def test_a_figure_is_written_with_six_places(figure, written):
    assert decimal(figure) == written
