"""Dicts and lists: taken out with a default or by value, unions, keys that only running the program tells."""

import numpy as np
from case import case


def removes(x, s):
    a = [x[0], 2.0, x[1] * s, x[2], s, 3.0]
    a.remove(2.0)
    a.remove(3.0)
    for k in range(2):
        a.remove(a[1])
    return np.array(a) * s


def removes_names(x, s):
    free = ["a", "b", "c", "d"]
    values = dict(zip("abcd", x))
    t = s
    for name in "cab":
        free.remove(name)
        t = t * values[free[-1]] + values[free[0]]
    return t


def pops_with_default(x, s):
    d = {"a": x[0], "b": x[1]}
    a = d.pop("a", s)
    b = d.pop("a", s * x[2])
    c = d.pop("nothing", None)
    return a * b * len(d) + d["b"] * (0.0 if c is None else 1.0)


def pops_with_default_in_a_loop(x, s):
    d = {k: v * s for k, v in enumerate(x)}
    t = s
    for k in (0, 2, 0, 5, 7, 2):
        t = t * 0.5 + d.pop(k, s) * d.pop(k + 1, x[k % 6])
    return t, len(d) * d[4] if 4 in d else s


def popitems(x, s):
    d = {k: v * s for k, v in enumerate(x)}
    t = s
    while len(d) > 2:
        k, v = d.popitem()
        t = t * v + x[k - 1]
    return t * d[0]


def popitem_known(x, s):
    d = {"a": x[0], "b": x[1] * s}
    key, value = d.popitem()
    d["c"] = value * value
    pair = d.popitem()
    return pair[1] * d["a"], key, pair[0]


def popitem_inside(x, s):
    d = {"a": x[0], "b": x[1] * s}
    return d.popitem()[1] * s + d.popitem()[1]


def updates_unknown(x, s):
    d = {k: v * s for k, v in enumerate(x)}
    e = {k * 2: v * v for k, v in enumerate(x)}
    d.update(e)
    d |= {1: s, 17: x[0]}
    d |= e
    return sum(d.values()) * d[2] * d[1] + d[17]


def ors_known(x, s):
    d = {"a": x[0], "b": x[1] * s}
    e = d
    d |= {"b": d["a"] * s, "c": x[2]}
    f = d | {"a": s} | {"z": x[3]}
    return e["b"] * e["c"] * f["a"] * f["z"] * f["b"]


def updates_itself(x, s):
    d = {k: v * s for k, v in enumerate(x)}
    d.update(d)
    d.update({k: v * d[0] for k, v in d.items()})
    return sum(d.values()) * d[2]


