"""Functions that change memory of their caller, who reads it before and afterwards, or does not."""

from __future__ import annotations

from case import case

import numpy as np
from srcgrad import checkpoint


def smooth(u):
    u[1:-1] = 0.25 * (u[:-2] + 2.0 * u[1:-1] + u[2:])


def bend(u):
    u[1:] += 0.1 * u[:-1] ** 2


def steps_of_linear(x, n):
    u = x.copy()
    for _ in range(n):
        smooth(u)
    return np.sum(u**3)


def read_before_and_after(x, n):
    u = np.copy(x)
    total = np.sum(u**2)
    for _ in range(n):
        smooth(u)
        total += u[1] ** 2 * u[2]
    return total


def one_caller_reads(x):
    u, v = x * 1.0, x * 2.0
    kept = np.sin(u)
    smooth(u)
    square = v * v
    smooth(v)
    return np.sum(kept * u) + np.sum(square) * np.sum(v**2)


def bent_and_smoothed(x, n):
    u = x.copy()
    for k in range(n):
        bend(u)
        smooth(u)
        if k == 1:
            bend(u)
    return u @ u


def both(u, v):
    smooth(u)
    v[:] = v * u


def levels(x):
    u, v = x + 1.0, x * x
    both(u, v)
    both(v, u)
    return np.sum(u * v)


def rows_of(A):
    total = 0.0
    for i in range(A.shape[0]):
        row = A[i]
        total = total + row @ row * row[0]
    return total


def rows_then_changed(x):
    A = np.outer(x, x)
    first = rows_of(A)
    A *= 2.0
    A[0] = 1.0
    return first * rows_of(A)


def tail_of(A):
    A[0] *= 2.0
    return A[1:]


def result_is_a_view(x):
    u = x.copy()
    tail = tail_of(u)
    product = np.sum(tail**2)
    u *= 3.0
    return product + np.sum(tail) * u[0] ** 2


def moving(u):
    total = 0.0
    while u.shape[0] > 1:
        total = total + u[0] ** 3
        u = u[1:]
    return total


def left_behind(x):
    u = x * 1.5
    total = moving(u)
    u[:] = 0.5
    return total * moving(u + x)


def decided(u):
    if u[0] > 0.0:
        u *= 2.0
        return u[1] * u[2]
    u *= -1.0
    return u[1] ** 2


def decided_then_changed(x):
    u = x.copy()
    total = 0.0
    for k in range(3):
        total += decided(u)
        u[0] = -u[0]
        u[1] = 0.3 * k
    return total + np.sum(u)


def halves(u):
    if len(u) < 2:
        u *= u
        return
    middle = len(u) // 2
    halves(u[:middle])
    halves(u[middle:])
    u[0] += u[-1]


def recursion(x):
    u = x.copy()
    halves(u)
    total = np.sum(u**2)
    halves(u)
    return total * u[0]


class Grid:
    def __init__(self, u):
        self.u = u
        self.time = 0.0

    def step(self, dt):
        self.u[1:-1] += dt * (self.u[2:] - 2.0 * self.u[1:-1] + self.u[:-2])
        self.time += dt

    def energy(self):
        return np.sum(self.u**2)


def stepping_grid(x, dt):
    grid = Grid(x.copy())
    total = 0.0
    for _ in range(3):
        grid.step(dt)
        total += grid.energy() * grid.time
    grid.step(dt)
    return total + grid.u[1]


def first_of(arrays):
    arrays[0] += arrays[1]
    arrays[1][1:] *= 0.5


def arrays_in_a_list(x):
    arrays = [x.copy(), x * 2.0]
    for _ in range(3):
        first_of(arrays)
    total = np.sum(arrays[0] * arrays[1])
    first_of(arrays)
    return total + arrays[0][1] ** 2


def overlapping(x):
    u = x.copy()
    smooth(u[:-1])
    squared = u[1:] ** 2
    smooth(u[1:])
    return np.sum(squared * u[1:])


