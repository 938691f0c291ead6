"""Numbers and arrays of rank 0: `np.where`, `np.reshape` and others make arrays of numbers, which are places."""

import numpy as np
from case import case


def chosen_sum(a, b):
    """Both terms of the sum are used elsewhere."""
    p = 2.0 * a
    q = 3.0 * b
    s = a + b
    g = np.where(s > 0, s, 0.0)
    return p + q + g * g


def reshaped_sum(a, b):
    p = 2.0 * a
    q = 3.0 * b
    s = a + b
    g = np.reshape(s, (1,))
    return p + q + np.sum(g * g)


def stacked_numbers(a, b):
    p = 2.0 * a
    s = a - b
    z = np.hstack([s, 1.0, s])
    w = np.concatenate([s, b], axis=None)
    return p + b, z * z, w


def one_of_each(a, b):
    p = a * a
    s = a + b
    g = np.atleast_1d(s), np.ravel(s), np.expand_dims(s, 0), np.array(s), np.copy(s), np.append(1.0, s)
    h = np.take(s, 0), np.fmax(s, 0.0), np.select([s > 0], [s], 0.0), np.nan_to_num(s), np.squeeze(s), np.transpose(s)
    return p, g, h, b * s


def reduced(a, b):
    """Reductions of numbers, whose terms are used twice."""
    p = a * np.sin(b)
    q = np.sum(a + p + p) + np.mean(b * p + p, axis=None)
    r = np.sum(p + q + q, axis=0) * np.array(p + q + q).mean()
    s = np.sum(r + p + r, keepdims=True) - np.average(p + r + r)
    return np.sum(s + q + s) + np.max(q + q + p) * np.prod(r + r + a), p + q


def sums_in_a_loop(a, b, n):
    total = 0.0
    for i in range(n):
        s = a + b
        a = a + 0.1 * b
        b = b * np.where(s > i, s, 1.0)
        total = total + np.asarray(s) * a
    return total


def real_part(a, b):
    z = 1j * a + b
    p = 2.0 * a
    return p + np.imag(z) + np.real(z) * b


def changed_after_choice(a, b):
    """`t` is the array `s`, so both change."""
    s = np.where(a > 0, a, 0.0)
    t = s
    t += b
    return s * t


def grows_in_place(a):
    x = np.where(a > 0, a, 0.0)
    for _ in range(3):
        y = x * x
        x += 0.1 * y
    return x


def squared_in_place(a):
    x = np.array(a)
    total = 0.0
    for _ in range(3):
        total = total + np.sin(x)
        x *= x
    return total


def swapped_choices(a, b):
    x = np.where(a > b, a, b)
    y = np.where(a > b, b, a)
    x, y = y, x
    x += y
    y *= x
    return x - y


def bumped(t, by):
    t += by
    return t


def changed_by_a_helper(a, b):
    x = np.where(a > 0, a, 0.0)
    y = bumped(x, b)
    return x * y


def kept_twice(a):
    x = np.where(a > 0, a, 0.0)
    v = [x, x]
    x += 1.0
    return v[0] * v[1] + x


def number_kept(a: float, b: float):
    """A number that is bound anew; what it was stands under another name."""
    s = np.fmax(a, 0.0)
    r = s
    s += b
    r -= a * b
    return r * s


def taken_out(a: float, b: float):
    x = np.array(a)
    s = float(x)
    t = x.item()
    u = np.sum(x)
    v = x[()]
    s += b
    t *= b
    u -= b
    v += a
    return s * t * u * v * x


def squeezed(a):
    x = np.array([[a]])
    s = np.squeeze(x)
    s += a * a
    return x[0, 0] * s


CASES = [
    case(chosen_sum, 1.0, 2.0),
    case(chosen_sum, np.float64(1.0), np.array(2.0), label="arrays", file=False),
    case(reshaped_sum, 1.0, 2.0),
    case(stacked_numbers, 0.5, 2.0),
    case(one_of_each, 0.5, 2.0),
    case(reduced, 0.5, 2.0),
    case(reduced, np.float32(0.5), np.array(2.0), label="arrays", file=False),
    case(one_of_each, np.array(0.5), np.array(2.0), label="arrays", file=False),
    case(sums_in_a_loop, 0.5, 1.2, 3),
    case(real_part, 0.5, 1.2),
    case(changed_after_choice, 1.3, 0.7),
    case(grows_in_place, 1.3),
    case(squared_in_place, 0.9),
    case(swapped_choices, 1.3, 0.7),
    case(changed_by_a_helper, 1.3, 0.7),
    case(kept_twice, 1.3),
    case(number_kept, 1.3, 0.7),
    case(taken_out, 1.3, 0.7),
    case(taken_out, np.array(1.3), 0.7, label="array", file=False),
    case(squeezed, 1.3),
]
