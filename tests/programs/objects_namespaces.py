"""Objects of `types.SimpleNamespace`: made, changed, nested, linked, given and returned."""

import types
from types import SimpleNamespace

import numpy as np
from case import case

EARTH = SimpleNamespace(g=9.81, x0=np.array([1.0, 2.0, 3.0]))


def attributes_added(x, k):
    p = SimpleNamespace(a=x, k=k)
    p.b = p.a * p.k
    p.k *= 2.0
    return np.sum(p.a * p.b) * p.k


def step(s, dt):
    return types.SimpleNamespace(x=s.x + dt * s.v, v=s.v - dt * np.sin(s.x))


def trace_of_states(x, k):
    s = types.SimpleNamespace(x=x, v=np.zeros(3))
    trace = []
    for _ in range(4):
        s = step(s, k)
        trace.append(s)
    return sum(np.sum(t.x * t.v) for t in trace)


def returned(x, k):
    return SimpleNamespace(x=x * k, v=np.sin(x))


def one_in_another(x, k):
    p = SimpleNamespace(inner=SimpleNamespace(a=x), k=k)
    p.inner.a[0] = 3.0 * p.k
    q = p.inner
    q.a = q.a * 2
    return np.sum(p.inner.a**2)


def attribute_on_one_path(x, k):
    p = SimpleNamespace(a=x)
    if k > 0:
        p.b = k * 2
    return np.sum(p.a) * (p.b if hasattr(p, "b") else 1.0)


def of_the_module(x, k):
    return np.sum(x * EARTH.x0) * EARTH.g * k


def given(p, k):
    q = SimpleNamespace(a=p.a * k, b=p.b)
    return np.sum(q.a * q.b)


def linked(x, k):
    node = None
    for v in x:
        node = SimpleNamespace(v=v * k, next=node)
    total = 0.0
    while node is not None:
        total = total * 0.5 + node.v
        node = node.next
    return total


X = np.array([0.5, 1.2, 0.7])
CASES = [
    case(attributes_added, X, 0.7), case(trace_of_states, X, 0.7), case(returned, X, 0.7), case(one_in_another, X, 0.7),
    case(attribute_on_one_path, X, 0.7), case(of_the_module, X, 0.7), case(linked, X, 0.7),
    case(given, SimpleNamespace(a=X, b=2.0), 0.7, wrt=(0, 1), file=False),
]  # fmt: skip
