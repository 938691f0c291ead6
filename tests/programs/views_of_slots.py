"""Arrays in attributes and items that have a name of their own, too, and are changed and read under both."""

import numpy as np
from case import case


class Layer:
    def __init__(self):
        self.w = np.zeros(3)
        self.parts = [np.zeros(3), np.zeros(3)]
        self.late = None

    def energy(self, y):
        return np.sum(self.w * y * self.w)

    def scale(self, y):
        self.w *= y


def both_in_one_sum(x: np.ndarray, y: np.ndarray):
    layer = Layer()
    layer.w = x * 2.0
    v = layer.w
    v *= y
    return np.sum(layer.w * y) + np.sum(v * layer.w)


def element_from_another(x: np.ndarray, y: np.ndarray):
    layer = Layer()
    layer.late = x * 2.0
    v = layer.late
    v[0] = y[1] * v[1]
    total = np.sum(layer.late**2)
    v *= y
    return total + np.sum(v * layer.late)


def methods_around_a_change(x: np.ndarray, y: np.ndarray):
    layer = Layer()
    layer.w = x * 2.0
    v = layer.w
    before = layer.energy(y)
    v *= y
    return before + layer.energy(v) + np.sum(v * v)


def method_beside_an_element(x: np.ndarray, y: np.ndarray):
    layer = Layer()
    layer.w = x * 2.0
    v = layer.w
    v *= y
    return np.sum(v * x) + layer.energy(y) * v[0]


def methods_in_a_loop(x: np.ndarray, y: np.ndarray):
    layer = Layer()
    layer.w = x * 2.0
    v = layer.w
    for k in range(3):
        v *= y
        if k % 2:
            v[0] = layer.energy(v)
        layer.w += v * x
    return np.sum(v * layer.w) + layer.energy(x)


def method_that_changes(x: np.ndarray, y: np.ndarray):
    layer = Layer()
    layer.w = x * 2.0
    v = layer.w
    same = layer
    same.scale(y)
    v += same.w * x
    layer.scale(v * 1.0)
    return np.sum(layer.w * v) + np.sum(same.w * y)


def row_of_an_item(x: np.ndarray, y: np.ndarray):
    layer = Layer()
    layer.parts[0] = x * 2.0
    v = layer.parts[0]
    rest = v[1:]
    rest *= y[1:]
    return np.sum(layer.parts[0] * y) + np.sum(rest * layer.parts[0][1:]) + np.sum(v * v)


def items_of_a_dict(x: np.ndarray, y: np.ndarray):
    held = {"a": x * 1.0, "b": [y * 2.0]}
    v = held["a"]
    w = held["b"][0]
    w *= v
    v *= w
    total = np.sum(w * held["a"] * v) + np.sum(held["b"][0] * w)
    v[0] = w[1]
    return total + np.sum(held["a"] * v)


class State:
    def __init__(self, u):
        self.u = u * 1.0

    def step(self, k):
        self.u[k] += 1.0
        self.u = self.u * 2.0


def replaced_by_a_method(x: np.ndarray, y: np.ndarray):
    """The method changes the array that has another name, and then puts a new one in its place."""
    state = State(x)
    old = state.u
    old[0] *= y[1]
    state.step(1)
    old[1] *= y[0]
    return state.u @ y + old @ x


def add_and_double(held, k):
    held[0][k] += 1.0
    held[0] = held[0] * 2.0


def replaced_by_a_helper(x: np.ndarray, y: np.ndarray):
    held = [x * y, y * 1.0]
    old = held[0]
    for k in range(2):
        add_and_double(held, k)
        held[0][2] *= old[k]
    return held[0] @ y + old @ x


def dropped_by_a_helper(x: np.ndarray, y: np.ndarray):
    def drop(items):
        items.pop(0)

    held = [x * 1.0, x * y]
    last = held[1]
    last[0] *= 2.0
    drop(held)
    last[1] *= 3.0
    return held[0] @ y + last @ x


X, Y = np.array([0.3, -0.7, 1.1]), np.array([0.5, 0.2, -0.4])
PROGRAMS = [
    both_in_one_sum, element_from_another, methods_around_a_change, method_beside_an_element, methods_in_a_loop,
    method_that_changes, row_of_an_item, items_of_a_dict, replaced_by_a_method, replaced_by_a_helper,
    dropped_by_a_helper,
]  # fmt: skip
CASES = [case(f, X, Y, file=f is not row_of_an_item) for f in PROGRAMS]
