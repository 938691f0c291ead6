"""Calls of user functions, in this module and in another one."""

import helpers
import helpers as physics
import numpy as np
from case import case
from helpers import GRAVITY, horner, logistic
from helpers import rotate as turn


def layer(x, w, b):
    """Shapes: x[n, i], w[i, o], b[o]"""
    return np.tanh(x @ w + b)


def two_layers(x, w1, b1, w2, b2):
    """Shapes: x[n, i], w1[i, h], b1[h], w2[h, o], b2[o]"""
    h = layer(x, w1, b1)
    y = layer(h, w2, b2)
    return np.sum(y**2)


def from_another_module(x, y):
    """Names imported in four ways; a default left out, given by position, given by name."""
    a = logistic(x) + logistic(y, 2.0) + helpers.logistic(x * y, scale=0.5)
    p, q = turn(a, y, x)
    return p * q + physics.GRAVITY * p - GRAVITY * q * q


def area(width, height=2.0, *, border=0.5, unit=1):
    return (width + border) * (height - border) * unit


def keyword_calls(w, h):
    a = area(w)
    b = area(h, w)
    c = area(height=h * a, width=b)
    d = area(w, border=h, unit=3)
    return a * d + c / (1.0 + area(**{"width": h, "border": w}) ** 2) + b


def weighted(first, *others, power=2, **extra):
    """A star of each kind in the definition."""
    total = first**power
    for i, value in enumerate(others):
        total = total + value / (i + 2)
    if "offset" in extra:
        total = total + extra["offset"] * first
    return total * extra.get("scale", 1.0)


def star_calls(x, y):
    """A star of each kind in the calls; positional ones before, between and after."""
    values = (y, x * y)
    options = {"power": 3, "offset": y}
    a = weighted(x)
    b = weighted(*values)
    c = weighted(x, *values, 2.0, power=1)
    d = weighted(*values, *[x, a], scale=b, **options)
    return a + b * c + np.sin(d)


def entry_with_stars(x, *terms, **parameters):
    total = x
    for t in terms:
        total = total * t + x
    return total * parameters["gain"] - len(terms)


def positional_only(a, b=3.0, /, c=0.5, *, d):
    return a * b + c * np.exp(d * a)


def level_three(x, n):
    for i in range(n):
        x = x * np.cos(x) + i
    return x


def level_two(x, y, n):
    return level_three(x * y, n) * y + level_three(y, 1)


def several_levels(x, y):
    """The innermost function is reached on three ways, with another number of rounds each time."""
    return level_two(x, y, 2) + level_two(y, x * x, 3) * level_three(x, 0)


def product(a, b):
    return a * b + np.sin(a)


def activity_differs(x, w):
    """One function, called with either argument constant, both, the same one twice, arrays, integers."""
    a = product(x, 2.0)
    b = product(0.3, x)
    c = product(a, a)
    d = product(2, b)
    e = product(w, x)
    f = product(x, w)
    g = product(np.arange(3), c)
    constant = product(1.0, 2.0)
    return c * d + np.sum(e * f * g) + constant


def unpacked_results(x, y):
    """Results as tuples, lists and dictionaries, whole and in parts; some parts are not used."""
    s, _, (lo, hi) = statistics(x, y)
    record = as_record(s, hi)
    first, *_ = as_list(record["sum"], lo)
    return first * record["parts"][1] + as_list(x, y)[1] * statistics(y, hi)[0]


def statistics(a, b):
    return a + b, a - b, (min(a, b), max(a, b))


def as_record(a, b):
    return {"sum": a * b, "parts": (a, np.tanh(b)), "name": "record", "unused": a / b}


def as_list(a, b):
    return [a * a, b * a, 1.0]


def inactive_helper(x, n):
    """The helper gives integers only, and decides about loops and indices."""
    half, rest = helpers.sizes(n)
    u = np.linspace(0.1, 1.0, n) * x
    total = 0.0
    for i in range(half):
        total = total + u[i] * u[rest + i - 1]
    return total * rest


def in_one_expression(x, y):
    """Calls within calls, before and after changes of their arguments, in one line."""
    x = logistic(product(x, y)) * product(logistic(x), product(y, x)) - logistic(y)
    return product(x, horner(x, y, *helpers.COEFFICIENTS, x)) if product(x, x) < 10.0 else logistic(x)


