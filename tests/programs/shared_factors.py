"""Equal contributions to several adjoints, which then go different ways."""

import numpy as np
from case import case


def to_two_names(x, y, c):
    x = np.sin(x)
    y = np.cos(y)
    x2 = x * 3.0
    y2 = y * y
    z = x * c + y * c
    return np.sum(z * z) + np.sum(x2 * y2)


def to_three_in_a_loop(x, y, c):
    w = x * y
    for k in range(3):
        z = (x + k) * c + (y - k) * c + w * c
        x = x + z * y
        y = y * 0.5 + z
        w = z * w * 0.1
    return x * y + w


def in_branches(x, y, c):
    u = x * y
    v = x - y
    if c > 0:
        z = u * c + v * c
    else:
        z = u - v
    u = u * v
    return np.sum(z * u) + np.sum(v * v * u)


def of_products(A, B, x):
    h = A @ x
    p = A * 2.0
    q = B * B
    z = (A + B) @ x + h
    return np.sum(z * h) + np.sum(p * q)


def handed_on_and_kept(x, y, c):
    u = x * 1.5
    v = y * 0.7
    t = v + v
    w = np.sum(y) * t
    t = t + x
    return np.sum(v * u**2) + np.sum(u * w) + np.sum(t * v * c)


def used_up_on_one_side(x, y, c):
    """The adjoint of w is used inside of one branch, and is zero before it."""
    w = y * 0.7
    v = y * 1.5
    q = x * y
    if c > 0.5:
        for k in range(2):
            q = y**2
            w = np.sum(x) * v
            x = (q - w) * 0.3 + x * 0.5
    else:
        x = w * q
    return np.sum(x * v)


def memory_kept_where_not_bound_anew(x, y, c):
    u = y * c
    t = u * y
    if np.sum(x) > 99:
        u = u * 0.3 + 1.0
    u[::2] -= 0.5
    return t * x


def nothing_left(x, y, c):
    u = x - x
    for k in range(2):
        u[:2] -= u[1]
    u[:] += y * c
    return u * x


def changed_and_bound_anew(x, y, c):
    """Nothing active happens in the loop, and what it leaves behind is needed."""
    w = y * 0.7
    r = x * c
    v = w * c
    for k in range(2):
        w[1] = x[2] * c
        w = r + y
    return r * v


X = np.array([0.5, 1.2, -0.3])
Y = np.array([1.1, -0.4, 0.8])
A = np.array([[0.5, 1.2, -0.3], [0.2, 0.9, 0.7]])

CASES = [
    case(to_two_names, X, Y, 2.0), case(to_three_in_a_loop, X, Y, 0.3), case(in_branches, X, Y, 0.7),
    case(of_products, A, A[::-1] * 0.5, X), case(handed_on_and_kept, X, Y, 0.7),
    case(used_up_on_one_side, X, Y, 0.7, label="then"), case(used_up_on_one_side, X, Y, 0.3, label="else"),
    case(memory_kept_where_not_bound_anew, X, Y, 0.7), case(nothing_left, X, Y, 0.7),
    case(changed_and_bound_anew, X, Y, 0.7),
]  # fmt: skip
