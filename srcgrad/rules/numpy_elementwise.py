"""Derivatives of NumPy functions that work on each element by itself."""

# ruff: noqa: F841
# Rows must keep the dtype: constants are Python floats, and a comparison is used as a number only where it meets an
# array (`x + (x == 0.0)`), so that float32 stays float32.  "selection": a zero partial wins over an infinite adjoint.

import math

import numpy as np

from ..runtime import chosen_adjoints, i0_partial, masked, unbroadcast
from .declare import elementwise, linear, rule


def pole(pattern: str, over: str, under: str) -> None:
    """A row with one partial, a quotient that has no value for Python's numbers at the pole."""
    elementwise(pattern, f"np.divide({over}, {under})", singular="pole")
    elementwise(pattern, f"{over} / {under}", singular="pole", when=NUMPY.format("x"))


# ----- Arithmetic -----
elementwise("np.add(x1, x2)", "1.0", "1.0")
elementwise("np.subtract(x1, x2)", "1.0", "-1.0")
elementwise("np.multiply(x1, x2)", "x2", "x1")
elementwise("np.divide(x1, x2)", "np.divide(1.0, x2)", "-np.divide(out, x2)", singular="pole")
NUMPY = "not isinstance({0}, (float, complex))"  # what does not raise at a pole
elementwise("np.divide(x1, x2)", "1.0 / x2", "-out / x2", singular="pole", when=NUMPY.format("x2"))
elementwise("operator.truediv(x1, x2)", "1.0 / x2", "-out / x2", singular="pole")
elementwise("np.negative(x)", "-1.0")
elementwise("np.positive(x)", "1.0")
elementwise("np.square(x)", "2.0 * x")
elementwise("np.reciprocal(x)", "-out**2", singular="pole")
elementwise("np.sqrt(x)", "0.5 / out", singular="root")
elementwise("np.cbrt(x)", "1.0 / (3.0 * out**2)", singular="root")

# The comparisons make x**0 and 0**y flat: the exponent stays 0 in x**0, and log(0) becomes log(1).  np.power, since
# Python's own 0.0 ** -0.5 raises.  powers.py has the short forms for known exponents.
POWER = ("x2 * np.power(x1, x2 - (x2 != 0.0))", "out * np.log(x1 + (x1 == 0.0))")
elementwise("np.power(x1, x2)", *POWER, singular="root")
elementwise("operator.pow(x1, x2)", *POWER, singular="root")
elementwise("np.float_power(x1, x2)", *POWER, singular="root")

# The whole number of times x2 goes into x1 is constant; of the remainder it is the slope along x2.
elementwise("np.remainder(x1, x2)", "1.0", "-np.floor_divide(x1, x2)")
elementwise("np.fmod(x1, x2)", "1.0", "np.rint((out - x1) / x2)")

# ----- Exponentials and logarithms -----
elementwise("np.exp(x)", "out", singular="pole")
elementwise("np.exp2(x)", "out * math.log(2.0)", singular="pole")
elementwise("np.expm1(x)", "np.exp(x)", singular="pole")
# np.divide, since Python's own 1.0 / 0.0 raises where np.log(0.0) gives -inf; an array needs no such care
pole("np.log(x)", "1.0", "x")
pole("np.log2(x)", "1.0", "(x * math.log(2.0))")
pole("np.log10(x)", "1.0", "(x * math.log(10.0))")
pole("np.log1p(x)", "1.0", "(1.0 + x)")
FINITE = "x1 > -1e300 or x2 > -1e300"  # certain of constants
elementwise("np.logaddexp(x1, x2)", "np.exp(x1 - out)", "np.exp(x2 - out)", singular="pole", when=FINITE)
elementwise("np.logaddexp2(x1, x2)", "np.exp2(x1 - out)", "np.exp2(x2 - out)", singular="pole", when=FINITE)
# of two zero probabilities (-inf) neither takes part: 0, and not nan, which forward mode would carry on
elementwise("np.logaddexp(x1, x2)", "np.exp(x1 - np.where(np.isneginf(out), 0.0, out))",
            "np.exp(x2 - np.where(np.isneginf(out), 0.0, out))", singular="pole")
elementwise("np.logaddexp2(x1, x2)", "np.exp2(x1 - np.where(np.isneginf(out), 0.0, out))",
            "np.exp2(x2 - np.where(np.isneginf(out), 0.0, out))", singular="pole")

