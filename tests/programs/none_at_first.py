"""Variables that are None at first, and hold a number, an array or a list later."""

from __future__ import annotations

from copy import copy, deepcopy

import numpy as np
from case import case

SCALE = None
X = np.array([0.6, 1.1, 1.7])


def peak_so_far(x):
    peak = None
    t = 0.0
    for v in x:
        if v > 1:
            peak = v * v
        if peak is not None and v > 0.5:
            t += peak * v
        elif peak is None:
            t += v
    return t if peak is None else t * peak


def set_afterwards(x):
    peak = None
    for v in x:
        if v > 100:
            peak = v * v
    if peak is None:
        peak = x[0] * x[1]
    return peak * x[2]


def rows_before(x):
    last = None
    t = 0.0
    for row in np.outer(x, x):
        if last is not None:
            t += np.sum((row - last) ** 2)
        last = row
    return t


def helper(v, prev=None):
    if prev is None:
        return v * v
    return v * prev


def argument_left_out(x):
    t = helper(x[0])
    for v in x:
        t = helper(v, t)
    return t


def reset_to_none(x):
    prev = None
    t = 1.0
    for v in x:
        for w in x:
            if prev is not None:
                t += prev * w * v
            prev = w if v > w else None
    return t


def best_in_a_while(x):
    best = None
    k = 0
    while k < 3:
        v = x[k] * x[0]
        if not (best is not None and best > v):
            best = v
        k += 1
    return best**2


def range_of_values(x):
    lo = hi = None
    for v in x:
        lo = v if lo is None else min(lo, v)
        hi = v if hi is None or v > hi else hi
    return (hi - lo) ** 2


def momentum(x):
    vel = None
    p = x * 1.0
    for k in range(3):
        grad = 2 * p * x[0]
        if vel is None:
            vel = -0.1 * grad
        else:
            vel = 0.9 * vel - 0.1 * grad
        p = p + vel
    return np.sum(p * p)


def list_at_first(x):
    res = []
    cur = None
    for v in x:
        if cur is None:
            cur = [v]
        elif v > 1.5:
            res.append(cur)
            cur = None
        else:
            cur.append(v * cur[-1])
    if cur is not None:
        res.append(cur)
    return sum(sum(r) for r in res)


def kept_by_a_closure(x):
    prev = None

    def diff(v):
        nonlocal prev
        r = v - prev if prev is not None else v
        prev = v * 2
        return r * r

    return sum([diff(v) for v in x])


def array_changed_in_place(x):
    a = None
    t = 0.0
    for n, v in enumerate(x):
        if n == 1:
            a = x * v
        if a is None:
            continue
        a[0] *= v
        t += np.sum(a)
    return t


def slot_of_a_dict(x):
    state = {"last": None}
    t = 0.0
    for v in x:
        if state["last"] is not None:
            t = t + state["last"] * v
        state["last"] = v
    return t


def compared_by_value(x):
    prev = None
    t = 0.0
    for v in x:
        if prev == None:  # noqa: E711
            t += v
        else:
            t += prev * v
        prev = v
    return t


def memo(x):
    memo = [None, None, None]
    t = 0.0
    for k in (0, 1, 0, 2, 1):
        if memo[k] is None:
            memo[k] = x[k] * x[0]
        t = t + memo[k]
    return t


def never_set(x):
    r = None
    for v in x:
        if v > 100:
            r = v
    return x[0] * (1 if r is None else r)


def difference_to_the_last(x):
    prev = None
    total = 0.0
    for v in x:
        if prev is None:
            prev = v
            continue
        total += (v - prev) ** 2
        prev = v
    return total


def state_in_place(x):
    state = None
    for v in x:
        if state is None:
            state = x * v
        else:
            state += v * x
            state[0] *= 2
    return np.sum(state)


def chosen_by_it(x):
    prev = None
    t = 0.0
    for v in x:
        t += v * prev if prev is not None else v
        prev = v if prev is None or v > prev else prev * 2
    return t



def left_out_and_made(x, options=None, out=None, start=None):
    """Where an argument is None, what is made instead is what is changed."""
    if options is None:
        options = {}
    options.setdefault("rate", 0.5)
    options["seen"] = x * options["rate"]
    if start is not None:
        start.shape = 3, 1  # not for this one
    if out is None:
        out = np.empty_like(x)
    for i in range(len(x)):
        out[i] = x[i] * options["seen"][i - 1]
    return out


def given_and_left_out(x):
    given = {"rate": 2.0}
    first = left_out_and_made(x)
    second = left_out_and_made(x, given, x * 1.0)
    left_out_and_made(second, given, first)
    return first * second * given["seen"]


def first_round_makes_it(x, rounds):
    grown = rows = None
    for i in range(rounds):
        if grown is None:
            grown = []
        grown.append(x[i] * len(grown))
        if rows is None:
            rows = np.zeros(3)
            continue
        rows[i] = rows[i - 1] + x[i] ** 2
    return rows * grown[-1]


class Momentum:
    def __init__(self, start=None):
        if start is None:
            self.speed = np.zeros((3, 1))
        else:
            self.speed = np.atleast_2d(start)
            self.speed.shape = 3, 1
        self.last = None

    def step(self, x):
        self.speed = 0.9 * self.speed + x[:, None]
        self.last = deepcopy(x)
        return self.speed[:, 0]


def constructed_without(x):
    m = Momentum()
    y = m.step(x) * m.step(x * x)
    return y * m.last