def default_of_default(x, s):
    d = {}
    for k, v in enumerate(x):
        d.setdefault(str(k % 2), {}).setdefault(k // 2, []).append(v * s)
    return [u[0] * d["0"][0][0] for group in d.values() for u in group.values()]


def setdefault_key_computed(x, s):
    d = {}
    order = [0, 1, 2, 3, 4, 5]
    while order:
        d.setdefault(order.pop() % 3, []).append(x[len(order)] * s)
    return [sum(v) * v[0] for v in d.values()]


def pops_to_none(x, s):
    d = {"u": x * s, "n": 1}
    d.pop("q", None)
    d.pop("n", None)
    return d["u"] * len(d)


def spread_runtime_keys(x, s):
    d = {k: v * s for k, v in enumerate(x)}
    e = {**d, 1: s}
    return e[0] * e[2] * d[1] + e[1]


def union_runtime_keys(x, s):
    d = {k: v * s for k, v in enumerate(x)}
    e = d | {1: s}
    f = {k: v * v for k, v in e.items() if k % 2} | e
    return e[0] * e[2] * d[1] + e[1] + f[1] * f[3]


def key_twice(x, s):
    d = {"a": x[0], "a": x[1] * s, **{"a": x[2], "b": s}, "b": x[3]}
    return d["a"] * d["b"]


def overridden_by_a_spread(x, s):
    d = {k: v * s for k, v in enumerate(x)}
    e = {1: s * s, 9: s, **d, 2: x[0]}
    return e[1] * e[9] * e[2] * e[3]


def spread_of_arrays(x, s):
    d = {k: v * x for k, v in enumerate(x)}
    e = {**d, 1: x * s} | {2: x * x}
    return e[1] * e[2] * e[3] * d[1]


def tuple_keys(x, s):
    grid = {(i, j): x[i] * x[j] * s for i in range(2) for j in range(3)}
    t = 0.0
    for (i, j), v in grid.items():
        t = t + v * (i + 2 * j)
    for i, j in grid:
        t = t + grid[i, j] * x[i]
    known = {(0, 1): x[0], (1, 2): s}
    for i, j in known:
        t = t + known[i, j] * x[j]
    return t


def keys_of_floats(x, s):
    d = {0.5: x[0], 1.5: s}
    return sum(k * v * v for k, v in d.items())


def popped_then_read(x, s):
    d = {"a": x[0], "b": x[1]}
    if s > 0.0:
        d["c"] = s
    d.pop("c", None)
    d.pop("b", None)
    k, v = d.popitem()
    return v * s, k


def popped_then_get(x, s):
    d = {"a": x[0], "b": x[1]}
    v = d.pop("a")
    w = d.get("a", s) * d.get("b", s)
    u = d.pop("b") * d.get("b", s)
    return v * w * u


def popped_in_a_branch(x, s):
    d = {"a": x[0], "b": x[1]}
    v = d.pop("a") if s > 5.0 else s
    w = d.get("a", s) * d.get("b", s)
    ks = [d.pop("b") for _ in range(1)]
    return v * w * ks[0] * d.get("b", s)


def popped_in_a_test(x, s):
    d = {"a": x[0], "b": x[1]}
    if d.pop("a") > 0.0:
        s = s * d.get("a", s)
    n = 0
    while d.pop("b", -1.0) > -0.9:
        n += 1
    return s * d.get("b", s) * x[n] * len(d)


def known_list_popped(x, s):
    a = [x[0], x[1], s]
    b = a.pop() * a[-1]
    c, e = a.pop(), a[-1]
    return b * c * e * len(a)


def slices_anywhere(x, s):
    a = list(x)
    for i, j in ((1, 3), (4, 2), (-2, 17), (0, 0), (5, 5)):
        a[i:j] = [s, a[0] * s, a[-1]]
    return np.array(a) * s


def slices_deleted(x, s):
    a = [v * s for v in x] + list(x)
    for i in range(3):
        del a[i : i + 2]
    del a[-1:1]
    del a[::3]
    b = list(x)
    del b[4:0:-2]
    return np.array(a), sum(b) * b[0]


def slices_with_a_step(x, s):
    a = list(x)
    a[::2] = [s, a[1], s * s]
    a[::-1] = a[:]
    a[1:5:1] = [a[0] * a[1]]
    a[-1:0:-2] = [x[0] * v for v in a[-1:0:-2]]
    return np.array(a)


def slice_grows(x, s):
    a = [s]
    for k, v in enumerate(x):
        a[k // 2 : k // 2 + 1] = [v * s, a[0]]
    return np.array(a)


def slice_of_an_array(x, s):
    a = list(x)
    a[1:3] = x[:4] * s
    a[2:2] = (s, s * a[0])
    a[len(a) :] = [a[1]]
    b = [s]
    b[:] = x[1:] * a[0]
    b[:] = [v * s for v in b]
    return a, b


def filled_from_itself(x, s):
    a = list(x)
    n = 2
    a[n:] = a[:n]
    a[:n] = []
    a[n:n] = a
    return np.array(a) * s


def rest_of_a_tuple(x: tuple):
    """Joined with a constant; in forward mode the rest of the tangent is joined."""
    first, *rest = x
    return (2.0,) + x[1:], x[:1] * 2 + tuple(rest), first


def like_a_list(x: list, s):
    return np.full_like(x, 2.0) * x, np.full_like(x, s) + x


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])

CASES = [
    case(removes, X, 0.7), case(removes_names, X, 0.7), case(pops_with_default, X, 0.7),
    case(pops_with_default_in_a_loop, X, 0.7), case(popitems, X, 0.7), case(popitem_known, X, 0.7),
    case(popitem_inside, X, 0.7), case(updates_unknown, X, 0.7), case(ors_known, X, 0.7),
    case(updates_itself, X, 0.7), case(default_of_default, X, 0.7), case(setdefault_key_computed, X, 0.7),
    case(pops_to_none, X, 0.7), case(spread_runtime_keys, X, 0.7), case(union_runtime_keys, X, 0.7),
    case(key_twice, X, 0.7, zero=(1,)), case(overridden_by_a_spread, X, 0.7), case(spread_of_arrays, X, 0.7),
    case(tuple_keys, X, 0.7), case(keys_of_floats, X, 0.7), case(popped_then_read, X, 0.7),
    case(popped_then_get, X, 0.7), case(popped_in_a_branch, X, 0.7), case(popped_in_a_test, X, 0.7, zero=(0, 1)),
    case(known_list_popped, X, 0.7),
    case(slices_anywhere, X, 0.7), case(slices_deleted, X, 0.7), case(slices_with_a_step, X, 0.7),
    case(slice_grows, X, 0.7), case(slice_of_an_array, X, 0.7), case(filled_from_itself, X, 0.7),
    case(rest_of_a_tuple, (0.8, np.array([0.3, -0.4]), 1.1), file=False),
    case(like_a_list, [0.8, -0.5], 0.7, file=False),
]  # fmt: skip