def left_early(x, limit):
    u = x.copy()
    total = 0.0
    for k in range(10):
        smooth(u)
        total += u[2] ** 2
        if total > limit:
            break
        bend(u)
    return total + u[1]


def in_branches(x, flag):
    u = x.copy()
    before = u * u
    if flag:
        smooth(u)
    else:
        bend(u)
    smooth(u)
    return np.sum(before) + u[1] ** 2


def in_steps(x, n):
    u = x.copy()
    v = x * 0.5
    for _ in checkpoint(range(n), 3):
        smooth(u)
        bend(v)
        v += u
    smooth(v)
    return np.sum(v**2) + u[1] ** 2


def steps_inside(u, n):
    for _ in checkpoint(range(n), 2):
        bend(u)
        smooth(u)


def checkpoints_in_a_callee(x, n):
    u = x.copy()
    start = np.sum(u**2)
    steps_inside(u, n)
    middle = np.sum(u**3)
    steps_inside(u, n)
    return start * middle + u[1]


def captured(x):
    u = x.copy()

    def step(rate):
        u[1:] += rate * u[:-1]

    total = 0.0
    for k in range(3):
        step(0.1 * k)
        total += u[-1] ** 2
    step(x[0])
    return total + np.sum(u)


def gave_shape(A):
    return np.sum(A, axis=0), np.mean(A)


def only_the_shape(x):
    A = np.outer(x, x + 1.0)
    total = 0.0
    for _ in range(3):
        columns, mean = gave_shape(A)
        total += columns @ columns * mean
        A *= 0.9
    return total


def swapped(x):
    u, v = x.copy(), x * 2.0
    for _ in range(3):
        both(u, v)
        u, v = v, u
    return u @ v


def first_name_rebound(u, v):
    kept = u
    u = u * 0.9
    kept[1:] += 0.7 * kept[:-1]
    return v[...]


def changed_under_another_name(x):
    u = x + 1.0
    v = first_name_rebound(u, np.sin(u))
    return np.sum(u**2) + np.sum(v)


def trading(u, v):
    p, q = u, v
    for _ in range(3):
        p, v = v, p
        if q[1] > 0.5:
            break
        u[1] = 0.5
        q = v * 2.0
    return u * p


def traded_before_leaving(x):
    u, v = np.sin(x), x * 1.5
    return np.sum(trading(u, v) * v)


def tripled(u, v):
    v *= 3.0
    np.tanh(u, out=u)
    return u[0]


def result_that_is_not_read(x):
    u = x * 1.5
    v = np.sin(x)
    v = tripled(u[::-1], v)
    v = x * 2.0
    return np.sum(u * v)


def result_under_the_name_of_an_argument(x):
    u, v = x * 1.5, np.sin(x)
    u, v = both_of(u, v)
    return u


def both_of(u, v):
    u *= v
    return np.sum(u), v * 2.0


def bent_in_place(u, s):
    u[:] = s * u**2 + u


def returns_what_it_changed(u, s):
    bent_in_place(u, s)
    return u


x = np.array([0.8, 0.3, -0.6, 1.1, 0.7])
CASES = [
    case(steps_of_linear, x, 4), case(read_before_and_after, x, 3), case(one_caller_reads, x),
    case(bent_and_smoothed, x, 3), case(levels, x), case(rows_then_changed, x), case(result_is_a_view, x),
    case(left_behind, x), case(decided_then_changed, x), case(recursion, x), case(stepping_grid, x, 0.1),
    case(arrays_in_a_list, x), case(overlapping, x), case(left_early, x, 0.3), case(in_branches, x, True),
    case(in_branches, x, False, label="other"), case(in_steps, x, 7), case(checkpoints_in_a_callee, x, 5),
    case(captured, x), case(only_the_shape, x), case(swapped, x), case(changed_under_another_name, x),
    case(traded_before_leaving, x), case(result_that_is_not_read, x), case(result_under_the_name_of_an_argument, x),
    case(returns_what_it_changed, x, 0.7),
]  # fmt: skip
