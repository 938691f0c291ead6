"""`store[key] *= y` and `p.state *= y`, where methods give the value and take it: an array is changed in between."""

import numpy as np
from case import case


class Store:
    def __init__(self):
        self.table = {}

    def __getitem__(self, key):
        return self.table[key]

    def __setitem__(self, key, value):
        self.table[key] = value


def item_with_another_name(x):
    store, a = Store(), x[::-1] * 1.0
    store["a"] = a
    store["a"] *= x
    return np.sum(a**2)


def item_that_is_a_number(x):
    store = Store()
    store["a"] = x[0]
    store["a"] *= x[1]
    store["a"] += 1.0
    return store["a"] ** 2


def items_in_a_loop(x):
    store = Store()
    for name in "ab":
        store[name] = x[::-1] * 1.0
    first = store["a"]
    for i in range(3):
        store["ab"[i % 2]] += x * i
    return np.sum(first * store["b"])


class Body:
    def __init__(self, state):
        self.kept, self.asked = state, 0

    @property
    def state(self):
        self.asked += 1
        return self.kept

    @state.setter
    def state(self, new):
        self.kept = new

    @property
    def doubled(self):
        return self.kept

    @doubled.setter
    def doubled(self, new):
        self.kept = 2 * new


def property_with_another_name(x):
    a = x[::-1] * 1.0
    body = Body(a)
    body.state *= x
    return np.sum(a**2) * body.asked


def property_that_takes_another_value(x):
    a = x[::-1] * 1.0
    body = Body(a)
    body.doubled *= x
    body.doubled += x
    return np.sum(a**2) + np.sum(body.doubled * a)


class Grid:
    def __init__(self, n):
        self.a = np.zeros(n)

    def __getitem__(self, i):
        return self.a[i]

    def __setitem__(self, i, v):
        self.a[i] = v


def cells_and_parts(x):
    grid = Grid(3)
    for i in range(3):
        grid[i] += x[i]
        grid[(i + 1) % 3] += x[i] ** 2
    grid[:2] *= x[1:]
    grid[1:] += grid[:2]
    return np.sum(grid.a**2)


class Table:
    """Its attributes have names of methods of dicts."""

    def __init__(self, n):
        self.items, self.values, self.keys, self.copy = list(range(n)), np.arange(n), "abc", [1, 2]


def attributes_named_as_methods_of_dicts(x):
    table, tables = Table(3), [Table(2), Table(3)]
    count = sum(len(t.items) for t in tables) + sum(v for v in table.items if v in table.copy)
    count += sum(i for t in tables for i in t.items if i in t.values)
    longest = max([1, 2], key=lambda i: table.items[i])
    sizes = {key: len(table.items) for key in table.keys}
    return np.sum(x**2) * count * longest + sizes["a"]


X = np.array([0.5, -1.2, 0.7])
CASES = [
    case(item_with_another_name, X), case(item_that_is_a_number, X), case(items_in_a_loop, X),
    case(property_with_another_name, X), case(property_that_takes_another_value, X), case(cells_and_parts, X),
    case(attributes_named_as_methods_of_dicts, X),
]  # fmt: skip
