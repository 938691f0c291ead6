"""Dictionaries, and sets of constants: set, get, update, pop, iterate, nest, return."""

from collections import Counter, OrderedDict, defaultdict

import numpy as np
from case import case


def literal_and_items(x, s):
    d = {"a": x[0], "b": x[1] * s, "c": 2.0}
    total = 0.0
    for key, value in d.items():
        total += value * value * (2.0 if key == "a" else 1.0)
    return total


def set_and_get(x, s):
    d = {}
    d["a"] = x[0] * s
    d["b"] = d["a"] * x[1]
    d["a"] = d["b"] ** 2
    return d["a"] * d.get("b") + d.get("c", s) * d.get("b", 100.0) + (d.get("nothing") or s)


def augmented_items(x, s):
    d = {"a": x[0], "v": x * s}
    d["a"] += s
    d["a"] *= d["a"]
    d["v"] += d["a"]
    d["v"][1:3] *= s
    return d["v"] * d["a"]


def setdefault_collects(x, s):
    groups = {}
    for k, v in enumerate(x):
        groups.setdefault(k % 3, []).append(v * s)
    d = {}
    first = d.setdefault("n", s)
    again = d.setdefault("n", 100.0)
    return [sum(g) * g[0] for g in groups.values()], first * again


def update_and_merge(x, s):
    d = {"a": x[0], "b": x[1]}
    d.update({"b": x[2] * s, "c": s})
    d.update(a=d["a"] * s, e=x[3])
    d.update([("f", x[4])])
    e = {**d, "a": d["b"]}
    f = d | {"c": e["a"] * s}
    f |= {"g": x[5]}
    return [e[k] * d[k] for k in d], f


def pop_and_delete(x, s):
    d = {"a": x[0], "b": x[1], "c": x[2], "e": s}
    a = d.pop("a")
    missing = d.pop("q", s * s)
    del d["b"]
    key, value = d.popitem()
    d["again"] = a * value
    return d["c"] * missing * d["again"], len(d) * a, key


def keys_and_values(x, s):
    d = {k: x[k] * s for k in range(4)}
    total = sum(d.values()) * max(d.values())
    for k in d:
        total += d[k] * k
    for k in sorted(d, key=lambda k: d[k]):
        total = total * s + d[k]
    return total, list(d.values()), len(d)


def membership_steers(x, s):
    d = {"a": x[0]}
    if "b" not in d:
        d["b"] = d["a"] * s
    if "a" in d.keys() and d["b"] in d.values():
        d["a"] = d["b"] ** 2
    return d


def comprehensions(x, s):
    d = {k: v * s for k, v in enumerate(x) if v > 0}
    e = {f"k{k}": v * v for k, v in d.items()}
    f = dict(zip("ab", x))
    g = dict(a=f["b"], b=s)
    h = dict.fromkeys("uv", s * x[0])
    return e, f["a"] * g["b"] + g["a"] * h["u"] * h["v"]


def nested(x, s):
    state = {"layers": [{"w": x[:3] * s, "b": s}, {"w": x[3:] * s, "b": x[0]}], "step": 0}
    for layer in state["layers"]:
        layer["w"] = layer["w"] * layer["b"]
        layer["b"] += layer["w"][0]
        state["step"] += 1
    state["layers"][0]["w"][1] = s
    return state


def parameters_updated(params, x, rate):
    """A training step over a dict of arrays, rebound or in place."""
    for _ in range(2):
        h = np.tanh(x @ params["w"] + params["b"])
        grads = {"w": np.outer(x, h), "b": h}
        for name in params:
            params[name] = params[name] - rate * grads[name]
        params["b"] *= 0.9
    return np.sum((x @ params["w"] + params["b"]) ** 2)


def argument_is_the_result(params, s):
    params["new"] = params["a"] * s
    params["a"] *= params["b"]
    del params["b"]
    return params


def shared(x, s):
    d = {"a": x[0]}
    e = d
    e["a"] *= s
    copied = d.copy()
    copied["a"] = 100.0
    d["b"] = e["a"] * x[1]
    return e["b"] * d["a"] * len(copied)


def shallow_copy_shares_arrays(x, s):
    d = {"u": x * s}
    e = dict(d)
    e["u"] *= s
    e["u"] = e["u"] * 2.0
    return d["u"] * e["u"]


def helper_changes_a_dict(x, s):
    d = {"count": 0, "total": 0.0}
    for v in x:
        record(d, v, scale=s)
    return d["total"] / d["count"]


def record(d, v, **options):
    d["count"] += 1
    d["total"] += v * v * options.get("scale", 1.0)
    d[f"seen {d['count']}"] = v


def keys_of_every_kind(x, s):
    d = {(0, 1): x[0], 2: s, "t": x[1], None: x[2], 2.5: x[3], True: x[4]}
    d[(0, 1)] *= d[2]
    d[1] *= s
    return d[(0, 1)] * d[None] + d["t"] * d[2.5] + d[True]


