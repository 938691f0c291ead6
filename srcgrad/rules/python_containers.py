"""Derivatives of what makes sequences and dicts of values: the helpers that comprehensions end in."""

# ruff: noqa: F841

from __future__ import annotations

from ..runtime import values_at
from .declare import constant, linear


@linear("srcgrad.runtime.dict_of(keys, values)", numba=False)
def dict_of(keys, values, d_out):
    d_values = values_at(d_out, keys, values)


constant(
    "srcgrad.runtime.is_sequence(x)", "srcgrad.runtime.is_mapping(x)", "srcgrad.runtime.without_keys(x, keys)",
    "srcgrad.runtime.order_of(x, key=None, reverse=False)", "srcgrad.runtime.error_of(attempt, types)",
    "srcgrad.runtime.counted(xs)",
)  # fmt: skip
