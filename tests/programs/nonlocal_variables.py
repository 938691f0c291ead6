"""Nested functions that change variables of the functions around them."""

from __future__ import annotations

import contextlib

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])


def running_total(x):
    total = 0.0

    def add(v):
        nonlocal total
        total = total + v * v

    for v in x:
        add(v)
    return total


def counts_its_calls(x):
    calls, best = 0, x[0]

    def objective(v):
        nonlocal calls, best
        calls += 1
        if v * v > best:
            best = v * v
        assert calls < 10, f"too many: {calls}"
        return v * calls

    y = sum([objective(v) for v in x]) * best
    best *= y
    calls = calls + 1
    print(f"{calls} calls")
    return objective(x[1]) * best + calls


def array_in_place(x):
    u = x * 1.0

    def step(dt):
        nonlocal u
        u += dt * np.sin(u)

    for _ in range(3):
        step(0.1)
        step(x[0])
    return np.sum(u)


def array_rebound(x):
    u = x * 1.0
    history = [u]

    def step(dt):
        nonlocal u
        u = u + dt * np.sin(u)
        history.append(u)

    for _ in range(3):
        step(0.1)
    return np.sum(u) + np.sum(history[1] * history[0])


def of_a_parameter(x):
    def outer(s):
        def inner(v):
            nonlocal s
            s = s * v + 1.0
            return s

        inner(x[0])
        return inner(x[1]) * s

    return outer(x[2]) + outer(1.0)


def time_of_an_integrator(x):
    t, dt = 0.0, 0.1

    def step(y, f):
        nonlocal t
        k = f(y)
        t += dt / 2
        k = f(y + dt / 2 * k)
        t += dt / 2
        return y + dt * k

    def slope(y):
        return -y * x[0] + np.sin(t * x[1])

    y = x[2]
    for _ in range(4):
        y = step(y, slope)
    return y * t


def bound_in_many_ways(x):
    m = x[0]

    def change():
        nonlocal m
        m, k = m * x[1], 2.0
        for m in [m, m * k]:
            pass
        return [m for m in x][1] * (lambda m: m * 2)(m)

    return change() * m


def two_levels(x):
    state = 1.0

    def outer():
        def inner(v):
            nonlocal state
            state *= v

        for v in x:
            inner(v)

    outer()
    return state**2


def each_level_has_its_own(x):
    v = x[0]

    def outer(k):
        v = k

        def inner():
            nonlocal v
            v = v * x[1]
            return v

        inner()
        return inner() + v

    def other():
        nonlocal v
        v = v + 1.0

    first = outer(x[2])
    other()
    return first * v


def called_in_both_branches(x, n: int):
    s = x[0]

    def double():
        nonlocal s
        s = s * 2.0
        return s

    y = 0.0
    for k in range(n):
        if k % 2:
            y = y + double() * x[1]
        elif s < 3.0:
            s = s + x[2]
        else:
            s = x[1]
    return y * s


def bound_again_outside(x):
    """The nested function sees what the variable is when it is called."""
    scale = 1.0

    def grow():
        nonlocal scale
        scale = scale * x[0]
        return scale

    first = grow()
    scale = x[1]
    second = grow()
    return first * 10.0 + second * scale


def memoised(x):
    known = None

    def value():
        nonlocal known
        if known is None:
            known = np.exp(x[0] * x[1])
        return known

    return value() + value() * x[2]


def added_by_name(u, k=0.5, **more):
    for name, each in more.items():
        u[len(name)] += each * k


@contextlib.contextmanager
def held(u, k):
    u *= k
    try:
        yield u[1:]
    finally:
        u += 0.1


def held_while_it_is_read(x, y, s):
    """An array that a nested function reads from outside is scaled in place, under the name of a parameter."""
    u, t = x * 1.0, x[1]

    def run():
        nonlocal t
        with held(u, 0.7):
            t = u @ y
        added_by_name(u, **{"k": t, "kk": s})
        return t * u[2]

    return run()


CASES = [
    case(held_while_it_is_read, np.array([0.4, 0.7, -0.2]), np.array([1.0, 2.0, 3.0]), 0.7),
    case(running_total, X),
    case(counts_its_calls, X),
    case(array_in_place, X),
    case(array_rebound, X),
    case(of_a_parameter, X),
    case(time_of_an_integrator, X),
    case(bound_in_many_ways, X),
    case(two_levels, X),
    case(each_level_has_its_own, X),
    case(called_in_both_branches, X, 5),
    case(called_in_both_branches, X, 0, label="no rounds", zero=(0,)),
    case(bound_again_outside, X),
    case(memoised, X),
]
