"""Derivatives of scipy.ndimage, scipy.signal and scipy.integrate: filters, convolutions, integrals along an axis.

A filter of an image is transposed by the same filter with its weights reversed, in zeros, and by folding what it has
put beyond the edges back to where it came from.
"""

# ruff: noqa: F821, F841  (templates are read as text: SciPy is not imported)
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    along_one_axis,
    along_weights,
    gaussian_reach,
    lag_sums,
    parity,
    plain_axis,
    running_abscissae,
    running_adjoint,
    step_adjoint,
    step_tangent,
    turned_origin,
    unbordered,
    unbroadcast,
    whole_convolution,
    window_sums,
    with_room,
)  # fmt: skip
from .declare import bilinear, rule
from .numpy_families import written

N = "scipy.ndimage"


# ----- filters of images -----
@rule(f"{N}.correlate(input, weights, output=None, mode='reflect', cval=0.0, origin=0)")
def correlate(input, weights, mode, cval, origin, d_out, t_input, t_weights):
    reach = np.shape(weights)
    d_input = unbordered(
        scipy.ndimage.convolve(with_room(d_out, reach), weights, None, "constant", 0.0, origin), input, reach, mode
    )
    d_weights = window_sums(d_out, input, weights, mode, cval, origin)
    t_out = scipy.ndimage.correlate(t_input, weights, None, mode, 0.0, origin)
    t_out += scipy.ndimage.correlate(input, t_weights, None, mode, cval, origin)


@rule(f"{N}.convolve(input, weights, output=None, mode='reflect', cval=0.0, origin=0)")
def convolve(input, weights, mode, cval, origin, d_out, t_input, t_weights):
    reach = np.shape(weights)
    d_input = unbordered(
        scipy.ndimage.correlate(with_room(d_out, reach), weights, None, "constant", 0.0, origin), input, reach, mode
    )
    d_weights = np.flip(
        window_sums(d_out, input, weights, mode, cval, turned_origin(np.shape(weights), origin, np.ndim(input)))
    )
    t_out = scipy.ndimage.convolve(t_input, weights, None, mode, 0.0, origin)
    t_out += scipy.ndimage.convolve(input, t_weights, None, mode, cval, origin)


@rule(f"{N}.gaussian_filter(input, sigma, order=0, output=None, mode='reflect', cval=0.0, truncate=4.0, *, "
      "radius=None)")  # fmt: skip
def gaussian_filter(input, sigma, order, mode, cval, truncate, radius, d_out, t_input):
    reach = gaussian_reach(input, sigma, truncate, radius)
    wide = with_room(parity(input, order) * d_out, reach)
    d_input = unbordered(
        scipy.ndimage.gaussian_filter(wide, sigma, order, None, "constant", 0.0, truncate, radius=radius),
        input, reach, mode,
    )  # fmt: skip
    t_out = scipy.ndimage.gaussian_filter(t_input, sigma, order, None, mode, 0.0, truncate, radius=radius)


@rule(f"{N}.uniform_filter(input, size=3, output=None, mode='reflect', cval=0.0, origin=0)")
def uniform_filter(input, size, mode, cval, origin, d_out, t_input):
    reach = [int(n) for n in np.broadcast_to(size, np.ndim(input))]
    d_input = unbordered(
        scipy.ndimage.uniform_filter(
            with_room(d_out, reach), size, None, "constant", 0.0, turned_origin(size, origin, np.ndim(input))
        ), input, reach, mode,
    )  # fmt: skip
    t_out = scipy.ndimage.uniform_filter(t_input, size, None, mode, 0.0, origin)


@rule(f"{N}.laplace(input, output=None, mode='reflect', cval=0.0)")
def laplace(input, mode, cval, d_out, t_input):
    reach = [1] * np.ndim(input)
    d_input = unbordered(scipy.ndimage.laplace(with_room(d_out, reach), None, "constant"), input, reach, mode)
    t_out = scipy.ndimage.laplace(t_input, None, mode, 0.0)


