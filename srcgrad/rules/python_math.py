"""Derivatives of Python's own numbers: built-in functions, `math`, `cmath`, conversions, and the `operator` module."""

# ruff: noqa: F841
# A partial must not raise where the function does not.  Python floats raise on 1.0 / 0.0 and on (1e200)**2, NumPy's
# do not: hence `x * x`, and np.sqrt or np.float64 where a divisor can be 0.

import math

import numpy as np

from ..runtime import masked, sum_adjoint, unbroadcast
from .declare import bilinear, constant, elementwise, linear, rule

# ----- Powers, exponentials, logarithms -----
elementwise("math.sqrt(x)", "0.5 / np.float64(out)", singular="root")
elementwise("math.cbrt(x)", "1.0 / (3.0 * np.float64(out) ** 2)", singular="root", numba=False)
elementwise("math.exp(x)", "out")
elementwise("math.exp2(x)", "out * math.log(2.0)")
elementwise("math.expm1(x)", "math.exp(x)")
elementwise("math.log2(x)", "1.0 / (x * math.log(2.0))")
elementwise("math.log10(x)", "1.0 / (x * math.log(10.0))")
elementwise("math.log1p(x)", "1.0 / (1.0 + x)")
elementwise(
    "math.pow(x1, x2)",
    "x2 * np.power(x1, x2 - (x2 != 0.0))",
    "out * np.log(x1 + (x1 == 0.0))",
    singular="root",
)
elementwise(
    "builtins.pow(x1, x2, mod=None)",
    "x2 * np.power(x1, x2 - (x2 != 0.0))",
    "out * np.log(x1 + (x1 == 0.0))",
    singular="root",
)


@rule("math.log(x, base=None)")
def log(x, base, out, d_out, t_x, t_base):
    if base is None:
        d_x = d_out / x
        t_out = t_x / x
    else:
        d_x = d_out / (x * math.log(base))
        d_base = -d_out * out / (base * math.log(base))
        t_out = t_x / (x * math.log(base)) - t_base * out / (base * math.log(base))


# ----- Trigonometric and hyperbolic functions -----
elementwise("math.sin(x)", "math.cos(x)")
elementwise("math.cos(x)", "-math.sin(x)")
elementwise("math.tan(x)", "1.0 + out * out")
elementwise("math.asin(x)", "1.0 / np.sqrt((1.0 - x) * (1.0 + x))", singular="root")
elementwise("math.acos(x)", "-1.0 / np.sqrt((1.0 - x) * (1.0 + x))", singular="root")
elementwise("math.atan(x)", "1.0 / (1.0 + x * x)")
elementwise("math.atan2(y, x)", "x / r / r", "-y / r / r", let="r = np.hypot(x, y)", singular="root")
elementwise("math.sinh(x)", "math.cosh(x)")
elementwise("math.cosh(x)", "math.sinh(x)")
elementwise("math.tanh(x)", "1.0 - out * out")
elementwise("math.asinh(x)", "1.0 / math.sqrt(1.0 + x * x)")
elementwise("math.acosh(x)", "1.0 / np.sqrt((x - 1.0) * (x + 1.0))", singular="root")
elementwise("math.atanh(x)", "1.0 / ((1.0 - x) * (1.0 + x))")
elementwise("math.degrees(x)", "180.0 / math.pi")
elementwise("math.radians(x)", "math.pi / 180.0")
elementwise("math.erf(x)", "2.0 / math.sqrt(math.pi) * math.exp(-x * x)")
elementwise("math.erfc(x)", "-2.0 / math.sqrt(math.pi) * math.exp(-x * x)")
elementwise("math.gamma(x)", "out * digamma(x)", numba=False)
elementwise("math.lgamma(x)", "digamma(x)", numba=False)

# ----- Remainders, signs, parts -----
elementwise("math.fmod(x, y)", "1.0", "np.rint((out - x) / y)", numba=False)
elementwise("math.remainder(x, y)", "1.0", "np.rint((out - x) / y)", numba=False)
elementwise("math.fabs(x)", "np.sign(x)")
elementwise("math.copysign(x, y)", "np.sign(out) * np.sign(x)", "0.0")
elementwise("math.nextafter(x, y)", "1.0", "0.0")
elementwise("math.ldexp(x, i)", "np.ldexp(1.0, i)", None, numba=False)
elementwise("math.fma(x, y, z)", "y", "x", "1.0")


@rule("math.frexp(x)")
def frexp(x, out, d_out, t_x):
    d_x = np.ldexp(d_out[0], -out[1])
    t_out = (np.ldexp(t_x, -out[1]), 0.0)


@rule("math.modf(x)")
def modf(x, d_out, t_x):
    d_x = d_out[0]
    t_out = (t_x, 0.0)


