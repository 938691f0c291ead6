"""Leaving early: break, continue, the else of a loop, return anywhere."""

import numpy as np
from case import case


def newton(a, x, max_steps, tol):
    """Solve x + tanh(x) = a, stopping as soon as the residual is below `tol`."""
    for i in range(max_steps):
        f = x + np.tanh(x) - a
        if abs(f) < tol:
            break
        x = x - f / (2.0 - np.tanh(x)**2)
    return x


def half_a_round(x, limit):
    """The round that breaks off has already changed two of three names."""
    y = z = x
    for i in range(20):
        x = x * 1.3
        y = y + np.sin(x) * y
        if x > limit:
            break
        z = z * 0.9 + x * y
    return x * y * z


def two_ways_out(x, y):
    """Two breaks, with active statements before, between and after them."""
    count = 0
    while True:
        x = x * 0.8
        if x < 0.2:
            break
        y = y + x * x
        if y > 3.0:
            y = y * x
            break
        x = x + 0.01 * y
        count += 1
    return x * y + count


def skipping(u, threshold):
    """continue, after something was already accumulated."""
    total = product = 1.0
    for value in u:
        total = total + value * product
        if value < threshold:
            continue
        product = product * (1.0 + value * value)
        if product > 4.0:
            product = product / total
            continue
        total = total * 0.5
    return total * product


def found_or_not(u, level):
    """The else of a loop runs if no break did."""
    below = 0.0
    for i, value in enumerate(u):
        if value > level:
            share = (level - below) / (value - below)
            break
        below = value
    else:
        i = len(u)
        share = below * 0.1
    return i + share * level


def returns_at_once(x, y):
    if x > 1.0:
        return x * y
    x = x * x
    if x > 0.5:
        y = y - x
        return np.exp(x) * y
    elif y > 2.0:
        return y
    x = x + y
    return x * x


def returns_from_nested_loops(a, target):
    """The first element whose running sum passes the target, weighted by where it was."""
    total = 0.0
    for i in range(len(a)):
        scale = 1.0 + 0.1 * i
        for value in a[i]:
            total = total + scale * value * value
            if total > target:
                return total * value
        total = total * 0.95
    return total


def returns_from_while(x):
    """Bisection: four places to leave from."""
    low, high = 0.0, 2.0
    while high - low > 1e-9:
        middle = 0.5 * (low + high)
        if middle < 0.5:
            return middle * x
        if middle * middle > x:
            high = middle
        else:
            low = middle
        if x > 3.9:
            return x * x
    residual = 0.5 * (low + high)
    return residual - (residual * residual - x) / (2.0 * residual)


def breaks_the_inner_only(x, n):
    """The outer loop goes on after the inner one was left; its else depends on which way."""
    total = x
    for i in range(n):
        for j in range(5):
            total = total + 0.1 * x * j
            if total > 2.0 * i + 1.0:
                total = total * 0.7
                break
            x = x * 1.02
        else:
            x = x + total
            continue
        x = x - 0.05 * total
    return total * x


def return_in_else(x, n):
    for k in range(n):
        x = x - 0.3 * np.sin(x)
        if x < 0.05:
            break
    else:
        return x * n
    return x * k


def different_kinds_of_result(x, stop):
    """Returns a constant here and an active value there."""
    for i in range(4):
        x = np.sqrt(x + 1.0)
        if i == stop:
            return x * i
    if stop > 100:
        return 0.0
    return x


def first_round_only(x):
    """Loops that never begin a second round."""
    for i in range(3):
        x = x * x
        if i >= 0:
            break
        x = x + 100.0
    while x:
        x = np.cos(x)
        return x * (i + 2)
    return x


def condition_overwritten_after(x, y):
    """What decided about leaving is overwritten before the end of the round and after the loop."""
    gap = 1.0
    for k in range(30):
        gap = x - y
        if gap * gap < 0.01:
            gap = gap * k
            break
        y = y + 0.3 * gap
        gap = y * gap
        if gap < -5.0:
            continue
        x = x + 0.05 * gap
    k = k * gap
    gap = x * y
    return gap + k


def skipped_rows(a):
    """continue in both levels of a loop over rows; a flag remembers what happened."""
    total = 0.0
    seen = False
    for row in a:
        if row[0] < -0.5:
            continue
        for value in row:
            if value < 0:
                seen = True
                continue
            total = total * 0.9 + np.log1p(value)
            if seen and total > 1.0:
                seen = False
                total = total * value
                break
    return total


RNG = np.random.default_rng(1)
A = RNG.normal(size=(4, 3))


def checked_size(shape, kernel):
    if not isinstance(kernel, tuple):
        raise ValueError("`kernel` must be a tuple")
    rows, columns = kernel
    return (rows // 2, columns // 2)


def padded(x, pad, kernel=None):
    """For a size that is known, without a kernel, the function that works out the size always raises."""
    size = pad
    if isinstance(size, tuple):
        out = np.pad(x, ((size[0], size[0]), (size[1], size[1])))
    if size == "same" and kernel:
        size = checked_size(x.shape, kernel)
        out, size = padded(x, size)
    return out, size


def a_call_that_always_raises(x):
    out, size = padded(x, "same", (3, 3))
    return out[1:] * size[0] + padded(x, (1, 1))[0][1:] * np.sum(x)


CASES = [
    case(newton, 1.3, 4.0, 50, 1e-9, wrt=(0, 1)),
    case(newton, 1.3, 4.0, 2, 1e-9, wrt=(0, 1), label="runs out"),
    case(newton, 1.3, 4.0, 0, 1e-9, wrt=(0, 1), label="no steps"),
    case(half_a_round, 0.6, 2.5, wrt=0),
    case(two_ways_out, 1.4, 0.5),
    case(two_ways_out, 1.9, 1.5, label="other way"),
    case(skipping, np.array([0.3, 1.2, -0.4, 1.5, 0.8]), 0.5, wrt=0),
    case(found_or_not, np.array([0.1, 0.4, 0.9, 1.3]), 0.7),
    case(found_or_not, np.array([0.1, 0.4, 0.6]), 0.7, label="not found"),
    case(found_or_not, np.zeros(0), 0.7, label="nothing to search: a zero derivative"),
    case(returns_at_once, 1.4, 0.3, label="first"),
    case(returns_at_once, 0.9, 0.3, label="second"),
    case(returns_at_once, 0.4, 2.3, label="third"),
    case(returns_at_once, 0.4, 0.3, label="last"),
    case(returns_from_nested_loops, A, 2.0, wrt=0),
    case(returns_from_nested_loops, A, 1e3, wrt=0, label="to the end"),
    case(returns_from_while, 2.0, smooth=False),
    case(returns_from_while, 0.1, label="middle", smooth=False),
    case(returns_from_while, 3.95, label="last line of the body", smooth=False),
    case(breaks_the_inner_only, 0.8, 4),
    case(return_in_else, 1.5, 4),
    case(return_in_else, 0.3, 40, label="after a break"),
    case(different_kinds_of_result, 0.8, 2),
    case(different_kinds_of_result, 0.8, 9, label="after the loop"),
    case(different_kinds_of_result, 0.8, 101, label="a constant: a zero derivative"),
    case(first_round_only, 0.8),
    case(condition_overwritten_after, 2.0, 0.5),
    case(skipped_rows, A),
    case(a_call_that_always_raises, np.arange(6.0).reshape(2, 3) / 4),
]
