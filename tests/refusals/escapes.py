"""Programs whose memory cannot be followed: it may be shared, it outlives the call, or it is worked out late."""

import functools
import itertools
import json

import numpy as np

SCALE = np.array([2.0, 3.0, 4.0])
LOG = []
CACHE = {}


class Settings:
    weights = np.array([1.0, 2.0, 3.0])


# memory that may or may not be shared


def argument_or_its_copy(x, deep=True):
    y = np.array(x, copy=None) if deep else x
    y *= x
    return np.sum(y * x)


def require_then_changed(A):
    b = np.require(A.T, requirements="C")
    b += A.T
    return np.sum(A * A)


def broadcast_then_changed(x):
    a, b = np.broadcast_arrays(x, np.zeros((2, 3)))
    x[0] = x[1] * b[0, 0]
    return np.sum(a)


def real_if_close_then_changed(x):
    z = x + 0j * x
    r = np.real_if_close(z)
    z[0] = x[1]
    return np.sum(r)


def view_by_another_type(x):
    z = (x + 1j * x).view(float)
    z[0] = x[1]
    return np.sum(z)


def partial_that_keeps_an_array(x):
    a = x * 2.0
    read = functools.partial(lambda v, k: v[k] * x[0], a)
    a[1] = x[0] ** 2
    a = x * 3.0
    a[0] *= x[1]
    return read(1) * a[0]


def one_array_twice_out_of_a_tuple(x):
    def twice(v):
        a = x * v
        return a, a

    p, q = (twice(3.0), x)[0]
    p[1] = x[0] * x[1]
    return np.sum(q * x)


# memory that outlives the call


def updates_a_module_array(x):
    SCALE[0] += x[0]
    return np.sum(SCALE * x)


def updates_it_under_another_name(x):
    s = SCALE
    s *= x
    return np.sum(s)


def constant_update_that_is_read(x):
    SCALE[1] = 5.0
    return np.sum(SCALE * x)


def helper_that_scales(x):
    SCALE[:] = SCALE * x
    return SCALE


def calls_a_helper_that_keeps(x):
    return np.sum(helper_that_scales(x))


def passes_a_module_array(x):
    def fill(a, v):
        a[:] = v * v

    fill(SCALE, x)
    return np.sum(SCALE)


def remembers_in_a_module_dict(x):
    if "last" in CACHE:
        return CACHE["last"]
    CACHE["last"] = x[0] * x[1]
    return CACHE["last"]


def log_that_is_read(x):
    LOG.append(x[0] * 2.0)
    return LOG[-1] * x[1]


def changes_an_attribute_of_a_class(x):
    Settings.weights[0] = x[0]
    return np.sum(Settings.weights * x)


def accumulate(x, found=[]):  # noqa: B006
    found.append(x)
    return found


def list_default_of_a_helper(x):
    return accumulate(x[0] * x[1])[-1]


def dict_default(x, seen={}):  # noqa: B006
    seen["n"] = x[0] * x[1]
    return seen["n"]


# items that are worked out late


def generator_read_twice(x):
    squares = (v * v for v in x)
    return sum(squares) + sum(squares)


def generator_reads_a_name_late(x):
    scale = 2.0
    scaled = (v * scale for v in x)
    scale = x[0]
    return sum(scaled)


def generator_reads_changed_memory(x):
    a = x * 1.0
    shifted = (a[i] * 2.0 for i in range(3))
    a[0] = x[1] * x[2]
    return sum(shifted)


def pairs_read_in_a_loop(x):
    pairs = zip(x, x[1:], strict=False)
    total = 0.0
    for _ in range(2):
        total = total + sum(a * b for a, b in pairs)
    return total


def generator_passed_on(x):
    def twice(items):
        return sum(items) + sum(items)

    return twice(v * v for v in x)


def map_kept_in_a_dict(x):
    later = {"squares": map(np.square, x)}
    return sum(later["squares"])


def cycle_of_values(x):
    turns = itertools.cycle(x)
    return next(turns) * next(turns)


