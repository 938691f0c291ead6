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


X = np.array([0.5, 1.2, -0.3])
Y = np.array([1.1, -0.4, 0.8])
A = np.array([[0.5, 1.2, -0.3], [0.2, 0.9, 0.7]])

CASES = [
    case(to_two_names, X, Y, 2.0), case(to_three_in_a_loop, X, Y, 0.3), case(in_branches, X, Y, 0.7),
    case(of_products, A, A[::-1] * 0.5, X),
]  # fmt: skip
