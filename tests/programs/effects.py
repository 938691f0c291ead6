"""What is not arithmetic: print, assert, raise, f-strings, imports, docstrings, constants, the math module."""

import io
import math
import sys
from math import pi, tau

import numpy as np
from case import case

DENSITY = 1.2
LIMITS = {"low": -5.0, "high": 5.0}
WEIGHTS = np.array([0.25, 0.5, 0.25])
VERBOSE = False


def prints_each_step(x, steps):
    """Printed once, in order, on real values."""
    print("start", x)
    for i in range(steps):
        x = x - 0.1 * np.sin(x)
        print(f"{i:3d} {x:.4f}", end="\n" if i % 2 else "; ")
    print(*[x, steps], sep=" | ", file=sys.stdout)
    return x * x


def asserts(x, y):
    assert x > 0.0, f"x must be positive, not {x}"
    r = x * x + y * y
    assert r < 100.0
    assert isinstance(r, float) and not math.isnan(r), "no number"
    return math.log(r) * x


def raises_not(x, kind):
    """The raises that are not taken, in a chain and in a loop."""
    if kind == "linear":
        y = 2.0 * x
    elif kind == "root":
        if x < 0.0:
            raise ValueError(f"root of {x:g}")
        y = math.sqrt(x)
    else:
        raise KeyError(kind)
    for k in range(3):
        y = y * 1.1
        if y > 1e6:
            raise OverflowError("diverged in step %d" % k) from None
    return y * x


def formats(x, name):
    """Strings made from active values, and used to steer."""
    label = f"{name!r}: {x:+.2e}, {x * x = :.1f}, {'deep':>{len(name) + 6}}"
    text = "{:.1f} and {}".format(x, name.upper()) + " %5.2f" % x + str(x)[:2]
    factor = 2.0 if label.startswith("'") and "and" in text else 3.0
    return x * x * factor + len(name) * x


def asserted_by_numpy(x):
    """Assertions of NumPy are for the program as it runs, in loops and attempts too; their text is for reading."""
    y = x * 2.0
    for _ in range(2):
        y = y * x
        np.testing.assert_allclose(y / y, np.ones(np.shape(y)), err_msg="{}".format(y))
        np.testing.assert_(np.all(np.isfinite(y)), f"{y}")
    try:
        np.testing.assert_almost_equal(np.exp(y), y)
    except AssertionError:
        y = y * np.sin(x)
    np.testing.assert_array_less(y, y + 1.0, verbose=False)
    return np.sum(y)


def imports_inside(x):
    import math as m
    from math import exp

    import numpy as np
    from helpers import soften

    return soften(x) * exp(-x) + m.cos(x) * np.cosh(x)


def constants_of_the_module(u, x):
    """Floats, arrays and dictionaries of the module; numpy's and math's own."""
    limited = np.clip(u, LIMITS["low"], LIMITS["high"])
    smooth = np.sum(WEIGHTS * limited)
    turn = pi * x + tau / 4.0 + np.pi * math.e
    if VERBOSE:
        print(smooth)
    return DENSITY * smooth * np.sin(turn) + np.e * x


def writes_to_memory(x):
    """A stream that the function makes: its text decides about the result."""
    stream = io.StringIO()
    print(x > 0.5, "sign", file=stream)
    text = stream.getvalue()
    if text.startswith("True"):
        x = x * x
    return x * len(text)


def documented(x, y):
    r"""A docstring with \sum, 'quotes' and
    several lines.

        >>> documented(0.0, 1.0)
    """
    # a comment first
    y = y * x  # one at the end of a line

    # one before a blank line

    "a string that is a statement"
    z = (
        x  # inside parentheses
        + y
    )
    return z * y  # and a last one


def functions_of_math(x, y):
    """A chain through the math module; hypot with three, log with a base, fsum, prod."""
    a = math.hypot(x, y, 1.0) + math.atan2(y, x)
    b = math.log(a, 3.0) + math.log2(a) * math.log1p(x) + math.expm1(-a)
    c = math.fsum([a, b, x * y]) * math.prod((x, y), start=2.0)
    d = math.erf(c * 0.1) + math.gamma(1.0 + x) + math.lgamma(2.0 + y)
    return d * math.copysign(a, -b) + math.fabs(b) + math.degrees(x) * 0.01 + math.pow(y, x)


def constants_of_math(x, n):
    """Integer functions of math, floor and ceil: constants that steer and scale."""
    steps = math.ceil(x * 3.0) + math.gcd(n, 12) + math.isqrt(n)
    y = x
    for k in range(steps):
        y = y * 0.9 + math.comb(steps, k) * 1e-3 * x
    whole = math.floor(x) + round(x) + int(x)
    return y + (x - whole) ** 2 + math.trunc(y)


def searched(u):
    """`any` and `all` stop where the answer is known; lists are complete before."""
    log = []

    def noted(value):
        log.append(value)
        return value

    def far(i):
        return u[i] * 3.0

    if not all(noted(v) < 1.0 for v in u) and any(noted(v * w) > 0.5 for v in u for w in u):
        log.append(u[0])
    found = u[1] if any(far(i) > 2.0 for i in range(10)) else u[2]
    rows = sum(any(far(i) > v for i in range(9)) for v in u)
    while not any(map(lambda v: noted(v) + len(log) > 12.0, u)):
        log.append(found * rows)
    whole = any([(last := v) > 0.5 for v in u]) + all([noted(v) > 9.0 for v in u])
    return sum(i * v for i, v in enumerate(log)) * last * whole


def builtins(x, y, n):
    """abs, min, max, pow, sum, round, divmod, float, len and int on numbers."""
    a = abs(x - y) + pow(x, 2) + pow(y, n)
    low, high = min(x, y, a), max([x, y])
    quotient, rest = divmod(high * 7.0, 2.0)
    b = sum([low, high, rest], 1.0) + float(a) * quotient
    return b * round(x) + len((x, y)) * a + int(b) * x


CASES = [
    case(prints_each_step, 1.2, 3),
    case(asserts, 0.8, 1.1),
    case(raises_not, 1.7, "root"),
    case(raises_not, -1.7, "linear", label="linear"),
    case(formats, 0.7, "mass"),
    case(imports_inside, 0.9),
    case(asserted_by_numpy, np.array([0.4, -0.7])),
    case(constants_of_the_module, np.array([0.3, -0.8, 1.1]), 0.4),
    case(writes_to_memory, 0.9),
    case(documented, 0.7, 1.2),
    case(functions_of_math, 0.7, 1.3),
    case(constants_of_math, 1.3, 18),
    case(builtins, 1.3, 0.8, 3),
    case(searched, np.array([0.7, 0.4, 1.2, 0.9])),
]
