"""`value_and_grads` and `value_and_gradients_function` inside the program."""

import numpy as np
from case import case
from srcgrad import value_and_gradients_function, value_and_grads


def cubes(w, x, n=2):
    return np.sum(w**3 * x) * n


class Spring:
    def __init__(self, stiffness):
        self.stiffness = stiffness

    def energy(self, x):
        return np.sum(np.sin(self.stiffness * x) + self.stiffness * x**2)


both = value_and_grads(lambda w, x: np.sum(w * w * np.sin(x)))
by_w = value_and_gradients_function(cubes, params=["w"])


def of_a_list(w, x):
    value, grads = value_and_grads(lambda w, x: w**3 * x)([w, x], dy=x)
    return np.sum(value) * np.sum(grads[0] * grads[1])


def descent(w, x, rate):
    losses = []
    for _ in range(3):
        found = both([w, x])
        losses.append(found.value)
        w = w - rate * found.grads[0]
    return w, losses


def by_name(w, x):
    value, (d_w,) = by_w(w, x=x)
    again, grads = value_and_gradients_function(cubes, params=[1])(d_w, w, n=3)
    return value + again * np.sum(grads[0] ** 2)


def of_a_method(w, x):
    spring = Spring(np.sum(w))
    value, grads = value_and_gradients_function(lambda z: spring.energy(z))(x)
    return value * np.sum(grads[0] ** 2)


def second(w, x):
    def slope(v):
        return np.sum(value_and_grads(lambda z: np.sum(z**3 * w))([v])[1][0] * x)

    return value_and_grads(slope)([w]).grads[0]


W, X = np.array([0.4, 0.9]), np.array([1.2, 0.7])
CASES = [
    case(of_a_list, W, X, file=False),
    case(descent, W, X, 0.1, file=False),
    case(by_name, W, X, file=False),
    case(of_a_method, W, X, file=False),
    case(second, W, X, file=False),
]
