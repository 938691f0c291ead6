"""Derivatives of helpers of emitted code, so that emitted code can be differentiated again.

All other helpers are differentiated like functions of the user: their source is plain NumPy.
"""

# ruff: noqa: F841, F811
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    accumulate,
    carried,
    einsum_adjoint,
    einsum_adjoint_moved,
    einsum_adjoint_shares,
    einsum_with,
    masked,
    own,
    real_items,
    resized_adjoint,
    share_of,
    solution_adjoint,
    solution_tangent,
    solve_equation,
    unbroadcast,
    vectors_adjoint,
    vectors_tangent,
    with_imag,
    with_real,
    zeros_like,
)
from .declare import bilinear, constant, linear, rule


@bilinear("srcgrad.runtime.masked(d, partial)", numba=False)
def _(d, partial, d_out):
    d_d = unbroadcast(masked(d_out, partial), d)
    d_partial = unbroadcast(masked(d, d_out), partial)


@linear("srcgrad.runtime.unbroadcast(d, x)", numba=False)
def _(d, x, d_out):
    d_d = unbroadcast(d_out, d)  # what is repeated one way is summed the other way
    d_x = 0.0


# Of adjoints of which it is not known whether they are numbers, lists or None.


@rule("srcgrad.runtime.accumulate(a, b)", numba=False)
def _(a, b, d_out, t_a, t_b):
    d_a = share_of(d_out, a)
    d_b = share_of(d_out, b)
    t_out = accumulate(t_a, t_b)


@rule("srcgrad.runtime.own(d)", numba=False)
def _(d, d_out, t_d):
    d_d = own(d_out)
    t_out = own(t_d)


@rule("srcgrad.runtime.share_of(d, x)", numba=False)
def _(d, x, d_out, t_d):
    d_d = share_of(d_out, d)
    t_out = share_of(t_d, x)


@linear("srcgrad.runtime.of_shape(d, x, what)", numba=False)
def _(d, x, what, d_out):
    d_d = unbroadcast(d_out, d)
    d_x = 0.0


@linear("srcgrad.runtime.of_result(t, value, what, others=())", numba=False)
def _(t, value, what, others, d_out):
    d_t = unbroadcast(d_out, t)
    d_value = 0.0
    d_others = zeros_like(others)


@linear("srcgrad.runtime.carried(d, result)", numba=False)
def _(d, result, d_out):
    d_d = carried(d_out, result)
    d_result = 0.0


@linear("srcgrad.runtime.real_items(d, items)", numba=False)
def _(d, items, d_out):
    d_d = real_items(d_out, items)
    d_items = zeros_like(items)


@linear("srcgrad.runtime.laid_out_as(t, x)", numba=False)
def _(t, x, d_out):
    d_t = d_out
    d_x = zeros_like(x)


# The adjoint of what is linear is linear itself, and its own adjoint is what one began with.


@linear("srcgrad.runtime.gradient_adjoint(d, f, spacing, axis=None, edge_order=1)", numba=False)
def _(d, f, spacing, axis, edge_order, d_out):
    if len(spacing) == 0:
        d_d = np.gradient(d_out, axis=axis, edge_order=edge_order)
    elif len(spacing) == 1:
        d_d = np.gradient(d_out, spacing[0], axis=axis, edge_order=edge_order)
    else:
        d_d = np.gradient(d_out, *spacing, axis=axis, edge_order=edge_order)
    d_f = zeros_like(f)


@linear("srcgrad.runtime.block_adjoint(d, arrays)", numba=False)
def _(d, arrays, d_out):
    d_d = np.block(d_out)
    d_arrays = zeros_like(arrays)


@rule("srcgrad.runtime.einsum_adjoint(d, subscripts, operands, k)", numba=False)
def _(d, subscripts, operands, k, d_out, t_d, t_operands):
    d_d = einsum_with(d_out, subscripts, operands, k)
    d_operands = einsum_adjoint_shares(d, subscripts, operands, k, d_out)
    t_out = einsum_adjoint(t_d, subscripts, operands, k)
    t_out += einsum_adjoint_moved(d, subscripts, operands, k, t_operands)


