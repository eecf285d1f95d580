"""Kendall's W* a second time, in loops from its definition. Slow on purpose; shares no line with the measure."""

import math

import numpy as np
from scipy import stats

from consensus import kendall_w


def naive_w_star(ratings):
    """W* once more: its sums in loops and a pseudo-inverse."""
    items = ratings.shape[1]
    a, v, degrees = np.zeros(items), np.zeros((items, items)), 0
    for row in ratings:
        seen = np.flatnonzero(~np.isnan(row))
        k = len(seen)
        if k < 2:
            continue
        c = stats.rankdata(row[seen]) - (k + 1) / 2
        w, s2 = math.sqrt(12 / (k + 1)), (c @ c) / (k - 1)
        degrees += k - 1
        for i, j in enumerate(seen):
            a[j] += w * c[i]
            for other in seen:
                v[j, other] += w * w * s2 * ((j == other) - 1 / k)
    return a @ np.linalg.pinv(v, rcond=1e-10) @ a / degrees


def chi2_of(rows):
    """W with neither enumeration nor interval."""
    return kendall_w(rows, p="chi2", interval=None)