# ----- Trigonometric and hyperbolic functions -----
elementwise("np.sin(x)", "np.cos(x)")
elementwise("np.cos(x)", "-np.sin(x)")
elementwise("np.tan(x)", "1.0 + out**2")
elementwise("np.arcsin(x)", "1.0 / np.sqrt((1.0 - x) * (1.0 + x))", singular="root")
elementwise("np.arccos(x)", "-1.0 / np.sqrt((1.0 - x) * (1.0 + x))", singular="root")
elementwise("np.arctan(x)", "1.0 / (1.0 + x * x)")
elementwise("np.arctan2(x1, x2)", "x2 / r / r", "-x1 / r / r", let="r = np.hypot(x1, x2)", singular="root")
elementwise("np.hypot(x1, x2)", "x1 / out", "x2 / out", singular="root")
elementwise("np.sinh(x)", "np.cosh(x)", singular="pole")
elementwise("np.cosh(x)", "np.sinh(x)", singular="pole")
elementwise("np.tanh(x)", "1.0 - out**2")
elementwise("np.arcsinh(x)", "1.0 / np.sqrt(1.0 + x * x)")
# two roots, not one of the product: only so the branch is right for complex x
elementwise("np.arccosh(x)", "1.0 / (np.sqrt(x - 1.0) * np.sqrt(x + 1.0))", singular="root")
pole("np.arctanh(x)", "1.0", "((1.0 - x) * (1.0 + x))")
elementwise("np.deg2rad(x)", "math.pi / 180.0")
elementwise("np.rad2deg(x)", "180.0 / math.pi")

# Near 0 the quotient loses all its digits, and the series is exact.
elementwise(
    "np.sinc(x)",
    "np.where(np.abs(x) < 0.1, series, (np.cos(math.pi * x) - out) / (x + (x == 0.0)))",
    let="u = math.pi * x * (math.pi * x); tail = 1.0 / 840.0 - u * (1.0 / 45360.0 - u / 3991680.0); "
    "series = -math.pi**2 * x * (1.0 / 3.0 - u * (1.0 / 30.0 - u * tail))",
    numba=False,
)


@rule("np.i0(x)", numba=False)
def i0(x, d_out, t_x):
    d_x = unbroadcast(d_out * i0_partial(x), x)
    t_out = unbroadcast(t_x * i0_partial(x), x)


# ----- Choosing between values: a tie is shared equally -----
# np.sign, since np.heaviside(x1 - x2, 0.5) takes ten times as long and numba has none.
AHEAD, BEHIND = "0.5 + 0.5 * np.sign(x1 - x2)", "0.5 + 0.5 * np.sign(x2 - x1)"
elementwise("np.maximum(x1, x2)", AHEAD, BEHIND, singular="selection")
elementwise("np.minimum(x1, x2)", BEHIND, AHEAD, singular="selection")


# A nan loses against a number; it takes the derivative only where both are nan, and then the value is nan.
@rule("np.fmax(x1, x2)")
def fmax(x1, x2, d_out, t_x1, t_x2):
    first = np.where(np.isnan(x2), 1.0, np.where(np.isnan(x1), 0.0, 0.5 + 0.5 * np.sign(np.subtract(x1, x2))))
    d_x1 = unbroadcast(np.where(first == 0.0, 0.0, d_out * first), x1)
    d_x2 = unbroadcast(np.where(first == 1.0, 0.0, d_out * (1.0 - first)), x2)
    t_out = np.where(first == 0.0, 0.0, t_x1 * first) + np.where(first == 1.0, 0.0, t_x2 * (1.0 - first))


@rule("np.fmin(x1, x2)")
def fmin(x1, x2, d_out, t_x1, t_x2):
    first = np.where(np.isnan(x2), 1.0, np.where(np.isnan(x1), 0.0, 0.5 + 0.5 * np.sign(np.subtract(x2, x1))))
    d_x1 = unbroadcast(np.where(first == 0.0, 0.0, d_out * first), x1)
    d_x2 = unbroadcast(np.where(first == 1.0, 0.0, d_out * (1.0 - first)), x2)
    t_out = np.where(first == 0.0, 0.0, t_x1 * first) + np.where(first == 1.0, 0.0, t_x2 * (1.0 - first))


# `a` keeps its derivative on the closed interval, so it is unchanged there.  A bound may be None, which != survives.
LOWER = "(a < out) & (out == {0})"
UPPER = "(a > out) | (a < out) & (out != {0})"
elementwise(
    "np.clip(a, a_min=None, a_max=None, *, min=None, max=None)",
    "a == out",
    LOWER.format("a_min"),
    UPPER.format("a_min"),
    LOWER.format("min"),
    UPPER.format("min"),
    singular="selection",
)


@linear("np.where(condition, x=None, y=None)")
def where(condition, x, y, d_out):
    d_x = unbroadcast(np.where(condition, d_out, 0.0), x)
    d_y = unbroadcast(np.where(condition, 0.0, d_out), y)


