"""Derivatives of what makes sequences and dicts of values: the helpers that comprehensions end in."""

# ruff: noqa: F841

from __future__ import annotations

import numpy as np

from ..runtime import carried, values_at
from .declare import constant, linear, rule


@linear("srcgrad.runtime.dict_of(keys, values)", numba=False)
def dict_of(keys, values, d_out):
    d_values = values_at(d_out, keys, values)


@rule("srcgrad.runtime.of_type(items, dtype)", numba=False)
def of_type(items, dtype, out, d_out, t_items):
    d_items = list(carried(d_out, out))
    t_out = carried(np.array(t_items), out)


constant(
    "srcgrad.runtime.is_sequence(x)", "srcgrad.runtime.is_mapping(x)", "srcgrad.runtime.without_keys(x, keys)",
    "srcgrad.runtime.heap_order(x)", "srcgrad.runtime.heap_pushed(x)", "srcgrad.runtime.heap_popped(x)",
    "srcgrad.runtime.heap_replaced(x)", "srcgrad.runtime.heap_exchanged(x)",
    "srcgrad.runtime.order_of(x, key=None, reverse=False)", "srcgrad.runtime.error_of(attempt, types)",
    "srcgrad.runtime.raise_error(error)", "srcgrad.runtime.try_store(container, index, value)",
    "srcgrad.runtime.leading(x, test)", "srcgrad.runtime.runs_of(keys)", "srcgrad.runtime.following(x, n)",
    "srcgrad.runtime.require_found(found)", "srcgrad.runtime.items_of(x)",
    "srcgrad.runtime.counted(xs)", "srcgrad.runtime.loop_shape(cores, *arrays)",
)  # fmt: skip