for name in ("sobel", "prewitt"):
    text = f"""
def edges(input, axis, mode, cval, d_out, t_input):
    reach = [1] * np.ndim(input)
    d_input = unbordered(scipy.ndimage.{name}(with_room(-d_out, reach), axis, None, "constant"), input, reach, mode)
    t_out = scipy.ndimage.{name}(t_input, axis, None, mode, 0.0)
"""
    written("rule", f"{N}.{name}(input, axis=-1, output=None, mode='reflect', cval=0.0)", text)


# ----- filters along one axis: the matrix of a filter is what it makes of the unit vectors -----
for name, given, passed in (
    (f"{N}.gaussian_filter1d",
     "sigma, axis=-1, order=0, output=None, mode='reflect', cval=0.0, truncate=4.0, *, radius=None",
     "sigma, {axis}, order, None, mode, 0.0, truncate, radius=radius"),
    (f"{N}.uniform_filter1d", "size, axis=-1, output=None, mode='reflect', cval=0.0, origin=0",
     "size, {axis}, None, mode, 0.0, origin"),
    ("scipy.signal.savgol_filter",
     "window_length, polyorder, deriv=0, delta=1.0, axis=-1, mode='interp', cval=0.0",
     "window_length, polyorder, deriv, delta, {axis}, mode, 0.0"),
    ("scipy.signal.detrend", "axis=-1, type='linear', bp=0, overwrite_data=False", "{axis}, type, bp"),
):  # fmt: skip
    used = [p.partition("=")[0].strip() for p in given.split(",")]
    first = {"savgol_filter": "x", "detrend": "data"}.get(name.rpartition(".")[2], "input")
    shown = ", ".join(u for u in used if u not in ("*", "output", "overwrite_data"))
    text = f"""
def filtered({first}, {shown}, d_out, t_{first}):
    matrix = {name}(np.eye(np.shape({first})[axis]), {passed.format(axis="0")})
    d_{first} = unbroadcast(along_one_axis(matrix.T, d_out, axis), {first})
    t_out = {name}(t_{first}, {passed.format(axis="axis")})
"""
    written("rule", f"{name}({first}, {given})", text)


for name, sums in (
    ("correlate1d", "window_sums(d_out, input, along_its_axis(weights, input, axis), mode, cval, {plain})"),
    ("convolve1d", "np.flip(window_sums(d_out, input, along_its_axis(weights, input, axis), mode, cval, {turned}))"),
):
    plain, turned = (
        f"axis_origin({o}, input, axis)" for o in ("origin", "turned_origin(np.size(weights), origin, 1)")
    )
    text = f"""
def filtered(input, weights, axis, mode, cval, origin, d_out, t_input, t_weights):
    matrix = {N}.{name}(np.eye(np.shape(input)[axis]), weights, 0, None, mode, 0.0, origin)
    d_input = unbroadcast(along_one_axis(matrix.T, d_out, axis), input)
    d_weights = np.reshape({sums.format(plain=plain, turned=turned)}, np.shape(weights))
    t_out = {N}.{name}(t_input, weights, axis, None, mode, 0.0, origin)
    t_out += {N}.{name}(input, t_weights, axis, None, mode, cval, origin)
"""
    written("rule", f"{N}.{name}(input, weights, axis=-1, output=None, mode='reflect', cval=0.0, origin=0)", text)


# ----- convolutions -----
for name, options in (("convolve", ", method='auto'"), ("fftconvolve", ", axes=None"), ("oaconvolve", ", axes=None")):
    used = ", method" if "method" in options else ""
    text = f"""
def convolved(in1, in2, mode{used}, d_out):
    whole = whole_convolution(d_out, in1, in2, mode)
    d_in1 = unbroadcast(scipy.signal.correlate(whole, np.conj(in2), "valid"{used}), in1)
    d_in2 = unbroadcast(scipy.signal.correlate(whole, np.conj(in1), "valid"{used}), in2)
"""
    written("bilinear", f"scipy.signal.{name}(in1, in2, mode='full'{options})", text)


