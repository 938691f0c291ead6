"""Constructs that are right one by one, together: each of these was wrong once."""

import numpy as np
from case import case


def small(y):
    return 0.01 * y


def left_before_and_after_a_call(x, y):
    """What the call saves is not there yet in an iteration that is left before it."""
    while True:
        x = x * 0.8
        if x < 0.2:
            break
        y = y + x * x
        if y > 3.0:
            y = y * x
            break
        x = x + small(y)
    return x * y


def underscore_is_read(_, y):
    """A name that loops like to use for what nobody reads."""
    n = 0
    while n < 2:
        n += 1
        y = y + _ * _
    return y * _


def list_named_again_in_a_loop(x, steps):
    """After the loop the list is read by the name it got inside."""
    items = [x]
    for _ in range(steps):
        same = items
        items.append(items[-1] * x + x)
        same.append(same[-1] * 0.5)
    return np.sum(np.array(same) ** 2)


def array_named_again_in_a_loop(x, steps):
    a = x * x
    for k in range(steps):
        b = a
        a[k] *= x[0]
    b[0] *= 2.0
    return np.sum(a * b)


def named_again_until_it_is_small(x):
    a = x * 1.0
    while True:
        b = a
        a[0] *= x[1]
        if a[0] < 0.15:
            break
        a[1] += x[0] * a[0]
    b[0] *= x[2]
    return np.sum(a)


def method_with_out(x):
    a = x * 2.0
    a.clip(0.3, 1.9, out=a)
    total = np.zeros(())
    a.sum(out=total)
    return total * a[0]


def lists_for_arrays(x, y):
    """A list that meets an array stands for one, and is not repeated."""
    gaps = [y, 0.5, 2.0] * (x - (1.0, y, 0.0))
    gaps[1:] /= [2.0, y]
    return np.sum([0.3, 1.0, -1.0] * gaps**2) + [y, 1.0, 2.0] @ x


def repeated_by_a_count(x, y):
    steps = [x[0], y * y] * len(x) + 2 * [x[1]]
    total = 0.0
    for s in steps:
        total = total * 0.5 + s * s
    return total


def functions_of_lists(x, y):
    """NumPy takes lists for arrays, and so are their tangents."""
    both = np.add([x[0], y], [x[1], 2.0 * x[2]])
    return both[0] * 3.0 + both[1] ** 2 + np.sum(np.multiply([x[0], y], 2) * np.negative([y, x[1]]))


def cross_products(x, y):
    """Of vectors of three components a vector, though of two it is a number."""
    turned = np.cross(x, np.flip(x) * y)
    rows = np.cross(np.outer(x, x + y), x, axisa=0)
    return np.sum(np.array([1.0, 2.0, 3.0]) * np.sin(turned)) + np.sum(rows[:, 0] * x)


def squeezed(x, y):
    narrow = np.squeeze(np.outer(x, x * y)[:1])
    return np.sum(narrow * x) + np.squeeze(x[None, :1]) * y


def only_its_shape_counts(x, y):
    x = x[0]
    return y * y * (1.0 + np.ndim(x))


def factors_in_turn(x, y):
    """The results of one function, all of them read, in a loop that binds them anew."""
    total = 0.0
    for k in range(2):
        values, vectors = np.linalg.eigh(np.diag(x + k) + y * np.outer(x, x))
        total = total + values[0] * vectors[1, 0] ** 2
        x = values * 0.5
    sign, size = np.linalg.slogdet(np.outer(x, x) + y * np.eye(3))
    return total + sign * size


def results_by_name(x, y):
    """What several results of a function of NumPy are called."""
    whole = np.outer(x, x) + np.diag(x * y)
    parts = np.linalg.svd(whole)
    return np.sum(parts.S**2 * x) + parts[1][0] + np.linalg.slogdet(whole).logabsdet * y


X = np.array([0.8, 0.5, 1.1])
CASES = [
    case(left_before_and_after_a_call, 1.4, 0.5), case(left_before_and_after_a_call, 0.3, 0.2, label="small"),
    case(underscore_is_read, 0.7, 1.2), case(list_named_again_in_a_loop, 0.7, 3),
    case(array_named_again_in_a_loop, X, 3), case(named_again_until_it_is_small, X),
    case(method_with_out, X), case(lists_for_arrays, X, 0.7), case(repeated_by_a_count, X, 0.7),
    case(functions_of_lists, X, 0.7), case(cross_products, X, 0.7), case(squeezed, X, 0.7),
    case(only_its_shape_counts, X, 0.7, zero=(0,)), case(factors_in_turn, X, 0.7),
    case(results_by_name, X, 0.7),
]  # fmt: skip