@rule("srcgrad.runtime.eigvals_vectors(a, w)", numba=False)
def _(a, w, out, d_out, t_a):
    d_a = vectors_adjoint(d_out, a, w, out)
    d_w = zeros_like(w)
    t_out = vectors_tangent(t_a, w, out)


@rule("srcgrad.runtime.solution(x, residual, slope, solver)", numba=False)
def _(x, residual, slope, solver, d_out, t_x, t_residual, t_slope):
    d_x = d_out
    d_residual = solution_adjoint(d_out, slope, solver)
    d_slope = 0.0  # times a residual of zero
    t_out = t_x
    t_out += solution_tangent(t_residual, slope, solver)
    t_out += 0.0 * np.sum(t_slope)


@rule("srcgrad.runtime.solve_equation(a, b, solver)", numba=False)
def _(a, b, solver, out, d_out, t_a, t_b):
    d_b = solve_equation(a.T, d_out, solver)
    d_a = -np.outer(d_b, out)
    t_out = solve_equation(a, t_b, solver)
    t_out += solve_equation(a, -(t_a @ out), solver)


@linear("srcgrad.runtime.resized(x, *shape)", numba=False)
def _(x, shape, d_out):
    d_x = resized_adjoint(d_out, x)


@rule("srcgrad.runtime.with_real(z, e)", numba=False)
def _(z, e, d_out, t_z, t_e):
    d_z = with_real(d_out, 0.0)
    d_e = unbroadcast(np.real(d_out), e)
    t_out = with_real(t_z, t_e)


@rule("srcgrad.runtime.with_imag(z, e)", numba=False)
def _(z, e, d_out, t_z, t_e):
    d_z = with_imag(d_out, 0.0)
    d_e = unbroadcast(-np.imag(d_out), e)
    t_out = with_imag(t_z, t_e)


constant(
    "srcgrad.runtime.along_axis(x, indices, axis)", "srcgrad.runtime.in_turn(x, index)",
    "srcgrad.runtime.diagonal_places(x, wrap)",
    "srcgrad.runtime.equal_shares(x, best, axis=None, keepdims=False)",
    "srcgrad.runtime.chosen_shares(x, best, axis, keepdims, where, initial)",
    "srcgrad.runtime.range_shares(x, axis=None)", "srcgrad.runtime.median_shares(x, axis=None)",
    "srcgrad.runtime.valid_shares(x, axis=None)",
    "srcgrad.runtime.running_hits(x, best, axis)", "srcgrad.runtime.partition_order(x, kth, axis)",
    "srcgrad.runtime.count_along(x, axis=None, where=True)", "srcgrad.runtime.reduced_axes(x, axis=None)",
    "srcgrad.runtime.joined_places(key, joiner)",
    "srcgrad.runtime.positions(x)", "srcgrad.runtime.shadow_of(x)", "srcgrad.runtime.zeros_like(x)",
    "srcgrad.runtime.zero_tangent(x)",
    "srcgrad.runtime.require_numbers(*values)", "srcgrad.runtime.require_real(*values)",
    "srcgrad.runtime.held(x)", "srcgrad.runtime.stopped(x)", "srcgrad.runtime.require_solution(x, solver)",
    "srcgrad.runtime.holds_twice(*values)", "srcgrad.runtime.may_share_memory(a, b)",
    "srcgrad.runtime.require_alike(t_part, t, part, x)",
    "srcgrad.runtime.checkpoint(steps, snapshots)",
    "srcgrad.runtime.first_snapshots(steps, snapshots)",
    "srcgrad.runtime.revolve(steps, snapshots, kept=None)", "srcgrad.runtime.online_snapshots(snapshots)",
    "srcgrad.runtime.require_arrays(*values)", "srcgrad.runtime.require_no_lists(*values)",
    "srcgrad.runtime.require_real_items(*values)",
    "srcgrad.runtime.require_items(x)", "srcgrad.runtime.require_c_order(x)", "srcgrad.runtime.is_number_or_tuple(x)",
    "srcgrad.runtime.axis_origin(origin, x, axis)", "srcgrad.runtime.turned_origin(size, origin, rank)",
    "srcgrad.runtime.require_scalars(*values)", "srcgrad.runtime.require_form(value, form)",
)  # fmt: skip
