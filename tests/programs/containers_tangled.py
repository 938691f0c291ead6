"""Containers that hold the same memory in two places, which is changed: right, or refused."""

import numpy as np
from case import case


def one_array_twice(x):
    a = x * 2.0
    xs = [a, a]
    a = None
    xs[0][0] = x[1] * x[1]
    return xs[1] * x


def repeated(x):
    xs = [x * 2.0] * 2
    xs[0][0] = x[1] * x[1]
    return xs[1] * x


def one_array_in_every_trip(x):
    a = x * 2.0
    xs = [a for _ in range(2)]
    xs[0][0] = x[1] * x[1]
    return xs[1] * x


def copied_dict(x):
    d = {"a": x * 2.0}
    e = {**d, "b": d["a"]}
    e["a"][0] = x[1] * x[1]
    return e["b"] * x


def change(p, q):
    p[0] = q[1] * q[1]


def pair(a):
    return [a, a]


def two_names_for_one(n):
    r = np.zeros(n)
    return r, r


def result_holds_it_twice(x):
    xs = pair(x * 2.0)
    change(xs[0], x)
    return xs[1] * x


def result_is_it_twice(x):
    p = two_names_for_one(3)
    p[0][1] = x[0] * x[1]
    return p[1] * x


def unpacked_twice(x):
    p, q = two_names_for_one(3)
    p[1] = x[0] * x[1]
    return q * x


def in_turn(x):
    a = x * 1.0
    xs = [a, a * 2.0, a]
    for v in xs:
        v *= x
    return xs[2] * xs[1]


def rows_under_two_names(x):
    m = np.outer(x, x)
    rows = [m[0], m[1]]
    rows[0][1] = x[0]
    rows[1][1] = x[2]
    return rows[0] * rows[1]


def deep_down(x):
    r = x * 1.0
    t = (r, (r, x * 2.0))
    t[1][0][0] = x[1] ** 3
    return t[0] * t[1][1]


def set_under_another_key(x):
    r = x * 1.0
    t = {"a": r}
    t["b"] = r
    r = x
    t["b"][0] = x[1] ** 3
    return t["a"] * x


def from_a_closure(x):
    r = x * 1.0

    def get():
        return r

    s = get()
    s[0] = x[1] ** 3
    return get() * x


def rows_of_their_own(x):
    bufs = [np.zeros(3) for _ in range(3)]
    xs = [x * k for k in range(3)]
    for k in range(3):
        bufs[k][0] = x[1] ** 2
        xs[k][1] = x[0] * x[2]
    return bufs[1] * bufs[2] * xs[2]


def two_rows_that_are_one(x):
    grid = [x * 1.0] * 2
    grid[0][0] = x[1] * x[2]
    grid[1][0] *= 2.0
    return grid[0] + grid[1] * x


def flattened_then_base_changed(A):
    rows = [row.reshape(-1) for row in A[:, ::2]]
    A[0, 0] = A[1, 1] * 3.0
    turned = [A.T.reshape(-1), A]
    turned[0] *= 2.0
    turned[1][1] *= rows[0][0]
    return rows[0] * A[1, ::2], turned[0]


def numbers_beside_arrays(x, s):
    """Copies of a container hold the same arrays, and numbers of their own."""
    p = {"u": x * s, "t": s * x[0], "name": "p"}
    q, r = dict(p), {**p, "t": p["t"] * s}
    q["t"] = q["t"] * 3.0
    q["u"] *= r["t"]
    r["u"] = r["u"] + 1.0
    row = [p["u"], p["t"], q]
    again = list(row)
    again[1] = again[1] * row[1]
    again[2]["t"] += row[1]
    return p["u"] * q["t"] * r["u"] + p["t"] * again[1]


