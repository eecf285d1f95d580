"""The batched bootstrap against theory, its own other form, and loops."""

import numpy as np
import pytest

from consensus import ConsensusError, bootstrap
from consensus import resampling as chance


def test_the_spread_of_resampled_means_is_that_of_theory():
    ratings = np.random.default_rng(1).integers(1, 6, (40, 3)).astype(float)
    means = bootstrap(ratings, lambda batch: batch.mean(axis=1), rng=np.random.default_rng(2), resamples=20_000)
    assert means.shape == (20_000, 3)
    # The bootstrap's standard error of a mean is s/√n with s taken over n.
    np.testing.assert_allclose(means.mean(axis=0), ratings.mean(axis=0), atol=0.01)
    np.testing.assert_allclose(means.std(axis=0), ratings.std(axis=0) / np.sqrt(40), rtol=0.02)


def test_the_generator_of_a_seed_draws_the_same_again():
    assert chance.seeded(7).integers(1000, size=9).tolist() == chance.seeded(7).integers(1000, size=9).tolist()


def test_counts_and_batches_are_the_same_draws():
    ratings = np.random.default_rng(3).integers(1, 6, (7, 4)).astype(float)
    batched = bootstrap(ratings, lambda batch: batch.sum(axis=1), rng=np.random.default_rng(4), resamples=500)
    counted = bootstrap(
        ratings, lambda counts: counts @ ratings, rng=np.random.default_rng(4), resamples=500, counts=True
    )
    np.testing.assert_array_equal(batched, counted)


def test_small_chunks_draw_the_same_as_large_ones(monkeypatch):
    ratings = np.random.default_rng(5).integers(1, 6, (9, 5)).astype(float)

    def means():
        return bootstrap(ratings, lambda batch: batch.mean(axis=(1, 2)), rng=np.random.default_rng(6), resamples=100)

    whole = means()
    monkeypatch.setattr(chance, "_CHUNK", 300)
    np.testing.assert_array_equal(means(), whole)


def test_every_resample_is_of_whole_raters():
    ratings = np.arange(12.0).reshape(4, 3)
    whole = bootstrap(
        ratings,
        lambda batch: [all(row in ratings.tolist() for row in resample) for resample in batch.tolist()],
        rng=np.random.default_rng(7),
        resamples=20,
    )
    assert whole.tolist() == [1.0] * 20
    counts = next(chance.resample_counts(np.random.default_rng(8), 50, 6))
    np.testing.assert_array_equal(counts.sum(axis=1), np.full(50, 6.0))


def test_shuffles_with_gaps_keep_each_raters_ratings_on_the_items_rated():
    rows = np.array([[1.0, 2.0, 0.0, 4.0], [0.0, 8.0, 16.0, 0.0]])
    present = np.array([[1, 1, 0, 1], [0, 1, 1, 0]])
    sums = np.concatenate(list(chance.shuffled_sums_with_gaps(rows, present, np.random.default_rng(9), 3000)))
    assert set(sums[:, 0]) == {1.0, 2.0, 4.0}
    assert set(sums[:, 2]) == {8.0, 16.0}
    np.testing.assert_array_equal(sums.sum(axis=1), np.full(3000, 31.0))
    # Twelve arrangements, each as likely: three standard errors of a share of 1/12 among 3,000.
    _, seen = np.unique(sums, axis=0, return_counts=True)
    assert len(seen) == 12
    assert np.abs(seen / 3000 - 1 / 12).max() < 4 * np.sqrt(1 / 12 * 11 / 12 / 3000)


@pytest.mark.parametrize(
    ("options", "argument", "sentence"),
    [
        ({"rng": None}, "rng", "pass rng=numpy.random.default_rng"),
        ({"resamples": 0}, "resamples", "1 or more"),
        ({"resamples": True}, "resamples", "1 or more"),
        ({"statistic": np.mean}, "statistic", r"gave an array of shape \(\) for 9 resamples"),
        ({"ratings": [[1, "2"]]}, "ratings", "is '2', which is not a number"),
    ],
)
def test_a_wrong_argument_is_refused_with_what_would_work(options, argument, sentence):
    usual = {
        "ratings": [[1, 2], [3, 4]],
        "statistic": lambda batch: batch.mean(axis=(1, 2)),
        "rng": np.random.default_rng(1),
        "resamples": 9,
    }
    with pytest.raises(ConsensusError, match=sentence) as refusal:
        bootstrap(**{**usual, **options})
    assert refusal.value.argument == argument