def memo_by_integer(x, s):
    """Fibonacci-like recursion with a memo of active values."""
    memo = {0: s, 1: x[0]}

    def value(n):
        if n not in memo:
            memo[n] = value(n - 1) * x[1] + value(n - 2)
        return memo[n]

    return value(6)


def default_dict(x, s):
    d = defaultdict(float)
    e = defaultdict(list)
    for k, v in enumerate(x):
        d[k % 2] += v * s
        e[v > 0].append(v)
    return d[0] * d[1] + d[7], [sum(v) * v[0] for v in e.values()]


def ordered_dict(x, s):
    d = OrderedDict()
    d["a"], d["b"], d["c"] = x[0], x[1], s
    d.move_to_end("a")
    total = 0.0
    for k, v in enumerate(d.values(), 1):
        total += k * v * v
    return total * d.popitem(last=False)[1]


def counter_of_constants(x, s):
    n = Counter("abracadabra")
    return sum(n[c] * v for c, v in zip("abr", x)) * s ** n["d"]


def sets_of_constants(x, s):
    chosen = {0, 2, 4}
    chosen.add(5)
    chosen.discard(2)
    total = 0.0
    for k in sorted(chosen | {1}):
        total += x[k] * s
    if 3 not in chosen and chosen >= {0, 4}:
        total *= x[0]
    return total


def dispatch(x, s):
    """Functions and coefficients in a dict."""
    table = {"sin": np.sin, "sq": lambda v: v * v * s, "id": same}
    return [table[name](v) for name, v in zip(("sin", "sq", "id", "sq"), x)]


def same(v):
    return v


def graph_walk(weights, s):
    """Adjacency in a dict of dicts, depth first with an explicit stack."""
    graph = {"a": {"b": weights[0], "c": weights[1]}, "b": {"d": weights[2]}, "c": {"d": weights[3]}, "d": {}}
    flow = {name: 0.0 for name in graph}
    stack = [("a", s)]
    while stack:
        name, amount = stack.pop()
        flow[name] += amount
        for target, w in graph[name].items():
            stack.append((target, amount * w))
    return flow["d"] * flow["b"]


def result_of_many_kinds(x, s):
    return {"value": x[0] * s, "list": [x[1] * s, (x[2] * x[3],)], "array": x * x, "name": "text", "n": 3}


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7

def set_area(into, x, s):
    into["area"] = x * s
    return into


def empty_dict_filled_by_a_helper(x, s):
    found = {}
    set_area(found, x[0], s)
    return found["area"] * x[1]


def moved(state, dt):
    state["x"] = state["x"] + state["v"] * dt
    return state


def changed_and_returned(x, s):
    state = {"x": x * s, "v": x}
    for _ in range(3):
        moved(state, s)
        state["v"] *= 0.9
    return np.sum(state["x"] * state["v"])


def equal_keys(x, s):
    d = {1: x[0], 1.0: x[1] * s, True: x[2]}  # noqa: F601
    return d[1] ** 2 + len(d) * x[3]


def added_under_another_name(x, s):
    """What a dict has is asked after it has changed by way of a list, a dict and an object that hold it."""
    table = {"a": x * s}
    listed, nested = [table], {"inside": table}
    listed[0]["b"] = x[0] * s
    nested["inside"]["c"] = [x[1], s]
    total = table["b"] ** 2 if "b" in table else 0.0
    if "c" in table:
        total += table["c"][0] * s
    return total


def default_that_is_active(x, s):
    scales = {"b": 2.0, "c": 0.5}
    total = 0.0
    for n, key in enumerate(["a", "b", "d"]):
        scales[key * n] = 1.5
        total += scales.get(key, s * x[n]) * x[n + 1]
    return total


CASES = [
    case(added_under_another_name, X, S), case(default_that_is_active, X, S),
    case(default_that_is_active, X, S, wrt=1, label="default alone"),
    case(literal_and_items, X, S), case(set_and_get, X, S), case(augmented_items, X, S),
    case(setdefault_collects, X, S), case(update_and_merge, X, S), case(pop_and_delete, X, S),
    case(keys_and_values, X, S), case(membership_steers, X, S), case(comprehensions, X, S), case(nested, X, S),
    case(parameters_updated, {"w": X.reshape(3, 2), "b": X[:2] * 0.5}, X[:3] * 0.8, 0.1, file=False),
    case(argument_is_the_result, {"a": 0.8, "b": 1.2, "c": X[:2]}, S), case(shared, X, S),
    case(shallow_copy_shares_arrays, X, S), case(helper_changes_a_dict, X, S), case(keys_of_every_kind, X, S),
    case(memo_by_integer, X, S), case(default_dict, X, S), case(ordered_dict, X, S),
    case(counter_of_constants, X, S), case(sets_of_constants, X, S), case(dispatch, X, S),
    case(graph_walk, X[[0, 2, 3, 5]], S), case(result_of_many_kinds, X, S),
    case(empty_dict_filled_by_a_helper, X, 0.7), case(changed_and_returned, X, 0.7),
    case(equal_keys, X, 0.7, zero=(1,)),
]  # fmt: skip
