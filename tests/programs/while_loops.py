"""While loops: on values, on counters, without end, with adaptive steps."""

import math

import numpy as np
from case import case


def babylonian(a):
    """A square root, until the value has settled."""
    x = a
    while abs(x * x - a) > 1e-13 * a:
        x = 0.5 * (x + a / x)
    return x


def doubling(x, limit):
    """How often is not known before; the count enters the result."""
    n = 0
    while x < limit:
        x = x * 1.7 + 0.1
        n += 1
    return x / limit + n * x


def endless(x, tol):
    """`while True`, left in the middle of a round, after something active was overwritten."""
    total, term, k = 1.0, 1.0, 0
    while True:
        k += 1
        term = term * x / k
        if abs(term) < tol:
            break
        total = total + term
    return total * term + total


def adaptive(y, rate, end):
    """Heun's method: the step is halved until the error will do; rejected steps leave no trace."""
    t = 0.0
    h = 0.5
    while t < end:
        h = min(h, end - t)
        k1 = -rate * y * y
        y1 = y + h * k1
        k2 = -rate * y1 * y1
        error = 0.5 * h * abs(k2 - k1)
        if error > 1e-2:
            h = h * 0.5
            continue
        y = y + 0.5 * h * (k1 + k2)
        t = t + h
        if error < 1e-3:
            h = h * 2.0
    return y


def collatz(x, n):
    """An integer decides what is done and how long."""
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n //= 2
            x = x * 0.9 + 0.1
        else:
            n = 3 * n + 1
            x = np.sin(x) + x
        steps += 1
    return x * steps


def arithmetic_geometric_mean(a, b):
    """Gauss: two names, each from the old values of both; and an else that is always reached."""
    while abs(a - b) > 1e-12:
        a, b = (a + b) / 2.0, math.sqrt(a * b)
    else:
        result = math.pi / (a + b)
    return result


def walrus_condition(x, y):
    while (gap := x - y) > 0.05:
        x = x - gap * 0.5 * y
        y = y + gap * 0.1
    return gap * x + y


def while_in_for(u, floor):
    """The inner loop runs a different number of times for each element, not at all for some."""
    total = 0.0
    for value in u:
        while value > floor:
            value = value * 0.6
            total = total + value * value
        total = total * 1.1 + value
    return total


def never_entered(x):
    while x > 10.0:
        x = x - 1.0
        y = x
    while False:
        x = y
    return x * x


def power_by_squaring(x, n):
    """Binary exponentiation: bits of an integer that is shifted away."""
    result = 1.0
    base = x
    while n:
        if n & 1:
            result = result * base
        base = base * base
        n >>= 1
    return result


def continued_fraction(x, depth):
    """Counts down; `and` of a counter and a value in the condition."""
    value = 1.0
    while depth > 0 and value < 50.0:
        value = depth + x / value
        depth = depth - 1
    return np.log(value) * x


CASES = [
    case(babylonian, 2.3),
    case(doubling, 0.3, 20.0),
    case(doubling, 30.0, 20.0, label="not entered"),
    case(endless, 0.8, 1e-8, wrt=0),
    case(adaptive, 1.8, 1.1, 1.9),
    case(collatz, 0.4, 7),
    case(arithmetic_geometric_mean, 1.0, 0.6),
    case(walrus_condition, 2.0, 0.4),
    case(while_in_for, np.array([2.3, 0.1, -0.4, 1.2]), 0.5, wrt=0),
    case(never_entered, 1.5),
    case(power_by_squaring, 1.1, 13),
    case(power_by_squaring, 1.1, 0, label="no bits: a zero derivative"),
    case(continued_fraction, 0.7, 6),
]
