"""Iterators, and variables of functions around, that must be refused; `USUAL` and `INPUTS` give arguments."""

# ruff: noqa: B031, B905

import itertools
from collections import deque

import numpy as np

USUAL = np.array([0.6, 1.1, 1.7])
INPUTS = {}


def counter():
    calls = 0

    def counts_outside(x):
        nonlocal calls
        calls += 1
        return x[0] * calls

    return counts_outside


counts_outside = counter()


def nonlocal_of_an_error(x):
    last = None

    def attempt(v):
        nonlocal last
        try:
            return 1.0 / v
        except ZeroDivisionError as last:
            print(last)
            return 0.0

    return attempt(x[0])


def nonlocal_walrus(x):
    total = 0.0

    def add(v):
        nonlocal total
        return (total := total + v)

    add(x[0])
    return total * x[1]


def nonlocal_of_a_pattern(x):
    seen = None

    def match_one(v):
        nonlocal seen
        match v:
            case [_, *seen]:
                return 1.0
        return 2.0

    return match_one([x[0], x[1]]) * x[0]


def nonlocal_shown_with_its_name(x):
    total = 0.0

    def add(v):
        nonlocal total
        total = total + v
        print(f"{total = }")

    add(x[0])
    return total


def nonlocal_in_a_try(x):
    count = 0

    def grow():
        nonlocal count
        count = count + 1

    try:
        grow()
    except ValueError:
        return x[0]
    return x[0] * count


def nonlocal_kept_elsewhere(x):
    """What the variable was is in a list, and srcgrad cannot tell it from what it is."""
    u = x * 1.0
    history = [u]

    def step():
        nonlocal u
        u = u * u
        history.append(u)

    step()
    step()
    return np.sum(u) + np.sum(history[1] * history[0])


def iterator_in_a_closure(x):
    items = iter(x)

    def pull():
        return next(items)

    return pull() * pull()


def iterator_read_in_pairs(x):
    items = iter(np.repeat(x, 2))
    return sum(a * b for a, b in zip(items, items))


def iterator_of_a_generator(x):
    squares = iter(v * v for v in x)
    return next(squares) * next(squares)


def iterator_while_the_list_grows(x):
    queue = [x[0]]
    for v in (items := iter(queue)):
        if len(queue) < 3:
            queue.append(v * x[1])
    return sum(queue) * len(list(items))


def group_kept(x):
    groups = {}
    for key, group in itertools.groupby(x, key=lambda v: v > 1.0):
        groups[key] = group
    return sum(sum(g) for g in groups.values())


def group_read_twice(x):
    total = 0.0
    for _, group in itertools.groupby(x):
        total = total + sum(group) * len(list(group))
    return total


def groups_in_a_list(x):
    return sum(sum(g) for _, g in [(k, g) for k, g in itertools.groupby(x)])


def endless_numbers_that_are_not_whole(x):
    return sum(a * b for a, b in zip(itertools.count(x[0], 0.5), x))


def endless_start(x):
    return sum(itertools.takewhile(lambda v: v < 5.0, itertools.count(x[0])))


def takes_from_a_generator(x):
    return sum(itertools.takewhile(lambda v: v < 2.0, (v * v for v in x)))


def view_of_what_changes(x):
    d = {"a": x[0], "b": x[1]}
    values = d.values()
    same = d
    same["a"] *= 3.0
    return sum(values)


def view_of_a_dict_that_grows_in_a_loop(x):
    d = {0: x[0]}
    names = d.keys()
    total = 0.0
    for i in range(3):
        total += sum(d[k] for k in names)
        d[i + 1] = total
    return total


def view_in_a_container(x):
    d = {"a": x[0]}
    kept = {"names": d.keys()}
    d["b"] = x[1]
    return sum(d[k] for k in kept["names"])


def values_of(d):
    return d.values()


def view_as_a_result(x):
    d = {"a": x[0]}
    values = values_of(d)
    d["a"] = x[1]
    return sum(values)


def view_compared(x):
    d = {"a": x[0]}
    names = d.keys()
    return x[0] if names == {"a"} else x[1]


