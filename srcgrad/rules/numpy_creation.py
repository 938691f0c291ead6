"""New arrays made of values that carry derivatives, and conversions from one kind of number to another."""

# ruff: noqa: F841
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    in_period,
    interp_adjoint,
    interp_slope,
    linspace_adjoint,
    meshgrid_adjoints,
    period_order,
    period_turns,
    real_items,
    scatter,
    summed_like,
    unbroadcast,
    values_and_step,
)  # fmt: skip
from .declare import linear, rule


# ----- new arrays -----
@linear("np.full(shape, fill_value, dtype=None, order='C')")
def full(shape, fill_value, dtype, order, d_out):
    d_fill_value = unbroadcast(d_out, fill_value)


@linear("np.full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None)")
def full_like(a, fill_value, dtype, order, shape, d_out):
    d_a = 0.0
    d_fill_value = unbroadcast(d_out, fill_value)


@linear("np.meshgrid(*xi, copy=True, sparse=False, indexing='xy')")
def meshgrid(xi, copy, sparse, indexing, d_out):
    d_xi = meshgrid_adjoints(d_out, xi, indexing)


@linear("np.linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0)")
def linspace(start, stop, num, endpoint, retstep, dtype, axis, d_out):
    if not retstep:
        d_start = linspace_adjoint(d_out, 1.0, endpoint, axis, start)
        d_stop = linspace_adjoint(d_out, 0.0, endpoint, axis, stop)
    else:
        parts = values_and_step(d_out, retstep, num - 1 if endpoint else num)
        d_start = linspace_adjoint(parts[0], 1.0, endpoint, axis, start) - summed_like(parts[1], start)
        d_stop = linspace_adjoint(parts[0], 0.0, endpoint, axis, stop) + summed_like(parts[1], stop)


@rule("np.interp(x, xp, fp, left=None, right=None, period=None)")
def interp(x, xp, fp, left, right, period, d_out, t_x, t_xp, t_fp, t_left, t_right):
    if period is None:
        slope = interp_slope(x, xp, fp)
        d_x = d_out * slope
        d_xp = interp_adjoint(-d_out * slope, x, xp)
        d_fp = interp_adjoint(d_out, x, xp, left, right)
        d_left = np.sum(np.where(np.less(x, xp[0]), d_out, 0.0))
        d_right = np.sum(np.where(np.greater(x, xp[-1]), d_out, 0.0))
        t_out = t_x * slope - np.interp(x, xp, t_xp) * slope
        if left is None and right is None:
            t_out += np.interp(x, xp, t_fp)
        else:
            t_out += np.interp(x, xp, t_fp, None if left is None else 0.0, None if right is None else 0.0)
        t_out += np.where(np.less(x, xp[0]), t_left, 0.0)
        t_out += np.where(np.greater(x, xp[-1]), t_right, 0.0)
    else:
        order = period_order(xp, period)
        nodes = in_period(np.asarray(xp)[order], period) + period_turns(order, period)
        place = in_period(x, period)
        slope = interp_slope(place, nodes, np.asarray(fp)[order])
        d_x = d_out * slope
        d_xp = scatter(interp_adjoint(-d_out * slope, place, nodes), xp, order)
        d_fp = scatter(interp_adjoint(d_out, place, nodes, left, right), fp, order)
        d_left = np.sum(np.where(np.less(place, nodes[0]), d_out, 0.0))
        d_right = np.sum(np.where(np.greater(place, nodes[-1]), d_out, 0.0))
        t_out = t_x * slope - np.interp(place, nodes, np.asarray(t_xp)[order]) * slope
        t_out += np.interp(
            place, nodes, np.asarray(t_fp)[order], None if left is None else 0.0, None if right is None else 0.0
        )
        t_out += np.where(np.less(place, nodes[0]), t_left, 0.0)
        t_out += np.where(np.greater(place, nodes[-1]), t_right, 0.0)


@rule("np.real_if_close(a, tol=100)")
def real_if_close(a, tol, out, d_out, t_a):
    d_a = d_out
    t_out = real_items(t_a, out)


@linear("np.array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0)")
def array(object, dtype, copy, order, ndmin, d_out):
    if ndmin != 0:
        d_out = np.reshape(d_out, np.shape(object))
    if isinstance(object, (list, tuple)):
        d_object = list(d_out)
    else:
        d_object = d_out


@linear("np.asarray(a, dtype=None, order=None)")
def asarray(a, dtype, order, d_out):
    if isinstance(a, (list, tuple)):
        d_a = list(d_out)
    else:
        d_a = d_out


@linear("np.copy(a, order='K', subok=False)")
def copy(a, order, d_out):
    d_a = d_out


@linear("np.ascontiguousarray(a, dtype=None)")
def ascontiguousarray(a, dtype, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("np.asfortranarray(a, dtype=None)")
def asfortranarray(a, dtype, d_out):
    d_a = np.reshape(d_out, np.shape(a))


# ----- kinds of numbers -----
@linear("ndarray.astype(a, dtype, order='K', casting='unsafe', subok=True, copy=True)")
def astype(a, dtype, order, casting, copy, d_out):
    d_a = d_out


@linear("np.astype(x, dtype, /, *, copy=True)")
def astype_function(x, dtype, copy, d_out):
    d_x = d_out


@linear("ndarray.item(a)")
def item(a, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("ndarray.tolist(a)")
def tolist(a, d_out):
    d_a = np.array(d_out)


@linear("np.float64(x)")
def float64(x, d_out):
    d_x = d_out


@linear("np.float32(x)")
def float32(x, d_out):
    d_x = d_out


@linear("np.float16(x)")
def float16(x, d_out):
    d_x = d_out


@linear("np.longdouble(x)")
def longdouble(x, d_out):
    d_x = d_out


@linear("np.complex128(x)")
def complex128(x, d_out):
    d_x = d_out


@linear("np.complex64(x)")
def complex64(x, d_out):
    d_x = d_out
