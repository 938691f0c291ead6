"""What methods take from their class: static and class methods that steer, defaults, abstract bases, `super()`."""

from abc import ABC, ABCMeta, abstractmethod

import numpy as np
from case import case

WEIGHTS = [1.0, 2.0, 3.0, 4.0]
LIMIT = 0.9


class Layer:
    first = 1
    scales = (2.0, 3.0)

    def __init__(self, z):
        self.z = z
        self.row = self.row_of(z)

    @staticmethod
    def row_of(z: float) -> int:
        for n, level in enumerate(WEIGHTS):
            if level >= z:
                return n
        return 3

    @staticmethod
    def above(z, level=LIMIT, names=("low", "high")):
        return len(names) if z > level else 0

    @staticmethod
    def power(z, n=np.e):
        return z**n

    @classmethod
    def kind_of(cls, z):
        return 2 if z > cls.first else cls.other(z)

    @classmethod
    def other(cls, z):
        return cls.first if z > 0.2 else 0

    @classmethod
    def scaled(cls, z):
        return z * cls.first * cls.scales[1]

    @classmethod
    def made(cls, z):
        return cls(z * 2)

    def risen(self, z, n=np.e, *, by=LIMIT):
        return z**n * self.z + by


class Deep(Layer):
    first = 2

    def weight(self, z):
        return self.z * WEIGHTS[min(self.kind_of(z) + super().above(z), 3)]


def static_method_that_steers(z):
    layer = Layer(z)
    return layer.z * WEIGHTS[layer.row] * WEIGHTS[layer.above(z)]


def class_methods(z):
    layer = Layer(z).made(z)
    return layer.z * WEIGHTS[layer.kind_of(z)] * layer.scaled(z)


def defaults_that_are_no_literals(z):
    layer = Layer(z)
    return layer.power(z) + layer.risen(z) + layer.risen(z, 2.0) * layer.risen(z, by=z)


def in_loops_and_tests(z):
    layers = [Layer(z), Layer(z * z)]
    total = sum(p.z * WEIGHTS[p.above(p.z, 0.5)] * WEIGHTS[p.kind_of(z)] for p in layers)
    while layers[0].above(z, 3.0) < 2:
        z = z * 1.5
    return total * z if layers[1].above(z) and layers[0].kind_of(z) == 2 else total


def of_a_base(z):
    return Deep(z).weight(z)


def given(layer):
    return layer.z * WEIGHTS[layer.above(layer.z)] * layer.power(layer.z)


class Loss(ABC):
    @property
    @abstractmethod
    def gain(self): ...

    @abstractmethod
    def loss(self, y, p):
        raise NotImplementedError

    def __call__(self, y, p):
        return self.gain * self.loss(y, p)


class Squares(Loss):
    def __init__(self, g):
        self.g = g

    @property
    def gain(self):
        return self.g

    def loss(self, y, p):
        return 0.5 * np.sum((y - p) ** 2)


class Robust(Squares):
    def loss(self, y, p):
        return np.sum(np.abs(y - p)) + super().loss(y, p)


class Optimizer(metaclass=ABCMeta):
    def __init__(self, rate):
        self.rate = rate
        self.kept = {}

    @abstractmethod
    def update(self, p, g): ...


class Momentum(Optimizer):
    def update(self, p, g):
        if "v" not in self.kept:
            self.kept["v"] = np.zeros_like(g)
        self.kept["v"] = 0.9 * self.kept["v"] + g
        return p - self.rate * self.kept["v"]


FIXED = Robust(0.7)


def of_abstract_bases(y, p):
    total = 0.0
    for loss in (Squares(y[0]), Robust(1.5)):
        total += loss(y, p) if isinstance(loss, Loss) else 0.0
    return total


def abstract_optimizer(y, p):
    step = Momentum(0.1)
    for _ in range(3):
        p = step.update(p, y * p)
    return p


def base_of_an_object_of_the_module(y, p):
    return FIXED.loss(y, p) * y[0]


def base_of_a_given_object(loss, y, p):
    return loss(y, p) * y[0]


class Turn:
    def __init__(self, p, q):
        self.p, self.q = p, q

    def pushed(self, k):
        self.p = self.p * k + self.q
        return self


def scaled_in_place(row, k):
    row[0] = row[0] * k
    return row


def bound_to_what_it_changed(y, p):
    """What is given besides is of the object or array that the call changes and gives."""
    turn = Turn(y[0], y[1])
    turn = turn.pushed(np.sin(turn.p))
    turn = turn.pushed(turn.p * turn.q) if turn.p > 0.3 else turn
    row = y * p
    row = scaled_in_place(row, row[0] * row[1])
    return turn.p * row[0] + row[2]


class Shape:
    scale = 2.0

    def __init__(self, a, b):
        self.a, self.b = a, b

    @classmethod
    def of(cls, v):
        return cls(v, cls.scale * v)


class Wider(Shape):
    scale = 3.0


def made_by_two_classes(x):
    s, w = Shape.of(x), Wider.of(x * x)
    return s.a * w.b + s.b * w.a * type(w).of(x).b


Y, P = np.array([1.0, 0.3, 0.2]), np.array([0.4, 0.5, 0.6])

CASES = [
    case(static_method_that_steers, 0.7),
    case(class_methods, 0.7),
    case(class_methods, 1.4, label="other branches"),
    case(defaults_that_are_no_literals, 0.7),
    case(in_loops_and_tests, 0.7),
    case(of_a_base, 1.4),
    case(given, Layer(1.3), wrt=0),
    case(of_abstract_bases, Y, P),
    case(abstract_optimizer, Y, P),
    case(base_of_an_object_of_the_module, Y, P),
    case(base_of_a_given_object, FIXED, Y, P),
    case(bound_to_what_it_changed, Y, P),
    case(made_by_two_classes, 0.7),
]