def sorted_by_what_takes_notes(x):
    seen = []

    def noted(v):
        seen.append(v * 2.0)
        return -v

    return sorted(x, key=noted)[0] * sum(seen)


def least_by_what_calls_another(x):
    seen = []

    def noted(v):
        seen.append(v)
        return v

    return min(x, key=lambda v: -noted(v)) * len(seen)


SKIPPED = {"counter", "values_of", "filling", "doubling", "running"}


def stopped_by_a_zip(x):
    seen = []

    def noted(v):
        seen.append(v)
        return v * v

    total = 0.0
    for weight, v in zip([1.0, 2.0], map(noted, x)):
        total += weight * v
    return total * sum(seen)


def found_in_a_generator(x):
    seen = []

    def noted(v):
        seen.append(v)
        return v * v

    return (x[0] ** 2 in (noted(v) for v in x)) * sum(seen)


def first_of_a_generator(x):
    seen = []

    def noted(v):
        seen.append(v)
        return v * v

    return sum(itertools.islice((noted(v) for v in x), 2)) * sum(seen)


def chained_and_changed(x):
    w = x.copy()
    total = 0.0
    for v in itertools.chain((u * w[1] for u in x), [1.0]):
        total += v
        w[1] *= 2.0
    return total


def values_of_a_dict(x):
    seen = []

    def noted(v):
        seen.append(v)
        return v * v

    d = dict(zip("ab", map(noted, x)))
    return d["a"] * sum(seen)


def filling(values):
    seen = []
    for v in values:
        seen.append(v)
        yield seen


def one_list_each_time(x):
    return sum(sum(s) for s in filling(x))


def doubling(values, n):
    kept = [values]
    for _ in range(n):
        kept[0] *= 2.0
        yield kept[0].sum()


def items_that_others_know(x):
    y = x.copy()
    return sum(doubling(y, 2)) * y[0]


def kept_and_unpacked(x):
    pairs = zip(x[:1], x[1:])
    ((a, b),) = pairs
    return a * b


def kept_and_spread(x):
    backwards = reversed([x[0], x[1] * x[1]])
    found = [*backwards]
    return found[0] * found[1]


def running(values, x):
    for v in x:
        yield v * values[-1]


def grown_by_a_generator_function(x):
    values = [x[0]]
    values.extend(running(values, x))
    return sum(values)


def deque_that_sees_itself_grow(x):
    last = deque([x[0]], maxlen=2)
    last.extend(last[0] * v for v in x)
    return sum(last)


def generators_in_a_list(x):
    scaled = [(v * k for v in x) for k in (1.0, 2.0)]
    return sum(sum(g) for g in scaled)


def generator_of_a_lambda(x):
    scaled = lambda k: (v * k for v in x)  # noqa: E731
    twice = scaled(2.0)
    return sum(twice) + sum(twice)


SHARES = {"first": 2.0, "second": 3.0}


def view_of_a_dict_of_the_module(x):
    def shares():
        return SHARES.values()

    return sum(v * x[0] for v in shares())


class Kept:
    def __init__(self, values):
        self.values = values


def view_kept_by_an_object(x):
    d = {"a": x[0], "b": x[1]}
    held = Kept(d.values())
    d["a"] = x[2]
    return sum(held.values)


def view_given_beside_its_dict(x):
    d = {"a": x[0], "b": x[1]}

    def tripled(e, values):
        e["a"] = e["a"] * 3.0
        return sum(values)

    return tripled(d, d.values())


def view_in_an_attribute(x):
    d = {"a": x[0], "b": x[1]}
    held = Kept(None)
    held.values = d.values()
    d["a"] = x[2]
    return sum(held.values)


def view_or_list(x):
    d = {"a": x[0], "b": x[1]}
    values = d.values() if x[0] > 0.0 else []
    d["a"] = x[2]
    return sum(values)


def grown_by_its_own_items(x):
    values = list(x)
    values.extend(itertools.islice(values, 8))
    return sum(values)
