"""Calls that change a container inside of a condition or an expression: in Python's order, and only where it runs."""

import numpy as np
from case import case


def select_pop(x, s):
    d = {"a": 1, "b": 2}
    n = d.pop("a") if s > 100.0 else 5
    return x[0] * n * s * len(d)


def select_pop_list(x, s):
    d = [1, 2]
    n = d.pop() if s > 100.0 else 5
    return x[0] * n * s * len(d)


def while_pop(x, s):
    d = [1, 2, 0, 3, 4]
    t = s
    while d.pop() > 0:
        t = t * x[len(d)]
    return t


def elif_pop(x, s):
    d = [1, 2]
    t = s
    if s > 0.0:
        t = t * x[0]
    elif d.pop() > 0:
        t = t * x[1]
    return t * len(d)


def comprehension_pops_constants(x, s):
    d = [1, 2, 3, 4]
    ks = [d.pop() for _ in range(2)]
    return x[ks[0]] * x[ks[1]] * s


def if_pop(x, s):
    d = [1, 2, 3]
    t = s
    for k in range(2):
        if d.pop() > 0:
            t = t * x[len(d)]
    return t


def and_pop(x, s):
    d = [1, 2, 3]
    t = s
    for k in range(2):
        if s > 0.0 and d.pop() > 0:
            t = t * x[len(d)]
    return t


def and_not_pop(x, s):
    d = [1, 2, 3]
    t = s
    for k in range(2):
        if s > 100.0 and d.pop() > 0:
            t = t * x[len(d)]
        t = t * x[len(d)]
    return t


def while_and_pop(x, s):
    d = [1, 2, 0, 3, 4]
    t = s
    while d and d.pop() > 0:
        if len(d) == 10:
            continue
        t = t * x[len(d)]
    return t


def for_pop(x, s):
    d = [1, 2, 3]
    t = s
    for k in range(d.pop()):
        t = t * x[len(d) + k]
        for j in range(d.pop() if d else 1):
            t = t * x[len(d) + j]
    return t


def store_pop(x, s):
    d = [1, 2, 3]
    y = np.zeros(6)
    for k in range(3):
        y[d.pop()] = x[k] * x[len(d)]
    return y * s


def update_pop(x, s):
    d = [1, 2, 3]
    y = x * s
    for k in range(3):
        y[d.pop()] *= x[k] * x[len(d)]
    return y * s


def comprehension_pops(x, s):
    d = [1, 2, 3, 4]
    t = s
    for _ in range(2):
        ks = [d.pop() for _ in range(2)]
        t = t * x[len(d)] * x[ks[0]]
    return t


def walrus_pop(x, s):
    d = [1, 2, 3, 4]
    t = s
    while d:
        t = t * x[(k := d.pop())] * x[len(d)] * k
    return t


def lambda_pop(x, s):
    d = [1, 2, 3]
    t = s
    f = lambda: d.pop()  # noqa: E731
    while d:
        t = t * x[f()] * x[len(d)]
    return t


def order_pop(x, s):
    d = [1, 2, 3]
    t = s
    while d:
        t = t * x[len(d)] * x[d.pop()]
    return t


def order_active(x, s):
    d = list(x)
    t = s
    while d:
        t = t + d[-1] * d.pop()**2
    return t


def order_active_call(x, s):
    d = list(x)
    t = s
    for _ in range(2):
        t = t + d[0] * bump(d)
    return t


def bump(d):
    d[0] = d[0] * d[1]
    return d[0] * d[2]


def order_bump_array(x, s):
    d = x * s
    t = s
    for _ in range(2):
        t = t + d[0] * bump(d)
    return t


def order_args(x, s):
    d = list(x)
    return combined(d[-1], d.pop(), len(d), d[-1])


def combined(a, b, n, c):
    return a * b * n + c * square(c)


def square(c):
    return c * c


def order_tuple(x, s):
    d = list(x)
    p = (d[-1], d.pop() * s, d[-1])
    return p[0] * p[1] * p[2]


def order_pair(x, s):
    d = list(x)
    a, b, c = d[-1], d.pop() * s, d[-1]
    return a * b * c


def order_list(x, s):
    d = list(x)
    d.append(d[-1] * d.pop())
    d[0] = d[-1] * d.pop()
    d[0] += d[-1] * d.pop()
    return d[0] * d[1]


def relax(u, s):
    old = u.copy()
    u[1:-1] += s * 0.25 * (u[:-2] - 2 * u[1:-1] + u[2:])
    return np.max(np.abs(u - old))


def while_relax(x, s):
    u = x.copy()
    while relax(u, s) > 0.05:
        pass
    return u


def while_relax_and(x, s):
    u = x.copy()
    n = 0
    while n < 3 and relax(u, s) > 0.05:
        n += 1
    return u * n


def if_relax(x, s):
    u = x.copy()
    if relax(u, s) > 0.5:
        u = u * 2
    elif relax(u, s) > 0.05:
        u[0] = s
    return u


