"""Programs that convert to a dtype which only the running program knows."""

from __future__ import annotations

from typing import Any

import numpy as np


class Like:
    """Has a dtype, and is no array: an emitted module knows nothing of it."""

    def __init__(self, a: Any) -> None:
        self.dtype = a.dtype


def method(x, like: object):
    return np.sum(x.astype(like.dtype) * x)


def function(x, like: object):
    return np.sum(np.astype(x, like.dtype) * x)


def as_array(x, like: object):
    return np.sum(np.asarray(x, dtype=like.dtype) * x)


def of_a_list(x, like: object):
    return np.sum(np.array([x[0], x[1]], dtype=like.dtype) * x)


def total(x, like: object):
    return np.sum(x, dtype=like.dtype) * x[0]


def running(x, like: object):
    return np.sum(np.cumsum(x, dtype=like.dtype) * x)


def average(x, like: object):
    return np.mean(x, dtype=like.dtype) * x[0]


def filled(x, like: object):
    return np.sum(np.full(2, x[0], dtype=like.dtype) * x)


def filled_like(x, like: object):
    return np.sum(np.full_like(np.zeros(2, like.dtype), x[0]) * x)