def recursive_power(x, n):
    if n == 0:
        return 1.0
    half = recursive_power(x, n // 2)
    half = half * half
    return half * x if n % 2 else half


def sum_of_leaves(x, depth):
    """Two calls of itself per activation, each with another argument."""
    if depth == 0:
        return np.sin(x) * x
    left = sum_of_leaves(0.7 * x, depth - 1)
    right = sum_of_leaves(x * left, depth - 1)
    return left + x * right


def even(x, n):
    return x if n == 0 else odd(x * x + 0.1, n - 1)


def odd(x, n):
    if n == 0:
        return -x
    y = even(np.cos(x), n - 1)
    return y * x


def mutual_recursion(x):
    return even(x, 4) + odd(x, 2) * helpers.damped(x, 3)


def changes_its_parameter(a, b):
    a = a * b
    b = a + b
    a = a * b
    return a


def parameter_rebound(x, y):
    """The callee rebinds its parameters; the caller's names are its own."""
    a = changes_its_parameter(x, y)
    b = changes_its_parameter(b=x, a=y)
    x = changes_its_parameter(x, x)
    return a * x + b * y


def default_from_module(x, scale=GRAVITY):
    """A default that is a constant of another module."""
    return x * scale + x * x


def in_a_loop(x, w, n):
    """A call in each round, with what the round before gave; and one in the condition."""
    y = x
    for i in range(n):
        if product(y, 0.1) > 1.5:
            y = y - 1.0
        y = product(y, w) if i % 2 else logistic(y, scale=w)
    return y * x


def branches_inside(x):
    if x > 1.0:
        return x * x
    return 2.0 * x - 1.0


def called_with_each_branch(x, y):
    return branches_inside(x) * branches_inside(y) * branches_inside(branches_inside(x * y))


def keyword_only(x, *, a, b=2.0):
    return helpers.pressure(x * a, gamma=b) + helpers.pressure(x, floor=a)


RNG = np.random.default_rng(0)
NETWORK = tuple(RNG.normal(size=s) for s in [(5, 3), (3, 4), (4,), (4, 2), (2,)])


def weight_grad(n):
    """By hand, and of another function than its name says."""
    return 0.5 * n


def weight(x, n):
    """What is emitted for it must not have the name of what it calls."""
    return x * x * weight_grad(n)


def frequency_and_vorticity(density, coriolis):
    """As in oceanography: without a latitude the second result is nan."""
    frequency = np.sin(density) * density
    vorticity = coriolis * density**2
    return frequency, vorticity


def second_result_unread(x, coriolis):
    frequency, _ = frequency_and_vorticity(x, coriolis)
    total = np.sum(frequency)
    for n in range(2):
        pair = frequency_and_vorticity(x * (n + 1.0), coriolis)
        total += np.sum(pair[0] ** 2)
    return total


def moments(x):
    mean = np.mean(x)
    return mean, np.mean((x - mean) ** 2), np.mean((x - mean) ** 3)


def read_by_one_caller_each(x):
    mean, _, _ = moments(x)
    spread = moments(x * x)[1]
    return mean * spread


def weighted_rounds(z, x, a, b):
    for i in range(2):
        z = z + a * x[i] / b
    return z


def integers_by_one_caller(x, y):
    """What one call passes as integers carries derivatives in the other."""
    z = weighted_rounds(np.sum(x), x, 1, 4)
    return weighted_rounds(z, x, y, 1 + 4 * y)


CASES = [
    case(integers_by_one_caller, np.array([0.3, 0.5, 0.9]), 0.7),
    case(two_layers, *NETWORK),
    case(second_result_unread, np.array([0.3, -0.8, 1.1, 0.4]), np.nan, wrt=0),
    case(read_by_one_caller_each, np.array([0.3, -0.8, 1.1, 0.4])),
    case(two_layers, *NETWORK, wrt=(1, 2, 3, 4), label="weights only"),
    case(from_another_module, 0.6, -0.9),
    case(keyword_calls, 1.2, 0.7),
    case(star_calls, 0.7, 1.1),
    case(entry_with_stars, 0.6, 1.5, -0.7, wrt=0, keywords={"gain": 1.2}),
    case(entry_with_stars, 0.6, wrt=0, keywords={"gain": 1.2, "other": "unused"}, label="no terms"),
    case(positional_only, 0.4, keywords={"d": 0.9}),
    case(positional_only, 0.4, 1.2, -0.3, keywords={"d": 0.9}, label="no default"),
    case(several_levels, 0.7, 0.4),
    case(activity_differs, 0.7, np.array([0.2, -0.4, 0.9])),
    case(unpacked_results, 1.3, 0.6),
    case(inactive_helper, 1.1, 7),
    case(in_one_expression, 0.8, 0.5),
    case(recursive_power, 1.1, 11),
    case(recursive_power, 1.1, 0, label="at once: a zero derivative"),
    case(sum_of_leaves, 0.9, 3),
    case(mutual_recursion, 0.7),
    case(parameter_rebound, 0.8, 1.3),
    case(default_from_module, 0.7),
    case(in_a_loop, 0.5, 1.4, 5),
    case(weight, 0.7, 3, file=False),  # its derivative cannot be called weight_grad
    case(called_with_each_branch, 1.3, 0.6),
    case(keyword_only, 0.7, keywords={"a": 1.3}),
]
