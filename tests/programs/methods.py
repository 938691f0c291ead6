"""Methods, class and static methods, objects that can be called, attributes that are read."""

from functools import partial

import numpy as np
from case import case


class Spring:
    """A spring with a cubic term."""

    rest_length = 1.0

    def __init__(self, stiffness, cubic):
        self.stiffness = stiffness
        self.cubic = cubic

    def energy(self, x):
        stretch = x - self.rest_length
        return self.potential(stretch) + self.cubic * stretch**3

    def potential(self, stretch):
        return 0.5 * self.stiffness * stretch * stretch

    def relax(self, x, steps, *, rate=0.1):
        """Gradient descent by hand; a method called in each round."""
        for _ in range(steps):
            x = x - rate * self.force(x)
            if abs(self.force(x)) < 1e-6:
                break
        return self.energy(x) * x

    def force(self, x):
        stretch = x - Spring.rest_length
        return self.stiffness * stretch + 3.0 * self.cubic * stretch * stretch

    @staticmethod
    def mixed(a, b):
        return a * b / (a + b)

    @classmethod
    def relative(cls, x, y):
        return cls.mixed(x, y) / cls.rest_length + x * y

    @property
    def softness(self):
        return 1.0 / self.stiffness

    def compliance(self, force):
        """Reads a property."""
        return self.softness * force * force


class StiffSpring(Spring):
    """A subclass with its own constant and one method of its own."""

    rest_length = 0.5

    def potential(self, stretch):
        return self.stiffness * np.cosh(stretch)


class Polynomial:
    """An object that can be called."""

    def __init__(self, *coefficients):
        self.coefficients = coefficients

    def __call__(self, x):
        total = 0.0
        for c in reversed(self.coefficients):
            total = total * x + c
        return total

    def __matmul__(self, x):
        return self(x) * x


class Network:
    """Arrays as attributes, a list of them, and functions as attributes."""

    def __init__(self, sizes, activation):
        rng = np.random.default_rng(3)
        self.weights = [rng.normal(size=s) / np.sqrt(s[0]) for s in zip(sizes[:-1], sizes[1:], strict=True)]
        self.activation = activation

    def __call__(self, x):
        for w in self.weights:
            x = self.activation(x @ w)
        return x

    def loss(self, x, target):
        return np.sum((self(x) - target) ** 2)


def uses_objects(x, spring, polynomial):
    """Objects as arguments, called and read."""
    y = polynomial(x) + spring.energy(x)
    return y * spring.stiffness + Spring.mixed(x, 2.0)


def uses_global_object(x, y):
    """Objects of the module, their methods taken as values."""
    push = SOFT.force
    return push(x) * CUBIC(y) + STIFF.energy(x * y) + Spring.energy(SOFT, y)


SOFT = Spring(1.4, 0.3)
STIFF = StiffSpring(2.2, -0.1)
CUBIC = Polynomial(0.5, -1.0, 0.0, 2.0)
NETWORK = Network((3, 4, 2), np.tanh)
X = np.random.default_rng(0).normal(size=(5, 3))

CASES = [
    case(SOFT.energy, 1.7, file=False),
    case(STIFF.energy, 1.7, file=False, label="of a subclass"),
    case(Spring.energy, SOFT, 1.7, label="from the class"),
    case(SOFT.relax, 1.9, 6, file=False),
    case(Spring.force, SOFT, 1.6),
    case(Spring.mixed, 0.7, 1.2),
    case(SOFT.mixed, 0.7, 1.2, file=False, label="from the object"),
    case(Spring.relative, 0.7, 1.2, file=False),
    case(STIFF.relative, 0.7, 1.2, file=False, label="of a subclass"),
    case(SOFT.compliance, 0.8, file=False),
    case(CUBIC, 0.8, file=False),
    case(NETWORK.loss, X, np.ones((5, 2)), file=False),
    case(partial(SOFT.relax, rate=0.2), 1.8, 4, file=False),
    case(partial(Spring.potential, STIFF), 0.3, file=False, label="of the class"),
    case(uses_objects, 0.8, SOFT, CUBIC),
    case(uses_global_object, 0.9, 1.3),
]