def scaled_by_a_constant(x):
    """In a file, the module may have another value for it by the time it runs."""
    if SCALE is None:
        return x * x
    return x * SCALE


def copies(x, s):
    rows = []
    for _ in range(3):
        rows.append(copy(x) * s)
        x = deepcopy(x[::-1])
        x[0] *= deepcopy(s)
    return rows[0] * rows[2] + x


def forward_with_a_cache(x, g, mode):
    """What every branch that does not raise sets is None before."""
    out, cache = None, None
    if mode == "train":
        out, cache = x * g, (x, g)
    elif mode == "test":
        out = x * 2.0
    return out, cache


def backward_from_a_cache(x, g, dy):
    out, cache = forward_with_a_cache(x, g, "train")
    dx = None
    y, scale = cache
    d_out = dy * out * scale
    dx = d_out
    dx += np.sum(y)
    return dx


class Optimiser:
    """As courses have it: the state is made at the first update."""

    def __init__(self, lr=0.1, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        if self.v is None:
            self.v = {}
            for key, val in params.items():
                self.v[key] = np.zeros_like(val)
        for key in params.keys():
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]


def state_of_an_optimiser(w):
    params = {"w": w * 1.0, "b": w[:2] * 0.5}
    optimiser = Optimiser()
    for _ in range(3):
        optimiser.update(params, {"w": np.sin(params["w"]), "b": params["b"] ** 2})
    return np.sum(params["w"] ** 2) + np.sum(params["b"])


class Held:
    def __init__(self):
        self.v = None


def attribute_set_and_left(x):
    p, total = Held(), 0.0
    for v in x:
        if p.v is None:
            p.v = [v]
        else:
            p.v[0] = p.v[0] * v
            total += p.v[0]
            p.v = None
    return total + (p.v[0] if p.v is not None else 0.0)


def attribute_under_another_name(x):
    p = q = Held()
    q.v = [x[0]]
    if p.v is None:
        return x[1]
    p.v[0] = p.v[0] * x[1]
    return q.v[0]


class Moving:
    def __init__(self, x):
        self.x = x

    @property
    def square(self):
        return self.x**2

    def __add__(self, other):
        return Moving(self.x + other.x)


def property_kept(x):
    p, best, total = Moving(x), None, 0.0
    for i in range(3):
        p.x = p.x * 1.5
        if best is None or i == 1:
            best = p.square
        total = total + np.sum(best)
    return total


def object_kept(x):
    p, first, last, total = Moving(x), None, None, 0.0
    for i in range(3):
        p.x = p.x * 1.5
        if first is None:
            first = copy(p)
        if last is None or i == 1:
            last = p + first
        total = total + np.sum(last.x * first.x)
    return total


class Trained:
    """An array that is None at first, and changes in place later."""

    def __init__(self):
        self.w = None

    def fit(self, x, steps):
        self.w = np.ones(len(x[0]))
        for _ in range(steps):
            self.w -= 0.1 * (x @ self.w) @ x
        return self.w


def trained_in_place(x):
    return np.sum(Trained().fit(x, 3) ** 2)


def item_in_place(x: np.ndarray, y: np.ndarray):
    """The same of an item of a list, under another name, too, and of a dict."""
    items = [None, None]
    items[0] = x * 2.0
    first = items[0]
    for _ in range(2):
        items[0] *= y * items[0] + 1.0
    held = {"w": None}
    held["w"] = first * y
    held["w"] += np.sin(held["w"])
    held["w"][0] *= y[1]
    return np.sum(items[0] ** 2) + held["w"] @ first


def made_when_missing(x, y, steps):
    """Made in a branch, changed after it, and its old name read at the end."""
    model = Trained()
    kept = x
    for k in range(steps):
        if model.w is None:
            model.w = x * 1.5
        model.w -= model.w * model.w * y
        if k == 1:
            kept = model.w
            model.w = None
    return np.sum(kept * model.w)


CASES = [
    case(trained_in_place, np.arange(12.0).reshape(4, 3) * 0.1),
    case(item_in_place, np.array([0.3, -0.7, 1.1]), np.array([0.5, 0.2, -0.4])),
    case(made_when_missing, np.array([0.3, -0.7, 1.1]), np.array([0.5, 0.2, -0.4]), 4),
    case(backward_from_a_cache, np.outer(X, X), X, np.outer(X, 1 / X), file=False),
    case(left_out_and_made, X, file=False),
    case(given_and_left_out, X),
    case(first_round_makes_it, X, 3),
    case(constructed_without, X),
    case(scaled_by_a_constant, X),
    case(copies, X, 0.7),
    case(peak_so_far, X),
    case(set_afterwards, X),
    case(rows_before, X),
    case(reset_to_none, X),
    case(best_in_a_while, X),
    case(range_of_values, X),
    case(momentum, X),
    case(list_at_first, X),
    case(kept_by_a_closure, X),
    case(array_changed_in_place, X),
    case(slot_of_a_dict, X),
    case(compared_by_value, X),
    case(memo, X),
    case(never_set, X),
    case(difference_to_the_last, X),
    case(state_in_place, X),
    case(chosen_by_it, X),
    case(argument_left_out, X),
    case(property_kept, X),
    case(object_kept, X),
    case(state_of_an_optimiser, X),
    case(attribute_set_and_left, X),
    case(attribute_under_another_name, X),
    case(peak_so_far, X[:1].copy(), label="one item"),
    case(difference_to_the_last, X[:0].copy(), label="no items"),
]