def expression_relax(x, s):
    u = x.copy()
    return u[0] * relax(u, s) * u[1] + u[1] * relax(u, s)


def chained_test(x, s):
    d = [3, 2, 1, 0]
    t = s
    while 0 < s < d.pop() + 1.0 < 10.0:
        t = t * x[len(d)] if d else t * s
        if len(d) < 2:
            break
    return t


def chained_lazily(x, s):
    d = [3, 2, 1, 0]
    t = s
    for k in range(4):
        if s < 0.1 * k < d.pop():
            t = t * x[len(d)]
        t = t * x[len(d) + 1]
    return t


def select_update(x, s):
    d = [3, 2, 1, 0]
    a = list(x)
    for k in range(3):
        a[k] += a[d.pop()] * len(d) if len(d) > 2 else s
        a[len(d)] *= a[d[-1]] if d else a[0]
    return a


def arguments_in_order(x, s):
    d = [0, 1, 2]
    return product_and_pop(x[d.pop()], x[len(d)], d)


def product_and_pop(a, b, d):
    return a * b * d.pop()


def slice_parts(x, s):
    d = [1, 3, 5]
    return np.sum(x[len(d) - 2:d.pop()] * s) * len(d)


def effect_of_a_comprehension(x, s):
    a = [s]
    [a.append(v * a[-1]) for v in x]
    a.clear() if len(a) > 50 else a.append(s)
    return sum(a) * a[3]


def effect_and(x, s):
    a = [s, x[0]]
    for v in x:
        v > 0.0 and a.append(v * a[-1])
        len(a) > 3 or a.append(v)
    n = [1, 2, 3]
    0 < s < 5 < len(n) < n.pop()  # noqa: B015
    s < n.pop() < 3  # noqa: B015
    return sum(a) * a[3] * x[len(n)]


def effect_of_a_generator(x, s):
    a = [s]
    any(a.append(v * s) for v in x)
    b = [3, 2, 1]
    all(b.pop() < 3 for _ in x[:3])
    return sum(a) * a[3] * x[len(b)]


def tested_once(x, s):
    q = [s, x[0]]
    t = s
    if q:
        t = t * q[0]
    q.clear()
    if q:
        t = t * 3.0
    q.append(x[1])
    if q and q[0] < 0.0:
        t = t * q[0] + x[2]
    q.pop()
    return t * s


def tested_array(x, s):
    a = np.ones(1)
    t = s
    for k in range(3):
        if a:
            t = t * x[k] * t
        else:
            t = t * x[k + 1] + t
        a[0] = 1.0 - a[0]
    a[0] = 0.0
    return t


def tested_flags(x, s):
    flags = {"on": [1], "off": []}
    t = s
    for k in range(3):
        if flags["on"]:
            t = t * x[k] * t
            flags["on"].pop()
        elif not flags["off"]:
            t = t * x[k] + t
            flags["off"].append(1)
        if flags["off"] or flags["on"]:
            t = t * t
    flags["on"].append(2)
    return t


def tested_in_a_choice(x, s):
    q = [1, 2]
    t = s
    for k in range(4):
        t = t * x[k] if q else t * t * x[k]
        if q:
            q.pop()
    q.append(5)
    return t


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])

CASES = [
    case(select_pop, X, 0.7), case(select_pop_list, X, 0.7), case(while_pop, X, 0.7), case(elif_pop, X, 0.7),
    case(comprehension_pops_constants, X, 0.7), case(if_pop, X, 0.7), case(and_pop, X, 0.7),
    case(and_not_pop, X, 0.7), case(while_and_pop, X, 0.7), case(for_pop, X, 0.7), case(store_pop, X, 0.7),
    case(update_pop, X, 0.7), case(comprehension_pops, X, 0.7), case(walrus_pop, X, 0.7), case(lambda_pop, X, 0.7),
    case(order_pop, X, 0.7), case(order_active, X, 0.7), case(order_active_call, X, 0.7),
    case(order_bump_array, X, 0.7), case(order_args, X, 0.7, zero=(1,)), case(order_tuple, X, 0.7),
    case(order_pair, X, 0.7),
    case(order_list, X, 0.7, zero=(1,)), case(while_relax, X, 0.7), case(while_relax_and, X, 0.7),
    case(if_relax, X, 0.7),
    case(expression_relax, X, 0.7), case(chained_test, X, 0.7), case(chained_lazily, X, 0.7),
    case(select_update, X, 0.7), case(arguments_in_order, X, 0.7, zero=(1,)), case(slice_parts, X, 0.7),
    case(effect_of_a_comprehension, X, 0.7), case(effect_and, X, 0.7), case(effect_of_a_generator, X, 0.7),
    case(tested_once, X, 0.7), case(tested_array, X, 0.7), case(tested_flags, X, 0.7), case(tested_in_a_choice, X, 0.7),
]  # fmt: skip