def slots_in_a_loop(x, s):
    """Slots take arrays of other slots; what they held before comes back in the reverse sweep."""
    xs, a = [x * s, x * x, x * 1.0], x * s
    for k in range(4):
        xs[k % 3] = xs[(k + 1) % 3]
        xs[k % 2][k % 3] *= x[0]
        if k % 2:
            xs.append(a)
            a = xs.pop(0) * s
        else:
            xs.insert(1, a)
            del xs[-1]
        a *= xs[0]
    return sum(v * (n + 1) for n, v in enumerate(xs)) + a


class Body:
    def __init__(self, v, t):
        self.v, self.t = v, t

    def push(self, k):
        self.v *= k
        self.t = self.t + self.v[0]


def bodies_in_turn(x, s):
    """Objects that are in a list twice, share an array, and trade places."""
    a = x * s
    p, q = Body(a, s), Body(a, s * s)
    bodies = [p, q, p]
    for body in bodies:
        body.push(s)
    p, q = q, p
    p.v = p.v * x
    bodies[0].push(p.t)
    return a * p.v * q.t + bodies[2].v * p.t


def function_of_a_second_name(x, s):
    """A function that is called later reads what its names stand for by then."""
    a = x * s
    b = a
    read = lambda k: b[k] * s
    first = read(1)
    a[1] = a[0] ** 2
    b = x * 3.0
    second = read(1)
    b[1] *= s
    return first * second * a * read(1) * b


def default_that_keeps_an_array(x):
    a = x * 2.0

    def read(k, a=a):
        return a[k] * x[0]

    a[1] = x[0] ** 2
    a = x * 3.0
    a[0] *= x[1]
    return read(1) * a


def grow(items, k):
    first = items[0]
    first *= k
    items.append(first)
    return items


def grown_by_a_function(x, s):
    xs = [x * s, x * x]
    ys = grow(xs, s)
    xs[2][0] = s
    return sum(v * (n + 1) for n, v in enumerate(ys)) * len(xs)


X = np.array([0.5, 1.2, 0.3])

def taken_back(x, s):
    """A copy of the items is kept on a stack, and put back later."""
    items = [v * s for v in x]
    kept = []
    kept.append(items[:])
    items[:] = [v * v for v in items]
    kept.append(items[-1])
    total = sum(items)
    items.append(kept.pop())
    total *= sum(items)
    items[:] = kept.pop()
    return total + sum((n + 1) * v**3 for n, v in enumerate(items))


def becomes_an_array_under_another_name(x):
    """What is set by way of a list that holds it is of another kind than before: the names for it follow."""
    values, table = [1.0], {"w": None}
    both = [values, table]
    both[0][0] = x * x[0]
    both[1]["w"] = np.array([x[1], x[2] * 2.0])
    if isinstance(values[0], np.ndarray):
        return np.sum(values[0] * x) + np.sum(table["w"] ** 2)
    return x[0]


def becomes_a_list_under_another_name(x):
    values, nested = [1.0], []
    nested.append(values)
    nested[0][0] = [x[0], x[1] * 2.0]
    return values[0][1] * x[2] + values[0][0] ** 2


CASES = [
    case(becomes_an_array_under_another_name, X), case(becomes_a_list_under_another_name, X),
    case(taken_back, np.array([0.5, -1.2, 0.7]), 1.3),
    case(one_array_twice, X), case(repeated, X), case(one_array_in_every_trip, X), case(copied_dict, X),
    case(result_holds_it_twice, X), case(result_is_it_twice, X), case(unpacked_twice, X), case(in_turn, X),
    case(rows_under_two_names, X), case(deep_down, X), case(set_under_another_key, X), case(from_a_closure, X),
    case(rows_of_their_own, X), case(two_rows_that_are_one, X), case(numbers_beside_arrays, X, 0.8),
    case(flattened_then_base_changed, np.arange(1.0, 13.0).reshape(3, 4) / 7.0), case(slots_in_a_loop, X, 0.8),
    case(bodies_in_turn, X, 0.8), case(grown_by_a_function, X, 0.8),
    case(function_of_a_second_name, X, 0.8), case(default_that_keeps_an_array, X),
]  # fmt: skip
