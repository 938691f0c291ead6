"""Iterators that are advanced by hand, have no end, or work out an item only when it is asked for."""

from __future__ import annotations

import itertools
import operator
from functools import reduce
from itertools import count, dropwhile, filterfalse, groupby, takewhile, zip_longest

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])


def first_and_the_rest(x):
    items = iter(x)
    first = next(items)
    total = first
    for v in items:
        total = total * 2.0 + v * first
    return total


def one_after_the_other(x):
    items = iter(x)
    return next(items) * next(items) + next(items) ** 2


def skips_inside_a_loop(x):
    items = iter([x[0] * x[1], x[2], x[1], x[0]])
    total = 0.0
    for v in items:
        if v > 1.5:
            total += v * next(items, 10.0)
            continue
        total += v
    else:
        total = total * 2.0
    return total + next(items, 3.0)


def keys_of_a_dict(x):
    d = {"a": x[0], "b": x[1] * x[2]}
    keys = iter(d)
    total = d[next(keys)]
    for k in keys:
        total = total * d[k]
    pairs = iter(d.items())
    (_, v), rest = next(pairs), [w for _, w in pairs]
    return total + v * rest[0] * (1 + len(list(pairs)))


def the_rest_at_once(x):
    items = iter(x)
    head = next(items)
    tail = list(items)
    return head * tail[0] + sum(items) + len(tail) * tail[-1]


def sees_what_changes(x):
    a = x * 1.0
    items = iter(a)
    first = next(items)
    a[1] = 5.0 * a[0]
    return first * next(items)


def rows_of_a_matrix(a):
    rows = iter(a)
    previous = next(rows)
    total = 0.0
    for row in rows:
        total = total + np.sum(row * previous)
        previous = row
    return total


def positions(x):
    where = iter(range(len(x)))
    return x[next(where)] * x[next(where)] ** 2


def header_is_dropped(x):
    items = iter(x)
    next(items)
    return sum(v * v for v in items)


def numbers_given_out(x):
    ids = count(3)
    a, b = next(ids), next(ids)
    return sum([v * next(ids) for v in x]) * a * b


def first_that_fits(x):
    index = next((n for n, v in enumerate(x) if v > 100.0), 2)
    return x[index] * next(v * v for v in x if v > 1.0) + next((u * v for u in x for v in x if u * v > 1.5), 0.0)


def none_fits(x):
    try:
        v = next(v for v in x if v > 100.0)
    except StopIteration:
        v = x[0] * x[1]
    return v


def counts_on(x):
    total = 0.0
    for n in count(1):
        total = total + x[0] ** n
        if total > 1.2:
            break
    for s in count(x[1], x[2]):
        if s > 5.0:
            break
        if s < 2.0:
            continue
        total = total * s
    return total


def counted_along(x):
    total = sum(v * i for i, v in zip(count(), x))
    for i, v in zip(count(1), x):
        total = total + v**i
    for v, i in zip(x, count(10, -2)):
        total = total + v * i
    return total


def round_and_round(x):
    total = sum(v * w for v, w in zip(x, itertools.cycle([2.0, x[0]])))
    steps = 0
    for v in itertools.cycle(x):
        steps += 1
        total = total * v
        if steps == 5:
            break
    return total


def longer_of_two(x):
    total = sum(a * b for a, b in zip_longest(x, x[1:], fillvalue=2.0))
    for a, b in zip_longest([x[0]], x, fillvalue=x[2] * 2.0):
        total = total * 2.0 + a * b
    return total


def while_it_holds(x):
    small = takewhile(lambda v: v < x[0] * 2.0, x)
    return sum(v * v for v in small) + sum(dropwhile(lambda v: v < 1.0, x)) * sum(filterfalse(lambda v: v > 1.0, x))


def runs(x):
    rows = [("a", x[0]), ("a", x[1]), ("b", x[2]), ("a", x[0] * x[1])]
    total = 1.0
    for key, group in groupby(rows, key=lambda r: r[0]):
        total = total * 2.0 + sum(v * v for _, v in group) * (1.0 if key == "a" else 3.0)
    return total


def runs_of_signs(x):
    signs = [(big, list(values)) for big, values in groupby(x, lambda v: v > 1.0)]
    return sum(len(vs) * vs[0] for big, vs in signs if big) + sum(sum(vs) for _, vs in signs)


def runs_of_equal_values(x):
    total = 0.0
    for value, group in groupby([x[0], x[0], x[1]]):
        for v in group:
            total = total + v * value
    return total


def running_products(x):
    return sum(itertools.accumulate(x, operator.mul)) + max(itertools.accumulate(x, max))


def running_from_a_start(x):
    orbit = list(itertools.accumulate(range(4), lambda y, _: y - x[0] * np.sin(y), initial=x[1]))
    return np.sum(np.array(orbit) ** 2) + reduce(lambda a, b: a * b + 1.0, x)


def running_until(x):
    total = 0.0
    for s in itertools.accumulate(x, lambda a, b: a * b + 1.0):
        total = total + s * s
    for s in itertools.accumulate(x, operator.mul):
        if s > 0.63:
            break
        total = total + s
    return total


def asked_one_by_one(x):
    """What the generator reads is changed by the loop it is read in."""
    scale = 1.0
    for y in (v * scale for v in x if v > 0.7 * scale):
        scale = scale + 0.1 * y
    return scale


def asked_while_memory_changes(x):
    y = x * 1.0
    total = 0.0
    for v in (u * u for u in y):
        y[-1] = y[-1] * 2.0 + v
        total = total + v
    return total


def mapped_while_a_name_changes(x):
    k = 1.0
    total = 0.0
    for v in map(lambda u: u * k, x):
        k = k * v
        total = total + v
    return total


def left_early(x):
    total = 1.0
    for y in map(lambda v: v * v, x):
        total = total * y
        if y > 1.0:
            break
    else:
        total = 100.0
    for v in filter(lambda v: v > 1.0, (w * w for w in x)):
        total = total + v
    return total


def same_names_inside(x):
    v = x[0]
    for v in (v * 2.0 for v in x):
        pass
    return v * x[1]


CASES = [
    case(first_and_the_rest, X),
    case(one_after_the_other, X),
    case(skips_inside_a_loop, X),
    case(keys_of_a_dict, X),
    case(the_rest_at_once, X),
    case(sees_what_changes, X),
    case(rows_of_a_matrix, np.outer(X, X[:2])),
    case(positions, X),
    case(header_is_dropped, X),
    case(numbers_given_out, X),
    case(first_that_fits, X),
    case(none_fits, X),
    case(counts_on, X),
    case(counted_along, X),
    case(round_and_round, X),
    case(longer_of_two, X),
    case(while_it_holds, X),
    case(runs, X),
    case(runs_of_signs, X),
    case(runs_of_equal_values, X),
    case(running_products, X),
    case(running_from_a_start, X),
    case(running_until, X),
    case(asked_one_by_one, X),
    case(asked_while_memory_changes, X),
    case(mapped_while_a_name_changes, X),
    case(left_early, X),
    case(same_names_inside, X),
]
