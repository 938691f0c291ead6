"""Kinds of numbers: Python's own, numpy scalars, 0-d arrays, every float and complex dtype, and mixtures."""

import cmath
from typing import cast

import numpy as np
from case import case
from numpy.typing import NDArray


def rational(x):
    """Works on any kind of real number; integers and floats of Python as constants."""
    y = (x * x + 3) / (2 * x - 0.5)
    y = y - x // 4 + 1
    return y * 2**-1 + (-x) ** 3 - +x


def through_integers(x, n):
    """Integer arithmetic of Python, exact, then as factor, exponent and divisor."""
    k = (n * 7 + 3) // 2 % 5
    big = 10**20 // 3
    mask = (n & 6) | (n ^ 1)
    return x**k / n + x * (big / 1e19) - mask * x + True * x


def numpy_scalars(x, y):
    """numpy scalars from reductions, elements, constructors and arithmetic."""
    a = np.float64(x) * np.sqrt(y)
    u = np.array([a, x, y])
    b = u.sum() + u[1] * np.max(u)
    c = np.float64(2.0) * b / np.int64(3)
    return c * b.item() + float(u[0])


def zero_dimensional(x, y):
    """0-d arrays in and out of arithmetic; most results are scalars."""
    a = x * y
    b = np.array(a) + x[()]
    c = np.stack([b, x]) @ np.asarray([1.0, 2.0])
    return np.asarray(c * b.reshape(1)[0] - np.squeeze(x))


def low_precision(x, w):
    """The same formula in the precision of its arguments."""
    s = np.tanh(w * x) / 2 + 0.25 * w
    return np.sum(s * s)


def float32_and_python(u, k):
    """A Python float does not widen a float32 array, nor a float32 scalar."""
    v = 0.5 * u + k
    w = v[0] * 1e-1 + np.sin(v) / 3
    return np.sum(w * w) * 2


def float32_and_float64(u, w):
    """A float64 array does widen; the gradient of the narrow one is narrow again."""
    mixed = u * w + np.float64(0.25) * u
    return mixed @ w + np.sum(u) * np.float64(1.5)


def cast_between(u):
    """To float32 and back, to another width by name, to complex and back."""
    wide = u.astype(np.float64) * 2.0
    narrow = np.asarray(wide, dtype=np.float32) + np.float32(0.5)
    again = narrow.astype("float64") * u
    return np.sum(again * wide) + np.float64(narrow[0])


def integer_arrays(u, counts, labels):
    """Integer arrays as constants: factors, exponents, bounds, indices, unsigned and small ones."""
    powers = u ** np.arange(len(u))
    scaled = powers * counts / counts.sum() + labels.astype(np.float64) * u
    return np.sum(scaled[labels]) * int(counts.max()) + np.sum(np.uint8(3) * u)


def masks_as_factors(u, level):
    """Comparisons and bool masks as factors and in arithmetic."""
    mask = u > level
    kept = u * mask + (u < 0) * level - ~mask * u * u
    sign = 2 * (u > 0) - 1
    return np.sum(kept * sign) * mask.sum() + (level > 0.1) * level


def magnitude(z, w):
    """Real results of complex arithmetic: abs, real, imag, conj."""
    p = z * w.conjugate() + 1j * z
    q = np.conj(p) / (1.0 + 2.0j + w)
    return abs(q) ** 2 + q.real * p.imag - np.real(z * z) + np.imag(w)


def holomorphic(z):
    """Complex in, complex out."""
    return np.exp(1j * z) * z**2 - z / (2.0 + z)


def complex_array(z, k):
    """Signal power after a filter, on arrays of complex numbers."""
    phase = np.exp(-1j * k * np.arange(len(z)))
    turned = z * phase
    response = np.sum(turned) * np.conj(turned[0])
    return np.abs(response) + np.sum(turned.real**2 + z.imag)


def mandelbrot(a, b, steps):
    """Real parameters, complex in between, a branch on the modulus, a real result."""
    c = complex(a, b)
    z = 0j
    for _ in range(steps):
        z = z * z + c
        if abs(z) > 2.0:
            z = z / abs(z)
    return z.real * z.imag + abs(z)


def complex_to_real_and_back(x, z):
    """Real and complex values meet: the cotangent of the real one stays real."""
    y = x * z + x
    r = y.real + np.abs(z) * x
    w = r * z - 1j * x
    return (w * np.conj(w)).real + r


def module_cmath(x, y):
    z = cmath.rect(x, y) + cmath.exp(1j * y)
    return abs(cmath.sqrt(z)) + cmath.phase(z) * x


def broadcast_of_kinds(x, column, row):
    """A scalar, a column of one element per row, a row: each gradient has its own shape."""
    table = x * column + row / (1.0 + column**2)
    shifted = table - x[..., None] if np.ndim(x) else table - x
    return np.sum(np.sin(shifted) * row)