@linear("np.select(condlist, choicelist, default=0)", numba=False)
def select(condlist, choicelist, default, d_out):
    chosen = np.select(condlist, list(range(len(condlist))), -1)
    d_choicelist = chosen_adjoints(d_out, chosen, choicelist)
    d_default = unbroadcast(np.where(chosen == -1, d_out, 0.0), default)


@rule("np.nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None)")
def nan_to_num(x, nan, posinf, neginf, d_out, t_x):
    if not np.iscomplexobj(x):
        d_x = np.where(np.isfinite(x), d_out, 0.0)
        t_out = np.where(np.isfinite(x), t_x, 0.0)
    else:  # the parts by themselves
        d_x = np.real(d_out) * np.isfinite(np.real(x)) + 1j * (np.imag(d_out) * np.isfinite(np.imag(x)))
        t_out = np.real(t_x) * np.isfinite(np.real(x)) + 1j * (np.imag(t_x) * np.isfinite(np.imag(x)))


# ----- Signs -----
@rule("np.abs(x)")
def absolute(x, out, d_out, t_x):
    if not np.iscomplexobj(x):
        d_x = d_out * np.sign(x)
        t_out = t_x * np.sign(x)
    else:
        # conj(x) / |x|, and 0 at 0; true of real x too
        slope = np.conj(x) / (out + (out == 0.0))
        d_x = d_out * slope
        t_out = np.real(t_x * slope)


elementwise("np.fabs(x)", "np.sign(x)")
elementwise("np.copysign(x1, x2)", "np.sign(out) * np.sign(x1)", "0.0")
elementwise("np.heaviside(x1, x2)", "0.0", "x1 == 0.0", numba=False)
elementwise("np.nextafter(x1, x2)", "1.0", "0.0")


# ----- Whole and fractional parts -----
@linear("np.ldexp(x1, x2)")
def ldexp(x1, x2, d_out):
    d_x1 = unbroadcast(np.ldexp(d_out, x2), x1)


@rule("np.frexp(x)", numba=False)
def frexp(x, out, d_out, t_x):
    d_x = np.ldexp(d_out[0], -out[1])
    t_out = (np.ldexp(t_x, -out[1]), np.zeros_like(out[1]))


@rule("np.modf(x)", numba=False)
def modf(x, d_out, t_x):
    d_x = d_out[0]
    t_out = (t_x, np.zeros_like(t_x))


@rule("np.divmod(x1, x2)")
def divmod_(x1, x2, out, d_out, t_x1, t_x2):
    d_x1 = unbroadcast(d_out[1], x1)
    d_x2 = unbroadcast(-out[0] * d_out[1], x2)
    t_out = (np.zeros_like(out[0]), np.zeros_like(out[1]) + t_x1 - out[0] * t_x2)


@rule("np.unwrap(p, discont=None, axis=-1, *, period=2 * math.pi)", numba=False)
def unwrap(p, discont, axis, period, d_out, t_p):
    d_p = d_out
    t_out = t_p


# ----- Complex numbers: the adjoint of z is dL/dRe - i dL/dIm -----
@linear("np.conj(x)")
def conj(x, d_out):
    d_x = np.conj(d_out)


@linear("np.real(val)")
def real(val, d_out):
    d_val = unbroadcast(d_out, val)


@linear("np.imag(val)")
def imag(val, d_out):
    if not np.iscomplexobj(val):
        d_val = 0.0
    else:
        # where nothing was known and val is real, the helper takes the real part, which is 0 too
        d_val = unbroadcast(-1j * d_out, val)


@rule("np.angle(z, deg=False)")
def angle(z, deg, d_out, t_z):
    if not deg:
        turn = 1.0
    else:
        turn = 180.0 / math.pi if deg else 1.0
    if not np.iscomplexobj(z):
        d_z = 0.0
    else:
        d_z = unbroadcast(masked(-1j * turn * d_out, np.divide(1.0, z)), z)
    t_out = turn * np.imag(masked(t_z, np.divide(1.0, z)))


# ----- Other names of the same functions -----
ALIASES = {
    "numpy.true_divide": "np.divide", "numpy.mod": "np.remainder", "numpy.pow": "np.power",
    "numpy.absolute": "np.abs", "numpy.conjugate": "np.conj", "numpy.degrees": "np.rad2deg",
    "numpy.radians": "np.deg2rad", "numpy.acos": "np.arccos", "numpy.acosh": "np.arccosh", "numpy.asin": "np.arcsin",
    "numpy.asinh": "np.arcsinh", "numpy.atan": "np.arctan", "numpy.atan2": "np.arctan2", "numpy.atanh": "np.arctanh",
}  # fmt: skip
