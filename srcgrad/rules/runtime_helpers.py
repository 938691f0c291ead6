"""Derivatives of helpers of emitted code, so that emitted code can be differentiated again.

All other helpers are differentiated like functions of the user: their source is plain NumPy.
"""

# ruff: noqa: F841, F811
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import carried, masked, unbroadcast
from .declare import bilinear, constant, linear


@bilinear("srcgrad.runtime.masked(d, partial)", numba=False)
def _(d, partial, d_out):
    d_d = unbroadcast(masked(d_out, partial), d)
    d_partial = unbroadcast(masked(d, d_out), partial)


@linear("srcgrad.runtime.unbroadcast(d, x)", numba=False)
def _(d, x, d_out):
    d_d = np.broadcast_to(d_out, np.shape(d))
    d_x = 0.0


@linear("srcgrad.runtime.carried(d, result)", numba=False)
def _(d, result, d_out):
    d_d = carried(d_out, result)
    d_result = 0.0


constant(
    "srcgrad.runtime.count_along(x, axis)", "srcgrad.runtime.reduced_axes(x, axis)", "srcgrad.runtime.positions(x)",
    "srcgrad.runtime.require_numbers(*values)", "srcgrad.runtime.require_real(*values)",
    "srcgrad.runtime.require_arrays(*values)", "srcgrad.runtime.require_real_items(*values)",
    "srcgrad.runtime.require_items(x)",
)  # fmt: skip