def changing_kind(x):
    """One name: float, then int, then float again, then 0-d, then an array of one element."""
    v = x * x
    k = v
    v = 3
    k = k * v
    v = 1.5 * k
    v = np.array(v)
    k = v[None] * k
    v = k
    return v[0] * x


def power_of_kinds(x, n):
    """Exponents: integer, negative, float, active, zero; bases constant and active."""
    return x**2 + x**-1 + x**0.5 + x**x + 2.0**x + n**x + x**0 + x**n


RNG = np.random.default_rng(0)
F32 = np.array([0.5, -0.25, 1.5], dtype=np.float32)
F64 = np.array([0.3, 0.8, -1.2])
Z = RNG.normal(size=4) + 1j * RNG.normal(size=4)


def annotated_with_aliases(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Types in the body are types, and a cast is what it is given."""
    squares: NDArray[np.float64] = x * x
    total = cast(NDArray[np.float64], squares * x)
    return total


def sums_of_numbers(table, start: list[float], rounds):
    """A total that begins as Python's 0 is a number all the same, and may be kept in a list."""
    values = start
    for _ in range(rounds):
        found = []
        for row in range(3):
            total = 0
            for column in range(3):
                total += (-1) * table[row][column] * values[column]
            found.append(total)
        values = found
    return values


TERMS = {"end": 2, "start": 0}


def number_of(name):
    if isinstance(name, np.ndarray):
        return name
    try:
        return TERMS[name]
    except KeyError:
        return [TERMS[part] for part in name]


def largest_of_mixed(u):
    """The largest of whole and other numbers may be either."""
    found = 1
    for value in u:
        found = max(found, value)
    above = any(value > 1.0 for value in u)
    return max(2, u[0] + 3.0) * min([9, u[1] * 4.0, 7]) * max(above, u[2] * 2.0) * max(0, 1, u[2] * 3.0) * found


def an_integer_that_only_the_run_tells(x, name):
    when = number_of(name)
    factor = x if x > 9.0 else when
    x, when = map(np.sin, [x, when])
    return x * when * factor + max([x, when])


CASES = [
    case(rational, 0.8, label="float"),
    case(rational, np.float64(0.8), label="float64"),
    case(rational, np.array(0.8), label="0-d array"),
    case(rational, F64, label="array"),
    case(rational, np.float32(0.8), tol=1e-2, label="float32"),
    case(rational, np.float16(0.75), tol=2e-1, label="float16"),
    case(rational, np.longdouble(0.8), label="longdouble"),
    case(rational, np.array([[0.8]]), label="one element"),
    case(through_integers, 0.7, 4),
    case(numpy_scalars, 0.7, 1.3),
    case(numpy_scalars, np.float64(0.7), 1.3, label="float64 and float"),
    case(zero_dimensional, np.array(0.7), np.array(1.3)),
    case(low_precision, F32, np.float32(0.7), tol=1e-2, label="float32"),
    case(low_precision, F32.astype(np.float16), np.float16(0.7), tol=1e-1, label="float16"),
    case(low_precision, F32.astype(np.longdouble), np.longdouble(0.7), label="longdouble"),
    case(float32_and_python, F32, 0.25, tol=1e-2),
    case(float32_and_float64, F32, F64, tol=1e-2),
    case(cast_between, F64, tol=1e-2),
    case(integer_arrays, F64 + 2.0, np.array([1, 2, 5]), np.array([2, 0, 1], dtype=np.int8)),
    case(masks_as_factors, F64, 0.5),
    case(magnitude, 0.7 - 0.2j, 0.4 + 1.1j),
    case(magnitude, np.complex128(0.7 - 0.2j), np.complex128(0.4 + 1.1j), label="numpy scalars"),
    case(holomorphic, 0.6 + 0.4j),
    case(holomorphic, Z, label="array"),
    case(complex_array, Z, 0.3),
    case(complex_array, Z.astype(np.complex64), 0.3, tol=1e-2, label="complex64"),
    case(mandelbrot, -0.4, 0.6, 6),
    case(complex_to_real_and_back, 0.7, 0.5 - 0.9j),
    case(module_cmath, 0.7, 0.4),
    case(broadcast_of_kinds, 0.7, F64[:, None], np.array([0.2, 0.9])),
    case(broadcast_of_kinds, np.array([0.7, 0.1, -0.4]), F64[:, None], F64[None, :1], label="size-one axes"),
    case(changing_kind, 0.8),
    case(power_of_kinds, 0.8, 3),
    case(annotated_with_aliases, F64),
    case(sums_of_numbers, np.arange(9.0).reshape(3, 3) / 7, [0.3, -0.2, 0.5], 2),
    case(an_integer_that_only_the_run_tells, 0.8, "end"),
    case(largest_of_mixed, np.array([0.7, 0.4, 1.2])),
]