# ----- Sums, products and distances of several numbers -----
@rule("math.hypot(*coordinates)")
def hypot(coordinates, out, d_out, t_coordinates):
    d_coordinates = masked(d_out, np.array(coordinates) / out)
    t_out = np.sum(masked(np.array(t_coordinates), np.array(coordinates) / out))


@rule("math.dist(p, q)")
def dist(p, q, out, d_out, t_p, t_q):
    slope = np.subtract(p, q) / out
    d_p = masked(d_out, slope)
    d_q = -masked(d_out, slope)
    t_out = np.sum(masked(np.array(t_p), slope)) - np.sum(masked(np.array(t_q), slope))


@linear("math.fsum(seq)")
def fsum(seq, d_out):
    if isinstance(seq, (list, tuple)):
        d_seq = [d_out] * len(seq)
    else:
        d_seq = np.full(np.shape(seq), d_out)


@linear("statistics.fmean(data)", numba=False)
def fmean(data, d_out):
    if isinstance(data, (list, tuple)):
        d_data = [d_out / len(data)] * len(data)
    else:
        d_data = np.full(np.shape(data), d_out / len(data))


@linear("statistics.mean(data)", numba=False)
def mean(data, d_out):
    if isinstance(data, (list, tuple)):
        d_data = [d_out / len(data)] * len(data)
    else:
        d_data = np.full(np.shape(data), d_out / len(data))


@rule("math.prod(iterable, *, start=1)")
def prod(iterable, start, d_out, t_iterable, t_start):
    # the product of all others, exact where one of them is 0
    others = np.prod(np.where(np.eye(len(iterable), dtype=bool), 1.0, np.array(iterable)), axis=1)
    d_iterable = d_out * start * others
    d_start = d_out * np.prod(np.array(iterable))
    t_out = start * np.dot(others, np.array(t_iterable)) + t_start * np.prod(np.array(iterable))


@bilinear("math.sumprod(p, q)")
def sumprod(p, q, d_out):
    d_p = d_out * np.array(q)
    d_q = d_out * np.array(p)


@linear("builtins.sum(iterable, start=0)")
def sum_(iterable, start, out, d_out):
    if isinstance(iterable, (list, tuple)) and np.ndim(out) == 0:
        d_iterable = [d_out] * len(iterable)
    else:
        d_iterable = sum_adjoint(d_out, iterable)
    d_start = unbroadcast(d_out, start)


# ----- The largest and smallest: a tie is shared equally -----
# Two numbers are told apart in plain Python, which is quick and drops what the other side would turn into 0 * inf.
@rule("builtins.max(a, b=None, *rest, key=None, default=None)")
def max_(a, b, rest, out, d_out, t_a, t_b, t_rest):
    if b is None:
        d_a = np.where(np.equal(a, out), d_out / np.sum(np.equal(a, out)), 0.0)
        t_out = np.sum(np.where(np.equal(a, out), t_a, 0.0)) / np.sum(np.equal(a, out))
    elif len(rest) == 0:
        d_a = d_out if a > b else 0.5 * d_out if a == b else 0.0
        d_b = d_out if b > a else 0.5 * d_out if a == b else 0.0
        t_out = (t_a if a > b else 0.5 * t_a if a == b else 0.0) + (t_b if b > a else 0.5 * t_b if a == b else 0.0)
    else:
        count = np.sum(np.equal((a, b), out)) + np.sum(np.equal(rest, out))
        d_a = d_out / count if a == out else 0.0
        d_b = d_out / count if b == out else 0.0
        d_rest = np.where(np.equal(rest, out), d_out / count, 0.0)
        t_out = (
            (t_a / count if a == out else 0.0)
            + (t_b / count if b == out else 0.0)
            + np.sum(np.where(np.equal(rest, out), t_rest, 0.0)) / count
        )


@rule("builtins.min(a, b=None, *rest, key=None, default=None)")
def min_(a, b, rest, out, d_out, t_a, t_b, t_rest):
    if b is None:
        d_a = np.where(np.equal(a, out), d_out / np.sum(np.equal(a, out)), 0.0)
        t_out = np.sum(np.where(np.equal(a, out), t_a, 0.0)) / np.sum(np.equal(a, out))
    elif len(rest) == 0:
        d_a = d_out if a < b else 0.5 * d_out if a == b else 0.0
        d_b = d_out if b < a else 0.5 * d_out if a == b else 0.0
        t_out = (t_a if a < b else 0.5 * t_a if a == b else 0.0) + (t_b if b < a else 0.5 * t_b if a == b else 0.0)
    else:
        count = np.sum(np.equal((a, b), out)) + np.sum(np.equal(rest, out))
        d_a = d_out / count if a == out else 0.0
        d_b = d_out / count if b == out else 0.0
        d_rest = np.where(np.equal(rest, out), d_out / count, 0.0)
        t_out = (
            (t_a / count if a == out else 0.0)
            + (t_b / count if b == out else 0.0)
            + np.sum(np.where(np.equal(rest, out), t_rest, 0.0)) / count
        )


