"""Programs with lists, dicts, deques and sets that must be refused."""

from collections import Counter, defaultdict, deque

import numpy as np


def pop_inside_an_assert(x):
    stack = [1, 0]
    total = x[0]
    while stack:
        assert stack.pop() < 2
        total = total * x[len(stack)]
    return total


def pop_inside_a_text(x):
    stack = [1, 0]
    total = x[0]
    while stack:
        label = f"item {stack.pop()}"
        total = total * x[len(stack)] * len(label)
    return total


def step_that_may_be_one(x):
    items = list(x)
    for step in (1, 2):
        items[::step] = [v * v for v in items[::step]]
    return items[0]


# deques, defaultdicts and sets that leave the function, or are looked at


def deque_is_returned(x):
    last = deque(maxlen=2)
    for v in x:
        last.append(v * v)
    return last


def defaultdict_is_returned(x):
    groups = defaultdict(list)
    for k, v in enumerate(x):
        groups[k % 2].append(v * v)
    return groups


def defaultdict_of_defaultdicts(x):
    table = defaultdict(lambda: defaultdict(float))
    table[0][1] += x[0] * x[1]
    return table[0][1]


def counters_added(x):
    n = Counter()
    n["a"] += 1
    both = n + Counter("ab")
    return x[0] ** both["a"]


def set_that_changes_iterated(x):
    chosen = {0, 1}
    chosen.add(2)
    total = 0.0
    for k in chosen:
        total = total * x[k] + x[k]
    return total


def active_members_of_a_set(x):
    seen = set()
    for v in x:
        seen.add(v * v)
    return x[0] if x[1] in seen else x[1]


def set_that_changes_is_returned(x):
    chosen = {0, 1}
    chosen.discard(1)
    return x[0] * x[0], chosen


def repeated_or_multiplied(x):
    n = np.sum(x > 1.0, axis=None if x.size > 2 else 0)
    return sum([x[0], x[1]] * n)


def joined_or_added(x):
    n = np.sum(x > 1.0, axis=None if x.size > 2 else 0)
    return sum([x[0], x[1]] + n)


def joined_to_a_list(x):
    start = [x[0]]
    return sum(sum([[x[1]], [x[2]]], start))


USUAL = np.array([0.8, -0.5, 1.1])
INPUTS: dict[str, object] = {}
SKIPPED = {"total_of"}


def members_of_a_display(x):
    return sum({x[0], x[1]})


def members_of_an_array(x):
    return max({*x})


def keys_of_a_comprehension(x):
    d = {v * 2: v for v in x}
    return sum(d)


def keys_from_values(x):
    return sum(dict.fromkeys(x, 1.0))


def keys_of_a_dict_inside(x):
    return sum(k * v for r in x for k, v in {r: 2.0}.items())


def keys_of_what_is_zipped(x):
    d = dict(zip(x, range(3), strict=False))
    return sum(d) * x[0]
