"""New arrays whose derivative is that of an old one: both are changed in place later, each by itself."""

import numpy as np
from case import case


def shifted(u):
    return u + 1.0


def both(u):
    return [u + 1.0, u]


def same(u):
    return u


def add_to(found, u):
    found["lower"] = u - 1.0


class Holder:
    def __init__(self, u):
        self.u = u - 1.0
        self.old = self.u

    def raised(self):
        return self.u + 2.0


def given_by_a_function(x):
    u = x.copy()
    v = shifted(u)
    v *= 2.0
    u *= v
    return u * v


def handed_through(x):
    u = x.copy()
    v = same(u + 1.0)
    v *= 2.0
    u *= v
    return u * v


def in_a_list_of_a_function(x):
    u = x.copy()
    pair = both(u)
    pair[0] *= 3.0
    u *= pair[0]
    return pair[0] * pair[1]


def appended(x):
    u = x.copy()
    rows = []
    rows.append([u + 1.0, u])
    rows[0][0] *= u
    u *= 2.0
    return rows[0][0] * rows[0][1]


def comprehended(x):
    rows = [x + 1.0 for _ in range(2)]
    rows[0] *= x
    return rows[0] * rows[1]


def joined(x):
    u = x.copy()
    rows = [u] * 2
    rows = [rows[0] + 1.0] + rows
    rows[0] *= 2.0
    rows[1] *= rows[0]
    return sum(np.sum(q * q) for q in rows)


def in_slots(x):
    u = x.copy()
    d = {"a": u + 1.0}
    d["b"] = u - 2.0
    add_to(d, u)
    d["a"] *= 2.0
    d["b"] -= d["a"]
    d["lower"] *= d["b"]
    u *= d["b"]
    return d["a"] * u * d["lower"]


def attributes(x: np.ndarray, y: np.ndarray):
    h = Holder(x)
    k = h
    k.u *= y
    h.old[1] += k.u[0]
    w = h.raised()
    w *= 2.0
    h.u = h.u + 1.0
    k.old -= h.u
    return h.u * k.old * w


def unpacked(x):
    u = x.copy()
    a, b = u + 1.0, u
    a *= 2.0
    b *= a
    return a * u


def chosen_views_by_name(x, y):
    a = x.copy()
    views = {"left": a[:2], "right": a[2:], "all": a}
    for name in ("left", "all", "right"):
        views[name] *= y[0]
        views["all"][1] += views["right"][0]
    return a @ y


def imaginary_part(x: np.ndarray, y: np.ndarray):
    """Its tangent is written into, also where only the real part moves."""
    z = x + 1j * y
    im = z.imag
    im *= x
    re = z.real
    re += im[::-1]
    return np.abs(z)


X, Y = np.array([0.6, -1.1, 1.7, 0.4]), np.array([1.2, 0.3, -0.8, 0.9])

CASES = [
    case(given_by_a_function, X), case(handed_through, X), case(in_a_list_of_a_function, X), case(appended, X),
    case(comprehended, X), case(joined, X), case(in_slots, X), case(attributes, X, Y), case(unpacked, X),
    case(chosen_views_by_name, X, Y), case(imaginary_part, X, Y, wrt=(0,)), case(imaginary_part, X, Y, label="both"),
]  # fmt: skip