def generator_returned(x):
    def squares(v):
        return (u * u for u in v)

    return sum(squares(x))


def list_grows_while_iterated(x):
    """The loop also takes what it appends."""
    items = [x[0], x[1]]
    for v in items:
        if len(items) < 4:
            items.append(v * x[2])
    return items[-1]


def list_shrinks_under_another_name(x):
    items = [x[0], x[1], x[2]]
    same = items
    total = 0.0
    for v in items:
        total += v * same.pop()
    return total


def generator_of_a_loop_over_changed_memory(x):
    y = x * 1.0
    total = 0.0
    for _, v in enumerate(u * u for u in y):
        y[-1] = y[-1] * 2.0 + v
        total += v
    return total


def generator_of_a_loop_over_a_bound_name(x):
    k = 1.0
    total = 0.0
    for i, v in enumerate(u * k for u in x):
        k = k * v
        total += v * i
    return total


def squares_of(values):
    for i in range(len(values)):
        yield values[i] ** 2


def doubled_last(values, p):
    values[-1] *= 2.0
    return p


def generator_function_of_a_loop(x):
    y = x.copy()
    total = 0.0
    for p in squares_of(y):
        y[-1] *= 2.0
        total += p
    return total


def generator_function_of_a_comprehension(x):
    y = x.copy()
    return sum([doubled_last(y, p) for p in squares_of(y)])


def generator_of_a_generator(x):
    y = x.copy()
    total = 0.0
    for p in (doubled_last(y, v) for v in squares_of(y)):
        total += p
    return total


def generator_function_inside(x):
    scale = 1.0

    def scaled():
        for v in x:
            yield v * scale

    total = 0.0
    for p in scaled():
        scale = scale * 2.0
        total += p
    return total


def generator_function_inside_kept(x):
    def squares():
        for v in x:
            yield v * v

    found = squares()
    return sum(found) * 2.0 + sum(found)


def map_of_a_loop(x):
    k = 1.0
    total = 0.0
    for v, _ in zip(map(lambda u: u * k, x), x, strict=True):
        k = k * v
        total += v
    return total


# keys and members


def values_as_keys(x):
    counts = {}
    for v in x:
        counts[v] = counts.get(v, 0) + 1
    return sum(v * n for v, n in counts.items())


def display_with_an_active_key(x):
    table = {x[0]: 1.0, 2.0: x[1]}
    return sum(table) * x[2]


def members_of_a_set(x):
    return sum({v * v for v in x})


def hexadecimal(x):
    return float.fromhex(float(x[0]).hex()) * x[1]


def ratio_of_integers(x):
    n, d = float(x[0]).as_integer_ratio()
    return n / d * x[1]


def formatted_and_back(x):
    return float(f"{x[0]:.17g}") * x[1]


def written_and_read_by_numpy(x):
    return np.float64(str(x[0])) * x[1]


def array_of_words(x):
    return np.array([str(x[0]), "2.0"]).astype(float)[0] * x[1]


def word_in_a_list(x):
    words = ["1.0"]
    words.append(repr(x[0]))
    return float(words[-1]) * x[1]


def list_written_out(x):
    return float(str([x[0]])[1:-1]) * x[1]


def parsed_by_a_library(x):
    return json.loads(str(x[0])) * x[1]


def letter_by_letter(x):
    total = 0.0
    for c in str(x[0]):
        total += float(c) if c != "." else 0.0
    return total * x[1]


def word_or_none(x):
    word = None
    if x[0] > 0:
        word = f"{x[0]}"
    return float(word) * x[1]


def drawn_around(x):
    rng = np.random.default_rng(0)
    return np.sum(rng.normal(x, 1.0))


MATRIX = np.array([[0.5, 1.5, 2.5], [0.7, 1.1, 0.9]])
INPUTS = {
    "require_then_changed": MATRIX,
}  # fmt: skip
USUAL = np.array([0.5, 1.5, 2.5])
SKIPPED = {"helper_that_scales", "accumulate", "squares_of", "doubled_last"}