@bilinear("scipy.signal.convolve2d(in1, in2, mode='full', boundary='fill', fillvalue=0)")
def convolve2d(in1, in2, mode, d_out):
    whole = whole_convolution(d_out, in1, in2, mode)
    d_in1 = unbroadcast(scipy.signal.correlate(whole, np.conj(in2), "valid"), in1)
    d_in2 = unbroadcast(scipy.signal.correlate(whole, np.conj(in1), "valid"), in2)


for name, options in (("correlate", ", method='auto'"), ("correlate2d", ", boundary='fill', fillvalue=0")):
    used, late = (", method", 0) if "method" in options else ("", 1)
    text = f"""
def correlated(in1, in2, mode{used}, d_out):
    whole = whole_convolution(d_out, in1, in2, mode, {late})
    d_in1 = unbroadcast(scipy.signal.convolve(whole, np.conj(in2), "valid"{used}), in1)
    d_in2 = unbroadcast(turned(scipy.signal.correlate(whole, np.conj(in1), "valid"{used})), in2)
"""
    written("bilinear", f"scipy.signal.{name}(in1, in2, mode='full'{options})", text)


@rule("scipy.signal.lfilter(b, a, x, axis=-1, zi=None)")
def lfilter(b, a, x, axis, out, d_out, t_b, t_a, t_x):
    d_x = unbroadcast(np.flip(scipy.signal.lfilter(b, a, np.flip(d_out, axis), axis), axis), x)
    d_b = unbroadcast(lag_sums(d_out, scipy.signal.lfilter([1.0], a, x, axis), len(b), axis), b)
    d_a = unbroadcast(-lag_sums(d_out, scipy.signal.lfilter([1.0], a, out, axis), len(a), axis), a)
    t_out = scipy.signal.lfilter(b, a, t_x, axis)
    t_out += scipy.signal.lfilter(t_b, a, x, axis)
    t_out -= scipy.signal.lfilter(t_a, a, out, axis)


# ----- integrals -----
@rule("scipy.integrate.simpson(y, x=None, *, dx=1.0, axis=-1)")
def simpson(y, x, dx, axis, out, d_out, t_y, t_dx):
    weights = scipy.integrate.simpson(np.eye(np.shape(y)[axis]), x=plain_axis(x), dx=dx, axis=0)
    d_y = along_weights(weights, d_out, y, axis)
    t_out = scipy.integrate.simpson(t_y, x=x, dx=dx, axis=axis)
    d_dx = step_adjoint(d_out, out, x, dx)
    t_out += step_tangent(t_dx, out, x, dx)


@rule("scipy.integrate.romb(y, dx=1.0, axis=-1, show=False)")
def romb(y, dx, axis, out, d_out, t_y, t_dx):
    d_y = along_weights(scipy.integrate.romb(np.eye(np.shape(y)[axis]), dx, 0), d_out, y, axis)
    d_dx = np.sum(d_out * out) / dx
    t_out = scipy.integrate.romb(t_y, dx, axis)
    t_out += t_dx * out / dx


@rule("scipy.integrate.cumulative_trapezoid(y, x=None, dx=1.0, axis=-1, initial=None)")
def cumulative_trapezoid(y, x, dx, axis, initial, out, d_out, t_y, t_x, t_dx):
    d_y = unbroadcast(running_adjoint(d_out, y, x, dx, axis, initial), y)
    t_out = scipy.integrate.cumulative_trapezoid(t_y, x, dx, axis, initial)
    d_x = running_abscissae(d_out, y, x, axis, initial)
    d_dx = step_adjoint(d_out, out, x, dx)
    t_out += scipy.integrate.cumulative_trapezoid(y, t_x, dx, axis, initial)
    t_out += step_tangent(t_dx, out, x, dx)


@rule("scipy.integrate.cumulative_simpson(y, *, x=None, dx=1.0, axis=-1, initial=None)")
def cumulative_simpson(y, x, dx, axis, d_out, t_y):
    matrix = scipy.integrate.cumulative_simpson(np.eye(np.shape(y)[axis]), x=plain_axis(x), dx=dx, axis=0)
    d_y = unbroadcast(along_one_axis(matrix.T, d_out, axis), y)
    t_out = scipy.integrate.cumulative_simpson(t_y, x=x, dx=dx, axis=axis)
