"""What others need for the same figures, each called the way its own manual does. It times nothing itself but R."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

Matrix = np.ndarray[Any, np.dtype[np.float64]]
Work = Callable[[], object]


def friedman(ratings: Matrix) -> Work:
    """Friedman's χ² by scipy, one argument an item: W up to a factor."""
    columns = list(ratings.T)
    return lambda: stats.friedmanchisquare(*columns)


def pingouin_w(ratings: Matrix) -> Work:
    """Kendall's W by pingouin, from a table with raters in rows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas
        import pingouin

    table = pandas.DataFrame(ratings)
    return lambda: pingouin.friedman(table)


def scipy_bootstrap(ratings: Matrix, resamples: int, chance: np.random.Generator) -> Work:
    """Percentile bootstrap of raters by scipy, with its own Friedman as the statistic."""
    raters = np.arange(len(ratings))

    def chi2(drawn: np.ndarray[Any, np.dtype[np.int64]]) -> float:
        return float(stats.friedmanchisquare(*ratings[drawn].T).statistic)

    return lambda: stats.bootstrap(
        (raters,), chi2, n_resamples=resamples, vectorized=False, method="percentile", rng=chance
    )


def scipy_permutation(ratings: Matrix, resamples: int, chance: np.random.Generator) -> Work:
    """Permutation test by scipy, which shuffles within each rater when told that samples are paired."""
    ranks = stats.rankdata(ratings, axis=1)

    def squares(*rows: Matrix, axis: int = -1) -> Matrix:
        total: Matrix = (sum(rows) ** 2).sum(axis=axis)  # type: ignore[operator]
        return total

    return lambda: stats.permutation_test(
        tuple(ranks), squares, permutation_type="pairings", n_resamples=resamples, vectorized=True,
        alternative="greater", batch=500, rng=chance,
    )  # fmt: skip


def krippendorff_alpha(ratings: Matrix) -> Work:
    """Ordinal alpha by the package krippendorff."""
    import krippendorff

    return lambda: krippendorff.alpha(ratings, level_of_measurement="ordinal")


# The package each work needs, and its program; f is what is timed. Those with "stats" need R alone.
R_WORKS = {
    "irr kendall": (
        "irr", "x <- matrix(sample(1:5, {r}*{i}, TRUE), {i}, {r}); f <- function() kendall(x, TRUE)",
    ),
    "friedman.test": (
        "stats", "x <- matrix(sample(1:5, {r}*{i}, TRUE), {r}, {i}); f <- function() friedman.test(x)",
    ),
    "irr kripp.alpha": (
        "irr", 'x <- matrix(sample(1:5, {r}*{i}, TRUE), {r}, {i}); f <- function() kripp.alpha(x, "ordinal")',
    ),
    "vegan kendall.global": (
        "vegan",
        "x <- matrix(sample(1:5, {r}*{i}, TRUE), {i}, {r}); f <- function() kendall.global(x, nperm = 9999)",
    ),
    "boot with irr": (
        "irr",
        "library(boot); x <- matrix(sample(1:5, {r}*{i}, TRUE), {r}, {i}); "  # noqa: ISC004 - one program
        "f <- function() boot(x, function(d, j) kendall(t(d[j, ]), TRUE)$value, 2000)",
    ),
    "boot with friedman.test": (
        "boot",
        "x <- matrix(sample(1:5, {r}*{i}, TRUE), {r}, {i}); "  # noqa: ISC004 - one program
        "f <- function() boot(x, function(d, j) friedman.test(d[j, ])$statistic, 2000)",
    ),
}  # fmt: skip


def r_milliseconds(work: str, raters: int, items: int) -> float | None:
    """Median time of a work in R, in milliseconds; None without R or without the package."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return None
    package, program = R_WORKS[work]
    # What takes long is timed once: it varies by less than what is asked of us.
    timed = (
        f"suppressMessages({{ library({package}); {program.format(r=raters, i=items)} }}); "
        'once <- function() 1000 * system.time(f())[["elapsed"]]; first <- once(); '
        "cat(if (first > 2000) first else median(c(first, once(), once())))"
    )
    done = subprocess.run([rscript, "--vanilla", "-e", timed], capture_output=True, text=True, check=False)
    return float(done.stdout) if done.returncode == 0 and done.stdout else None


def is_here(package: str) -> bool:
    """Tell whether a peer is installed."""
    return importlib.util.find_spec(package) is not None
