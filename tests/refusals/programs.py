"""Programs that must be refused; each function is one, `INPUTS` gives its arguments."""

import functools
import math
import random
import statistics

import numpy as np


def generator_function(x):
    yield x * x


def squares(x):
    for k in range(3):
        yield k * x * x


def kept_generator(x):
    found = squares(x)
    return sum(found) + sum(found)


def generator_by_another_name(x):
    make = squares
    found = make(x)
    return sum(found) + sum(found)


def halves(x):
    while True:
        x = x / 2.0
        yield x


def endless_generator(x):
    for v in halves(x):
        if v < 0.1:
            break
    return v


def doubling(x):
    v = x * np.ones(2)
    for _ in range(3):
        v *= 2.0
        yield v


def adding(total, x):
    for v in x:
        total += v
        yield v


def generator_that_changes_its_argument(x):
    y = np.array([x, x])
    return sum(v * np.sum(y) for v in adding(y, [x, 2.0]))


def generator_that_changes_memory(x):
    return sum(np.sum(v) for v in list(doubling(x)))


async def asynchronous(x):
    return x * x


def executes(x):
    exec("y = x * x")
    return x


def evaluates(x):
    return eval("x * x")


def reads_locals(x):
    return locals()["x"] * x


def twice(f):
    @functools.wraps(f)
    def wrapper(x):
        return 2.0 * f(x)

    return wrapper


def writes_a_global(x):
    global LAST
    LAST = x
    return x * x


def nonlocal_name(x):
    total = 0.0

    def add(y):
        nonlocal total
        from math import sin as total
        return total(y)

    return add(x)


def deletes(x):
    y = x * x
    for _ in range(2):
        x = x * y
        del y
    return x


def tries(x):
    items = [x, x * x]
    try:
        return items.pop() / 1.0
    except ZeroDivisionError:
        return 0.0


def raises_its_result(x):
    if x > 1.0:
        raise ValueError(x * x)
    return x


def reads_what_was_raised(x):
    try:
        y = raises_its_result(x)
    except ValueError as e:
        y = e.args[0] * x
    return y


def tries_to_unpack(x):
    try:
        a, b = np.broadcast_arrays(x, 1.0)
    except ValueError:
        return x
    return a * b


def enters(x):
    with open("log") as log:
        log.write("entered")
        return np.log(x)


def leaves_a_context(x):
    with np.errstate(all="ignore"):
        if x > 1.0:
            return np.log(x)
        x = x * 2.0
    return x


def matches(x):
    match x:
        case 0.0:
            return x
        case _:
            return x * x


def class_inside(x):
    class Point:
        value = 3.0

    return Point.value * x


def keyword_without_rule(x):
    return np.nansum(x, initial=1.0)


def where_keyword(x):
    return np.sum(np.exp(x, where=x > 0.5))


def no_rule(x):
    return np.polydiv(x * np.ones(1), np.ones(1))[0]


def no_rule_for_a_method(x):
    return x.byteswap().sum()


def no_rule_in_the_library(x):
    return statistics.harmonic_mean([x, 3.0])


def vectorised(x):
    return np.vectorize(lambda v, w: v * w, excluded=range(1, int(x) + 1))(x, 2.0).sum()


def array_of_objects(x):
    return np.frompyfunc(lambda v, w: v * w, 2, 1)(np.array([x, 1.0]), 2.0).sum()


def changes_its_rows(x):
    a = np.outer(np.ones(2) * x, np.ones(3))

    def scale(row):
        row *= 2.0
        return row[0]

    return np.sum(np.apply_along_axis(scale, 1, a)) + a[0, 0]


def chosen_at_run_time(x):
    f = math.sin
    for _ in range(2):
        x = f(x)
        f = math.cos
    return x


def missing_name(x):
    return x * undefined_function(x)  # noqa: F821


def set_comprehension(x):
    return max({x * k for k in range(3)})


def set_of_values(x):
    total = 0.0
    for v in {x, 2.0 * x}:
        total = total + v
    return total


def too_many_arguments(x):
    return helper(x, x, x)


def helper(x, y):
    return x * y


def unknown_number_of_arguments(x):
    values = [x] * int(x + 1.0)
    return helper(*values, *values)


def text_and_back(x):
    return float(str(x)) * x


def function_with_values(x):
    def maker(n):
        return lambda t: maker(n - 1)(t) * x if n > 0 else t

    return maker(3)(2.0)


def default_in_a_comprehension(x):
    functions = [lambda t, a=x * n: a * t for n in range(3)]
    return functions[0](x)


def closure_of_the_round_before(x):
    f = functools.partial(helper_power, x)
    for _ in range(2):
        g = f
        f = functools.partial(helper_power, x * g(2.0))
    return g(1.0)


def call_each_other(x):
    def even(n):
        return x if n == 0 else odd(n - 1) * x

    def odd(n):
        return x * x if n == 0 else even(n - 1)

    return even(3)


def decorated_recursion(x):
    @twice
    def chain(n):
        return x if n < 1 else chain(n - 1) * x

    return chain(3)


def kept_while_another_is_made(x):
    total = 0.0
    for i in range(3):
        h = functools.partial(helper_power, x * i)
        if i > 0:
            total = total + last(2.0)  # noqa: F821
        last = h  # noqa: F841
    return total


def helper_power(x, n):
    return x**n


def shuffles(x):
    y = [x, 2.0 * x]
    random.shuffle(y)
    return y[0]


def effect_on_an_argument(x):
    consume(x)
    np.savetxt("nowhere", x)
    return np.sum(x)


def consume(x):
    return None


def gives_none(x):
    x * x


def gives_text(x):
    return f"{x:.1f}"


def gives_an_integer(x):
    return int(x)


def gives_an_array(x):
    return x * x


def gives_a_tuple(x):
    return x, x * x


def gives_a_complex_number(x):
    return x * 1j


def grid_up_to_a_variable(x):
    return np.sum(np.mgrid[0:x:3j])


def plain(x):
    return np.sum(x * x)


ARRAY = np.array([0.5, 1.5, 2.5])


def assigned_where_a_context_is_made(x):
    with np.errstate(all=(how := "ignore")):
        y = np.log(x)
    return y * len(how)


@functools.total_ordering
class Ranked:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        return self.value < other.value


def sorts_by_a_method(x):
    return sum(n * r.value for n, r in enumerate(sorted([Ranked(x), Ranked(2.0 * x)])))


INPUTS = {
    "keyword_without_rule": ARRAY,
    "where_keyword": ARRAY, "no_rule_for_a_method": ARRAY, "vectorised": ARRAY, "gives_an_array": ARRAY,
    "effect_on_an_argument": ARRAY,
}  # fmt: skip
SKIPPED = {"adding", "raises_its_result", "matches", "twice", "helper_power", "helper", "consume", "plain"}
ARGUMENTS = {
    "an integer": 3,
    "a bool": True,
    "text": "three",
    "none": None,
    "an integer array": np.arange(3),
    "an object array": np.array([1.0, None], dtype=object),
    "a date": np.array(["2026-01-01"], dtype="datetime64[D]"),
    "a masked array": np.ma.array([1.0, 2.0]),
    "a matrix": np.asmatrix([[1.0]]),
    "a list of integers": [1, 2],
}
