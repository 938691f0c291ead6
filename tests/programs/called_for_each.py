"""Functions of NumPy that call the function they are given for each item: vectorize, apply_along_axis."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from case import case

X = np.array([0.6, -1.1, 1.7])
A = np.array([[0.6, 1.1, -0.7], [1.3, 0.2, 0.9]])


def hat(v, w):
    """Scalar code, as it is written before it is needed for arrays."""
    if v > w:
        return v * w
    return math.exp(v) * w * w


hats = np.vectorize(hat)
exact_hats = np.vectorize(hat, otypes=[float])


def of_one_array(x):
    return np.sum(np.vectorize(lambda v: v * v if v > 1.0 else 3.0 * v)(x))


def made_first(x, y):
    f = np.vectorize(hat)
    return np.sum(f(x, 0.5) * f(y, w=0.2))


def broadcast(x, y):
    return np.vectorize(hat)(x[:, None], y)


def captured(x):
    slope, offset = x[0], x[1]
    bend = np.vectorize(lambda t: slope * t * t + offset)
    return bend(np.array([[1.0, 2.0], [3.0, 4.0]])) * x[2]


def captured_and_given(x, k: float):
    decay = np.vectorize(lambda t: math.exp(-k * t) if t > 0 else k)
    return decay(x) + decay(2.0)


def of_a_module(x, w):
    return hats(x, w) * 2.0


def of_a_module_with_a_type(x, w):
    return np.sum(exact_hats(x, w) ** 2)


@np.vectorize
def bump(v):
    return math.exp(-v * v) if abs(v) < 1.5 else 0.0


def decorated(x):
    return bump(x) * x


def decorated_inside(x):
    @np.vectorize
    def scaled(v):
        return v * x[0]

    return np.sum(scaled(x) * x)


def of_library_functions(x):
    return np.vectorize(math.sin)(x) + np.vectorize(np.cos)(x)


def of_a_partial(x, w):
    return np.vectorize(partial(hat, w=w))(x)


def of_a_list(x):
    return np.sum(np.vectorize(hat)([x[0], x[1] * x[2]], 1.0))


def of_a_number(x):
    return np.vectorize(lambda v: v**2)(x[1]) + 0.0


def rotated(v, w):
    return v * math.cos(w), v * math.sin(w)


def several_results(x, y):
    p, q = np.vectorize(rotated)(x, y)
    return np.sum(p * q * q)


def several_types(x):
    p, q = np.vectorize(lambda v: (v * v, v), otypes="df")(x)
    return np.sum(p) + q[0] * 0.0


def whole_numbers_first(x):
    """The first result is an int, and so are all: nothing flows."""
    return np.sum(np.vectorize(lambda v: 0 if v < 1.0 else v * v)(x)) * 1.0 + x[0]


def whole_numbers_later(x):
    return np.sum(np.vectorize(lambda v: 0 if v < 0.0 else v * v)(x))


def complex_items(x):
    return np.abs(np.vectorize(lambda v: (v + 1j) ** 2)(x))


def keeps_what_it_sees(x):
    seen = []

    def square(v):
        seen.append(v)
        return v * v

    y = np.vectorize(square)(x)
    return np.sum(y) * len(seen) + sum(seen)


def of_rows(a):
    return np.apply_along_axis(lambda row: row * row[0], 1, a)


def of_columns(a, w):
    return np.apply_along_axis(np.dot, 0, a, w)


def length(v, power=2.0, scale=1.0):
    return np.sum(np.abs(v) ** power) ** (1.0 / power) * scale


def with_keywords(a, s):
    return np.apply_along_axis(length, -1, a, 3.0, scale=s)


def normalised(v):
    return (v - v.mean()) / v.std()


def of_a_stack(a):
    whole = np.stack([a, np.sin(a), a * a])
    return np.apply_along_axis(normalised, 1, whole * whole + 0.1 * a)


def longer_and_shorter(a):
    return np.apply_along_axis(np.diff, 1, a) * 2.0 + np.apply_along_axis(lambda v: v[:2], 1, a)


def matrices(a):
    return np.apply_along_axis(lambda v: np.outer(v, v), 0, a)


def of_a_vector(x):
    return np.apply_along_axis(lambda v: np.cumsum(v)[::-1], 0, x)


def minimum_first(a):
    return np.apply_along_axis(min, 1, a) + np.apply_along_axis(lambda v: sorted(v)[1], 1, a)


def polynomial(v, coefficients):
    total = 0.0
    for c in coefficients:
        total = total * v + c
    return total


def distance(p, q):
    return np.sum((p - q) ** 2)


distances = np.vectorize(distance, signature="(n),(n)->()")
polynomials = np.vectorize(polynomial, excluded=["coefficients"])


def excluded_by_position(x, w):
    return np.vectorize(polynomial, excluded=[1])(x, w) * 2.0


def excluded_by_name(x, w):
    return polynomials(x, coefficients=w) + np.vectorize(polynomial, excluded={1, "coefficients"})(x, [w[0], x[0]])


def named_and_not_excluded(x, w):
    """A name counts for keywords alone."""
    return np.vectorize(hat, excluded=["w"])(x, w)


def all_excluded(x, w):
    return np.vectorize(lambda v, k: v * k, excluded={0, "k"})(x, k=w) + np.vectorize(lambda: w[0] * x)()


def first_kept(x, w):
    wave = np.vectorize(lambda v: v * v * w, cache=True)
    return np.sum(wave(x) * np.vectorize(rotated, cache=True)(x, w)[1])


def changed_first(x, w):
    y = x * w
    for n in range(2):
        y[n:] *= np.vectorize(polynomial, excluded=[1], otypes=[float])(y[n:], y)
    return y


def of_vectors(p, q):
    return distances(p[:, None], q)


def several_vectors(p, w):
    def parts(v, k):
        return v * k, np.sum(v) * k

    scaled, total = np.vectorize(parts, signature="(n),()->(n),()")(p, w)
    return np.sum(scaled**2) + np.prod(total)


def new_size(x, w):
    return np.vectorize(lambda v, k: np.array([v, v * k, k]), signature="(),()->(m)", otypes=[float])(x, w[:, None])


def one_vector(x):
    return np.vectorize(np.cumsum, signature="(n)->(n)")(x) * np.vectorize(np.sum, signature="(n)->()")(x)


def matrices_of_a_stack(a):
    spread = np.vectorize(lambda m: m @ m.T, signature="(i,j)->(i,i)")
    return spread(np.stack([a, np.sin(a)]))


def decorated_with_options(x, w):
    @np.vectorize(excluded={"w"}, otypes=[float])
    def scaled(v, w):
        return v * w[0] if v > 0 else w[1]

    return scaled(x, w=w)


def objects_converted(x, w):
    bend = np.frompyfunc(lambda v: v * v * w if v > 0 else v * w, 1, 1)
    return np.sum(bend(x).astype(float) * x) + np.array(bend(x[:2]), dtype=float)[1]


class Bent:
    def __init__(self, u):
        self.u = u


def objects_into_an_attribute(x):
    bent = Bent(x * 2.0)
    square = np.frompyfunc(lambda v: v * v * x[0], 1, 1)
    bent.u[1:] = square(bent.u[:-1]).astype(float)
    return bent.u


def objects_of_two(x, y):
    return np.frompyfunc(hat, 2, 1)(x[:, None], y).astype(np.float64)


def objects_of_numbers(x: np.ndarray, w: float):
    product = np.frompyfunc(lambda a, b: a * b, 2, 1)
    return product(w, math.exp(w)) * x


CASES = [
    case(of_one_array, X),
    case(made_first, X, X[::-1].copy()),
    case(broadcast, X, np.array([0.3, 0.9])),
    case(captured, X),
    case(captured_and_given, X, 0.7),
    case(of_a_module, X, 0.8),
    case(of_a_module_with_a_type, X, 0.8),
    case(decorated, X, file=False),
    case(decorated_inside, X),
    case(of_library_functions, X),
    case(of_a_partial, X, 0.4),
    case(of_a_list, X),
    case(of_a_number, X),
    case(several_results, X, np.array([0.3, 0.5, 0.9])),
    case(several_types, X),
    case(whole_numbers_first, X),
    case(whole_numbers_later, X),
    case(complex_items, X),
    case(keeps_what_it_sees, X),
    case(excluded_by_position, X, np.array([0.4, 1.2])),
    case(excluded_by_name, X, np.array([0.4, 1.2])),
    case(named_and_not_excluded, X, 0.7),
    case(all_excluded, X, np.array([0.4, 1.2, -0.3])),
    case(first_kept, X, 0.7),
    case(changed_first, X, 0.7),
    case(of_vectors, A, A[::-1] * 0.5),
    case(several_vectors, A, np.array([0.4, 1.2])),
    case(new_size, X, np.array([0.4, 1.2])),
    case(one_vector, X),
    case(matrices_of_a_stack, A),
    case(decorated_with_options, X, np.array([0.4, 1.2])),
    case(objects_converted, X, 0.8),
    case(objects_into_an_attribute, X),
    case(objects_of_two, X, np.array([0.3, 0.9])),
    case(objects_of_numbers, X, 0.8),
    case(of_rows, A),
    case(of_columns, A, np.array([0.4, 1.2])),
    case(with_keywords, A, 0.7),
    case(of_a_stack, A, tol=1e-6),
    case(longer_and_shorter, A),
    case(matrices, A),
    case(of_a_vector, X),
    case(minimum_first, A),
]
