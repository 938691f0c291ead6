"""Functions that change what they are given: helpers several levels deep, defaults, globals, closures."""

import numpy as np
from case import case

WEIGHTS = np.array([0.2, 0.5, 0.9, 0.4, 0.7, 0.3])
SETTINGS = {"rate": 0.3, "steps": 3}


def scale(v, factor):
    v *= factor


def set_first(v, value):
    v[0] = value
    return v[1]


def calls_one(x, s):
    a = x * s
    scale(a, s)
    scale(a[2:], a[0])
    return a * a


def changes_what_functions_turn(M, s):
    """The arguments are views that functions make."""
    a = M * s
    scale(np.transpose(a)[1:], s)
    scale(np.flip(a)[0], a[1, 1])
    t = set_first(a.swapaxes(0, 1)[2], s * s)
    if t > 0:
        scale(np.moveaxis(a, 0, 1), t)
    held = {"a": a.transpose()}
    scale(np.transpose(held["a"])[1], s)
    return a * M


def changes_copies_in_keywords(M, s):
    """The memory that changes has no name, and is no part of what it is a copy of."""
    a = M * s
    scale(**dict(v=a[[0, 2]], factor=s))
    scale(**{"v": np.array(a[1]), "factor": a[0, 0]})
    scale(*(a.copy(), s))
    scale(factor=s, v=a[1:].T)
    return a * M


def value_and_effect(x, s):
    a = x * s
    t = set_first(a, s) * set_first(a[1:], a[0] * s)
    return a * t


def effect_in_the_arguments_of_a_call(x, s):
    """Arguments are worked out from the left; the second call sees what the first has done."""
    a = x * s
    return combine(set_first(a, 2.0 * s), set_first(a[1:], s), a)


def combine(p, q, v):
    v[2] += p
    return v * q


def three_levels(M, s):
    a = M * s
    level_one(a, s)
    return a * M


def level_one(a, s):
    for row in a:
        level_two(row, s)
    a[0] = a[1]


def level_two(row, s):
    level_three(row[1:], row[0])
    row *= s


def level_three(part, first):
    part[:] = part * part + first


def changes_two(x, s):
    a, b = x * s, x * x
    exchange(a, b, 3)
    exchange(a[3:], b[:3], 2)
    return a * b


def exchange(p, q, n):
    t = p[:n].copy()
    p[:n] = q[:n]
    q[:n] = t * t


def changes_a_slice_given_by_bounds(x, s):
    a = x * s
    for lo in range(0, 6, 2):
        smooth(a, lo, lo + 2)
    return a


def smooth(a, lo, hi):
    a[lo:hi] = (a[lo:hi] + a[lo]) * a[hi - 1]


def rebinds_its_parameter(x, s):
    """The callee changes, rebinds, and changes its own."""
    a = x * s
    b = change_then_rebind(a, s)
    return a * b


def change_then_rebind(v, s):
    v += s
    v = v * v
    v += 100.0
    return v[::-1]


def returns_what_it_changed(x, s):
    a = x * s
    b = doubled(doubled(a))
    b[0] = s
    return a * b


def doubled(v):
    v *= 2.0
    v[1:] += v[:-1]
    return v


def called_in_a_loop(x, s):
    a = x * 1.0
    n = 0
    while relax(a, s) > 0.05:
        n += 1
    return a * n


def relax(a, s):
    old = a[1:-1].copy()
    a[1:-1] = s * 0.5 * (a[:-2] + a[2:])
    return np.max(np.abs(a[1:-1] - old))


def called_in_a_condition(x, s):
    a = x * s
    if shrink(a) and shrink(a) or shrink(a):
        a[0] = s
    return a * a


def shrink(a):
    a *= 0.7
    return a[0] > 0.3


def called_in_a_comprehension(x, s):
    a = x * s
    heads = [set_first(a[k:], s * k) for k in range(4)]
    return a * sum(heads)


def passed_as_a_value(x, s):
    a = x * s
    for change in (scale, set_first, lambda v, t: v.fill(t * v[0])):
        change(a[2:5], a[0])
    return a * a


def by_keyword_and_star(x, s):
    a, b = x * s, x * x
    mix(target=a, source=b, weight=s)
    mix(*[b, a], **{"weight": 2.0})
    mix(a, weight=a[1])
    return a * b


def mix(target, source=WEIGHTS, *, weight=1.0):
    target += weight * source


def star_parameters(x, s):
    """Shapes: x[n], s[]"""
    a, b = x * s, x * x
    scale_all(s, a, b[1:], last=b[:1])
    return a * b


def scale_all(factor, *arrays, **named):
    for v in arrays:
        v *= factor
    for v in named.values():
        v += factor


def reads_a_global(x, s):
    a = x * WEIGHTS
    a *= s
    for _ in range(SETTINGS["steps"]):
        a[1:] += SETTINGS["rate"] * a[:-1] * WEIGHTS[1:]
    return a * a


def copies_a_global(x, s):
    """The module's array is read, copied and changed; it stays as it was."""
    a = WEIGHTS.copy()
    a[:3] = x[:3] * s
    b = WEIGHTS[2:] * s
    b += a[0]
    return a[2:] * b * x[2:]


def default_is_made_new(x, s, buffer=None):
    if buffer is None:
        buffer = np.zeros(6)
    buffer += x * s
    buffer *= buffer
    return buffer


def default_number(x, s=0.7, n=2):
    for _ in range(n):
        x *= s
    return x * x


