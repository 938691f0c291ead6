"""Tapes in the program whose sources are attributes and items of what their blocks begin with."""

import numpy as np
from case import case
from srcgrad import GradientTape


class Layer:
    def __init__(self, w, b):
        self.w = w
        self.b = b
        self.calls = 0

    def __call__(self, x):
        self.calls = self.calls + 1
        return np.tanh(self.w * x) + self.b

    def slope(self, x):
        with GradientTape() as tape:
            tape.watch([self.w, x])
            y = np.sum(self(x) ** 2)
        by_w, by_x = tape.gradient(y, [self.w, x])
        return np.sum(by_w * by_x)


class Model:
    def __init__(self, w, b):
        self.w = w
        self.b = b
        self.rate = 0.1

    def step(self, x):
        with GradientTape() as tape:
            tape.watch([self.w, self.b])
            loss = np.sum((np.tanh(self.w * x) + self.b) ** 2)
        by_w, by_b = tape.gradient(loss, [self.w, self.b])
        self.w = self.w - self.rate * by_w
        self.b = self.b - self.rate * by_b
        return loss


def in_a_method(w, x):
    return Layer(w * 2.0, 0.5).slope(x)


def descent(w, x, b):
    model = Model(w, b)
    total = 0.0
    for _ in range(2):
        total = total + model.step(x)
    return total + np.sum(model.w) * model.b


def items(w, x):
    params = {"w": w * 2.0, "x": x}
    with GradientTape(persistent=True) as tape:
        tape.watch(params)
        y = np.sum(params["w"] ** 3 * params["x"])
    by_w = tape.gradient(y, params["w"])
    by_x = tape.gradient(y, [params["x"]], output_gradients=2.0)[0]
    return np.sum(by_w * by_x)


W, X = np.array([0.4, 0.9]), np.array([1.2, 0.7])
CASES = [
    case(in_a_method, W, X, file=False),
    case(descent, W, X, 0.3, file=False),
    case(items, W, X, file=False),
]
