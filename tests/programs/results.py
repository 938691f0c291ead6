"""Results: numbers, arrays, tuples, lists, dictionaries, nested, with constants among them."""

import numpy as np
from case import case


def pair(x, y):
    return x * y, np.sin(x) - y


def list_of_results(x, n):
    return [x**k for k in range(1, n + 1)]


def record(u, scale):
    centred = u - np.mean(u)
    spread = np.sqrt(np.mean(centred**2))
    return {"mean": np.mean(u) * scale, "spread": spread, "normal": centred / spread}


def nested_results(x, u):
    inner = (x * u, {"norm": np.sqrt(u @ u), "parts": [x, u[0] * x]})
    return inner, (x * x,), ()


def constants_among(x, n):
    """Integers, strings, None, booleans and constant floats beside active values."""
    return x * n, n, "converged", None, x > 0.0, 2.5, np.arange(3), x


def returned_unchanged(u, x):
    return u


def one_input_twice(x):
    """The same value in two places, and in a container within."""
    y = x
    return x, y, [x, x * y]


def unused(x, y, z, n):
    y = 3.0
    return x * y


def result_overwritten(x, y):
    """The names of the result are used again after it was put together."""
    pair = x * y, y
    x = pair[0] * x
    y = 0.0
    first, second = pair
    second = second * x
    return pair, first + y, second


def selected_part(u):
    """Results that are parts of a value: views, elements, a transpose."""
    table = np.outer(u, u)
    return table[0], table[1, 2], table.T, u[::-1]


def complex_result(a, b):
    z = a + 1j * b
    return z * z, abs(z)


def different_sizes(u, k):
    """Arrays of several ranks, a zero-size one among them."""
    return u * k, u[:0] * k, np.sum(u) * k, u[:, None] * u, np.array(k) * 2.0


def assembled_in_branches(x, kind):
    out = (x, x * x)
    if kind == 1:
        out = (out[1], out[0] * 3.0)
    elif kind == 2:
        out = out[::-1]
    return out + (np.cos(x),)


def no_result_of_input(x):
    """A constant result: the derivative is zero by mathematics."""
    return len(str(int(x))) * 1.5


U = np.array([0.7, -0.4, 1.2])

CASES = [
    case(pair, 0.7, 1.3),
    case(list_of_results, 0.8, 4),
    case(record, U, 1.5),
    case(nested_results, 0.6, U),
    case(constants_among, 0.6, 4),
    case(returned_unchanged, U, 0.5),
    case(one_input_twice, 0.9),
    case(unused, 0.4, 1.0, U, 3),
    case(result_overwritten, 0.7, 1.3),
    case(selected_part, U),
    case(complex_result, 0.6, -0.8),
    case(different_sizes, U, 1.2),
    case(assembled_in_branches, 0.6, 0),
    case(assembled_in_branches, 0.6, 1, label="replaced"),
    case(assembled_in_branches, 0.6, 2, label="reversed"),
    case(no_result_of_input, 2.5, label="a zero derivative"),
]
