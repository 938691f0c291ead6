"""Derivatives of helpers of emitted code, so that emitted code can be differentiated again.

All other helpers are differentiated like functions of the user: their source is plain NumPy.
"""

# ruff: noqa: F841, F811
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import masked, unbroadcast
from .declare import bilinear, constant, linear


@bilinear("srcgrad.runtime.masked(d, partial)", numba=False)
def _(d, partial, d_out):
    d_d = unbroadcast(masked(d_out, partial), d)
    d_partial = unbroadcast(masked(d, d_out), partial)


@linear("srcgrad.runtime.unbroadcast(d, x)", numba=False)
def _(d, x, d_out):
    d_d = np.broadcast_to(d_out, np.shape(d))
    d_x = 0.0


@linear("srcgrad.runtime.carried(d, out)", numba=False)
def _(d, out, d_out):
    d_d = d_out


constant(
    "srcgrad.runtime.count_along(x, axis)", "srcgrad.runtime.reduced_axes(x, axis)", "srcgrad.runtime.positions(x)",
    "srcgrad.runtime.require_numbers(*values)", "srcgrad.runtime.require_real(*values)",
    "srcgrad.runtime.checkpoint(steps, snapshots)", "srcgrad.runtime.first_snapshots(steps, snapshots)",
    "srcgrad.runtime.revolve(steps, snapshots, kept=None)", "srcgrad.runtime.online_snapshots(snapshots)",
    "srcgrad.runtime.require_arrays(*values)", "srcgrad.runtime.require_real_items(*values)",
)  # fmt: skip
