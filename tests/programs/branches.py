"""Choices: if statements, conditional expressions, and/or/not as values, chained comparisons."""

import numpy as np
from case import case


def drag(v, density):
    """Stokes below, Newton above, a blend between; each branch has its own locals."""
    speed = abs(v)
    if speed < 0.5:
        viscosity = 0.3 * density
        force = viscosity * speed
    elif speed < 2.0:
        share = (speed - 0.5) / 1.5
        force = (1.0 - share) * speed * density + share * speed**2
    else:
        area = 0.8
        force = 0.5 * density * area * v * v
    return force * density


def conditional_expressions(x, y):
    a = x * y if x > y else x / y
    b = np.exp(-a) if a > 1.0 else (a * a if a > 0.0 else -a)
    return (a if b > 5.0 else b) * (x + (y if y > 0 else -y))


def values_of_and_or(x, y, use):
    """`and` and `or` give one of their operands, and evaluate no more than they need."""
    a = use and x * x
    b = 0.0 or y * x
    c = x and y and x * y
    d = a or np.sin(y)
    e = (not use) or None or d * b
    return b * c + d + (e if use else 1.0)


def chained_comparison(x, low, high):
    """The middle value is computed once."""
    if low < (m := x * x) <= high:
        y = m * (m - low)
    elif high < m != 0.0 <= low:
        y = np.sqrt(m - high) * low
    else:
        y = low * m + high
    return y * (1.0 if 0.0 < x < 1.0 < high else 2.0)


def different_names(x, y, flag):
    """Each branch defines a name that the other one does not."""
    if flag:
        left = x * y
    else:
        right = x + np.cos(y)
    y = y * y
    if flag:
        return left * y
    return right / y


def nested(x, y):
    t = x
    if x > 0.0:
        if y > 0.0:
            t = t * y
            if t > 1.0:
                t = np.log(t) + x
            t = t * t
        else:
            t = t - y
    else:
        if y > x:
            t = np.exp(t)
            y = t * y
    if t * y > 0.0:
        t = t * y
    return t + y


def condition_changes(x, y):
    """What the condition reads is overwritten inside the branch and after it."""
    if x * y > 0.2:
        x = -x * y
        y = x - y
    if x > y:
        x, y = y * x, x
    else:
        y = y * y * x
    x = x * x
    y = np.sin(y)
    return x * y + x


def steering_integer(x, mode):
    """An integer chooses the branch, and is overwritten by each of them."""
    total = 0.0
    if mode == 0:
        total = x * x
        mode = 2
    elif mode == 1:
        total = np.tanh(x)
        mode = 0
    if mode == 2:
        total = total * x
        mode = -1
    elif mode == 0:
        total = total - x * total
        mode = 2
    if mode in (2, 3):
        total = np.exp(total)
    return total * (mode + 2)


def one_branch_keeps(x, y):
    """Only one branch overwrites `y`; its adjoint goes two ways."""
    y = y * x
    if y < 1.0:
        y = np.sinh(y) * y
    else:
        pass
    z = y
    if not z > 100.0:
        z = z * x
    return z * y


def constant_branch(x, kind):
    """A branch that makes the value a constant."""
    scale = x * x
    if kind is None:
        scale = 2.0
    elif kind == "log":
        scale = np.log(scale)
    return scale * x + (0.0 if kind is None else scale)


def condition_over_arrays(u, limit):
    """The branch is chosen by a property of a whole array."""
    if np.any(u > limit):
        u = np.minimum(u, 10.0) / np.max(u)
    elif u.ndim == 1 and u.size > 2 and u[0] < u[-1]:
        u = u[1:] * u[:-1]
    if bool(np.all(np.isfinite(u))) and len(u):
        u = u * limit
    return np.sum(u * u)


def never_reached(x):
    if x > 1e9:
        return np.log(-x)
    if False:
        x = missing_name  # noqa: F821
    y = x * x
    if y < 0.0:
        raise ValueError("the square of a real number")
    return y * x
    return 0.0 * y


def matched_by_type(x):
    """A branch on the type of a value, as helper functions often have one."""
    if isinstance(x, float):
        y = x * 2.0
    elif isinstance(x, np.ndarray) and x.shape:
        y = x.sum() * x[0]
    else:
        y = x**3
    return y * y


def size_of_weights(weights):
    """A function of a tree: each call is for one kind of node, and what it does with others makes no sense for it."""
    if isinstance(weights, (list, tuple)):
        return sum(size_of_weights(w) for w in weights)
    return np.sum(weights**2)


def items_or_power(x):
    if isinstance(x, list):
        total = 0.0
        for item in x:
            total += items_or_power(item)
        return total
    return np.sum(x**3 / 2.0 - 1.0)


SIGNAL = np.array([0.2, 0.5, 0.3, 0.9])
LAYERS = [(SIGNAL, np.array([0.4])), (SIGNAL * 2.0, np.array([0.7, 0.1]))]

CASES = [
    case(drag, 0.3, 1.2, label="slow"),
    case(drag, 1.4, 1.2, label="between"),
    case(drag, -2.5, 1.2, label="fast"),
    case(conditional_expressions, 0.9, 0.4),
    case(conditional_expressions, 0.3, 0.7, label="other way"),
    case(values_of_and_or, 0.7, 1.1, True),
    case(values_of_and_or, 0.7, 1.1, False, label="not used"),
    case(chained_comparison, 1.2, 0.5, 3.0),
    case(chained_comparison, 2.0, 0.5, 3.0, label="above"),
    case(chained_comparison, 0.4, 0.5, 3.0, label="below"),
    case(different_names, 0.8, 1.4, True),
    case(different_names, 0.8, 1.4, False, label="other name"),
    case(nested, 1.3, 1.5),
    case(nested, 1.3, -0.5, label="second negative"),
    case(nested, -0.7, 0.4, label="first negative"),
    case(condition_changes, 0.8, 0.9),
    case(condition_changes, 0.3, -0.4, label="other way"),
    case(steering_integer, 0.6, 0),
    case(steering_integer, 0.6, 1, label="one"),
    case(steering_integer, 0.6, 7, label="neither: a zero derivative"),
    case(one_branch_keeps, 0.9, 0.7),
    case(one_branch_keeps, 1.5, 1.1, label="kept"),
    case(constant_branch, 1.3, None),
    case(constant_branch, 1.3, "log", label="log"),
    case(condition_over_arrays, SIGNAL, 0.6),
    case(condition_over_arrays, SIGNAL, 1.6, label="below the limit"),
    case(never_reached, 1.1),
    case(matched_by_type, 0.7),
    case(matched_by_type, SIGNAL, label="array"),
    case(matched_by_type, np.array(0.7), label="0-d array"),
    case(matched_by_type, np.float32(0.7), tol=1e-2, label="numpy scalar"),
    case(size_of_weights, LAYERS, file=False),
    case(items_or_power, [SIGNAL, np.array([0.4])], file=False),
    case(items_or_power, SIGNAL, label="array"),
]
