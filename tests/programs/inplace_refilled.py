"""Buffers that are filled anew as a whole, while earlier contents are needed; parts of what is needed as a whole."""

import numpy as np
from case import case


def attraction(pos, mass, dt, steps):
    pos, vel = pos.copy(), 0.1 * pos
    acc = np.zeros_like(pos)
    for _ in range(steps):
        acc[:] = 0.0
        for i in range(len(mass)):
            apart = pos - pos[i]
            distance = np.sum(apart**2, axis=1) + 0.1
            acc[i] = (mass / distance**1.5) @ apart
        vel += dt * acc
        pos += dt * vel * vel
    return np.sum(mass[:, None] * vel**2) + np.sum(pos[0] * acc[1])


def capped(x, rate, steps):
    y = np.empty_like(x)
    y[...] = x
    for _ in range(steps):
        y *= rate * (1.5 - y)
        y[y > 0.6] = 0.6
        y[0] = 0.5
    return np.sum(y**2)


def part_under_another_name(x):
    a = np.sin(x)
    total = np.sum(a**3)
    tail = a[1:]
    square = np.sum(a * a)
    tail[:] = 0.5
    a[0] *= 2.0
    a[1] = x[0]
    return total * square + np.sum(a**2)


def left_by_its_name(x):
    a = np.cos(x)
    total = np.sum(a**3)
    tail, middle = a[1:], a[:-1]
    a = a * 2.0
    tail[:] = 0.3
    middle[0] *= 4.0
    tail[0] = x[1]
    return total + np.sum(a * a) + np.sum(middle * tail)


def filled_in_rounds(x, rounds):
    buffer = np.exp(0.3 * x)
    total = np.sum(buffer**2)
    for k in range(rounds):
        buffer[:] = k + 1.0
        buffer[k] = x[k] ** 2
        total += buffer @ buffer * x[0]
    buffer[1] *= 3.0
    return total + buffer[1]


def filled_on_one_side(x, y):
    buffer = x * y
    total = np.sum(buffer**2)
    if y > 0:
        buffer[:] = 2.0
    buffer[0] = y
    buffer *= buffer
    return total + np.sum(buffer * x)


def clear(out):
    out[:] = 0.0


def add_products(out, a, b):
    clear(out)
    for i in range(len(a)):
        out[i] += a[i] * b[-i]
        out[-1] += a[i] ** 2


def callee_fills(x, y):
    out = np.zeros(len(x))
    total = 0.0
    for k in range(3):
        add_products(out, x, y)
        total = total + np.sum(out**2) * (k + 1)
        out[0] = total
        out *= 0.5 * out
    return total + out[1]


class Workspace:
    def __init__(self, n):
        self.force = np.zeros(n)

    def push(self, x):
        self.force[:] = 0.0
        self.force[1:] += np.diff(x) ** 2
        self.force[:-1] -= np.diff(x)
        return self.force


def workspace_of_an_object(x, steps):
    work = Workspace(len(x))
    x = x.copy()
    for _ in range(steps):
        force = work.push(x)
        x += 0.1 * force * x
    return np.sum(x * work.force)


def left_in_the_middle(x, limit):
    y = x.copy()
    total = 0.0
    for k in range(6):
        y *= y + 0.5
        if np.sum(y) > limit:
            break
        y[0] = 0.1 * k
        total += np.sum(y**2)
        y[:, ...] = 0.9 * y
        y[1] = x[0]
    return total + np.sum(y)


def given_for_the_result(x):
    y = x.copy()
    np.multiply(y, y, out=y)
    y[0] = 2.0
    np.exp(y, out=y)
    y[1] *= 3.0
    np.sin(y, y)
    y[2] = y[0]
    return np.sum(y**2)


X = np.array([0.3, 0.7, 0.4, 0.9])

CASES = [
    case(attraction, np.array([[0.1, 0.5], [0.9, 0.2], [0.4, 0.8]]), np.array([1.0, 0.7, 1.2]), 0.2, 3),
    case(capped, X, 0.8, 3),
    case(part_under_another_name, X),
    case(left_by_its_name, X),
    case(filled_in_rounds, X, 3),
    case(filled_in_rounds, X, 0, label="no round"),
    case(filled_on_one_side, X, 0.7),
    case(filled_on_one_side, X, -0.7, label="other side"),
    case(callee_fills, X, X[::-1].copy()),
    case(workspace_of_an_object, X, 3),
    case(left_in_the_middle, X, 2.6, zero=(1,)),
    case(left_in_the_middle, X, 20.0, zero=(1,), label="all rounds"),
    case(given_for_the_result, X),
]