# ----- Conversions: the same number in another dress; the library keeps the dtype of the argument -----
@linear("builtins.float(x)")
def float_(x, d_out):
    d_x = d_out


@linear("builtins.complex(real, imag=0)")
def complex_(real, imag, d_out):
    d_real = d_out
    d_imag = 1j * d_out


@linear("np.clongdouble(x)")
def clongdouble(x, d_out):
    d_x = d_out


@linear("np.astype(x, dtype, /, *, copy=True, device=None)")
def astype(x, dtype, copy, d_out):
    d_x = d_out


@linear("np.asfortranarray(a, dtype=None, *, like=None)")
def asfortranarray(a, dtype, d_out):
    # a number becomes an array of one element
    d_a = np.reshape(d_out, np.shape(a))


@linear("np.asarray_chkfinite(a, dtype=None, order=None)", numba=False)
def asarray_chkfinite(a, dtype, order, d_out):
    d_a = d_out


# ----- cmath -----
elementwise("cmath.exp(z)", "out")
elementwise("cmath.sqrt(z)", "0.5 / np.complex128(out)", singular="root")
elementwise("cmath.log10(z)", "1.0 / (z * math.log(10.0))")
elementwise("cmath.sin(z)", "np.cos(z)")
elementwise("cmath.cos(z)", "-np.sin(z)")
elementwise("cmath.tan(z)", "1.0 + out * out")
elementwise("cmath.sinh(z)", "np.cosh(z)")
elementwise("cmath.cosh(z)", "np.sinh(z)")
elementwise("cmath.tanh(z)", "1.0 - out * out")
elementwise("cmath.log(z)", "1.0 / z")
elementwise("cmath.rect(r, phi)", "np.exp(1j * phi)", "1j * out")
# through the value: so the branch is always the right one
elementwise("cmath.asin(z)", "1.0 / np.cos(out)", singular="root")
elementwise("cmath.acos(z)", "-1.0 / np.sin(out)", singular="root")
elementwise("cmath.atan(z)", "np.cos(out) ** 2")
elementwise("cmath.asinh(z)", "1.0 / np.cosh(out)", singular="root")
elementwise("cmath.acosh(z)", "1.0 / np.sinh(out)", singular="root")
elementwise("cmath.atanh(z)", "np.cosh(out) ** 2")


@rule("cmath.phase(z)")
def phase(z, d_out, t_z):
    if not np.iscomplexobj(z):
        d_z = 0.0
    else:
        d_z = unbroadcast(masked(-1j * d_out, np.divide(1.0, z)), z)
    t_out = np.imag(masked(t_z, np.divide(1.0, z)))


@rule("cmath.polar(z)")
def polar(z, out, d_out, t_z):
    slope = np.conj(z) / (out[0] + (out[0] == 0.0))
    d_z = unbroadcast(d_out[0] * slope + masked(-1j * d_out[1], np.divide(1.0, z)), z)
    t_out = (np.real(t_z * slope), np.imag(masked(t_z, np.divide(1.0, z))))


# ----- No derivative: whole numbers and yes or no -----
constant(
    "math.floor(x)", "math.ceil(x)", "math.trunc(x)", "math.isfinite(x)", "math.isinf(x)", "math.isnan(x)",
    "math.isclose(a, b, *, rel_tol=1e-9, abs_tol=0.0)", "math.ulp(x)", "math.comb(n, k)", "math.perm(n, k=None)",
    "math.factorial(n)", "math.gcd(*integers)", "math.lcm(*integers)", "math.isqrt(n)",
    "cmath.isfinite(z)", "cmath.isinf(z)", "cmath.isnan(z)", "cmath.isclose(a, b, *, rel_tol=1e-9, abs_tol=0.0)",
)  # fmt: skip

# ----- Operators and other spellings -----
elementwise("operator.mod(x1, x2)", "1.0", "-(x1 // x2)")
ALIASES = {
    "operator.add": "np.add", "operator.sub": "np.subtract", "operator.mul": "np.multiply",
    "operator.floordiv": "np.floor_divide",
    "operator.neg": "np.negative", "operator.pos": "np.positive",
    "operator.matmul": "np.matmul", "operator.abs": "np.abs", "builtins.abs": "np.abs", "builtins.divmod": "np.divmod",
    "numpy.double": "np.float64", "numpy.single": "np.float32", "numpy.half": "np.float16",
    "numpy.cdouble": "np.complex128", "numpy.csingle": "np.complex64",
}  # fmt: skip
