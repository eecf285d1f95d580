"""The door: what counts as ratings and as a scale, and what each refusal says. Counted and written by hand."""

import pickle

import numpy as np
import pytest

from consensus import ConsensusError, Scale
from consensus.ratings import as_categories, as_column, as_ratings, as_scale

FIVE = Scale()
NAN = float("nan")


class Frame:
    """What a table of another library offers numpy."""

    def __array__(self, dtype=None, copy=None):
        return np.array([[1, 2], [np.nan, 4]])


@pytest.mark.parametrize(
    "given",
    [
        [[1, 2], [NAN, 4]],
        [[1, 2], [None, 4]],
        ((1.0, np.float32(2)), (np.nan, np.int8(4))),
        np.array([[1, 2], [np.nan, 4]], dtype=np.float32),
        np.array([[1, 2], [None, 4]], dtype=object),
        np.ma.masked_array([[1, 2], [3, 4]], mask=[[0, 0], [1, 0]]),
        iter([[1, 2], [None, 4]]),
        Frame(),
    ],
    ids=["nan", "none", "numpy scalars", "float32", "objects", "masked", "iterator", "frame"],
)
def test_every_usual_form_of_a_matrix_becomes_the_same_array(given):
    np.testing.assert_array_equal(as_ratings(given, FIVE), [[1, 2], [NAN, 4]])


@pytest.mark.parametrize(
    ("given", "code", "place", "sentence"),
    [
        ([[1, 2], [3]], "ragged", (1, None), "Row 1 of `ratings` has 1 entry and row 0 has 2"),
        ([[1, "2"], [3, 4]], "not_a_number", (0, 1), "row 0, column 1 (counted from 0) is '2'"),
        ([[1, 2], [3, True]], "not_a_number", (1, 1), "row 1, column 1 (counted from 0) is True"),
        (np.array([[True]]), "not_a_number", (0, 0), "is True, which is not a number"),
        ([[1, 2], [np.inf, 4]], "not_finite", (1, 0), "row 1, column 0 (counted from 0) is inf; give a finite"),
        ([[1, 2], [6, 4]], "off_scale", (1, 0), "is 6, which is off the scale; use one of 1, 2, 3, 4, 5, or nan"),
        ([[1, 2.5], [3, 4]], "off_scale", (0, 1), "is 2.5, which is off the scale"),
        ([[1, 1e300]], "off_scale", (0, 1), "is 1e+300, which is off the scale"),
        ([1, 2, 3], "not_a_matrix", (None, None), "give one row for each rater and one column for each item"),
        ("12", "not_a_matrix", (None, None), "is not a matrix"),
        (7, "not_a_matrix", (None, None), "is not a matrix"),
        ({1: [2]}, "not_a_matrix", (None, None), "is not a matrix"),
        (np.zeros((2, 2, 2)), "not_a_matrix", (None, None), "is not a matrix"),
        (np.array([[1 + 2j, 1]]), "not_a_number", (0, 0), "is (1+2j), which is not a number"),
    ],
)
def test_a_bad_matrix_is_refused_with_its_place_and_what_would_work(given, code, place, sentence):
    with pytest.raises(ConsensusError) as refusal:
        as_ratings(given, FIVE)
    assert (refusal.value.argument, refusal.value.code) == ("ratings", code)
    assert (refusal.value.row, refusal.value.column) == place
    assert sentence in str(refusal.value)


def test_too_few_raters_or_items_are_refused_by_the_callers_name():
    with pytest.raises(ConsensusError, match=r"^`before` has 1 rater; give at least 2, one a row.$"):
        as_ratings([[1, 2]], argument="before", raters=2)
    with pytest.raises(ConsensusError, match=r"^`ratings` has 1 item; give at least 2, one a column.$"):
        as_ratings([[1], [2]], items=2)
    with pytest.raises(ConsensusError, match="has 0 raters"):
        as_ratings([])
    with pytest.raises(ConsensusError, match="has 0 items"):
        as_ratings([[]])


def test_a_column_is_flat_and_names_the_row():
    np.testing.assert_array_equal(as_column([1, None, 5], FIVE), [1, NAN, 5])
    with pytest.raises(ConsensusError, match=r"^`column` at row 2 \(counted from 0\) is 9, which is off"):
        as_column([1, 2, 9], FIVE)
    with pytest.raises(ConsensusError, match="give a flat list with one entry for each rater"):
        as_column(np.zeros((2, 2)))
    with pytest.raises(ConsensusError, match="is 'x', which is not a number"):
        as_column([1, "x"])


def test_a_refusal_survives_the_way_back_from_a_worker_process():
    with pytest.raises(ConsensusError) as refusal:
        as_ratings([[1, 7]], FIVE)
    copy = pickle.loads(pickle.dumps(refusal.value))
    assert vars(copy) == vars(refusal.value)
    assert str(copy) == str(refusal.value)


@pytest.mark.parametrize(
    ("categories", "sentence"),
    [
        ([3], "at least two categories"),
        ([1, 1, 2], "not increasing"),
        ([2, 1], "not increasing"),
        ([1, 2, 4], "not equally far apart"),
        ([1, True], "True is not a finite number"),
        ([0, float("inf")], "inf is not a finite number"),
        (["1", "2"], "'1' is not a finite number"),
        ("12345", "must be a list of categories"),
        (5, "must be a list of categories"),
    ],
)
def test_a_scale_that_is_none_says_what_would_work(categories, sentence):
    with pytest.raises(ConsensusError) as refusal:
        as_scale(categories)
    assert refusal.value.code == "bad_scale"
    assert sentence in str(refusal.value)


def test_a_scale_knows_its_ends_steps_and_places():
    scale = as_scale(np.arange(0, 9, 2))
    assert scale == Scale((0, 2, 4, 6, 8))
    assert (scale.size, scale.low, scale.high, scale.step) == (5, 0, 8, 2.0)
    np.testing.assert_array_equal(scale.places(np.array([0, 8, NAN, 4])), [0, 4, 5, 2])
    assert as_scale(scale) is scale


def test_labels_stand_one_for_each_category():
    assert Scale((0, 1), labels=["no", "yes"]).labels == ("no", "yes")
    for labels in (("no",), ("no", 1)):
        with pytest.raises(ConsensusError, match=r"^The scale has 2 categories; give one label in words for each.$"):
            Scale((0, 1), labels=labels)


def test_decimal_categories_are_met_in_spite_of_binary_rounding():
    scale = Scale((0, 0.1, 0.2, 0.3))
    np.testing.assert_array_equal(scale.places(as_column([0.1 + 0.2, 0.3], scale)), [3, 3])


def test_plain_categories_need_no_even_steps():
    assert as_categories((1, 2, 4)) == (1, 2, 4)
    assert as_categories(Scale()) == (1, 2, 3, 4, 5)
    with pytest.raises(ConsensusError, match="must be a list of categories"):
        as_categories(3)
