"""Values that are overwritten, hidden, shared and brought back: what reverse mode has to keep apart."""

import numpy as np
from case import case


def overwritten_many_times(x):
    """Each new value needs the one before, by another derivative each time."""
    x = np.sin(x)
    x = x * x
    x = np.exp(x) / x
    x = x - x**3
    x = x / (1.0 + x)
    x = np.sqrt(x * x + 1.0) * x
    return x


def saved_in_one_branch(x, y, n):
    """Different rounds overwrite different names, so the stacks have different lengths."""
    for i in range(n):
        if i % 3 == 0:
            x = x * y
        elif i % 3 == 1:
            y = y * np.cos(x)
            y = y + x * y
        else:
            x, y = y, x * x
    return x * y


def dead_and_alive(x, y):
    """`t` is dead at the start of each round but was active at its end."""
    t = x * y
    total = 0.0
    for k in range(4):
        t = y * k
        total = total + t * t * x
        t = total * t
        x = x + 0.01 * t
    t = 1.0
    return total * t + x


def constant_in_some_rounds(x, n):
    """A name that is a constant on every other round, and read afterwards."""
    factor = 1.0
    total = x
    for i in range(n):
        total = total * factor + 0.1
        if i % 2:
            factor = 2.0
        else:
            factor = np.sin(total)
        total = total + factor
    return total * factor


def steering_value_overwritten(x, y):
    """A comparison is stored, used, inverted and used again; its operands change in between."""
    big = x > y
    count = 1
    if big:
        x = y * x
        count = count + 1
    big = not big
    y = y * y
    if big or count == 2:
        y = y + x * count
        count = 0
    while count < 2:
        x = x * y
        count = count + 1
        big = x > 1.0
    return x + y if big else x * y


def index_overwritten(u, n):
    """Integers used as indices are overwritten at once, and by values read from the array."""
    i, j = 0, len(u) - 1
    total = 1.0
    for _ in range(n):
        total = total * u[i] + u[j]
        i, j = (i + 2) % len(u), i
        u = u * 0.9
        i = int(abs(u[i]) * 3.0) % len(u)
    return total


def loop_variable_is_parameter(x, y):
    """The loop reuses the name of an active parameter, and so does the loop within."""
    total = y
    for x in (x, x * x, 1.0):  # noqa: B020
        for y in (x, y):  # noqa: B020
            total = total + x * y
        y = y * total
    return total * x + y


def aliases_apart(u):
    """Two names for one array; one of them is rebound, never changed in place."""
    v = u
    w = v * 2.0
    v = v + w
    u, w = w, u
    v = v * u
    return np.sum(v * w) + w[0] * u[-1]


def minimum_of_itself(x, y):
    """Both operands of an operation are the same value."""
    s = x + x
    p = s * s
    d = p - p * 0.5
    q = p / p + d / x
    m = max(q, q) + np.maximum(s, s)
    return m * y + q**1 * (y - y + 1.0)


def rounds_that_cancel(x, n):
    """Only the last round matters; the rounds before are dead."""
    y = 0.0
    for i in range(n):
        y = x * i
        y = y + np.sin(x)
    return y


def lagged(u):
    """Three rounds of history, moved along together."""
    a = b = c = 0.1
    for value in u:
        a, b, c = value + 0.5 * c * a, a, b * value
    return a * b * c


def temporary_shared(x, y):
    """A value used in both branches, in the condition, and after."""
    t = x * y
    if t > 0.0:
        r = t * t
        t = r - t
    else:
        r = np.exp(t)
    for _ in range(2):
        r = r * t
        t = np.tanh(r)
    return r + t * y


def accumulators(u, x):
    """Sum, product and a Horner scheme at once, all begun as constants, one of them as an integer."""
    total, prod, poly = 0, 1, 0.0
    for value in u:
        total += value * x
        prod *= value
        poly = poly * x + value
    total /= len(u)
    return total * prod + poly


def rebound_by_nothing(x):
    """Assignments of a name to itself, and back and forth."""
    x = x
    y = x
    x = y * 1.0
    y = y
    x, y = x, y
    (x) = +x
    y = -(-y)
    return x * y


def set_to_none(x, n):
    """None as "not yet", the usual way to write a first round."""
    best = None
    for k in range(1, n):
        candidate = np.sin(k * x) * x
        if best is None or candidate > best:
            best = candidate
    previous = None
    for k in range(n):
        step = x * best if previous is None else previous * 0.5 + best
        previous = step
    return previous + best


def unrolled_by_hand(u):
    """Long straight code in which four names go round."""
    a, b, c, d = u
    a = a + b * c
    d = d - a * a
    b = np.cos(d) + b
    c = c * b * d
    a = c - a
    d = d * a
    b = b / (1.0 + d * d)
    c = a + b + c + d
    return c * b


U = np.array([0.8, -0.5, 1.1, 0.6])

CASES = [
    case(overwritten_many_times, 0.9),
    case(saved_in_one_branch, 0.9, 0.8, 8),
    case(dead_and_alive, 0.7, 0.6),
    case(constant_in_some_rounds, 0.4, 5),
    case(steering_value_overwritten, 1.4, 0.8),
    case(steering_value_overwritten, 0.8, 1.4, label="smaller first"),
    case(index_overwritten, U, 5),
    case(loop_variable_is_parameter, 0.7, 0.4),
    case(aliases_apart, U),
    case(minimum_of_itself, 0.7, 1.2),
    case(rounds_that_cancel, 0.8, 4),
    case(rounds_that_cancel, 0.8, 0, label="no round: a zero derivative"),
    case(lagged, U),
    case(temporary_shared, 0.8, 0.9),
    case(temporary_shared, 0.8, -0.9, label="other branch"),
    case(accumulators, U, 0.7),
    case(rebound_by_nothing, 1.2),
    case(set_to_none, 0.4, 5),
    case(unrolled_by_hand, U),
]
