"""Dicts that are updated with pairs: zipped, enumerated, listed, of a generator, of another dict's items."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([0.6, -1.1, 1.7, 0.9])


def zipped(x):
    d = {"a": x[3]}
    d.update(zip(["a", "b"], [x[0] * 2.0, x[1]], strict=True))
    return d["a"] * d["b"]


def zipped_with_its_own_keys(x):
    params = {"u": x[0], "v": x[1]}
    for _ in range(2):
        params.update(zip(params, [v * x[2] + 1.0 for v in params.values()], strict=True))
    return params["u"] * params["v"]


def from_its_own_keys(x):
    params = {"u": x[0], "v": x[1]}
    for k in range(2):
        params = dict(zip(params.keys(), [v * x[2 + k] + 1.0 for v in params.values()], strict=True))
    return params["u"] * params["v"]


def numbered(x):
    d = {n: 0.0 for n in range(5)}
    d.update(enumerate(x * x, 1))
    return sum(n * v for n, v in d.items())


def ranges_that_overlap(x):
    d = {}
    for k in range(3):
        d.update(zip(range(k, k + 2), x[k : k + 2] * (k + 1), strict=True))
    return sum(n * v * v for n, v in d.items())


def listed_pairs(x):
    d = {}
    pairs = [("a", x[0]), ("b", x[1])]
    d.update(pairs, c=x[2])
    pairs[0] = ("a", x[3])
    d.update(pairs)
    return d["a"] * d["b"] * d["c"]


def generated_pairs(x):
    d = {"z": x[0]}
    d.update((name, v * x[2]) for name, v in zip("az", x, strict=False))
    return d["a"] * d["z"]


def items_of_another(x):
    d, e = {}, {"a": x[0], "b": x[1]}
    d.update(e.items())
    e["a"] = x[2]
    return d["a"] * d["b"] * e["a"]


CASES = [
    case(zipped, X),
    case(zipped_with_its_own_keys, X),
    case(from_its_own_keys, X),
    case(numbered, X),
    case(ranges_that_overlap, X),
    case(listed_pairs, X),
    case(generated_pairs, X),
    case(items_of_another, X),
]