def inner_function_changes(x, s):
    a = x * s

    def step(k, rate):
        nonlocal_sum = a[k] + a[k - 1]
        a[k] = rate * nonlocal_sum

    for k in range(6):
        step(k, s)
        step(k, a[0])
    return a


def inner_function_with_nonlocal(x, s):
    a = x * 1.0
    total = 0.0

    def add(k):
        nonlocal total
        total += a[k] * s
        a[k] *= total

    for k in range(4):
        add(k)
    return a * total


def generic_helper_for_numbers_and_arrays(x: np.ndarray, s: float):
    """`+=` in the helper changes an array and rebinds a number."""
    a, t = x * s, s * s
    b = bumped(a, s)
    u = bumped(t, s)
    return a * b * t * u


def bumped(v, s):
    v += s
    v *= 2.0
    return v


def added_up(values, start):
    total = start
    for v in values:
        total += v
    return total


def sums_of_numbers_and_arrays(x: np.ndarray, s: float):
    """The same helper adds numbers, and arrays into the array that it is given."""
    first = np.zeros(6)
    whole = added_up([x, x * s], first)
    return whole * added_up(x, 0.0) * first[0]


def recursion_changes_the_argument(x, s):
    a = x * s
    descend(a, s)
    return a * a


def descend(v, s):
    if len(v) == 0:
        return 0.0
    v[0] *= s
    rest = descend(v[1:], s * 0.9)
    v[0] += rest
    return v[0] * v[0]


def mutual_recursion(x, s):
    a = x * s
    return ping(a, 5, s) * a


def ping(a, n, s):
    if n == 0:
        return a[0]
    a[n] *= s
    return pong(a, n - 1, s) + a[n]


def pong(a, n, s):
    if n == 0:
        return a[1]
    a[n] = a[n + 1] ** 2
    return ping(a, n - 1, s) * a[n]


def helper_gives_a_view(M, s):
    a = M * s
    interior(a)[...] *= s
    border = a[0]
    border[:] = interior(a)[0, 0]
    return a * M


def interior(a):
    return a[1:, 1:-1]


def helper_gives_several_views(M, s):
    """Shapes: M[n, m]"""
    a = M * s
    top, bottom = halves(a)
    top *= s
    bottom += top[0]
    return a * M


def halves(a):
    return a[:2], a[2:]


def helper_changes_nothing_yet_reads(x, s):
    """Reads before and after the change give different values."""
    a = x * s
    before = energy(a)
    scale(a[::2], s)
    return before * energy(a) * a


def energy(v):
    return np.sum(v * v)


def changes_its_argument_through_a_view(x, s):
    """The caller reads what the view has changed, though the function itself reads only the view."""

    def double(arr):
        rows = arr[:]
        rows[0] *= s
        return rows[0] * rows[1]

    a = x * s
    t = double(a)
    return t + a[0] ** 2


def changes_its_argument_reshaped(x, s):
    def scaled_rows(arr):
        rows = np.reshape(np.asarray(arr), (-1, 2))
        total = 0.0
        for n in range(len(rows)):
            rows[n] *= s
            total = total + rows[n, 0]
        return total

    a = np.outer(x, x[:2])
    return scaled_rows(a) + a[0, 1] * a[1, 0]


def helper_of_a_library(x, s):
    a = x * s
    np.random.default_rng(3).permutation(6)
    np.apply_along_axis(lambda v: scale(v, s) or v[0], 0, a.copy())
    list(map(lambda k: set_first(a[k:], s * a[k]), range(3)))
    return a * a


def arguments_that_overlap(x, s):
    a = x * s
    transfer(a[:4], a[2:], s)
    transfer(a, a, s)
    return a


def transfer(source, target, s):
    target[0] += s * source[-1]
    source[1] *= target[0]
    target[1:] -= source[:-1]


def gives_what_it_changed(x, s):
    """What the reverse half of the helper restores is the value of the whole."""
    x = running(x, s)
    return running(x, x[0])


def running(v, s):
    sums = np.array(v)
    for k in range(1, 6):
        sums[k] += s * sums[k - 1]
    return sums


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.2, -0.3]])

CASES = [
    case(calls_one, X, S), case(value_and_effect, X, S), case(effect_in_the_arguments_of_a_call, X, S),
    case(changes_what_functions_turn, M, S), case(changes_copies_in_keywords, M, S),
    case(three_levels, M, S), case(changes_two, X, S), case(changes_a_slice_given_by_bounds, X, S),
    case(rebinds_its_parameter, X, S), case(returns_what_it_changed, X, S), case(called_in_a_loop, X, S),
    case(called_in_a_condition, X, S), case(called_in_a_comprehension, X, S), case(passed_as_a_value, X, S),
    case(by_keyword_and_star, X, S), case(star_parameters, X, S), case(reads_a_global, X, S),
    case(copies_a_global, X, S), case(default_is_made_new, X, S), case(default_number, X),
    case(default_number, X, 0.6, 3, label="given"), case(inner_function_changes, X, S),
    case(changes_its_argument_through_a_view, X, S), case(changes_its_argument_reshaped, X, S),
    case(inner_function_with_nonlocal, X, S), case(generic_helper_for_numbers_and_arrays, X, S),
    case(sums_of_numbers_and_arrays, X, S),
    case(recursion_changes_the_argument, X, S), case(mutual_recursion, X, S), case(helper_gives_a_view, M, S),
    case(helper_gives_several_views, M, S), case(helper_changes_nothing_yet_reads, X, S),
    case(helper_of_a_library, X, S), case(arguments_that_overlap, X, S),
    case(gives_what_it_changed, X, S),
]  # fmt: skip
